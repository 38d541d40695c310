"""Changes of words in the text of a clause: where the words stand, whatever blanks and letters they are typed with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.persian.letters import fold

if TYPE_CHECKING:
    from db.law.dated_text import ChangeOfText

_BLANKS = "[\\s\u200c\u200e\u200f]"


def same_words(one: str, other: str) -> bool:
    """Return whether two texts have the same letters, blanks aside."""
    return re.sub(f"{_BLANKS}+", "", fold(one)) == re.sub(f"{_BLANKS}+", "", fold(other))


def places(text: str, wanted: str) -> list[tuple[int, int]]:
    """Return where words stand in a text, whatever blanks and letters it is typed with; whole words only."""
    parts = [re.escape(part) for part in re.split(f"{_BLANKS}+", fold(wanted).strip()) if part]
    if not parts:
        return []
    pattern = f"(?<![^\\W\\d_]){f'{_BLANKS}*'.join(parts)}(?![^\\W\\d_])"
    return [found.span() for found in re.finditer(pattern, fold(text))]


def with_change(text: str, place: tuple[int, int], change: ChangeOfText) -> str:
    """Return a text with other words at a place, or with words put next to it, or without it."""
    start, end = place
    if change.change == "insert_words":
        middle = f"{change.new} {text[start:end]}" if change.before else f"{text[start:end]} {change.new}"
    else:
        middle = change.new or ""
    if middle:
        return text[:start] + middle + text[end:]
    return (
        f"{text[:start].rstrip(' ')} {text[end:].lstrip(' ')}".strip()
        if text[end:].strip(" .")
        else text[:start].rstrip() + text[end:]
    )


def appended(text: str, added: str) -> str:
    """Add words before the full stop that ends a text."""
    bare = text.rstrip()
    stop = bare[-1:] if bare.endswith((".", "؛")) else ""
    if added.rstrip().endswith((".", "؛")):
        return f"{bare} {added}"
    return f"{bare[: len(bare) - len(stop)]} {added}{stop}"
