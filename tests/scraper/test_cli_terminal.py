"""What the command prints on a real terminal of 80 columns, and in a pipe."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db import Archive
from parsers.models import Capture, Issue
from parsers.record import parse
from scraper.cli.output import cell_len, table, wrapped

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

BAYEGAN = Path(sys.executable).with_name("bayegan")
Z = "\u200c"
ADDRESS = "https://www.example.com/" + "very/long/" * 10
STORY = (
    (
        f"به گزارش ایرنا، شهرداری نامه{Z}های خود را در پیام{Z}رسان{Z}های «بله» و «گپ» می{Z}فرستد و برای این کار سامانه{Z}ای تازه "
        "ساخته است."
    ),
    f"نشانی آن {ADDRESS} است.",
    f"بر اساس بند ۱۱ مصوبه «سیاست{Z}ها و اقدامات ساماندهی پیام{Z}رسان{Z}های اجتماعی» شورای عالی فضای مجازی این سکوها رایگان است.",
)
_STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_COLOUR = re.compile("\x1b\\[[0-9;]*m")


def _page(paragraphs: Sequence[str], day: str) -> Capture:
    title = f"شهرداری &#27;]0;harm&#7;&#27;[2J به پیام{Z}رسان{Z}های داخلی رفت و خبر آن در همهٔ روزنامه{Z}های صبح و عصر شهر چاپ شد"
    html = (
        f'<html lang="fa"><head><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{day}T10:00:00+03:30"></head><body id="news">'
        f'<div class="title"><h1>{title}</h1></div><div class="body">{"".join(f"<p>{text}</p>" for text in paragraphs)}</div>'
        "</body></html>"
    )
    return Capture(html.encode(), "https://sobh.example/fa/news/1", fetched_at=f"{day}T12:00:00+03:30", publisher="sobh")


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("terminal") / "archive.db"
    later = (STORY[0].replace("«بله» و ", "").replace("تازه", "نو"), *STORY[1:], "این جمله تازه است.")
    with Archive(path) as archive:
        run = archive.runs.begin("crawl", publishers=("sobh",))
        for capture in (_page(STORY, "2026-10-05"), _page(later, "2026-10-06")):
            assert archive.store(capture, parse(capture), run_id=run).document_id
        archive.runs.note_issue(run, "sobh", Issue("error", "timeout", "…"), url=ADDRESS)
        archive.runs.finish(run, status="failed", counts={"discovered": 12, "fetched": 10, "failed": 2})
    return path


@pytest.fixture(scope="module")
def on_terminal(path: Path) -> Callable[..., str]:
    def run(*args: str, columns: int = 80) -> str:
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
        environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "NO_COLOR"}}
        with subprocess.Popen([BAYEGAN, "--db", path, *args], stdout=theirs, stderr=subprocess.DEVNULL,
                              env={**environment, "TERM": "xterm-256color"}) as process:  # fmt: skip
            os.close(theirs)
            told = b""
            while chunk := _read(ours):
                told += chunk
            process.wait(timeout=60)
        os.close(ours)
        return told.decode().replace("\r\n", "\n")

    return run


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # Linux's way of saying that the other side is closed
        return b""


COMMANDS = [("show", "1"), ("diff", "1"), ("search", "پیام رسان"), ("runs",), ("health",), ("sources", "list")]


@pytest.mark.parametrize("args", COMMANDS)
@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_but_an_address_is_broken(on_terminal: Callable[..., str], args: Sequence[str], columns: int) -> None:
    told = _COLOUR.sub("", on_terminal(*args, columns=columns))
    assert told.strip()
    long = [line for line in told.splitlines() if cell_len(line) > columns and "https://" not in line]
    assert not long


@pytest.mark.parametrize("args", COMMANDS)
def test_what_a_page_says_does_not_steer_the_terminal(on_terminal: Callable[..., str], args: Sequence[str]) -> None:
    told = _COLOUR.sub("", on_terminal(*args)).replace("\n", "")
    assert not _STEERING.search(told)


@pytest.mark.parametrize("args", COMMANDS)
def test_a_pipe_gets_neither_colours_nor_isolates(path: Path, args: Sequence[str]) -> None:
    told = subprocess.run([BAYEGAN, "--db", path, *args], capture_output=True, timeout=60, check=False).stdout.decode()
    assert told.strip()
    assert not _STEERING.search(told.replace("\n", ""))
    assert not set(told) & set("\u2066\u2067\u2068\u2069\u200e\u200f")


@pytest.mark.parametrize("args", COMMANDS)
def test_json_is_json_on_a_terminal_too(on_terminal: Callable[..., str], args: Sequence[str]) -> None:
    assert json.loads(on_terminal(*args, "--json"))


def test_addresses_and_counts_are_whole(on_terminal: Callable[..., str]) -> None:
    assert ADDRESS in on_terminal("health")
    run = _COLOUR.sub("", on_terminal("runs")).splitlines()
    names = ["run", "command", "started", "status", "found", "fetched", "304", "new", "updated", "same", "failed"]
    assert run[0].split() == names
    assert run[1].split()[:2] == ["1", "crawl"]
    assert run[1].split()[4:] == ["failed", "12", "10", "0", "0", "0", "0", "2"]


def test_a_difference_is_told_by_words_and_by_signs_where_there_are_no_colours(on_terminal: Callable[..., str]) -> None:
    told = re.sub("[\u2068\u2069]", "", _COLOUR.sub("", on_terminal("diff", "1", columns=100)))
    assert "[-«بله» و-]" in told
    assert "[-تازه-] {+نو+}" in told
    assert "{+این جمله تازه است.+}" in told


def test_facts_name_their_law_and_their_clause_in_persian_digits(on_terminal: Callable[..., str]) -> None:
    told = re.sub("[\u2068\u2069]", "", _COLOUR.sub("", on_terminal("show", "1", columns=100)))
    assert re.search(r"→\s+بند ۱۱ · سیاست\u200cها و اقدامات", told)
    assert "Laws" in told


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("یک دو سه", 5, ["یک دو", "سه"]),
        (f"می{Z}رود می{Z}آید", 10, [f"می{Z}رود", f"می{Z}آید"]),
        (f"می{Z}رود می{Z}آید", 11, [f"می{Z}رود می{Z}آید"]),
        ("به https://example.com/a-long-address بروید", 12, ["به", "https://example.com/a-long-address", "بروید"]),
        ("", 10, []),
    ],
)
def test_lines_are_wrapped_between_words_by_what_a_terminal_shows(text: str, width: int, lines: list[str]) -> None:
    assert [text[start:end] for start, end in wrapped(text, width)] == lines


def test_a_column_without_room_stands_below_its_row() -> None:
    rows = [["a", "7", "w" * 30], ["bb", "12", "x " * 20]]
    assert [re.sub("\x1b\\[[0-9;]*m", "", line) for line in table(rows, ["name", "count", "where"], 20)] == [
        "name  count",
        "a         7",
        "    " + "w" * 30,
        "bb       12",
        "    x x x x x x x x",
        "    x x x x x x x x",
        "    x x x x",
    ]
