"""Pictures of pages: read by OCR when they are added, the text kept as it was read, with its confidence and the picture."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from db import Archive
from db.law.facsimiles import facsimile, picture
from db.law.tree import tree
from parsers.files import UnreadableDocument, document_kind, document_lines
from parsers.files.scanned import MARK, told_of_scan
from parsers.models import Capture, PageRules
from parsers.record import parse
from scraper import ocr
from scraper.input_files import InputError, captures
from scraper.parser_process import ParserProcess, ParsingFailed

FILES = Path(__file__).resolve().parents[1] / "files"
PAGES = [FILES / "scanned_page_1.png", FILES / "scanned_page_2.png"]


def has_persian_ocr():
    if not shutil.which("tesseract"):
        return False
    return "fas" in subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout.split()


needs_ocr = pytest.mark.skipif(not has_persian_ocr(), reason="needs Debian's tesseract-ocr and tesseract-ocr-fas")


def scan(*pages):
    """An OCR text as it is stored, from (confidence, lines) of each page; lines stand below one another."""
    rows = [
        {
            "confidence": sure,
            "height": 1000,
            "picture": "/9j/",
            "lines": [[text, 40, 900, 900 - 40 * n, 20] for n, text in enumerate(lines)],
        }
        for sure, lines in pages
    ]
    return MARK + json.dumps({"engine": "Tesseract 5", "pages": rows}, ensure_ascii=False).encode()[1:]


LAW = [
    (91, ["قانون باغچه\u200cهای نمونه", "ماده ۱ – باغچه زمینی است سبز.", "ماده ۲ – مالک آب می\u200cدهد."]),
    (42, ["تبصره – آب از چاه است.", "ماده ۳ – این قانون لازم\u200cالاجراست."]),
]


def test_an_ocr_text_is_a_law_that_says_where_it_is_from_and_how_sure_it_is():
    record = parse(Capture(scan(*LAW)))
    assert [clause.eid for clause in record.law.clauses] == ["art_1", "art_2", "art_2__note", "art_3"]
    (issue,) = [issue for issue in record.issues if issue.code == "ocr_text"]
    assert (issue.level, issue.message) == (
        "warning", "read from pictures by Tesseract 5, confidence by page: 91, 42; compare page 2 with its picture",
    )  # fmt: skip
    assert told_of_scan(scan(LAW[0])) == ("read from pictures by Tesseract 5, confidence by page: 91", False)


def test_running_heads_and_page_numbers_of_pictures_are_no_text():
    pages = [(90, ["مجموعه مقررات", f"متن برگ {n} که یک سطر است.", f"- {n} -"]) for n in "۱۲۳۴"]
    assert document_lines(scan(*pages)) == [f"متن برگ {n} که یک سطر است." for n in "۱۲۳۴"]


@pytest.mark.parametrize("body", [MARK, MARK + b"}", MARK + b'"engine": 1, "pages": [{}]}', MARK + b'"engine": "", "pages": 3}'])
def test_a_damaged_ocr_text_is_unreadable_and_says_so(body):
    assert document_kind(body) == "scan"
    with pytest.raises(UnreadableDocument):
        document_lines(body)
    assert parse(Capture(body)).verdict == "empty"


def test_a_clause_is_found_on_the_picture_of_its_page(tmp_path):
    with Archive(tmp_path / "a.db") as archive:
        capture = Capture(scan(*LAW), fetched_at="2026-11-01T12:00:00+03:30")
        archive.store(capture, parse(capture))
        number = tree(archive.db, "قانون باغچه\u200cهای نمونه").about["instrument_id"]
        assert facsimile(archive.db, number, "باغچه زمینی است سبز.") == (1, 1)
        assert facsimile(archive.db, number, "این قانون لازم الاجراست.") == (1, 2)
        assert facsimile(archive.db, number, "چیزی که در آن نیست و نبود") is None
        assert picture(archive.db, 1, 2).startswith(b"\xff\xd8\xff")


@needs_ocr
def test_a_picture_of_a_law_becomes_a_law():
    (capture,) = captures(str(PAGES[0]))
    record = parse(capture)
    assert record.verdict == "law", record.evidence
    assert record.article.title == "قانون نگهداری باغچه\u200cهای کوچه"
    assert {"art_1", "art_1__note", "art_2"} <= {clause.eid for clause in record.law.clauses}


@needs_ocr
def test_a_pdf_of_pictures_is_read_page_by_page_and_keeps_them(tmp_path):
    image = pytest.importorskip("PIL.Image")
    first, second = (image.open(path).convert("L") for path in PAGES)
    stream = io.BytesIO()
    first.save(stream, "PDF", save_all=True, append_images=[second], resolution=150)
    path = tmp_path / "law.pdf"
    path.write_bytes(stream.getvalue())
    (capture,) = captures(str(path))
    pages = json.loads(capture.body)["pages"]
    assert len(pages) == 2
    assert all(page["confidence"] > 60 and page["picture"] for page in pages)
    assert "مجلس شورای اسلامی" in "\n".join(document_lines(capture.body))
    assert document_lines(ocr.read_pictures(path.read_bytes())) == document_lines(capture.body)  # without the process too
    assert "art_2" in {clause.eid for clause in parse(Capture(ocr.read_pictures(PAGES[0].read_bytes()))).law.clauses}


def test_without_what_is_needed_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "pytesseract", None)
    with pytest.raises(ocr.OcrError, match=r"pip install 'bayegan\[ocr\]' && apt-get install tesseract-ocr tesseract-ocr-fas"):
        ocr.read_pictures(PAGES[0].read_bytes())


def test_what_the_parsing_process_says_of_a_picture_is_one_line(tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    with pytest.raises(InputError, match=r"a\.png: a PNG picture, (damaged|and)"):
        list(captures(str(tmp_path / "a.png")))


@needs_ocr
def test_a_page_after_a_damaged_picture_is_read():
    """What was loaded to read the picture took address space that the page's bound left nothing of."""
    process = ParserProcess()
    with pytest.raises(ParsingFailed, match="damaged"):
        process.call("read_pictures", b"\x89PNG\r\n\x1a\nnothing")
    try:
        page = "<h1>خبر باغچه</h1><p>" + "متن خبر باغچه در شهر نمونه است. " * 30
        assert process.parse(Capture(page.encode()), PageRules()).verdict == "article"
    finally:
        process.forget()


@needs_ocr
@pytest.mark.parametrize("body", [b"\x89PNG\r\n\x1a\nnothing", b"\xff\xd8\xff\xe0 cut"])
def test_a_damaged_picture_is_refused_and_says_why(body):
    with pytest.raises(ocr.OcrError, match="picture, damaged"):
        ocr.read_pictures(body)
