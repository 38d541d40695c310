"""Changes of laws in Akoma Ntoso: events and times of a law that others change, modifications of one that changes others."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

from db.law.points_in_time import law_on
from db.law.tree import ClauseNode
from db.statements import statement

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from sqlite_utils import Database

    from db.law.tree import LawTree

_LAST_DAY = "9999-12-31"
_TYPES = {
    "replace_words": "substitution", "replace": "substitution", "replace_own": "substitution", "rename": "substitution",
    "insert_words": "insertion", "insert": "insertion", "delete_words": "repeal", "repeal": "repeal",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class QuotedClause:
    """A clause of new text within an amending law's clause; `start` and `end` index the body, `text` are its own words."""

    eid: str
    unit: str
    parent: str | None
    label: str
    heading: str | None
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What the export needs to know of changes.

    `nodes` is the law as it stands, None where it stands as it is printed; `events` are the (day, URI, title) of the laws that
    changed it, `periods` the number of the event since which a clause says what it says. `quoted` is new text by the clause that
    brings it, `cited` the (words, URI, eId) that a clause cites, in order. `body` is the printed body.
    """

    nodes: tuple[ClauseNode, ...] | None = None
    events: tuple[tuple[str, str, str], ...] = ()
    periods: Mapping[str, int] = field(default_factory=dict)
    quoted: Mapping[str, tuple[QuotedClause, ...]] = field(default_factory=dict)
    cited: Mapping[str, tuple[tuple[str, str, str], ...]] = field(default_factory=dict)
    body: str = ""


def changes_of(db: Database, law: LawTree) -> Changes:
    """Return what is known of the changes of a law and of those that it makes."""
    instrument_id = law.about["instrument_id"]
    standing = law_on(db, instrument_id, _LAST_DAY)
    events = tuple(db.execute(statement("law/akoma_ntoso_events"), [instrument_id]).fetchall())
    numbers = {(day, title): n for n, (day, _, title) in enumerate(events, 1)}
    periods = {c.eid: numbers[c.valid_from, c.changed_by] for c in standing.clauses if (c.valid_from, c.changed_by) in numbers}
    body = db.execute(statement("law/akoma_ntoso_body"), [instrument_id]).fetchone()[0]
    nodes = tuple(_node(clause) for clause in standing.clauses) if events else None
    cited: dict[str, list[tuple[str, str, str]]] = {}
    for start, words, uri, eid in db.execute(statement("law/akoma_ntoso_cited"), [instrument_id]):
        around = next((node for node in reversed(law.nodes) if node.text_start <= start < node.text_end), None)
        if around:
            cited.setdefault(around.eid, []).append((words, uri, eid))
    return Changes(nodes, events, periods, _quoted(db, instrument_id, body), {eid: tuple(c) for eid, c in cited.items()}, body)


def _quoted(db: Database, instrument_id: int, body: str) -> dict[str, tuple[QuotedClause, ...]]:
    """Return the clauses of new text by the clause that brings them, each once."""
    found: dict[str, dict[int, QuotedClause]] = {}
    for row in db.query(statement("law/akoma_ntoso_quoted"), [instrument_id]):
        text = body[row["text_start"] : row["text_end"]].strip()
        clause = QuotedClause(
            row["eid"], row["unit"], row["parent_eid"], row["label"], row["heading"], text, row["start"], row["text_end"]
        )
        found.setdefault(row["source_eid"], {}).setdefault(row["start"], clause)
    return {source: tuple(clauses[start] for start in sorted(clauses)) for source, clauses in found.items()}


def _node(clause: Any) -> ClauseNode:
    return ClauseNode(
        clause.eid, clause.unit, clause.number, clause.parent, clause.depth, clause.label, clause.heading, clause.text,
        "in_force", clause.valid_from, 0, 0, 0, 0, 0,
    )  # fmt: skip


def lifecycle(day: str, changes: Changes) -> str:
    """Return the events of a law's life: its making, and the laws that changed it."""
    made = f'<eventRef eId="evt_0" date="{day}" type="generation" source="#original"/>'
    events = (
        f'<eventRef eId="evt_{n}" date="{on}" type="amendment" source="#am_{n}"/>'
        for n, (on, _, _) in enumerate(changes.events, 1)
    )
    return f'<lifecycle source="#bayegan">{made}{"".join(events)}</lifecycle>'


def temporal_data(changes: Changes) -> str:
    """Return the times since which clauses are as they are, one for each event."""
    groups = "".join(
        f'<temporalGroup eId="tg_{n}"><timeInterval refersTo="#inForce" start="#evt_{n}"/></temporalGroup>'
        for n in sorted(set(changes.periods.values()))
    )
    return f'<temporalData source="#bayegan">{groups}</temporalData>' if groups else ""


def analysis(law: LawTree) -> str:
    """Return the modifications that a law makes in others."""
    mods = []
    for n, change in enumerate(law.changes, 1):
        kind = _TYPES.get(change["change"] or "")
        if kind:
            place = f"#{change['source_eid']}" if change["source_eid"] else "#original"
            target = f"/akn{change['changed_uri']}" + (f"/~{change['changed_eid']}" if change["changed_eid"] else "")
            mods.append(
                f'<textualMod type="{kind}" eId="pmod_{n}"><source href={quoteattr(place)}/>'
                f"<destination href={quoteattr(target)}/></textualMod>"
            )
    if not mods:
        return ""
    return f'<analysis source="#bayegan"><activeModifications>{"".join(mods)}</activeModifications></analysis>'


def references(uri: str, title: str, changes: Changes) -> str:
    """Return the law itself and the laws that changed it."""
    own = f'<original eId="original" href={quoteattr(uri)} showAs={quoteattr(title)}/>'
    others = (
        f'<passiveRef eId="am_{n}" href={quoteattr(f"/akn{by}")} showAs={quoteattr(name)}/>'
        for n, (_, by, name) in enumerate(changes.events, 1)
    )
    concept = '<TLCConcept eId="inForce" href="/ontology/concept/inForce" showAs="in force"/>' if changes.periods else ""
    return own + "".join(others) + concept
