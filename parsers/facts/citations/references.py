"""Citations: which clause of which instrument a text refers to.

The text is scanned once for units («بند», «ماده» …) and once for instruments; everything else happens around the hits. Each
run of locators is parsed into chains, given its instrument (after it, before it, or an anaphor's antecedent), and refused
where it only looks alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.citations.antecedents import Antecedents, Cited
from parsers.facts.citations.chains import runs_of, turned
from parsers.facts.citations.lookalikes import counted, plausible
from parsers.facts.instruments import Anaphor, Named, NamedSoFar, find_instruments, instrument_at
from parsers.facts.instruments.registry import listed, mentioned
from parsers.grammar.blanks import GAP
from parsers.grammar.clause_labels import find_locators, unit_named, units
from parsers.grammar.eids import eid
from parsers.grammar.names import key_of
from parsers.grammar.number_ranges import expand
from parsers.grammar.words_around import keys, sentence_around
from parsers.lexicon import load
from parsers.models import Ancestor, Reference

if TYPE_CHECKING:
    from parsers.facts.citations.chains import Chain, Run
    from parsers.facts.memory import Memory
    from parsers.facts.view import View
    from parsers.grammar.clause_labels import Locator

_OF = "از متن|از|در ذیل|ذیل|موضوع|در|مندرج در|الحاقی به|اصلاحی|الحاقی|متن|منضم به|مربوط به"
_LINK = re.compile(
    f'{GAP}(?:[)»"]{GAP})?(?:(?:به|و){GAP}بعد(?!\\w){GAP})?'
    f"(?:[(](?:اصلاحی|الحاقی|موضوع)[^()\\n]{{0,20}}[)]{GAP})?(?:(?:{_OF})(?!\\w){GAP})?"
)
# «قانون مطبوعات مصوب ۱۳۶۴ در ماده ۶»
_APPROVED = f"(?:[(]?مصوبه?{GAP}(?:سال{GAP})?[0-9/.-]{{2,10}}{GAP}[)]?{GAP})?"
_BEFORE = re.compile(
    f'{GAP}(?:[»"”)]{GAP})?{_APPROVED}(?:[،,:؛(-]{GAP})?(?:(?:در|ذیل|طبق|مطابق|به موجب|بموجب|موضوع|و|وفق)(?!\\w){GAP})?'
)
_NEAR = 40
_AND = re.compile(f"{GAP}[،,]?{GAP}(?:و|یا)(?!\\w){GAP}")
_THIS_UNIT = re.compile(f"(?:این|همین|همان){GAP}([^\\W\\d_]+)(?![\\w\u200c])")
_UNIT = re.compile("([^\\W\\d_]+)[\u064b-\u0654]?")
_ARTICLE = re.compile(f"(?:ماده|مواد){GAP}[(]?([0-9]{{1,4}})")
_OWN = re.compile(f"{GAP}خود(?![\\w\u200c])")


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
    return [kept for one in find_locators(view.folded) if (kept := counted(view.folded, one))]


class _Section:
    """One section being read; `memory` outlives it."""

    def __init__(self, view: View, index: int, memory: Memory) -> None:
        self.view = view
        self.index = index
        self.memory = memory.state(Antecedents)
        self.named = memory.state(NamedSoFar)
        self.references: list[Reference] = []

    def read(self, locators: list[Locator], *, bare: bool) -> None:
        """Fill `references`, and note what is named, in order of the text; `bare` titles matter where a clause may mean them."""
        mentions = [self._told(named) for named in find_instruments(self.view, bare=bare)]
        titles = [named for named in mentions if named.quoted or named.listed]
        pending = iter([*mentions, None])
        upcoming = next(pending)
        for run in runs_of(self.view.folded, _outside(locators, titles)):
            while upcoming is not None and upcoming.start < run.start:
                self._meet(upcoming)
                upcoming = next(pending)
            self._read_run(run)
        while upcoming is not None:
            self._meet(upcoming)
            upcoming = next(pending)

    def _meet(self, named: Named) -> None:
        """An instrument that no clause stands beside: certain when listed or quoted, else an antecedent at most."""
        if named.listed or named.quoted or named.foreign:
            self._name(named)
        else:
            self.memory.suppose(named)

    def _name(self, named: Named) -> None:
        """Keeps an instrument, unless it stands within one already kept."""
        if self.named.add(self.view, named):
            self.memory.name(named)

    def _read_run(self, run: Run) -> None:
        """The chains of a run share the instrument that follows the last of them, unless they have their own."""
        targets = [self._beside(chain) for chain in run.chains]
        for index in range(len(targets) - 2, -1, -1):
            targets[index] = targets[index] or targets[index + 1]
        if targets[-1] is None:
            before = self._before(run)
            targets = [target or before for target in targets]
        for chain, target in zip(run.chains, targets, strict=True):
            self._read_chain(turned(chain) if _in_budget(chain, target) else chain, target)

    def _read_chain(self, chain: Chain, target: Named | Anaphor | tuple[str, int] | None) -> None:
        if not plausible(self.view.folded, chain, legal=self._legal(chain, target)):
            return
        levels, instrument, body = self._resolve(chain, target)
        own = {chain.unit.name, *(part.unit.name for part in chain.ancestors)}
        above = tuple(level for level in levels if level.unit not in own)
        path = (*above, *(Ancestor(part.unit.name, _first(part)) for part in chain.ancestors))
        numbers = expand(chain.items)
        self.references.append(
            Reference(
                chain.start, chain.end, self.view.text[chain.start : chain.end], chain.unit.name, numbers, path,
                instrument.title if instrument else None, (instrument.body if instrument else None) or body,
                _eids(path, chain.unit.name, numbers), self.view.section,
            )
        )  # fmt: skip
        last = numbers[-1] if numbers else None
        self.memory.cite(Cited((*path, Ancestor(chain.unit.name, last)), instrument, self.index, chain.start, chain.end))

    def _legal(self, chain: Chain, target: Named | Anaphor | tuple[str, int] | None) -> bool:
        """Whether what stands beside the chain proves it a citation."""
        if isinstance(target, Anaphor) and target.kind is None:
            return bool(self.memory.last_named or self.memory.last_cited)
        if isinstance(target, Named) and chain.unit.name == "اصل" and not target.listed:
            return target.kind == "law"
        if isinstance(target, Named) and chain.unit.weak and not target.listed:
            return target.kind not in ("bill_or_plan", "contract")
        if isinstance(target, Anaphor) and target.weak:
            return not chain.unit.weak or target.kind not in ("bill_or_plan", "contract")
        return target is not None

    def _beside(self, chain: Chain) -> Named | Anaphor | tuple[str, int] | None:
        """What follows a chain: an instrument, its anaphor, or (unit, end) of «این ماده»."""
        folded = self.view.folded
        at = _LINK.match(folded, chain.end)
        start = at.end() if at else chain.end
        unit = _unit_anaphor(folded, start)
        if unit is not None:
            return unit
        found = instrument_at(self.view, start)
        if isinstance(found, Named):
            found = self._told(found)
        return found

    def _before(self, run: Run) -> Named | Anaphor | None:
        """The instrument right before a run: «قانون مطبوعات، ماده ۶», «قانون مطبوعات در ماده ۶ خود»."""
        folded = self.view.folded
        last = self.named.last_before(self.view, run.start, including=True)
        if last is None:
            return None
        near = run.start - last.end <= _NEAR and _BEFORE.fullmatch(folded, last.end, run.start)
        joined = run.start - last.end <= _NEAR and _AND.fullmatch(folded, last.end, run.start)
        low, _ = sentence_around(folded, run.start, run.end)
        own = _OWN.match(folded, run.end) and last.start >= low
        return last if near or joined or own else None

    def _resolve(
        self, chain: Chain, target: Named | Anaphor | tuple[str, int] | None
    ) -> tuple[tuple[Ancestor, ...], Named | None, str | None]:
        """(levels above the chain's own, instrument, body)."""
        if isinstance(target, Named):
            self._name(target)
            return (), target, target.body
        if isinstance(target, tuple):
            found = self.memory.with_unit(target[0])
            return found[0] if found else (), found[1] if found else self.memory.instrument(None), None
        if target is None:
            return (), None, None
        if target.kind is None:
            return self._it(chain)
        return (), self._called(target), target.body

    def _called(self, anaphor: Anaphor) -> Named | None:
        """The instrument of «این قانون»; of a bare «مصوبه» only when it names no body, or the same."""
        named = self.memory.instrument(anaphor.kind)
        if named and anaphor.weak and anaphor.body and named.body != anaphor.body:
            return None
        return named

    def _it(self, chain: Chain) -> tuple[tuple[Ancestor, ...], Named | None, str | None]:
        """«آن»: the clause just cited, where it can hold this one, else the last instrument."""
        outermost = chain.ancestors[0].unit if chain.ancestors else chain.unit
        held = self._holder(chain, outermost.rank, outermost.name)
        if held is not None:
            return held[0], held[1], None
        named = self.memory.instrument(None)
        return (), named, None

    def _holder(self, chain: Chain, rank: float, unit: str) -> tuple[tuple[Ancestor, ...], Named | None] | None:
        cited = self.memory.last_cited
        if cited is None:
            return None
        low, _ = sentence_around(self.view.folded, chain.start, chain.end)
        if unit == "تبصره":  # a note is of an article as a rule, so that its antecedent may stand a sentence before
            low, _ = sentence_around(self.view.folded, max(0, low - 2), chain.end)
        if cited.section != self.index or cited.start < low:
            return None
        for index in range(len(cited.levels) - 1, -1, -1):
            level = cited.levels[index]
            if unit_named(level.unit).rank > rank and level.unit != unit:
                return cited.levels[: index + 1], cited.instrument
        between = self.view.folded[cited.end : chain.start]
        if unit == "تبصره" and cited.levels[-1].unit in ("بند", "جزء") and _AND.fullmatch(between):
            return cited.levels, cited.instrument
        return None

    def _told(self, named: Named) -> Named:
        """An ambiguous abbreviation told by its surroundings: «ق.م» is the press law beside words of the press."""
        if named.kind != "ambiguous":
            return named
        rule = load("instruments")["ambiguous"][named.title]
        low, high = sentence_around(self.view.folded, named.start, named.end)
        sentence = key_of(self.view.folded[low:high])
        before = self.view.folded[max(low, named.start - 40) : named.start]
        articles = [int(digits) for digits in _ARTICLE.findall(before)]
        press = any(cue in sentence for cue in _press_cues(named.title))
        press |= "بند" in before and bool(set(articles) & set(rule["clauses_of"]))
        context = press and all(number <= rule["max_article"] for number in articles)
        known = listed(rule["context"] if context else rule["default"])
        return replace(named, title=known.title, kind=known.kind, body=known.body) if known else named


def _unit_anaphor(folded: str, at: int) -> tuple[str, int] | None:
    """«این ماده», «ماده مذکور»: (unit, end)."""
    this = _THIS_UNIT.match(folded, at)
    if this is not None and this[1] in units():
        return units()[this[1]].name, this.end()
    word = _UNIT.match(folded, at)
    if word is None or word[1] not in units():
        return None
    told = mentioned().match(folded, word.end())
    return (units()[word[1]].name, told.end()) if told else None


@cache
def _press_cues(abbreviation: str) -> frozenset[str]:
    return keys(load("instruments")["ambiguous"][abbreviation]["cues"])


def _in_budget(chain: Chain, target: object) -> bool:
    """Whether «تبصره ۱۴ بند الف» is of a budget, where notes come first."""
    noted = chain.unit.name == "تبصره" and [part.unit.name for part in chain.ancestors] == ["بند"]
    return noted and isinstance(target, Named) and "بودجه" in target.title


def _first(locator: Locator) -> int | str | None:
    return locator.items[0].value if locator.items else None


def _eids(path: tuple[Ancestor, ...], unit: str, numbers: tuple[int | str, ...]) -> tuple[str, ...]:
    levels = [(level.unit, level.number) for level in path]
    return tuple(eid(levels, unit, number) for number in numbers) or (eid(levels, unit, None),)


def _outside(locators: list[Locator], titles: list[Named]) -> list[Locator]:
    """The locators that belong to none of the titles, which are in order: «قانون … (کتاب پنجم تعزیرات)» is one name.

    An article in a listed title that is not quoted is cited with it: «سیاست‌های کلی اصل ۴۴ قانون اساسی».
    """
    if not titles:
        return locators
    starts = [named.start for named in titles]
    places = ((locator, titles[max(0, bisect_right(starts, locator.start) - 1)]) for locator in locators)
    return [
        locator
        for locator, title in places
        if not title.start <= locator.start < title.end or not (title.quoted or locator.unit.weak)
    ]
