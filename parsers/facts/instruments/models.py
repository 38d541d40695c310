"""What a text calls an instrument: a title, or a word that points back to one; how a title and its body are printed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.facts.bodies import body_at
from parsers.facts.instruments.registry import GAP

if TYPE_CHECKING:
    from parsers.facts.view import View

_BLANKS = re.compile(GAP)
_ISSUED = re.compile(f'{GAP}(?:[»"”)]{GAP})?(?:(?:مصوب|مصوبه|ابلاغی){GAP})?')


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument with a title, at start..end; `listed` when the lexicon knows it, `foreign` when it would be but for a
    country's name after it.
    """

    start: int
    end: int
    title: str
    kind: str
    body: str | None = None
    listed: bool = False
    quoted: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Anaphor:
    """«آن» (kind None), «این قانون», «مصوبه مذکور»; or with `weak` a bare «مصوبه», «قانون» that names no title."""

    start: int
    end: int
    kind: str | None
    weak: bool = False
    body: str | None = None


def after_gap(folded: str, at: int) -> int:
    """The place behind blanks at `at`."""
    gap = _BLANKS.match(folded, at)
    return gap.end() if gap else at


def body_after(view: View, at: int) -> str | None:
    """The body that a title is followed by: «… شورای عالی فضای مجازی», «مصوب هیئت وزیران»."""
    gap = _ISSUED.match(view.folded, at)
    mention = body_at(view, gap.end() if gap else at)
    return mention.body.name if mention and mention.body else None


def printed_title(view: View, start: int, end: int) -> str:
    """A title as printed, in Persian letters, blanks single."""
    printed = re.sub("[\u064d\u064f\u0650\u0651\u0652]", "", view.text[start:end]).translate(str.maketrans("يكى", "یکی"))
    return re.sub("\\s+", " ", printed).replace("آئین", "آیین").strip(" \u200c")
