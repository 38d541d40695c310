"""What a document has named so far: the instruments that «این قانون» or «آن» may mean, the clauses that «این ماده» may."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from parsers.facts.instruments.models import Named
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
    """Grows as the document is read; only the last of each sort is kept, so that a long document costs no more a line."""

    last_named: Named | None = None
    last_cited: Cited | None = None
    _named: dict[str, tuple[int, Named]] = field(default_factory=dict)
    _bare: dict[str, Named] = field(default_factory=dict)
    _units: dict[str, tuple[tuple[Ancestor, ...], Named | None]] = field(default_factory=dict)
    _count: int = 0

    def name(self, instrument: Named) -> None:
        """Notes an instrument named in the text."""
        self._count += 1
        self.last_named = instrument
        self._named[instrument.kind] = (self._count, instrument)

    def suppose(self, instrument: Named) -> None:
        """Notes a bare title, which «این قانون» may mean where no surer instrument of its kind was named."""
        self._bare[instrument.kind] = instrument

    def cite(self, cited: Cited) -> None:
        """Notes a reference."""
        self.last_cited = cited
        for index, level in enumerate(cited.levels):
            self._units[level.unit] = (cited.levels[: index + 1], cited.instrument)

    def instrument(self, kind: str | None) -> Named | None:
        """The last instrument, or the last that may be called by a head of this kind."""
        if kind is None:
            return self.last_named
        fitting = [self._named[called] for called in _CALLED.get(kind, ()) if called in self._named]
        return max(fitting, key=lambda entry: entry[0])[1] if fitting else self._bare.get(kind)

    def with_unit(self, unit: str) -> tuple[tuple[Ancestor, ...], Named | None] | None:
        """The levels down to the last clause of that unit, and its instrument: what «این ماده» means."""
        return self._units.get(unit)
