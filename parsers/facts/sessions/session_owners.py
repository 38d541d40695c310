"""Whose a session is, of all bodies that are named around it: «سخنگوی کمیسیون درباره جلسه سازمان … گفت»."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.bodies import body_by_slug, holders_in
from parsers.facts.sessions.session_bodies import whole_of
from parsers.facts.sessions.session_words import is_word
from parsers.grammar.counting import follows_freely
from parsers.grammar.names import key_of
from parsers.grammar.words_around import cue, mentioned, next_word, previous_word, sentence_around
from parsers.lexicon import load

if TYPE_CHECKING:
    from parsers.facts.bodies import Body, BodyMention
    from parsers.facts.sessions.candidates import SessionCandidate
    from parsers.facts.sessions.session_bodies import NamedBodies
    from parsers.facts.view import View

# So many letters before a session the sentence may stand that names its body.
_EARLIER = 300


@dataclass(frozen=True, slots=True)
class NearbyBodies:
    """The bodies named in a session's sentence, if any: the last one before it, and the one right after it."""

    before: BodyMention | None
    after: BodyMention | None


@dataclass(frozen=True, slots=True)
class SessionOwner:
    """Whose a session is: what names it in the session's sentence, if anything, and the body that is meant, if it is known.

    `earlier`: an earlier sentence names the body.
    """

    mention: BodyMention | None
    body: Body | None
    earlier: bool = False

    def follows(self, session: SessionCandidate) -> bool:
        """Return whether it stands after the session."""
        return self.mention is not None and self.mention.start >= session.end


_NOBODY = SessionOwner(None, None)


def owner_of(view: View, session: SessionCandidate, nearby: NearbyBodies, named: NamedBodies) -> SessionOwner:
    """Return whose a session is: the body after it, before it in its sentence, or in an earlier sentence."""
    if nearby.after is None and _is_of_a_group(view.folded, session):
        return _NOBODY
    mention = nearby.after or nearby.before
    if mention is not None:
        body = named.meant_by(mention)
        whole = nearby.after is None and (_is_open(view.folded, session) or _is_elected(view.folded, mention))
        return SessionOwner(mention, whole_of(body) if body and whole else body)
    if implied_body(view, session) is not None:
        return _NOBODY
    near = named.last is not None and named.letters_since(view, session.start) <= _EARLIER
    if near and (session.numbers or _is_within(view.folded, session)):
        return SessionOwner(None, named.last, earlier=True)
    return _NOBODY


def subject_in(view: View, everybody: list[BodyMention], low: int, high: int) -> BodyMention | None:
    """Return the last body in low..high, even one that seldom meets: «اتحادیه طلافروشان در جلسه ۱۲ | خود»."""
    bodies = [mention for mention in everybody if low <= mention.start and mention.end <= high]
    holders = [mention for mention in holders_in(view, low, high) if not any(_overlap(mention, body) for body in bodies)]
    return max([*bodies, *holders], key=lambda mention: mention.start, default=None)


def implied_body(view: View, session: SessionCandidate) -> str | None:
    """Return the Majles for «جلسه علنی امروز» in a sentence about deputies; else None."""
    low, high = sentence_around(view.folded, session.start, session.end)
    about = all(mentioned(view.folded, low, high, "sessions.majles", words) for words in ("open_session", "deputies"))
    return _majles() if about else None


@cache
def _majles() -> str:
    return body_by_slug(load("sessions")["majles"]["slug"]).name


def _overlap(one: BodyMention, other: BodyMention) -> bool:
    return one.start < other.end and other.start < one.end


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
    """«در | جلسه امروز», «جلسه علنی امروز»: said of what was named before."""
    before = previous_word(folded, session.start)
    within = before is not None and key_of(before) in cue("sessions.cues", "within_earlier")
    if is_word(session.word, "assemblies", "meetings") or not (within or _is_open(folded, session)):
        return False
    return follows_freely(folded, session.end)
