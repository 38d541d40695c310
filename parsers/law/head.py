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
from parsers.grammar.blanks import BLANK, GAP, LETTER
from parsers.law.approval import read_approval
from parsers.law.days import Day, days_in, first_day, in_jalali_years, jalali_year
from parsers.law.own_sessions import own_sessions
from parsers.law.title import LAW, Title, read_title
from parsers.law.untitled_texts import meeting
from parsers.law.vocabulary import article_units, data, pattern, words
from parsers.law_models import Law
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence

    from parsers.law.tree import Tree
    from parsers.models import Article, Facts, SessionMention

_REACH = 140
_WORDS_BEFORE_BODY = 3
_YEARS_BETWEEN_HOUSES = 2
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
    approval = read_approval(texts[: -1 if after else None], _last_article(body, tree), after, sessions)
    issuer = _issuer(title, approval.body, sessions, labels, texts)
    approved = first_day(labels.get("approved")) or _unless_of_another(approval.day, title, year)
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


def _unless_of_another(day: str | None, title: Title, year: int | None) -> str | None:
    """Return the day, unless the law's own title names a year far from it: then it is that of a law printed below it."""
    said = jalali_year(day)
    own = title.kind == LAW and not pattern("title", "of_others").search(fold(title.name))
    return None if own and said and year and abs(said - year) > _YEARS_BETWEEN_HOUSES else day


def _last_article(body: str, tree: Tree) -> str:
    """Return the words of the last article and the clauses in it."""
    last = next((clause for clause in reversed(tree.clauses) if clause.unit in article_units()), None)
    return body[last.text_start : last.end] if last else ""


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
    if found:
        return first_day(found[1])
    line = _bare_letterhead().search(folded)
    return first_day(line["day"]) if line else None


def _letter_number(folded: str) -> str | None:
    found = _letter_number_line().search(folded) or _bare_letterhead().search(folded)
    return _number(found[1]) if found else None


def _number(printed: str | None) -> str | None:
    """Return a number as printed, ASCII digits. It is never read as a date: letters are numbered «99/104441»."""
    plain = _NUMBER_END.sub(" ", fold(printed)).replace("\u0640", "").strip(" .:،-/") if printed else ""
    plain = _around_letter().sub(r"\1", plain)
    return plain[:60] if any(char.isdigit() for char in plain) else None


@cache
def _around_letter() -> re.Pattern[str]:
    return expression(f"(?<=[0-9/]) ?([{data()['head']['reference_letters']}]) ?(?=[0-9]|\\Z)")


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
def _bare_letterhead() -> re.Pattern[str]:
    """Return the pattern for a line that has a number and a day, «شماره ۱۲۳۴۵/ت۵۶۷۸هـ ۱۳۹۷/۲/۳۰»; the day is group `day`."""
    number, dated = words("head", "letter_number"), words("head", "letter_date")
    day = "(?P<day>[0-9]{1,4}(?:[ /-]{1,3}[0-9]{1,4}){2})"
    return expression(
        f"(?:\\A|\n){GAP}{number}{GAP}({_reference()}){GAP}-?{GAP}(?:{dated}{GAP}:?{GAP})?(?:{day})?{GAP}(?=\n|\\Z)"
    )


@cache
def _letter_date() -> re.Pattern[str]:
    return expression(f"(?:\\A|\n){GAP}{words('head', 'letter_date')}{GAP}[:：]([^\n]{{4,40}})")


@cache
def _resolution_number() -> re.Pattern[str]:
    """Return the pattern for the number of the resolution itself, which begins a line; those that it cites stand within one."""
    kinds, number = words("head", "numbered_kinds"), words("units", "number_sign")
    opening = f"(?:\\A|\n)[ «(*\u200c]*(?:{words('title', 'before')}{GAP}){{0,2}}"
    return expression(f"{opening}{kinds}{GAP}{number}{GAP}[:(]?{GAP}({_reference()})")


def _reference() -> str:
    """Return a pattern string for the number of a letter or decree: «۸», «۹۰۰۰/۱۲۳/۱۰۰», «۱۲۳۴۵/ت۵۶۷۸هـ»."""
    letter = f"[{data()['head']['reference_letters']}]"
    return f"[0-9][0-9/\\-]{{0,20}}(?:{GAP}{letter}{GAP}[0-9]{{2,8}}(?:{GAP}{letter}\u0640*+(?!{LETTER}))?)?"


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
    if approved_by and title.kind != LAW:  # the list names who usually issues such bylaws
        return approved_by
    if title.body or approved_by:
        return title.body or approved_by
    met = [session.body for session in sessions if session.body] or list(_resolving_bodies(texts))
    if met:
        return met[0]
    if labels.get("issuer"):
        return " ".join(labels["issuer"].split())
    around = [
        name for text in texts for name in _bodies(text, leading=title.kind != LAW) if name not in data()["head"]["no_issuers"]
    ]
    parliament: str = data()["head"]["parliament"]
    legislators = data()["head"]["legislators"]
    if title.kind == LAW:
        return parliament if parliament in around else next((name for name in around if name in legislators), None)
    return next((name for name in around if name not in legislators), None)


def _resolving_bodies(texts: Sequence[str]) -> Iterator[str]:
    """Yield who resolved: the body that a line begins with which says that it met and what it resolved."""
    for line in (line for text in texts for line in text.split("\n")):
        folded = fold(line)
        if meeting().search(folded) and pattern("head", "resolves").search(folded):
            named = next(iter(find_bodies(view(line))), None)
            if named and named.body and not folded[: named.start].strip(" «(\u200c"):
                yield named.body.name


def _bodies(text: str, *, leading: bool = False) -> list[str]:
    """Return the listed bodies that a text names; with `leading` those near the beginning of a line: signatures, letterheads."""
    found = [(named.start, named.body.name) for named in find_bodies(view(text)) if named.body and named.body.slug]
    return [name for start, name in found if not leading or len(text[:start].rpartition("\n")[2].split()) <= _WORDS_BEFORE_BODY]
