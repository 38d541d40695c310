"""A page that hangs, swells or crashes costs itself: in `add`, `reparse`, merging and bulk as in a crawl."""

from __future__ import annotations

import os
import signal
import zlib
from typing import Any

import pytest
from hard_pages import Crashing, Hanging, Raising, Swelling, good, hard

from db.archive import Archive
from parsers.models import Article, Capture, PageRules, Record
from scraper import input_files
from scraper.cli.main import main
from scraper.parser_pool import parsed
from scraper.parser_process import ParserProcess, shared_process

SAID = {
    Hanging: "did not come to an end within 8 s",
    Swelling: "wanted more than 300 MB",
    Crashing: "crashed",
    Raising: "ZeroDivisionError: no such page",
}


@pytest.mark.survives(
    "the parsers hang, swell, crash or raise",
    "`add`, `reparse`, merging, `bulk`",
    "`parse_failed` for that page; the others are read",
)
@pytest.mark.parametrize("kind", SAID)
@pytest.mark.parametrize("jobs", [2])
def test_a_hard_page_costs_itself_and_the_order_stays(kind: Any, jobs: int) -> None:
    pages = [good(1), hard(kind, 2), good(3), good(4)]
    ended = list(parsed(((n, page, PageRules()) for n, page in enumerate(pages)), jobs, seconds=8))
    assert [page.key for page in ended] == [0, 1, 2, 3]
    assert [page.record is None for page in ended] == [False, True, False, False]
    assert SAID[kind] in ended[1].failure


def test_who_stops_reading_leaves_no_process_at_work() -> None:
    pages = ((n, page, PageRules()) for n, page in enumerate([good(1), hard(Hanging, 2)]))
    for page in parsed(pages, 1, seconds=30):
        assert page.record
        break
    assert shared_process.parse(good(2), PageRules(), 20).verdict == "article"


def test_a_process_that_was_killed_while_idle_costs_no_page() -> None:
    process = ParserProcess()
    assert process.parse(good(1), PageRules()).verdict == "article"
    assert process._process is not None
    process._process.kill()
    process._process.wait()
    assert process.parse(good(2), PageRules()).verdict == "article"
    process.forget()


def test_what_a_process_started_ends_with_it() -> None:
    process = ParserProcess()
    process.start()
    assert process._process is not None
    pid = process._process.pid
    assert os.getpgid(pid) == pid
    process.parse(good(1), PageRules())
    process.forget()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, signal.SIGCONT)


def _pdf(content: bytes) -> bytes:
    """One page with this content, packed."""
    packed = zlib.compress(content, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(packed), packed),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]  # fmt: skip
    body, places = b"%PDF-1.4\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"xref\n0 6\n0000000000 65535 f \n%strailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        table,
        len(body),
    )


SLOW = _pdf(b"BT /F 12 Tf " + b"1 0 0 1 5 5 Tm (%s) Tj " % (b"a" * 200) * 40_000 + b"ET")


def _bayegan(capsys: Any, *arguments: object) -> tuple[int, str]:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0), capsys.readouterr().err


@pytest.mark.survives("a PDF that takes minutes", "`add`", "ended at its time (60 s, `--page-seconds`)")
def test_a_pdf_of_a_few_kilobytes_does_not_hold_add_up(tmp_path: Any, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(input_files, "_OCR_SECONDS", 5)
    (tmp_path / "slow.pdf").write_bytes(SLOW)
    (tmp_path / "page.html").write_bytes(good(1).body)
    db = tmp_path / "a.db"
    code, said = _bayegan(capsys, "--db", db, "add", "--page-seconds", 8, tmp_path / "slow.pdf", tmp_path / "page.html")
    assert (code, len(said.splitlines())) == (1, 1)
    assert "slow.pdf: " in said
    with Archive(db, readonly=True) as archive:
        run = archive.run_log()[0]
        assert (run["status"], run["inserted"], run["failed"]) == ("failed", 1, 1)


def _with_slow(path: Any) -> None:
    """An archive of an earlier version, which had the patience."""
    with Archive(path) as archive:
        for capture in (good(1), Capture(SLOW, "http://127.0.7.1/law.pdf", fetched_at="2026-10-01T10:00:00+03:30")):
            archive.store(capture, Record("article", Article("x", url=capture.url, title="ت", body="متن")))


@pytest.mark.survives("a PDF that takes minutes", "`reparse`", "what was derived before stays")
@pytest.mark.parametrize("seconds", [2, 60])  # it comes to the end of its time, or of its memory
def test_reparse_leaves_what_it_cannot_read_again_as_it_is(tmp_path: Any, capsys: Any, seconds: int) -> None:
    _with_slow(tmp_path / "a.db")
    code, _ = _bayegan(capsys, "--db", tmp_path / "a.db", "reparse", "--page-seconds", seconds)
    assert code == 1
    with Archive(tmp_path / "a.db", readonly=True) as archive:
        assert "parse_failed" in {issue["code"] for issue in archive.open_issues()}
        assert archive.document("http://127.0.7.1/law.pdf").article.body == "متن"


def test_reparse_names_what_is_no_document_any_more(tmp_path: Any, capsys: Any) -> None:
    with Archive(tmp_path / "a.db") as archive:
        empty = Capture(b"<html><body></body></html>", "http://127.0.7.1/fa/news/9", fetched_at="2026-10-01T10:00:00+03:30")
        archive.store(empty, Record("article", Article("x", url=empty.url, title="ت", body="متن")))
    code, _ = _bayegan(capsys, "--db", tmp_path / "a.db", "reparse")
    assert code == 0
    with Archive(tmp_path / "a.db", readonly=True) as archive:
        ((level, code, message),) = archive.db.execute("SELECT level, code, message FROM issues").fetchall()
        assert (level, code) == ("warning", "withdrawn")
        assert message.startswith("capture 1 is no document today: empty")


@pytest.mark.survives("a PDF that takes minutes", "merging", "named and passed over")
@pytest.mark.parametrize("seconds", [2, 60])
def test_merging_passes_over_what_cannot_be_read(tmp_path: Any, capsys: Any, seconds: int) -> None:
    _with_slow(tmp_path / "b.db")
    code, said = _bayegan(capsys, "--db", tmp_path / "a.db", "add", "--page-seconds", seconds, tmp_path / "b.db")
    assert code == 1
    assert "capture 2: " in said
    with Archive(tmp_path / "a.db", readonly=True) as archive:
        assert ("http://127.0.7.1/law.pdf",) not in archive.db.execute("SELECT url FROM documents").fetchall()
