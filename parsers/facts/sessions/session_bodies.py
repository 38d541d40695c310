"""Whose a session is: the body after it, and the bodies that a document has named so far."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.bodies import BodyMention, body_at, body_by_slug, holder_at, short_heads
from parsers.facts.sessions.session_words import around
from parsers.grammar.blanks import EZAFE, GAP, LETTER, WORD_END
from parsers.grammar.joints import AND, FROM
from parsers.grammar.names import key_of
from parsers.grammar.words_around import cue
from parsers.lexicon import load

if TYPE_CHECKING:
    import re

    from parsers.facts.bodies import Body
    from parsers.facts.view import View

_AND = expression(f"{GAP}{AND}{GAP}")


def body_after(view: View, at: int) -> BodyMention | None:
    """Return the body after a session that ends at `at`: «جلسه ۳۵ | عادی شورای عالی …», «جلسه ۱۲ | دوره پنجم شورای شهر»."""
    between = _between().match(view.folded, at)
    place = between.end() if between else at
    return body_at(view, place) or holder_at(view, place)


def end_of_bodies(view: View, at: int) -> int | None:
    """Return where the bodies after a session end, «جلسه | شورای نگهبان و مجمع تشخیص مصلحت نظام»; None where there is none."""
    body = body_after(view, at)
    joint = _AND.match(view.folded, body.end) if body else None
    second = body_at(view, joint.end()) if joint else None
    return second.end if second else body.end if body else None


def in_term(folded: str, at: int) -> bool:
    """Return whether a term of the body stands at `at`: «دوره پنجم», «از دومین دوره»."""
    return _at_term().match(folded, at) is not None


@cache
def _between() -> re.Pattern[str]:
    words = around("between", "modifiers")
    return expression(f"{GAP}(?:[(]?{words}(?:{GAP}{AND}{GAP}{words})?[)]?{GAP}){{0,3}}(?:{_term()})?")


@cache
def _at_term() -> re.Pattern[str]:
    return expression(f"{GAP}{_term()}")


@cache
def _term() -> str:
    """«دوره پنجم», «دومین دوره»."""
    term, endings = around("term"), "|".join(load("clause_numbers")["ordinal_before_noun"])
    return (
        f"(?:{FROM}{GAP})?(?:{term}{EZAFE}(?:[0-9]{{1,2}}(?![0-9])|{LETTER}+م)|{LETTER}+(?:{endings}){GAP}{term}){WORD_END}{GAP}"
    )


class NamedBodies:
    """The bodies that a document has named so far: the last one, and the last one of each first word («شورا»)."""

    def __init__(self) -> None:
        self.last: Body | None = None
        self._place: tuple[View, int] | None = None
        self._by_head: dict[str, Body] = {}

    def add(self, view: View, mention: BodyMention) -> None:
        """Remember a body that was named, or meant by a short form."""
        body = self.meant_by(mention)
        if body is None:
            return
        self.last, self._place = body, (view, mention.end)
        for head in short_heads():
            inner = _inner(body, head)
            if inner is not None:
                self._by_head[head] = inner
        if body.short:
            self._by_head[body.short] = body
        self._note_parliament(body)

    def _note_parliament(self, body: Body) -> None:
        """Remember «پارلمان لبنان» as a bare «پارلمان», until a «مجلس» is named."""
        name = key_of(body.name)
        if name.startswith(_parliament()):
            self._by_head.pop(_other_word(), None)
        elif body.slug is None and name.startswith(_other_word()):
            self._by_head[_other_word()] = body

    def letters_since(self, view: View, at: int) -> int:
        """Return how many letters before `at` the last body was named; an earlier section ends where `view` begins."""
        if self._place is None:
            return at
        earlier, end = self._place
        return at - end if earlier is view else at

    def meant_by(self, mention: BodyMention | None) -> Body | None:
        """Return the body of a mention; of a bare «شورا» the last one named so, None where none was.

        A bare «مجلس» is the parliament of which the document speaks.
        """
        if mention is None or mention.short is None:
            return mention.body if mention else None
        head = key_of(mention.short)
        if head in self._by_head or head not in cue("bodies.heads", "parliament_words"):
            return self._by_head.get(head, mention.body)
        return self._by_head.get(_parliament(), mention.body)


def whole_of(body: Body) -> Body:
    """Return the council of which a body is a part, «کمیسیون عمران | شورای شهر», «کمیسیون اقتصادی | مجلس»; else the body."""
    if key_of(body.name).endswith(_parliament()):
        return body_by_slug(load("sessions")["majles"]["slug"])
    return _inner(body, key_of(load("bodies")["heads"]["council"])) or body


def _inner(body: Body, head: str) -> Body | None:
    """Return the body that a head means after this one was named: itself, or the council in «هیئت رئیسه | شورای شهر»."""
    if key_of(body.name).startswith(head):
        return body
    if body.slug is not None:
        return None
    words = body.name.split(" ")
    starts = [index for index, word in enumerate(words) if key_of(word).removesuffix(_ezafe()) == head]
    return replace(body, name=" ".join(words[starts[-1] :])) if starts and starts[-1] < len(words) - 1 else None


@cache
def _ezafe() -> str:
    return key_of(load("spellings")["ezafe"])


@cache
def _parliament() -> str:
    return key_of(load("bodies")["heads"]["parliament"])


@cache
def _other_word() -> str:
    return key_of(load("bodies")["heads"]["parliament_words"][-1])
