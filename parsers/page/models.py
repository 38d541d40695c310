"""What a page says, as printed: before any repair of its Persian."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.models import Issue, Verdict


@dataclass(frozen=True, slots=True)
class Page:
    """The outcome of `read_page`, as printed; `parsers.models.Article` holds the same fields in repaired Persian.

    `paragraphs` do not repeat the lead; `evidence` is one line on why the verdict; `source` is the credit that the page prints.

    `published_at` and `modified_at` are ISO 8601 with Tehran's offset on that day, `published_jalali` is YYYY-MM-DD;
    `published_from` names the source of the time (`time_candidates.Source`). `labels` is what a law's page prints in labelled
    lines next to the text, by kind of label (`law.toml`).
    """

    verdict: Verdict
    evidence: str
    cms: str = "generic"
    publisher: str | None = None
    url: str | None = None
    canonical_url: str | None = None
    news_code: str | None = None
    kicker: str | None = None
    title: str | None = None
    lead: str | None = None
    paragraphs: tuple[str, ...] = ()
    source: str | None = None
    authors: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published_at: str | None = None
    published_jalali: str | None = None
    published_from: str | None = None
    modified_at: str | None = None
    images: tuple[str, ...] = ()
    issues: tuple[Issue, ...] = ()
    charset: str = "utf-8"
    labels: Mapping[str, str] = field(default_factory=dict)
