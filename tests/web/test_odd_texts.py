"""Texts that layouts do not expect: which way they run, how their changes are told, in what order they stand."""

from __future__ import annotations

import re
from typing import Any

import pytest
from web_archive import ADDRESS, Z

from db.read.questions import questions
from db.web.sorting import direction, ordered


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("پیام رسان بله", "rtl"),
        ("Telegram and Bale: an English headline about بله", "ltr"),
        ("WhatsApp نام کاربری می آورد", "rtl"),
        (f"نشانی {ADDRESS} است", "rtl"),
        ("+98 و @SUM(A1)", "rtl"),
        ("<script>alert(1)</script>", "ltr"),
        ("۱۲/۳۴ 56", "rtl"),
        ("", "rtl"),
        (None, "rtl"),
    ],
)
def test_a_text_runs_where_most_of_its_words_do(text: str | None, runs: str) -> None:
    assert direction(text) == runs


@pytest.mark.parametrize(
    ("values", "query", "order"),
    [
        (["گپ", "واتساپ", "پینترست", "آی\u200cگپ", "چت"], {}, ["گپ", "واتساپ", "پینترست", "آی\u200cگپ", "چت"]),
        (["گپ", "واتساپ", "پینترست", "آی\u200cگپ", "چت"], {"sort": "x"}, ["آی\u200cگپ", "پینترست", "چت", "گپ", "واتساپ"]),
        ([10, 9, None, 100], {"sort": "x"}, [9, 10, 100, None]),
        ([10, 9, None, 100], {"sort": "x", "desc": "1"}, [100, 10, 9, None]),
        (["5 مکرر", 11, 2], {"sort": "x"}, [2, 11, "5 مکرر"]),
        ([2, 1], {"sort": "y"}, [2, 1]),
        ([], {"sort": "x"}, []),
    ],
)
def test_columns_are_sorted_by_the_persian_alphabet_and_numbers_by_size(
    values: list[Any], query: dict[str, str], order: list[Any]
) -> None:
    assert [row["x"] for row in ordered([{"x": value} for value in values], query)] == order


EMPTY = ("/", "/search", "/search?q=x", "/messengers", "/messenger/bale", "/laws", "/sessions", "/questions", "/health")


@pytest.mark.parametrize("address", EMPTY)
def test_an_empty_archive_says_on_every_page_that_it_is_empty(ask_empty: Any, address: str) -> None:
    page = ask_empty(address)
    assert page.status == 200
    assert "None" not in page.text


@pytest.mark.parametrize("name", list(questions()))
def test_an_empty_archive_answers_every_question(ask_empty: Any, name: str) -> None:
    page = ask_empty(f"/question/{name}")
    assert page.status == 200
    assert "پاسخی نیست" in page.text or "ردیف" in page.text


def test_changes_are_told_by_words_and_what_stayed_is_folded(ask_odd: Any) -> None:
    text = ask_odd("/document/3/changes").text
    assert re.search(r"بله\s+<del>عوض</del>\s+<ins>دگرگون</ins>\s+شد", text)
    assert "<ins>این پاراگراف تازه است و پیش از این نبود.</ins>" in text
    assert "<del>«گپ» و</del>" in text
    assert re.search(r"سامانه\u200cای\s+<del>ساخته</del>\s+<ins>خریده</ins>", text)
    assert "… ۴ پاراگراف یکسان …" in text
    lines = ask_odd("/document/3/changes.json").json["lines"]
    assert [part["kind"] for line in lines for part in line].count("same") >= 8
    back = ask_odd("/document/3/changes?a=2&b=1").text
    assert "<del>این پاراگراف تازه است و پیش از این نبود.</del>" in back


def test_titles_in_english_run_from_left_to_right_and_stay_text(ask_odd: Any) -> None:
    for address in ("/document/2", "/", "/search?q=headline", "/messenger/bale", "/question/where_named"):
        text = ask_odd(address).text
        assert "<b>Bale" not in text
        assert re.search(r'<(?:bdi|h1) dir="ltr" lang="en">(?:<[^>]*>)*&lt;b&gt;', text), address


def test_an_english_paragraph_among_persian_ones_runs_its_own_way(ask_odd: Any) -> None:
    text = ask_odd("/document/1").text
    assert '<p dir="ltr" lang="en">The rest of it' in text
    assert '<p dir="rtl" lang="fa">نشانی آن https://' in text


def test_csv_of_a_page_opens_in_a_spreadsheet(ask_odd: Any) -> None:
    text = ask_odd("/search.csv?q=headline").text
    assert text.startswith("\ufeff")
    assert ",<b>Bale</b> and Telegram: an English headline," in text
    found = ask_odd("/document/3/changes.csv").text
    assert "\r\nadded," in found


def test_half_spaces_stay_where_they_were(ask_odd: Any) -> None:
    assert f"گزارش پیام{Z}رسان{Z}های داخلی" in ask_odd("/document/1").text
