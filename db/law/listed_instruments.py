"""What the lexicon says of an instrument: its days and the meetings that passed it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Mapping


def listed_instrument(uri: str) -> dict[str, Any]:
    """Return the ISO days of the instrument of this URI as columns, and `sessions` as numbers; {} if the lexicon lacks it."""
    entry = _listed_instruments().get(uri)
    if entry is None:
        return {}
    days = {"approved_on": "approved", "communicated_on": "communicated", "gazetted_on": "gazette"}
    return {column: iso_day(entry.get(key)) for column, key in days.items()} | {"sessions": tuple(entry.get("sessions", ()))}


@cache
def _listed_instruments() -> dict[str, Mapping[str, Any]]:
    return {entry["uri"]: entry for entry in load("instruments").get("instrument", [])}


def iso_day(jalali: str | None) -> str | None:
    """Return the ISO day of a Jalali one (1396-05-21), None for anything less exact than a day."""
    from persiantools.jdatetime import JalaliDate

    found = re.fullmatch(r"(1[2-5]\d\d)-(\d\d)-(\d\d)", jalali or "")
    return str(JalaliDate(*map(int, found.groups())).to_gregorian()) if found else None  # type: ignore[no-untyped-call]
