"""The first page, what is in the archive; and how its jobs are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.read import documents
from db.read.plots import by_month
from db.web.pages import Asked, rows
from db.web.render import Page

if TYPE_CHECKING:
    from sqlite_utils import Database

_COUNTS = (
    "SELECT (SELECT count(*) FROM documents) AS documents, (SELECT count(*) FROM publishers p WHERE EXISTS "
    "(SELECT 1 FROM documents d WHERE d.publisher_id = p.id)) AS publishers, (SELECT count(*) FROM captures) AS captures, "
    "(SELECT count(*) FROM current_laws) AS laws, (SELECT count(*) FROM documents WHERE revisions > 1) AS changed"
)
_MONTHS = "SELECT jalali_month, count(*) AS documents FROM documents WHERE jalali_month IS NOT NULL GROUP BY 1"
_MESSENGERS = (
    "SELECT g.slug, g.name, n.documents FROM (SELECT messenger_id, count(*) AS documents FROM document_messengers "
    "GROUP BY messenger_id) n JOIN messengers g ON g.id = n.messenger_id ORDER BY n.documents DESC, g.slug LIMIT 12"
)
_LATEST = (
    "SELECT d.id AS document_id, p.name AS publisher_name, p.slug AS publisher, r.title, d.published_on, d.kind FROM documents d "
    "JOIN revisions r ON r.id = d.revision_id JOIN publishers p ON p.id = d.publisher_id "
    "ORDER BY d.published_on DESC, d.id DESC LIMIT 12"
)


def home(db: Database, _asked: Asked) -> Page:
    """What the archive holds, by month, and the latest of it."""
    months = {row["jalali_month"]: row["documents"] for row in rows(db, _MONTHS)}
    latest = rows(db, _LATEST)
    data = {
        "counts": rows(db, _COUNTS)[0],
        "plot": by_month(months, title="سندها در هر ماه", unit="سند", link=lambda month: f"/search?q=date:{month}"),
        "messengers": rows(db, _MESSENGERS),
        "latest": latest,
        "issues": len(documents.open_issues(db)),
    }
    return Page("home.html", "بایگان", data, latest, {"counts": data["counts"], "months": months, "latest": latest})


def health(db: Database, _asked: Asked) -> Page:
    """What is wrong now, and the last runs."""
    issues, runs = documents.open_issues(db), documents.run_log(db, 30)
    return Page("health.html", "سلامت بایگانی", {"issues": issues, "runs": runs}, issues, {"open_issues": issues, "runs": runs})
