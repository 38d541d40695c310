"""Our page parsers next to trafilatura, htmldate, newspaper4k and readability-lxml, where those are installed.

    python benchmarks/pages.py

On the project's own pages and, if it is there, ../shared/real_pages: titles and publication days that are right, token F1 of
lead and body, pages in which a line of the furniture leaked, pages a second on one core.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "pages"))

from furniture import TRAPS, furnish  # noqa: E402

from parsers.models import Capture  # noqa: E402
from parsers.page import read_page  # noqa: E402
from parsers.page.comparison import comparable  # noqa: E402

ROUNDS = 3
REAL = ROOT / "../shared/real_pages/mehrnews_6017630_article"


@dataclass(frozen=True)
class Case:
    html: str
    url: str
    title: str
    day: str | None
    text: str


@dataclass(frozen=True)
class Reading:
    title: str = ""
    day: str = ""
    text: str = ""


def own_cases() -> list[Case]:
    cases = []
    for saved in sorted((ROOT / "tests" / "pages").glob("*/*.html")):
        want = json.loads(saved.with_suffix(".json").read_text(encoding="utf-8"))
        if want["verdict"] != "article" or not want.get("paragraphs") or not want.get("title"):
            continue
        text = " ".join([want.get("lead") or "", *want["paragraphs"]])
        day = (want.get("published_at") or "")[:10] or None
        cases.append(Case(furnish(saved.read_text(encoding="utf-8"), saved.stem), want["url"], want["title"], day, text))
    return cases


def ours(case: Case) -> Reading:
    page = read_page(Capture(case.html.encode(), url=case.url))
    return Reading(page.title or "", (page.published_at or "")[:10], " ".join([page.lead or "", *page.paragraphs]))


def with_trafilatura(case: Case) -> Reading:
    import trafilatura

    found: Any = trafilatura.bare_extraction(case.html, url=case.url, with_metadata=True)
    return Reading(found.title or "", found.date or "", found.text or "") if found else Reading()


def with_trafilatura_fast(case: Case) -> Reading:
    import trafilatura

    found: Any = trafilatura.bare_extraction(case.html, url=case.url, with_metadata=False, fast=True)
    return Reading("", "", found.text or "") if found else Reading()


def with_htmldate(case: Case) -> Reading:
    from htmldate import find_date

    return Reading("", find_date(case.html, url=case.url, original_date=True) or "", "")


def with_newspaper(case: Case) -> Reading:
    import newspaper

    article = newspaper.Article(case.url, language="fa")
    article.download(input_html=case.html)
    article.parse()
    day = article.publish_date.date().isoformat() if article.publish_date else ""
    return Reading(article.title or "", day, article.text or "")


def with_readability(case: Case) -> Reading:
    from bs4 import BeautifulSoup
    from readability import Document

    document = Document(case.html)
    return Reading(document.short_title() or "", "", BeautifulSoup(document.summary(), "html.parser").get_text(" "))


def f1(want: str, got: str) -> float:
    one, other = Counter(comparable(want).split()), Counter(comparable(got).split())
    return 2 * (one & other).total() / max(one.total() + other.total(), 1)


def measure(name: str, read: Any, cases: list[Case]) -> None:
    try:
        read(cases[0])
    except ImportError as error:
        print(f"{name:12} not installed ({error.name})")
        return
    readings = [read(case) for case in cases]
    seconds = min(_seconds(read, cases) for _ in range(ROUNDS))
    pairs = list(zip(cases, readings, strict=True))
    titles = sum(comparable(c.title) == comparable(r.title) for c, r in pairs) / len(pairs)
    dated = [(c, r) for c, r in pairs if c.day]
    days = sum(c.day == r.day for c, r in dated) / max(len(dated), 1)
    body = sum(f1(c.text, r.text) for c, r in pairs) / len(pairs)
    leaked = sum(any(comparable(trap) in comparable(r.text) for trap in TRAPS) for _, r in pairs)
    print(
        f"{name:12} title {titles:.3f}  day {days:.3f}  body F1 {body:.3f}  leaking pages {leaked}/{len(pairs)}  "
        f"{len(pairs) / seconds:.0f} pages/s"
    )


def _seconds(read: Any, cases: list[Case]) -> float:
    """Processor time for all pages, everything loaded."""
    started = time.process_time()
    for case in cases:
        read(case)
    return time.process_time() - started


def main() -> None:
    cases = own_cases()
    weight = sum(len(case.html.encode()) for case in cases) / len(cases) / 1000
    print(f"{len(cases)} pages of {weight:.0f} KB on average")
    for name, read in (
        ("bayegan", ours),
        ("trafilatura", with_trafilatura),
        ("  fast", with_trafilatura_fast),
        ("htmldate", with_htmldate),
        ("newspaper4k", with_newspaper),
        ("readability", with_readability),
    ):
        measure(name, read, cases)
    if REAL.with_suffix(".html").exists():
        gold = json.loads(REAL.with_suffix(".json").read_text(encoding="utf-8"))["gold"]
        url = f"https://www.mehrnews.com/news/{gold['code']}"
        page = read_page(Capture(REAL.with_suffix(".html").read_bytes(), url=url))
        right = {"title": comparable(page.title or "") == comparable(gold["title"]), "code": page.news_code == gold["code"]}
        print(f"a real page of Mehr: {', '.join(f'{key} {"right" if good else "wrong"}' for key, good in right.items())}")


if __name__ == "__main__":
    main()
