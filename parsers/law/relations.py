"""What a law does to others: «ماده ۵ قانون … به شرح زیر اصلاح می‌شود», «… لغو می‌شود», «قانون اصلاح ماده ۵ قانون …»."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.instruments import find_instruments
from parsers.facts.view import view
from parsers.grammar.blanks import GAP
from parsers.grammar.names import key_of
from parsers.law.vocabulary import data, whole_words, words
from parsers.law_models import Relation
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.law_models import Clause, Law, RelationKind
    from parsers.models import Article, Facts, Section

_KINDS: tuple[RelationKind, ...] = ("repeals", "cancels", "inserts", "amends")
_STOP = re.compile("[.؟!؛](?=[ \u200c\n]|\\Z)|\n")
_LONGEST = 700


def find_relations(article: Article, facts: Facts, law: Law) -> tuple[Relation, ...]:
    """Every change of another instrument that the text states, in the order of the text; the day is that of this law."""
    day = law.approved_on or law.communicated_on or law.gazetted_on
    found = [*_of_title(article, facts, law, day), *_of_body(article, facts, law, day)]
    return tuple({(r.kind, key_of(r.title), r.eid, r.source): r for r in reversed(found)}.values())[::-1]


def _of_title(article: Article, facts: Facts, law: Law, day: str | None) -> Iterator[Relation]:
    title = article.title or ""
    kind = next((kind for kind in _KINDS if _title_cue(kind).search(fold(title)[:60])), None)
    if kind is None:
        return
    for target, body, eid, start, end in _targets(article, facts, "title", 0, len(title)):
        if not _is_itself(target, law):
            yield Relation(kind, target, start, end, title[start:end], body, eid, None, day, "title")


def _of_body(article: Article, facts: Facts, law: Law, day: str | None) -> Iterator[Relation]:
    folded = fold(article.body)
    starts = [clause.start for clause in law.clauses]
    for kind, cue in _cues(folded):
        low, high = _sentence(folded, cue.start(), cue.end())
        clause = _clause_at(law.clauses, starts, cue.start())
        for target, body, eid, start, end in _targets(article, facts, "body", low, high):
            if not _is_itself(target, law) and start < cue.end():
                source = clause.eid if clause else None
                yield Relation(kind, target, start, end, article.body[start:end], body, eid, source, day)


def _cues(folded: str) -> list[tuple[RelationKind, re.Match[str]]]:
    found = [(kind, match) for kind in _KINDS for match in _body_cue(kind).finditer(folded)]
    return sorted(found, key=lambda pair: pair[1].start())


def _sentence(folded: str, start: int, end: int) -> tuple[int, int]:
    low = max([stop.end() for stop in _STOP.finditer(folded, max(0, start - _LONGEST), start)], default=max(0, start - _LONGEST))
    stop = _STOP.search(folded, end, end + _LONGEST)
    return low, stop.start() if stop else min(len(folded), end + _LONGEST)


def _targets(
    article: Article, facts: Facts, section: Section, low: int, high: int
) -> Iterator[tuple[str, str | None, str | None, int, int]]:  # fmt: skip
    """Instruments that a stretch of text names, with the clauses cited of them: title, body, eId, place."""
    references = [r for r in facts.references if r.section == section and low <= r.start < high]
    cited: set[str] = set()
    for reference in references:
        if reference.instrument:
            cited.add(key_of(reference.instrument))
            for eid in reference.eids:
                yield reference.instrument, reference.body, eid, reference.start, reference.end
    text = (article.title or "") if section == "title" else article.body
    for named in find_instruments(view(text[low:high]), bare=True):
        if key_of(named.title) not in cited and key_of(named.title.split(" ")[-1]) not in _of_others():
            start, end = low + named.start, low + named.end
            joined = [r for r in references if r.end <= start and _to().fullmatch(text, r.end, start)]
            eids: tuple[str | None, ...] = joined[-1].eids if joined else (None,)
            for one in eids:
                yield named.title, named.body, one, joined[-1].start if joined else start, end


def _is_itself(title: str, law: Law) -> bool:
    return key_of(title) in {key_of(law.title), *map(key_of, law.titles)}


def _clause_at(clauses: tuple[Clause, ...], starts: list[int], place: int) -> Clause | None:
    index = bisect_right(starts, place) - 1
    return clauses[index] if index >= 0 else None


@cache
def _of_others() -> frozenset[str]:
    """«قانون اصلاح» is half a title."""
    return frozenset(map(key_of, data()["title"]["of_others"]))


def _title_cue(kind: RelationKind) -> re.Pattern[str]:
    return whole_words("relation_titles", kind)


def _body_cue(kind: RelationKind) -> re.Pattern[str]:
    return whole_words("relations", kind)


@cache
def _to() -> re.Pattern[str]:
    """Return the pattern for what joins a clause to the law that it is added to: «به عنوان ماده ۱۵ مکرر | به | قانون …»."""
    return re.compile(f"{GAP}{words('relations', 'to')}{GAP}")
