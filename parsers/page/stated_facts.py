"""What others say of a capture: a person of a file that was added, a feed or sitemap of the day of publication.

It travels in the capture's headers, percent-encoded, so that every reparse knows it too.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.models import Capture

_PREFIX = "x-bayegan-"
_LISTED_AT, _LISTED_BY = f"{_PREFIX}listed-at", f"{_PREFIX}listed-by"


@dataclass(frozen=True, slots=True)
class Stated:
    """What is said of a file, all of it optional; `approved` is a day as it was typed."""

    title: str | None = None
    body: str | None = None
    approved: str | None = None
    file: str | None = None

    def headers(self) -> dict[str, str]:
        """Return it as headers of a capture, ASCII."""
        return {f"{_PREFIX}{f.name}": quote(value) for f in fields(self) if (value := getattr(self, f.name))}

    def labels(self) -> Mapping[str, str]:
        """Return it as a law's page prints it, by the names of `law.toml`."""
        named = {"title": self.title, "issuer": self.body, "approved": self.approved}
        return {label: value for label, value in named.items() if value}


def stated_of(capture: Capture) -> Stated:
    """Return what the headers of a capture say of its file."""
    found = {name.lower(): value for name, value in capture.headers.items()}
    return Stated(**{f.name: unquote(value) for f in fields(Stated) if (value := found.get(f"{_PREFIX}{f.name}"))})


def of_the_server(headers: Mapping[str, str]) -> dict[str, str]:
    """Return the headers that a server sent, without those that only a person or a source may have added here."""
    return {name: value for name, value in headers.items() if not name.lower().startswith(_PREFIX)}


ListedBy = Literal["feed", "sitemap"]


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """When a feed or sitemap says that an article was published: ISO 8601, a moment or a day."""

    at: str
    by: ListedBy

    def headers(self) -> dict[str, str]:
        """Return it as headers of a capture."""
        return {_LISTED_AT: self.at, _LISTED_BY: self.by}


def listed_of(capture: Capture) -> SourceNotice | None:
    """Return what a feed or sitemap has said of a capture's article, None where none has."""
    found = {name.lower(): value for name, value in capture.headers.items()}
    at, by = found.get(_LISTED_AT), found.get(_LISTED_BY)
    return SourceNotice(at, "feed" if by == "feed" else "sitemap") if at and by in ("feed", "sitemap") else None
