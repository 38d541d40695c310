"""Sessions before their bodies are known: an ordinal, a number or a date next to «جلسه», «نشست», «اجلاس»."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.facts.sessions.session_dates import SectionDates, is_marked
from parsers.facts.sessions.session_numbers import has_number_sign, is_counted, numbers_after, ordinals_before
from parsers.facts.sessions.session_words import adjectives, bracketed_adjective, session_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.facts.memory import Memory
    from parsers.facts.sessions.session_dates import SessionDate
    from parsers.facts.sessions.session_words import SessionWord
    from parsers.facts.view import View
    from parsers.grammar.clause_numbers import Style
    from parsers.models import DateMention


@dataclass(frozen=True, slots=True)
class SessionCandidate:
    """A session that may be a body's. `rule` names what found it; `style` says how its number is written.

    `body_at` is where its body may stand, if not at its end: between its word and its date.
    """

    start: int
    end: int
    word: str
    rule: str
    numbers: tuple[int, ...] = ()
    date: SessionDate | None = None
    style: Style | None = None
    marked: bool = False
    body_at: int | None = None

    @property
    def iso(self) -> str | None:
        """The day as ISO 8601; None where none is printed, or one that does not exist."""
        return self.date.iso if self.date else None


def find_candidates(view: View, memory: Memory) -> Iterator[SessionCandidate]:
    """Yield the sessions of a section in order; they do not overlap."""
    days, end = SectionDates(view, memory), 0
    for word in session_words(view.folded):
        found = _candidate(view, word, days) if word.start >= end else None
        if found is not None and found.start >= end:
            for one in (found, *_more_days(days, word, found)):
                end = one.end
                yield one


def _more_days(days: SectionDates, word: SessionWord, first: SessionCandidate) -> Iterator[SessionCandidate]:
    """Yield the other days of «جلسات مورخ ۲۳ فروردین | و ۶ اردیبهشت», each a session whose words are its day."""
    if not word.plural or first.rule != "date":
        return
    at = first.end
    while (day := days.next_of_row(at)) is not None:
        date = days.whole(day)
        at = date.end
        yield replace(first, start=day.start, end=date.end, date=date)


def _candidate(view: View, word: SessionWord, days: SectionDates) -> SessionCandidate | None:
    """Return the session at this word: its ordinal before, or its number after, and its date."""
    folded = view.folded
    ordinals, begin = ordinals_before(folded, word.start)
    if not ordinals and is_counted(folded, word.start):
        return None
    modified = adjectives().match(folded, word.end)
    end = modified.end() if modified else word.end
    day = None if has_number_sign(folded, end) else days.at(word.end) or days.at(end)
    if day is not None and day.precision in ("day", "range"):
        return _with_date(folded, days, day, (begin, ordinals), word)
    if ordinals:
        return _with_ordinal(days, (begin, ordinals), word, end)
    return _with_number(folded, days, word, end) or _with_date_after_body(days, word, end)


def _with_date(
    folded: str, days: SectionDates, day: DateMention, before: tuple[int, tuple[int, ...]], word: SessionWord
) -> SessionCandidate | None:
    """«جلسه مورخ ۲۳ مرداد», alone or with an ordinal before it; `before`: where that begins, and its values."""
    if day.precision != "day":
        return None
    begin, ordinals = before
    date = days.whole(day)
    rule = "ordinal" if ordinals else "date"
    marked = is_marked(folded[begin : day.start])
    return SessionCandidate(begin, date.end, word.word, rule, ordinals, date, "ordinal" if ordinals else None, marked)


def _with_ordinal(days: SectionDates, before: tuple[int, tuple[int, ...]], word: SessionWord, end: int) -> SessionCandidate:
    """«سی و پنجمین جلسه», with a date after it in the span; `end`: after its adjectives."""
    begin, ordinals = before
    date = days.after_number(end)
    tail = date.end if date and date.iso else word.end
    if date is None or date.iso is None:
        date = days.after_body(begin, end) or days.after_own(end)
    return SessionCandidate(begin, tail, word.word, "ordinal", ordinals, date, "ordinal")


def _with_number(folded: str, days: SectionDates, word: SessionWord, end: int) -> SessionCandidate | None:
    """«جلسه ۳۵», «جلسات ۳۶ تا ۴۰», «جلسه شماره (۳۰۸)»."""
    numbers = numbers_after(folded, word, end)
    if numbers is None:
        return None
    adjective = bracketed_adjective().match(folded, numbers.end)
    date = days.after_number(numbers.end) or (days.after_number(adjective.end()) if adjective else None)
    tail = date.end if date else numbers.end
    if date is None or date.iso is None:
        date = days.after_body(word.start, tail) or days.after_own(tail)
    return SessionCandidate(word.start, tail, word.word, numbers.rule, numbers.values, date, numbers.style)


def _with_date_after_body(days: SectionDates, word: SessionWord, end: int) -> SessionCandidate | None:
    """«جلسه شورا سه‌شنبه برگزار شد»."""
    date = days.after_body(word.start, end)
    if date is None or date.iso is None:
        return None
    return SessionCandidate(word.start, date.end, word.word, "date_after_body", (), date, body_at=end)
