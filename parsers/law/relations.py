"""What a law does to others: «ماده ۵ قانون … به شرح زیر اصلاح می‌شود», «… لغو می‌شود», «قانون اصلاح ماده ۵ قانون …»."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.grammar.approval_years import approval_year
from parsers.grammar.eids import eid as step_of
from parsers.grammar.names import key_of
from parsers.law import amendment_patterns as patterns
from parsers.law.acts import acts
from parsers.law.changed_laws import ChangedLaw, follows_head, is_itself, is_this_law, law_of_title, named_laws
from parsers.law.instructions import instructions
from parsers.law.new_clauses import new_clauses
from parsers.law.repeal_lists import listed_law, lists_clauses
from parsers.law.title_relations import day_of, of_title
from parsers.law.vocabulary import note_units, unit_words
from parsers.law_models import Relation
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.law.act import Act
    from parsers.law.instructions import Instruction, Span
    from parsers.law_models import Clause, Law
    from parsers.models import Article, Facts, Reference

_LONGEST = 1200
_OF_CLAUSE = 12
_OF_WORDS = ("replace_words", "insert_words", "delete_words")


def find_relations(article: Article, facts: Facts, law: Law) -> tuple[Relation, ...]:
    """Return every change of another instrument that the text states, in the order of the text; the day is that of this law."""
    found = [*of_title(article, facts, law), *_Changes(article, facts, law).all()]
    return tuple({(r.kind, key_of(r.title), r.eid, r.source, r.change, r.old, r.new): r for r in reversed(found)}.values())[::-1]


@dataclass(frozen=True, slots=True)
class _Target:
    """A clause that an act changes, by its eId in the law; `start:end` is where it is cited."""

    law: ChangedLaw
    eid: str | None
    start: int
    end: int


class _Changes:
    """The changes that the clauses of one law make, in order; what was named last is remembered from one to the next."""

    def __init__(self, article: Article, facts: Facts, law: Law) -> None:
        self._body = article.body
        self._folded = fold(article.body)
        self._law = law
        self._references = [r for r in facts.references if r.section == "body" and r.eids]
        self._default = law_of_title(article.title or "")
        self._last: ChangedLaw | None = None

    def all(self) -> Iterator[Relation]:
        # What is done to everything that the items of a clause list, «قوانین زیر نسخ می‌شود:»; None where they stay as they are.
        lists: dict[str, Act | None] = {}
        for clause in self._law.clauses:
            listed = lists.get(clause.parent or "")
            for instruction in instructions(self._folded, clause.text_start, clause.text_end):
                if len(instruction.masked) > _LONGEST:
                    continue
                every = list(acts(instruction))
                if clause.parent in lists and not every:
                    yield from self._of_item(clause, instruction, listed) if listed else ()
                    continue
                yield from self._of_sentence(clause, instruction, every)
                below = patterns.lists_laws().search(instruction.masked)
                if every and every[-1].change == "repeal" and below:
                    stays = patterns.excepted().search(instruction.masked[: below.start()])
                    lists[clause.eid] = None if stays else every[-1]

    def _of_item(self, clause: Clause, instruction: Instruction, act: Act) -> Iterator[Relation]:
        """Yield what a sentence does that lists laws below it, for one item of the list."""
        span = replace(act, start=instruction.start, end=instruction.end, noun_start=instruction.end)
        law = listed_law(self._body, instruction.start, instruction.end)
        if law:
            yield from self._relations(clause, instruction, span, [_Target(law, None, law.start, law.end)])
        elif lists_clauses(self._body, instruction.start, instruction.end):
            yield from self._of_sentence(clause, instruction, [span])

    def _of_sentence(self, clause: Clause, instruction: Instruction, every: Sequence[Act]) -> Iterator[Relation]:
        before: list[_Target] = []
        keeps = any(act.kind is None for act in every)
        for act in every:
            targets = self._targets(instruction, act)
            same = _means_the_last(self._folded[act.start : act.end]) or act.change in _OF_WORDS
            if not targets and same:
                targets = [self._part_of(target, act) for target in before]
            elif before and all(target.eid is None for target in targets) and self._only_numbers(instruction, act):
                targets = before[:1]
            before = targets or before
            if act.kind is not None:
                yield from self._relations(
                    clause, instruction, replace(act, change="replace_own") if keeps and act.change == "replace" else act, targets
                )

    def _part_of(self, target: _Target, act: Act) -> _Target:
        """«و تبصره آن حذف می‌شود»: the note of the clause that the sentence speaks of."""
        unit = patterns.unit_of_it().search(self._folded, act.start, act.end)
        if unit is None or act.change not in ("repeal", *_OF_WORDS) or target.eid is None:
            return target
        return replace(target, eid=f"{target.eid}__{step_of((), unit_words()[unit[1]], None)}")

    def _targets(self, instruction: Instruction, act: Act) -> list[_Target]:
        """Return the clauses that an act is about; where it cites none, the laws that it names."""
        said = [r for r in self._references if act.start <= r.start < act.end and not instruction.quotes_at(r.start)]
        cited = [r for r in said if not (self._is_number(r) or self._is_ground(r) or self._is_new_number(r, act))]
        if cited and all(self._is_of_something(r, act, instruction) for r in cited):
            return []
        titles = list(named_laws(self._body, act.start, act.end)) if cited else []
        kept = [r for r in cited if not (self._stays(r, act) or any(law.start <= r.start < law.end for law in titles))]
        found = [_Target(law, eid, r.start, r.end) for r in kept if (law := self._law_of(r, act, kept)) for eid in r.eids]
        if cited and act.change == "repeal":
            return [*self._whole_laws(instruction, act, said), *found]
        if cited:
            return found
        laws = [
            law for law in named_laws(self._body, act.start, act.end)
            if not (is_itself(law.title, self._law) or instruction.quotes_at(law.start) or self._is_ground_too(law, said))
            and not self._law_stays(law, act)
        ]  # fmt: skip
        if laws:
            self._last = laws[0]
        own = self._default or self._last
        means_own = act.change == "rename" or (
            act.change == "insert" and said and not _means_the_last(self._folded[act.start : act.end])
        )
        if not laws and own and means_own:
            return [_Target(own, None, act.start, act.end)]
        return [_Target(law, None, law.start, law.end) for law in laws if act.change != "rename" or law is laws[0]]

    def _whole_laws(self, instruction: Instruction, act: Act, said: Sequence[Reference]) -> list[_Target]:
        """Return the laws that are repealed next to clauses of others: «قانون … و ماده (۴) قانون … نسخ می‌شود»."""
        return [
            _Target(law, None, law.start, law.end)
            for law in named_laws(self._body, act.start, act.end)
            if law.year and not is_itself(law.title, self._law) and not instruction.quotes_at(law.start)
            and not any(r.start < law.start <= r.end + _OF_CLAUSE for r in said) and not self._is_ground_too(law, said)
            and not self._law_stays(law, act)
        ]  # fmt: skip

    def _stays(self, reference: Reference, act: Act) -> bool:
        """Return whether a cited clause stays as it is: «به جز بند (ب)», or «دادگاه‌های موضوع ماده (۵)» that end."""
        before = self._folded[act.start : reference.start]
        return bool(patterns.excepted().search(before)) or (
            act.change == "repeal" and bool(patterns.said_in().search(before[-40:]))
        )

    def _law_stays(self, law: ChangedLaw, act: Act) -> bool:
        """Return whether a named law stays: «به استثنای قانون …», «معافیت‌هایی که در قانون … آمده لغو می‌شود»."""
        before = self._folded[act.start : law.start]
        return bool(patterns.excepted().search(before)) or (
            act.change == "repeal" and bool(patterns.within().search(before[-20:]))
        )

    def _is_of_something(self, reference: Reference, act: Act, instruction: Instruction) -> bool:
        """Return whether something of the clause changes, not its text: «آیین‌نامه موضوع ماده (۵) … اصلاح می‌شود»."""
        if act.change not in ("insert", "replace") or instruction.new_text is not None:
            return False
        before = self._folded[max(0, reference.start - 40) : reference.start]
        return bool(patterns.instrument_of().search(before) or (self._default is None and patterns.said_in().search(before)))

    def _law_of(self, reference: Reference, act: Act, cited: Sequence[Reference]) -> ChangedLaw | None:
        """Return the law of a cited clause; None where it is this law, or not known. `cited` are those of the same act."""
        if is_this_law(self._folded, reference):
            return None
        headed, bare = follows_head(self._folded, reference)
        if not headed and (after := self._joined_to(reference, cited)):
            return self._law_of(after, act, cited)
        if headed and not bare and not reference.instrument:
            return None
        if headed and not bare and reference.instrument and not is_itself(reference.instrument, self._law):
            named = next((n for n in named_laws(self._body, reference.end, act.end) if n.start - reference.end < 12), None)
            year = approval_year(self._folded, named.end) if named else None
            self._last = ChangedLaw(reference.instrument, reference.body, year)
            return self._last
        return self._default if bare and self._default else self._last or self._default

    def _joined_to(self, reference: Reference, cited: Sequence[Reference]) -> Reference | None:
        """Return the clause after this one, whose law is this one's too: «ماده (۲) و مواد (۱۲) و (۱۴) قانون …»."""
        after = next((r for r in cited if r.start >= reference.end), None)
        return after if after and patterns.joined().fullmatch(self._folded, reference.end, after.start) else None

    def _is_number(self, reference: Reference) -> bool:
        """Return whether the reference is the number that a new clause gets: «به عنوان تبصره (۲)»."""
        return bool(patterns.as_number().search(self._folded, max(0, reference.start - 30), reference.start))

    def _only_numbers(self, instruction: Instruction, act: Act) -> bool:
        """Return whether an insertion only says which number the new note or item gets, not into which clause it is put."""
        if act.change != "insert":
            return False
        said = [r for r in self._references if act.start <= r.start < act.end and not instruction.quotes_at(r.start)]
        return bool(said) and all(self._is_number(r) and not r.eids[0].startswith("art") for r in said)

    def _is_new_number(self, reference: Reference, act: Act) -> bool:
        """Return whether a clause gets this number: «تبصره (۲) به تبصره (۳) تبدیل می‌شود»."""
        renumbers = act.kind == "amends" and act.change == "replace"
        return renumbers and bool(patterns.becomes().search(self._folded, max(0, reference.start - 8), reference.start))

    def _is_ground(self, reference: Reference) -> bool:
        """Return whether the change only rests on the cited clause: «به استناد ماده ۵ قانون …»."""
        return bool(patterns.on_ground_of().search(self._folded, max(0, reference.start - 30), reference.start))

    def _is_ground_too(self, law: ChangedLaw, said: Sequence[Reference]) -> bool:
        """Return whether the change only rests on a law that is named: «به استناد (ماده ۵) قانون …»."""
        of_clause = any(self._is_ground(r) and 0 <= law.start - r.end <= _OF_CLAUSE for r in said)
        return of_clause or bool(patterns.on_ground_of().search(self._folded, max(0, law.start - 30), law.start))

    def _relations(
        self, clause: Clause, instruction: Instruction, act: Act, targets: Sequence[_Target]
    ) -> Iterator[Relation]:  # fmt: skip
        numbers = [eid for r in self._references if act.start <= r.start < act.end and self._is_number(r) for eid in r.eids]
        text = instruction.new_text
        for target in targets[:1] if act.change == "insert" and numbers else targets:
            base = _holder(target.eid, numbers)
            clauses = self._new_clauses(act, text, base, numbers)
            appended = text if text and not clauses and not numbers and act.change in ("insert", "replace") else None
            change = "insert_words" if appended and act.change == "insert" else act.change
            for eid in self._eids(act, base, numbers, clauses):
                yield Relation(
                    kind=act.kind or "amends", title=target.law.title, start=target.start, end=target.end,
                    surface=self._body[target.start : target.end], body=target.law.body, eid=eid, source=clause.eid,
                    on=day_of(self._law), year=target.law.year, change=change,
                    old=self._words(act.old), new=self._words(appended or act.new), beside=self._words(act.beside),
                    before=act.before, clauses=_of_clause(clauses, eid),
                )  # fmt: skip

    def _new_clauses(self, act: Act, text: Span | None, base: str | None, numbers: Sequence[str]) -> tuple[Clause, ...]:
        """Return the clauses of the new text: of an insertion those put into `base`, else `base` itself and those in it."""
        if text is None or act.change not in ("insert", "replace", "replace_own"):
            return ()
        if act.change != "insert":
            return new_clauses(self._body, *text, (base or "").rpartition("__")[0] or None)
        named = f"{base}__{numbers[0]}" if base and len(numbers) == 1 else None
        return new_clauses(self._body, *text, base, named)

    def _eids(self, act: Act, base: str | None, numbers: Sequence[str], clauses: Sequence[Clause]) -> Sequence[str | None]:
        """Return the eIds that an act makes or changes: for an insertion those of the new clauses."""
        if act.change != "insert":
            return (base,)
        if numbers:
            return tuple(n if n.startswith("art") or base is None else f"{base}__{n}" for n in numbers)
        unit = patterns.one_more().search(self._folded, act.start, act.end)
        named = unit_words().get(unit[1]) if unit else None
        tops = [c.eid for c in clauses if (c.unit == named if named else c.parent in (None, base))]
        if tops:
            return tuple(tops)
        return (f"{base}__{step_of((), named, None)}",) if named in note_units() and base else (base,)

    def _words(self, span: tuple[int, int] | None) -> str | None:
        return self._body[span[0] : span[1]].strip() if span else None


def _of_clause(clauses: Sequence[Clause], eid: str | None) -> tuple[Clause, ...]:
    """Return the clause of that eId and those within it."""
    return tuple(c for c in clauses if eid and (c.eid == eid or c.eid.startswith(f"{eid}__")))


def _holder(eid: str | None, numbers: Sequence[str]) -> str | None:
    """Return the clause that new ones are put into: a note beside a note is put into its article."""
    before, _, last = (eid or "").rpartition("__")
    return before if before and last.startswith("note") and any(n.startswith("note") for n in numbers) else eid


def _means_the_last(folded: str) -> bool:
    return bool(patterns.it().search(folded))
