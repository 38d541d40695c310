"""Check, backup and recover: damage is found, copies are whole, and what can be read comes back."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest
from damaged_archives import damaged, whole_captures

from db.archive import Archive
from db.upkeep import backup
from db.upkeep import check as check_module
from db.upkeep.check import check
from parsers.models import Capture
from parsers.record import parse
from scraper.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

Z = "\u200c"
BODY = (
    f"مدیر پیام{Z}رسان بله از افزایش کاربران در استان{Z}های شمالی خبر داد و گفت نسخه شماره %d این برنامه هفته آینده منتشر "
    f"می{Z}شود و همه کاربران می{Z}توانند آن را از فروشگاه{Z}های داخلی دریافت کنند."
)


def _capture(n: int, day: int = 1, text: int | None = None) -> Capture:
    html = (
        '<html><head><meta property="og:type" content="article"></head><body id="news"><div class="title">'
        f'<h1>خبر {n} از پیام{Z}رسان{Z}ها</h1></div><div class="body"><p>{BODY % (text or n)}</p></div></body></html>'
    )
    at = f"2026-10-{day:02}T10:00:00+03:30"
    return Capture(html.encode(), f"https://sobh.example/fa/news/{n}", fetched_at=at, publisher="sobh")


@pytest.fixture(scope="module")
def stored(tmp_path_factory: Any) -> bytes:
    """An archive of 30 documents, some with two texts, in one file."""
    path = tmp_path_factory.mktemp("stored") / "archive.db"
    with Archive(path) as archive:
        for capture in [*map(_capture, range(30)), *(_capture(n, 2, n + 100) for n in range(0, 30, 3)), _capture(1, 5)]:
            archive.store(capture, parse(capture))
    content: bytes = path.read_bytes()
    return content


@pytest.fixture
def archive(tmp_path: Path, stored: bytes) -> Path:
    path = tmp_path / "archive.db"
    path.write_bytes(stored)
    return path


def _run(capsys: Any, *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def _execute(path: Path, sql: str) -> None:
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute(sql)
    connection.close()


@pytest.mark.parametrize("deep", [False, True])
def test_a_sound_archive_is_sound(archive: Path, capsys: Any, deep: bool) -> None:
    code, out, said = _run(capsys, "--db", archive, "check", *(["--deep"] if deep else []))
    assert (code, out, said) == (0, "", "sound\n")
    issues = json.loads(_run(capsys, "--db", archive, "--json", "health")[1])
    assert not {issue["code"] for issue in issues} & {"unsound", "clock_jumped"}


DAMAGES = {
    "foreign_keys": "DELETE FROM blobs WHERE id = 3",
    "revision_count": "UPDATE documents SET revisions = 9 WHERE id = 2",
    "current_revision": "UPDATE documents SET revision_id = (SELECT min(id) FROM revisions WHERE document_id = 1) WHERE id = 1",
    "revision_order": "UPDATE revisions SET captured_at = '2020-01-01T00:00:00Z' WHERE number = 2 AND document_id = 1",
    "unindexed": "DELETE FROM search_docsize WHERE id = 4",
    "indexed_for_nothing": "INSERT INTO search (rowid, title) VALUES (999, 'x')",
    "clock_jumped": "UPDATE documents SET last_seen_at = '2090-01-01T00:00:00Z' WHERE id = 5",
}
DEEP_DAMAGES = {
    "captures": "UPDATE blobs SET data = zeroblob(30) WHERE id = 2",
    "texts": "UPDATE revisions SET body = body || ' x' WHERE document_id = 7",
    "index_texts": "UPDATE search_docsize SET sz = x'0101010101' WHERE id = 6",
    "offsets": "UPDATE mentioned_messengers SET surface = 'xx' WHERE n = 0",
    "messenger_counts": "UPDATE document_messengers SET mentions = 77 WHERE document_id = 2",
}


@pytest.mark.survives("rows that contradict each other", "`check`", "a finding for each kind; `health` exits 1")
@pytest.mark.parametrize("code", [*DAMAGES, *DEEP_DAMAGES])
def test_each_kind_of_damage_has_its_finding(archive: Path, capsys: Any, code: str) -> None:
    _execute(archive, DAMAGES.get(code) or DEEP_DAMAGES[code])
    options = ["--deep"] if code in DEEP_DAMAGES else []
    exit_code, out, _ = _run(capsys, "--db", archive, "--json", "check", *options)
    assert exit_code == 1
    assert code in [finding["code"] for finding in json.loads(out)]
    exit_code, out, _ = _run(capsys, "--db", archive, "--json", "health")
    assert exit_code == 1
    assert any(issue["code"] in ("unsound", "clock_jumped") for issue in json.loads(out))


@pytest.mark.parametrize("slice_size", [1, 7, 1_000])
def test_texts_are_checked_whatever_the_slices_they_are_read_in(
    archive: Path, monkeypatch: pytest.MonkeyPatch, slice_size: int
) -> None:
    monkeypatch.setattr(check_module, "_SLICE", slice_size)
    _execute(archive, "UPDATE revisions SET body = body || ' x' WHERE id IN (1, 7, 8, 39)")
    with Archive(archive, readonly=True) as opened:
        found = {one.code: one.count for one in check(opened.db, deep=True)}
        current = "SELECT count(*) FROM documents WHERE revision_id IN (1, 7, 8, 39)"
        assert (found["texts"], found["index_texts"]) == (4, opened.db.execute(current).fetchone()[0])


@pytest.mark.survives("damaged indexes, counts or order", "`check --repair`", "made again from the rest")
@pytest.mark.parametrize(
    "code", ["revision_count", "current_revision", "revision_order", "unindexed", "indexed_for_nothing", "messenger_counts"]
)
def test_what_follows_from_the_rest_is_made_again(archive: Path, capsys: Any, code: str) -> None:
    _execute(archive, (DAMAGES | DEEP_DAMAGES)[code])
    assert _run(capsys, "--db", archive, "check", "--deep", "--repair") == (0, "", "sound\n")
    with Archive(archive, readonly=True) as opened:
        assert opened.search("خبر").total == 30


@pytest.mark.survives(
    "flipped bits, zeroed pages, cut file, broken header, schema, index",
    "`check --deep`",
    "found, or nothing that is read has changed",
)
@pytest.mark.survives(
    "flipped bits, zeroed pages, cut file, broken header, schema, index",
    "`recover`",
    "every page whose bytes are whole comes back",
)
@pytest.mark.parametrize("seed", range(40))
def test_damage_is_found_and_every_page_whose_bytes_are_whole_comes_back(archive: Path, capsys: Any, seed: int) -> None:
    intact, good = archive.read_bytes(), archive.with_name("intact.db")
    good.write_bytes(intact)
    content = damaged(intact, seed)
    archive.write_bytes(content)
    code, out, said = _run(capsys, "--db", archive, "check", "--deep")
    assert code in (1, 2) or _dump(good) == _dump(archive), f"{out} {said}"
    assert "Traceback" not in said
    assert "unexpected" not in said
    archive.write_bytes(content)
    new = archive.with_name("new.db")
    expected = whole_captures(good, content)
    code, out, said = _run(capsys, "recover", archive, new)
    if code == 2:
        assert (expected, said.count("\n")) == (set(), 1)
        return
    with Archive(new, readonly=True) as opened:
        found = opened.db.execute("SELECT url, fetched_at FROM captures").fetchall()
        assert expected <= set(found)
        assert check(opened.db, deep=True) == []


def _dump(path: Path) -> list[str]:
    connection = sqlite3.connect(path)
    lines = [line for line in connection.iterdump() if '"meta"' not in line]
    connection.close()
    return lines


@pytest.mark.survives("a run writes meanwhile", "`backup`", "the copy is of one moment, whole and verified")
def test_a_backup_next_to_endless_writing_comes_to_its_end(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(backup, "_PAGES", 10)
    copy = archive.parent / "copy.db"
    with Archive(archive, readonly=True) as read, Archive(archive) as written:
        interrupted = _InterruptedCopy(read.db.conn, written)
        monkeypatch.setattr(read.db, "conn", interrupted)
        backup.back_up(read.db, archive, copy)
        assert interrupted.writes > 10
        assert not interrupted.in_transaction
    with Archive(copy, readonly=True) as opened:
        assert opened.search("خبر").total == 30
        assert check(opened.db, deep=True) == []


class _InterruptedCopy:
    """A connection that another one writes next to whenever some pages of it were copied."""

    def __init__(self, connection: sqlite3.Connection, written: Archive) -> None:
        self._connection, self._written, self.writes = connection, written, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def backup(self, target: sqlite3.Connection, **options: Any) -> None:
        self._connection.backup(target, progress=self._write, **options)

    def _write(self, _status: int, _left: int, total: int) -> None:
        self.writes += 1
        assert self.writes < total, "the copy begins anew again and again"
        self._written.store(_capture(1_000 + self.writes), parse(_capture(1_000 + self.writes)))


def test_a_backup_is_whole_verified_and_rotated(archive: Path, capsys: Any, monkeypatch: Any) -> None:
    folder = archive.parent / "backups"
    folder.mkdir()
    (folder / "archive-notes.db").write_text("not ours")
    for second in range(4):
        (folder / f"archive-20260101T00000{second}Z.db").write_bytes(archive.read_bytes())
    with Archive(archive):  # a run may hold the archive meanwhile
        code, _, _ = _run(capsys, "--db", archive, "backup", folder, "--keep", 3)
    assert code == 0
    names = sorted(path.name for path in folder.iterdir())
    assert len(names) == 4
    assert names[:2] == ["archive-20260101T000002Z.db", "archive-20260101T000003Z.db"]
    with Archive(folder / names[2], readonly=True) as copy:
        assert copy.search("خبر").total == 30
        assert check(copy.db, deep=True) == []


@pytest.mark.survives("the target is the archive, a link to it or another database", "`backup`", "exit 2, nothing touched")
def test_a_backup_never_replaces_the_archive_or_a_strangers_database(archive: Path, capsys: Any) -> None:
    before = archive.read_bytes()
    link = archive.with_name("link.db")
    link.symlink_to(archive)
    for target in (archive, link):
        assert _run(capsys, "--db", archive, "backup", target)[0] == 2
    stranger = archive.with_name("stranger.db")
    _execute(stranger, "CREATE TABLE x (y)")
    assert _run(capsys, "--db", archive, "backup", stranger)[0] == 2
    assert archive.read_bytes() == before
    copy = archive.with_name("copy.db")
    assert [_run(capsys, "--db", archive, "backup", copy)[0] for _ in range(2)] == [0, 0]


@pytest.mark.survives("the archive is damaged", "`backup`", "exit 2; the last copy stays")
def test_no_backup_is_made_of_a_damaged_archive(archive: Path, capsys: Any) -> None:
    copy = archive.with_name("copy.db")
    copy.write_bytes(archive.read_bytes())
    content = bytearray(archive.read_bytes())
    size = int.from_bytes(content[16:18], "big")
    for page in range(8, len(content) // size, 5):
        content[page * size : (page + 1) * size] = bytes(size)
    archive.write_bytes(bytes(content))
    code, _, said = _run(capsys, "--db", archive, "backup", copy)
    assert (code, said.count("\n")) == (2, 1)
    with Archive(copy, readonly=True) as opened:
        assert opened.search("خبر").total == 30


def _seen(path: Path) -> list[Any]:
    with Archive(path, readonly=True) as archive:
        sql = (
            "SELECT d.url, r.number, r.captured_at, r.body, d.last_seen_at FROM revisions r "
            "JOIN documents d ON d.id = r.document_id ORDER BY 1, 2"
        )
        return [*archive.db.execute(sql).fetchall(), archive.search("خبر").total]


BREAKS = {
    "nothing": (),
    "facts and the search index": ("DELETE FROM cited_clauses", "DELETE FROM search_data"),
    "documents and revisions": ("DELETE FROM documents", "DELETE FROM revisions"),
    "what the archive was made with": ("DELETE FROM meta",),
}


@pytest.mark.survives("facts, documents or the search index are gone", "`recover`", "all of it comes back from the captures")
@pytest.mark.parametrize("name", BREAKS)
def test_what_captures_hold_comes_back(archive: Path, capsys: Any, name: str) -> None:
    expected = _seen(archive)
    for sql in BREAKS[name]:
        _execute(archive, sql)
    new = archive.with_name("new.db")
    assert _run(capsys, "recover", archive, new)[0] == 0
    assert _seen(new) == expected
    with Archive(new, readonly=True) as opened:
        assert check(opened.db, deep=True) == []


def test_watches_come_back_and_tell_nothing_twice(archive: Path, tmp_path: Path, capsys: Any) -> None:
    new = tmp_path / "new.db"
    assert _run(capsys, "--db", archive, "watch", "add", "bale", "messenger:bale")[0] == 0
    assert _run(capsys, "recover", archive, new)[0] == 0
    with Archive(new) as opened:
        assert [(watch.name, watch.query) for watch in opened.watches.all()] == [("bale", "messenger:bale")]
        assert opened.watches.waiting() == []


@pytest.mark.survives("bytes of captures are damaged", "`recover`", "every page whose bytes are whole; the rest is counted")
def test_every_page_whose_bytes_are_whole_comes_back_and_the_rest_is_counted(archive: Path, capsys: Any) -> None:
    _execute(archive, "UPDATE blobs SET data = zeroblob(9) WHERE id IN (5, 6)")
    new = archive.with_name("new.db")
    code, out, _ = _run(capsys, "--json", "recover", archive, new)
    told = json.loads(out)
    assert (code, told["lost"]) == (1, {"captures": 2})
    assert told["documents"] in (28, 29, 30)
    assert _run(capsys, "recover", archive, new)[0] == 2


def test_a_file_of_which_nothing_can_be_read_is_said_to_be_one(tmp_path: Path, capsys: Any) -> None:
    old = tmp_path / "old.db"
    old.write_bytes(b"SQLite format 3\0" + bytes(5000))
    code, _, said = _run(capsys, "recover", old, tmp_path / "new.db")
    assert (code, said.count("\n")) == (2, 1)


def test_status_and_upgrade_say_what_there_is(archive: Path, capsys: Any) -> None:
    code, out, _ = _run(capsys, "--db", archive, "--json", "status")
    assert (code, json.loads(out)["documents"]) == (0, 30)
    assert "documents" in _run(capsys, "--db", archive, "status")[1]
    assert _run(capsys, "--db", archive, "upgrade")[0] == 0
    assert _run(capsys, "--db", archive, "upgrade", "--pack")[0] == 0
    assert _run(capsys, "--db", archive, "check", "--deep")[:2] == (0, "")
    assert _run(capsys, "--db", archive.with_name("none.db"), "upgrade")[0] == 2


def test_a_copy_that_can_only_be_read_is_checked_too(archive: Path, capsys: Any) -> None:
    for suffix in (".lock", ".check.lock"):  # no lock can be had, as on a medium that is read-only
        archive.with_name(f"{archive.name}{suffix}").mkdir()
    assert _run(capsys, "--db", archive, "check")[0] == 0
    with sqlite3.connect(archive) as db:
        db.execute("UPDATE documents SET revisions = revisions + 1 WHERE id = 1")
    assert _run(capsys, "--db", archive, "check")[0] == 1
    assert _run(capsys, "--db", archive, "check", "--repair")[0] == 2
