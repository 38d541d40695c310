"""docs/schema.md, made from an archive: `python -m db.read.schema_page > docs/schema.md`.

What tables and columns mean is said by comments in their own SQL, which SQLite keeps; db/meanings.toml says it for tables
whose SQL does not.
"""

from __future__ import annotations

import re
import sys
import tempfile
import tomllib
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from db.connection import open_writer
from db.migrations import migrate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlite_utils import Database

_INTRODUCTION = """# The archive's schema

Made from the database by `python -m db.read.schema_page`; do not edit. Read the views: their columns stay as they are. The tables
behind them may change from version to version, each step in a migration.

`document_id`, `revision_id` … are the keys between tables. `*_at` is ISO 8601 with an offset, `*_on` an ISO day in Tehran.
`start` and `end` are code points (`end` exclusive) into the repaired title, lead, body or kicker that `section` names, so that
`substr(body, start + 1, "end" - start)` is the surface. Views show the current revision of each document; the tables hold all of
them.
"""
_HEAD = re.compile(r"^CREATE (?:VIRTUAL )?(?:TABLE|VIEW) .*?-- (.*)$", re.MULTILINE)
_COLUMN_COMMENT = re.compile(r"^\s*(.+?)\s*--\s*(.*)$")


def schema_page(db: Database) -> str:
    """Return the page for this database. Raises KeyError where a column's meaning is nowhere said."""
    meanings = tomllib.loads((resources.files("db.read") / "column_descriptions.toml").read_text("utf-8"))
    parts = [_INTRODUCTION, "## Views\n"]
    parts += [_section(db, name, sql, meanings) for name, sql in _objects(db, "view")]
    parts += ["## Tables\n"]
    parts += [_section(db, name, sql, meanings) for name, sql in _objects(db, "table")]
    return "\n".join(parts)


def _objects(db: Database, kind: str) -> list[tuple[str, str]]:
    hidden = "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'search\\_%' ESCAPE '\\'"
    sql = f"SELECT name, sql FROM sqlite_master WHERE type = ? AND {hidden} ORDER BY name"  # noqa: S608
    return db.execute(sql, [kind]).fetchall()


def _section(db: Database, name: str, sql: str, meanings: Mapping[str, Mapping[str, str]]) -> str:
    listed = meanings.get(name, {})
    said = listed if "" in listed else {"": _purpose(name, sql), **dict(_said(sql)), **listed}
    keys = {key.column: f" → `{key.other_table}`" for key in db.table(name).foreign_keys} if name in db.table_names() else {}
    columns = db.execute("SELECT name, type, pk FROM pragma_table_info(?)", [name]).fetchall()
    rows = [
        f"| `{column}` | {kind}{' key' if place else ''} | {said[column]}{keys.get(column, '')} |"
        for column, kind, place in columns
    ]
    return "\n".join([f"### `{name}`\n", said[""], "", "| column | type | meaning |", "|---|---|---|", *rows, ""])


def _purpose(name: str, sql: str) -> str:
    found = _HEAD.search(sql)
    if not found:
        raise KeyError(f"{name}: no comment says what it is for")
    return found[1]


def _said(sql: str) -> Iterator[tuple[str, str]]:
    """Column and meaning of each line that has a comment behind it."""
    for line in sql.splitlines()[1:]:
        found = _COLUMN_COMMENT.match(line)
        if found:
            yield _column(found[1]), found[2]


def _column(code: str) -> str:
    """Return the column that a line of SQL makes: behind AS, behind the dot, or the first word."""
    code = code.rstrip(",")
    alias = re.search(r"\bAS (\w+)$", code)
    dotted = re.search(r"^(?:SELECT )?\w+\.\"?(\w+)\"?$", code)
    first = re.search(r'^(?:SELECT )?"?(\w+)"?', code)
    found = alias or dotted or first
    return found[1] if found else code


def main() -> None:
    """Prints the page of a new archive."""
    with tempfile.TemporaryDirectory() as directory:
        db = open_writer(Path(directory) / "archive.db")
        migrate(db)
        sys.stdout.write(schema_page(db))
        db.close()


if __name__ == "__main__":
    main()
