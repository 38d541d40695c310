"""What one sentence of an amending law does: its verbs, each with the stretch of the sentence that it governs.

«مواد (۲۲) و (۲۳) قانون لغو و ماده (۲۴) به شرح زیر جایگزین آنها می‌شود» is two acts: one cancels, one amends.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.joints import AND
from parsers.law.instructions import MASK
from parsers.law.vocabulary import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.law.instructions import Instruction, Span
    from parsers.law_models import Change, RelationKind

_KINDS: tuple[RelationKind, ...] = ("repeals", "cancels", "inserts", "amends")
_REACH = 60


@dataclass(frozen=True, slots=True)
class Act:
    """One verb; no `kind` where it leaves the clause as it is («ابقا می‌شود»).

    `start:end` is its stretch of the body, `noun_start` where the verb's noun begins; `change` is how the text changes. `old` and
    `new` are the words taken out and put in, `beside` those next to which they are put; spans in the body.
    """

    kind: RelationKind | None
    change: Change
    start: int
    end: int
    noun_start: int
    old: Span | None = None
    new: Span | None = None
    beside: Span | None = None
    before: bool = False


def acts(instruction: Instruction) -> Iterator[Act]:
    """Yield what a sentence does, in its order."""
    at = 0
    waiting: Act | None = None
    for kind, noun, end in _verbs(instruction.masked):
        for act in _acts_of(instruction, kind, at, noun, end):
            if waiting and act.change == "replace" and act.new:  # «عبارت … حذف و عبارت … جایگزین آن می‌شود»
                yield replace(waiting, change="replace_words", new=act.new, end=act.end)
                waiting = None
                continue
            if waiting:
                yield waiting
            waiting = act if act.change == "delete_words" else None
            if waiting is None:
                yield act
        at = end
    if waiting:
        yield waiting


def _verbs(masked: str) -> list[tuple[RelationKind | None, re.Match[str], int]]:
    """Return (kind, noun, end of the verb) of each verb: a noun with its auxiliary, or one that shares the next one's."""
    found: list[tuple[RelationKind | None, re.Match[str], int]] = []
    nouns = sorted(
        ((noun.start(), kind, noun) for kind in (*_KINDS, None) for noun in _noun(kind).finditer(masked)), key=lambda n: n[0]
    )
    shared = False
    for _, kind, noun in reversed(nouns):
        if _not_verbal().search(masked, max(0, noun.start() - 20), noun.start()):
            continue
        auxiliary = _auxiliary().match(masked, noun.end()) or _far_auxiliary(masked, noun)
        joined = _and().match(masked, noun.end()) if shared else None
        if auxiliary or joined:
            found.append((kind, noun, (auxiliary or joined or noun).end()))
            shared = True
    return found[::-1]


def _acts_of(instruction: Instruction, kind: RelationKind | None, at: int, noun: re.Match[str], end: int) -> list[Act]:
    start = instruction.start
    low, high, verb = start + at, start + end, start + noun.start()
    quotes = [span for span in instruction.quotes if low <= span[0] < high]
    masked = instruction.masked
    if kind is not None and quotes and _of_words().search(masked, at, end):
        return _words_act(instruction, kind, low, high, verb, quotes)
    if kind is None:
        return [Act(None, "replace", low, high, verb)]
    change: Change = {"repeals": "repeal", "cancels": "repeal", "inserts": "insert", "amends": "replace"}[kind]  # type: ignore[assignment]
    if kind == "amends" and _extends().search(masked, at, end):
        change = "extend"
    if kind == "amends" and _renames().search(masked, at, end):
        change = "rename"
    return [Act(kind, change, low, high, verb, new=quotes[-1] if change == "rename" and quotes else None)]


def _words_act(
    instruction: Instruction, kind: RelationKind | None, low: int, high: int, verb: int, quotes: list[Span]
) -> list[Act]:  # fmt: skip
    """Changes of words within a clause, one or several of a kind: whatever the verb, the clause is amended."""
    beside = [quote for quote in quotes if _stands_after(instruction, quote, "next_to")]
    rest = [quote for quote in quotes if quote not in beside]
    if kind == "inserts" and rest:
        return [_insertion(instruction, low, high, verb, new, beside) for new in (rest if beside else rest[:1])]
    if kind in ("repeals", "cancels") and rest:
        return [Act("amends", "delete_words", low, high, verb, old) for old in rest]
    if len(rest) < 2:
        return [Act("amends", "replace", low, high, verb, new=rest[0] if rest else None)]
    pairs = zip(rest[::2], rest[1::2], strict=False)
    return [_replacement(instruction, low, high, verb, pair) for pair in pairs]


def _insertion(
    instruction: Instruction, low: int, high: int, verb: int, new: Span, beside: list[Span]
) -> Act:  # fmt: skip
    """«… بعد از عبارت «…» اضافه می‌شود»: next to the nearest words before it, else after it."""
    earlier = [quote for quote in beside if quote < new]
    anchor = earlier[-1] if earlier else next(iter(beside), None)
    before = bool(anchor and _stands_after(instruction, anchor, "before"))
    at_start = anchor is None and bool(_at_start().search(instruction.masked))
    return Act("amends", "insert_words", low, high, verb, None, new, anchor, before or at_start)


def _replacement(instruction: Instruction, low: int, high: int, verb: int, pair: tuple[Span, Span]) -> Act:
    """«به عبارت»: the first goes; «جایگزین» between the two, «به جای» before one: that one goes."""
    instead = next((quote for quote in pair if _stands_after(instruction, quote, "instead")), None)
    old = instead or (pair[1] if pair[0][1] < verb < pair[1][0] else pair[0])
    return Act("amends", "replace_words", low, high, verb, old, pair[0] if old == pair[1] else pair[1])


def _stands_after(instruction: Instruction, quote: Span, name: str) -> bool:
    """Return whether words of a list stand right before a quotation: «بعد از عبارت «…»»."""
    place = quote[0] - instruction.start - 1
    return bool(_before_quote(name).search(instruction.masked, max(0, place - _REACH), place))


@cache
def _before_quote(name: str) -> re.Pattern[str]:
    return re.compile(f"{words('amendments', name)}{GAP}(?:{words('amendments', 'words')}{GAP})?\\Z")


@cache
def _noun(kind: RelationKind | None) -> re.Pattern[str]:
    return re.compile(f"{WORD_START}{words('relations', kind or 'keeps')}")


def _far_auxiliary(masked: str, noun: re.Match[str]) -> re.Match[str] | None:
    """«متن زیر جایگزین ماده (۱۱) قانون می‌گردد»: what is replaced stands between the noun and its auxiliary."""
    return _to_the_end().match(masked, noun.end()) if _replaces().fullmatch(noun[0]) else None


@cache
def _replaces() -> re.Pattern[str]:
    return re.compile(words("amendments", "replaces"))


@cache
def _to_the_end() -> re.Pattern[str]:
    return re.compile(f"[^\n.؛:]{{0,90}}?{words('amendments', 'passive')}{GAP}(?=[:.]|\\Z)")


@cache
def _auxiliary() -> re.Pattern[str]:
    """Return the pattern for the auxiliary after a noun, with «آنها» or the replaced words between."""
    between = f"(?:{words('amendments', 'them')}{GAP}|(?:{words('amendments', 'words')})?{GAP}«{MASK}*»{GAP}){{0,2}}"
    return re.compile(f"{GAP}{between}{words('amendments', 'passive')}")


@cache
def _not_verbal() -> re.Pattern[str]:
    """Return the pattern for what makes a noun no verb: «قابل اصلاح است»."""
    return re.compile(f"{words('amendments', 'not_verbal')}{GAP}\\Z")


@cache
def _and() -> re.Pattern[str]:
    return re.compile(f"{GAP}{AND}")


@cache
def _of_words() -> re.Pattern[str]:
    return re.compile(f"{WORD_START}{words('amendments', 'words')}[^«]{{0,12}}«")


@cache
def _extends() -> re.Pattern[str]:
    return re.compile(f"{WORD_START}{words('amendments', 'extends')}")


@cache
def _renames() -> re.Pattern[str]:
    return re.compile(f"{WORD_START}{words('amendments', 'renames')}")


@cache
def _at_start() -> re.Pattern[str]:
    return re.compile(f"{WORD_START}{words('amendments', 'at_start')}")
