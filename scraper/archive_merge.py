"""One archive into another: every document's pages in the order of time, as if one crawl had seen them all.

Merging twice changes nothing, and neither does the order of archives but for the numbers of rows. Runs, issues and the state of
crawls stay where they are: they belong to their own archive.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import batched
from typing import TYPE_CHECKING

from db import Archive, ArchiveError
from db.moments import instant, known_moment
from db.write import merge
from db.write.revision_rows import text_hash
from scraper.input_files import InputError
from scraper.parser_process import PATIENCE, ParsingFailed, shared_process
from scraper.registry import rules_for
from scraper.reparse import unreadable

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable
    from pathlib import Path

    from db.write.merge import Look, MergedDocument
    from scraper.registry import Registry

_BATCH = 50
_MAGIC = b"SQLite format 3\0"


def is_archive(path: Path) -> bool:
    """Return whether a path is a SQLite database, which only an archive can be here."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def merge_archive(
    archive: Archive,
    registry: Registry,
    path: Path,
    counts: Counter[str],
    complain: Callable[[str], None],
    seconds: float = PATIENCE,
) -> None:
    """Add what the archive at `path` has; captures that are damaged or cannot be parsed within `seconds` go to `complain`.

    Raises InputError if it is this very archive, ArchiveError if it is none.
    """
    if path.resolve() == archive.path:
        raise InputError(f"{path}: is this archive itself")
    with Archive(path, readonly=True) as other:
        merge.refuse_strange(other.db, path)
        joining = _DocumentMerger(archive, other, registry, complain, seconds)
        for batch in batched(merge.documents(other.db), _BATCH):
            with archive.transaction():
                for document in batch:
                    counts["discovered"] += 1
                    counts["fetched"] += 1
                    counts[joining.join(document)] += 1


class _DocumentMerger:
    """Two archives, one of which takes from the other."""

    def __init__(
        self, archive: Archive, other: Archive, registry: Registry, complain: Callable[[str], None], seconds: float
    ) -> None:
        self._archive, self._other, self._complain = archive, other, complain
        self._registry = registry.with_furniture(archive.furniture())
        self._seconds = seconds
        self._is_damaged = False  # whether a page of the document that is joined could not be read

    def join(self, document: MergedDocument) -> str:
        """Join one document of the other archive to ours; return what came of it, as a run counts."""
        self._is_damaged = False
        addresses = merge.urls(self._other.db, document.document_id)
        ours = merge.find(self._archive.db, document.publisher, addresses)
        outcome = "inserted" if ours is None else "unchanged"
        known = {(instant(look.seen_at), look.text_hash) for look in merge.looks(self._archive.db, ours)} if ours else set()
        digests: dict[bytes, bytes] = {}  # texts as the other archive has them, as today's parsers read them
        for look in merge.looks(self._other.db, document.document_id):
            if (instant(look.seen_at), look.text_hash) in known:
                continue
            ours, changed = self._add(look, ours, digests)
            outcome = "updated" if changed and outcome == "unchanged" else outcome
        if ours is None:
            return "failed"
        merge.absorb(self._archive.db, ours, document, addresses)
        return "failed" if self._is_damaged else outcome

    def _add(self, look: Look, ours: int | None, digests: dict[bytes, bytes]) -> tuple[int | None, bool]:
        """Add one look at a page; return our document and whether its history changed."""
        if not look.has_bytes:
            digest = digests.get(look.text_hash, look.text_hash)
            return ours, ours is not None and self._archive.note_sighting(ours, look.seen_at, digest)
        try:
            capture = self._other.captures.read(look.capture_id)
            if known_moment(capture.fetched_at) is None:  # nobody knew, or a wrong clock did
                capture = replace(capture, fetched_at=look.seen_at)
            record = shared_process.parse(capture, rules_for(self._registry, capture), self._seconds)
        except (ArchiveError, ParsingFailed) as error:  # one such page does not cost the others
            self._complain(f"capture {look.capture_id}: {error}")
            self._is_damaged = True
            return ours, False
        stored = self._archive.store(capture, record)
        if stored.document_id is None:
            self._complain(
                f"capture {look.capture_id}: not stored, {unreadable(record) or f'{record.verdict}: {record.evidence}'}"
            )
            self._is_damaged = True
        digests[look.text_hash] = text_hash(record.article)
        return stored.document_id or ours, stored.outcome in ("inserted", "updated")
