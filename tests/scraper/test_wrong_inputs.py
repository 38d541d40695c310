"""Wrong input, over all commands: one clear line, the exit code, nothing left behind."""

from __future__ import annotations

import gzip
import json
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
from forked_command import bayegan

from scraper.cli.main import bayegan as group

ROWS = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["row"]
PAGE = "تیتر نوشته\n\nوزیر گفت: پیام‌رسان بله تا پایان سال آماده می‌شود و همه آن را خواهند دید.\n"
WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2026-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
    "Content-Length: {length}\r\n\r\n{block}\r\n\r\n"
)
BLOCK = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>x</p></body></html>"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with what the rows name: an archive, files that are no pages, sources."""
    folder = tmp_path_factory.mktemp("wrong")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    (folder / "empty.html").write_bytes(b"")
    lines = [json.dumps({"id": str(n), "text": PAGE}, ensure_ascii=False) for n in range(3)]
    (folder / "texts.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "texts.json.gz").write_bytes(gzip.compress(f"[{', '.join(lines)}]".encode()))
    (folder / "texts.csv").write_text(f"\ufeffid,title,text\n1,تیتر,{PAGE!r}\n", encoding="utf-8")
    (folder / "noise.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "windows.txt").write_bytes("سلام".encode("windows-1256"))
    (folder / "no_target.warc").write_text(WARC.format(length=len(BLOCK), block=BLOCK), newline="")
    (folder / "bad").mkdir()
    (folder / "bad" / "x.toml").write_text('slug = "x"\nname = "x"\nhomepage = "https://x.example/"\nhealht = 1\n')
    (folder / "bad.toml").write_text("[acces]\n")
    with sqlite3.connect(folder / "foreign.db") as db:
        db.execute("CREATE TABLE theirs (x)")
    assert bayegan("--db", folder / "a.db", "add", folder / "page.txt", "--publisher", "asriran").returncode == 0
    assert bayegan("--db", folder / "a.db", "watch", "add", "told-nobody", "health").returncode == 0
    return folder


def files(folder):
    """What is in a folder but for what SQLite and the lock keep next to an archive that is read."""
    return sorted(path.relative_to(folder) for path in folder.rglob("*") if path.suffix not in {".lock", ".db-shm", ".db-wal"})


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["command"].replace("{tmp}/", "")[:70])
def test_wrong_input_gets_one_clear_line_and_its_exit_code(tmp_path, made, row):
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    before = files(tmp_path)
    words = ["" if word == "''" else word.replace("{tmp}", str(tmp_path)) for word in row["command"].split(" ")]
    environment = {name: value.replace("{tmp}", str(tmp_path)) for name, value in row.get("env", {}).items()}
    done = bayegan(*words, cwd=tmp_path, stdin=row.get("stdin", "").encode(), BAYEGAN_DB=str(tmp_path / "new.db"), **environment)
    lines = done.stderr.decode().splitlines()
    assert done.returncode == row["code"], lines
    assert row["says"] in lines[0], lines
    assert all(line.startswith("bayegan: ") for line in lines), lines
    if row["code"] == 2:
        assert len(lines) == 1, lines
        assert files(tmp_path) == before


def leaves(command: click.Command, path: tuple[str, ...] = ()):
    if isinstance(command, click.Group):
        for name in command.list_commands(click.Context(command)):
            yield from leaves(command.get_command(click.Context(command), name), (*path, name))
    else:
        yield " ".join(path)


def test_every_command_has_a_row():
    told = [f" {row['command']} " for row in ROWS]
    assert [leaf for leaf in leaves(group) if not any(f" {leaf} " in one for one in told)] == []


def test_the_installed_command_answers_alike(made):
    command = [Path(sys.executable).with_name("bayegan"), "--db", made / "a.db", "search", "publisher:nosuch"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
