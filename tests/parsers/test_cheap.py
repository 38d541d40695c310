"""The cheap test never turns away what the parsers read, in whatever encoding it comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import Capture, parse
from parsers.page.quick_reject import may_be_persian

PAGES = sorted((Path(__file__).resolve().parents[1] / "pages").glob("*/*.html"))
ARABIC_LETTERS = str.maketrans("یک", "يك")
SENTENCE = "مدیر میدان میوه گفت چهار پایگاه تازه از هفته آینده آغاز می\u200cکنند و ژاله نیز گزارش آن را نوشته است. " * 2


@pytest.mark.parametrize("page", PAGES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_no_page_that_makes_a_document_is_turned_away(page: Path) -> None:
    body = page.read_bytes()
    if parse(Capture(body)).verdict in {"article", "law", "media"}:
        assert may_be_persian(body)


@pytest.mark.parametrize(
    "body",
    [
        SENTENCE.encode(),
        SENTENCE.translate(ARABIC_LETTERS).encode(),
        SENTENCE.translate(ARABIC_LETTERS).encode("cp1256", "replace"),
        SENTENCE.encode("utf-16"),
        SENTENCE.encode("utf-16-le"),
        SENTENCE.encode("ascii", "xmlcharrefreplace"),
        "".join(f"&#x{ord(letter):X};" for letter in SENTENCE).encode(),
        ascii(SENTENCE).encode(),
        b"%PDF-1.7 \x00",
        b"\xff" + SENTENCE.encode(),
    ],
    ids=["utf-8", "Arabic letters", "windows-1256", "utf-16", "no mark", "references", "hex", "escapes", "pdf", "bad bytes"],
)
def test_persian_in_any_encoding_passes(body: bytes) -> None:
    assert may_be_persian(b"<html><body><p>" + body)


@pytest.mark.parametrize(
    "text",
    [
        "The quick brown fox jumps over the lazy dog. ",
        "Le garçon a été étonné de l'île où naît l'été. ",
        "Быстрая коричневая лиса прыгает через ленивую собаку. ",
        "敏捷的棕色狐狸跳过了懒狗。",
        "أعلن الوزير أن الاجتماع سيعقد غدا في العاصمة وأن الدعوة موجهة إلى جميع الأعضاء. ",
        "",
    ],
    ids=["English", "French", "Russian", "Chinese", "Arabic", "nothing"],
)
def test_other_languages_are_turned_away(text: str) -> None:
    assert not may_be_persian(f"<html><body>{text * 50}</body></html>".encode())


@given(st.binary(max_size=400))
def test_any_bytes_have_an_answer(body: bytes) -> None:
    assert may_be_persian(body) in {True, False}
