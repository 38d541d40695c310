"""Pages in the shapes that the web has: what stands around an article must not become part of what it says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from parsers.models import Capture
from parsers.page import read_page

HERE = Path(__file__).parent / "shapes"
SHAPES = [
    {"file": path.stem, **shape}
    for path in sorted(HERE.glob("*.toml"))
    for shape in tomllib.loads(path.read_text("utf-8"))["shape"]
]
TITLE, *TEXTS = (HERE / "texts.txt").read_text("utf-8").splitlines()


def filled(text: str) -> str:
    paragraphs = [f"<p>{one}</p>" for one in TEXTS]
    values = {"title": TITLE, "body": "".join(paragraphs)}
    values |= {f"p{place}": one for place, one in enumerate(paragraphs, 1)} | {
        f"t{place}": one for place, one in enumerate(TEXTS, 1)
    }
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def html_of(shape: dict[str, Any]) -> bytes:
    head = f"<title>{TITLE} | پیک نمونه</title>{filled(shape.get('head', ''))}"
    return f'<!DOCTYPE html><html lang="fa" dir="rtl"><head>{head}</head><body>{filled(shape["page"])}</body></html>'.encode()


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape['file']}-{shape['id']}")
def test_a_page_says_what_its_article_says(shape: dict[str, Any]) -> None:
    page = read_page(Capture(html_of(shape), url=shape.get("url", "https://www.nemuneh.ir/news/4512/x")))
    got = {
        "verdict": page.verdict,
        "title": page.title,
        "published": (page.published_at or "")[: len(shape["published"])] if shape["published"] else page.published_at or "",
        "texts": [text for text in (page.lead, *page.paragraphs) if text],
    }
    want = {"verdict": "article", "title": TITLE, "published": shape["published"], "texts": TEXTS}
    if shape.get("holds"):
        got["texts"], want["texts"] = [text for text in got["texts"] if text in TEXTS], TEXTS
    for name, value in (
        ("cms", page.cms),
        ("authors", list(page.authors)),
        ("category", list(page.category)),
        ("kicker", page.kicker),
    ):
        if name in shape:
            got[name], want[name] = value, shape[name]
    if "source" in shape:
        got["source"], want["source"] = page.published_from, shape["source"]
    if "modified" in shape:
        got["modified"], want["modified"] = (page.modified_at or "")[: len(shape["modified"])], shape["modified"]
    assert got == want
