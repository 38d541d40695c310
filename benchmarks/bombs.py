"""Peak memory of `bayegan add` and `bayegan crawl` on what is small when it is sent and large when it is opened.

    python benchmarks/bombs.py [NAME...]

Each bomb is one command in a process of its own; the peak is that of the largest of its processes, as the system counts it. What
must hold: under 300 MB, whatever the bomb. Nothing but loopback is asked.
"""

from __future__ import annotations

import base64
import gzip
import json
import os
import sys
import tempfile
import time
import zipfile
from io import BytesIO
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import brotli
import zstandard

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "scraper")]

if TYPE_CHECKING:
    from collections.abc import Callable

MB = 1_000_000
MOST = 300  # MB


def zeros() -> bytes:
    """Return what packs best."""
    return b"\0" * (400 * MB)


def record(block: bytes, header: str = "") -> bytes:
    """Return a WARC response of one page."""
    head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.ir/1\r\nWARC-Date: 2026-11-01T10:00:00Z\r\n{header}"
    return f"{head}Content-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def page(body: bytes, encoding: str = "") -> bytes:
    """Return an HTTP answer with a page."""
    coding = f"Content-Encoding: {encoding}\r\n" if encoding else ""
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{coding}\r\n".encode() + body


def wacz() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.warc", record(page(zeros())))
        archive.writestr("datapackage.json", b"[" * (200 * MB))
    return out.getvalue()


def har(content: dict[str, object]) -> bytes:
    entry = {"request": {"url": "http://a.ir/1", "method": "GET"},
             "response": {"status": 200, "headers": [], "content": {"mimeType": "text/html", **content}}}  # fmt: skip
    return b'{"log": {"entries": [' + json.dumps(entry).encode() + b"]}}"


FILES: dict[str, Callable[[], bytes]] = {
    "page.html.gz: zeros": lambda: gzip.compress(zeros(), 1),
    "x.warc.gz: a page of zeros": lambda: gzip.compress(record(page(zeros())), 1),
    "x.warc.gz: a header line": lambda: gzip.compress(record(page(b"x"), f"X: {'x' * 400 * MB}\r\n"), 1),
    "x.warc.gz: brotli in it": lambda: gzip.compress(record(page(brotli.compress(zeros(), quality=1), "br"))),
    "x.warc.gz: zstd in it": lambda: gzip.compress(record(page(zstandard.compress(zeros()), "zstd"))),
    "x.warc.gz: gzip four times": lambda: gzip.compress(
        record(page(gzip.compress(gzip.compress(gzip.compress(zeros(), 1))), "gzip, gzip, gzip"))
    ),
    "x.warc.zst: a page of zeros": lambda: zstandard.compress(record(page(zeros()))),
    "x.warc.zst: a dictionary": lambda: (
        (packed := zstandard.compress(zeros())) and b"\x5d\x2a\x4d\x18" + len(packed).to_bytes(4, "little") + packed
    ),
    "x.wacz: a page of zeros, a deep description": wacz,
    "x.har: brackets": lambda: b'{"log": {"entries": [' + b"[" * (100 * MB),
    "x.har: a page of base64 of gzip": lambda: har(
        {"text": base64.b64encode(gzip.compress(zeros(), 1)).decode(), "encoding": "base64"}
    ),
    "x.har: a page of 200 MB": lambda: har({"text": "x" * 200 * MB}),
}
FEED = b"<rss><channel><item><title>"
ANSWERS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "crawl: ampersands as a feed": ("/rss", lambda: gzip.compress(FEED + b"&" * (9 * MB))),
    "crawl: zeros as a feed": ("/rss", lambda: gzip.compress(zeros(), 1)),
    "crawl: items as a feed": ("/rss", lambda: gzip.compress(b"<rss><channel>" + b"<item><link>/</link></item>" * 360_000)),
    "crawl: tags as a feed": ("/rss", lambda: gzip.compress(b"<rss><channel>&" + b"<a>" * 400 + b"<item>" * 1_400_000)),
    "crawl: JSON as a feed": ("/rss", lambda: gzip.compress(b'{"urls": [' + b"{}," * 3 * MB + b"{}]}")),
    "crawl: zeros as robots.txt": ("/robots.txt", lambda: gzip.compress(zeros(), 1)),
    "crawl: zeros as a page": ("/fa/news/1", lambda: gzip.compress(zeros(), 1)),
    "crawl: tags as a page": ("/fa/news/1", lambda: gzip.compress(b"<html><body>" + b"<b>" * 3 * MB)),
}


def peak(line: list[str]) -> tuple[float, int]:
    """Run a command; return the megabytes of the largest of its processes and its exit code."""
    command = [sys.executable, "-c", "from scraper.cli import main; main()", *line]
    silent = [(os.POSIX_SPAWN_OPEN, stream, "/dev/null", os.O_WRONLY, 0) for stream in (1, 2)]
    pid = os.posix_spawn(sys.executable, command, {**os.environ, "PYTHONPATH": str(ROOT)}, file_actions=silent)
    _, status, usage = os.wait4(pid, 0)
    return usage.ru_maxrss / 1024, os.waitstatus_to_exitcode(status)


def write(name: str, path: Path) -> None:
    """Write a bomb, in a process of its own: the system counts the memory of this one in the peak of those that it starts."""
    path.write_bytes(FILES[name]() if name in FILES else ANSWERS[name][1]())


def crawl(folder: Path, base: str) -> list[str]:
    text = f'slug = "bomb"\nname = "bomb"\nhomepage = "{base}/"\nallow_private = true\n[politeness]\ndelay = 0.01\nretries = 0\n'
    (folder / "bomb.toml").write_text(f'{text}[[discover]]\nkind = "rss"\nurl = "/rss"\n', encoding="utf-8")
    return ["--db", str(folder / "a.db"), "--sources", str(folder), "crawl", "bomb"]


def measure(name: str) -> tuple[float, int, float]:
    from fault_server import FaultServer, reply

    with tempfile.TemporaryDirectory() as made, FaultServer() as server:
        folder = Path(made)
        bomb = folder / name.partition(":")[0]
        writer = get_context("spawn").Process(target=write, args=(name, bomb))
        writer.start()
        writer.join()
        line = ["--db", str(folder / "a.db"), "add", str(bomb)]
        if name in ANSWERS:
            server.feed("/fa/news/1")
            server.pages[ANSWERS[name][0]] = reply(bomb.read_bytes(), Content_Encoding="gzip")
            line = crawl(folder, server.base)
        begun = time.perf_counter()
        megabytes, code = peak(line)
        return megabytes, code, time.perf_counter() - begun


def main() -> None:
    names = [name for name in (*FILES, *ANSWERS) if not sys.argv[1:] or any(word in name for word in sys.argv[1:])]
    worst = 0.0
    for name in names:
        megabytes, code, seconds = measure(name)
        worst = max(worst, megabytes)
        print(f"{megabytes:6.0f} MB  {seconds:5.1f} s  exit {code}  {name}", flush=True)
    print(f"peak memory of {len(names)} bombs: {worst:.0f} MB ({MOST} at most)")
    sys.exit(worst > MOST)


if __name__ == "__main__":
    main()
