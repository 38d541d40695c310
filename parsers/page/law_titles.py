"""The title of a law on its page: the one that is labelled, or that is an instrument's; never the heading of a margin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.law.labels import find_labels
from parsers.law.recognition import is_title
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LONGEST = 320
_FARTHEST = 40
_SENTENCE = (".", "؛", ":", "،", "؟", "!")


def law_title(chosen: str | None, labels: Mapping[str, str], lines: Sequence[str]) -> str | None:
    """Return the title of the law on a page, `chosen` where nothing else names an instrument.

    `labels` are the page's labelled values by kind, `lines` its lines of text.
    """
    labelled = labels.get("title")
    if labelled and (is_title(labelled) or not (chosen and is_title(chosen))):
        return labelled
    if chosen and is_title(chosen):
        return chosen
    return _before_clauses(lines) or labelled or chosen


def _before_clauses(lines: Sequence[str]) -> str | None:
    """Return the nearest line above the first clause that names an instrument."""
    first = next((place for place, line in enumerate(lines) if _begins_with_clause(line)), None)
    if first is None:
        return None
    above = (lines[place].strip() for place in range(first - 1, max(-1, first - 1 - _FARTHEST), -1))
    return next((line for line in above if len(line) <= _LONGEST and not line.endswith(_SENTENCE) and is_title(line)), None)


def _begins_with_clause(line: str) -> bool:
    label = next(iter(find_labels(fold(line[:200]))), None)
    return bool(label and label.firm and label.unit and label.start < 3)
