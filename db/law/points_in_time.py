"""Read the stored versions of a law: as it stood on a day, two days side by side, one clause through its days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from db.errors import ArchiveError
from db.law.tree import about_law, own_eid
from db.statements import statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class DatedClause:
    """What a clause said from `valid_from` until `valid_to` (ISO days; None: not known, and still).

    `text` are its own words, `whole` the same with the clauses in it. `changed_by` is the title of the law that brought this
    version, `changed_by_id` its instrument, `changed_by_clause` the clause of it; None for the law's own text. `depth` is 0 for
    what stands in no other clause.
    """

    eid: str
    unit: str
    number: int | str | None
    parent: str | None
    depth: int
    label: str
    heading: str | None
    text: str
    whole: str
    valid_from: str | None
    valid_to: str | None
    changed_by: str | None
    changed_by_clause: str | None
    url: str | None
    changed_by_id: int | None = None


@dataclass(frozen=True, slots=True)
class LawOnDay:
    """A law as it stood on a day; `unknown` are clauses that it had and whose words of that day are not in the archive."""

    about: dict[str, Any]
    day: str
    clauses: tuple[DatedClause, ...]
    unknown: tuple[str, ...]

    def is_undated(self, clause: DatedClause) -> bool:
        """Return whether a clause is printed as amended on a day that nobody knows, so that it may have said something else."""
        return clause.valid_from is None and clause.changed_by is None and self.about["approved_on"] is not None

    @property
    def doubt(self) -> Literal["not_yet", "undated"] | None:
        """Whether the law was there on the day: approved later (`not_yet`), or on a day that nobody knows (`undated`)."""
        approved = self.about["approved_on"]
        if not approved:
            return "undated"
        return "not_yet" if self.day < approved else None


@dataclass(frozen=True, slots=True)
class ClauseDifference:
    """A clause on two days; None where it was not there. `changed_by` brought the later words, or took the clause away,
    on `changed_on`; `changed_by_id` is its instrument.
    """

    eid: str
    label: str
    before: str | None
    after: str | None
    changed_by: str | None
    changed_by_id: int | None = None
    changed_on: str | None = None


@dataclass(frozen=True, slots=True)
class ClauseHistory:
    """The versions of one clause, and the changes of it that its text could not follow."""

    about: dict[str, Any]
    eid: str
    versions: tuple[DatedClause, ...]
    unapplied: tuple[dict[str, Any], ...]


def law_on(db: Database, key: int | str, day: str) -> LawOnDay:
    """Return the law as it stood on an ISO day. Raises ArchiveError where the archive has no text of it."""
    about = about_law(db, key)
    every = _versions(db, about["instrument_id"])
    standing = [v for v in every if _holds(v, day, about)]
    there = {v.eid for v in standing}
    unknown = {v.eid for v in every if _began_unknown(v, day, about)} - there
    return LawOnDay(about, day, tuple(standing), tuple(sorted(unknown)))


def differences(db: Database, key: int | str, first: str, second: str) -> tuple[ClauseDifference, ...]:
    """Return the clauses whose own words differ between two ISO days, in the law's order. Raises ArchiveError."""
    about = about_law(db, key)
    every = _versions(db, about["instrument_id"])
    before, after = ({v.eid: v for v in every if _holds(v, day, about)} for day in (first, second))
    found = []
    for eid in dict.fromkeys(v.eid for v in every):
        old, new = before.get(eid), after.get(eid)
        words = tuple(version.text if version else None for version in (old, new))
        if words[0] != words[1]:
            brought = _brought_by([v for v in every if v.eid == eid and (v.valid_from or "") <= second]) if new else None
            changed_by, changed_by_id = (
                (brought.changed_by, brought.changed_by_id) if brought else _ended_by(db, about, eid, old)
            )  # fmt: skip
            changed_on = brought.valid_from if brought else old.valid_to if old else None
            label = (new or old or every[0]).label
            found.append(ClauseDifference(eid, label, words[0], words[1], changed_by, changed_by_id, changed_on))
    return tuple(found)


def _brought_by(versions: Sequence[DatedClause]) -> DatedClause:
    """Return the version that brought the own words of the last one: later ones may differ only in the clauses within."""
    last = versions[-1]
    same = next((n for n, version in enumerate(reversed(versions)) if version.text != last.text), len(versions))
    return versions[len(versions) - same]


def history(db: Database, key: int | str, eid: str) -> ClauseHistory:
    """Return every version of a clause. Raises ArchiveError where the law, or the clause in it, is not there."""
    about = about_law(db, key)
    own = own_eid(db, about["instrument_id"], eid)
    versions = tuple(v for v in _versions(db, about["instrument_id"]) if v.eid == own)
    if not versions:
        raise ArchiveError(f"{about['uri']}: no clause `{eid}`; `bayegan law show {about['uri']}` lists them")
    unapplied = tuple(db.query(statement("law/points_in_time_unapplied"), {"instrument": about["instrument_id"], "eid": own}))
    return ClauseHistory(about, own, versions, unapplied)


def _versions(db: Database, instrument_id: int) -> list[DatedClause]:
    rows = list(db.query(statement("law/points_in_time_versions"), [instrument_id]))
    depths = _depths((row["eid"], row["parent"]) for row in rows)
    return [DatedClause(**row, depth=depths[row["eid"]]) for row in rows]


def _depths(pairs: Iterable[tuple[str, str | None]]) -> dict[str, int]:
    parents = dict(pairs)
    depths: dict[str, int] = {}
    for eid, parent in parents.items():
        depth, above = 0, parent
        while above in parents and depth < len(parents):
            depth, above = depth + 1, parents[above]
        depths[eid] = depth
    return depths


def _holds(version: DatedClause, day: str, about: dict[str, Any]) -> bool:
    begins = version.valid_from or about["approved_on"]
    return (begins is None or begins <= day) and (version.valid_to is None or version.valid_to > day)


def _began_unknown(version: DatedClause, day: str, about: dict[str, Any]) -> bool:
    """Return whether a version is printed as amended later than the day, in a law that there was on the day."""
    approved = about["approved_on"]
    amended = version.changed_by is None and version.valid_from is not None and version.valid_from != approved
    return bool(amended and approved and approved <= day < (version.valid_from or ""))


def _ended_by(db: Database, about: dict[str, Any], eid: str, old: DatedClause | None) -> tuple[str | None, int | None]:
    """Return the law that took a clause away on the day on which its last version ends, and its instrument."""
    values = {"instrument": about["instrument_id"], "eid": eid, "day": old.valid_to if old else None}
    found = db.execute(statement("law/points_in_time_ended"), values).fetchone()
    return (str(found[0]), int(found[1])) if found else (None, None)
