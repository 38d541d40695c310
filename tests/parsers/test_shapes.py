"""Pages in the shapes that the web has: what stands around an article must not become part of what it says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from parsers.models import Capture
from parsers.page import read_page

HERE = Path(__file__).parent / "shapes"
TABLES = {path.stem: tomllib.loads(path.read_text("utf-8"))["shape"] for path in sorted(HERE.glob("*.toml"))}
SHAPES = [{"file": name, **shape} for name, shapes in TABLES.items() for shape in shapes]
NO_VALUES = ("file", "id", "url", "head", "page", "text", "raw", "hex", "holds", "all")
TITLE, *TEXTS = (HERE / "texts.txt").read_text("utf-8").splitlines()


def filled(text: str) -> str:
    paragraphs = [f"<p>{one}</p>" for one in TEXTS]
    values = {"title": TITLE, "body": "".join(paragraphs)}
    for place, text_of_it in enumerate(TEXTS, 1):
        values |= {f"p{place}": f"<p>{text_of_it}</p>", f"t{place}": text_of_it}
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def bytes_of(shape: dict[str, Any]) -> bytes:
    if "hex" in shape:
        return bytes.fromhex(shape["hex"])
    for key in ("text", "raw"):
        if key in shape:
            return filled(shape[key]).strip().encode()
    head = f"<title>{TITLE} | پیک نمونه</title>{filled(shape.get('head', ''))}"
    return f'<!DOCTYPE html><html lang="fa" dir="rtl"><head>{head}</head><body>{filled(shape["page"])}</body></html>'.encode()


def wanted(shape: dict[str, Any]) -> dict[str, Any]:
    want = {key: shape[key] for key in shape if key not in NO_VALUES}
    want.setdefault("verdict", "article")
    if want["verdict"] == "article":
        want.setdefault("title", TITLE)
        want["texts"] = [filled(text) for text in shape.get("all", TEXTS)]
    return want


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: f"{shape['file']}-{shape['id']}")
def test_a_page_says_what_its_article_says(shape: dict[str, Any]) -> None:
    page = read_page(Capture(bytes_of(shape), url=shape.get("url", "https://www.nemuneh.ir/news/4512/x")))
    texts = [text for text in (page.lead, *page.paragraphs) if text]
    values = {
        "verdict": page.verdict, "title": page.title, "kicker": page.kicker, "cms": page.cms, "publisher": page.publisher,
        "authors": list(page.authors), "category": list(page.category), "images": list(page.images),
        "source": page.published_from, "news_code": page.news_code,
        "texts": [text for text in texts if text in TEXTS] if shape.get("holds") else texts,
        "published": (page.published_at or "")[: len(shape.get("published") or "x" * 99)],
        "modified": (page.modified_at or "")[: len(shape.get("modified", ""))],
    }  # fmt: skip
    want = wanted(shape)
    assert {key: values[key] for key in want} == want
