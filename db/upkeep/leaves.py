"""Rows of a damaged file by its leaf pages, whatever became of the trees above them (SQLite's file format, sections 1.6 and 2.1).

A broken tree hides rows that are whole: their pages are read one by one. The table of a page is known from the tree, if it can be
walked, else from the shape of its rows. Pages on the list of free ones are passed over: they hold what was deleted.
"""

from __future__ import annotations

import struct
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from mmap import mmap

Value = int | float | str | bytes | None
_INTERIOR, _LEAF = 5, 13
_MAGIC = b"SQLite format 3\0"
_SIZES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # serial type of an integer: its bytes
_MOST = 600_000_000  # bytes of one row


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its type, and whether it is the key that is the row's number, or may be empty."""

    name: str
    type: str
    is_key: bool
    may_be_null: bool


class _BadPage(Exception):
    """A page that is not what it should be."""


class LeafReader:
    """One damaged file, and the tables (by name, with their columns) that are looked for in it."""

    def __init__(self, content: bytes | mmap, tables: Mapping[str, Sequence[Column]], page_size: int = 4096) -> None:
        """`page_size` is used if the header does not say."""
        self._content, self._tables = content, tables
        self._has_header = content[:16] == _MAGIC
        said = int.from_bytes(content[16:18], "big") if self._has_header else 0
        self._size = 65536 if said == 1 else said if said in {512 << n for n in range(7)} else page_size
        self._usable = self._size - (content[20] if self._has_header and content[20] < 64 else 0)
        self._count = len(content) // self._size
        self._free = self._free_pages()
        self._owner = {page: name for name, root in self._roots().items() for page in self._tree(root)}

    def rows(self) -> Iterator[tuple[str, int, list[Value]]]:
        """Yield table, number and values of every row that can be read."""
        for number in range(1, self._count + 1):
            if number in self._free or self._kind(number) != _LEAF:
                continue
            found = list(self._cells(number))
            name = self._owner.get(number) or self._table_of([values for _, values in found])
            if name is not None and name in self._tables:
                yield from ((name, rowid, values) for rowid, values in found)

    def _page(self, number: int) -> bytes:
        if not 1 <= number <= self._count:
            raise _BadPage
        return self._content[(number - 1) * self._size : number * self._size]

    def _kind(self, number: int) -> int:
        return self._content[(number - 1) * self._size + (100 if number == 1 else 0)]

    def _free_pages(self) -> set[int]:
        free: set[int] = set()
        trunk = int.from_bytes(self._content[32:36], "big") if self._has_header else 0
        while 1 < trunk <= self._count and trunk not in free:
            free.add(trunk)
            page = self._page(trunk)
            following, many = struct.unpack(">II", page[:8])
            leaves = struct.unpack_from(f">{min(many, self._size // 4 - 2)}I", page, 8)
            free.update(number for number in leaves if 1 < number <= self._count)
            trunk = following
        return free

    def _roots(self) -> dict[str, int]:
        """Return the root page of each table that the schema names."""
        found = {}
        for page in self._tree(1):
            for _, values in self._cells(page):
                if len(values) == 5 and values[0] == "table" and isinstance(values[3], int) and values[1] not in found:
                    found[str(values[1])] = values[3]
        return found

    def _tree(self, root: int) -> set[int]:
        """Return the leaf pages below a root, as far as they can be reached."""
        seen, leaves, waiting = set(), set(), [root]
        while waiting:
            number = waiting.pop()
            if number in seen or not 1 <= number <= self._count or number in self._free:
                continue
            seen.add(number)
            kind = self._kind(number)
            if kind == _LEAF:
                leaves.add(number)
            elif kind == _INTERIOR:
                page, start = self._page(number), 100 if number == 1 else 0
                waiting.append(int.from_bytes(page[start + 8 : start + 12], "big"))
                waiting += [int.from_bytes(page[at : at + 4], "big") for at in self._pointers(page, start, 12)]
        return leaves

    def _pointers(self, page: bytes, start: int, head: int) -> list[int]:
        many = int.from_bytes(page[start + 3 : start + 5], "big")
        many = min(many, (self._size - start - head) // 2)
        return [at for at in struct.unpack_from(f">{many}H", page, start + head) if start + head < at < self._size - 3]

    def _cells(self, number: int) -> Iterator[tuple[int, list[Value]]]:
        page, start = self._page(number), 100 if number == 1 else 0
        for at in self._pointers(page, start, 8):
            try:
                size, at_rowid = _varint(page, at)
                rowid, at_payload = _varint(page, at_rowid)
                yield rowid, _record(self._payload(page, at_payload, size))
            except (_BadPage, IndexError, struct.error, ValueError):
                continue

    def _payload(self, page: bytes, at: int, size: int) -> bytes:
        """Return the bytes of a row, those on overflow pages too. Raises _BadPage."""
        if not 0 < size < _MOST:
            raise _BadPage
        local, most = size, self._usable - 35
        if size > most:
            least = (self._usable - 12) * 32 // 255 - 23
            local = least + (size - least) % (self._usable - 4)
            local = local if local <= most else least
        parts, missing = [page[at : at + local]], size - local
        following = int.from_bytes(page[at + local : at + local + 4], "big") if missing else 0
        seen = set()
        while missing > 0:
            if following in seen:
                raise _BadPage
            seen.add(following)
            overflow = self._page(following)
            parts.append(overflow[4 : min(4 + missing, self._usable)])
            missing -= len(parts[-1])
            following = int.from_bytes(overflow[:4], "big")
        payload = b"".join(parts)
        if len(payload) != size:
            raise _BadPage
        return payload

    def _table_of(self, rows: list[list[Value]]) -> str | None:
        """Return the one table that most rows of a page can be of; None if there is none, or more than one."""
        fits = Counter(name for values in rows for name, columns in self._tables.items() if _fits(values, columns))
        best = [name for name, count in fits.items() if count * 2 > len(rows)]
        return best[0] if len(best) == 1 else None


def _fits(values: list[Value], columns: Sequence[Column]) -> bool:
    """Return whether a row can be of a table. Columns that were added later are missing in rows that are older."""
    if not len(columns) - 2 <= len(values) <= len(columns):
        return False
    kinds = {"INTEGER": int, "TEXT": str, "BLOB": bytes, "REAL": float}
    return all(
        value is None if column.is_key else column.may_be_null if value is None else isinstance(value, kinds[column.type])
        for value, column in zip(values, columns, strict=False)
    )


def _varint(page: bytes, at: int) -> tuple[int, int]:
    """Return a number of SQLite's variable length, and the place after it."""
    value = 0
    for place in range(8):
        byte = page[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | page[at + 8], at + 9


def _record(payload: bytes) -> list[Value]:
    """Return the values of a row. Raises _BadPage, ValueError, IndexError."""
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    at = end
    for kind in kinds:
        value, size = _value(kind, payload, at)
        values.append(value)
        at += size
    if at != len(payload):
        raise _BadPage
    return values


def _value(kind: int, payload: bytes, at: int) -> tuple[Value, int]:
    if kind == 0:
        return None, 0
    if kind in _SIZES:
        return int.from_bytes(payload[at : at + _SIZES[kind]], "big", signed=True), _SIZES[kind]
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], 8
    if kind in (8, 9):
        return kind - 8, 0
    if kind < 12:
        raise _BadPage
    size = (kind - 12) // 2
    piece = payload[at : at + size]
    return (piece.decode("utf-8") if kind % 2 else piece), size
