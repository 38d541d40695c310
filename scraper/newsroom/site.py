"""The sample newsroom's pages, from `articles.toml` and `page.html`: path to content, the same bytes every time."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import UTC
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from scraper.newsroom.laws import law_page, laws
from scraper.newsroom.rendering import damaged, day_and_clock, moment, persian

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from scraper.newsroom.laws import PrintedLaw


@dataclass(frozen=True, slots=True)
class Story:
    """One article of the newsroom, its ZWNJs already damaged as its content system would."""

    code: int
    published: datetime
    jalali: str
    service: tuple[str, ...]
    kicker: str
    title: str
    lead: str
    paragraphs: tuple[str, ...]
    tags: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where the newsroom publishes it."""
        return f"/fa/news/{self.code}"


@dataclass(frozen=True, slots=True)
class Content:
    """What one path answers with."""

    body: bytes
    media_type: str
    modified: datetime


@cache
def stories() -> tuple[Story, ...]:
    """Return the newsroom's articles, oldest first."""
    table = tomllib.loads(files(__package__).joinpath("articles.toml").read_text(encoding="utf-8"))
    return tuple(_story(entry) for entry in table["article"])


def build(base: str) -> dict[str, Content]:
    """Return all paths of the newsroom whose address is `base`, such as http://127.0.0.1:18298."""
    newest = stories()[-1].published
    site = {
        story.path: Content(_article(story, base).encode(), "text/html; charset=utf-8", story.published) for story in stories()
    }
    site |= {law.path: Content(law_page(law, base).encode(), "text/html; charset=utf-8", law.published) for law in laws()}
    site |= {
        "/": Content(_front_page().encode(), "text/html; charset=utf-8", newest),
        "/robots.txt": Content(
            f"User-agent: *\nDisallow: /fa/print/\n\nSitemap: {base}/sitemap.xml\n".encode(), "text/plain", newest
        ),
        "/fa/rss/allnews": Content(_feed(base).encode(), "application/rss+xml; charset=utf-8", newest),
        "/sitemap.xml": Content(_sitemap_index(base, newest).encode(), "application/xml", newest),
        "/fa-sitemap-news.xml": Content(_sitemap(base, stories()).encode(), "application/xml", newest),
        "/fa-sitemap-laws.xml": Content(_sitemap(base, laws()).encode(), "application/xml", newest),
    }
    return site


def _story(entry: dict[str, Any]) -> Story:
    def printed(text: str) -> str:
        return damaged(text, entry["damage"])

    (year, month, day), clock = day_and_clock(entry["published"])
    return Story(
        code=entry["code"],
        published=moment(entry["published"]),
        jalali=persian(f"{clock} - {day:02}-{month:02}-{year}"),
        service=tuple(printed(name) for name in entry["service"]),
        kicker=printed(entry.get("kicker", "")),
        title=printed(entry["title"]),
        lead=printed(entry["lead"]),
        paragraphs=tuple(printed(p) for p in entry["body"].strip().split("\n\n")),
        tags=tuple(printed(tag) for tag in entry["tags"]),
    )


@cache
def _template() -> Template:
    return Template(files(__package__).joinpath("page.html").read_text(encoding="utf-8"))


def _article(story: Story, base: str) -> str:
    others = [other for other in stories() if other is not story]
    return _template().substitute(
        address=base + story.path,
        code=persian(story.code),
        path=story.path,
        jalali=story.jalali,
        published=story.published.isoformat(),
        kicker=escape(story.kicker),
        title=escape(story.title),
        lead=escape(story.lead),
        body="\n".join(f"<p>{escape(p)}</p>" for p in story.paragraphs),
        crumbs=" » ".join(f'<a href="/fa/services/{i}">{escape(name)}</a>' for i, name in enumerate(story.service, 1)),
        tags="\n".join(f'<a class="tags_item" href="/fa/tags/{i}">{escape(tag)}</a>' for i, tag in enumerate(story.tags, 1)),
        related=_links(others[:3]),
        sidebar=_links(others[3:]),
    )


def _links(chosen: list[Story]) -> str:
    return "\n".join(f'<li class="linear_news"><a href="{s.path}">{escape(s.title)}</a></li>' for s in chosen)


def _front_page() -> str:
    return (
        '<!DOCTYPE html><html dir="rtl" lang="fa"><head><meta charset="utf-8"><title>اتاق خبر نمونه</title></head>'
        f'<body id="home"><h1>اتاق خبر نمونه</h1><ul>{_links(list(reversed(stories())))}</ul></body></html>'
    )


def _feed(base: str) -> str:
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{base}{s.path}?utm_source=rss</link>"
        f"<pubDate>{s.published.astimezone(UTC):%a, %d %b %Y %H:%M:%S} GMT</pubDate></item>"
        for s in reversed(stories()[-6:])
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
        f"<title>اتاق خبر نمونه</title><link>{base}/</link>{items}</channel></rss>"
    )


def _sitemap_index(base: str, newest: datetime) -> str:
    maps = "".join(
        f"<sitemap><loc>{base}/fa-sitemap-{name}.xml</loc><lastmod>{newest.isoformat()}</lastmod></sitemap>"
        for name in ("news", "laws")
    )
    head = '<?xml version="1.0" encoding="UTF-8"?><sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
    return f"{head}{maps}</sitemapindex>"


def _sitemap(base: str, pages: Iterable[Story | PrintedLaw]) -> str:
    urls = "".join(f"<url><loc>{base}{s.path}</loc><lastmod>{s.published.isoformat()}</lastmod></url>" for s in pages)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{urls}</urlset>'
