"""What every finder works on: one section of a document, with its folded twin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.persian.letters import fold

if TYPE_CHECKING:
    from parsers.models import Section


@dataclass(frozen=True, slots=True)
class View:
    """One section: `text` as repaired, `folded` the same length, so that offsets found in either hold in both."""

    text: str
    folded: str
    section: Section | None = None


def view(text: str, section: Section | None = None) -> View:
    """Return the section ready for matching."""
    return View(text, fold(text), section)
