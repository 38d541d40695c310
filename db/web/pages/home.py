"""The first page, what is in the archive; and how its jobs are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.read import documents
from db.read.plots import by_month
from db.read.run_outcomes import run_log
from db.statements import statement
from db.web.background_check import latest_check
from db.web.pages import Asked, rows
from db.web.render import WebPage

if TYPE_CHECKING:
    from sqlite_utils import Database

_COUNTS = statement("web/home_counts")
_MONTHS = "SELECT jalali_month, count(*) AS documents FROM documents WHERE jalali_month IS NOT NULL GROUP BY 1"
_MESSENGERS = statement("web/home_messengers")
_LATEST = statement("web/home_latest")


def home(db: Database, asked: Asked) -> WebPage:
    """Return what the archive holds, by month, and the latest of it."""
    edition = asked.edition
    months = {row["jalali_month"]: row["documents"] for row in rows(db, _MONTHS)}
    latest = rows(db, _LATEST)
    data = {
        "counts": rows(db, _COUNTS)[0],
        "messengers": rows(db, _MESSENGERS),
        "latest": latest,
        "issues": len(documents.open_issues(db)),
    }
    plot = by_month(
        months, title=edition.say("home_plot_title"), counted=edition.documents, words=edition.plot_words(),
        link=lambda month: edition.to("/search", q=f"date:{month}"),
    )  # fmt: skip
    value = {"counts": data["counts"], "months": months, "latest": latest}
    return WebPage("home.html", edition.say("name"), data, latest, value, plot)


def health(db: Database, asked: Asked) -> WebPage:
    """Return what is wrong now, what the last check of the archive found, and the last runs."""
    issues, runs = documents.open_issues(db), run_log(db, 30)
    last, is_running = latest_check(db, str(db.execute("PRAGMA database_list").fetchone()[2]))
    check = {"checked_at": last.checked_at, "findings": list(last.findings), "is_running": is_running}
    return WebPage(
        "health.html",
        asked.edition.say("health_title"),
        {"issues": issues, "runs": runs, "check": check},
        issues,
        {"open_issues": issues, "check": check, "runs": runs},
    )
