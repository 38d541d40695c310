"""What travels between the rooms: a capture comes in, a record goes out.

Offsets are code points, `end` exclusive. Times (`*_at`) are ISO 8601 with an offset, days (`*_on`) ISO 8601 dates.
Everything here is frozen; dictionaries exist only at the edges, through `to_dict`.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.law_models import Law

Damage = Literal["deleted", "spaced", "mixed", "none"]
Section = Literal["kicker", "title", "lead", "body"]
Verdict = Literal["article", "law", "listing", "media", "blocked", "empty", "not_persian"]
Level = Literal["info", "warning", "error"]


@dataclass(frozen=True, slots=True)
class Capture:
    """Bytes as fetched, with what was known of them at that moment.

    `headers` are the response's, names in any case; `url` is the address asked for, `final_url` the one that answered
    after redirects (None: the same); `publisher` is a slug, None when only the URL can tell.
    """

    body: bytes
    url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    fetched_at: str | None = None
    publisher: str | None = None
    status: int = 200
    final_url: str | None = None
    request_headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageRules:
    """What a publisher's TOML says of its pages: the content system and CSS selectors that replace those of the system.

    `furniture` are keys of lines that it prints on most pages (`parsers.persian.lines`); no facts are found in those.
    """

    cms: str = "auto"
    fields: Mapping[str, str] = field(default_factory=dict)
    drop: tuple[str, ...] = ()
    furniture: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Issue:
    """Something a person should know about a page or a run. `code` is stable and snake_case."""

    level: Level
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Article:
    """What a page says, in repaired Persian. `body` is `paragraphs` joined by newlines and does not repeat the lead."""

    publisher: str | None = None
    cms: str = "generic"
    url: str | None = None
    canonical_url: str | None = None
    news_code: str | None = None
    kicker: str | None = None
    title: str | None = None
    lead: str | None = None
    body: str = ""
    paragraphs: tuple[str, ...] = ()
    agency: str | None = None
    authors: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    published_at: str | None = None
    published_jalali: str | None = None
    published_from: str | None = None
    modified_at: str | None = None
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A messenger or social network named in the text; `rule` says on which evidence it was accepted."""

    start: int
    end: int
    surface: str
    slug: str
    rule: str
    section: Section | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Ancestor:
    """One step of a citation's path: the تبصره that holds a بند, the ماده that holds the تبصره."""

    unit: str
    number: int | str | None


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation of one or more clauses.

    `numbers` are ints, or strings such as "الف", "4-4", "5 مکرر"; `path` runs from the outermost ancestor inwards;
    `instrument` is the canonical title, `body` the canonical name of who issued it; `eids` (Akoma Ntoso) stand beside
    `numbers`, one for each; `year` is the Jalali year of approval by which the instrument is named.
    """

    start: int
    end: int
    surface: str
    unit: str
    numbers: tuple[int | str, ...]
    path: tuple[Ancestor, ...] = ()
    instrument: str | None = None
    body: str | None = None
    eids: tuple[str, ...] = ()
    section: Section | None = None
    rule: str = ""
    certain: bool = True
    year: int | None = None


@dataclass(frozen=True, slots=True)
class InstrumentMention:
    """A law, resolution, bylaw … named in the text. `kind` is Latin: law, resolution, bylaw, directive …"""

    start: int
    end: int
    surface: str
    title: str
    kind: str
    body: str | None = None
    section: Section | None = None
    rule: str = ""
    certain: bool = True
    year: int | None = None


@dataclass(frozen=True, slots=True)
class SessionMention:
    """A meeting of a body, by number(s), by date (ISO) or both; ranges are expanded."""

    start: int
    end: int
    surface: str
    body: str | None
    numbers: tuple[int, ...]
    date: str | None = None
    section: Section | None = None
    rule: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as printed. `iso` holds one day, `iso_range` first and last day of anything longer; neither if `valid` is false."""

    start: int
    end: int
    surface: str
    iso: str | None
    precision: str
    calendar: str
    valid: bool
    iso_range: tuple[str, str] | None = None
    time: str | None = None
    section: Section | None = None
    rule: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class AgencyMention:
    """A news agency named as the source."""

    start: int
    end: int
    surface: str
    slug: str
    section: Section | None = None
    rule: str = ""
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything found in one document, each kind in order of section and offset."""

    mentions: tuple[Mention, ...] = ()
    references: tuple[Reference, ...] = ()
    instruments: tuple[InstrumentMention, ...] = ()
    sessions: tuple[SessionMention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    agencies: tuple[AgencyMention, ...] = ()

    def to_dict(self) -> dict[str, list[dict[str, Any]]]:
        """Return the fixed JSON shape of `bayegan extract`."""
        return {kind.name: [fact_to_dict(fact) for fact in getattr(self, kind.name)] for kind in fields(self)}


@dataclass(frozen=True, slots=True)
class Record:
    """The outcome of `parse`: what the page is, what it says, what it names, and what was odd about it.

    `law` is there where the verdict is `law`; it goes to the archive and is no part of the JSON shape.
    """

    verdict: Verdict
    article: Article
    facts: Facts = field(default_factory=Facts)
    issues: tuple[Issue, ...] = ()
    evidence: str = ""
    damage: Damage = "none"
    law: Law | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the fixed JSON shape of `bayegan parse`."""
        return {
            "verdict": self.verdict,
            "article": {f.name: _plain(getattr(self.article, f.name)) for f in fields(self.article)},
            "facts": self.facts.to_dict(),
            "issues": [{"level": i.level, "code": i.code, "message": i.message} for i in self.issues],
        }


# Not part of the JSON shapes: what only the archive needs, and keys that are printed only where they say something.
_ARCHIVE_ONLY = {
    ("Reference", "body"), ("Reference", "eids"), ("Reference", "year"),
    ("InstrumentMention", "surface"), ("InstrumentMention", "year"),
}  # fmt: skip
_OPTIONAL = {"section", "iso_range", "time"}

AnyFact = Mention | Reference | InstrumentMention | SessionMention | DateMention | AgencyMention


def fact_to_dict(fact: AnyFact) -> dict[str, Any]:
    """Return one fact as JSON prints it."""
    kind = type(fact).__name__
    pairs = ((f.name, getattr(fact, f.name)) for f in fields(fact) if (kind, f.name) not in _ARCHIVE_ONLY)
    return {name: _plain(value) for name, value in pairs if not (value is None and name in _OPTIONAL)}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Ancestor):
        return {"unit": value.unit, "number": value.number}
    return value
