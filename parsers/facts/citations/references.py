"""Citations: which clause of which instrument a text refers to.

The text is scanned once for units («بند», «ماده» …) and once for instruments; everything else happens around the hits. The clause
labels are grouped into coordinated paths; each path gets its instrument, and is refused where it only looks like a citation.
"""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from parsers.facts.citations.antecedents import Antecedents, Cited
from parsers.facts.citations.attribution import OfConstitution, ThisClause, before, beside, owner_of, shared
from parsers.facts.citations.clause_paths import coordinated, outermost_first
from parsers.facts.citations.definitions import defined_kind
from parsers.facts.citations.lookalikes import is_citation, without_counts
from parsers.facts.instruments import InstrumentsNamed, TitleMention, find_instruments, settled, settled_one
from parsers.grammar.clause_labels import find_locators
from parsers.grammar.eids import eid
from parsers.grammar.number_ranges import expand
from parsers.lexicon import load
from parsers.models import Ancestor, Reference

if TYPE_CHECKING:
    from parsers.facts.citations.attribution import Target
    from parsers.facts.citations.clause_paths import ClausePath, CoordinatedPaths
    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.grammar.clause_labels import Locator


def find_citations(view: View, memory: Memory) -> list[Reference]:
    """Return the references of a section, and note the instruments that it names; the sections are read in order."""
    labels = memory.state(_Labels)
    if not labels.by_section:
        labels.by_section = [_clause_labels(one) for one in memory.views]
    index = memory.index(view)
    found = _Section(view, index, memory)
    found.read(labels.by_section[index], bare=any(labels.by_section))
    return found.references


class _Labels:
    """The clause labels of every section: bare titles matter in a document that has any."""

    def __init__(self) -> None:
        self.by_section: list[list[Locator]] = []


def _clause_labels(view: View) -> list[Locator]:
    return [kept for one in find_locators(view.folded) if (kept := without_counts(view.folded, one))]


class _Section:
    """One section being read; what it names and cites outlives it."""

    def __init__(self, view: View, index: int, memory: Memory) -> None:
        self.view = view
        self.index = index
        self.memory = memory
        self.known = memory.state(Antecedents)
        self.named = memory.state(InstrumentsNamed)
        self.references: list[Reference] = []

    def read(self, locators: list[Locator], *, bare: bool) -> None:
        """Fill `references`, and note what is named, in order of the text; `bare` titles matter where a clause may mean them."""
        mentions = settled(list(find_instruments(self.view, bare=bare)), self.view, self.memory)
        titles = [mention for mention in mentions if mention.quoted or mention.listed]
        pending = iter([*mentions, None])
        upcoming = next(pending)
        for paths in coordinated(self.view.folded, _outside(locators, titles)):
            while upcoming is not None and upcoming.start < paths.start:
                self._note_title(upcoming)
                upcoming = next(pending)
            self._read_paths(paths)
        while upcoming is not None:
            self._note_title(upcoming)
            upcoming = next(pending)

    def _note_title(self, mention: TitleMention) -> None:
        """An instrument next to no clause, or words that may be its title and are an antecedent at most."""
        if mention.rule == "antecedent":
            self.known.note_bare_title(mention)
        else:
            self._note_instrument(mention)

    def _note_instrument(self, mention: TitleMention) -> None:
        """Keep an instrument, unless it stands within one already kept."""
        if self.named.add(self.view, mention):
            self.known.note_instrument(mention)
            kind = defined_kind(self.view, mention)
            if kind is not None:
                self.known.define(kind, mention)

    def _read_paths(self, paths: CoordinatedPaths) -> None:
        """Coordinated clauses share the instrument that follows the last of them, unless they have their own."""
        targets = [self._beside(path) for path in paths.paths]
        for index in range(len(targets) - 2, -1, -1):
            targets[index] = targets[index] or shared(paths.paths[index], targets[index + 1])
        if targets[-1] is None:
            earlier = before(self.view, paths, self.named)
            targets = [target or earlier for target in targets]
        for path, target in zip(paths.paths, targets, strict=True):
            self._read_path(outermost_first(path) if _in_budget(path, target) else path, target)

    def _beside(self, path: ClausePath) -> Target | None:
        target = beside(self.view, path)
        return settled_one(target, self.view, self.memory) if isinstance(target, TitleMention) else target

    def _read_path(self, path: ClausePath, target: Target | None) -> None:
        if not is_citation(self.view.folded, path, legal=self._legal(path, target)):
            return
        if isinstance(target, TitleMention):
            self._note_instrument(target)
        owner = owner_of(self.view, self.index, path, target, self.known)
        own = {path.unit.name, *(part.unit.name for part in path.ancestors)}
        above = tuple(level for level in owner.levels if level.unit not in own)
        levels = (*above, *(Ancestor(part.unit.name, _first(part)) for part in path.ancestors))
        numbers = expand(path.items)
        self.references.append(
            Reference(
                path.start, path.end, self.view.text[path.start : path.end], path.unit.name, numbers, levels,
                owner.instrument.title if owner.instrument else None, owner.body,
                _eids(levels, path.unit.name, numbers), self.view.section, owner.rule, owner.certain,
            )
        )  # fmt: skip
        last = numbers[-1] if numbers else None
        target_level = Ancestor(path.unit.name, last)
        self.known.note_citation(Cited((*levels, target_level), owner.instrument, self.index, path.start, path.end))

    def _legal(self, path: ClausePath, target: Target | None) -> bool:
        """Return whether what stands next to the path proves it a citation."""
        if target is None or isinstance(target, ThisClause | OfConstitution):
            return target is not None
        if isinstance(target, TitleMention):
            return _holds(path, target)
        if target.kind is None:
            return bool(self.known.last_named or self.known.last_cited)
        return not target.weak or not path.unit.weak or target.kind not in ("bill_or_plan", "contract")


def _holds(path: ClausePath, target: TitleMention) -> bool:
    """Return whether an instrument may have such a clause: an unlisted bill has no «بخش», and only laws have an «اصل»."""
    if target.listed:
        return True
    if path.unit.slug == "asl":
        return target.kind == "law"
    return not path.unit.weak or target.kind not in ("bill_or_plan", "contract")


def _in_budget(path: ClausePath, target: object) -> bool:
    """Return whether «تبصره ۱۴ بند الف» is of a budget, where notes come first."""
    noted = path.unit.slug == "tabsare" and [part.unit.slug for part in path.ancestors] == ["band"]
    return noted and isinstance(target, TitleMention) and load("instruments")["short"]["budget"]["word"] in target.title


def _first(locator: Locator) -> int | str | None:
    return locator.items[0].value if locator.items else None


def _eids(levels: tuple[Ancestor, ...], unit: str, numbers: tuple[int | str, ...]) -> tuple[str, ...]:
    above = [(level.unit, level.number) for level in levels]
    return tuple(eid(above, unit, number) for number in numbers) or (eid(above, unit, None),)


def _outside(locators: list[Locator], titles: list[TitleMention]) -> list[Locator]:
    """Return the locators that belong to none of the titles, which are in order: «قانون … (کتاب پنجم تعزیرات)» is one name.

    An article in a listed title that is not quoted is cited with it: «سیاست‌های کلی اصل ۴۴ قانون اساسی».
    """
    if not titles:
        return locators
    starts = [mention.start for mention in titles]
    places = ((locator, titles[max(0, bisect_right(starts, locator.start) - 1)]) for locator in locators)
    return [
        locator
        for locator, title in places
        if not title.start <= locator.start < title.end or not (title.quoted or locator.unit.weak)
    ]
