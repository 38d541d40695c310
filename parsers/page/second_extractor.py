"""A second opinion: trafilatura's reading of the same page, as the alarm for a changed layout.

Too slow for every page: the crawler asks on one page in fifty of a publisher, `bayegan health` on its samples.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING

from parsers.models import Issue
from parsers.page.comparison import comparable
from parsers.page.decode import decode
from parsers.page.fallback_body import extracted_text
from parsers.page.mhtml import page_of_mhtml

if TYPE_CHECKING:
    from parsers.models import Capture, Record

# Two readings of one article share more words than this; below a few sentences neither says anything.
_LEAST_SHARED = 0.5
_ENOUGH_WORDS = 40
_FAR = 99_999
_READ = ("article", "law")


def crosscheck(capture: Capture, record: Record) -> Issue | None:
    """Return the issue `layout_changed` if the record's text and trafilatura's differ by more than half; None where they agree.

    None too for pages that are no text, and where trafilatura finds nothing to compare with.
    """
    if record.verdict not in _READ or record.article.cms == "text":
        return None
    theirs = _words(" ".join(extracted_text(decode(page_of_mhtml(capture)).text)))
    ours = _words(f"{record.article.lead or ''} {record.article.body}")
    if max(ours.total(), theirs.total()) < _ENOUGH_WORDS or not theirs:
        return None
    shared = 2 * (ours & theirs).total() / (ours.total() + theirs.total())
    if shared >= _LEAST_SHARED:
        return None
    message = f"the {record.article.cms} parser and trafilatura agree on {shared:.0%} of the words: has the layout changed?"
    return Issue("warning", "layout_changed", message)


def field_disagreements(capture: Capture, record: Record) -> tuple[str, ...]:
    """Return a sentence for the title and one for the day of publication, where trafilatura and htmldate read another.

    One page proves nothing, for they err too; that most of a publisher's pages disagree does.
    """
    if record.verdict not in _READ or record.article.cms == "text":
        return ()
    from trafilatura.metadata import extract_metadata

    options = {"original_date": True, "extensive_search": False}
    stated = extract_metadata(decode(page_of_mhtml(capture)).text, default_url=record.article.url, date_config=options)
    if stated is None:
        return ()
    found = []
    ours, theirs = comparable(record.article.title or ""), comparable(stated.title or "")
    if theirs and ours not in theirs and theirs not in ours:
        found.append(f"title: «{record.article.title or 'none'}», trafilatura reads «{stated.title}»")
    day = (record.article.published_at or "")[:10]
    if stated.date and _days_apart(day, stated.date) > 1:
        found.append(f"day: {day or 'none'}, htmldate reads {stated.date}")
    return tuple(found)


def _days_apart(one: str, other: str) -> int:
    """Return how many days lie between two ISO dates; a missing or impossible one is far from any."""
    try:
        return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    except ValueError:
        return _FAR


def _words(text: str) -> Counter[str]:
    # Repair joins words that damage had parted: compare without the difference.
    return Counter(comparable(text).split())
