"""Where a clause begins inside what looks like a title: «قانون توسعه شهری | ثبت این سکوها الزامی است».

An unquoted title may run into the sentence that goes on after it. What follows shows it: a determiner needs a noun before it, a
predicate a subject. Neither belongs to a title, so the noun of the clause is where the title has ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.blanks import BLANK, GAP, HARAKAT, LETTER, WORD_END
from parsers.grammar.joints import any_word, joint_words
from parsers.grammar.names import any_of, key_of
from parsers.grammar.title_end import next_in_title
from parsers.grammar.verbs import is_light, is_predicate
from parsers.grammar.words_around import cue, keys
from parsers.lexicon import load

if TYPE_CHECKING:
    import re

_ENDINGS: dict[str, Any] = load("titles")["endings"]
_WORD = expression(f"{LETTER}+(?:[\u200c{HARAKAT}\u0653\u0654]+{LETTER}+)*")
_FOLLOWING = expression(f"{GAP}({_WORD.pattern})")
# «افشای», not «رسانه‌ای».
_EZAFE = expression(rf"(?:(?<![\u200c{_ENDINGS['no_ezafe_after']}]){_ENDINGS['ezafe']}|{_ENDINGS['plural_ezafe']})\Z")
_PLURAL = expression(rf"{LETTER}{{2,}}(?:\u200c?(?:{'|'.join(_ENDINGS['plural'])}))\Z")
_REACH = 120


@dataclass(frozen=True, slots=True)
class _Word:
    key: str
    text: str
    end: int


def before_clause(folded: str, start: int, end: int) -> int:
    """Return the end of the title at `start:end` where it ran into its clause, else `end`."""
    following = _FOLLOWING.match(folded, end)
    words = [_Word(key_of(found[0]), found[0], found.end()) for found in _WORD.finditer(folded, start, end)]
    if following is None or len(words) < 3:
        return end
    if key_of(following[1]) in cue("titles.words", "determiners"):
        cut = _before_determined(words)
    else:
        cut = _before_predicate(words, following, opens=_opens_clause(folded, start))
    return end if cut is None else cut


def _before_determined(words: list[_Word]) -> int | None:
    """«… شهری | ثبت این سکوها», «… شخصی | افشای هرگونه اطلاعات»."""
    noun = words[-1].key in cue("titles.words", "clause_nouns") or _EZAFE.search(words[-1].text)
    return words[-2].end if noun and _may_end(words[-2]) else None


def _before_predicate(words: list[_Word], predicate: re.Match[str], *, opens: bool) -> int | None:
    """Return the title's end before the subject of a predicate; `opens` if no subject stands before the title."""
    passive = opens and is_light(next_in_title(predicate.string, predicate.end()))
    cut = _before_deed(words) if passive or is_predicate(predicate[1]) else None
    if cut is None and opens and is_predicate(predicate[1], "obliged"):
        return _before_actor(words)
    return cut


def _before_deed(words: list[_Word]) -> int | None:
    """«… داده‌های شخصی | انتشار اطلاعات خصوصی ممنوع است»: a deed after a word that closes the title."""
    for before, word in pairwise(words[1:]):
        if word.key in cue("titles.words", "clause_nouns") and _closes(before):
            return before.end
    return None


def _before_actor(words: list[_Word]) -> int | None:
    """«طبق ماده ۵ قانون مدیریت پسماند | وزارت بهداشت موظف است»."""
    for before, word in reversed(list(pairwise(words[1:]))):
        if word.key in cue("titles.words", "actors") and before.key not in joint_words("and"):
            return before.end if _may_end(before) else None
    if _PLURAL.fullmatch(words[-1].text) and _may_end(words[-2]):
        return words[-2].end
    return None


def _may_end(word: _Word) -> bool:
    """Return whether a title may end with the word: «وظایف», «حمایت از» govern what follows."""
    return word.key not in _governing() and not _EZAFE.search(word.text)


@cache
def _governing() -> frozenset[str]:
    titles = load("titles")
    nouns = [noun for governed in titles["governs"].values() for noun in governed]
    return keys([*joint_words("and", "or"), *titles["governs"], *titles["words"]["constructs"], *nouns])


def _closes(word: _Word) -> bool:
    """Return an adjective or a plural, after which a title hardly goes on; «اجرایی» stands before what it is about."""
    if word.key in cue("titles.words", "title_adjectives") or not _may_end(word):
        return False
    adjective = word.text.endswith(_ENDINGS["adjective"])
    return adjective or bool(_PLURAL.fullmatch(word.text)) or word.key in cue("titles.words", "closing")


def _opens_clause(folded: str, at: int) -> bool:
    """Return whether «طبق …» begins the clause that the title stands in, so that no subject was named before it."""
    low = max(0, at - _REACH)
    return _opening().search(folded[low:at] if low else f"\n{folded[:at]}") is not None


@cache
def _opening() -> re.Pattern[str]:
    """Return the beginning of a clause with its source, up to the place where the title begins."""
    titles, sources = load("titles")["clauses"], load("units")["cues"]["governor"]
    source = f"(?:{any_word(titles['to'])}{GAP})?{any_of(sources)}|{any_word(titles['in'])}"
    return expression(
        rf"""(?x)
        (?:[.؛،,:!؟?\n«»"]|(?<!\w){any_word(titles["that"])}{GAP})   # where a clause begins
        {BLANK}*(?:{source}){WORD_END}
        [^.؛،,:!؟?\n]*\Z
        """
    )
