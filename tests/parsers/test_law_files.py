"""Laws out of Word files, PDFs and text files: in reading order, whatever wrote them."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from docx import Document
from pdf_files import page, pdf

from parsers.files import DocumentTooLarge, UnreadableDocument, document_kind, document_lines
from parsers.files import pdf as pdf_module
from parsers.models import Capture
from parsers.record import parse
from scraper.input_files import InputError, captures
from scraper.ocr import needs_ocr

ZWNJ = "\u200c"
LAW = [
    "قانون ساماندهی میزهای خدمت",
    "ماده ۱ـ هر دستگاه باید تا ۱۴۰۳/۲/۱۵ میز خدمت (حضوری) باز کند.",
    "الف ـ میز شهری؛",
    "ب ـ میز روستایی.",
    "تبصره ـ دستگاه کوچک معاف است.",
    "ماده ۲ـ ناظر این قانون سازمان Edari Test است و 25 درصد هزینه را می دهد.",
    "ماده ۳ـ این قانون لازم الاجراست.",
]
EIDS = ["art_1", "art_1__cl_a", "art_1__cl_b", "art_1__note", "art_2", "art_3"]


def docx(lines, table=()):
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in zip(grid.rows, table, strict=True):
            for cell, text in zip(row.cells, cells, strict=True):
                cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("scattered", [False, True])
@pytest.mark.parametrize("forms", [False, True])
def test_a_pdf_is_read_from_right_to_left_with_its_numbers_and_latin_words_turned_back(scattered, forms):
    assert document_lines(pdf([page(LAW, forms=forms)], scattered=scattered)) == LAW


def test_a_ligature_glyph_keeps_its_letters_in_order():
    glyphs = ["م", "\ufefb", "س"]  # سلام from left to right, lam-alef one presentation form
    assert document_lines(pdf([[(500, 700, glyphs)]])) == ["سلام"]
    assert document_lines(pdf([[(500, 700, ["م", "لا", "س"])]])) == ["سلام"]


def test_full_lines_of_a_pdf_go_on_and_a_clause_begins_its_own():
    full = "ماده ۱ـ دستگاه ها باید همه نامه های رسیده را در همان روز ثبت کنند"
    lines = [full, "و رسید بدهند.", "ماده ۲ـ پایان کار."]
    assert document_lines(pdf([page(lines)])) == [f"{full} و رسید بدهند.", "ماده ۲ـ پایان کار."]


def test_page_numbers_and_running_heads_of_a_pdf_are_no_text():
    pages = [page(["مجموعه مقررات نمونه", f"متن برگ {n} که یک سطر است.", f"- {n} -"]) for n in "۱۲۳۴"]
    assert document_lines(pdf(pages)) == [f"متن برگ {n} که یک سطر است." for n in "۱۲۳۴"]


def test_of_two_columns_the_right_one_comes_first():
    right = [f"راست سطر {n} از ستون نخست آن." for n in "۱۲۳۴۵۶۷۸۹"]
    left = [f"چپ سطر {n} از ستون دوم برگ." for n in "۱۲۳۴۵۶۷۸۹"]
    lines = document_lines(pdf([[*page(right, right=540), *page(left, right=280)]]))
    assert " ".join(lines) == " ".join([*right, *left])


RIGHT = [f"ماده {n} – راست سطر {n} از ستون نخست برگ است." for n in "۱۲۳۴۵۶۷۸۹"]
LEFT = [f"ماده ۱{n} – چپ سطر {n} از ستون دوم برگ است." for n in "۰۱۲۳۴۵۶۷"]


@pytest.mark.parametrize("offset", [0, 3, 5, 8, 11])
@pytest.mark.parametrize("between", [30, 14, 9])
def test_columns_whose_lines_stand_at_other_heights_are_read_one_after_the_other(offset, between):
    right, left = page(RIGHT, right=540), page(LEFT, right=540 - 6 * max(map(len, RIGHT)) - between, top=800 - offset)
    assert " ".join(document_lines(pdf([[*right, *left]]))) == " ".join([*RIGHT, *LEFT])


def test_a_line_across_both_columns_parts_them_above_and_below():
    head = "آیین‌نامه نگهداری کوچه‌های شهر و باغچه‌های پیرامون آن در همه روزهای سال و شب‌ها"
    right, left = page(RIGHT, right=540, top=770), page(LEFT, right=270, top=765)
    lower = [page(lines, right=edge, top=top) for lines, edge, top in ((RIGHT, 540, 560), (LEFT, 270, 555))]
    placed = [*page([head], right=540), *right, *left, *page([head], right=540, top=600), *lower[0], *lower[1]]
    assert " ".join(document_lines(pdf([placed]))) == " ".join([head, *RIGHT, *LEFT, head, *RIGHT, *LEFT])


def test_one_column_of_short_lines_is_no_two():
    lines = [
        f"ماده {n} – سطر." if int(n) % 2 else f"ماده {n} – سطری که تا پایان برگ می‌رود و جا را پر می‌کند." for n in "۱۲۳۴۵۶۷۸۹"
    ]
    assert " ".join(document_lines(pdf([page(lines)]))) == " ".join(lines)


@pytest.mark.parametrize("make", [docx, lambda lines: pdf([page(lines)]), lambda lines: "\n".join(lines).encode()])
def test_a_law_is_a_law_by_any_road(make):
    record = parse(Capture(make(LAW)))
    assert record.verdict == "law"
    assert record.article.title == LAW[0]
    assert record.law is not None
    assert [clause.eid for clause in record.law.clauses] == EIDS


def test_a_law_page_of_no_known_portal_is_a_law():
    body = "".join(f"<p>{line}</p>" for line in LAW[1:])
    html = f"<html><head><title>{LAW[0]}</title></head><body><h1>{LAW[0]}</h1><div>{body}</div></body></html>"
    record = parse(Capture(html.encode()))
    assert record.verdict == "law"
    assert [clause.eid for clause in record.law.clauses] == EIDS


LONG = [f"{line} این بند برای همه شهرها و روستاهاست و هر سال بازبینی می شود و گزارش آن به شورا می رسد." for line in LAW[1:]]
TABLES = [
    "<table>" + "".join(f"<tr><td>{line}</td></tr>" for line in LONG) + "</table>",
    "<table><tbody>" + "".join(f"<tr><td><p>{line}</p></td></tr>" for line in LONG) + "</tbody></table>",
    "<table><tr><td>" + "".join(f"<p>{line}</p>" for line in LONG) + "</td></tr></table>",
]


@pytest.mark.parametrize("table", TABLES)
def test_a_table_of_one_column_that_lays_out_a_law_is_read_whole(table):
    record = parse(Capture(f"<html><body><h1>{LAW[0]}</h1>{table}</body></html>".encode()))
    assert record.verdict == "law", record.evidence
    assert [clause.eid for clause in record.law.clauses] == EIDS


def test_a_preamble_may_be_longer_than_the_clauses():
    preamble = ["نظر به این که میزهای خدمت کار مردم را آسان می کند و از رفت و آمد آنان می کاهد، این قانون نوشته شد."] * 12
    record = parse(Capture("\n".join([LAW[0], *preamble, *LAW[1:]]).encode()))
    assert record.verdict == "law", record.evidence
    assert [clause.eid for clause in record.law.clauses] == EIDS


def test_a_report_about_a_law_is_no_law():
    lines = ["قانون تازه بازار اجاره را آرام می کند", *["کارشناسان می گویند ماده ۵ این قانون بازار اجاره را آرام خواهد کرد."] * 8]
    assert parse(Capture("\n".join(lines).encode())).verdict != "law"
    assert parse(Capture(docx(lines))).verdict != "law"


def test_a_row_of_a_word_table_is_one_line_with_tabs():
    lines = document_lines(docx(LAW, [["ردیف", "عنوان"], ["۱", "میز شهری"]]))
    assert lines[-2:] == ["ردیف\tعنوان", "۱\tمیز شهری"]


def test_numbers_that_word_counts_itself_are_part_of_the_text():
    document = Document()
    for text in ("نخست", "دوم", "سوم"):
        document.add_paragraph(text, style="List Number")
    stream = io.BytesIO()
    document.save(stream)
    assert document_lines(stream.getvalue()) == ["1. نخست", "2. دوم", "3. سوم"]


@pytest.mark.parametrize(
    "body",
    [
        b"%PDF-1.4\nnothing of the kind",
        pdf([[]]),
        b"PK\x03\x04word/document.xml and then nothing",
        docx(LAW)[:4000] + b"word/",
    ],
)
def test_a_document_that_cannot_be_read_is_empty_and_says_why(body):
    with pytest.raises(UnreadableDocument):
        document_lines(body)
    record = parse(Capture(body))
    assert record.verdict == "empty"
    assert "unreadable_document" in {issue.code for issue in record.issues}


def test_a_word_file_that_unpacks_to_too_much_is_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 41_000_000)
    with pytest.raises(UnreadableDocument, match="more than"):
        document_lines(stream.getvalue())


def test_entities_in_a_word_file_are_refused():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>')
    with pytest.raises(UnreadableDocument):
        document_lines(stream.getvalue())


def test_other_files_are_no_documents():
    assert document_kind(b"PK\x03\x04 some other zip") is None
    assert document_kind(b"<html>") is None


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def word_file(body, **parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, text in parts.items():
            archive.writestr(f"word/{name}.xml", f'<w:{name} xmlns:w="{W}">{text}</w:{name}>')
    return stream.getvalue()


def run(text):
    return f"<w:r><w:t>{text}</w:t></w:r>"


def note(kind, number, text):
    return f'<w:{kind} w:id="{number}"><w:p>{run(text)}</w:p></w:{kind}>'


def test_footnotes_and_endnotes_are_marks_in_the_text_and_lines_after_it():
    lines = [f"<w:p>{run(line)}</w:p>" for line in LAW]
    lines[1] = f'<w:p>{run(LAW[1])}<w:r><w:endnoteReference w:id="7"/></w:r></w:p>'
    lines[5] = f'<w:p>{run("ماده ۲ـ ناظر")}<w:r><w:footnoteReference w:id="3"/></w:r>{run(" سازمان است.")}</w:p>'
    body = word_file(
        "".join(lines),
        footnotes=note("footnote", 0, "")
        + note("footnote", 3, "ماده ۹ـ نام پیشین آن دیگر بود.")
        + note("footnote", 4, "بی ارجاع"),
        endnotes=note("endnote", 7, "روز ۱۴۰۳/۲/۱۵ یکشنبه بود."),
    )
    read = document_lines(body)
    assert (read[1], read[5]) == (f"{LAW[1]}[1]", "ماده ۲ـ ناظر[2] سازمان است.")
    assert read[-2:] == ["پانویس 1: روز ۱۴۰۳/۲/۱۵ یکشنبه بود.", "پانویس 2: ماده ۹ـ نام پیشین آن دیگر بود."]
    law = parse(Capture(body)).law
    assert [clause.eid for clause in law.clauses] == EIDS


def test_a_note_that_is_missing_leaves_its_mark_and_nothing_else():
    body = word_file(f'<w:p>{run("متن")}<w:r><w:footnoteReference w:id="3"/></w:r></w:p>')
    assert document_lines(body) == ["متن[1]"]


def test_words_cut_at_a_line_end_and_latin_ligatures_are_whole():
    full = "ماده ۱ـ دستگاه ها باید نامه های رسیده را در همان روز ثبت کنند و رسید بدهند به سامانه Inter-"
    first, (right, y, glyphs) = page([full, "net offices که همه جا هست."])
    at = "".join(glyphs).index("fi")
    glyphs[at : at + 2] = ["\ufb01"]
    read = document_lines(pdf([[first, (right, y, glyphs)]]))
    assert " ".join(read) == full.removesuffix("-") + "net offices که همه جا هست."


def test_a_table_of_a_pdf_is_read_row_by_row_and_cell_by_cell():
    head = "ماده ۱ـ بهای کارها در جدول زیر آمده است و هر سال به پیشنهاد شهرداری بازبینی می شود:"
    rows = [["ردیف", "کار", "بها"], ["۱", "هرس درخت", "۱۰۰"], ["۲", "آبیاری باغچه", "۲۵۰"], ["۳", "کود", "۷۰"]]
    placed = page([head], right=540, top=800)
    for n, cells in enumerate(rows):
        for cell, edge in zip(cells, (540, 460, 300), strict=True):
            placed += page([cell], right=edge, top=780 - 16 * n)
    placed += page(["ماده ۲ـ این مصوبه لازم الاجراست."], right=540, top=780 - 16 * len(rows))
    assert document_lines(pdf([placed])) == [head, *map("\t".join, rows), "ماده ۲ـ این مصوبه لازم الاجراست."]


def test_a_pdf_that_meets_a_limit_is_not_taken_for_pictures_of_pages(monkeypatch):
    """What takes too much to read would take longer still in OCR; a damaged file may be a scan."""
    spaces = pdf([[(540, 800, [" "] * 9)]])
    assert pdf_module.has_text(spaces) is False
    assert pdf_module.has_text(b"%PDF-1.4 cut") is False
    monkeypatch.setattr(pdf_module, "_MOST_GLYPHS", 5)
    with pytest.raises(DocumentTooLarge, match="glyphs"):
        needs_ocr(spaces)


def test_a_pdf_that_takes_too_much_memory_is_refused_and_not_read_by_ocr(tmp_path):
    path = tmp_path / "bomb.pdf"
    path.write_bytes(memory_bomb())
    with pytest.raises(InputError, match=r"bomb\.pdf: .*memory"):
        list(captures(str(path)))


def memory_bomb() -> bytes:
    """A PDF whose page unpacks to over 1 GB of spaces: a stream packed twice."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * (1 << 24)) for _ in range(70)) + packer.flush()
    content = zlib.compress(once, 9)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return body + b"trailer\n<< /Root 1 0 R /Size 5 >>\n%%EOF\n"
