"""Dates of a session: right behind its word, behind its number, behind its body."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts import dates
from parsers.facts.sessions.owners import end_of_bodies
from parsers.grammar.blanks import GAP
from parsers.grammar.names import any_of, key_of
from parsers.grammar.words_around import cue, next_word, previous_word
from parsers.lexicon import load

if TYPE_CHECKING:
    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.models import DateMention

_DAYTIME = re.compile("[ \u200c]?(?:شب|صبح|عصر|ظهر)(?![\\w\u200c])")
_MARKED = re.compile(f"{GAP}[(،]?{GAP}(?:مورخ|به تاریخ|در تاریخ|تاریخ)|{GAP}[(]{GAP}(?=[0-9])")
# «جلسه شورا | سه‌شنبه ۳ مهر»: neither comma nor bracket between.
_ADJACENT = re.compile(f"{GAP}(?![،,(])")
_OWN = re.compile(f"{GAP}خود(?![\\w\u200c])")
_CLOSING = re.compile(f"{GAP}[)]")
_FROM = re.compile(f"{GAP}از{GAP}")
_TO = re.compile(f"{GAP}(?:تا|الی|لغایت){GAP}")


class Days:
    """Dates of a section, found when the first is asked for."""

    def __init__(self, view: View, memory: Memory) -> None:
        self.folded = view.folded
        self._view = view
        self._memory = memory
        self._by_start: dict[int, DateMention] | None = None

    def at(self, at: int) -> DateMention | None:
        """The date that begins at `at`, words such as «مورخ», «روز» and one bracket skipped."""
        if _may_be_date().match(self.folded, at) is None:
            return None
        if self._by_start is None:
            self._by_start = {mention.start: mention for mention in dates.find(self._view, self._memory)}
        if at in self._by_start:
            return self._by_start[at]
        skipped = _dated().match(self.folded, at)
        starts = [start for start in range(at, skipped.end() + 1) if start in self._by_start] if skipped else []
        return next((self._by_start[start] for start in starts if _dated().fullmatch(self.folded, at, start)), None)

    def extend(self, day: DateMention) -> tuple[int, str | None]:
        """(end, ISO) with a second date in apposition («سه‌شنبه مورخ ۵ خرداد»), the time of day, a closing bracket."""
        folded, first, end, iso = self.folded, day.start, day.end, day.iso
        time = _DAYTIME.match(folded, end)
        end = time.end() if time else end
        again = self.at(end) if folded[end : end + 1] != "،" else None
        if again is not None and again is not day and again.precision == "day":
            iso = again.iso if iso is None or any(letter.isdigit() for letter in again.surface) else iso
            first, end = again.start, again.end
        if "(" in folded[max(0, first - 2) : first]:
            closing = _CLOSING.match(folded, end)
            end = closing.end() if closing else end
        return end, iso

    def after(self, at: int) -> tuple[int, str | None]:
        """(end, ISO) of a date or a range of dates that follows a number; `at` and None where there is none."""
        since = _FROM.match(self.folded, at)
        first = (self.at(at + 1) or self.at(since.end())) if since else None
        if first is not None:
            return self._range(first), None
        day = self.at(at)
        if day is None or day.precision != "day":
            return at, None
        return self.extend(day)

    def behind_body(self, view: View, start: int, at: int) -> tuple[int, str | None]:
        """(end, ISO) of a date behind the body: «جلسه شورای … مورخ ۲۰ آذر ۱۳۹۵», «جلسه شورای … سه‌شنبه برگزار شد».

        Without «مورخ» the date may be that of the verb, so that the sentence must speak of the session itself.
        """
        end = end_of_bodies(view, at)
        if end is None:
            return at, None
        marked = _MARKED.match(self.folded, end)
        day = self.at(end) if marked or _ADJACENT.match(self.folded, end) else None
        if day is None or day.precision != "day":
            return at, None
        end, iso = self.extend(day)
        return (end, iso) if marked or _is_held(self.folded, start, end) else (at, None)

    def behind_own(self, at: int) -> str | None:
        """The ISO date of «سی‌امین جلسه | خود مورخ ۱۸ مهر»."""
        own = _OWN.match(self.folded, at)
        day = self.at(own.end()) if own and _MARKED.match(self.folded, own.end()) else None
        return self.extend(day)[1] if day is not None and day.precision == "day" else None

    def _range(self, first: DateMention) -> int:
        to = _TO.match(self.folded, first.end)
        last = self.at(to.end()) if to else None
        return last.end if last else first.end


@cache
def _dated() -> re.Pattern[str]:
    words = any_of(load("bodies")["session"]["dated"])
    return re.compile(f"{GAP}[(،,–-]?{GAP}(?:{words}{GAP}){{0,3}}[(]?{GAP}")


@cache
def _may_be_date() -> re.Pattern[str]:
    """What a date can begin with; dates are looked for only where this matches, because that reads the whole section."""
    openings = "|".join(load("bodies")["session"]["days"])
    return re.compile(f"{_dated().pattern}(?:[0-9]|{openings})|{GAP}(?:{openings})")


def _is_held(folded: str, start: int, end: int) -> bool:
    """Whether a session with a date is spoken of itself: «در جلسه شورا دیروز», «… برگزار شد»; not «مصوبات جلسه شورا دیروز»."""
    before, following = previous_word(folded, start), next_word(folded, end)
    if following is not None and following[0] == "را":  # «در جلسه شورا ۱۵ خرداد را تعطیل کردند»
        return False
    if before is None or key_of(before) in cue("bodies.session", "within"):
        return True
    return following is not None and key_of(following[0]) in cue("bodies.session", "held")
