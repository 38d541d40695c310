"""What is read out of a law: its clauses, what it does to other laws, what it says of itself.

Offsets and days are those of `parsers.models`. Apart from it, because only a capture whose verdict is `law` has one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from parsers.models import Section

EDITED_MARK = "# bayegan law 1"  # with what a law as a person edits it begins
ClauseStatus = Literal["in_force", "amended", "inserted", "repealed"]
RelationKind = Literal["amends", "inserts", "cancels", "repeals"]
# How the text of a clause changes: other words in it, another text (`replace_own`: its notes and items stay), a new clause, none
# any more, a longer time, another title.
Change = Literal[
    "replace_words", "insert_words", "delete_words", "replace", "replace_own", "insert", "repeal", "extend", "rename"
]


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of a law, with its place in the article's body.

    `start` is where its label begins, `text_start` where the words after the label (and the heading's label) begin, `text_end`
    where its own words end and the first clause within it begins, `end` where the last clause within it ends. `label` is as
    printed, `parent` an eId. `changed_on` is the day that the text gives for an amendment, insertion or repeal.
    """

    eid: str
    unit: str
    number: int | str | None
    parent: str | None
    label: str
    heading: str | None
    start: int
    text_start: int
    text_end: int
    end: int
    status: ClauseStatus = "in_force"
    changed_on: str | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """What a law says that it does to another: `eid` is the clause of the other, `source` the clause that says so.

    `year` is the Jalali year of approval by which the other law is named. `change` is how its text changes: `old` and `new` are
    the words taken out and put in, `beside` those next to which they are put, `before` them or after; None: at the end or the
    beginning of the clause. `clauses` are those of the new text, under their eIds in the other law; their places are in this
    law's body.
    """

    kind: RelationKind
    title: str
    start: int
    end: int
    surface: str
    body: str | None = None
    eid: str | None = None
    source: str | None = None
    on: str | None = None
    section: Section = "body"
    year: int | None = None
    change: Change | None = None
    old: str | None = None
    new: str | None = None
    beside: str | None = None
    before: bool = False
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Law:
    """What the text of a law says of itself, and its clauses in the order of the text.

    `title` is canonical where the lexicon lists the law, `titles` are other names that the text gives it; `body` is who
    issued it, `sessions` the meetings that passed it, `year` the Jalali year of approval. What stands before `preamble_end` and
    from `closing_start` on in the article's body is of no clause: letterheads, recitals, signatures. Days are ISO.
    """

    title: str
    kind: str
    clauses: tuple[Clause, ...]
    preamble_end: int
    closing_start: int
    titles: tuple[str, ...] = ()
    number: str | None = None
    body: str | None = None
    approved_on: str | None = None
    communicated_on: str | None = None
    communicated_number: str | None = None
    gazetted_on: str | None = None
    gazette_number: str | None = None
    sessions: tuple[int, ...] = ()
    relations: tuple[Relation, ...] = ()
    year: int | None = None
