"""One capture to one page: bytes to text, then plain text and markup each their own way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.files import document_kind
from parsers.law.recognition import may_be_law
from parsers.models import Issue, PageRules
from parsers.page.data_files import judge_data
from parsers.page.decode import Decoded, decode
from parsers.page.family_detection import detect_url
from parsers.page.fields import code_in_url
from parsers.page.frames import own_address
from parsers.page.law_documents import law_page, read_document
from parsers.page.law_pages import law_time, looks_like_law, read_pairs
from parsers.page.markup import read_markup
from parsers.page.mhtml import page_of_mhtml
from parsers.page.models import Page
from parsers.page.plain_text import TextArticle, read_text
from parsers.page.publication_times import judge_time
from parsers.page.size_limits import MOST_TEXT, cut_paragraphs
from parsers.page.time_candidates import TimeCandidate, in_lists
from parsers.page.urls import canonicalize, publisher_of
from parsers.page.verdict import Judgement, Signs, verdict_of

if TYPE_CHECKING:
    from parsers.models import Capture

_MARKUP = expression(r"<(?:!doctype|html|head|body|div|p|article|section|meta|title|table|ul|h[1-6]|main)\b", re.IGNORECASE)
_SAMPLE = 200
_MANY_LINES = 60


def read_page(capture: Capture, rules: PageRules | None = None) -> Page:
    """Return what the capture is and what it says, as printed. Any bytes give a page: at worst one whose verdict is `empty`."""
    capture = page_of_mhtml(capture)
    document = document_kind(capture.body)
    decoded = read_document(capture) if document else decode(capture)
    address = own_address(capture.final_url or capture.url, decoded.text)
    url = canonicalize(address) if address else None
    if decoded.charset == "binary":
        evidence = f"{decoded.binary or 'bytes'}, no text"
        return _without_text(capture, decoded, url, Judgement("empty", evidence, Issue("warning", "empty", evidence)))
    data = judge_data(decoded.text) if not document and capture.status < 400 else None
    if data:
        return _without_text(capture, decoded, url, data)
    if document:
        return law_page(capture, decoded, url) or _read_plain(capture, decoded, url)
    if _MARKUP.search(decoded.text[:100_000]):
        return read_markup(capture, rules or PageRules(), decoded, url)
    # A text with an address is often a page's, with the site's menus around it; one without is what somebody has written down.
    law = law_page(capture, decoded, url) if url is None or may_be_law(decoded.text) else None
    return law or _read_plain(capture, decoded, url)


def _without_text(capture: Capture, decoded: Decoded, url: str | None, verdict: Judgement) -> Page:
    issues = (*decoded.issues, *filter(None, (verdict.issue,)))
    publisher = capture.publisher or publisher_of(url)
    return Page(verdict.verdict, verdict.evidence, publisher=publisher, url=url, issues=issues, charset=decoded.charset)


def _read_plain(capture: Capture, decoded: Decoded, url: str | None) -> Page:
    found = read_text(decoded.text[: 2 * MOST_TEXT])
    paragraphs, cut = cut_paragraphs(found.paragraphs)
    lines = [line for line in decoded.text[:MOST_TEXT].split("\n") if line.strip()]
    pairs = read_pairs(lines[:200])
    law = looks_like_law(pairs) or detect_url(url) is not None
    if law and found.lead:
        found.paragraphs.insert(0, found.lead)
        found.lead = None
    moment = found.published or (law_time(pairs, found.title or "") if law else None)
    candidates = [TimeCandidate(moment, found.published_from if moment is found.published else "labelled")] if moment else []
    published = judge_time([*candidates, *in_lists(capture)], capture.fetched_at)
    verdict = verdict_of(_signs(capture, decoded.text, lines, found, law=law, url=url))
    return Page(
        verdict=verdict.verdict,
        evidence=verdict.evidence,
        cms="text",
        publisher=capture.publisher or publisher_of(url),
        url=url,
        news_code=found.news_code or code_in_url(url),
        kicker=found.kicker,
        title=found.title,
        lead=found.lead,
        paragraphs=tuple(paragraphs),
        category=found.category,
        tags=found.tags,
        authors=found.authors,
        published_at=published.moment.iso if published.moment else None,
        published_jalali=published.moment.jalali if published.moment else None,
        published_from=published.source,
        modified_at=found.modified.iso if found.modified else None,
        issues=(*decoded.issues, *cut, *published.issues, *filter(None, (verdict.issue,))),
        charset=decoded.charset,
        labels=pairs if law else {},
    )


def _signs(capture: Capture, text: str, lines: list[str], found: TextArticle, *, law: bool, url: str | None) -> Signs:
    prose = sum(map(len, found.paragraphs)) + len(found.lead or "")
    return Signs(
        text=" ".join(filter(None, (found.title, found.lead, *found.paragraphs[:60]))) if prose else text[:6000],
        prose=prose,
        plain=lambda: found.around if found.title else " ".join(lines if len(lines) < _MANY_LINES else lines[:12])[:20_000],
        headlines=lambda: sum(15 <= len(line) <= 200 for line in lines),
        url=url,
        titles=tuple(filter(None, (found.title, lines[0].strip() if lines else ""))),
        trusted=found.anchored or (found.title is not None and prose >= _SAMPLE),
        dated=found.published is not None or found.news_code is not None,
        law=law,
        status=capture.status,
    )
