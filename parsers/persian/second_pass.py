"""The second pass over a text whose blanks were joined: only around the places where new words have come to be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.zwnj import restoration_edits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from parsers.models import Damage
    from parsers.persian.offsets import Edit

# A joined blank makes a difference this many blanks away.
_NEAR = 3
# The slices are read as one text: no word has a neighbour across this.
_BETWEEN = "\n\n"


def edits_near(text: str, damage: Damage, places: Iterable[int]) -> list[Edit]:
    """Return what `restoration_edits` would find within a few words of `places`, where joined blanks made new words."""
    windows = [*_windows(text, places)]
    found = iter(restoration_edits(_BETWEEN.join([text[start:end] for start, _, end in windows]), damage))
    edits: list[Edit] = []
    edit, place = next(found, None), 0
    for start, accepted, end in windows:
        shift, place = start - place, place + end - start + len(_BETWEEN)
        while edit is not None and edit[0] < place:
            if edit[0] + shift <= accepted:
                edits.append((edit[0] + shift, edit[1] + shift, edit[2]))
            edit = next(found, None)
    return edits


def _windows(text: str, places: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Yield slices around `places` that do not overlap: start, last place with all of its surroundings inside, end."""
    start, accepted, end = -1, -1, -1
    for place in places:
        left, right, limit = place, place, place
        for _ in range(_NEAR):
            left = text.rfind(" ", 0, max(left, 0))
        for _ in range(_NEAR):
            right = _blank_after(text, right)
        limit = _blank_after(text, _blank_after(text, right))
        if start >= 0 and left + 1 <= end:
            accepted, end = right, limit
            continue
        if start >= 0:
            yield start, accepted, end
        start, accepted, end = left + 1, right, limit
    if start >= 0:
        yield start, accepted, end


def _blank_after(text: str, place: int) -> int:
    found = text.find(" ", place + 1)
    return len(text) if found < 0 else found
