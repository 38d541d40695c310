"""Everything that is wrong with an archive now: open issues, and each publisher by what is expected of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from db.read.clocks import clock_issues
from db.read.health import CODES, judge, judge_usual
from db.read.run_outcomes import run_issues
from db.upkeep.log import check_issues
from db.write.furniture import furniture_issues
from db.write_ahead_log import log_issues
from scraper.newest_pages import CODES as DISAGREE
from scraper.newest_pages import compare_newest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db import Archive
    from parsers.models import Issue
    from scraper.registry import Registry


def health_issues(archive: Archive, registry: Registry, *, compare: bool = True) -> list[dict[str, Any]]:
    """Return a row for each issue: publisher (`-`: the archive itself), level, code, count, message, last_seen_at, example_url.

    Publishers are judged by `[health]` of their file once they were crawled, and by what is usual where it has none. With
    `compare` the fields of their newest pages are held against what other readers make of them.
    """
    judged, fresh = dict(_judged(archive, registry)), CODES
    if compare:
        judged, fresh = (
            {slug: (*found, *compare_newest(archive, registry, slug)) for slug, found in judged.items()},
            CODES | DISAGREE,
        )
    noted = (row for row in archive.open_issues() if not (row["publisher"] in judged and row["code"] in fresh))
    rows = list(noted)
    for slug, issues in judged.items():
        publisher = registry.find(slug)
        rows += [_row(slug, issue, publisher.homepage if publisher else None) for issue in issues]
    rows += [_row(slug, issue, None) for slug, issue in furniture_issues(archive.db)]
    of_archive = (*run_issues(archive.db), *clock_issues(archive.db), *check_issues(archive.db), *log_issues(archive.path))
    return rows + [_row("-", issue, None) for issue in of_archive]


def _judged(archive: Archive, registry: Registry) -> Iterator[tuple[str, tuple[Issue, ...]]]:
    """Yield each publisher that is judged, and what is wrong with it."""
    crawled = {row[0] for row in archive.db.execute("SELECT DISTINCT publisher FROM frontier_urls")}
    for (slug,) in archive.db.execute("SELECT slug FROM publishers ORDER BY slug").fetchall():
        publisher = registry.find(slug)
        expected = publisher.health if publisher else None
        if expected is None:
            yield slug, judge_usual(archive.db, slug)
        elif slug in crawled:
            yield slug, judge(archive.db, slug, **asdict(expected))


def _row(slug: str, issue: Issue, url: str | None) -> dict[str, Any]:
    return {
        "publisher": slug, "level": issue.level, "code": issue.code, "count": 1, "message": issue.message, "last_seen_at": None,
        "example_url": url,
    }  # fmt: skip
