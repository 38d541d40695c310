"""Every saved page, in its furniture of 60 KB and more, read as its JSON says."""

from __future__ import annotations

import importlib.util
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from parsers.models import Capture
from parsers.page import read_page
from parsers.page.urls import canonicalize
from parsers.record import parse

PAGES = Path(__file__).resolve().parents[1] / "pages"
SAVED = sorted(PAGES.glob("*/*.html"))
SHARED = Path(__file__).resolve().parents[2] / "../shared/real_pages"


def _furnish() -> Any:
    spec = importlib.util.spec_from_file_location("furniture", PAGES / "furniture.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.furnish


furnish = _furnish()


def capture_of(saved: Path) -> Capture:
    want = json.loads(saved.with_suffix(".json").read_text(encoding="utf-8"))
    return Capture(furnish(saved.read_text(encoding="utf-8"), saved.stem).encode(), url=want.get("url"))


@pytest.mark.parametrize("saved", SAVED, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_a_saved_page_reads_as_its_json_says(saved: Path) -> None:
    want = json.loads(saved.with_suffix(".json").read_text(encoding="utf-8"))
    got = json.loads(json.dumps(asdict(read_page(capture_of(saved)))))
    got["codes"] = sorted({issue["code"] for issue in got["issues"]})
    want["url"] = canonicalize(want["url"])
    assert {key: got[key] for key in want} == want


@pytest.mark.parametrize(
    "family", ["iransamaneh", "nastooh", "asam", "studiokhabar", "tasnim", "websamaneh", "wordpress", "drupal", "generic", "law"]
)
def test_a_family_has_three_pages_and_each_weighs_sixty_kilobytes(family: str) -> None:
    saved = [path for path in SAVED if path.parent.name == family]
    assert len(saved) >= 3
    assert min(len(capture_of(path).body) for path in saved) > 58_000


@pytest.mark.parametrize("saved", [p for p in SAVED if p.parent.name in ("iransamaneh", "nastooh")], ids=lambda p: p.stem)
def test_nothing_of_the_furniture_becomes_a_fact(saved: Path) -> None:
    record = parse(capture_of(saved))
    cited = {number for reference in record.facts.references for number in reference.numbers}
    assert not cited & {41, 55, 66, 99}
    assert not {"rubika", "whatsapp"} & {m.slug for m in record.facts.mentions} or saved.stem == "mehr_article"


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real pages are not beside this checkout")
@pytest.mark.parametrize(
    ("file", "url", "verdict", "cms"),
    [
        ("challenge.html", None, "blocked", "generic"),
        ("tabnak_home_2017.html", None, "listing", "iransamaneh"),
        ("mehrnews_6017630_article.html", "https://www.mehrnews.com/news/6017630", "article", "nastooh"),
        ("mehrnews_6018504_head.html", "https://www.mehrnews.com/photo/6018504", "media", "nastooh"),
    ],
)
def test_real_pages_get_their_verdicts(file: str, url: str | None, verdict: str, cms: str) -> None:
    page = read_page(Capture((SHARED / file).read_bytes(), url=url))
    assert (page.verdict, page.cms) == (verdict, cms)
