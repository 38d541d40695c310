"""Whether a number counts what follows («۱۱ درصد», «۵ ماده») or names a clause or a meeting («بند ۱۱», «جلسه ۵»)."""

from __future__ import annotations

from functools import cache

from parsers.expressions import expression
from parsers.grammar.blanks import GAP
from parsers.grammar.clause_labels import locator_at
from parsers.grammar.instrument_titles import name_at, without_head
from parsers.grammar.joints import joint_words
from parsers.grammar.names import key_of
from parsers.grammar.units import is_unit
from parsers.grammar.verbs import is_verb
from parsers.grammar.words_around import cue, is_one_of, keys, next_word
from parsers.lexicon import load

# «۱۱٪», «۱۲,۰۰۰».
_AMOUNT = expression(f"{GAP}[%٪]|[,،٬][0-9]{{3}}(?![0-9])(?<=000)")

# «ماده ۱۸۰ | سال ۹۴».
_YEAR = expression(f"{load('units')['cues']['year']}{GAP}(?:1[34])?[0-9]{{2}}(?![0-9])")


def counts(folded: str, at: int, *, cardinal: bool) -> bool:
    """Return whether the number that ends at `at` counts or measures what follows; `cardinal` if it is a word such as «دو»."""
    if _AMOUNT.match(folded, at):
        return True
    found = next_word(folded, at)
    if found is None:
        return False
    word, start, end = found
    if _YEAR.match(folded, start):
        return False
    if key_of(word) in cue("units.cues", "months") or is_one_of(word, cue("units.cues", "measure")):
        return True
    if is_unit(word):
        return locator_at(folded, start) is None and without_head(folded, start) is None
    return cardinal and not _may_follow_cardinal(folded, word, end)


def follows_freely(folded: str, at: int) -> bool:
    """Return whether no noun follows that the number before could belong to: punctuation, a function word, a verb."""
    found = next_word(folded, at)
    return found is None or _may_follow_cardinal(folded, found[0], found[2])


def _may_follow_cardinal(folded: str, word: str, end: int) -> bool:
    """After «بند دو» may stand a function word, a verb or an instrument, not what two of is counted."""
    key = key_of(word)
    if any(key in cue("titles.words", name) for name in ("stop", "prepositions", "light")) or key in _joining():
        return True
    if name_at(folded, end - len(word)) or is_verb(word) or word.startswith(load("instruments")["short"]["law"]):
        return True
    following = next_word(folded, end)
    return following is not None and key_of(following[0]) in cue("titles.words", "light")


@cache
def _joining() -> frozenset[str]:
    return keys([*joint_words("and", "or", "to"), *load("units")["cues"]["after_cardinal"]])
