"""No output of a command is ever the archive, by whatever path or link; the old file stays if writing fails."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from db.archive import Archive
from db.outputs import OutputRefused, new_file
from parsers.models import Article, Capture, Record
from scraper.cli.main import main

if TYPE_CHECKING:
    from pathlib import Path

FORMATS = ("jsonl", "csv", "parquet", "warc", "wacz", "akn")
WAYS = ("itself", "relative", "symbolic link", "hard link", "through a linked folder", "wal", "shm", "lock", "dangling link")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "archive.db"
    with Archive(path) as opened:
        opened.store(
            Capture(b"page", "https://sobh.example/1"),
            Record("article", Article("sobh", url="https://sobh.example/1", title="ت")),
        )
    return path


def _output(archive: Path, way: str) -> Path:
    """Another name for the archive, or for a file next to it."""
    other = archive.parent / "output"
    if way == "symbolic link":
        other.symlink_to(archive)
    elif way == "hard link":
        os.link(archive, other)
    elif way == "through a linked folder":
        other.symlink_to(archive.parent)
        return other / archive.name
    elif way == "dangling link":
        other.symlink_to(archive.parent / "elsewhere")
    elif way == "relative":
        return archive.parent / "x" / ".." / archive.name
    elif way != "itself":
        return archive.with_name(f"{archive.name}{'.' if way == 'lock' else '-'}{way}")
    else:
        return archive
    return other


def _run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


@pytest.mark.survives("an output that is the archive, by path, link or hard link", "`export`", "exit 2, nothing touched")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", FORMATS)
def test_no_export_is_written_onto_the_archive(archive: Path, form: str, way: str, capsys: Any) -> None:
    (archive.parent / "x").mkdir()
    before = archive.read_bytes()
    assert _run("--db", archive, "export", "--format", form, "-o", _output(archive, way)) == 2
    assert archive.read_bytes() == before
    assert capsys.readouterr().err.count("\n") == 1
    with Archive(archive, readonly=True) as opened:
        assert opened.document(1).url == "https://sobh.example/1"


@pytest.mark.survives("an output that is a link to the archive", "`report`", "exit 2, nothing touched")
@pytest.mark.parametrize("name", ["index.html", "data/events.csv", "data/open_issues.csv"])
@pytest.mark.parametrize("way", ["symbolic", "hard"])
def test_a_report_does_not_write_through_a_link(archive: Path, name: str, way: str) -> None:
    folder = archive.parent / "report"
    (folder / "data").mkdir(parents=True)
    before = archive.read_bytes()
    (os.symlink if way == "symbolic" else os.link)(archive, folder / name)
    assert _run("--db", archive, "report", "-o", folder) == 2
    assert archive.read_bytes() == before
    assert sorted(path.name for path in folder.rglob("*")) == sorted({"data", (folder / name).name})


@pytest.mark.survives("an output that is the archive, by path, link or hard link", "`--log`", "exit 2, nothing touched")
def test_a_log_is_not_appended_to_the_archive(archive: Path) -> None:
    before = archive.read_bytes()
    assert _run("--db", archive, "crawl", "sample", "--log", archive) == 2
    assert archive.read_bytes()[:100] == before[:100]
    with Archive(archive, readonly=True) as opened:
        assert opened.document(1).url == "https://sobh.example/1"


@pytest.mark.parametrize("kind", ["another archive", "a pipe", "a device", "a folder that is not there"])
def test_what_is_no_plain_file_is_refused(archive: Path, kind: str) -> None:
    output = archive.parent / "output"
    if kind == "another archive":
        output.write_bytes(archive.read_bytes())
    elif kind == "a pipe":
        os.mkfifo(output)
    elif kind == "a device":
        output = output.parent.parent / "null" if not os.path.exists("/dev/null") else type(output)("/dev/null")  # noqa: PTH110
    else:
        output = archive.parent / "missing" / "output"
    assert _run("--db", archive, "export", "--format", "jsonl", "-o", output) == 2


@pytest.mark.survives("writing fails half-way", "every output", "the old file stays")
def test_a_file_is_replaced_whole_or_not_at_all(archive: Path) -> None:
    output = archive.parent / "rows.jsonl"
    output.write_text("old")
    output.chmod(0o640)

    def fail_half_way() -> None:
        with new_file(output, archive, force=True) as part:
            part.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_half_way()
    assert output.read_text() == "old"
    assert _run("--db", archive, "-q", "export", "--format", "jsonl", "-o", output, "--force") == 0
    assert "sobh.example" in output.read_text("utf-8")
    assert output.stat().st_mode & 0o777 == 0o640
    assert [path for path in archive.parent.iterdir() if path.suffix == ".part"] == []


def _xattrs(folder: Path) -> bool:
    """Whether the file system keeps marks with files."""
    probe = folder / "probe"
    probe.touch()
    try:
        os.setxattr(probe, "user.bayegan.probe", b"")
    except (OSError, AttributeError):
        return False
    return True


OUTPUTS = {
    "jsonl": ("export", "--format", "jsonl", "-o", "out"),
    "csv": ("export", "--format", "csv", "-o", "out"),
    "warc": ("export", "--format", "warc", "-o", "out"),
    "akn": ("export", "--format", "akn", "-o", "out"),
    "report": ("report", "-o", "."),
    "backup": ("backup", "out"),
    "sources new": (
        "sources", "new", "https://x.example/", "--home", "page", "--article", "page", "https://x.example/1", "-o", "out",
    ),
}  # fmt: skip


@pytest.mark.survives("the output is somebody's file", "every output", "refused without `--force`")
@pytest.mark.parametrize("name", OUTPUTS)
def test_a_file_that_bayegan_did_not_write_is_replaced_with_force_alone(archive: Path, name: str, monkeypatch: Any) -> None:
    monkeypatch.chdir(archive.parent)
    (archive.parent / "page").write_text("<p>x")
    output = archive.parent / ("index.html" if name == "report" else "out")
    output.write_text("years of work")
    assert _run("--db", archive, *OUTPUTS[name]) == 2
    assert output.read_text() == "years of work"
    assert _run("--db", archive, *OUTPUTS[name], "--force") in (0, 1)
    assert b"years of work" not in output.read_bytes()


@pytest.mark.survives("somebody changed an output", "every output", "refused without `--force`")
@pytest.mark.parametrize("name", OUTPUTS)
def test_what_bayegan_wrote_it_replaces_until_somebody_changes_it(archive: Path, name: str, monkeypatch: Any) -> None:
    if not _xattrs(archive.parent):
        pytest.skip("this file system keeps no marks with files")
    monkeypatch.chdir(archive.parent)
    (archive.parent / "page").write_text("<p>x")
    output = archive.parent / ("index.html" if name == "report" else "out")
    assert [_run("--db", archive, *OUTPUTS[name]) in (0, 1) for _ in range(3)] == [True] * 3
    with output.open("ab") as file:
        file.write(b" and a remark")
    assert _run("--db", archive, *OUTPUTS[name]) == 2
    assert output.read_bytes().endswith(b" and a remark")


def test_another_archive_is_no_place_for_a_backup_even_with_force(archive: Path) -> None:
    other = archive.with_name("other.db")
    Archive(other).close()
    before = other.read_bytes()
    assert _run("--db", archive, "backup", other) == 2
    assert _run("--db", archive, "backup", other, "--force") == 2
    assert other.read_bytes() == before


@pytest.mark.survives("the output is somebody's file", "`--log`", "refused")
@pytest.mark.parametrize("content", ["a letter", "# notes", "\n"])
def test_a_log_goes_to_no_file_of_other_lines(archive: Path, content: str) -> None:
    log = archive.with_name("notes.txt")
    log.write_text(content)
    assert _run("--db", archive, "crawl", "sample", "--log", log) == 2
    assert log.read_text() == content


def test_a_log_does_not_follow_a_link(archive: Path) -> None:
    log = archive.with_name("log.jsonl")
    log.symlink_to(archive.parent / "elsewhere")
    assert _run("--db", archive, "crawl", "sample", "--log", log) == 2
    assert not (archive.parent / "elsewhere").exists()


def test_a_folder_with_another_manifest_is_no_place_for_a_bulk_job(archive: Path) -> None:
    folder = archive.parent / "site"
    folder.mkdir()
    (folder / "manifest.json").write_text('{"name": "an app"}')
    assert _run("--db", archive, "bulk", archive.parent / "page", "-o", folder) == 2
    assert (folder / "manifest.json").read_text() == '{"name": "an app"}'


def test_an_output_that_becomes_a_link_meanwhile_is_not_followed(archive: Path) -> None:
    output = archive.parent / "rows.jsonl"
    before = archive.read_bytes()

    def replaced_meanwhile() -> None:
        with new_file(output, archive) as part:
            part.write_text("rows")
            output.symlink_to(archive)

    with pytest.raises(OutputRefused):
        replaced_meanwhile()
    assert archive.read_bytes() == before


@pytest.mark.survives("bytes of captures are damaged", "`export`, `reparse`", "named, exit 1; the rest is written")
def test_damaged_captures_are_said_and_the_rest_is_exported(archive: Path, capsys: Any) -> None:
    with Archive(archive) as opened:
        opened.store(
            Capture(b"another", "https://sobh.example/2"),
            Record("article", Article("sobh", url="https://sobh.example/2", title="پ")),
        )
        opened.db.execute("update blobs set data = zeroblob(20) where id = 1")
    output = archive.parent / "out.warc.gz"
    assert _run("--db", archive, "export", "--format", "warc", "-o", output) == 1
    assert "capture 1" in capsys.readouterr().err
    assert output.stat().st_size > 100
    assert _run("--db", archive, "reparse") == 1
    with Archive(archive, readonly=True) as opened:
        assert [row["code"] for row in opened.open_issues()] == ["damaged_capture", "withdrawn"]  # «another» is no page
        assert opened.run_log()[0]["status"] == "failed"
        assert opened.document(1).article.title == "ت"
