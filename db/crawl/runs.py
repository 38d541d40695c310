"""Runs and what went wrong in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from db.errors import ArchiveError
from db.moments import now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlite_utils import Database

    from db.authority import Authority
    from db.transactions import Transactions
    from parsers.models import Issue

COUNTS = ("discovered", "fetched", "not_modified", "inserted", "updated", "unchanged", "failed")


class Runs:
    """The runs of one archive, their counts and issues."""

    def __init__(self, db: Database, authority: Authority, transactions: Transactions) -> None:
        self._db = db
        self._transactions = transactions
        self._authority = authority
        self._covered: set[tuple[int, str]] = set()
        self.at_end: Callable[[int], None] = lambda _run: None  # called with a run in the transaction that ends it

    def clear(self) -> None:
        """Forget which publishers are noted, since a rollback may have taken the rows away."""
        self._covered.clear()

    def was_cut_off(self) -> bool:
        """Return whether the last run has not come to its end; to be asked before `begin`."""
        return bool(self._db.execute("SELECT EXISTS (SELECT 1 FROM runs WHERE status = 'running')").fetchone()[0])

    def begin(self, command: str, publishers: Iterable[str] = ()) -> int:
        """Begin a run and return its id; a run that was killed before becomes `interrupted`."""
        with self._transactions.begin():
            self._db.execute("UPDATE runs SET status = 'interrupted' WHERE status = 'running'")
            run = self._db.execute("INSERT INTO runs (command, started_at) VALUES (?, ?)", [command, now()]).lastrowid or 0
            for slug in publishers:
                self.cover(run, slug)
        return int(run)

    def cover(self, run: int, publisher: str) -> None:
        """Notes that the run goes for this publisher: issues of it that the run does not meet are closed by its end."""
        if (run, publisher) not in self._covered:
            row = [run, self._authority.publisher(publisher)]
            self._db.execute("INSERT OR IGNORE INTO run_publishers VALUES (?, ?)", row)
            self._covered.add((run, publisher))

    def count(self, run: int, counts: Mapping[str, int]) -> None:
        """Sets counts of a run (`COUNTS`); those not given stay. Raises ArchiveError on a name that is none."""
        unknown = sorted(set(counts) - set(COUNTS))
        if unknown:
            raise ArchiveError(f"a run has no count `{unknown[0]}`; it has {', '.join(COUNTS)}")
        if counts:
            changes = ", ".join(f"{name} = ?" for name in counts)
            self._db.execute(f"UPDATE runs SET {changes} WHERE id = ?", [*counts.values(), run])  # noqa: S608

    def note_issue(self, run: int, publisher: str, issue: Issue, url: str | None = None) -> None:
        """One occurrence of an issue, met in this run on this publisher."""
        self.cover(run, publisher)
        self._db.execute(
            "INSERT INTO issues (run_id, publisher_id, code, level, message, url, noted_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
            [run, self._authority.publisher(publisher), issue.code, issue.level, issue.message, url, now()],
        )

    def finish(
        self, run: int, status: Literal["done", "failed"], counts: Mapping[str, int] | None = None, *, closes: bool = True
    ) -> None:
        """Ends a run and closes the open issues of its publishers that it went without.

        `closes=False` is for a run that was stopped half-way: what it did not meet may still be so.
        """
        with self._transactions.begin():
            self.count(run, counts or {})
            self._db.execute("UPDATE runs SET status = ?, finished_at = ? WHERE id = ?", [status, now(), run])
            if closes:
                self._close_issues(run)
            self.at_end(run)

    def _close_issues(self, run: int) -> None:
        """Close the open issues of the run's publishers that it went without."""
        self._db.execute(
            "UPDATE issues SET closed_run_id = :run WHERE closed_run_id IS NULL AND run_id <> :run "
            "AND publisher_id IN (SELECT publisher_id FROM run_publishers WHERE run_id = :run) "
            "AND NOT EXISTS (SELECT 1 FROM issues m WHERE m.run_id = :run AND m.publisher_id = issues.publisher_id "
            "AND m.code = issues.code)",
            {"run": run},
        )

    def reasons(self, run: int) -> list[tuple[str, str, int, str]]:
        """Return what a run met that is worse than info: publisher, code, how often, one of its messages; the commonest first."""
        sql = (
            "SELECT p.slug, i.code, count(*) AS n, min(i.message) FROM issues i JOIN publishers p ON p.id = i.publisher_id "
            "WHERE i.run_id = ? AND i.level <> 'info' GROUP BY p.id, i.code ORDER BY n DESC, p.slug, i.code"
        )
        return self._db.execute(sql, [run]).fetchall()

    def issues_met(self, run: int, *levels: str) -> int:
        """Return how many issues of these levels the run has met."""
        marks = ", ".join("?" * len(levels))
        sql = f"SELECT count(*) FROM issues WHERE run_id = ? AND level IN ({marks})"  # noqa: S608
        return int(self._db.execute(sql, [run, *levels]).fetchone()[0])
