"""The date of a session: after its word, after its number, after its body; never that of another event."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts import dates
from parsers.facts.sessions.session_bodies import end_of_bodies
from parsers.facts.sessions.session_words import around
from parsers.grammar.blanks import GAP
from parsers.grammar.joints import FROM, TO
from parsers.grammar.names import key_of
from parsers.grammar.words_around import cue, next_word, previous_word

if TYPE_CHECKING:
    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.models import DateMention

_CLOSING = re.compile(f"{GAP}[)]")
_FROM = re.compile(f"{GAP}{FROM}{GAP}")
_TO = re.compile(f"{GAP}{TO}{GAP}")
# «جلسه شورا | سه‌شنبه ۳ مهر»: neither comma nor bracket between.
_ADJACENT = re.compile(f"{GAP}(?![،,(])")


@dataclass(frozen=True, slots=True)
class SessionDate:
    """The day of a session: ISO 8601, and where its words end; `certain` as the date itself is."""

    iso: str | None
    end: int
    certain: bool = True


class SectionDates:
    """The dates of one section of a document, by the places where they begin."""

    def __init__(self, view: View, memory: Memory) -> None:
        self._view, self._memory = view, memory
        self._folded = view.folded
        self._by_start: dict[int, DateMention] | None = None

    def at(self, at: int) -> DateMention | None:
        """Return the date that begins at `at`, after words such as «مورخ», «روز» and one bracket; None where none does."""
        if self._by_start is None:
            self._by_start = {mention.start: mention for mention in dates.find(self._view, self._memory)}
        if at in self._by_start:
            return self._by_start[at]
        words = _words_before_date().match(self._folded, at)
        starts = [start for start in range(at, words.end() + 1) if start in self._by_start] if words else []
        return next((self._by_start[start] for start in starts if _words_before_date().fullmatch(self._folded, at, start)), None)

    def whole(self, day: DateMention) -> SessionDate:
        """Return a day with a second one in apposition («سه‌شنبه مورخ ۵ خرداد»), the time of day, a closing bracket."""
        first, end, chosen = day.start, day.end, day
        daytime = _daytime().match(self._folded, end)
        end = daytime.end() if daytime else end
        again = self.at(end) if self._folded[end : end + 1] != "،" else None
        if again is not None and again is not day and again.precision == "day":
            chosen = again if day.iso is None or any(letter.isdigit() for letter in again.surface) else day
            first, end = again.start, again.end
        if "(" in self._folded[max(0, first - 2) : first]:
            closing = _CLOSING.match(self._folded, end)
            end = closing.end() if closing else end
        return SessionDate(chosen.iso, end, chosen.certain)

    def after_number(self, at: int) -> SessionDate | None:
        """Return the date of «جلسه ۹۳ | مورخ ۲۱ شهریور»; of a range of days its end, and no day."""
        since = _FROM.match(self._folded, at)
        first = (self.at(at + 1) or self.at(since.end())) if since else None
        if first is not None:
            to = _TO.match(self._folded, first.end)
            last = self.at(to.end()) if to else None
            return SessionDate(None, last.end if last else first.end)
        day = self.at(at)
        return self.whole(day) if day is not None and day.precision == "day" else None

    def after_body(self, start: int, at: int) -> SessionDate | None:
        """Return the date of «جلسه | شورای … مورخ ۲۰ آذر ۱۳۹۵», «جلسه | شورای … سه‌شنبه برگزار شد»; `start` is the session's.

        Without «مورخ» the date may be another verb's, so that the sentence must say that the session was held. Then the
        date ends where it was asked for: it is no part of the session's words.
        """
        end = end_of_bodies(self._view, at)
        if end is None:
            return None
        marked = _marked().match(self._folded, end)
        day = self.at(end) if marked or _ADJACENT.match(self._folded, end) else None
        if day is None or day.precision != "day":
            return None
        found = self.whole(day)
        return found if marked or _is_held(self._folded, start, found.end) else None

    def after_own(self, at: int) -> SessionDate | None:
        """Return the date of «سی‌امین جلسه | خود مورخ ۱۸ مهر»."""
        own = _own().match(self._folded, at)
        day = self.at(own.end()) if own and _marked().match(self._folded, own.end()) else None
        return self.whole(day) if day is not None and day.precision == "day" else None


def is_marked(text: str) -> bool:
    """Return whether a piece of text has «مورخ» or the like."""
    return re.search(around("marked"), text) is not None


def _is_held(folded: str, start: int, end: int) -> bool:
    """Whether a session with a date is spoken of itself: «در جلسه شورا دیروز», «… برگزار شد»; not «مصوبات جلسه شورا دیروز»."""
    before, following = previous_word(folded, start), next_word(folded, end)
    if following is not None and key_of(following[0]) in cue("sessions.cues", "object_sign"):
        return False  # «در جلسه شورا ۱۵ خرداد را تعطیل کردند»
    if before is None or key_of(before) in cue("sessions.cues", "within"):
        return True
    return following is not None and key_of(following[0]) in cue("sessions.cues", "held")


@cache
def _words_before_date() -> re.Pattern[str]:
    return re.compile(f"{GAP}[(،,–-]?{GAP}(?:{around('hour')}{GAP}[0-9]{{1,2}}{GAP})?(?:{around('dated')}{GAP}){{0,3}}[(]?{GAP}")


@cache
def _marked() -> re.Pattern[str]:
    return re.compile(f"{GAP}[(،]?{GAP}{around('marked')}|{GAP}[(]{GAP}(?=[0-9])")


@cache
def _daytime() -> re.Pattern[str]:
    return re.compile(f"{GAP}{around('daytimes')}")


@cache
def _own() -> re.Pattern[str]:
    return re.compile(f"{GAP}{around('own')}")
