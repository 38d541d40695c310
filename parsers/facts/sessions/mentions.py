"""Sessions of a body: «جلسات ۳۶ تا ۴۰», «سی و پنجمین جلسه», «جلسه مورخ ۲۳ مرداد ۱۳۹۶», and whose they are.

The body stands after («جلسه ۳۵ شورای عالی …»), before («شورا در جلسه ۳۵ خود»), at a coordinated session, or earlier in the
document. Trials, lessons and treatments have sessions too, and are refused, as are counts and durations («۳۶ جلسه»).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.bodies import Body, BodyMention, body_by_slug, find_bodies, holders_in
from parsers.facts.rules import rules
from parsers.facts.sessions.candidates import SessionCandidate, find_candidates
from parsers.facts.sessions.session_bodies import NamedBodies, body_after, in_term, whole_of
from parsers.facts.sessions.session_dates import is_own
from parsers.facts.sessions.session_words import is_word
from parsers.grammar.blanks import GAP
from parsers.grammar.calendar_words import vocabulary
from parsers.grammar.counting import follows_freely
from parsers.grammar.joints import AND, COMMA
from parsers.grammar.names import key_of
from parsers.grammar.words_around import cue, mentioned, next_word, previous_word, sentence_around
from parsers.lexicon import load
from parsers.models import SessionMention

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.facts.memory import Memory
    from parsers.facts.view import View

_ROW = re.compile(f"{GAP}(?:{AND}|{COMMA})")
_NEAR = 40
# So many letters before a session the sentence may stand that names its body.
_EARLIER = 300
_SMALL_ORDINAL = 10


def find_sessions(view: View, memory: Memory) -> list[SessionMention]:
    """Return the sessions of a section; a body may stand in an earlier section, so that sections are read in order."""
    state = memory.state(_Candidates)
    if not state.by_section:
        state.by_section = [list(find_candidates(one, memory)) for one in memory.views]
    if not any(state.by_section):
        return []
    return list(_with_bodies(view, state.by_section[memory.index(view)], memory.state(NamedBodies)))


class _Candidates:
    """The candidates of all sections: without any, no body needs to be looked for."""

    def __init__(self) -> None:
        self.by_section: list[list[SessionCandidate]] = []


@dataclass(frozen=True, slots=True)
class _Owner:
    """Whose a session is: what names it in the session's sentence, if anything, and the body that is meant, if it is known.

    `earlier`: an earlier sentence names the body.
    """

    mention: BodyMention | None
    body: Body | None
    earlier: bool = False

    def follows(self, session: SessionCandidate) -> bool:
        """Whether it stands after the session."""
        return self.mention is not None and self.mention.start >= session.end


def _with_bodies(view: View, found: list[SessionCandidate], named: NamedBodies) -> Iterator[SessionMention]:
    """Yield sessions with their bodies: after, before in the sentence, at the next session of a row, earlier in the document."""
    everybody = find_bodies(view)
    bodies = [mention for mention in everybody if mention.body is None or mention.body.meets]
    read, here = 0, 0
    for session, after in zip(found, _bodies_after(view, found), strict=True):
        while read < len(bodies) and bodies[read].end <= session.start:
            named.add(bodies[read])
            read += 1
            here = read
        low, _ = sentence_around(view.folded, session.start, session.end)
        before = bodies[read - 1] if read and bodies[read - 1].start >= low else None
        if is_own(view.folded, session.end):
            before = _subject(view, everybody, low, session.start) or before
        owner = _owner(view, session, (before, after), named, named.last if here else None)
        if owner is not None and _is_session(view, session, owner):
            yield _mention(view, session, owner)
    for mention in bodies[read:]:
        named.add(mention)


def _subject(view: View, everybody: list[BodyMention], low: int, high: int) -> BodyMention | None:
    """«اتحادیه طلافروشان در جلسه ۱۲ | خود»: the last body in the sentence so far, even one that seldom meets."""
    bodies = [mention for mention in everybody if low <= mention.start and mention.end <= high]
    holders = [mention for mention in holders_in(view, low, high) if not any(_overlap(mention, body) for body in bodies)]
    return max([*bodies, *holders], key=lambda mention: mention.start, default=None)


def _overlap(one: BodyMention, other: BodyMention) -> bool:
    return one.start < other.end and other.start < one.end


def _owner(
    view: View,
    session: SessionCandidate,
    beside: tuple[BodyMention | None, BodyMention | None],
    named: NamedBodies,
    earlier: BodyMention | None,
) -> _Owner | None:
    """Whose the session is: who is named after it, before it in its sentence, or in an earlier sentence."""
    before, after = beside
    if after is None and _is_of_a_group(view.folded, session):
        return _Owner(None, None)
    mention = after or before
    if mention is not None:
        body = named.meant_by(mention)
        whole = after is None and (_is_open(view.folded, session) or _is_elected(view.folded, mention))
        return _Owner(mention, whole_of(body) if body and whole else body)
    if _implied(view, session) is not None:
        return _Owner(None, None)
    near = earlier is not None and session.start - earlier.end <= _EARLIER
    if earlier is not None and near and (session.numbers or _is_within(view.folded, session)):
        return _Owner(None, earlier.body, earlier=True)
    return _Owner(None, None)


def _mention(view: View, session: SessionCandidate, owner: _Owner) -> SessionMention:
    """The session with its body; one that only an earlier sentence names is an inference."""
    body = owner.body.name if owner.body else _implied(view, session)
    rule = "earlier_body" if owner.earlier else session.rule
    certain = rules("sessions")[rule].certain and (session.date is None or session.date.certain)
    surface = view.text[session.start : session.end]
    return SessionMention(
        session.start, session.end, surface, body, session.numbers, session.iso, view.section, rule, certain=certain
    )


def _is_of_a_group(folded: str, session: SessionCandidate) -> bool:
    """«نشست روز شنبه | وزرای خارجه»: people who meet by themselves; «جلسه علنی امروز | نمایندگان …» is the Majles's."""
    following = next_word(folded, session.end)
    if following is None or key_of(following[0]) not in cue("sessions.cues", "groups") or session.numbers:
        return False
    return not _is_open(folded, session)


def _is_open(folded: str, session: SessionCandidate) -> bool:
    """«جلسه علنی», «جلسه غیرعلنی»: only a whole council has such, and none of its commissions."""
    return mentioned(folded, session.start, session.end, "sessions.majles", "open_session")


def _is_elected(folded: str, mention: BodyMention) -> bool:
    """«انتخابات | هیئت رئیسه شورای شهر در جلسه امروز»: the whole council elects."""
    before = previous_word(folded, mention.start)
    return before is not None and key_of(before) in cue("sessions.cues", "elections")


def _is_within(folded: str, session: SessionCandidate) -> bool:
    """«در | جلسه امروز»: said of what was named before."""
    before = previous_word(folded, session.start)
    within = before is not None and key_of(before) in cue("sessions.cues", "within_earlier")
    return within and not is_word(session.word, "assemblies", "meetings") and follows_freely(folded, session.end)


def _bodies_after(view: View, found: list[SessionCandidate]) -> list[BodyMention | None]:
    """The body after each session; «جلسه ۱۵ و مصوبه جلسه ۳۵ شورا» is of one body."""
    bodies = [_body_after(view, session) for session in found]
    for index in range(len(found) - 2, -1, -1):
        end, start = found[index].end, found[index + 1].start
        if bodies[index] is None and start - end <= _NEAR and _ROW.match(view.folded, end):
            bodies[index] = bodies[index + 1]
    return bodies


def _body_after(view: View, session: SessionCandidate) -> BodyMention | None:
    """The body that follows, or stands between a session and its date."""
    after = body_after(view, session.end)
    return after if after or session.body_at is None else body_after(view, session.body_at)


def _implied(view: View, session: SessionCandidate) -> str | None:
    """«جلسه علنی امروز» in a sentence about deputies is the Majles's."""
    low, high = sentence_around(view.folded, session.start, session.end)
    about = all(mentioned(view.folded, low, high, "sessions.majles", words) for words in ("open_session", "deputies"))
    return _majles() if about else None


@cache
def _majles() -> str:
    return body_by_slug(load("sessions")["majles"]["slug"]).name


def _is_session(view: View, session: SessionCandidate, owner: _Owner) -> bool:
    """Whether it is a session of a council or another body, and not a trial, a lesson, a summit of somebody else."""
    if _is_of_something_else(view.folded, session, owner) or _is_opening(session, owner.body):
        return False
    if not owner.follows(session) and _is_agenda(view.folded, session):
        return False
    unnamed = owner.body is None or owner.earlier
    if unnamed and (is_word(session.word, "assemblies") or _is_on_some_day(view.folded, session)):
        return False
    if owner.mention is not None:
        return bool(session.numbers) or session.date is not None
    if session.rule == "number" and session.style == "cardinal":
        return _implied(view, session) is not None
    if session.rule == "date" and not session.marked:
        return _implied(view, session) is not None or (owner.earlier and not _is_elsewhere(view.folded, session))
    return _stands_without_body(view.folded, session)


def _is_of_something_else(folded: str, session: SessionCandidate, owner: _Owner) -> bool:
    """«دومین جلسه دادگاه», «جلسه ۱۲ دوره کارشناسی»; not «جلسه ۱۲ دوره پنجم شورای شهر»."""
    following = next_word(folded, session.end)
    if following is None or (owner.follows(session) and in_term(folded, session.end)):
        return False
    return key_of(following[0]) in cue("sessions.cues", "other")


def _is_opening(session: SessionCandidate, body: Body | None) -> bool:
    """The first session of a body that is elected for a term, or a year of its term: «اجلاسیه دوم مجلس یازدهم»."""
    majles = load("sessions")["majles"]
    if body is None or body.slug not in majles["elected"] or session.date is not None:
        return False
    return session.numbers == (1,) or (body.slug == majles["slug"] and session.word in majles["years"])


def _is_agenda(folded: str, session: SessionCandidate) -> bool:
    """«دستور | جلسه اول»: an item of an agenda."""
    before = previous_word(folded, session.start)
    return session.date is None and before is not None and key_of(before) in cue("sessions.cues", "agenda")


def _stands_without_body(folded: str, session: SessionCandidate) -> bool:
    """Whether a session is a council's although no body is named: «در چهلمین جلسه تصویب شد», «جلسه ۹۶ مورخ …»."""
    small = session.rule != "number_sign" and session.style == "ordinal" and max(session.numbers) <= _SMALL_ORDINAL
    if small and not is_word(session.word, "plural") and session.iso is None:
        return False
    if is_word(session.word, "meetings") and session.rule != "number_sign":
        return False
    return follows_freely(folded, session.end) and not _is_elsewhere(folded, session)


def _is_on_some_day(folded: str, session: SessionCandidate) -> bool:
    """«جلسه هیئت شنبه‌شب برگزار شد»: neither a council that is known nor a day of a month."""
    if session.body_at is None:
        return False
    return re.search(f"[0-9]|{vocabulary().month}", folded[session.body_at : session.end]) is None


def _is_elsewhere(folded: str, session: SessionCandidate) -> bool:
    """Whether its sentence is about a trial, a lesson, a treatment."""
    low, high = sentence_around(folded, session.start, session.end)
    return mentioned(folded, low, high, "sessions.cues", "elsewhere")
