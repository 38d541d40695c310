"""The data of each page: functions of the archive and of what was asked; they know nothing of HTML but the marks in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

_MAX_NUMBER = 10**15


class NotFound(Exception):
    """There is no such page; the message is for its reader, in Persian."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address says: its parts, and what stands behind the question mark (the first of each name)."""

    parts: Mapping[str, str]
    query: Mapping[str, str]

    def number(self, name: str, default: int = 0) -> int:
        """A whole number of the address or the query; `default` where it is none, or beyond all sense."""
        text = self.parts.get(name) or self.query.get(name) or ""
        return min(int(text), _MAX_NUMBER) if text.isascii() and text.isdigit() else default


def rows(db: Database, sql: str, **values: object) -> list[dict[str, Any]]:
    """The rows of a query."""
    return list(db.query(sql, values))
