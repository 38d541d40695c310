"""The sentences by which a law changes others: each with the words that it quotes and the new text that follows it.

«در ماده (۱۵) قانون عبارت «شش ماه» به عبارت «یک سال» تغییر می‌یابد» quotes words; «ماده (۵) … به شرح زیر اصلاح می‌شود:» is followed
by new text, in guillemets or as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.joints import any_word
from parsers.law.clause_status import status_in_note
from parsers.law.labels import find_labels
from parsers.law.new_text import changes_clauses
from parsers.law.quotations import quoted_spans
from parsers.law.vocabulary import unit_words

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

Span = tuple[int, int]
# Stands for every letter of a quotation or note, so that no word of it is read as the sentence's.
MASK = "\u25a1"
_STOP = expression("[.؟!؛](?=[ \u200c\n]|\\Z)|\n")
_BRACKETS = expression("[(\\[]([^()\\[\\]\n]{4,300})[)\\]]")
_COLON = expression("[:：][ \u200c\u200e\u200f\n]*\\Z")
_EDGES = " \u200c\u200e\u200f\n"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One sentence. Places are in the law's body; `masked` is its folded text, with `MASK` for the letters in quotations.

    `quotes` are the insides of its quotations in order, `new_text` the span of the text that it announces, if any.
    """

    start: int
    end: int
    masked: str
    quotes: tuple[Span, ...]
    new_text: Span | None = None

    def quotes_at(self, place: int) -> bool:
        """Return whether a place of the body is in a quotation or a note of this sentence."""
        return self.masked[place - self.start : place - self.start + 1] == MASK


def instructions(folded: str, start: int, end: int) -> Iterator[Instruction]:
    """Yield the sentences of a clause whose own words stand at `start:end` of the folded body."""
    own = folded[start:end]
    quotes = quoted_spans(own)
    masked = _masked(own, quotes)
    announced = _announced(own, masked, quotes)
    at = 0
    for low, high, new_text in _sentences(masked, announced):
        if low >= at and masked[low:high].strip(_EDGES + MASK):
            inside = tuple((start + a + 1, start + b - 1) for a, b in quotes if low <= a and b <= high and not _is_number(own, a))
            shifted = (start + new_text[0], start + new_text[1]) if new_text else None
            yield Instruction(start + low, start + high, masked[low:high], inside, shifted)
        at = max(at, high, new_text[1] if new_text else 0)


def _masked(own: str, quotes: list[Span]) -> str:
    text = own
    for low, high in quotes:
        text = text[: low + 1] + MASK * (high - low - 2) + text[high - 1 :]
    for note in _BRACKETS.finditer(text):
        if status_in_note(note[1]):
            text = text[: note.start()] + MASK * len(note[0]) + text[note.end() :]
    return text


def _is_number(own: str, place: int) -> bool:
    """Return whether a quotation is the number of a clause: «بند «الف» ماده (۳)»."""
    return bool(_unit_before().search(own, max(0, place - 12), place))


@cache
def _unit_before() -> re.Pattern[str]:
    return expression(f"{WORD_START}{any_word(unit_words())}{GAP}\\Z")


def _announced(own: str, masked: str, quotes: list[Span]) -> dict[int, Span]:
    """Return the new texts by the place where the sentence before each ends."""
    found: dict[int, Span] = {}
    for low, high in quotes:
        colon = _COLON.search(masked, max(0, low - 8), low)
        if colon and changes_clauses(_sentence_before(masked, colon.start())):
            found[colon.start()] = (low + 1, high - 1)
    block = _block(own, masked, quotes)
    if block:
        found[block[0]] = (block[1], len(own.rstrip()))
    return found


def _block(own: str, masked: str, quotes: list[Span]) -> Span | None:
    """Return (end of the sentence, start) of new text that stands in no quotation: it runs to the end of the clause."""
    starts = [label.start for label in find_labels(own) if not any(low <= label.start < high for low, high in quotes)]
    last_colon = masked.rstrip(_EDGES).rfind(":\n")
    for place in sorted([*starts, *([last_colon + 2] if last_colon >= 0 else [])]):
        colon = _COLON.search(masked, max(0, place - 8), place)
        if colon and changes_clauses(_sentence_before(masked, colon.start())) and not own[place:].lstrip(_EDGES).startswith("«"):
            return colon.start(), place
    return None


def _sentence_before(masked: str, end: int) -> str:
    stops = list(_STOP.finditer(masked, 0, end))
    return masked[stops[-1].end() if stops else 0 : end]


def _sentences(masked: str, announced: dict[int, Span]) -> Iterator[tuple[int, int, Span | None]]:
    at = 0
    ends = sorted({*(stop.start() for stop in _STOP.finditer(masked)), *announced, len(masked)})
    for end in ends:
        if end < at:
            continue
        new_text = announced.get(end)
        yield at, end, new_text
        at = new_text[1] if new_text else end + 1
