"""A truth by majority: do other extractors mostly read another title or day than a publisher's parser does?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from parsers.models import Issue

_ENOUGH = 3
_EXAMPLES = 3


@dataclass(slots=True)
class FieldMajority:
    """The comparisons of one publisher's pages in one run."""

    compared: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)

    def add(self, disagreements: tuple[str, ...]) -> tuple[Issue, ...]:
        """Count one page; return an issue for each field on which more than half of at least three pages disagree."""
        self.compared += 1
        for sentence in disagreements:
            name = sentence.partition(":")[0]
            self.counts[name] += 1
            self.examples.setdefault(name, []).append(sentence)
        return tuple(self._issue(name) for name, count in self.counts.items() if count >= _ENOUGH and 2 * count > self.compared)

    def _issue(self, name: str) -> Issue:
        examples = "; ".join(self.examples[name][-_EXAMPLES:])
        message = f"other extractors read another {name} on {self.counts[name]} of {self.compared} pages: {examples}"
        return Issue("warning", f"{name}_disagrees", message)
