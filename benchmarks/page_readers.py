"""Ours and the others', each as a function from a page to what it reads: title, day, text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parsers import parse
from parsers.models import Capture
from parsers.page import read_page

if TYPE_CHECKING:
    from page_cases import Case


@dataclass(frozen=True)
class Reading:
    """What a reader makes of a page."""

    title: str = ""
    day: str = ""
    text: str = ""


def ours(case: Case) -> Reading:
    """Read a page to an article."""
    page = read_page(Capture(case.html.encode(), url=case.url))
    return Reading(page.title or "", (page.published_at or "")[:10], " ".join([page.lead or "", *page.paragraphs]))


def our_record(case: Case) -> object:
    """Read a page to a record: its text repaired, its facts found."""
    return parse(Capture(case.html.encode(), url=case.url))


def with_trafilatura(case: Case) -> Reading:
    """Read it with trafilatura as it comes, metadata included."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(case.html, url=case.url, with_metadata=True)
    return Reading(found.title or "", found.date or "", found.text or "") if found else Reading()


def with_trafilatura_fast(case: Case) -> Reading:
    """Read its text alone, without trafilatura's fallbacks."""
    import trafilatura

    found: Any = trafilatura.bare_extraction(case.html, url=case.url, with_metadata=False, fast=True)
    return Reading("", "", found.text or "") if found else Reading()


def with_htmldate(case: Case) -> Reading:
    """Read its day with htmldate."""
    from htmldate import find_date

    return Reading("", find_date(case.html, url=case.url, original_date=True) or "", "")


def with_newspaper(case: Case) -> Reading:
    """Read it with newspaper4k, told that it is Persian and to fetch nothing."""
    import newspaper

    article = newspaper.Article(case.url, language="fa", fetch_images=False)
    # It asks servers for the size of pictures nevertheless; nobody listens there.
    article.config.requests_params["proxies"] = dict.fromkeys(("http", "https"), "http://127.0.0.1:9")
    article.download(input_html=case.html)
    article.parse()
    day = article.publish_date.date().isoformat() if article.publish_date else ""
    return Reading(article.title or "", day, article.text or "")


def with_resiliparse(case: Case) -> Reading:
    """Read its text with resiliparse."""
    from resiliparse.extract.html2text import extract_plain_text

    return Reading("", "", extract_plain_text(case.html, main_content=True) or "")


def with_readability(case: Case) -> Reading:
    """Read it with readability-lxml."""
    from bs4 import BeautifulSoup
    from readability import Document

    document = Document(case.html)
    return Reading(document.short_title() or "", "", BeautifulSoup(document.summary(), "html.parser").get_text(" "))


def lexbor_alone(case: Case) -> Reading:
    """Parse it with lexbor and read nothing: the limit."""
    from selectolax.lexbor import LexborHTMLParser

    LexborHTMLParser(case.html)
    return Reading()
