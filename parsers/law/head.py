"""What stands around the clauses: who issued the law, in which meeting, its number, and its three days.

Approval, communication and printing in the gazette are three different days that sources mix up; each is taken only from words
that name it: the page's labels, the letterhead, the title's «مصوب …», the meeting that passed it, the formula after the clauses.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.bodies import find_bodies
from parsers.facts.view import view
from parsers.grammar.approval_years import approval_year
from parsers.grammar.blanks import BLANK, GAP
from parsers.law.approval import read_approval
from parsers.law.days import Day, days_in, first_day, in_jalali_years, jalali_year
from parsers.law.own_sessions import own_sessions
from parsers.law.title import Title, read_title
from parsers.law.vocabulary import data, words
from parsers.law_models import Law
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping, Sequence

    from parsers.law.tree import Tree
    from parsers.models import Article, Facts, SessionMention

_REACH = 140
_NUMBER_END = expression("[\\s\u200c\u200e\u200f]+")


def read_head(article: Article, facts: Facts, labels: Mapping[str, str], tree: Tree) -> Law:
    """Return the law without its relations. `labels` are the page's labelled lines, by kind (`parsers/page/law.toml`)."""
    body = article.body
    before, after = body[: tree.preamble_end], body[tree.closing_start :]
    year = _year_in_title(article.title or "")
    title = read_title(article.title or labels.get("title") or _first_line(before), labels.get("kind"), before, year)
    texts = [in_jalali_years(text) for text in (article.kicker, article.title, article.lead, before, after) if text]
    around = "\n".join(texts)
    folded = fold(around)
    sessions = own_sessions(article, facts.sessions, tree)
    approval = read_approval(texts[: -1 if after else None], after, sessions)
    issuer = _issuer(title, approval.body, sessions, labels, texts)
    approved = first_day(labels.get("approved")) or approval.day
    gazette = _gazette_number().search(folded)
    return Law(
        title=title.name,
        kind=title.kind,
        clauses=tree.clauses,
        preamble_end=tree.preamble_end,
        closing_start=tree.closing_start,
        titles=title.others,
        number=_number(labels.get("number")) or _printed_number(folded),
        body=issuer,
        approved_on=approved,
        year=jalali_year(approved) or year,
        communicated_on=first_day(labels.get("notified")) or _day_near(around, "communicated") or _letter_day(folded),
        communicated_number=_letter_number(folded),
        gazetted_on=first_day(labels.get("gazette_date")) or _day_near(around, "gazetted"),
        gazette_number=_number(labels.get("gazette")) or (gazette and (gazette[1] or gazette[2])) or None,
        sessions=tuple(sorted({number for session in sessions for number in session.numbers if session.body in (None, issuer)})),
    )


def _year_in_title(printed: str) -> int | None:
    """Return the Jalali year of «مصوب ۱۳۵۶» in a printed title."""
    folded = fold(printed)
    return next((year for found in _cue("approved_on").finditer(folded) if (year := approval_year(folded, found.start()))), None)


def _first_line(text: str) -> str:
    return next((line.strip() for line in text.split("\n") if len(line.strip()) > 8), "")


def _day_near(text: str, cue: str) -> str | None:
    """Return the day nearest to a word that names it, in the same line: after it first, else before it."""
    for line in text.split("\n"):
        days = days_in(line) if (found := _cue(cue).search(fold(line))) else []
        day = _nearest(days, found.start(), found.end(), before_first=False) if found else None
        if day:
            return day
    return None


def _nearest(days: Sequence[Day], start: int, end: int, *, before_first: bool) -> str | None:
    before = next((day.iso for day in reversed(days) if 0 <= start - day.end <= _REACH), None)
    after = next((day.iso for day in days if 0 <= day.start - end <= _REACH), None)
    return (before or after) if before_first else (after or before)


@cache
def _cue(name: str) -> re.Pattern[str]:
    return expression(words("head", name))


def _letter_day(folded: str) -> str | None:
    """Return the day of the letter by which it was communicated."""
    found = _letter_date().search(folded)
    return first_day(found[1]) if found else None


def _letter_number(folded: str) -> str | None:
    found = _letter_number_line().search(folded)
    return _number(found[1]) if found else None


def _number(printed: str | None) -> str | None:
    """Return a number as printed, ASCII digits. It is never read as a date: letters are numbered «99/104441»."""
    plain = _NUMBER_END.sub(" ", fold(printed)).strip(" .:،-") if printed else ""
    return plain[:60] if any(char.isdigit() for char in plain) else None


def _printed_number(folded: str) -> str | None:
    found = _resolution_number().search(folded)
    return _number(found[1]) if found else None


@cache
def _letter_number_line() -> re.Pattern[str]:
    return expression(
        rf"""(?x)
        (?:\A|\n){GAP}{words("head", "letter_number")}{GAP}[:：]{GAP}
        ([0-9/_\ \-\u200e\u200f{data()["head"]["reference_letters"]}]{{2,40}})
        """
    )


@cache
def _letter_date() -> re.Pattern[str]:
    return expression(f"(?:\\A|\n){GAP}{words('head', 'letter_date')}{GAP}[:：]([^\n]{{4,40}})")


@cache
def _resolution_number() -> re.Pattern[str]:
    """Return the pattern for the number of the resolution itself, which begins a line; those that it cites stand within one."""
    kinds, number = words("head", "numbered_kinds"), words("units", "number_sign")
    opening = f"(?:\\A|\n)[ «(*\u200c]*(?:{words('title', 'before')}{GAP}){{0,2}}"
    return expression(f"{opening}{kinds}{GAP}{number}{GAP}[:(]?{GAP}([0-9][0-9/\\-]{{0,20}})")


@cache
def _gazette_number() -> re.Pattern[str]:
    gazette, number = words("head", "gazetted"), words("units", "number_sign")
    return expression(
        rf"""(?x)
        {gazette}[^\n]{{0,40}}?{number}(?:{BLANK}|:)*([0-9]{{4,6}})
        | {number}(?:{BLANK}|:)*([0-9]{{4,6}})[^\n]{{0,30}}{gazette}
        """
    )


def _issuer(
    title: Title, approved_by: str | None, sessions: Sequence[SessionMention], labels: Mapping[str, str], texts: Sequence[str]
) -> str | None:  # fmt: skip
    """Return who issued it: the page's label, the lexicon, who approved it or met, else who is named around the clauses."""
    named = _bodies(labels.get("issuer") or "")
    if named:
        return named[0]
    if title.body:
        return title.body
    if approved_by:
        return approved_by
    met = [session.body for session in sessions if session.body]
    if met:
        return met[0]
    if labels.get("issuer"):
        return " ".join(labels["issuer"].split())
    around = [name for text in texts for name in _bodies(text)]
    parliament: str = data()["head"]["parliament"]
    if title.kind == "law" and parliament in around:
        return parliament
    return around[0] if around else None


def _bodies(text: str) -> list[str]:
    return [found.body.name for found in find_bodies(view(text)) if found.body and found.body.slug]
