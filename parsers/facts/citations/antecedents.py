"""What a document has named so far: the instruments that «این قانون» or «آن» may mean, the clauses that «این ماده» may."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.lexicon import load

if TYPE_CHECKING:
    from parsers.facts.instruments import TitleMention
    from parsers.models import Ancestor


@dataclass(frozen=True, slots=True)
class Cited:
    """A reference that was made, as an antecedent: its levels from outermost to the target itself."""

    levels: tuple[Ancestor, ...]
    instrument: TitleMention | None
    section: int
    start: int
    end: int


@dataclass(slots=True)
class Antecedents:
    """Grows as the document is read; only the last of each sort is kept, so that a long document costs no more a line."""

    last_named: TitleMention | None = None
    last_cited: Cited | None = None
    _named: dict[str, tuple[int, TitleMention]] = field(default_factory=dict)
    _bare: dict[str, TitleMention] = field(default_factory=dict)
    _units: dict[str, tuple[tuple[Ancestor, ...], TitleMention | None]] = field(default_factory=dict)
    _defined: dict[str, TitleMention] = field(default_factory=dict)
    _count: int = 0

    def note_instrument(self, instrument: TitleMention) -> None:
        """Note an instrument named in the text."""
        self._count += 1
        self.last_named = instrument
        self._named[instrument.kind] = (self._count, instrument)

    def define(self, kind: str, instrument: TitleMention) -> None:
        """Note what a head alone means in the document: «۱- قانون: قانون شوراهای حل اختلاف»."""
        self._defined.setdefault(kind, instrument)

    def defined(self, kind: str) -> TitleMention | None:
        """Return the instrument that a head alone means, where the document has defined it."""
        return self._defined.get(kind)

    def note_bare_title(self, instrument: TitleMention) -> None:
        """Note a bare title, which «این قانون» may mean where no surer instrument of its kind was named."""
        self._bare[instrument.kind] = instrument

    def note_citation(self, cited: Cited) -> None:
        """Note a reference."""
        self.last_cited = cited
        for index, level in enumerate(cited.levels):
            self._units[level.unit] = (cited.levels[: index + 1], cited.instrument)

    def instrument(self, kind: str | None) -> TitleMention | None:
        """Return the last instrument, or the last that may be called by a head of this kind; None if there is none."""
        if kind is None:
            return self.last_named
        called = load("instruments")["called"].get(kind, ())
        fitting = [self._named[one] for one in called if one in self._named]
        return max(fitting, key=lambda entry: entry[0])[1] if fitting else self._bare.get(kind)

    def with_unit(self, unit: str) -> tuple[tuple[Ancestor, ...], TitleMention | None] | None:
        """Return the levels down to the last clause of that unit, and its instrument: what «این ماده» means."""
        return self._units.get(unit)
