"""The date of a session: after its word, after its number, after its body; never that of another event."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts import dates
from parsers.facts.sessions.session_bodies import end_of_bodies
from parsers.facts.sessions.session_words import around, is_word
from parsers.grammar.blanks import GAP
from parsers.grammar.joints import AND, COMMA, FROM, TO
from parsers.grammar.names import any_of, key_of
from parsers.grammar.verbs import is_light, is_verb
from parsers.grammar.words_around import cue, next_word, previous_word
from parsers.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.models import DateMention

_CLOSING = expression(f"{GAP}[)]")
_CLOCK = expression(f"{GAP}[0-9:]+")
# So many words after a date its verb may follow.
_CLAUSE = 12
_JOINT = expression(f"{GAP}(?:{AND}|{COMMA}(?:{GAP}{AND})?){GAP}")
_FROM = expression(f"{GAP}{FROM}{GAP}")
_TO = expression(f"{GAP}{TO}{GAP}")
# «جلسه شورا | سه‌شنبه ۳ مهر»: neither comma nor bracket between.
_ADJACENT = expression(f"{GAP}(?![،,(])")


@dataclass(frozen=True, slots=True)
class SessionDate:
    """The day of a session: ISO 8601, and where its words end; `certain` as the date itself is.

    One that a clause about the session says is not `in_span`: then `end` is where its body ends.
    """

    iso: str | None
    end: int
    certain: bool = True
    in_span: bool = True


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

    def next_of_row(self, at: int) -> DateMention | None:
        """Return the next day of a row after one that ends at `at`: «۲۳ فروردین | و ۶ اردیبهشت»; None where the row ends."""
        joint = _JOINT.match(self._folded, at)
        day = self._by_start.get(joint.end()) if joint and self._by_start else None
        return day if day is not None and day.precision == "day" else None

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

        Without «مورخ» the date may be another verb's, so that the sentence must say that the session was held.
        """
        end = end_of_bodies(self._view, at)
        if end is None:
            return None
        relative = _relative().match(self._folded, end)
        if relative is not None:
            return self._in_relative_clause(end, relative.end())
        on = _on().match(self._folded, end)
        marked = _marked().match(self._folded, end)
        end = on.end() if on and not marked else end
        day = self.at(end) if marked or _ADJACENT.match(self._folded, end) else None
        if day is None or day.precision != "day":
            return self._before_verb(end)
        found = self.whole(day)
        return found if marked or _is_held(self._folded, start, found.end) else None

    def _in_relative_clause(self, end: int, at: int) -> SessionDate | None:
        """«جلسه شورا | که عصر دیروز با حضور … برگزار شد»: the clause says of the session itself that it was held."""
        day = self.at(at)
        if day is None or day.precision != "day":
            return self._before_verb(end)
        found = self.whole(day)
        return replace(found, end=end, in_span=False) if _first_deed(self._folded, found.end) == "held" else None

    def _before_verb(self, end: int) -> SessionDate | None:
        """«جلسه شورا | با حضور شهردار روز شنبه برگزار شد»: a day right before the verb of the session's own clause."""
        for at in _word_starts(self._folded, end):
            day = self._by_start.get(at) if self._by_start else None
            if day is None:
                continue
            found = self.whole(day)
            following = next_word(self._folded, found.end)
            held = following is not None and key_of(following[0]) in cue("sessions.cues", "held_after_day")
            return replace(found, end=end, in_span=False) if day.precision == "day" and held else None
        return None

    def after_own(self, at: int) -> SessionDate | None:
        """Return the date of «سی‌امین جلسه | خود مورخ ۱۸ مهر»."""
        own = _own().match(self._folded, at)
        day = self.at(own.end()) if own and _marked().match(self._folded, own.end()) else None
        return self.whole(day) if day is not None and day.precision == "day" else None


def is_own(folded: str, at: int) -> bool:
    """Return whether «خود» follows: the session is of whoever the sentence is about."""
    return _own().match(folded, at) is not None


def is_marked(text: str) -> bool:
    """Return whether a piece of text has «مورخ» or the like."""
    return re.search(around("marked"), text) is not None


def _is_held(folded: str, start: int, end: int) -> bool:
    """Whether a session with a date is spoken of itself: «در جلسه شورا دیروز», «… برگزار شد»; not «مصوبات جلسه شورا دیروز»."""
    before, following = previous_word(folded, start), next_word(folded, end)
    if following is not None and key_of(following[0]) in cue("sessions.cues", "object_sign"):
        return False  # «در جلسه شورا ۱۵ خرداد را تعطیل کردند»
    deed = _first_deed(folded, end)
    if deed is None or deed == "held":
        return deed == "held" or before is None or key_of(before) in cue("sessions.cues", "within")
    return False


def _first_deed(folded: str, at: int) -> str | None:
    """Return the list of the first deed in the clause after `at`: `held` or `other_deeds`; None where neither is found."""
    for _ in range(_CLAUSE):
        clock = _CLOCK.match(folded, at)
        found = next_word(folded, clock.end() if clock else at)
        if found is None:
            return None
        deeds = [name for name in ("held", "other_deeds") if key_of(found[0]) in cue("sessions.cues", name)]
        if deeds:
            return deeds[0]
        at = found[2]
    return None


def _word_starts(folded: str, at: int) -> Iterator[int]:
    """Yield where the words of a clause begin, up to its verb, its end or the next session."""
    for _ in range(_CLAUSE):
        found = next_word(folded, at)
        if found is None or is_light(found[0]) or is_verb(found[0]) or is_word(found[0], "singular", "plural"):
            return
        yield found[1]
        at = found[2]


@cache
def _relative() -> re.Pattern[str]:
    return expression(f"{GAP}{any_of(load('sessions')['cues']['relative'])}")


@cache
def _words_before_date() -> re.Pattern[str]:
    return expression(
        f"""(?x)
        {GAP} [(،,–-]? {GAP}
        (?: (?-x:{around("hour")}) {GAP} [0-9]{{1,2}} {GAP} )?    # «ساعت ۸»
        (?: (?-x:{around("dated")}) {GAP} ){{0,3}}                # «مورخ», «روز»
        [(]? {GAP}
        """,
    )


@cache
def _marked() -> re.Pattern[str]:
    return expression(f"{GAP}[(،]?{GAP}{around('marked')}|{GAP}[(]{GAP}(?=[0-9])")


@cache
def _daytime() -> re.Pattern[str]:
    return expression(f"{GAP}{around('daytimes')}")


@cache
def _on() -> re.Pattern[str]:
    return expression(f"{GAP}{around('on')}")


@cache
def _own() -> re.Pattern[str]:
    return expression(f"{GAP}{around('own')}")
