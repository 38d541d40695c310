"""A publisher's file drafted from its pages: the front page names articles and feeds, two articles show what is read of them."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from parsers.page.html_tree import parse_html, select, text_of
from parsers.page.urls import absolute, canonicalize, publisher_of, same_host
from parsers.record import parse
from scraper.field_selectors import tried_selectors

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from parsers.models import Article, Capture, Record

_HEADLINE = 20
_MOST_LINKS = 40
_NUMBER = re.compile(r"\d{3,}")
FIELDS = ("title", "published_at", "body", "lead", "kicker", "news_code", "authors", "category", "tags", "modified_at", "images")
_NEEDED = ("title", "published_at", "body")


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What one field would be: `values` of each article as text, empty where it is missing, and the selector that was tried."""

    field: str
    values: tuple[str, ...]
    source: str | None = None
    selector: str | None = None

    @property
    def is_missing(self) -> bool:
        """Whether no article has it."""
        return not any(self.values)


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """A draft: the file's text, what each field would be, the verdict on each article."""

    slug: str
    toml: str
    cms: str
    verdicts: tuple[str, ...]
    fields: tuple[FieldReading, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields that an archive cannot do without and no article has."""
        return tuple(reading.field for reading in self.fields if reading.is_missing and reading.field in _NEEDED)


def article_links(home: Capture) -> list[str]:
    """Return the addresses that look like articles on a front page: a headline's link to this host with a number in it."""
    found = []
    for link in select(parse_html(home.body.decode("utf-8", "replace")), "a[href]"):
        address = absolute(home.url, link.attributes.get("href"))
        if not address or len(text_of(link)) < _HEADLINE or not same_host(address, home.url or ""):
            continue
        if _NUMBER.search(urlsplit(address).path):
            found.append(address)
    return _of_commonest_shape(list(dict.fromkeys(found))[:_MOST_LINKS])


def draft_source(home: Capture, articles: Sequence[Capture]) -> SourceDraft:
    """Return the draft of a publisher from its front page and a few of its articles."""
    slug = publisher_of(home.url) or "publisher"
    records = [parse(article) for article in articles]
    families = Counter(record.article.cms for record in records)
    cms = families.most_common(1)[0][0] if families else "auto"
    addresses = [article.final_url or article.url or "" for article in articles]
    # A known system brings its own selectors.
    tried = tried_selectors(articles, records) if cms == "generic" else {}
    toml = _toml(slug, home, cms, _match([*addresses, *article_links(home)])) + _fields(tried)
    readings = tuple(FieldReading(name, _values(records, name), _source(records, name), tried.get(name)) for name in FIELDS)
    return SourceDraft(slug, toml, cms, tuple(record.verdict for record in records), readings)


def _values(records: Iterable[Record], name: str) -> tuple[str, ...]:
    return tuple(_as_text(record.article, name) for record in records)


def _as_text(article: Article, name: str) -> str:
    value = getattr(article, name)
    return "، ".join(value) if isinstance(value, tuple) else str(value or "")


def _source(records: Iterable[Record], name: str) -> str | None:
    if name != "published_at":
        return None
    return next((record.article.published_from for record in records if record.article.published_from), None)


def _toml(slug: str, home: Capture, cms: str, match: str | None) -> str:
    tree = parse_html(home.body.decode("utf-8", "replace"))
    named = select(tree, 'meta[property="og:site_name"][content]')
    title = select(tree, "title")
    name = (named[0].attributes.get("content") if named else text_of(title[0]) if title else None) or slug
    filters = f", match = '{match}'" if match else ""
    sources = [f'  {{ kind = "rss", url = {_quoted(feed)}{filters} }},' for feed in _feeds(home)]
    sources.append(f'  {{ kind = "robots"{filters} }},')
    lines = [f"slug = {_quoted(slug)}", f"name = {_quoted(name.strip())}", f"homepage = {_quoted(home.url or '')}"]
    if cms != "generic":
        lines.append(f"cms = {_quoted(cms)}")
    return "\n".join((*lines, "discover = [", *sources, "]", ""))


def _fields(selectors: Mapping[str, str]) -> str:
    lines = [f"{name} = {_quoted(selector)}" for name, selector in selectors.items()]
    return "\n".join(("", "[fields]", *lines, "")) if lines else ""


def _feeds(home: Capture) -> list[str]:
    tree = parse_html(home.body.decode("utf-8", "replace"))
    links = select(tree, 'link[type="application/rss+xml"][href], link[type="application/atom+xml"][href]')
    return list(dict.fromkeys(filter(None, (absolute(home.url, link.attributes.get("href")) for link in links))))[:3]


def _shape(address: str) -> str:
    """Return the path of an address up to its first long number."""
    path = urlsplit(canonicalize(address)).path
    number = _NUMBER.search(path)
    return path[: number.start()] if number else path


def _of_commonest_shape(addresses: list[str]) -> list[str]:
    shapes = Counter(map(_shape, addresses))
    return [address for address in addresses if _shape(address) == shapes.most_common(1)[0][0]]


def _match(addresses: Sequence[str]) -> str | None:
    """Return the pattern of the paths of articles, None where they share none."""
    shapes = Counter(_shape(address) for address in addresses if address)
    if not shapes:
        return None
    shape, count = shapes.most_common(1)[0]
    return rf"^{re.escape(shape)}\d+" if count * 2 > shapes.total() and shape else None


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
