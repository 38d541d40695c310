"""One capture to one page: the whole reading, from bytes to fields as printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.models import Issue, PageRules
from parsers.page import fields as f
from parsers.page.boilerplate import clean
from parsers.page.carve import Carved, Carver, body_html
from parsers.page.decode import Decoded, decode
from parsers.page.detect import detect
from parsers.page.families import common
from parsers.page.model import Page
from parsers.page.paragraphs import read_blocks
from parsers.page.squash import one_line, squash
from parsers.page.text import read_text
from parsers.page.times import settle
from parsers.page.tree import drop, is_inside, parse_html, read_head, select, select_first, text_of
from parsers.page.urls import absolute, canonicalize, is_home, publisher_of, same_host
from parsers.page.verdict import Signs, judge, signs_data

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

    from parsers.models import Capture
    from parsers.page.families import Family
    from parsers.page.tree import Head

_MARKUP = re.compile(r"<(?:!doctype|html|head|body|div|p|article|section|meta|title|table|ul|h[1-6]|main)\b", re.IGNORECASE)
_IMAGES = "img[src], img[data-src], img[data-lazy-src], img[data-original]"


def read_page(capture: Capture, rules: PageRules | None = None) -> Page:
    """What the capture is and what it says, as printed. Any bytes give a page: at worst one whose verdict is `empty`."""
    decoded = decode(capture)
    if decoded.charset == "binary":
        return _nothing(capture, decoded, "bytes that are no text")
    if not _MARKUP.search(decoded.text[:100_000]):
        return _read_plain(capture, decoded)
    return _read_html(capture, rules or PageRules(), decoded)


def _nothing(capture: Capture, decoded: Decoded, evidence: str) -> Page:
    issue = Issue("warning", "empty", evidence)
    url = _url(capture)
    return Page("empty", evidence, publisher=capture.publisher or publisher_of(url), url=url, issues=(*decoded.issues, issue), charset=decoded.charset)


def _url(capture: Capture) -> str | None:
    address = capture.final_url or capture.url
    return canonicalize(address) if address else None


def _read_plain(capture: Capture, decoded: Decoded) -> Page:
    url = _url(capture)
    found = read_text(decoded.text)
    prose = sum(map(len, found.paragraphs)) + len(found.lead or "")
    text = decoded.text.strip()
    lines = [line for line in text.split("\n") if line.strip()]
    signs = Signs(
        source="", url=url, title=found.title or one_line(lines[0] if lines else ""), heading=found.title or "", text=text if prose < 600 else text[:600],
        prose=prose, trusted=bool(found.title), dated=found.published is not None, links=len(lines), types=(), body_class="", password=False,
        pictures=False, law=False, status=capture.status,
    )  # fmt: skip
    verdict = judge(signs)
    settled = settle(found.published, None, capture.fetched_at)
    return Page(
        verdict.verdict, verdict.evidence, cms="text", publisher=capture.publisher or publisher_of(url), url=url,
        news_code=found.news_code or f.code_in_url(url), kicker=found.kicker, title=found.title, lead=found.lead, paragraphs=tuple(found.paragraphs),
        category=found.category, tags=found.tags, published_at=settled.moment.iso if settled.moment else None,
        published_jalali=settled.moment.jalali if settled.moment else None, modified_at=found.modified.iso if found.modified else None,
        issues=(*decoded.issues, *settled.issues, *filter(None, (verdict.issue,))), charset=decoded.charset,
    )  # fmt: skip


def _read_html(capture: Capture, rules: PageRules, decoded: Decoded) -> Page:
    url = _url(capture)
    tree = parse_html(decoded.text)
    head = read_head(tree)
    family = detect(decoded.text, url, rules.cms)
    password = select_first(tree, "input[type=password]") is not None
    pictures = select_first(tree, ", ".join(signs_data()["media_elements"])) is not None
    drop(tree, common().furniture)
    carved = Carver(tree, family, rules).carve()
    page = _fields(capture, tree, head, carved, url)
    images = select(carved.body, _IMAGES) if carved.body else []
    paragraphs = [block.text for block in clean(read_blocks(body_html(carved, family, rules)))]
    if page["lead"] and paragraphs and squash(paragraphs[0]) == squash(page["lead"]):
        del paragraphs[0]
    prose = sum(map(len, paragraphs)) + len(page["lead"] or "")
    scope_text = _visible(tree)
    verdict = judge(
        Signs(
            source=decoded.text, url=url, title=page["title"] or head.title, heading=text_of(carved.title) if carved.title else "", text=scope_text,
            prose=prose, trusted=carved.body is not None, dated=page["published_at"] is not None, links=len(select(tree, "a[href]")),
            types=_types(head), body_class=head.body_class, password=password, pictures=pictures, law=family.kind == "law", status=capture.status,
        )  # fmt: skip
    )
    issues = (*decoded.issues, *page.pop("issues"), *filter(None, (verdict.issue,)))
    page["images"] = f.images_field(images, head, url)
    return Page(verdict.verdict, verdict.evidence, cms=family.name, url=url, paragraphs=tuple(paragraphs), issues=issues, charset=decoded.charset, **page)


def _visible(tree: LexborHTMLParser) -> str:
    return one_line(tree.body.text(deep=True, separator=" ")) if tree.body else ""


def _types(head: Head) -> tuple[str, ...]:
    kinds = [head.meta("og:type"), head.meta("nastooh:newstype")]
    kinds += [str(item.get("@type")) for item in head.json_ld]
    return tuple(filter(None, kinds))


def _fields(capture: Capture, tree: LexborHTMLParser, head: Head, carved: Carved, url: str | None) -> dict:
    nodes = carved.nodes
    canonical, canonical_issue = believed_canonical(capture, head, url)
    title = f.title_field([carved.title] if carved.title else [], head)
    settled = settle(f.visible_time(nodes["published_at"]), f.stated_time(head, "published_at", "datePublished"), capture.fetched_at)
    modified = f.visible_time(nodes["modified_at"]) or f.stated_time(head, "modified_at", "dateModified")
    return {
        "publisher": capture.publisher or publisher_of(url or canonical),
        "canonical_url": canonical,
        "news_code": f.code_field(nodes["news_code"], head, url or canonical),
        "kicker": f.text_field(nodes["kicker"]),
        "title": title,
        "lead": f.text_field(nodes["lead"]),
        "source": f.text_field(nodes["agency"]),
        "authors": f.authors_field(nodes["authors"], head),
        "category": f.category_field(nodes["category"], head, title),
        "tags": f.tags_field(nodes["tags"], head),
        "published_at": settled.moment.iso if settled.moment else None,
        "published_jalali": settled.moment.jalali if settled.moment else None,
        "modified_at": modified.iso if modified else None,
        "issues": (*settled.issues, *canonical_issue),
    }


def believed_canonical(capture: Capture, head: Head, url: str | None) -> tuple[str | None, tuple[Issue, ...]]:
    """The canonical address that the page names, if it can be its own: of the same host, and not the homepage."""
    named = absolute(url, head.canonical or head.meta("og:url"))
    if not named:
        return None, ()
    canonical = canonicalize(named)
    if is_home(canonical) and not (url and is_home(url)):
        reason = "is the homepage"
    elif url and not same_host(url, canonical):
        reason = "is of another host"
    else:
        return canonical, ()
    return None, (Issue("info", "bad_canonical", f"the canonical {canonical} {reason}"),)
