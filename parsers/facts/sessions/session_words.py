"""The words for a session, «جلسه», «جلسات», «نشست‌های», and the words around one; all of them stand in `lexicon/sessions.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression, longest_first
from parsers.grammar.blanks import GAP, HARAKAT, WORD_END
from parsers.grammar.joints import AND
from parsers.grammar.names import any_of, key_of, starts_word
from parsers.grammar.words_around import keys
from parsers.lexicon import load, require, words
from parsers.persian.letters import ZWNJ, fold
from parsers.scanner import Scanner

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

_FILE = "sessions.toml"
_MARKS = f"[{HARAKAT}\u0653\u0654ء]{{0,2}}"


@dataclass(frozen=True, slots=True)
class SessionWord:
    """«جلسه», «نشست‌های» … at start..end of folded text, its ending and ezafe included; `word` is without them."""

    start: int
    end: int
    word: str
    plural: bool


def session_words(folded: str) -> Iterator[SessionWord]:
    """Yield the words for a session, in order; none inside another word."""
    for found in _scanner().finditer(folded):
        if starts_word(folded, found.start()):
            word = found["word"]
            yield SessionWord(found.start(), found.end(), word, found["plural"] is not None or is_word(word, "plural"))


def is_word(word: str, *lists: str) -> bool:
    """Return whether a word stands in one of the lists of `[words]`."""
    return any(key_of(word) in _listed(name) for name in lists)


def around(*lists: str) -> str:
    """Return a pattern for the longest of the words of these lists of `[around]`."""
    return any_of(word for name in lists for word in _words("around", name))


@cache
def adjectives() -> re.Pattern[str]:
    """Return what matches the adjectives after a session: «جلسه | رسمی و علنی»; nothing where there is none."""
    one = around("modifiers")
    return expression(f"(?:{GAP}{one}(?:{GAP}{AND}{GAP}{one})?){{0,3}}")


@cache
def bracketed_adjective() -> re.Pattern[str]:
    """Return what matches «(فوق‌العاده)» after a session's number."""
    return expression(f"{GAP}[(]{GAP}{around('modifiers')}{GAP}[)]")


@cache
def _scanner() -> Scanner:
    word = "|".join(longest_first(_singular_and_plural()))
    spellings = load("spellings")
    endings = "|".join(sorted(_words("words", "plural_ending"), key=len, reverse=True))
    pattern = expression(
        f"""(?x)
        (?P<word> {word} )
        (?P<plural> [\\ {ZWNJ}]? (?:{endings}) )?
        {_MARKS}
        (?: (?<={spellings["ezafe_after"]}) [\\ {ZWNJ}]? {spellings["ezafe"]} (?![\\w{ZWNJ}]) )?    # «جلسه ی», «جلسه‌ی»
        {WORD_END}
        """
    )
    return Scanner(pattern)


def _singular_and_plural() -> frozenset[str]:
    return frozenset(fold(word) for name in ("singular", "plural") for word in _words("words", name))


@cache
def _listed(name: str) -> frozenset[str]:
    return keys(_words("words", name))


def _words(table: str, name: str) -> tuple[str, ...]:
    return words(require(load("sessions"), table, dict, _FILE), name, f"{_FILE}: {table}")
