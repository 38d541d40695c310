"""Pages for benchmarks, each a distinct one: the project's saved pages, composed ones of 20 to 300 KB, real ones if there are.

Composed pages are a family's markup, a text and furniture of several weights. The texts are those of ../shared/real_texts where
that is, so that they are met for the first time; else they are shuffled from the saved pages.
"""

from __future__ import annotations

import gzip
import itertools
import json
import random
import re
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "pages"))


from furniture import TRAPS, furnish  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["TRAPS", "Case", "composed_cases", "news_of_sites", "own_cases", "real_cases", "saved_cases"]
PAGES = ROOT / "tests" / "pages"
SHARED = ROOT / "../shared"
TIMES = ("۱۲ تیر ۱۳۹۸ - ۲۲:۵۳", "2019-07-03")
# How often the margins and the related box are repeated around a composed page, for pages of 20 to 300 KB.
WEIGHTS = (0, 1, 3)
# Of the pages in a folder only those count that have some text.
SMALL, FEW_LETTERS = 15_000, 800
PERSIAN = re.compile("[\u0600-\u06ff]")
ADDRESS = re.compile(rb'og:url"? content="(http[^"]*)"')


@dataclass(frozen=True)
class Case:
    """A page and what it says; `kind` is its class, `title`, `day` and `text` are empty where they are not known."""

    kind: str
    name: str
    html: str
    url: str
    title: str = ""
    day: str | None = None
    text: str = ""


def own_cases() -> list[Case]:
    """Return the saved articles of the project in their furniture."""
    return [case for case in saved_cases() if case.text and case.title]


def saved_cases() -> Iterator[Case]:
    """Yield every saved page of the project in its furniture."""
    for saved in sorted(PAGES.glob("*/*.html")):
        want = json.loads(saved.with_suffix(".json").read_text(encoding="utf-8"))
        folder, verdict = saved.parent.name, want["verdict"]
        kind = {"article": "generic" if folder == "generic" else "article", "law": "law"}.get(verdict, "no article")
        day = (want.get("published_at") or "")[:10] or None
        text = (
            " ".join([want.get("lead") or "", *want.get("paragraphs", ())])
            if verdict == "article" and want.get("paragraphs")
            else ""
        )
        html = furnish(saved.read_text(encoding="utf-8"), saved.stem)
        yield Case(
            kind, f"{folder}/{saved.stem}", html, want.get("url") or "https://www.nemuneh.ir/", want.get("title") or "", day, text
        )


def composed_cases(seed: str = "") -> Iterator[Case]:
    """Yield a page of each family and weight, and live blogs, with a text of its own each; another seed gives other pages."""
    skeletons = tomllib.loads((PAGES / "skeletons.toml").read_text("utf-8"))
    texts = itertools.islice(_texts(), 300 if seed else 0, None)
    for (family, skeleton), weight in itertools.product(skeletons.items(), WEIGHTS):
        kind = "generic" if family == "generic" else "article"
        yield _composed(kind, f"{family}, {weight}{seed}", skeleton, weight, next(texts))
    for weight in WEIGHTS[1:]:
        paragraphs = list(itertools.islice(itertools.chain.from_iterable(texts), 60))
        live = [
            f"<h3>{hour:02}:{minute:02}</h3><p>{text}</p>" for (hour, minute), text in zip(_clocks(), paragraphs, strict=False)
        ]
        yield _composed("live blog", f"live, {weight}{seed}", skeletons["generic"], weight, paragraphs, "".join(live))


def real_cases(folders: list[Path]) -> Iterator[Case]:
    """Yield the saved pages of ../shared/real_pages, and the Persian ones of other folders, each folder a class."""
    given = [(f"real, {folder.name}", path) for folder in folders for path in folder.rglob("*.htm*")]
    for kind, path in sorted([*(("real", path) for path in (SHARED / "real_pages").glob("*.html")), *given]):
        body = path.read_bytes()
        named = ADDRESS.search(body[:60_000])
        html = body.decode("utf-8", "replace")
        if kind == "real" or (len(body) >= SMALL and len(PERSIAN.findall(html)) >= FEW_LETTERS):
            yield Case(
                kind, path.stem, html, named[1].decode("utf-8", "replace") if named else "https://www.nemuneh.ir/news/1234"
            )


def news_of_sites(count: int) -> Iterator[tuple[str, str]]:
    """Yield the real news, each once, as pages of a site each: its name and the page. Nothing without ../shared/real_texts."""
    skeletons = tomllib.loads((PAGES / "skeletons.toml").read_text("utf-8"))
    sites = itertools.cycle(itertools.islice(skeletons.items(), count))
    for n, (paragraphs, (site, skeleton)) in enumerate(zip(_news(0), sites, strict=False)):
        yield site, _composed("article", f"{site} {n}", skeleton, 1, paragraphs).html


def _composed(kind: str, name: str, skeleton: str, weight: int, paragraphs: list[str], body: str | None = None) -> Case:
    rng = random.Random(name)
    words = paragraphs[0].split()
    title = " ".join(words[: rng.randint(6, 10)]).strip("،.؛:") or "عنوان"
    body = body or "".join(f"<p>{text}</p>" for text in paragraphs)
    filled = skeleton.replace("{title}", title).replace("{time}", TIMES[0]).replace("{body}", body)
    margins = "<!-- furniture:side --><!-- furniture:related -->" * weight
    footer = "<!-- furniture:bottom -->" if weight else ""
    marked = (
        f'<!DOCTYPE html><html lang="fa" dir="rtl"><head><meta charset="utf-8"><title>{title} | پیک نمونه</title></head>'
        f"<body><!-- furniture:top -->{filled}{margins}<!-- furniture:comments -->{footer}</body></html>"
    )
    return Case(kind, name, furnish(marked, name), "https://www.nemuneh.ir/news/4512/x", title, TIMES[1], " ".join(paragraphs))


def _clocks() -> Iterator[tuple[int, int]]:
    return itertools.product(range(8, 24), (5, 20, 35, 50))


def _texts() -> Iterator[list[str]]:
    """Yield texts as paragraphs, each once."""
    yield from _news(600)
    rng = random.Random(1)
    sentences = [text for saved in PAGES.glob("*/*.json") for text in json.loads(saved.read_text("utf-8")).get("paragraphs", ())]
    while True:
        yield rng.sample(sentences, 12)


def _news(least: int) -> Iterator[list[str]]:
    """Yield the real news of more than so many letters as paragraphs, if they are there."""
    news = SHARED / "real_texts" / "news.jsonl.gz"
    if news.exists():
        with gzip.open(news, "rt", encoding="utf-8") as lines:
            for line in lines:
                paragraphs = [text for text in json.loads(line)["text"].split("\n") if text.strip()]
                if sum(map(len, paragraphs)) > least:
                    yield paragraphs
