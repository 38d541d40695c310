"""What a page may cost: oversized captures are slimmed to what an article can be, and an issue says so.

A page of many megabytes is scripts, data in attributes, or no page at all. What remains beyond the limits is cut off: the
longest laws of the country are shorter.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.models import Issue

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_BYTES = 8_000_000
_SLIM_FROM = 400_000
_MOST_MARKUP = 1_200_000
_LONGEST_TAG = 5_000  # one that the limit falls into is left out
MOST_TEXT = 300_000
_DATA_URI = expression(r"data:[a-z]+/[^\"'\s)>]{500,}", re.IGNORECASE)
_NUMBERED = expression(r"(?:&#(?:\d{3,5}|[xX][0-9a-fA-F]{2,4});)++")
_FIRST_LETTER, _LAST_LETTER = 0x0600, 0x206F  # of the Arabic block, up to the joiners and marks of direction
_SILENT = expression(r"<(script|style|svg|!--)", re.IGNORECASE)
_ENDS = {
    name: expression(end, re.IGNORECASE)
    for name, end in (("script", "</script"), ("style", "</style"), ("svg", "</svg"), ("!--", "-->"))
}


def slim(html: str) -> tuple[str, tuple[Issue, ...]]:
    """Return large markup without what holds no text (scripts but JSON-LD, styles, drawings, comments, inlined files).

    Letters that are written as numbers become letters. What is still too long is cut, with an issue.
    """
    if len(html) < _SLIM_FROM:
        return html, ()
    html = _NUMBERED.sub(_letters, _DATA_URI.sub("data:,", "".join(_spoken(html))))
    if len(html) <= _MOST_MARKUP:
        return html, ()
    kept = html[:_MOST_MARKUP]
    tag = kept.rfind("<", _MOST_MARKUP - _LONGEST_TAG)
    kept = kept[:tag] if tag > kept.rfind(">") else kept
    return kept, (truncated(f"the markup is longer than {_MOST_MARKUP} characters"),)


class _Letters(dict[str, str]):
    """Letters by their numbers as references write them, 1605 or x645; the reference itself for markup and other languages."""

    def __missing__(self, number: str) -> str:
        code = int(number[1:], 16) if number[0] in "xX" else int(number)
        return chr(code) if _FIRST_LETTER <= code <= _LAST_LETTER else f"&#{number};"


_LETTERS = _Letters({str(code): chr(code) for code in range(_FIRST_LETTER, _LAST_LETTER + 1)})


def _letters(references: re.Match[str]) -> str:
    """Return the letters of references that stand together, like `&#1605;&#1606;`."""
    return "".join(map(_LETTERS.__getitem__, references[0][2:-1].split(";&#")))


def _spoken(html: str) -> Iterator[str]:
    # By hand: a lazy pattern over unclosed elements would walk to the end of the page from each of them.
    place = 0
    while found := _SILENT.search(html, place):
        end = _ENDS[found[1].lower()].search(html, found.end())
        yield html[place : found.start()]
        if end is None:
            return
        close = end.start()
        if "ld+json" in html[found.start() : found.start() + 200]:
            yield html[found.start() : close] + "</script>"
        place = html.find(">", close) + 1 or len(html)
    yield html[place:]


def cut_paragraphs(paragraphs: list[str]) -> tuple[list[str], tuple[Issue, ...]]:
    """As many paragraphs as a document may have, and an issue if it had more."""
    size = 0
    for place, paragraph in enumerate(paragraphs):
        size += len(paragraph)
        if size > MOST_TEXT:
            kept = [*paragraphs[:place], paragraph[: MOST_TEXT - size + len(paragraph)]]
            return [text for text in kept if text], (truncated(f"the text is longer than {MOST_TEXT} characters"),)
    return paragraphs, ()


def truncated(message: str) -> Issue:
    """Return the issue of a page that was cut."""
    return Issue("warning", "truncated", message)
