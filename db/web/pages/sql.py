"""The way into SQL: a first query that joins the views, every view with its columns, the internal tables last."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.statements import statement
from db.web.pages import rows
from db.web.render import WebPage

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.web.pages import Asked

_FIRST = statement("web/sql_first")
_NAMES = "SELECT name, type FROM sqlite_master WHERE type IN ('view', 'table') AND name NOT LIKE 'sqlite%' ORDER BY name"


def sql(db: Database, asked: Asked) -> WebPage:
    """Return what can be asked of: views, a first query, the tables that may change."""
    found = rows(db, _NAMES)
    views = [{"name": row["name"], "columns": _columns(db, row["name"])} for row in found if row["type"] == "view"]
    tables = [row["name"] for row in found if row["type"] == "table"]
    data: dict[str, Any] = {"views": views, "tables": tables, "first": _FIRST}
    table = [{**view, "columns": ", ".join(view["columns"])} for view in views]
    return WebPage("sql.html", asked.edition.say("sql_title"), data, table)


def internal_tables(db: Database) -> list[str]:
    """Return the tables that are not part of what stays from version to version."""
    return [row["name"] for row in rows(db, _NAMES) if row["type"] == "table"]


def _columns(db: Database, view: str) -> list[str]:
    return [row["name"] for row in rows(db, "SELECT name FROM pragma_table_info(:view)", view=view)]
