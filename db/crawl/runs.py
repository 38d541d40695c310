"""Runs, what went wrong in them, and what the clock did meanwhile."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

from db.crawl.clock_readings import ClockReading, read_clocks
from db.errors import ArchiveError
from db.moments import SLACK, now

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlite_utils import Database

    from db.authority import Authority
    from db.transactions import Transactions
    from parsers.models import Issue

_READ = "clock_shown = ?, clock_steady = ?, clock_boot = ?, clock_step = ?"
_LAST = (
    "SELECT clock_shown, clock_steady, clock_boot, coalesce(clock_off, 0) FROM runs WHERE clock_shown IS NOT NULL "
    "ORDER BY id DESC LIMIT 1"
)
_SURE = _LAST.replace("clock_shown IS NOT NULL", "clock_off IS NOT NULL")
COUNTS = ("discovered", "fetched", "not_modified", "inserted", "updated", "unchanged", "failed")


class Runs:
    """The runs of one archive, their counts and issues."""

    def __init__(self, db: Database, authority: Authority, transactions: Transactions) -> None:
        self._db = db
        self._transactions = transactions
        self._authority = authority
        self._covered: set[tuple[int, str]] = set()
        self._begun: ClockReading | None = None  # when this run began, by two clocks
        self._read: ClockReading | None = None  # when it last wrote
        self._step = 0.0  # by how much the clock was set since it began, the most
        self.at_clock_set: Callable[[float], None] = lambda _seconds: None  # called with the seconds by which it was set
        self.at_end: Callable[[int], None] = lambda _run: None  # called with a run in the transaction that ends it

    def clear(self) -> None:
        """Forget what is noted, since a rollback may have taken it away."""
        self._covered.clear()
        self._read = None

    def was_cut_off(self) -> bool:
        """Return whether the last run has not come to its end; to be asked before `begin`."""
        return bool(self._db.execute("SELECT EXISTS (SELECT 1 FROM runs WHERE status = 'running')").fetchone()[0])

    def begin(self, command: str, publishers: Iterable[str] = ()) -> int:
        """Begin a run and return its id; a run that was killed before becomes `interrupted`."""
        with self._transactions.begin():
            self._db.execute("UPDATE runs SET status = 'interrupted' WHERE status = 'running'")
            gap = self._follow_clock()
            sql = "INSERT INTO runs (command, started_at, clock_gap) VALUES (?, ?, ?)"
            run = self._db.execute(sql, [command, now(), gap]).lastrowid or 0
            self._begun, self._step = self._read, 0.0
            self._note_clock(run)
            for slug in publishers:
                self.cover(run, slug)
        return int(run)

    def last_moment(self) -> datetime | None:
        """Return when the last run wrote in which servers said what time it is, or else the last run of all.

        It is by the servers' clocks if they were more than a day off from the machine's.
        """
        row = self._db.execute(_SURE).fetchone() or self._db.execute(_LAST).fetchone()
        if row is None:
            return None
        shown, _, _, off = row
        return datetime.fromtimestamp(shown + (off if abs(off) > SLACK.total_seconds() else 0.0), UTC)

    def note_servers_clock(self, run: int, seconds: float | None) -> None:
        """Note by how many seconds the clocks of servers were ahead of the machine's; None: no server said."""
        self._db.execute("UPDATE runs SET clock_off = ? WHERE id = ?", [seconds, run])

    def shown(self, steady: float) -> float:
        """Return what the clock shows (seconds of the epoch) when the steady one shows so much, as they were last read."""
        read = self._read or self._last_reading()
        return read.shown + steady - read.steady if read else steady

    def steady(self, shown: float) -> float:
        """Return what the steady clock shows when the other shows so much, as they were last read."""
        read = self._read or self._last_reading()
        return shown - read.shown + read.steady if read else shown

    def _follow_clock(self) -> float:
        """Read the clocks; return by how many seconds the one that shows the date was set since a run last wrote."""
        before = self._read or self._last_reading()
        self._read = read_clocks()
        seconds = self._read.set_since(before) if before else 0.0
        if abs(seconds) > 1:
            self.at_clock_set(seconds)
        return seconds

    def _last_reading(self) -> ClockReading | None:
        row = self._db.execute(_LAST).fetchone()
        return ClockReading(*row[:3]) if row else None

    def _note_clock(self, run: int) -> None:
        """Note what the clocks showed in the last reading."""
        read = self._read or read_clocks()
        if self._begun:
            self._step = max(self._step, read.set_since(self._begun), key=abs)
        values = [read.shown, read.steady, read.boot, self._step, run]
        self._db.execute(f"UPDATE runs SET {_READ} WHERE id = ?", values)  # noqa: S608 - our own columns

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
            self._follow_clock()
            self._note_clock(run)

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
