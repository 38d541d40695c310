"""Titles of the register in a text: which of several of one name, and when a longer title or another country's law is meant."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.instruments.laws_abroad import law_abroad
from parsers.facts.instruments.models import TitleMention, body_after, listed_mention, printed_title
from parsers.facts.instruments.run_on_titles import before_clause
from parsers.grammar.approval_years import approval_year
from parsers.grammar.joints import joint_words
from parsers.grammar.names import key_of
from parsers.grammar.title_end import after_word, bare_end, is_sure_end, lacks_title, next_in_title
from parsers.grammar.title_evidence import prepositions
from parsers.grammar.words_around import keys
from parsers.lexicon import load

if TYPE_CHECKING:
    from parsers.facts.view import View
    from parsers.grammar.instrument_titles import Name
    from parsers.grammar.name_tree import FoundName


def listed_title(view: View, found: FoundName[Name]) -> TitleMention:
    """Return the mention of a listed instrument, unless what follows makes it another: «قانون اساسی فرانسه», «قانون کار دریایی».

    Its year of approval, where it is printed, chooses among laws of one name; without a year the one in force is meant.
    """
    official = found.value.listed[0]
    abroad = law_abroad(view, found.start, found.end, official) if official.uri.startswith("/ir/") else None
    if abroad is not None:
        return abroad
    longer = _longer(view, found, official.kind)
    if longer is not None:
        return longer
    year = approval_year(view.folded, found.end)
    known = found.value.of_year(year) or official
    of_year = known is not official
    rule = "law_of_year" if of_year else "listed_title" if found.value.official else "short_name"
    return listed_mention(found.start, found.end, known, rule, certain=of_year or not _many_names(found.value, year))


def _many_names(name: Name, year: int | None) -> bool:
    """Return whether laws of one name are told apart by years, and the printed year is of none of them."""
    return year is not None and len(name.listed) > 1 and all(one.year != year for one in name.listed)


def _longer(view: View, found: FoundName[Name], kind: str) -> TitleMention | None:
    """Return the longer title that a name begins which is open at its end: «قانون ثبت | اختراعات»."""
    folded, key = view.folded, key_of(view.folded[found.start : found.end])
    following = next_in_title(folded, found.end)
    by_one_word = key in _open_names("by_one_word")
    if not (by_one_word or key in _open_names("names")) or lacks_title(folded, found.end):
        return None
    end = before_clause(folded, found.start, bare_end(folded, after_word(folded, found.start)))
    sure = is_sure_end(folded, end)
    one_word = end == folded.index(following, found.end) + len(following)
    adjective = following.endswith(load("titles")["endings"]["adjective"])
    joined = following in joint_words("and") and key in _open_names("by_and")
    if end <= found.end or not (sure or adjective or joined or following in prepositions()):
        return None
    if by_one_word and not (sure and one_word and adjective):
        return None
    title = printed_title(view, found.start, end)
    return TitleMention(found.start, end, title, kind, body_after(view, end), rule="longer_title", certain=sure)


@cache
def _open_names(kind: str) -> frozenset[str]:
    return keys(load("instruments")["longer"][kind])
