"""Sessions of a body: «جلسات ۳۶ تا ۴۰», «سی و پنجمین جلسه», «جلسه مورخ ۲۳ مرداد ۱۳۹۶», and whose they are.

The body stands after («جلسه ۳۵ شورای عالی …»), before («شورا در جلسه ۳۵ خود»), at a coordinated session, or earlier in the
document. Trials, lessons and treatments have sessions too, and are refused, as are counts and durations («۳۶ جلسه»).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.atoms import GAP, Numbers, expand, numbers_at, ordinal_before
from parsers.facts.bodies import Body, BodyMention, body_at, find_bodies
from parsers.facts.lookahead import cue, keys, mentioned, next_word, previous_word, sentence_around
from parsers.facts.trie import any_of, key_of, starts_word
from parsers.facts.vetoes import counts, follows_freely
from parsers.lexicon import load
from parsers.models import SessionMention
from parsers.persian.dates import find_dates
from parsers.persian.numbers import match_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from parsers.facts.view import View
    from parsers.models import DateMention

_HEAD = re.compile(
    "(جلسات|جلسه|نشست|اجلاسیه|اجلاس)([ \u200c]?های?)?[\u064b-\u0654ء]{0,2}(?:[ \u200c]?ی(?![\\w\u200c]))?"
    "(?![^\\W\\d_]|\u200c[^\\W\\d_])"
)
_NUMBER_SIGN = re.compile(f"{GAP}[(]?(?:های{GAP})?شماره(?!\\w)(?:[ \u200c]?ی(?!\\w))?[\u0654ء]?{GAP}:?")
_YEAR = re.compile(f"{GAP}(?:در{GAP})?سال{GAP}[0-9]{{2,4}}(?![0-9/-])")
_DAYTIME = re.compile("[ \u200c]?(?:شب|صبح|عصر|ظهر)(?![\\w\u200c])")
_MARKED = re.compile(f"{GAP}[(،]?{GAP}(?:مورخ|به تاریخ|در تاریخ|تاریخ)|{GAP}[(]{GAP}(?=[0-9])")
_HOUR = re.compile(f"{GAP}(?:صبح|شب|عصر|ظهر|بعدازظهر|بامداد)(?![\\w\u200c])")
# «جلسه شورا | سه‌شنبه ۳ مهر»: neither comma nor bracket between.
_ADJACENT = re.compile(f"{GAP}(?![،,(])")
# «جلسه ۱۲ دوره پنجم شورای شهر», «از دومین دوره شورا».
_TERM = (
    f"(?:از{GAP})?(?:دوره[\u064b-\u0654]?(?:[ \u200c]?ی(?!\\w))?{GAP}(?:[0-9]{{1,2}}|[^\\W\\d_]+م)"
    f"|[^\\W\\d_]+مین{GAP}دوره)(?!\\w){GAP}"
)
_OF_TERM = re.compile(f"{GAP}{_TERM}")
_CLOSING = re.compile(f"{GAP}[)]")
_FROM = re.compile(f"{GAP}از{GAP}")
_TO = re.compile(f"{GAP}(?:تا|الی|لغایت){GAP}")
_ROW = re.compile(f"{GAP}(?:و(?!\\w)|،)")
# «پنجمین، ششمین و هفتمین جلسه», «پنجمین تا هفتمین جلسه».
_JOINT_BEFORE = re.compile(f"{GAP}(?:(?P<comma>،)|(?P<to>تا|الی|لغایت)|و){GAP}\\Z")
# «مصوبه شماره یک جلسه ۳۵»: the number is the resolution's.
_ANOTHER_NUMBER = re.compile(f"(?:شماره|شمارهٔ|بند){GAP}[(]?(?:[0-9/]+|[^\\W\\d_]+)[)]?{GAP}\\Z")
# «نشست ۲۰۱۸ مجمع جهانی …»: a year; councils that sit every week may well have a session ۱۳۴۵.
_YEAR_NUMBER = re.compile("1[34][0-9]{2}|(?:19|20)[0-9]{2}")
_ASSEMBLIES = ("اجلاس", "اجلاسیه")
_NEAR = 40
_MAX_ORDINALS = 12


@dataclass(frozen=True, slots=True)
class _Found:
    """A session in a text before its body is known."""

    start: int
    end: int
    numbers: tuple[int, ...]
    date: str | None
    head: str
    style: str
    dated: bool
    head_end: int = 0


def find_sessions(views: Sequence[View], published: date | None) -> list[SessionMention]:
    """Sessions of a document whose sections are given in order; weekdays and «دیروز» are read against `published`."""
    found = [list(_find(view, published)) for view in views]
    if not any(found):
        return []
    known = _Known()
    return [session for view, candidates in zip(views, found, strict=True) for session in _with_bodies(view, candidates, known)]


def _find(view: View, published: date | None) -> Iterator[_Found]:
    days, end = _Days(view, published), 0
    for head in _HEAD.finditer(view.folded):
        session = _session(view, head, days) if head.start() >= end and starts_word(view.folded, head.start()) else None
        if session is not None and session.start >= end:
            end = session.end
            yield session


def _session(view: View, head: re.Match[str], days: _Days) -> _Found | None:
    """The session at this word: its ordinal before, or its number after, and its date."""
    folded, start = view.folded, head.start()
    ordinals, begin = _ordinals(folded, start)
    if not ordinals and _refused(folded, start):
        return None
    at = _modifiers().match(folded, head.end())
    end = at.end() if at else head.end()
    sign = _NUMBER_SIGN.match(folded, end)
    day = None if sign else days.at(head.end()) or days.at(end)
    if day is not None and day.precision in ("day", "range"):
        return _by_date(folded, days, day, begin, ordinals, head[1])
    plural = head[1] == "جلسات" or head[2] is not None
    numbers = None if ordinals else numbers_at(folded, sign.end() if sign else end, plural=plural, articles=True)
    year = _YEAR.match(folded, numbers.end) if numbers else None
    if numbers is not None and head[1] != "جلسه" and not (plural or sign) and _YEAR_NUMBER.fullmatch(str(numbers.items[0].value)):
        return None
    if numbers is not None and _numeric(numbers.items) and (year or not _not_a_number(folded, numbers)):
        closing = _CLOSING.match(folded, numbers.end) if sign and "(" in sign[0] else None
        tail, iso = days.after(year.end() if year else closing.end() if closing else numbers.end)
        iso = iso or days.behind_body(view, begin, tail)[1]
        values = tuple(value for value in expand(numbers.items) if isinstance(value, int))
        return _Found(begin, tail, values, iso, head[1], "sign" if sign else numbers.items[0].style, iso is not None)
    if ordinals:
        tail, iso = days.after(end)
        tail = tail if iso else head.end()
        iso = iso or days.behind_body(view, begin, end)[1]
        return _Found(begin, tail, tuple(ordinals), iso, head[1], "ordinal", iso is not None)
    tail, iso = days.behind_body(view, begin, end)
    return _Found(begin, tail, (), iso, head[1], "marked", dated=True, head_end=end) if iso else None


def _by_date(folded: str, days: _Days, day: DateMention, begin: int, ordinals: list[int], head: str) -> _Found | None:
    """A session told by its date alone, or with an ordinal before."""
    if day.precision != "day":
        return None
    end, iso = days.extend(day)
    marked = re.search("مورخ|تاریخ", folded[begin : day.start]) is not None
    return _Found(begin, end, tuple(ordinals), iso, head, "ordinal" if ordinals else "marked" if marked else "date", True)


class _Days:
    """Dates of a section, found when the first is asked for."""

    def __init__(self, view: View, published: date | None) -> None:
        self.folded = view.folded
        self._text = view.text
        self._published = published
        self._by_start: dict[int, DateMention] | None = None

    def at(self, at: int) -> DateMention | None:
        """The date that begins at `at`, words such as «مورخ», «روز» and one bracket skipped."""
        if _may_be_date().match(self.folded, at) is None:
            return None
        if self._by_start is None:
            self._by_start = {mention.start: mention for mention in find_dates(self._text, self._published)}
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
        body = _body_at(view, at)
        if body is None:
            return at, None
        marked = _MARKED.match(self.folded, body.end)
        day = self.at(body.end) if marked or _ADJACENT.match(self.folded, body.end) else None
        if day is None or day.precision != "day":
            return at, None
        end, iso = self.extend(day)
        return (end, iso) if marked or _is_held(self.folded, start, end) else (at, None)

    def _range(self, first: DateMention) -> int:
        to = _TO.match(self.folded, first.end)
        last = self.at(to.end()) if to else None
        return last.end if last else first.end


class _Known:
    """Bodies named so far in a document: the last, and the last of each first word («شورا»)."""

    def __init__(self) -> None:
        self.last: Body | None = None
        self._short: dict[str, Body] = {}

    def note(self, body: Body) -> None:
        """Remembers a body that was named."""
        self.last = body
        for head in _short_heads():
            if key_of(body.name).startswith(head):
                self._short[head] = body

    def told(self, mention: BodyMention | None) -> Body | None:
        """The body of a mention; of a bare «شورا» the last one named so."""
        if mention is None or mention.body is not None:
            return mention.body if mention else None
        return self._short.get(key_of(mention.short or ""))


@cache
def _short_heads() -> frozenset[str]:
    return keys(load("bodies")["heads"]["short"])


@cache
def _modifiers() -> re.Pattern[str]:
    return re.compile(f"(?:{GAP}{any_of(load('bodies')['session']['modifiers'])}){{0,3}}")


@cache
def _dated() -> re.Pattern[str]:
    words = any_of(load("bodies")["session"]["dated"])
    return re.compile(f"{GAP}[(،,]?{GAP}(?:{words}{GAP}){{0,3}}[(]?{GAP}")


def _is_held(folded: str, start: int, end: int) -> bool:
    """Whether a session with a date is spoken of itself: «در جلسه شورا دیروز», «… برگزار شد»; not «مصوبات جلسه شورا دیروز»."""
    before, following = previous_word(folded, start), next_word(folded, end)
    if before is None or key_of(before) in cue("bodies.session", "within"):
        return True
    return following is not None and key_of(following[0]) in cue("bodies.session", "held")


@cache
def _may_be_date() -> re.Pattern[str]:
    """What a date can begin with; dates are looked for only where this matches, because that reads the whole section."""
    openings = "|".join(load("bodies")["session"]["days"])
    return re.compile(f"{_dated().pattern}(?:[0-9]|{openings})|{GAP}(?:{openings})")


def _not_a_number(folded: str, numbers: Numbers) -> bool:
    """A count, a duration, an hour («جلسه ۱۰ صبح»), a formula («نشست ۵+۱»)."""
    value = numbers.items[-1].value
    hour = isinstance(value, int) and value <= 12 and _HOUR.match(folded, numbers.end) is not None
    counted = counts(folded, numbers.end, cardinal=False) and not _OF_TERM.match(folded, numbers.end)
    return hour or folded.startswith("+", numbers.end) or counted


def _numeric(items: Sequence[object]) -> bool:
    return all(getattr(item, "style", "") in ("digits", "ordinal", "cardinal") for item in items)


def _ordinals(folded: str, start: int) -> tuple[list[int], int]:
    """Ordinals before the word, «پنجمین و ششمین جلسه», and where they begin."""
    values: list[int] = []
    begin, ranged = start, False
    end = len(folded[max(0, start - 4) : start].rstrip(" \u200c")) + max(0, start - 4)
    while (found := ordinal_before(folded, end)) is not None and len(values) < _MAX_ORDINALS:
        values[:0] = range(found[0], values[0]) if ranged and found[0] < values[0] else [found[0]]
        begin = found[1]
        before = _JOINT_BEFORE.search(folded, max(0, begin - 10), begin)
        if before is None or (before["comma"] and len(values) < 2):
            break
        end, ranged = before.start(), before["to"] is not None
    return values, begin


def _refused(folded: str, start: int) -> bool:
    """A count or a compound: «۳۶ جلسه», «سی جلسه», «صورت جلسه», «این جلسه»."""
    if _ANOTHER_NUMBER.search(folded, max(0, start - 40), start):
        return False
    before = folded[max(0, start - 4) : start].rstrip(" \u200c")
    if before and before[-1].isdigit():
        return True
    word = previous_word(folded, start)
    if word is None:
        return False
    return key_of(word) in cue("bodies.session", "before") or match_number(word, 0) is not None


def _with_bodies(view: View, found: list[_Found], known: _Known) -> Iterator[SessionMention]:
    """Sessions with their bodies: after, before in the sentence, at the next session of a row, or earlier in the document."""
    bodies = [mention for mention in find_bodies(view) if mention.body is None or mention.body.meets]
    owners = _owners(view, found)
    read = 0
    for session, owner in zip(found, owners, strict=True):
        while read < len(bodies) and bodies[read].end <= session.start:
            noted = bodies[read].body
            if noted is not None:
                known.note(noted)
            read += 1
        low, _ = sentence_around(view.folded, session.start, session.end)
        before = bodies[read - 1] if read and bodies[read - 1].start >= low else None
        beside = owner or before
        body = known.told(beside)
        if _accepted(view, session, beside, body):
            fallback = known.last.name if known.last and beside is None else None
            name = body.name if body else _implied(view, session) or fallback
            surface = view.text[session.start : session.end]
            yield SessionMention(session.start, session.end, surface, name, session.numbers, session.date, view.section)
    for mention in bodies[read:]:
        if mention.body is not None:
            known.note(mention.body)


def _owners(view: View, found: list[_Found]) -> list[BodyMention | None]:
    """The body after each session; «جلسه ۱۵ و مصوبه جلسه ۳۵ شورا» is of one body."""
    owners = [_after(view, session) for session in found]
    for index in range(len(found) - 2, -1, -1):
        end, start = found[index].end, found[index + 1].start
        if owners[index] is None and start - end <= _NEAR and _ROW.match(view.folded, end):
            owners[index] = owners[index + 1]
    return owners


def _after(view: View, session: _Found) -> BodyMention | None:
    """The body that follows, or stands between a session and its date."""
    return _body_at(view, session.end) or (_body_at(view, session.head_end) if session.style == "marked" else None)


def _body_at(view: View, at: int) -> BodyMention | None:
    """The body at `at`: «جلسه ۳۵ | عادی شورای عالی فضای مجازی»."""
    skipped = _between().match(view.folded, at)
    return body_at(view, skipped.end() if skipped else at)


@cache
def _between() -> re.Pattern[str]:
    words = any_of([*load("bodies")["heads"]["between"], *load("bodies")["session"]["modifiers"]])
    return re.compile(f"{GAP}(?:{words}{GAP}){{0,2}}(?:{_TERM})?")


def _implied(view: View, session: _Found) -> str | None:
    """«جلسه علنی امروز» in a sentence about deputies is the Majles's."""
    low, high = sentence_around(view.folded, session.start, session.end)
    sentence = view.folded[low:high]
    return "مجلس شورای اسلامی" if "علنی" in sentence and ("نمایندگان" in sentence or "بهارستان" in sentence) else None


def _accepted(view: View, session: _Found, beside: BodyMention | None, body: Body | None) -> bool:
    folded = view.folded
    following = next_word(folded, session.end)
    of_term = beside is not None and beside.start >= session.end and _OF_TERM.match(folded, session.end)
    if following is not None and not of_term and key_of(following[0]) in cue("bodies.session", "other"):
        return False
    if body and session.numbers == (1,) and not session.dated and body.slug in load("bodies")["session"]["elected"]:
        return False
    if session.head in _ASSEMBLIES and body is None:
        return False
    if body is not None or beside is not None:
        return bool(session.numbers) or session.date is not None or session.dated
    if session.style in ("date", "cardinal"):
        return _implied(view, session) is not None
    small = session.style == "ordinal" and max(session.numbers) <= 10
    if small and session.head != "جلسات" and not session.dated:
        return False
    if session.head == "نشست" and session.style != "sign":
        return False
    return follows_freely(folded, session.end) and not _elsewhere(folded, session)


def _elsewhere(folded: str, session: _Found) -> bool:
    low, high = sentence_around(folded, session.start, session.end)
    return mentioned(folded, low, high, "bodies.session", "elsewhere")
