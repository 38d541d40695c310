"""A record's text as a revision: what is hashed, compared and kept of it."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from db.write.change_counts import count_changes

if TYPE_CHECKING:
    from db.search.index import Texts
    from parsers.models import Article, Record

Column = str | int | bytes | None
_TEHRAN = ZoneInfo("Asia/Tehran")
_TEHRAN_OFFSETS = ("+03:30", "+04:30")


def texts_of(article: Article) -> Texts:
    """Return what a document says: what is hashed, compared and searched."""
    return (article.kicker, article.title, article.lead, article.body)


def text_hash(article: Article) -> bytes:
    """SHA-256 of the four parts, set apart by a character that no text has."""
    return hashlib.sha256("\x1f".join(text or "" for text in texts_of(article)).encode()).digest()


def revision_row(record: Record, digest: bytes, before: Texts | None) -> dict[str, Column]:
    """Return the columns of a revision that follow from its record, its `text_hash` and the text before it."""
    article = record.article
    texts = joined(texts_of(article))
    added, removed = count_changes(joined(before), texts) if before else (len(texts), 0)
    return {
        "text_hash": digest,
        "kicker": article.kicker,
        "title": article.title,
        "lead": article.lead,
        "body": article.body,
        "news_code": article.news_code,
        "agency": article.agency,
        "authors": _json(article.authors),
        "category": " / ".join(article.category) or None,
        "tags": _json(article.tags),
        "images": _json(article.images),
        "published_at": article.published_at,
        "published_on": tehran_day(article.published_at),
        "published_jalali": article.published_jalali,
        "published_from": article.published_from,
        "modified_at": article.modified_at,
        "cms": article.cms,
        "damage": record.damage,
        "chars_added": added,
        "chars_removed": removed,
    }


def tehran_day(moment: str | None) -> str | None:
    """Return the day in Tehran of an ISO 8601 moment; a day without a time is itself."""
    if not moment or len(moment) == 10 or moment.endswith(_TEHRAN_OFFSETS):
        return moment[:10] if moment else None
    try:
        parsed = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (parsed.astimezone(_TEHRAN) if parsed.tzinfo else parsed).date().isoformat()


def month_of(jalali: object) -> str | None:
    """1398-02 of 1398-02-15."""
    return jalali[:7] if isinstance(jalali, str) else None


def joined(texts: Texts) -> str:
    """Return the four parts as one text, a line feed between them."""
    return "\n".join(text for text in texts if text)


def _json(values: tuple[str, ...]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else "[]"
