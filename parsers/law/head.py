"""What stands around the clauses: who issued the law, in which meeting, its number, and its three days.

Approval, communication and printing in the gazette are three different days that sources mix up; each is taken only from words
that name it: the page's labels, the letterhead, the title's «مصوب …», the sentence that says «در جلسه … تصویب کرد».
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.facts.bodies import find_bodies
from parsers.facts.dates.mentions import find_dates
from parsers.facts.view import view
from parsers.law.title import Title, read_title
from parsers.law.vocabulary import GAP
from parsers.law_models import Law
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parsers.law.tree import Tree
    from parsers.models import Article, Facts

_REACH = 140
_LETTER_NUMBER = re.compile(
    "(?:\\A|\n)[ \u200c]*شماره(?: نامه| ابلاغ| مصوبه)?[ \u200c]*[:：][ \u200c]*([0-9/_ \\-\u200e\u200fهتمکوقپط]{2,40})"
)
_RESOLUTION_NUMBER = re.compile(f"(?:مصوبه|تصویب{GAP}نامه|بخشنامه|ابلاغیه){GAP}شماره{GAP}[:(]?{GAP}([0-9][0-9/\\-]{{0,20}})")
_APPROVED_AT = re.compile("تاریخ تصویب|به تصویب رسید|به تصویب رسیده|تصویب (?:شد|کرد|نمود|گردید)|مصوب(?!ه|ات)")
_COMMUNICATED = re.compile("تاریخ ابلاغ|ابلاغ (?:شد|کرد|نمود|می|گردید)|ابلاغی")
_GAZETTED = re.compile("روزنامه رسمی")
_NUMBER_OF_GAZETTE = re.compile("روزنامه رسمی[^\n]{0,40}?شماره[ :]*([0-9]{4,6})|شماره[ :]*([0-9]{4,6})[^\n]{0,30}روزنامه رسمی")
_LETTER_DATE = re.compile("(?:\\A|\n)[ \u200c]*تاریخ[ \u200c]*[:：]([^\n]{4,40})")
_SIGNS = {"majles": "مجلس شورای اسلامی", "cabinet": "هیئت وزیران"}


def read_head(article: Article, facts: Facts, labels: Mapping[str, str], tree: Tree) -> Law:
    """The law without its relations. `labels` is what the page prints in labelled lines, by kind (`parsers/page/law.toml`)."""
    body = article.body
    before, after = body[: tree.preamble_end], body[tree.closing_start :]
    title = read_title(article.title or labels.get("title") or _first_line(before), labels.get("kind"), before)
    texts = tuple(filter(None, (article.kicker, article.title, article.lead, before, after)))
    around = "\n".join(texts)
    folded = fold(around)
    issuer = _issuer(title, facts, labels, texts, tree)
    days = {kind: _day(labels.get(kind)) for kind in ("approved", "notified", "gazette_date")}
    gazette = _NUMBER_OF_GAZETTE.search(folded)
    return Law(
        title=title.name,
        kind=title.kind,
        clauses=tree.clauses,
        preamble_end=tree.preamble_end,
        closing_start=tree.closing_start,
        titles=title.others,
        number=_number(labels.get("number")) or _printed_number(folded),
        body=issuer,
        approved_on=days["approved"] or _near(around, _APPROVED_AT),
        communicated_on=days["notified"] or _near(around, _COMMUNICATED) or _letter_day(around),
        communicated_number=_letter_number(folded),
        gazetted_on=days["gazette_date"] or _near(around, _GAZETTED),
        gazette_number=_number(labels.get("gazette")) or (gazette and (gazette[1] or gazette[2])) or None,
        sessions=_sessions(facts, tree, issuer),
    )


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.split("\n") if len(line.strip()) > 8), "")


def _day(text: str | None) -> str | None:
    """The first whole day in a text, ISO."""
    found = find_dates(text, None) if text else []
    return next((day.iso[:10] for day in found if day.valid and day.iso and day.precision == "day"), None)


def _near(text: str, cue: re.Pattern[str]) -> str | None:
    """The day that stands nearest to a word that names it, in the same line: behind it first, else before it."""
    folded = fold(text)
    for found in cue.finditer(folded):
        low = max(folded.rfind("\n", 0, found.start()) + 1, found.start() - _REACH)
        line_end = folded.find("\n", found.end())
        high = min(line_end if line_end >= 0 else len(text), found.end() + _REACH)
        behind, before = _day(text[found.end() : high]), _last_day(text[low : found.start()])
        first = (before, behind) if "رسید" in found[0] or found[0].startswith("تصویب ") else (behind, before)
        day = next(filter(None, first), None)
        if day:
            return day
    return None


def _last_day(text: str) -> str | None:
    days = [day.iso for day in find_dates(text, None) if day.valid and day.iso and day.precision == "day"]
    return days[-1][:10] if days and days[-1] else None


def _letter_day(text: str) -> str | None:
    """The date of the letter by which it was communicated."""
    found = _LETTER_DATE.search(text)
    return _day(found[1]) if found else None


def _letter_number(folded: str) -> str | None:
    found = _LETTER_NUMBER.search(folded)
    return _number(found[1]) if found else None


def _number(printed: str | None) -> str | None:
    """A number as printed, ASCII digits. Never read as a date: letters are numbered «99/104441»."""
    plain = re.sub("[\\s\u200c\u200e\u200f]+", " ", fold(printed)).strip(" .:،-") if printed else ""
    return plain[:60] if any(char.isdigit() for char in plain) else None


def _printed_number(folded: str) -> str | None:
    found = _RESOLUTION_NUMBER.search(folded)
    return _number(found[1]) if found else None


def _issuer(
    title: Title, facts: Facts, labels: Mapping[str, str], texts: Sequence[str], tree: Tree
) -> str | None:  # fmt: skip
    """Who issued it: the page's label, the lexicon, who met to pass it, else who is named around the clauses."""
    named = _bodies(labels.get("issuer") or "")
    if named:
        return named[0]
    if title.body:
        return title.body
    met = [session.body for session in facts.sessions if session.body and _outside(session.section, session.start, tree)]
    if met:
        return met[0]
    if labels.get("issuer"):
        return " ".join(labels["issuer"].split())
    around = [name for text in texts for name in _bodies(text)]
    if title.kind == "law" and _SIGNS["majles"] in around:
        return _SIGNS["majles"]
    return around[0] if around else None


def _bodies(text: str) -> list[str]:
    return [found.body.name for found in find_bodies(view(text)) if found.body and found.body.slug]


def _outside(section: str | None, start: int, tree: Tree) -> bool:
    return section != "body" or start < tree.preamble_end or start >= tree.closing_start


def _sessions(facts: Facts, tree: Tree, issuer: str | None) -> tuple[int, ...]:
    """The meetings of its issuer that the text around the clauses names: those that passed it."""
    numbers = (
        number
        for session in facts.sessions
        if _outside(session.section, session.start, tree) and session.body in (None, issuer)
        for number in session.numbers
    )  # fmt: skip
    return tuple(sorted(set(numbers)))
