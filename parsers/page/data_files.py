"""Files that a site serves to machines and that are no page: feeds, sitemaps, data in JSON.

Their text may hold whole articles, several of them in one and between brackets, so none is read as one.
"""

from __future__ import annotations

import re

from parsers.expressions import expression
from parsers.models import Issue
from parsers.page.verdict import Judgement

_BEGINNING = 5000
_ROOT = expression(
    r"\s*(?:<\?[^>]*>\s*|<!--(?:(?!-->).)*-->\s*|<!DOCTYPE\s+(?!html)[^>]*>\s*)*<(?:\w+:)?(?P<root>rss|feed|RDF|urlset|sitemapindex|opml)\b",
    re.IGNORECASE | re.DOTALL,
)
_JSON = expression(r"""\s*(?P<list>\[\s*)?\{\s*"[^"\n]{1,80}"\s*:\s*["\d{\[tfn-]""")
_JSON_FEED = "jsonfeed.org/version"


def judge_data(text: str) -> Judgement | None:
    """Return the verdict on a feed, a sitemap or data: a list of others, or nothing to read; None where it may be a page."""
    start = text[:_BEGINNING].lstrip("\ufeff")
    found = _ROOT.match(start)
    if found:
        return Judgement("listing", f"a file for machines: <{found['root']}>")
    data = _JSON.match(start) if text.rstrip()[-1:] in ("}", "]") else None
    if data is None:
        return None
    if data["list"] or _JSON_FEED in start:
        return Judgement("listing", "a file for machines: a list in JSON")
    evidence = "a file for machines: JSON, no page"
    return Judgement("empty", evidence, Issue("warning", "empty", evidence))
