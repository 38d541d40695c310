"""The archive's state as Prometheus reads it: for `/-/metrics` of the web, and for a textfile of node_exporter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import generate_latest
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, Metric

from db.moments import instant
from db.read.documents import open_issues
from db.read.run_outcomes import last_run
from db.statements import statement
from db.upkeep.log import last_check, status
from db.watch.record import watch_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from sqlite_utils import Database

    from db.upkeep.log import LastCheck

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
_DOCUMENTS = statement("read/metrics_documents")
_RUNS = statement("read/metrics_runs")
_FRONTIER = "SELECT publisher, state, count(*) FROM frontier_urls GROUP BY 1, 2 ORDER BY 1, 2"
_DUE = "SELECT publisher, count(*) FROM frontier WHERE next_at <= strftime('%Y-%m-%dT%H:%M:%SZ') GROUP BY 1 ORDER BY 1"
_MOMENTS = (("started", 1, "When the last run began."), ("succeeded", 2, "When the last run that was done ended."))
_ENDINGS = ("done", "failed", "interrupted")
_COUNTS = ("discovered", "fetched", "not_modified", "inserted", "updated", "unchanged", "failed")


def metrics(db: Database, path: Path, check: LastCheck | None = None) -> str:
    """Return the archive's state in Prometheus' text format; moments are seconds since 1970, sizes bytes.

    `check` is the latest check, if it is not the one that the archive keeps.
    """
    registry = CollectorRegistry()
    registry.register(_Collector(db, path, check or last_check(db)))
    return generate_latest(registry).decode()


class _Collector:
    """What Prometheus' library asks for metrics."""

    def __init__(self, db: Database, path: Path, check: LastCheck) -> None:
        self._db = db
        self._path = path
        self._check = check

    def collect(self) -> Iterator[Metric]:
        """Yield every metric."""
        yield from _sizes(self._db, self._path)
        yield from _checks(self._check)
        yield from _documents(self._db)
        yield from _runs(self._db)
        yield from _frontier(self._db)
        issues = [((row["publisher"], row["code"], row["level"]), row["count"]) for row in open_issues(self._db)]
        yield _gauge("open_issues", "Open issues, by publisher, code and level.", ("publisher", "code", "level"), issues)
        watches = watch_rows(self._db)
        yield _counter(
            "watch_found", "Things that a watch has told of.", ("watch",), [((w["name"],), w["found"]) for w in watches]
        )
        waiting = [((w["name"],), w["waiting"]) for w in watches]
        yield _gauge("watch_waiting", "Messages of a watch that no target has taken yet.", ("watch",), waiting)


def _sizes(db: Database, path: Path) -> Iterator[Metric]:
    found = status(db, path)
    for name, says in (("bytes", "Size of the archive's file."), ("wal_bytes", "Size of its write-ahead log.")):
        yield _gauge(f"archive_{name}", says, (), [((), found[name])])


def _checks(last: LastCheck) -> Iterator[Metric]:
    yield _gauge("check_findings", "What the last check found.", (), [((), len(last.findings))])
    checked = [((), moment)] if (moment := _seconds(last.checked_at)) else []
    yield _gauge("check_timestamp_seconds", "When the archive was last checked.", (), checked)


def _documents(db: Database) -> Iterator[Metric]:
    rows = db.execute(_DOCUMENTS).fetchall()
    labels = ("publisher", "kind")
    yield _gauge("documents", "Documents, by publisher and kind.", labels, [((row[0], row[1]), row[2]) for row in rows])
    seen = [((row[0], row[1]), moment) for row in rows if (moment := _seconds(row[4]))]
    yield _gauge("newest_document_timestamp_seconds", "When the newest document was first seen.", labels, seen)


def _runs(db: Database) -> Iterator[Metric]:
    rows = db.execute(_RUNS).fetchall()
    ended = [((row[0], ending), number) for row in rows for ending, number in zip(_ENDINGS, row[3:], strict=True)]
    yield _counter("runs", "Runs, by command and how they ended.", ("command", "status"), ended)
    for name, place, says in (
        ("started", 1, "When the last run began."),
        ("succeeded", 2, "When the last run that was done ended."),
    ):
        moments = [((row[0],), moment) for row in rows if (moment := _seconds(row[place]))]
        yield _gauge(f"run_{name}_timestamp_seconds", says, ("command",), moments)
    last = last_run(db)
    counts = [((name,), last[name]) for name in _COUNTS if last[name] is not None] if last else []
    yield _gauge("last_run_pages", "What the last run did, by count.", ("count",), counts)


def _frontier(db: Database) -> Iterator[Metric]:
    states = [((publisher, state), count) for publisher, state, count in db.execute(_FRONTIER).fetchall()]
    yield _gauge("addresses", "Known addresses, by publisher and state.", ("publisher", "state"), states)
    due = [((publisher,), count) for publisher, count in db.execute(_DUE).fetchall()]
    yield _gauge("addresses_due", "Addresses that the next run asks for.", ("publisher",), due)


def _seconds(moment: str | None) -> float | None:
    return instant(moment).timestamp() if moment else None


def _gauge(name: str, says: str, labels: Sequence[str], values: Iterable[tuple[tuple[str, ...], float]]) -> Metric:
    return _filled(GaugeMetricFamily(f"bayegan_{name}", says, labels=labels), values)


def _counter(name: str, says: str, labels: Sequence[str], values: Iterable[tuple[tuple[str, ...], float]]) -> Metric:
    return _filled(CounterMetricFamily(f"bayegan_{name}", says, labels=labels), values)


def _filled[Family: (GaugeMetricFamily, CounterMetricFamily)](
    family: Family, values: Iterable[tuple[tuple[str, ...], float]]
) -> Family:
    for labels, value in values:
        family.add_metric(labels, value)
    return family
