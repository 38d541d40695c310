"""Sessions of a body: «جلسات ۳۶ تا ۴۰», «سی و پنجمین جلسه», «جلسه مورخ ۲۳ مرداد ۱۳۹۶», and whose they are.

The body stands after («جلسه ۳۵ شورای عالی …»), before («شورا در جلسه ۳۵ خود»), at a coordinated session, or earlier in the
document. Trials, lessons and treatments have sessions too, and are refused, as are counts and durations («۳۶ جلسه»).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.facts.bodies import Body, BodyMention, find_bodies
from parsers.facts.sessions.candidates import Mark, find_marks
from parsers.facts.sessions.owners import Known, body_behind, in_term
from parsers.grammar.blanks import GAP
from parsers.grammar.calendar_words import vocabulary
from parsers.grammar.counting import follows_freely
from parsers.grammar.names import key_of
from parsers.grammar.words_around import cue, mentioned, next_word, sentence_around
from parsers.lexicon import load
from parsers.models import SessionMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.facts.memory import Memory
    from parsers.facts.view import View

_ROW = re.compile(f"{GAP}(?:و(?!\\w)|،)")
_ASSEMBLIES = ("اجلاس", "اجلاسیه")
_NEAR = 40


def find_sessions(view: View, memory: Memory) -> list[SessionMention]:
    """Return the sessions of a section; a body may stand in an earlier section, so that sections are read in order."""
    marks = memory.state(_Marks)
    if not marks.by_section:
        marks.by_section = [list(find_marks(one, memory)) for one in memory.views]
    if not any(marks.by_section):
        return []
    return list(_with_bodies(view, marks.by_section[memory.index(view)], memory.state(Known)))


class _Marks:
    """The places of all sections where a session may be named: without any, no body needs to be looked for."""

    def __init__(self) -> None:
        self.by_section: list[list[Mark]] = []


def _with_bodies(view: View, found: list[Mark], known: Known) -> Iterator[SessionMention]:
    """Yield sessions with their bodies: after, before in the sentence, at the next session of a row, earlier in the document."""
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


def _owners(view: View, found: list[Mark]) -> list[BodyMention | None]:
    """The body after each session; «جلسه ۱۵ و مصوبه جلسه ۳۵ شورا» is of one body."""
    owners = [_after(view, session) for session in found]
    for index in range(len(found) - 2, -1, -1):
        end, start = found[index].end, found[index + 1].start
        if owners[index] is None and start - end <= _NEAR and _ROW.match(view.folded, end):
            owners[index] = owners[index + 1]
    return owners


def _after(view: View, session: Mark) -> BodyMention | None:
    """The body that follows, or stands between a session and its date."""
    return body_behind(view, session.end) or (body_behind(view, session.head_end) if session.style == "marked" else None)


def _implied(view: View, session: Mark) -> str | None:
    """«جلسه علنی امروز» in a sentence about deputies is the Majles's."""
    low, high = sentence_around(view.folded, session.start, session.end)
    sentence = view.folded[low:high]
    return "مجلس شورای اسلامی" if "علنی" in sentence and ("نمایندگان" in sentence or "بهارستان" in sentence) else None


def _accepted(view: View, session: Mark, beside: BodyMention | None, body: Body | None) -> bool:
    folded = view.folded
    following = next_word(folded, session.end)
    of_term = beside is not None and beside.start >= session.end and in_term(folded, session.end)
    if following is not None and not of_term and key_of(following[0]) in cue("bodies.session", "other"):
        return False
    if body and session.numbers == (1,) and not session.dated and body.slug in load("bodies")["session"]["elected"]:
        return False
    if body is None and (session.head in _ASSEMBLIES or _on_some_day(folded, session)):
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


def _on_some_day(folded: str, session: Mark) -> bool:
    """«جلسه هیئت شنبه‌شب برگزار شد»: neither a council that is known nor a day of a month."""
    return session.head_end > 0 and re.search(f"[0-9]|{vocabulary().month}", folded[session.head_end : session.end]) is None


def _elsewhere(folded: str, session: Mark) -> bool:
    low, high = sentence_around(folded, session.start, session.end)
    return mentioned(folded, low, high, "bodies.session", "elsewhere")
