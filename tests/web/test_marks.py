"""Marks in a text: what found a fact, and whether it is an inference."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.archive import Archive
from db.web.edition import Edition
from db.web.pages import Asked
from db.web.pages.article import article
from db.web.render import render
from parsers.models import Article, Capture, DateMention, Facts, Mention, Record, SessionMention

if TYPE_CHECKING:
    from pathlib import Path

BODY = "بله در جلسه ۳۶ و روز دوشنبه"


def _page(path: Path, facts: Facts) -> str:
    with Archive(path / "archive.db") as archive:
        article_ = Article("sobh", url="https://sobh.example/1", title="تیتر", body=BODY, paragraphs=(BODY,))
        archive.store(Capture(b"page", "https://sobh.example/1"), Record("article", article_, facts))
        return render(article(archive.db, Asked({"document": "1"}, {})), "html", "/document/1", {}, Edition())[0]


def _facts(*, certain: bool) -> Facts:
    return Facts(
        mentions=(Mention(0, 3, "بله", "bale", "governor", "body"),),
        sessions=(SessionMention(7, 14, "جلسه ۳۶", None, (36,), section="body", rule="earlier_body", certain=certain),),
        dates=(DateMention(22, 28, "دوشنبه", "2026-11-02", "day", "jalali", valid=True, section="body", rule="weekday"),),
    )


def test_a_mark_says_which_rule_found_it(tmp_path: Path) -> None:
    text = _page(tmp_path, _facts(certain=True))
    assert re.search(r'class="mark messengers"[^>]*data-tip="بله · قاعده: [^"]*سکوها[^"]*"', text)
    assert re.search(r'class="mark dates"[^>]*data-tip="[^"]*قاعده: weekday"', text)


def test_an_inference_looks_different_and_the_legend_explains_it(tmp_path: Path) -> None:
    text = _page(tmp_path, _facts(certain=False))
    assert re.search(r'class="mark sessions inferred"[^>]*data-tip="[^"]*برداشت، قاعده: earlier_body"', text)
    assert '<span class="mark inferred">برداشت' in text


def test_without_an_inference_the_legend_has_no_word_of_it(tmp_path: Path) -> None:
    text = _page(tmp_path, _facts(certain=True))
    assert "inferred" not in text
    assert 'class="legend"' in text
