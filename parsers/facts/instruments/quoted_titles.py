"""Titles in quotation marks: after their head («قانون «…»»), or with it inside («قانون …»)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.facts.instruments import registry
from parsers.facts.instruments.models import Named, body_after, printed_title
from parsers.facts.instruments.registry import GAP
from parsers.grammar.names import look_up
from parsers.grammar.title_end import has_verb

if TYPE_CHECKING:
    from parsers.facts.view import View

_QUOTED = re.compile(f'{GAP}([«"“\'(]){GAP}([^»"”()\n]{{2,200}}?){GAP}([»"”\')])')
_CLOSES = {"«": "»", "“": "”", '"': '"', "'": "'", "(": ")"}


def quoted_after(view: View, start: int, end: int, kind: str) -> Named | None:
    """«قانون «…»»: the title is what is quoted, after its head unless it brings its own or the head is مصوبه."""
    found = _QUOTED.match(view.folded, end)
    if found is None or (found[1] == "(" and registry.listed(found[2]) is None):
        return None
    inner, low, high = found[2], found.start(2), found.end(2)
    known = registry.listed(inner) or registry.listed(view.folded[start:end] + " " + inner)
    if known is not None:
        return Named(low, high, known.title, known.kind, known.body, listed=True, quoted=True)
    if kind == "resolution" or registry.names().match(view.folded, low):
        return Named(low, high, printed_title(view, low, high), kind, body_after(view, found.end()), quoted=True)
    title = f"{printed_title(view, start, end)} {printed_title(view, low, high)}"
    return Named(start, found.end(), title, kind, body_after(view, found.end()), quoted=True)


def enclosed_at(view: View, at: int) -> Named | None:
    """A title in quotation marks that open at `at`: «قانون اصلاح ماده ۵ قانون مطبوعات», whole, whatever it holds."""
    found = _QUOTED.match(view.folded, at) if at >= 0 else None
    if found is None or found[1] == "(" or _CLOSES[found[1]] != found[3]:
        return None
    head = registry.names().match(view.folded, found.start(2))
    if head is None or head.end() >= found.end(2) or has_verb(found[2]):
        return None
    known = registry.listed(found[2])
    if known is not None:
        return Named(found.start(2), found.end(2), known.title, known.kind, known.body, listed=True, quoted=True)
    beginning = registry.listed(head[0])
    kind = look_up(registry.heads(), head[0]) or (beginning.kind if beginning else "law")
    title = printed_title(view, found.start(2), found.end(2))
    return Named(found.start(2), found.end(2), title, kind, body_after(view, found.end()), quoted=True)


def quote_before(folded: str, at: int) -> int:
    """Where the quotation mark stands that opens right before `at`; -1 if there is none."""
    while at and folded[at - 1] in " \u200c":
        at -= 1
    if not at or folded[at - 1] not in '«“"':
        return -1
    return at - 1 if folded[at - 1] != '"' or at == 1 or folded[at - 2].isspace() else -1
