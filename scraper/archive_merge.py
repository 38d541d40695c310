"""One archive into another: every document's captures and revisions in the order of time, as if one crawl had seen them all.

Merging twice changes nothing, and neither does the order of archives but for the numbers of rows. Runs, issues and the state of
crawls stay where they are: they tell of their own archive.
"""

from __future__ import annotations

from itertools import batched
from typing import TYPE_CHECKING, Literal, NamedTuple

from db import Archive
from db.write import merge
from parsers.record import parse
from scraper.input_files import InputError
from scraper.registry import rules_for

if TYPE_CHECKING:
    from collections import Counter
    from pathlib import Path

    from db.write.merge import Entry, Known
    from parsers.models import Capture, Record
    from scraper.registry import Registry

_BATCH = 50
_MAGIC = b"SQLite format 3\0"


class _HistoryText(NamedTuple):
    """One text of the joint history, and which archive it is of."""

    entry: Entry
    source: Literal["ours", "theirs"]


def is_archive(path: Path) -> bool:
    """Whether a path is a SQLite database, which only an archive can be here."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def merge_archive(archive: Archive, registry: Registry, path: Path, counts: Counter[str]) -> None:
    """Adds what the archive at `path` has. Raises InputError where it is this very one, ArchiveError where it is none."""
    if path.resolve() == archive.path:
        raise InputError(f"{path}: is this archive itself")
    with Archive(path, readonly=True) as other:
        joining = _DocumentMerger(archive, other, registry)
        for batch in batched(merge.documents(other.db), _BATCH):
            with archive.transaction():
                for known in batch:
                    counts["discovered"] += 1
                    counts["fetched"] += 1
                    counts[joining.join(known)] += 1


class _DocumentMerger:
    """Two archives, one of which takes from the other."""

    def __init__(self, archive: Archive, other: Archive, registry: Registry) -> None:
        self._archive, self._other, self._registry = archive, other, registry

    def join(self, known: Known) -> str:
        """Joins one document of the other archive to ours; what came of it, as a run counts."""
        addresses = merge.urls(self._other.db, known.document_id)
        document_id = merge.find(self._archive.db, known.publisher, addresses)
        theirs = merge.history(self._other.db, known.document_id)
        if document_id is None:
            stored = [self._archive.store(*self._page(_HistoryText(entry, "theirs"))) for entry in theirs]
            document_id = next((one.document_id for one in stored if one.document_id is not None), None)
            if document_id is not None:
                merge.absorb(self._archive.db, document_id, known, addresses)
            return "failed" if document_id is None else "inserted"
        ours = merge.history(self._archive.db, document_id)
        joint = _joint(ours, theirs)
        changed = [text.entry for text in joint] != ours
        if changed and [text.entry for text in joint[: len(ours)]] == ours:
            for text in joint[len(ours) :]:
                self._archive.store(*self._page(text))
        elif changed:
            self._archive.rewrite(document_id, [self._page(text) for text in joint])
        merge.absorb(self._archive.db, document_id, known, addresses)
        return "updated" if changed else "unchanged"

    def _page(self, text: _HistoryText) -> tuple[Capture, Record]:
        source = self._archive if text.source == "ours" else self._other
        capture = source.captures.read(text.entry.capture_id)
        return capture, parse(capture, rules_for(self._registry, capture))


def _joint(ours: list[Entry], theirs: list[Entry]) -> list[_HistoryText]:
    """Both histories as one, in the order of time; a text that only repeats the one before it is no revision."""
    texts = [*(_HistoryText(entry, "ours") for entry in ours), *(_HistoryText(entry, "theirs") for entry in theirs)]
    joint: list[_HistoryText] = []
    for text in sorted(texts, key=lambda text: (merge.moment(text.entry.captured_at), text.entry.text_hash, text.source)):
        if not joint or joint[-1].entry.text_hash != text.entry.text_hash:
            joint.append(text)
    return joint
