"""The data of each page: functions of the archive and of what was asked; they know nothing of HTML but the marks in a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.web.edition import PERSIAN, Edition
from db.web.marks import Mark, marked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from markupsafe import Markup
    from sqlite_utils import Database

# For queries over mentions `m` of revisions `r`: the words around a mention, its place in them, whether they are cut off.
SECTION = "CASE m.section WHEN 'kicker' THEN r.kicker WHEN 'title' THEN r.title WHEN 'lead' THEN r.lead ELSE r.body END"
SNIPPET = (
    f"substr({SECTION}, m.snippet_start + 1, m.snippet_end - m.snippet_start) AS snippet, "
    f"m.start - m.snippet_start AS at_, m.snippet_start > 0 AS before_, m.snippet_end < length({SECTION}) AS after_"
)
_HELPERS = ("at_", "before_", "after_")

_MAX_NUMBER = 10**15


class ForReaders(Exception):
    """Why there is no page, for its reader: `sentence` names one of the edition's sentences, `values` are what it says."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence)
        self.sentence, self.values = sentence, values


class NotFound(ForReaders):
    """There is no such page."""


class BadRequest(ForReaders):
    """What was asked makes no sense."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address says: its parts, what stands after the question mark (the first of each name), and in which edition.

    `site` is scheme and host under which the pages were asked for, "" where nobody knows.
    """

    parts: Mapping[str, str]
    query: Mapping[str, str]
    edition: Edition = PERSIAN
    site: str = ""

    def number(self, name: str, default: int = 0) -> int:
        """Return a whole number of the address or the query; `default` where it is none, or beyond all sense."""
        text = self.parts.get(name) or self.query.get(name) or ""
        return min(int(text), _MAX_NUMBER) if text.isascii() and text.isdigit() else default


def rows(db: Database, sql: str, **values: object) -> list[dict[str, Any]]:
    """Return the rows of a query."""
    return list(db.query(sql, values))


def with_marks(found: list[dict[str, Any]], kind: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return rows of a query with SNIPPET as data, and as they are shown.

    What is shown is one row a document, with `snippets`: its words around each mention, the mention marked.
    """
    shown: dict[int, dict[str, Any]] = {}
    for row in found:
        shown.setdefault(row["document_id"], {**row, "snippets": []})["snippets"].append(_lit(row, kind))
    data = [{name: value for name, value in row.items() if name not in _HELPERS} for row in found]
    return data, list(shown.values())


def _lit(row: Mapping[str, Any], kind: str) -> Markup:
    lit = marked(row["snippet"] or "", [Mark(row["at_"], row["at_"] + len(row["surface"]), kind)])
    return ("… " if row["before_"] else "") + lit + (" …" if row["after_"] else "")
