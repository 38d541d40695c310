"""A law on another day, two of its days side by side, a clause through its days."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.law.points_in_time import differences, history, law_on
from db.moments import present
from db.read import word_diff
from db.read.jalali_dates import TEHRAN
from db.web.pages import BadRequest, NotFound
from db.web.render import WebPage
from db.web.typed_days import typed_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from db.law.points_in_time import ClauseHistory, LawOnDay
    from db.web.pages import Asked

_FIRST, _LAST = "0001-01-01", "9999-12-31"


@dataclass(frozen=True, slots=True)
class ShownDay:
    """What a page shows of a law on a day: the day as it was asked for, and the clauses with their depth from the first one."""

    day: str
    clauses: tuple[dict[str, Any], ...]
    unknown: tuple[str, ...]


def asked_day(asked: Asked) -> str | None:
    """Return the ISO day of the address's `on`, if any. Raises BadRequest."""
    return typed_day(asked.query["on"], asked.edition.word("on", "parameters")) if asked.query.get("on", "").strip() else None


def today() -> str:
    """Return the ISO day on which the page is made, in Tehran."""
    return present().astimezone(TEHRAN).date().isoformat()


def shown_on(db: Database, instrument_id: int, day: str, eid: str | None = None) -> ShownDay:
    """Return a law, or one clause of it with those in it, as it stood on a day."""
    law: LawOnDay = law_on(db, instrument_id, day)
    inside = [c for c in law.clauses if eid is None or c.eid == eid or c.eid.startswith(f"{eid}__")]
    least = min((clause.depth for clause in inside), default=0)
    unknown = tuple(one for one in law.unknown if eid is None or one == eid or one.startswith(f"{eid}__"))
    clauses = ({**asdict(one), "depth": one.depth - least, "undated": law.is_undated(one)} for one in inside)
    return ShownDay(day, tuple(clauses), unknown)


def has_versions(db: Database, instrument_id: int) -> bool:
    """Return whether a law has said something else on another day, as far as the archive knows."""
    sql = "SELECT 1 FROM clause_versions WHERE instrument_id = ? AND (by_revision_id IS NOT NULL OR valid_to IS NOT NULL) LIMIT 1"
    return db.execute(sql, [instrument_id]).fetchone() is not None


def versions_of(db: Database, instrument_id: int, eid: str) -> list[dict[str, Any]]:
    """Return the versions of a clause, oldest first, each with its words marked against the version before it (`lines`)."""
    try:
        found: ClauseHistory = history(db, instrument_id, eid)
    except ArchiveError:
        return []
    shown, before = [], None
    for version in found.versions:
        text = f"{version.label} {version.whole}"
        shown.append({**asdict(version), "lines": _lines(before, text)})
        before = text
    return shown


def unapplied_of(db: Database, instrument_id: int, eid: str) -> Sequence[dict[str, Any]]:
    """Return the changes of a clause that its text could not follow, with the reason."""
    try:
        return history(db, instrument_id, eid).unapplied
    except ArchiveError:
        return ()


def compare(db: Database, asked: Asked) -> WebPage:
    """Return what changed in a law between the days `a` and `b`, and which law changed it; by default all that is known."""
    instrument_id = asked.number("instrument")
    first = typed_day(asked.query["a"], asked.edition.say("day_from")) if asked.query.get("a", "").strip() else None
    second = typed_day(asked.query["b"], asked.edition.say("day_to")) if asked.query.get("b", "").strip() else None
    if first and second and first > second:
        raise BadRequest("first_before_second")
    try:
        law = law_on(db, instrument_id, second or _LAST)
        found = differences(db, instrument_id, first or law.about["approved_on"] or _FIRST, second or _LAST)
    except ArchiveError as error:
        raise NotFound("no_law_text") from error
    rows = [{**asdict(one), "lines": _lines(one.before, one.after or "")} for one in found]
    data: dict[str, Any] = {"about": law.about, "first": first, "second": second, "rows": rows}
    table = [asdict(one) for one in found]
    value = {"about": law.about, "a": first, "b": second, "differences": table}
    return WebPage("compare.html", str(asked.edition.say("compare_days_title", title=law.about["title"])), data, table, value)


def _lines(before: str | None, after: str) -> list[list[dict[str, str]]]:
    """Return the lines of a text with what went and what came, against the text before it, if any."""
    told = word_diff.lines(before, after) if before is not None else ([("same", line)] for line in after.split("\n"))
    return [[{"kind": kind, "text": text} for kind, text in line] for line in told]
