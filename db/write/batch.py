"""New rows, gathered page by page and written table by table.

One statement a table for a batch of pages costs a fraction of one for each row. Rows of a batch are not in the tables yet:
whoever looks for a page has to ask the batch first, and to write it if it knows the address.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlite_utils import Database

    from db.write.revision_rows import Column

Table = Literal["blobs", "documents", "captures", "revisions", "document_urls"]
# A row points to rows of tables before its own. (Documents point to revisions and captures to documents at commit only.)
_TABLES: tuple[Table, ...] = ("blobs", "documents", "captures", "revisions", "document_urls")


class Batch:
    """The rows that some pages add to an archive."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._rows: dict[Table, list[Mapping[str, Column]]] = {table: [] for table in _TABLES}
        self._dependent: dict[str, list[tuple[Column, ...]]] = {}
        self._ids: dict[Table, int] = {}
        self._urls: dict[tuple[int, str], int] = {}
        self._blobs: dict[bytes, int] = {}
        self._packed: list[tuple[int, bytes, Mapping[str, Column]]] = []
        self.before_write: Callable[[], None] = lambda: None

    def next_id(self, table: Table) -> int:
        """Return the id that the next row of a table takes."""
        if table not in self._ids:
            sql = f"SELECT coalesce(max(id), 0) FROM {table}"  # noqa: S608
            self._ids[table] = int(self._db.execute(sql).fetchone()[0])
        self._ids[table] += 1
        return self._ids[table]

    def add(self, table: Table, row: Mapping[str, Column]) -> None:
        """Add one row; rows of one table have the same columns in the same order."""
        self._rows[table].append(row)

    def add_dependent(self, insert: str, rows: Sequence[tuple[Column, ...]]) -> None:
        """Add rows of any other table, to be written by this statement after the rows they point to."""
        if rows:
            self._dependent.setdefault(insert, []).extend(rows)

    def add_url(self, publisher_id: int, url: str, document_id: int) -> None:
        """Add an address under which a document was met, unless it is another document's in this batch."""
        if self._urls.setdefault((publisher_id, url), document_id) == document_id:
            self.add("document_urls", {"publisher_id": publisher_id, "url": url, "document_id": document_id})

    def has_url(self, publisher_id: int, url: str | None) -> bool:
        """Return whether a document of the batch was met under this address."""
        return (publisher_id, url) in self._urls

    def add_blob(self, digest: bytes, row: Mapping[str, Column]) -> int:
        """Add bytes by their SHA-256; return the blob's id. The row may be filled in by `before_write`."""
        self._blobs[digest] = number = self.next_id("blobs")
        self._packed.append((number, digest, row))
        return number

    def blob(self, digest: bytes) -> int | None:
        """Return the id of these bytes if they are in the batch."""
        return self._blobs.get(digest)

    def write(self) -> None:
        """Write all rows, and empty the batch."""
        self.before_write()
        self._rows["blobs"] = [{"id": number, "sha256": digest, **row} for number, digest, row in self._packed]
        for table, rows in self._rows.items():
            if rows:
                self._db.conn.executemany(_insert(table, tuple(rows[0])), [tuple(row.values()) for row in rows])
        for insert, dependent in self._dependent.items():
            self._db.conn.executemany(insert, dependent)
        self.clear()

    def clear(self) -> None:
        """Empty the batch, and forget which ids come next."""
        for rows in self._rows.values():
            rows.clear()
        for remembered in (self._dependent, self._ids, self._urls, self._blobs, self._packed):
            remembered.clear()


@cache
def _insert(table: str, columns: tuple[str, ...]) -> str:
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})"  # noqa: S608
