"""A law as a text that a person edits, and back: its heads, then one clause a line, indented by depth.

    # bayegan law 1
    title: قانون نمونه
    approved: 1390-02-03
    ---
    art_1<TAB>ماده ۱-<TAB><TAB>متن ماده
      art_1__note<TAB>تبصره-<TAB><TAB>متن تبصره

The cells of a line are the identifier, the label, the heading and the words; `⏎` stands for a line's end in the words. What is
written so is read as it is, without looking for labels.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.law.clause_status import clause_status
from parsers.law.labels import label_at
from parsers.law.tree import Tree
from parsers.law.vocabulary import ITEM
from parsers.law_models import EDITED_MARK, Clause
from parsers.lexicon import load
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

# What a law's page calls each head (`parsers/page/law.toml`).
LABELS = {
    "title": "title", "kind": "kind", "number": "number", "body": "issuer", "approved": "approved", "communicated": "notified",
    "gazetted": "gazette_date",
}  # fmt: skip
HEADS = tuple(LABELS)
_BETWEEN = "---"
_LINE_END = " ⏎ "
_INDENT = "  "
_EID = expression("[a-z]+(?:_[0-9a-z-]+)?(?:__[a-z]+(?:_[0-9a-z-]+)?)*")


class EditedTextError(ValueError):
    """An edited law that cannot be read; the message names the line."""


@dataclass(frozen=True, slots=True)
class EditedClause:
    """One line: a clause with its own words; `depth` is 0 for what stands in no other clause."""

    depth: int
    eid: str
    label: str
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class EditedLaw:
    """What an edited text holds: `heads` by the names of `HEADS`, the whole text of the law, and the tree of its clauses."""

    heads: Mapping[str, str]
    body: str
    tree: Tree


def write_edited(heads: Mapping[str, str | None], preamble: str, clauses: Iterable[EditedClause], closing: str) -> str:
    """Return a law as a text to edit."""
    lines = [EDITED_MARK, *(f"{name}: {heads.get(name) or ''}".rstrip() for name in HEADS)]
    lines += [f"preamble: {_in_one_line(preamble)}".rstrip(), f"closing: {_in_one_line(closing)}".rstrip(), _BETWEEN]
    lines += [
        _INDENT * clause.depth + "\t".join(map(_in_one_line, (clause.eid, clause.label, clause.heading, clause.words)))
        for clause in clauses
    ]
    return "\n".join(lines) + "\n"


def read_edited(text: str) -> EditedLaw:
    """Return the law that an edited text holds. Raises EditedTextError."""
    lines = text.replace("\r\n", "\n").split("\n")
    if lines[0].strip("\ufeff ") != EDITED_MARK or _BETWEEN not in lines:
        raise EditedTextError(f"line 1: not a law to edit, it begins with «{EDITED_MARK}» and has a line «{_BETWEEN}»")
    between = lines.index(_BETWEEN)
    said = dict(_heads(lines[1:between]))
    if not said.get("title"):
        raise EditedTextError("a law without a title")
    clauses = list(_clauses(lines, between + 1))
    if not clauses:
        raise EditedTextError("a law without clauses")
    heads = {name: said[name] for name in HEADS if said.get(name)}
    return _composed(heads, _in_lines(said.get("preamble", "")), clauses, _in_lines(said.get("closing", "")))


def _heads(lines: list[str]) -> Iterator[tuple[str, str]]:
    for place, line in enumerate(lines, 2):
        name, colon, value = line.partition(":")
        if line.strip() and not line.startswith("#"):
            if not colon or name.strip() not in (*HEADS, "preamble", "closing"):
                raise EditedTextError(f"line {place}: no head of a law: {line[:40]}")
            yield name.strip(), value.strip()


def _clauses(lines: list[str], start: int) -> Iterator[EditedClause]:
    seen: set[str] = set()
    depth = -1
    for place, line in enumerate(lines[start:], start + 1):
        if not line.strip() or line.startswith("#"):
            continue
        cells = [cell.strip() for cell in line.split("\t")]
        deep = (len(line) - len(line.lstrip(" "))) // len(_INDENT)
        if len(cells) != 4 or not _EID.fullmatch(cells[0]) or not cells[1]:
            raise EditedTextError(f"line {place}: a clause has four cells with tabs between: eId, label, heading, words")
        if cells[0] in seen:
            raise EditedTextError(f"line {place}: `{cells[0]}` stands twice")
        if deep > depth + 1:
            raise EditedTextError(f"line {place}: `{cells[0]}` is indented by more than one step")
        seen.add(cells[0])
        depth = deep
        yield EditedClause(deep, cells[0], cells[1], cells[2], _in_lines(cells[3]))


def _composed(heads: Mapping[str, str], preamble: str, clauses: list[EditedClause], closing: str) -> EditedLaw:
    parts = [f"{preamble}\n"] if preamble else []
    at = sum(map(len, parts))
    preamble_end = at
    found: list[Clause] = []
    around: list[str] = []
    for clause in clauses:
        parent = around[clause.depth - 1] if clause.depth else None
        around[clause.depth :] = [clause.eid]
        start, head = at, f"{clause.label} {clause.heading}".rstrip() + ("\n" if clause.heading else " ")
        text_start = at + len(head)
        at = text_start + len(clause.words) + 1
        parts += [head, clause.words, "\n"]
        found.append(_clause(clause, parent, start, text_start, at))
    return EditedLaw(heads, "".join([*parts, closing]).rstrip(), Tree(_with_ends(found, at), preamble_end, at))


def _clause(clause: EditedClause, parent: str | None, start: int, text_start: int, end: int) -> Clause:
    folded = fold(clause.label)
    label = label_at(folded, 0, len(folded), line=True)
    status, changed_on = clause_status(label.notes if label else (), fold(clause.words))
    unit = (label.unit if label else None) or _unit_of(clause.eid)
    number = label.number if label else _number_of(clause.eid)
    heading = clause.heading or None
    return Clause(clause.eid, unit, number, parent, clause.label, heading, start, text_start, end, end, status, changed_on)


def _with_ends(clauses: list[Clause], last: int) -> tuple[Clause, ...]:
    """Return the clauses, each with the end of what is in it."""
    parents = {clause.eid: clause.parent for clause in clauses}
    ends: dict[str, int] = {}
    for clause in clauses:
        above: str | None = clause.eid
        while above is not None:
            ends[above] = clause.text_end
            above = parents[above]
    return tuple(replace(clause, end=min(ends[clause.eid], last)) for clause in clauses)


def _unit_of(eid: str) -> str:
    prefix = eid.rpartition("__")[2].partition("_")[0]
    units = load("units")["unit"].values()
    return next((unit["name"] for unit in units if unit["eid"] == prefix), ITEM)


def _number_of(eid: str) -> int | str | None:
    number = eid.rpartition("__")[2].partition("_")[2]
    return int(number) if number.isdigit() else number or None


def _in_one_line(text: str) -> str:
    return _LINE_END.join(" ".join(line.split()) for line in text.split("\n") if line.strip())


def _in_lines(text: str) -> str:
    return "\n".join(part.strip() for part in text.split(_LINE_END.strip()) if part.strip())
