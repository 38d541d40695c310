"""Sessions of a body: «جلسات ۳۶ تا ۴۰», «سی و پنجمین جلسه», «جلسه مورخ ۲۳ مرداد ۱۳۹۶», and whose they are.

The body stands after («جلسه ۳۵ شورای عالی …»), before («شورا در جلسه ۳۵ خود»), at a coordinated session, or earlier in the
document. Trials, lessons and treatments have sessions too, and are refused, as are counts and durations («۳۶ جلسه»).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.bodies import find_bodies
from parsers.facts.rules import rules
from parsers.facts.sessions.candidates import SessionCandidate, find_candidates
from parsers.facts.sessions.session_bodies import NamedBodies, body_after, in_term, whole_of
from parsers.facts.sessions.session_dates import is_own
from parsers.facts.sessions.session_owners import NearbyBodies, SessionOwner, implied_body, owner_of, subject_in
from parsers.facts.sessions.session_words import is_word
from parsers.grammar.blanks import GAP
from parsers.grammar.calendar_words import vocabulary
from parsers.grammar.counting import follows_freely
from parsers.grammar.joints import AND, COMMA
from parsers.grammar.names import any_of, key_of
from parsers.grammar.words_around import cue, mentioned, next_word, previous_word, sentence_around
from parsers.lexicon import load
from parsers.models import SessionMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.facts.bodies import Body, BodyMention
    from parsers.facts.memory import Memory
    from parsers.facts.view import View

_ROW = expression(f"{GAP}(?:{AND}|{COMMA})")
_NEAR = 40
_SMALL_ORDINAL = 10
_GLUED = expression(r"[^\W\d][0-9]")


def find_sessions(view: View, memory: Memory) -> list[SessionMention]:
    """Return the sessions of a section; a body may stand in an earlier section, so that sections are read in order."""
    state = memory.state(_SessionCandidates)
    if not state.by_section:
        state.by_section = [list(find_candidates(one, memory)) for one in memory.views]
    if not any(state.by_section):
        return []
    return list(_with_bodies(view, state.by_section[memory.index(view)], memory.state(NamedBodies)))


class _SessionCandidates:
    """The candidates of all sections: without any, no body needs to be looked for."""

    def __init__(self) -> None:
        self.by_section: list[list[SessionCandidate]] = []


def _with_bodies(view: View, found: list[SessionCandidate], named: NamedBodies) -> Iterator[SessionMention]:
    """Yield sessions with their bodies: after, before in the sentence, at the next session of a row, earlier in the document."""
    everybody = find_bodies(view)
    bodies = [mention for mention in everybody if mention.body is None or mention.body.meets]
    read = 0
    for session, after in zip(found, _bodies_after(view, found), strict=True):
        while read < len(bodies) and bodies[read].end <= session.start:
            named.add(view, bodies[read])
            read += 1
        low, _ = sentence_around(view.folded, session.start, session.end)
        before = bodies[read - 1] if read and bodies[read - 1].start >= low else None
        if is_own(view.folded, session.end):
            before = subject_in(view, everybody, low, session.start) or before
        owner = owner_of(view, session, NearbyBodies(before, after), named)
        if _is_session(view, session, owner):
            yield _mention(view, session, owner)
    for mention in bodies[read:]:
        named.add(view, mention)


def _mention(view: View, session: SessionCandidate, owner: SessionOwner) -> SessionMention:
    """Return the session with its body; one that only an earlier sentence names is an inference."""
    body = owner.body.name if owner.body else implied_body(view, session)
    rule = "earlier_body" if owner.earlier else session.rule
    certain = rules("sessions")[rule].certain and (session.date is None or session.date.certain)
    surface = view.text[session.start : session.end]
    return SessionMention(
        session.start, session.end, surface, body, session.numbers, session.iso, view.section, rule, certain=certain
    )


def _bodies_after(view: View, found: list[SessionCandidate]) -> list[BodyMention | None]:
    """Return the body after each session; «جلسه ۱۵ و مصوبه جلسه ۳۵ شورا» is of one body."""
    bodies = [_body_after(view, session) for session in found]
    for index in range(len(found) - 2, -1, -1):
        end, start = found[index].end, found[index + 1].start
        if bodies[index] is None and start - end <= _NEAR and _ROW.match(view.folded, end):
            bodies[index] = bodies[index + 1]
    return bodies


def _body_after(view: View, session: SessionCandidate) -> BodyMention | None:
    """Return the body that follows, or stands between a session and its date."""
    after = body_after(view, session.end)
    return after if after or session.body_at is None else body_after(view, session.body_at)


def _is_session(view: View, session: SessionCandidate, owner: SessionOwner) -> bool:
    """Return whether it is a session of a council or another body, and not a trial, a lesson, a summit of somebody else."""
    if _is_of_something_else(view.folded, session, owner) or _is_opening(session, owner.body):
        return False
    if not owner.follows(session) and (_is_agenda(view.folded, session) or _is_with_the_press(view.folded, session)):
        return False
    unnamed = owner.body is None or owner.earlier
    if unnamed and (is_word(session.word, "assemblies") or _is_on_some_day(view.folded, session)):
        return False
    if owner.mention is not None:
        return bool(session.numbers) or session.date is not None
    if session.rule == "number" and session.style == "cardinal":
        return implied_body(view, session) is not None
    if session.rule == "date" and not session.marked:
        return implied_body(view, session) is not None or (owner.earlier and not _is_elsewhere(view.folded, session))
    return _stands_without_body(view.folded, session)


def _is_of_something_else(folded: str, session: SessionCandidate, owner: SessionOwner) -> bool:
    """«دومین جلسه دادگاه», «جلسه ۱۲ دوره کارشناسی»; not «جلسه ۱۲ دوره پنجم شورای شهر»."""
    following = next_word(folded, session.end)
    if following is None or (owner.follows(session) and in_term(folded, session.end)):
        return False
    return key_of(following[0]) in cue("sessions.cues", "other")


def _is_opening(session: SessionCandidate, body: Body | None) -> bool:
    """Return the first session of a body that is elected for a term, or a year of its term: «اجلاسیه دوم مجلس یازدهم»."""
    majles = load("sessions")["majles"]
    if body is None or session.date is not None:
        return False
    if session.word in majles["years"] and whole_of(body).slug == majles["slug"]:
        return True
    return body.slug in majles["elected"] and session.numbers == (1,)


def _is_agenda(folded: str, session: SessionCandidate) -> bool:
    """«دستور | جلسه اول»: an item of an agenda."""
    before = previous_word(folded, session.start)
    return session.date is None and before is not None and key_of(before) in cue("sessions.cues", "agenda")


def _is_with_the_press(folded: str, session: SessionCandidate) -> bool:
    """«نشست امروز | با خبرنگاران»."""
    return not session.numbers and _with_the_press().match(folded, session.end) is not None


@cache
def _with_the_press() -> re.Pattern[str]:
    cues = load("sessions")["cues"]
    return expression(f"{GAP}{any_of(cues['press_joint'])}{GAP}{any_of(cues['press'])}")


def _stands_without_body(folded: str, session: SessionCandidate) -> bool:
    """Return whether a session is a council's although no body is named: «در چهلمین جلسه تصویب شد», «جلسه ۹۶ مورخ …»."""
    small = session.rule != "number_sign" and session.style == "ordinal" and max(session.numbers) <= _SMALL_ORDINAL
    if small and not is_word(session.word, "plural") and session.iso is None:
        return False
    if is_word(session.word, "meetings") and session.rule != "number_sign":
        return False
    if _GLUED.search(folded, session.start, session.end):  # «جلسه۲»: a footnote
        return False
    return follows_freely(folded, session.end) and not _is_elsewhere(folded, session)


def _is_on_some_day(folded: str, session: SessionCandidate) -> bool:
    """«جلسه هیئت شنبه‌شب برگزار شد»: neither a council that is known nor a day of a month."""
    if session.body_at is None:
        return False
    return re.search(f"[0-9]|{vocabulary().month}", folded[session.body_at : session.end]) is None


def _is_elsewhere(folded: str, session: SessionCandidate) -> bool:
    """Return whether its sentence is about a trial, a lesson, a treatment."""
    low, high = sentence_around(folded, session.start, session.end)
    return mentioned(folded, low, high, "sessions.cues", "elsewhere")
