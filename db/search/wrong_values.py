"""What cannot be meant in a search: a publisher that the archive does not know, a day that does not exist, a misspelt field.

A search for such a thing would find nothing, and look like an answer.
"""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from db.errors import ArchiveError

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.search.query import Filter, Query, WrongValue

_KNOWN = {
    "publisher": "SELECT 1 FROM publishers WHERE slug = lower(:value) OR fa_fold(name) = fa_fold(:value)",
    "messenger": (
        "SELECT 1 FROM messengers WHERE slug = lower(:value) UNION SELECT 1 FROM aliases WHERE kind = 'messenger' "
        "AND replace(alias_folded, ' ', '') = replace(fa_fold(:value), ' ', '')"
    ),
}
_NAMES = {
    "publisher": "SELECT slug FROM publishers UNION SELECT name FROM publishers WHERE name IS NOT NULL",
    "messenger": "SELECT slug FROM messengers UNION SELECT name FROM messengers",
}
_WHY = {
    "unknown": "the archive has no such {field}",
    "no_day": "no day, month or year: write 1403, 1403-02, 1403-02-15 or 2024-05-04",
    "reversed": "ends before it begins",
    "no_value": "wants a value right after the colon",
    "no_field": "no field of a search",
}


class SearchError(ArchiveError):
    """A query names what does not exist; `wrong` says what, `close` gives the nearest names of the first."""

    def __init__(self, wrong: tuple[WrongValue, ...], close: tuple[str, ...] = ()) -> None:
        self.wrong = wrong
        self.close = close
        first = wrong[0]
        hint = f"; did you mean {', '.join(close)}?" if close else ""
        super().__init__(f"{first.field}:{first.value}: {_WHY[first.why].format(field=first.field)}{hint}")


def check(db: Database, query: Query) -> None:
    """Raise SearchError where a filter of the query names what the archive does not know, or could not be read."""
    unknown = tuple(_unknown(one) for one in query.filters if one.kind in _KNOWN and not _is_known(db, one))
    if wrong := query.wrong + unknown:
        raise SearchError(wrong, wrong[0].close or _close(db, wrong[0]))


def _unknown(one: Filter) -> WrongValue:
    from db.search.query import WrongValue

    return WrongValue(one.kind, one.value, "unknown")


def _is_known(db: Database, one: Filter) -> bool:
    return db.execute(f"{_KNOWN[one.kind]} LIMIT 1", {"value": one.value}).fetchone() is not None


def _close(db: Database, wrong: WrongValue) -> tuple[str, ...]:
    """Return the nearest names of the archive, the nearest first."""
    if wrong.why != "unknown":
        return ()
    names = [row[0] for row in db.execute(_NAMES[wrong.field])]
    return tuple(difflib.get_close_matches(wrong.value.lower(), names, n=3))
