"""A disk that is full: a run says so once and ends, nothing is left next to an output, and the run after it takes the rest up."""

from __future__ import annotations

import errno
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from db.archive import Archive
from db.outputs import new_file
from db.upkeep.backup import back_up
from scraper.add import InputPath, add_all
from scraper.cli.main import _report
from scraper.cli.options import Settings
from scraper.registry import Registry

if TYPE_CHECKING:
    from pathlib import Path

PARAGRAPH = "وزیر گفت پیام\u200cرسان بله در استان %d تا پایان سال آماده می\u200cشود و همه آن را خواهند دید. "
LETTERS = "ابپتثجچحخدذرزژسشصضطظعغ"


@pytest.fixture
def pages(tmp_path: Path) -> list[InputPath]:
    found = []
    for n in range(40):
        page = tmp_path / f"{n}.txt"
        words = " ".join(f"{LETTERS[(n + m) % 20]}{LETTERS[m % 20]}{LETTERS[(n * m) % 20]}" for m in range(900))
        page.write_text(f"تیتر نوشته شماره {n}\n\n{PARAGRAPH % n}{words}.\n", encoding="utf-8")
        found.append(InputPath(str(page)))
    return found


def _room(archive: Archive, more: int | None) -> None:
    """Leave the archive so many more pages of SQLite than it has, None for no bound."""
    used = archive.db.execute("PRAGMA page_count").fetchone()[0]
    archive.db.execute(f"PRAGMA max_page_count = {used + more if more is not None else 1 << 30}")


@pytest.mark.survives(
    "the disk is full, and stays so", "`add`", "the run ends after three pages, exit 1; the next takes the rest up"
)
def test_add_ends_where_the_disk_stays_full_and_goes_on_when_there_is_room(tmp_path: Path, pages: list[InputPath]) -> None:
    said: list[str] = []
    with Archive(tmp_path / "archive.db") as archive:
        _room(archive, 60)
        with pytest.raises(sqlite3.OperationalError, match="disk is full"):
            add_all(archive, Registry({}), pages, said.append)
        assert len(said) == 3
        stored = archive.run_log()[0]["inserted"]
        assert 0 < stored < len(pages)
        assert archive.db.execute("SELECT count(*) FROM documents").fetchone() == (stored,)
        _room(archive, None)
        outcome = add_all(archive, Registry({}), pages, pytest.fail)
    assert outcome.counts["unchanged"] + outcome.counts["inserted"] == len(pages)
    assert outcome.counts["unchanged"] == stored


def test_what_sqlite_keeps_next_to_an_unfinished_copy_goes_with_it(tmp_path: Path, monkeypatch: Any) -> None:
    def cut_off(_db: object, part: Path) -> None:
        part.with_name(f"{part.name}-journal").write_bytes(b"journal")
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr("db.upkeep.backup._copy", cut_off)
    folder = tmp_path / "copies"
    folder.mkdir()
    with Archive(tmp_path / "archive.db") as archive, pytest.raises(sqlite3.OperationalError):
        back_up(archive.db, archive.path, folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (sqlite3.OperationalError("database or disk is full"), "database or disk is full; make room on the disk"),
        (OSError(errno.ENOSPC, "No space left on device"), "No space left on device; make room on the disk"),
        (OSError(errno.EROFS, "Read-only file system", "report"), "report: Read-only file system"),
        (ExceptionGroup("tasks", [sqlite3.OperationalError("database or disk is full")]), "database or disk is full; make room"),
    ],
)
def test_what_the_system_refuses_is_one_line_that_says_where_or_what_to_do(error: Exception, says: str, capsys: Any) -> None:
    assert _report(error, Settings()) == 1
    assert capsys.readouterr().err.startswith(f"bayegan: {says}")


def test_an_output_takes_its_place_only_if_it_is_whole(tmp_path: Path) -> None:
    def cut_off() -> None:
        with new_file(tmp_path / "rows.jsonl") as part:
            part.write_text("half")
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        cut_off()
    assert list(tmp_path.iterdir()) == []
