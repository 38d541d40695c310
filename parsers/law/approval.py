"""The day on which a law was approved and who approved it, in every formula in use.

In the title «مصوب ۱۳۹۰/۲/۳»; in the preamble the day of the meeting that passed it; after the clauses «… در جلسه علنی مورخ …
تصویب و در تاریخ … به تأیید شورای نگهبان رسید», where the day before the word counts and that of the confirmation does not. Of two
houses that approved it the last one counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.bodies import find_bodies
from parsers.facts.view import view
from parsers.grammar.blanks import GAP, WORD_START
from parsers.law.days import Day, days_in, in_jalali_years
from parsers.law.vocabulary import data, pattern, words
from parsers.law.whole_law import counts_articles, whole_law
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from parsers.models import SessionMention

_TATWEEL = "\u0640"
_NEXT_TO = 60
_BODY_WITHIN = 40


@dataclass(frozen=True, slots=True)
class Approval:
    """An approval that a text states: its ISO day, and the name of who approved, where it is a body of the lexicon."""

    day: str | None = None
    body: str | None = None


def read_approval(before: Sequence[str], last_article: str, after: str, sessions: Sequence[SessionMention]) -> Approval:
    """Return when a law was approved and by whom, as far as its text says so.

    `before` are the texts before the clauses (headlines, preamble), `last_article` the words of the last one, `after` the text
    after the clauses, `sessions` the law's meetings.
    """
    stated = _after_clauses(after) or _in_last_article(last_article)
    last = max(stated, key=lambda approval: approval.day or "", default=Approval())
    passed = [s.date for s in sessions if s.date and s.section != "body"] + [s.date for s in sessions if s.date]
    candidates = (
        _named_days(before),
        filter(None, [last.day]),
        (day[:10] for day in passed),
        _formula_days(line for text in before for line in text.split("\n")),
        _days_of_meeting(before),
        _named_days(line for line in after.split("\n") if _begins_dated().match(fold(line))),
    )
    day = next((day for days in candidates for day in days), None)
    lines = (line for text in (*before, after) for line in text.split("\n"))
    return Approval(day, last.body or next(filter(None, map(_body_of_title_end, lines)), None) or _approver(after))


def _approver(after: str) -> str | None:
    """Return who approved, as the first line after the clauses says it, where it tells no day that can be read."""
    line = after.split("\n", maxsplit=1)[0]
    cue = next(iter(_approved().finditer(fold(line))), None) if whole_law().search(fold(line)) else None
    return _body_at(line, 0, cue) if cue else None


def _after_clauses(text: str) -> list[Approval]:
    """Return the approvals after the clauses: those of the first line that tells of one, then of lines on the whole law.

    «قانون بالا در جلسه … به تصویب مجلس سنا رسیده است» is another house, «۱- این تبصره در جلسه … تصویب شد» a footnote.
    """
    stated: list[Approval] = []
    for line in in_jalali_years(text).split("\n"):
        if not stated or whole_law().search(fold(line)):
            stated += approvals(line)
    return stated


def _in_last_article(text: str) -> list[Approval]:
    """Return the approvals that the last article tells of: «این آیین‌نامه در ۲۹ ماده … در تاریخ … به تصویب … رسید»."""
    return [
        found
        for line in text.replace(_TATWEEL, "").split("\n")
        if whole_law().search(folded := fold(line)) and counts_articles(folded)
        for found in approvals(line)
    ]


def approvals(line: str) -> list[Approval]:
    """Return the approvals that a line tells of as past, each with the day before it: «در جلسه مورخ … به تصویب … رسید»."""
    folded = fold(line)
    if not _told().search(folded):
        return []
    cues = [cue for cue in _approved().finditer(folded) if not _after_that().search(folded, 0, cue.start())]
    days = days_in(line) if cues else []
    found, at = [], 0
    for cue in cues:
        day = next((day for day in reversed(days) if at <= day.start and day.end <= cue.start()), None)
        if day is not None:
            found.append(Approval(day.iso, _body_at(line, day.end, cue)))
            at = cue.end()
    return found


def _body_at(line: str, start: int, cue: re.Match[str]) -> str | None:
    """Return who approved: named right after the word («به تصویب مجلس شورای ملی رسید»), else between the day and the word."""
    if not line[cue.end() : cue.end() + 1].strip(" \u200c"):
        after = _bodies(line[cue.end() : cue.end() + 3 * _BODY_WITHIN])
        near = [
            name
            for place, name in after
            if place <= _BODY_WITHIN and not _and_then().search(fold(line), cue.end(), cue.end() + place)
        ]
        if near:
            return near[0]
        unlisted = _unlisted().match(fold(line), cue.end())
        if unlisted and not pattern("closing", "pointers").search(unlisted["name"]):  # «کمیسیون مزبور» says not which
            return line[unlisted.start("name") : unlisted.end("name")].strip(" \u200c")
    between = _bodies(line[start : cue.start()]) or _bodies(line[: cue.start()])
    return between[-1][1] if between else None


def _bodies(text: str) -> list[tuple[int, str]]:
    """Return (place, name) of the bodies that a text names; a committee of the Majles stands for the Majles."""
    parliament: str = data()["head"]["parliament"]
    named = [m for m in find_bodies(view(text)) if m.body and m.body.slug]
    return [
        (m.start, parliament if parliament in text[m.start : m.end] else m.body.name)
        for m in named
        if m.body and m.body.name not in data()["head"]["no_issuers"]
    ]


def _body_of_title_end(line: str) -> str | None:
    """«مصوب ۱۳۶۶/۱۲/۳ مجلس شورای اسلامی»: who stands after the day at the end of a title or a line."""
    found = _own_approval(fold(line))
    days = [day for day in days_in(line) if found and 0 <= day.start - found.end() <= _NEXT_TO] if found else []
    if not days:
        return None
    named = _bodies(line[days[0].end :])
    unlisted = _unlisted_at_end().match(fold(line), days[0].end)
    if unlisted and not (named and named[0][0] <= len(unlisted["before"])):
        return line[unlisted.start("name") : unlisted.end("name")].strip(" \u200c)]")
    return named[0][1] if named and named[0][0] <= _BODY_WITHIN else None


def _days_of_meeting(texts: Iterable[str]) -> Iterable[str]:
    """Yield the day of a line that is nothing else, «مورخ ۱۳۹۷/۱۰/۱۶», below the number of the meeting."""
    for text in texts:
        for line in text.split("\n"):
            found = _dated_line().match(fold(line))
            days = days_in(line) if found else []
            if found and len(days) == 1 and not line[days[0].end :].strip(" .)،"):
                yield days[0].iso


def _named_days(texts: Iterable[str]) -> Iterable[str]:
    """«تاریخ تصویب: …» of a letterhead, «(مصوب ۱۳۹۰/۲/۳)» of a title: right after the word, in a line that does not cite."""
    for line in (line for text in texts for line in text.split("\n")):
        found = _named().match(fold(line)) or _own_approval(fold(line))
        if found:
            yield from (day.iso for day in days_in(line) if 0 <= day.start - found.end() <= _NEXT_TO)


def _own_approval(folded: str) -> re.Match[str] | None:
    """Return «مصوب» at the end of a title; not that of a law on which a sentence rests: «در اجرای ماده ۵ قانون … مصوب …»."""
    found = _titled().search(folded)
    return None if found is None or _rests_on().search(folded, 0, found.start()) else found


def _formula_days(lines: Iterable[str]) -> Iterable[str]:
    """Yield the day before the last word of approval in a line, else the day after it that is no other step's."""
    for line in lines:
        folded = fold(line)
        cues = [cue for cue in _approved().finditer(folded) if not _after_that().search(folded, 0, cue.start())]
        days = days_in(line) if cues else []
        days = [day for day in days if not _is_of_cited_law(folded, day)]
        yield from _before(days, cues)
        yield from _after(days, cues, folded)


def _is_of_cited_law(folded: str, day: Day) -> bool:
    """Return whether a day is that of a law on which a sentence rests: «با توجه به قانون … مصوب ۱۳۸۰/۶/۶ … تصویب کرد»."""
    return bool(_cited().search(folded, 0, day.start) and _rests_on().search(folded, 0, day.start))


def _before(days: Sequence[Day], cues: Sequence[re.Match[str]]) -> Iterable[str]:
    for cue in reversed(cues):
        found = [day.iso for day in days if day.end <= cue.start()]
        if found:
            yield found[-1]


def _after(days: Sequence[Day], cues: Sequence[re.Match[str]], folded: str) -> Iterable[str]:
    for cue in cues:
        yield from (d.iso for d in days if d.start >= cue.end() and not _other_step().match(folded, d.end))


@cache
def _approved() -> re.Pattern[str]:
    """Return the pattern for words of approval, «به تصویب» written in one too."""
    return expression(f"{WORD_START}{words('head', 'approved')}")


@cache
def _told() -> re.Pattern[str]:
    """Return the pattern for an approval that is over: «تصویب شد», «به تصویب مجلس رسید», «تصویب و در تاریخ …»."""
    return expression(f"{words('head', 'approved')}[^\n]{{0,90}}?{words('head', 'told')}")


@cache
def _cited() -> re.Pattern[str]:
    """Return the pattern for «مصوب» right before a day."""
    return expression(f"{WORD_START}{words('head', 'approved_on')}{GAP}(?:{words('title', 'dated')}{GAP})?\\Z")


@cache
def _unlisted() -> re.Pattern[str]:
    """Return the pattern for who approved, named right after the word though no list knows it; its name is group `name`."""
    name = f"(?P<name>{words('head', 'unlisted_bodies')}[^\n،؛.:]{{2,70}}?)"
    return expression(f"{GAP}{name}{GAP}{words('head', 'reached')}")


@cache
def _unlisted_at_end() -> re.Pattern[str]:
    """Return the pattern for the same at the end of a title, right after its day: «مصوب ۱۳۹۰/۶/۱۹ شورای عالی باغ‌ها»."""
    name = f"(?P<name>{words('head', 'unlisted_bodies')}[^\n0-9.:]{{2,60}}?)"
    return expression(f"(?P<before>{GAP}){name}(?={GAP}(?:[).]|{words('title', 'after')}|\\Z))")


@cache
def _rests_on() -> re.Pattern[str]:
    """Return the pattern for what opens a recital: «در اجرای», «به استناد», «در جلسه»."""
    return expression(f"{WORD_START}(?:{words('amendments', 'on_ground_of')}|{words('head', 'in_meeting')})")


@cache
def _and_then() -> re.Pattern[str]:
    return expression(words("head", "told"))


@cache
def _dated_line() -> re.Pattern[str]:
    return expression(f"{GAP}[(]?{words('title', 'dated')}{GAP}[:：]?(?={GAP}[0-9(])")


@cache
def _named() -> re.Pattern[str]:
    return expression(f"{GAP}{words('head', 'approval_label')}{GAP}[:：]?")


@cache
def _begins_dated() -> re.Pattern[str]:
    return expression(f"[ (\u200c]*(?:{words('head', 'approved_on')}|{words('head', 'approval_label')})")


@cache
def _titled() -> re.Pattern[str]:
    """Return the pattern for «مصوب» at the end of a title."""
    return expression(f"{WORD_START}{words('head', 'approved_on')}{GAP}(?=[^\n]{{0,90}}\\Z)")


@cache
def _after_that() -> re.Pattern[str]:
    """Return the pattern for «پس از» right before the word: the approval of another house, or one to come."""
    return expression(f"{words('head', 'after_that')}{GAP}\\Z")


@cache
def _other_step() -> re.Pattern[str]:
    """Return the pattern for what follows a day of confirmation or communication."""
    return expression(f"[^\n]{{0,12}}?{words('head', 'other_steps')}")
