"""Which container holds which, learnt from the text: a chapter whose heading follows another's at once is within it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.law.label import is_container
from parsers.law.numbering import is_first
from parsers.law.vocabulary import annexes, article_units, containers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from parsers.law.label import Label
    from parsers.law.outline import OpenClause

_JUST_INSIDE = 0.5


def container_depths(labels: Sequence[Label]) -> Mapping[str, float]:
    """Return how far in each container stands, the usual order changed where the headings of this text say otherwise.

    «مبحث دوم» followed at once by «فصل اول» has فصل within مبحث, unless مبحث also follows فصل at once.
    """
    depths: dict[str, float] = {unit: float(depth) for unit, depth in containers().items()}
    pairs = _neighbours(labels)
    for outer, inner in sorted(pairs):
        if (inner, outer) not in pairs and depths[inner] <= depths[outer]:
            depths[inner] = depths[outer] + _JUST_INSIDE
    return depths


def holder_of(
    label: Label, root: OpenClause, around: Sequence[OpenClause], depths: Mapping[str, float]
) -> OpenClause:  # fmt: skip
    """Return the chapter that a new one is in, of those that are open (outermost first), or the root."""
    depth = depths[label.unit or ""]
    holder = root
    for node in around:
        same_depth = depths[node.unit] == depth and node.unit != label.unit
        if depths[node.unit] < depth or (same_depth and all(n.unit != label.unit for n in around)):
            holder = node
    return holder


def _neighbours(labels: Sequence[Label]) -> set[tuple[str, str]]:
    """Return (outer, inner) for each first chapter of a kind whose heading follows another kind's with no article between."""
    pairs: set[tuple[str, str]] = set()
    last: str | None = None
    for label in labels:
        unit = label.unit or ""
        if unit in article_units():
            last = None
        elif is_container(label) and label.line and label.firm and unit not in annexes():
            if last and last != unit and is_first(label.number):
                pairs.add((last, unit))
            last = unit
    return pairs
