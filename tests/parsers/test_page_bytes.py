"""Bytes of every kind: charsets that lie, stray bytes, absurd markup. Reading never raises."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from parsers.models import Capture
from parsers.page import read_page
from parsers.page.double_encoding import undone
from parsers.record import parse

TITLE = "آزمون نویسه‌های فارسی در صفحه"
SENTENCE = "این بند از متن خبر پیام‌رسان‌ها را نام می‌برد و باید همان‌گونه که نوشته شده است خوانده شود."
HTML = (
    '<html><head>{meta}<title>x</title></head><body><h1 class="title">{title}</h1>'
    '<div class="news_pdate_c">۱۲ آبان ۱۴۰۵</div><div class="body"><p>{text}</p></div></body></html>'
)
SAVED = sorted((Path(__file__).resolve().parents[1] / "pages").glob("*/*.html"))


def page(meta: str = "", text: str = SENTENCE) -> str:
    return HTML.format(meta=meta, title=TITLE, text=text)


ARABIC = str.maketrans("یک", "يك")


@pytest.mark.parametrize(
    ("encoding", "meta", "header", "lies"),
    [
        ("utf-8", '<meta charset="utf-8">', None, False),
        ("utf-8", "", None, False),
        ("utf-8-sig", "", None, False),
        ("utf-8", '<meta charset="windows-1256">', None, True),
        ("utf-8", "", "text/html; charset=windows-1256", True),
        ("utf-8", '<meta charset="utf-8">', "text/html; charset=ISO-8859-1", True),
        ("cp1256", '<meta charset="windows-1256">', None, False),
        ("cp1256", '<meta charset="utf-8">', None, True),
        ("cp1256", "", "text/html; charset=utf-8", True),
        ("cp1256", "", None, False),
        ("utf-16", "", None, False),
    ],
)
def test_the_text_is_right_whatever_the_page_claims(encoding: str, meta: str, header: str | None, lies: bool) -> None:
    text = SENTENCE.translate(ARABIC) if encoding == "cp1256" else SENTENCE
    source = (
        page(meta, text) if encoding != "cp1256" else page(meta, text).translate(ARABIC).replace("۱۲ آبان ۱۴۰۵", "12 آبان 1405")
    )
    headers = {"Content-Type": header} if header else {}
    got = read_page(Capture(source.encode(encoding), headers=headers))
    assert got.paragraphs == (text,)
    assert ("bad_charset" in {issue.code for issue in got.issues}) == lies


def test_a_few_stray_bytes_cost_nothing_but_themselves() -> None:
    body = (
        page('<meta charset="utf-8">').encode().replace("خبر".encode(), "خبر".encode() + b"\xff").replace(b"<p>", b"<p>\x00\xfe")
    )
    got = read_page(Capture(body))
    assert got.paragraphs == (SENTENCE,)
    assert not got.issues


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (
            "می&zwnj;شود که این جمله به پایان برسد و چیزی از آن کم نشود.",
            "می\u200cشود که این جمله به پایان برسد و چیزی از آن کم نشود.",
        ),
        (
            "نشان &lt;div&gt; در این جمله متن است &amp; می‌ماند و نشانه نیست.",
            "نشان <div> در این جمله متن است & می‌ماند و نشانه نیست.",
        ),
        ("سطر نخست این متن آزمایشی<br/><br>سطر دوم این متن آزمایشی", "سطر نخست این متن آزمایشی\nسطر دوم این متن آزمایشی"),
    ],
)
def test_entities_and_markup_as_text(printed: str, read: str) -> None:
    assert "\n".join(read_page(Capture(page(text=printed).encode())).paragraphs) == read


@pytest.mark.parametrize("reference", ["&#27;[2J", "&#x1b;[2J", "&#8;", "\x1b[2J", "&#127;"])
def test_no_page_smuggles_control_characters_into_a_record(reference: str) -> None:
    html = page(text=f"{SENTENCE} {reference}پایان.").replace(TITLE, f"{reference}{TITLE}")
    article = parse(Capture(html.encode())).article
    assert TITLE in (article.title or "")
    assert "پایان." in article.body
    assert not [letter for letter in f"{article.title}{article.body}" if unicodedata.category(letter) == "Cc"]


@pytest.mark.parametrize(
    "body", [b"", b"\x89PNG\r\n\x1a\n" + bytes(200), b"%PDF-1.7 x", b"\x00" * 500, b"   \n ", b"<html></html>"]
)
def test_what_is_no_text_is_empty_with_an_issue(body: bytes) -> None:
    got = read_page(Capture(body))
    assert got.verdict == "empty"
    assert "empty" in {issue.code for issue in got.issues}


@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote", "table><tr><td", "ul><li", "x-y", "font"])
def test_absurd_nesting_keeps_the_text(tag: str) -> None:
    assert read_page(Capture(page(text=f"<{tag}>" * 20_000 + SENTENCE).encode())).paragraphs == (SENTENCE,)


@given(st.binary(max_size=2000))
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_a_page(body: bytes) -> None:
    assert read_page(Capture(body)).verdict
    assert read_page(Capture(b"<html><body><div class='body'>" + body, url="https://x.ir/fa/news/1")).verdict


@given(st.integers(0, 10**9))
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_mutated_pages_give_a_page(seed: int) -> None:
    rng = random.Random(seed)
    body = bytearray(rng.choice(SAVED).read_bytes())
    for _ in range(rng.randint(1, 40)):
        place = rng.randrange(len(body) or 1)
        body = body or bytearray(b"<p>")
        match rng.randrange(4):
            case 0:
                body[place] = rng.randrange(256)
            case 1:
                del body[place : place + rng.randrange(200)]
            case 2:
                body[place:place] = body[rng.randrange(len(body)) :][: rng.randrange(300)]
            case _:
                body[place:place] = rng.choice(
                    (b"<", b">", b"</div>", b"<table>", b"<!--", b"\xff", b"\x00", b"&#1114112;", b'"')
                )
    assert read_page(Capture(bytes(body), url="https://x.ir/fa/news/1")).verdict


BINARY = {
    "a PNG image": b"\x89PNG\r\n\x1a\n",
    "a JPEG image": b"\xff\xd8\xff\xe0\x00\x10JFIF",
    "a ZIP archive": b"PK\x03\x04",
    "a SQLite database": b"SQLite format 3\x00",
    "a program (ELF)": b"\x7fELF\x02\x01\x01",
    "binary data": b"",
}


@pytest.mark.parametrize("kind", BINARY)
def test_bytes_that_are_no_text_are_named(kind):
    noise = random.Random(7).randbytes(4000)
    page = read_page(Capture(BINARY[kind] + noise, url="https://www.nemuneh.ir/news/1"))
    assert (page.verdict, page.evidence) == ("empty", f"{kind}, no text")


def test_a_few_control_characters_do_not_make_a_text_binary():
    text = "شورای آب استان در نشست خود برنامه بازسازی سی حلقه چاه را بررسی کرد. " * 6
    page = read_page(Capture(f"سی چاه بازسازی می‌شود\n{text}\x00\x01\n".encode()))
    assert page.verdict == "article"


@pytest.mark.parametrize(
    ("html", "verdict"),
    [
        ("<title>301 Moved Permanently</title><h1>301 Moved Permanently</h1><hr>nginx", "empty"),
        ("<title>302 Found</title><h1>Found</h1><p>The document has moved <a href='https://x.ir/'>here</a>.</p>", "empty"),
        ("<title>Object moved</title><h2>Object moved to <a href='/fa'>here</a>.</h2>", "empty"),
        ("<meta http-equiv=refresh content='0; url=/fa'>", "empty"),
        (
            "<title>About us</title><h1>About us</h1><p>We are a company that builds roads and bridges in the north.</p>",
            "not_persian",
        ),
        (
            "<title>من نحن</title><h1>من نحن</h1><p>نحن شركة تعمل في مجال بناء الطرق والجسور في شمال البلاد منذ سنوات.</p>",
            "not_persian",
        ),
    ],
)
def test_a_stub_is_empty_and_a_short_foreign_page_is_not_persian(html, verdict):
    page = read_page(Capture(f"<html><head></head><body>{html}</body></html>".encode(), url="https://www.nemuneh.ir/about"))
    assert page.verdict == verdict


def test_letters_written_as_numbers_count_once() -> None:
    sentence = "شورای آب استان در نشست خود برنامه بازسازی سی حلقه چاه را بررسی کرد."
    numbered = "".join(f"&#{ord(char)};" if char != " " else char for char in sentence)
    html = f"<html><body><h1>سی چاه بازسازی می‌شود</h1><div class='news-body'>{f'<p>{numbered}</p>' * 3200}</div></body></html>"
    page = read_page(Capture(html.encode(), url="https://www.nemuneh.ir/news/1"))
    assert (len(page.paragraphs), page.paragraphs[-1]) == (3200, sentence)
    assert "truncated" not in [issue.code for issue in page.issues]


def test_markup_that_is_cut_says_so_and_ends_with_a_whole_paragraph() -> None:
    sentence = "شورای آب استان در نشست خود برنامه بازسازی سی حلقه چاه را بررسی کرد."
    filler = "<i data-x='" + "ا" * 400 + "'></i>"
    paragraphs = f"<p>{sentence}{filler}</p>" * 3000
    html = f"<html><body><h1>سی چاه بازسازی می‌شود</h1><div class='news-body'>{paragraphs}</div></body></html>"
    page = read_page(Capture(html.encode(), url="https://www.nemuneh.ir/news/1"))
    assert [issue.code for issue in page.issues] == ["truncated"]
    assert page.paragraphs[-1] == sentence


@pytest.mark.parametrize("charset", ["latin-1", "cp1256"])
def test_what_a_database_encoded_twice_is_read_within_a_sound_page(charset: str) -> None:
    title = "لایروبی سی چشمه کوهستان آغاز می‌شود"
    sentence = "اهالی می‌گویند که آب چشمه‌ها در ده سال گذشته نیم شده است و باغ‌های گردو تنها با همین آب زنده می‌مانند."
    twice = [text.encode().decode(charset) for text in (title, sentence)]
    body = f"<div class='news-body'>{f'<p>{twice[1]}</p>' * 3}</div>"
    html = (
        f'<html><head><meta charset="utf-8"><title>{twice[0]} | پیک نمونه</title></head><body><h1>{twice[0]}</h1>'
        f"<div>تاریخ انتشار: ۱۴۰۳/۰۳/۳۰ – خط، طرح‌ها؛ «ناظر»</div>{body}</body></html>"
    )
    page = read_page(Capture(html.encode(), url="https://www.nemuneh.ir/news/4512"))
    assert (page.verdict, page.title, set(page.paragraphs)) == ("article", title, {sentence})
    assert page.published_jalali == "1403-03-30"
    assert [issue.code for issue in page.issues] == ["bad_charset"]


@pytest.mark.parametrize(
    "text", ["خط، طرح‌ها و نظر‌ها؛ «ناظر»", "محیط، شرایط؛ توزیع، صنایع، تبلیغ؛ سریع،", "ظرف – غذا… علی", "چاپ “نو” – گزارش‌های ژاله"]
)
def test_sound_text_next_to_text_that_was_encoded_twice_stays(text: str) -> None:
    twice = "آب و خاک و باران و برف در کوهستان‌های شمال ایران".encode().decode("cp1256")
    assert undone(f"{text}\n{twice}").split("\n")[0] == text


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        (
            '<?xml version="1.0"?><?x href="a"?>\n<!-- آب --><rss><item><title>{0}</title><p>{1}</p></item></rss>',
            "listing",
        ),
        ('\ufeff<feed xmlns="x"><entry><title>{0}</title><content>{1}</content></entry></feed>', "listing"),
        ("<rdf:RDF><item><title>{0}</title><description>{1}</description></item></rdf:RDF>", "listing"),
        ("<urlset><url><loc>https://www.nemuneh.ir/1</loc><news:title>{1}</news:title></url></urlset>", "listing"),
        ('{{"version": "https://jsonfeed.org/version/1.1", "items": [{{"title": "{0}", "text": "{1}"}}]}}', "listing"),
        ('[{{"id": 7, "title": {{"rendered": "{0}"}}, "content": {{"rendered": "<p>{1}</p>"}}}}]', "listing"),
        ('{{"id": 7, "title": "{0}", "body": "{1}"}}', "empty"),
        ('<?xml version="1.0"?><!DOCTYPE html><html><body><h1>{0}</h1><p>{1}</p></body></html>', "article"),
        ("{{۷}} {0}\n\n{1}\n\n{1} [۱]", "article"),
    ],
)
def test_a_file_for_machines_is_no_article(text: str, verdict: str) -> None:
    got = read_page(Capture(text.format(TITLE, SENTENCE * 5).encode(), url="https://www.nemuneh.ir/blog/7"))
    assert got.verdict == verdict
    assert bool(got.paragraphs) == (verdict == "article")


def test_a_long_text_with_few_tags_is_cut_where_the_limit_is() -> None:
    text = "متن قانون درازی که برچسب ندارد.\n" * 40_000
    html = f'<html lang="fa"><head><title>قانون دراز</title></head><body><h1>قانون دراز</h1><pre>{text}</pre></body></html>'
    page = read_page(Capture(html.encode(), url="https://www.nemuneh.ir/news/4512"))
    assert sum(map(len, page.paragraphs)) > 250_000
    assert {issue.code for issue in page.issues} == {"truncated"}


def test_scripts_end_in_any_letter_case() -> None:
    silent = "<SCRIPT>x</Script><Style>y</STYLE>" * 20_000
    html = f'<html lang="fa"><head><title>خبر کوتاه</title>{silent}</head><body><h1>خبر کوتاه</h1><p>{"متن خبر کوتاه است. " * 20}'
    page = read_page(Capture(html.encode(), url="https://www.nemuneh.ir/news/4512"))
    assert page.verdict == "article"
    assert page.paragraphs[0].startswith("متن خبر کوتاه است.")
