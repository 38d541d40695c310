"""Halves of surrogate pairs, which some pages hold and SQLite cannot: each becomes U+FFFD, so that offsets stay."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parsers.models import Article, Capture, Record

_HALVES = re.compile("[\ud800-\udfff]")


def storable(capture: Capture, record: Record) -> tuple[Capture, Record]:
    """Return the same, or, where some text could not be encoded, a copy that can be."""
    try:
        "".join(_texts(capture, record.article)).encode()
    except UnicodeEncodeError:
        return _cleaned(capture), _cleaned(record)
    return capture, record


def _texts(capture: Capture, article: Article) -> list[str]:
    single = (
        capture.url, capture.final_url, article.publisher, article.url, article.canonical_url, article.news_code, article.kicker,
        article.title, article.lead, article.body, article.published_at, article.modified_at,
    )  # fmt: skip
    several = (article.authors, article.category, article.tags, article.images)
    headers = (*capture.headers.items(), *capture.request_headers.items())
    return [
        *filter(None, single), *(text for texts in several for text in texts), *(text for pair in headers for text in pair)
    ]  # fmt: skip


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return _HALVES.sub("\ufffd", value)
    if isinstance(value, tuple):
        return tuple(map(_cleaned, value))
    if isinstance(value, Mapping):
        return {_cleaned(key): _cleaned(item) for key, item in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: _cleaned(getattr(value, field.name)) for field in fields(value)})
    return value
