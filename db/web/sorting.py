"""Tables in the order that their reader asks for, and the direction in which a text runs."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
_ALPHABET = "آابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
# The order of Unicode puts پ, چ, ژ and گ behind ی.
_ORDER = str.maketrans({letter: chr(0x0627 + place) for place, letter in enumerate(_ALPHABET)})


def ordered(rows: list[dict[str, Any]], query: Mapping[str, str]) -> list[dict[str, Any]]:
    """Return the rows by the column `sort` of the query, downwards with `desc`; as they are where there is no such column.

    What has no value comes last either way.
    """
    column = query.get("sort", "")
    if not rows or column not in rows[0]:
        return rows
    filled = [row for row in rows if row[column] is not None]
    empty = [row for row in rows if row[column] is None]
    return sorted(filled, key=lambda row: _key(row[column]), reverse=bool(query.get("desc"))) + empty


def _key(value: Any) -> tuple[int, Any]:
    if isinstance(value, int | float):
        return 0, value
    return 1, fold(str(value)).replace("\u200c", "").translate(_ORDER)


def direction(text: str | None) -> str:
    """Return where a text runs: "ltr" where most of its words do, else "rtl".

    The first letter does not tell: much Persian begins with a foreign name. Nor do letters: an address has many.
    """
    runs = [_run(word) for word in (text or "").split()]
    return "ltr" if runs.count("ltr") > runs.count("rtl") else "rtl"


def _run(word: str) -> str:
    return next((run for char in word if (run := _STRONG.get(unicodedata.bidirectional(char)))), "")
