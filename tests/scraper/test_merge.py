"""One archive into another: in the order of time, twice as once, whichever is added to which."""

from __future__ import annotations

import sqlite3
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.archive import Archive
from parsers.models import Capture
from parsers.record import parse
from scraper.archive_merge import merge_archive
from scraper.cli.main import main
from scraper.registry import Registry

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

Z = "\u200c"
TEXTS = [
    f"مدیر پیام{Z}رسان بله از افزایش کاربران در استان{Z}های شمالی خبر داد و گفت نسخه شماره {n} این برنامه هفته آینده "
    f"منتشر می{Z}شود و همه کاربران می{Z}توانند آن را از فروشگاه{Z}های داخلی دریافت کنند."
    for n in range(5)
]


def _capture(n: int, text: str, at: str, publisher: str = "sobh") -> Capture:
    html = (
        f'<html><head><meta property="og:type" content="article"></head><body id="news"><div class="title"><h1>خبر {n} از '
        f'پیام{Z}رسان{Z}ها</h1></div><div class="body"><p>{text}</p></div></body></html>'
    )
    return Capture(html.encode(), f"https://{publisher}.example/fa/news/{n}", fetched_at=f"{at}+03:30", publisher=publisher)


def _archive(path: Path, captures: Sequence[Capture]) -> Path:
    with Archive(path) as archive:
        for capture in captures:
            assert archive.store(capture, parse(capture)).document_id
    return path


def _seen(path: Path) -> list[Any]:
    """What people see: texts in order with their times, facts, times of documents; no numbers of rows."""
    with Archive(path, readonly=True) as archive:
        db = archive.db
        revisions = db.execute(
            "SELECT d.url, r.number, r.captured_at, r.body, r.chars_added, r.chars_removed FROM revisions r "
            "JOIN documents d ON d.id = r.document_id ORDER BY d.url, r.number"
        ).fetchall()
        documents = db.execute("SELECT url, first_seen_at, last_seen_at, revisions FROM documents ORDER BY url").fetchall()
        mentions = db.execute("SELECT url, messenger, section, start FROM messenger_mentions ORDER BY 1, 3, 4").fetchall()
        found = [hit.url for hit in archive.search("نسخه شماره").hits]
    return [[tuple(row) for row in rows] for rows in (revisions, documents, mentions)] + [sorted(found)]


DAYS = [f"2026-10-0{n}T10:00:00" for n in range(1, 6)]
CASES = {
    "other documents": ([_capture(1, TEXTS[0], DAYS[0])], [_capture(2, TEXTS[1], DAYS[1])]),
    "a later text": ([_capture(1, TEXTS[0], DAYS[0])], [_capture(1, TEXTS[1], DAYS[1])]),
    "an earlier text": ([_capture(1, TEXTS[1], DAYS[2])], [_capture(1, TEXTS[0], DAYS[0])]),
    "texts between": (
        [_capture(1, TEXTS[0], DAYS[0]), _capture(1, TEXTS[2], DAYS[3]), _capture(3, TEXTS[4], DAYS[0])],
        [_capture(1, TEXTS[1], DAYS[1]), _capture(1, TEXTS[3], DAYS[4])],
    ),
    "the same text, seen earlier": ([_capture(1, TEXTS[0], DAYS[2])], [_capture(1, TEXTS[0], DAYS[0])]),
    "back and forth": (
        [_capture(1, TEXTS[0], DAYS[0]), _capture(1, TEXTS[1], DAYS[2]), _capture(1, TEXTS[0], DAYS[4])],
        [_capture(1, TEXTS[0], DAYS[1]), _capture(1, TEXTS[1], DAYS[3])],
    ),
    "another publisher's page": ([_capture(1, TEXTS[0], DAYS[0])], [_capture(1, TEXTS[0], DAYS[0], "asr")]),
}


def _bayegan(capsys: Any, *arguments: str) -> tuple[int, str]:
    """Exit code and what was said on stderr."""
    with pytest.raises(SystemExit) as ended:
        main(list(arguments))
    return int(ended.value.code or 0), capsys.readouterr().err


@pytest.fixture
def add(capsys: Any) -> Callable[[Path, Path], None]:
    def added(archive: Path, other: Path) -> None:
        assert _bayegan(capsys, "--db", str(archive), "add", str(other)) == (0, "")

    return added


@pytest.mark.survives("merged twice, or the other way round", "merging", "the same archive")
@pytest.mark.parametrize("case", CASES)
def test_a_merged_archive_is_what_one_crawl_would_have_made(tmp_path: Path, add: Any, case: str) -> None:
    ours, theirs = CASES[case]
    together = sorted([*ours, *theirs], key=lambda capture: capture.fetched_at or "")
    expected = _seen(_archive(tmp_path / "one.db", together))
    a, b = _archive(tmp_path / "a.db", ours), _archive(tmp_path / "b.db", theirs)
    a_again, b_again = _archive(tmp_path / "a2.db", ours), _archive(tmp_path / "b2.db", theirs)
    add(a, b)
    assert _seen(a) == expected
    add(b_again, a_again)
    assert _seen(b_again) == expected
    add(a, b)
    assert _seen(a) == expected


LOOKS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=4)


@pytest.mark.survives("captures of the same second", "merging", "the same archive, whichever is added to which")
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(LOOKS, LOOKS)
def test_texts_of_one_second_stand_in_one_order_whichever_archive_is_added_to_which(
    tmp_path_factory: pytest.TempPathFactory, ours: list[tuple[int, int]], theirs: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("merged")
    of = {name: [_capture(1, TEXTS[n], DAYS[day]) for n, day in looks] for name, looks in (("a", ours), ("b", theirs))}
    orders = []
    for number, names in enumerate(("ab", "ba")):
        first, second = (_archive(folder / f"{name}{number}.db", of[name]) for name in names)
        for _ in range(2):  # the second time changes nothing
            with Archive(first) as archive:
                merge_archive(archive, Registry({}), second, Counter(), pytest.fail)
            orders.append(_seen(first))
    together = sorted([*of["a"], *of["b"]], key=lambda capture: capture.fetched_at or "")
    orders.append(_seen(_archive(folder / "one.db", together)))
    orders.append(_seen(_archive(folder / "backwards.db", together[::-1])))
    assert all(order == orders[0] for order in orders)


def test_a_documents_number_and_raw_bytes_outlive_a_history_written_anew(tmp_path: Path, add: Any) -> None:
    pages = [_capture(7, TEXTS[3], DAYS[0]), _capture(1, TEXTS[1], DAYS[2]), _capture(8, TEXTS[4], DAYS[1])]
    a = _archive(tmp_path / "a.db", pages)
    b = _archive(tmp_path / "b.db", [_capture(1, TEXTS[0], DAYS[0])])
    add(a, b)
    with Archive(a, readonly=True) as archive:
        view = archive.document(2)
        assert [revision.number for revision in view.revisions] == [1, 2]
        bodies = [archive.captures.read(revision.capture_id).body for revision in view.revisions]
    assert [TEXTS[0].encode() in bodies[0], TEXTS[1].encode() in bodies[1]] == [True, True]


def test_what_is_no_other_archive_is_refused_in_one_line(tmp_path: Path, capsys: Any) -> None:
    a = _archive(tmp_path / "a.db", [_capture(1, TEXTS[0], DAYS[0])])
    code, said = _bayegan(capsys, "--db", str(a), "add", str(a))
    assert (code, said.count("\n")) == (1, 1)
    assert "this archive itself" in said
    with sqlite3.connect(tmp_path / "foreign.db") as foreign:
        foreign.execute("CREATE TABLE x (y)")
    code, said = _bayegan(capsys, "--db", str(a), "add", str(tmp_path / "foreign.db"))
    assert code in {1, 2}
    assert "not an archive of bayegan" in said


STRANGE = {
    "a view by the name of a table": (
        "PRAGMA foreign_keys = OFF", "ALTER TABLE documents RENAME TO kept",
        "CREATE VIEW documents AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i AS id FROM n",
    ),
    "a ring of bases": ("UPDATE blobs SET base_id = id, depth = 3, data = zeroblob(9)",),
    "a blob that claims gigabytes": ("UPDATE blobs SET bytes = 2500000000",),
}  # fmt: skip


@pytest.mark.survives(
    "views for tables, rings and false sizes in another archive", "merging", "refused or passed over in one line"
)
@pytest.mark.parametrize("name", STRANGE)
def test_another_archive_that_means_harm_is_refused_in_one_line(tmp_path: Path, capsys: Any, name: str) -> None:
    a = _archive(tmp_path / "a.db", [_capture(1, TEXTS[0], DAYS[0])])
    b = _archive(tmp_path / "b.db", [_capture(2, TEXTS[1], DAYS[0])])
    with sqlite3.connect(b, isolation_level=None) as other:
        other.execute("PRAGMA legacy_alter_table = ON")
        for view in [row[0] for row in other.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall()]:
            other.execute(f'DROP VIEW "{view}"')
        for sql in STRANGE[name]:
            other.execute(sql)
    code, said = _bayegan(capsys, "--db", str(a), "add", str(b))
    assert code in (1, 2)
    assert len(said.splitlines()) == 1
    assert [row[0] for row in _seen(a)[1]] == ["https://sobh.example/fa/news/1"]
