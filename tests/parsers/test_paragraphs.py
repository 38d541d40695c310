"""Markup comes out as the paragraphs that a browser shows, whether it is part of a page or a value in it."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from parsers import Capture, parse
from parsers.models import Article
from parsers.page.paragraphs import Block, read_blocks, read_fragment
from parsers.persian.letters import ZWNJ

WORDS = st.sampled_from(["بله", "خبر تازه", "a < b", "۱۲", "\n", " ", "\u200c", "&", "می\u200cشود"])
NAMES = st.sampled_from(["p", "div", "b", "span", "a", "ul", "li", "ol", "blockquote", "pre", "h2", "br", "tr", "td"])
STYLES = st.sampled_from(["", "", ' style="color: red"', ' class="x"', ' href="/1"', ' start="4"', ' value="7"'])


def element(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, style, inner: f"<{name}{style}>" if name == "br" else f"<{name}{style}>{''.join(inner)}</{name}>",
        NAMES, STYLES, st.lists(children, max_size=4),
    )  # fmt: skip


BOXES = st.lists(st.recursive(WORDS.map(lambda word: word.replace("&", "&amp;").replace("<", "&lt;")), element, max_leaves=20))


def both(html: str) -> list[Block]:
    """The paragraphs of a body, which both trees give: BeautifulSoup's of what lexbor has made of it."""
    body = LexborHTMLParser(f"<body>{html}").body
    assert body is not None
    blocks = read_blocks(body)
    assert read_fragment(body.inner_html or "") == blocks
    return blocks


def letters(blocks: list[Block]) -> list[str]:
    return sorted("".join(block.text for block in blocks).translate(dict.fromkeys(map(ord, f"\t {ZWNJ}"))))


@given(BOXES)
def test_no_letter_of_a_value_is_lost(boxes):
    html = "".join(boxes)
    body = LexborHTMLParser(f"<body>{html}").body
    assert body is not None
    assert letters(read_fragment(html)) == letters(read_blocks(body))


@pytest.mark.parametrize(
    ("html", "paragraphs"),
    [
        ("بند <b>یک</b><br>بند دو<p>سه", ["بند یک", "بند دو", "سه"]),
        ("<p>پیدا<span style='display:none'>پنهان</span> است", ["پیدا است"]),
        ("<p>پیدا<!-- پنهان --><script>1</script><noscript>هیچ</noscript> است", ["پیدا است"]),
        ("<pre>kill <b>TAB</b>\n\nhalt</pre>", ["kill TAB", "halt"]),
        ("<table><tr><th>نام<th>سال<tr><td>ب<td>۱۴۰۰</table>", ["نام\tسال", "ب\t۱۴۰۰"]),
        ("<table><tr><td><table><tr><td>آ<td>ب</table><td>پ</table>", ["آ\tب", "پ"]),
        ("<table><tr><td>آ<br>ب<br>پ<br>ت<br>ث<td>ج</table>", ["آ", "ب", "پ", "ت", "ث", "ج"]),
        ("&lt;p&gt; نوشته", ["<p> نوشته"]),
    ],
)  # fmt: skip
def test_paragraphs_are_those_that_a_browser_shows(html, paragraphs):
    assert [block.text for block in both(html)] == paragraphs


def test_items_have_the_numbers_that_a_browser_prints():
    numbers = [block.number for block in both("<ol start=3><li>آ<li value=9>ب<li>پ<ul><li>ت</ul></ol><ol><li>ث</ol>")]
    assert numbers == [3, 9, 10, None, 1]


def test_a_page_of_very_many_tags_keeps_its_rows_and_headings():
    rows = "".join(f"<tr><td>شهر {n}<td>{n}" for n in range(20_000))
    blocks = read_blocks(LexborHTMLParser(f"<body><h2>جدول</h2><table>{rows}</table>").body)
    assert [(block.kind, block.text) for block in blocks[:2]] == [("heading", "جدول"), ("row", "شهر 0\t0")]
    assert len(blocks) == 20_001


HEAD = '<html lang="fa"><head><title>عنوان خبر</title><script type="application/ld+json">'


def stating(json_ld: str) -> Article:
    html = f"{HEAD}{json_ld}</script></head><body><h1>عنوان خبر</h1>"
    return parse(Capture(html.encode(), url="https://www.nemuneh.ir/news/4512")).article


SENTENCES = [f"این بند شماره {n} متنی است که برنامه‌ای در داده‌های ساخت‌یافته صفحه نوشته است و خواننده آن را می‌بیند." for n in "۱۲۳"]


@pytest.mark.parametrize(
    "body",
    [
        "\n".join(SENTENCES),
        "".join(f"<p>{sentence}</p>" for sentence in SENTENCES),
        "<br/>".join(SENTENCES).replace("متنی", "<strong>متنی</strong>"),
        "".join(f"&lt;p dir=&quot;rtl&quot;&gt;{sentence}&lt;/p&gt;" for sentence in SENTENCES),
        "\n".join(SENTENCES).replace("است", "&nbsp;است", 1).replace(ZWNJ, "&zwnj;"),
        "\n".join(SENTENCES).replace("متنی", "<a href='/1'>متنی</a>"),
        "<p>" + "<p>".join(SENTENCES),
        "<p>" + "<p>".join(SENTENCES) + "<![foo",
    ],
)
def test_a_body_in_structured_data_is_read_with_or_without_markup(body):
    stated = json.dumps({"@context": "https://schema.org", "@type": "NewsArticle", "headline": "عنوان خبر", "articleBody": body})
    assert list(stating(stated).paragraphs) == SENTENCES


def test_a_value_with_more_markup_than_an_article_has_is_read_without_it():
    stated = json.dumps({"@type": "NewsArticle", "articleBody": "<b></b>" * 7_000 + "</p>".join(SENTENCES)})
    assert list(stating(stated).paragraphs) == SENTENCES


@pytest.mark.parametrize("cells", [1, 2, 3])
def test_rows_that_nobody_closed_in_a_value_are_rows(cells):
    rows = "".join("<tr>" + "".join(f"<td>خانه {row}" for _ in range(cells)) for row in range(1_000))
    blocks = read_fragment(f"<table>{rows}</table>")
    assert [block.text for block in blocks] == ["\t".join([f"خانه {row}"] * cells) for row in range(1_000)]
