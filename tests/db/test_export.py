"""Rows in other programs' formats: what was in the archive comes out, typed, and nothing else happens."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest
from archive_pages import named, page

from db.archive import Archive, ArchiveError
from db.read.export import query, view, write_csv, write_json
from db.read.parquet import write_months, write_parquet

if TYPE_CHECKING:
    from pathlib import Path

TITLE = 'عنوانی با "گیومه"، ویرگول, و\nخط تازه'


@pytest.fixture
def filled(archive: Archive) -> Archive:
    capture, record = page(title=TITLE)
    archive.store(capture, named(record, "بله", "bale"))
    archive.store(*page("https://sobh.example/news/2", published_at=None, published_jalali=None))
    return archive


@pytest.mark.parametrize("name", ["articles", "messenger_mentions", "clause_citations", "captures_list", "stories", "run_log"])
def test_json_csv_and_sql_give_the_same_rows_of_a_view(filled: Archive, name: str) -> None:
    expected = list(filled.db.query(f'SELECT * FROM "{name}"'))
    lines, table = io.StringIO(), io.StringIO()
    assert write_json(filled.db, view(filled.db, name), lines) == len(expected)
    assert [json.loads(line) for line in lines.getvalue().splitlines()] == expected
    assert write_csv(filled.db, view(filled.db, name), table) == len(expected)
    texts = [{key: "" if value is None else str(value) for key, value in row.items()} for row in expected]
    assert list(csv.DictReader(io.StringIO(table.getvalue(), newline=""))) == texts


FORMULAS = [
    ("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"), ("+98", "'+98"), ("-1+1", "'-1+1"), ("@SUM(A1)", "'@SUM(A1)"),
    ("\t=1", "'\t=1"),
    (" =1", "' =1"), ("\u200c=1", "'\u200c=1"), ("＝1", "'＝1"), ("\rx", "'\rx"),
    ("بله = پیام رسان", "بله = پیام رسان"), ("۱-۲", "۱-۲"), ("'x", "'x"), ("", ""), ("– خط", "– خط"),
]  # fmt: skip


@pytest.mark.parametrize(("title", "cell"), FORMULAS)
def test_a_spreadsheet_computes_nothing_of_what_a_page_says_and_programs_get_it_exactly(
    archive: Archive, title: str, cell: str
) -> None:
    table = query(archive.db, "SELECT '" + title.replace("'", "''") + "' AS title, -5 AS number, -0.5 AS share, NULL AS none")
    for_people, exact = io.StringIO(), io.StringIO()
    write_csv(archive.db, table, for_people, for_people=True)
    write_csv(archive.db, table, exact)
    assert for_people.getvalue().startswith("\ufefftitle,")
    names = ["title", "number", "share", "none"]
    assert list(csv.reader(io.StringIO(for_people.getvalue()[1:], newline=""))) == [names, [cell, "-5", "-0.5", ""]]
    assert list(csv.reader(io.StringIO(exact.getvalue(), newline=""))) == [names, [title, "-5", "-0.5", ""]]


@pytest.mark.parametrize("name", ["articles", "messenger_mentions", "captures_list", "stories", "instruments_list"])
def test_parquet_has_the_same_rows_with_days_as_dates(filled: Archive, tmp_path: Path, name: str) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    expected = list(filled.db.query(f'SELECT * FROM "{name}"'))
    assert write_parquet(filled.db, view(filled.db, name), tmp_path / "x.parquet") == len(expected)
    rows = pq.read_table(tmp_path / "x.parquet").to_pylist()
    assert [{key: _plain(value) for key, value in row.items()} for row in rows] == [
        {key: _same(key, value) for key, value in row.items()} for row in expected
    ]


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _same(key: str, value: Any) -> Any:
    if value is not None and key.endswith("_at"):
        return datetime.fromisoformat(value).astimezone(UTC).isoformat()
    return value


def test_the_types_of_a_view_do_not_depend_on_its_rows(archive: Archive, filled: Archive, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    write_parquet(filled.db, view(filled.db, "articles"), tmp_path / "full.parquet")
    with Archive(tmp_path / "empty.db") as empty:
        write_parquet(empty.db, view(empty.db, "articles"), tmp_path / "empty.parquet")
    full, none = (pq.read_schema(tmp_path / f"{name}.parquet") for name in ("full", "empty"))
    assert full.equals(none)
    assert str(full.field("published_on").type) == "date32[day]"
    assert str(full.field("published_at").type) == "timestamp[us, tz=UTC]"


def test_a_query_gives_its_own_columns_and_mixed_values_are_text(filled: Archive, tmp_path: Path) -> None:
    pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    table = query(filled.db, "SELECT 1 AS a, 'x' AS b, 0.5 AS c UNION ALL SELECT 'الف', NULL, 2")
    write_parquet(filled.db, table, tmp_path / "x.parquet")
    rows = pq.read_table(tmp_path / "x.parquet").to_pylist()
    assert rows == [{"a": "1", "b": "x", "c": 0.5}, {"a": "الف", "b": None, "c": 2.0}]


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("DELETE FROM documents", "readonly|read-only|SELECT"),
        ("SELECT nosuch FROM articles", "no such column"),
        ("SELECT 1 AS a, 2 AS a", "two columns"),
        ("SELECT 1; SELECT 2", "one statement"),
        ("", "SELECT"),
    ],
)
def test_a_query_that_cannot_be_is_refused_in_one_line(filled: Archive, sql: str, says: str) -> None:
    with Archive(filled.path, readonly=True) as reader, pytest.raises(ArchiveError, match=says):
        query(reader.db, sql)
    assert filled.db.execute("SELECT count(*) FROM documents").fetchone()[0] == 2


def test_parquet_by_month_has_every_row_once_in_the_folder_of_its_month(filled: Archive, tmp_path: Path, monkeypatch) -> None:
    dataset = pytest.importorskip("pyarrow.dataset", reason="pyarrow is not installed")
    monkeypatch.setattr("db.read.parquet._MOST_HELD", 2)
    rows = filled.db.execute("select document_id, published_jalali from articles").fetchall()
    assert write_months(filled.db, view(filled.db, "articles"), tmp_path / "months") == len(rows)
    found = dataset.dataset(tmp_path / "months", partitioning="hive").to_table(["document_id", "published_jalali", "month"])
    by_month = sorted((row["document_id"], row["published_jalali"], row["month"]) for row in found.to_pylist())
    assert by_month == sorted((number, day, day[:7] if day else "unknown") for number, day in rows)


def test_rows_that_say_no_month_are_not_parted_by_it(filled: Archive, tmp_path: Path) -> None:
    with pytest.raises(ArchiveError, match="needs a column of published_jalali"):
        write_months(filled.db, query(filled.db, "select document_id from articles"), tmp_path / "months")


@pytest.mark.parametrize("sql", ['select 7 as "a ""b", null as d_on;', "select 7 as x, '2026-01-02' as d_on -- both"])
def test_any_query_has_its_kinds_found(filled: Archive, tmp_path: Path, sql: str) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    assert write_parquet(filled.db, query(filled.db, sql), tmp_path / "x.parquet") == 1
