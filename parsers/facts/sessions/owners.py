"""Whose a session is: the body behind it, and the bodies that a document has named so far."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.bodies import body_at
from parsers.grammar.blanks import GAP
from parsers.grammar.names import any_of, key_of
from parsers.grammar.words_around import keys
from parsers.lexicon import load

if TYPE_CHECKING:
    from parsers.facts.bodies import Body, BodyMention
    from parsers.facts.view import View

# «جلسه ۱۲ دوره پنجم شورای شهر», «از دومین دوره شورا».
_TERM = (
    f"(?:از{GAP})?(?:دوره[\u064b-\u0654]?(?:[ \u200c]?ی(?!\\w))?{GAP}(?:[0-9]{{1,2}}|[^\\W\\d_]+م)"
    f"|[^\\W\\d_]+مین{GAP}دوره)(?!\\w){GAP}"
)
_OF_TERM = re.compile(f"{GAP}{_TERM}")
_AND = re.compile(f"{GAP}و(?!\\w){GAP}")


def body_behind(view: View, at: int) -> BodyMention | None:
    """The body behind a session that ends at `at`: «جلسه ۳۵ | عادی شورای عالی …», «جلسه ۱۲ | دوره پنجم شورای شهر»."""
    skipped = _between().match(view.folded, at)
    return body_at(view, skipped.end() if skipped else at)


def end_of_bodies(view: View, at: int) -> int | None:
    """Where the bodies behind a session end: «جلسه | شورای نگهبان و مجمع تشخیص مصلحت نظام»; None where there is none."""
    body = body_behind(view, at)
    joint = _AND.match(view.folded, body.end) if body else None
    second = body_at(view, joint.end()) if joint else None
    return second.end if second else body.end if body else None


def in_term(folded: str, at: int) -> bool:
    """Whether a term of the body stands at `at`: «دوره پنجم», «از دومین دوره»."""
    return _OF_TERM.match(folded, at) is not None


@cache
def _between() -> re.Pattern[str]:
    words = any_of([*load("bodies")["heads"]["between"], *load("bodies")["session"]["modifiers"]])
    return re.compile(f"{GAP}(?:[(]?{words}[)]?{GAP}){{0,2}}(?:{_TERM})?")


class Known:
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
