"""Meetings of councils: which are named, what they passed, who reports of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.statements import statement
from db.web.pages import SNIPPET, Asked, NotFound, rows, with_marks
from db.web.render import WebPage

if TYPE_CHECKING:
    from sqlite_utils import Database

_EVERY = statement("web/sessions_every")
_PASSED = statement("web/sessions_passed")
_REPORTS = (
    "SELECT d.id AS document_id, p.slug AS publisher, coalesce(p.name, p.slug) AS publisher_name, r.title, d.published_on, "  # noqa: S608
    "m.held_on, m.section, m.surface, " + SNIPPET + ", d.url FROM mentioned_sessions m "
    "JOIN documents d ON d.revision_id = m.revision_id JOIN revisions r ON r.id = d.revision_id "
    "JOIN publishers p ON p.id = d.publisher_id WHERE m.body_id = :body AND m.number = :number "
    "ORDER BY coalesce(d.published_on, substr(d.first_seen_at, 1, 10)), d.id, m.n LIMIT 1000"
)


def every(db: Database, asked: Asked) -> WebPage:
    """Return every meeting that is named, by its body."""
    found = rows(db, _EVERY)
    bodies: dict[str, list[dict[str, object]]] = {}
    for row in found:
        bodies.setdefault(row["body"], []).append(row)
    return WebPage("sessions.html", asked.edition.say("sessions_title"), {"bodies": bodies}, found)


def one(db: Database, asked: Asked) -> WebPage:
    """Return one meeting: its day as told, what it passed, every report."""
    body, number = asked.number("body"), asked.number("number")
    names = rows(db, "SELECT name FROM bodies WHERE id = :body", body=body)
    passed = rows(db, _PASSED, body=body, number=number)
    reports, shown = with_marks(rows(db, _REPORTS, body=body, number=number), "sessions")
    if not names or not (passed or reports):
        raise NotFound("no_such_session")
    days = sorted({row["held_on"] for row in reports if row["held_on"]})
    data = {"body": names[0]["name"], "number": number, "days": days, "passed": passed, "reports": reports}
    title = str(asked.edition.say("session_of", number=asked.edition.digits(str(number)), body=names[0]["name"]))
    return WebPage("session.html", title, {**data, "reports": shown}, reports, data)
