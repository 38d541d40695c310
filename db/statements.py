"""Constant SQL of some length, one statement a file under `db/sql/<room>/`; a test explains every one of them."""

from __future__ import annotations

from functools import cache
from importlib import resources


@cache
def statement(name: str) -> str:
    """Return the SQL of a file, without its newline at the end: `read/report_counts` for `db/sql/read/report_counts.sql`."""
    return resources.files("db").joinpath("sql", f"{name}.sql").read_text("utf-8").rstrip("\n")
