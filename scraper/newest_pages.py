"""A publisher's newest pages held against other readers: htmldate's day, trafilatura's title."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers import parse
from parsers.page import field_disagreements
from scraper.field_majority import FieldMajority
from scraper.registry import rules_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db import Archive
    from parsers.models import Capture, Issue
    from scraper.registry import Registry

# One page in so many, within these bounds.
_ONE_IN = 50
_FEWEST, _MOST = 3, 6
_NEWEST = (
    "SELECT max(c.id) FROM documents d JOIN captures c ON c.document_id = d.id WHERE d.kind = 'article' AND c.repeats_id IS NULL "
    "AND d.publisher_id = (SELECT id FROM publishers WHERE slug = ?) GROUP BY d.id ORDER BY d.id DESC LIMIT ?"
)
_COUNT = "SELECT count(*) FROM documents WHERE kind = 'article' AND publisher_id = (SELECT id FROM publishers WHERE slug = ?)"
CODES = frozenset(("title_disagrees", "day_disagrees"))


def compare_newest(archive: Archive, registry: Registry, slug: str) -> tuple[Issue, ...]:
    """Return an issue for each field that other readers read otherwise on most of a publisher's newest pages, with examples."""
    majority = FieldMajority()
    issues: tuple[Issue, ...] = ()
    for capture in _newest(archive, slug):
        issues = majority.add(field_disagreements(capture, parse(capture, rules_for(registry, capture))))
    return issues


def _newest(archive: Archive, slug: str) -> Iterator[Capture]:
    count = int(archive.db.execute(_COUNT, [slug]).fetchone()[0])
    wanted = min(_MOST, max(_FEWEST, count // _ONE_IN))
    for (capture_id,) in archive.db.execute(_NEWEST, [slug, wanted]).fetchall():
        yield archive.captures.read(capture_id)
