"""What a document has named so far: the instruments that «این قانون» or «آن» may mean, the clauses that «این ماده» may."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.facts.instruments import Named
    from parsers.models import Ancestor

_CALLED = {
    "law": {"law"},
    "resolution": {"resolution", "document", "policy", "directive", "bylaw", "decree", "statute"},
    "directive": {"directive"},
    "bylaw": {"bylaw"},
    "decree": {"decree", "bylaw", "directive", "resolution"},
    "statute": {"statute"},
    "document": {"document", "resolution"},
    "bill_or_plan": {"bill_or_plan"},
    "policy": {"policy", "resolution"},
    "treaty": {"treaty"},
    "contract": {"contract"},
}


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference that was made, as an antecedent: its levels from outermost to the target itself."""

    levels: tuple[Ancestor, ...]
    instrument: Named | None
    section: int
    start: int
    end: int


@dataclass(slots=True)
class Antecedents:
    """Grows as the document is read."""

    instruments: list[Named] = field(default_factory=list)
    cited: list[Cited] = field(default_factory=list)

    def name(self, instrument: Named) -> None:
        """Notes an instrument named in the text."""
        self.instruments.append(instrument)

    def cite(self, cited: Cited) -> None:
        """Notes a reference."""
        self.cited.append(cited)

    def instrument(self, kind: str | None) -> Named | None:
        """The last instrument, or the last that may be called by a head of this kind."""
        wanted = _CALLED.get(kind) if kind else None
        return next((named for named in reversed(self.instruments) if wanted is None or named.kind in wanted), None)

    def with_unit(self, unit: str) -> tuple[tuple[Ancestor, ...], Named | None] | None:
        """The levels down to the last clause of that unit, and its instrument: what «این ماده» means."""
        for cited in reversed(self.cited):
            for index, level in enumerate(cited.levels):
                if level.unit == unit:
                    return cited.levels[: index + 1], cited.instrument
        return None
