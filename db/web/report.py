"""A report to mail or to host: one HTML page that needs nothing else, and the rows behind its figures as CSV.

It tells of the archive alone, not of the day it is made: the same archive gives the same bytes.
"""

from __future__ import annotations

import base64
import re
from importlib import resources
from typing import TYPE_CHECKING, Any

from db.outputs import check_output, new_file
from db.read import documents
from db.read.export import CsvForPeople, Table, query
from db.read.jalali_dates import digits, jalali_month
from db.read.plots import PlotEvent, by_month, months_between
from db.statements import statement
from db.web.edition import PERSIAN
from db.web.pages import rows
from db.web.render import environment

if TYPE_CHECKING:
    from pathlib import Path

    from sqlite_utils import Database

Rows = list[dict[str, Any]]
_PLOTTED = 6  # messengers with a plot of their own
_MONTHS = 24  # of the table of publishers
_SHADES = 5
_FACE = re.compile(r"@font-face \{[^}]*\}")  # the page has its own, with the font in it
_TOLD = frozenset({"blocked", "unblocked", "licensed", "restricted", "removed", "closed"})

_COUNTS = statement("web/report_counts")
_MESSENGER_MONTHS = statement("web/report_messenger_months")
_EVENTS = statement("web/report_events")
_CLAUSES = statement("web/report_clauses")
_PUBLISHER_MONTHS = statement("web/report_publisher_months")
_SESSIONS = statement("web/report_sessions")
_STORIES = statement("web/report_stories")


_TABLES = {
    "messengers_by_month": _MESSENGER_MONTHS,
    "events": _EVENTS,
    "clauses": _CLAUSES,
    "publishers_by_month": _PUBLISHER_MONTHS,
    "sessions": _SESSIONS,
    "stories": _STORIES,
    "open_issues": documents.OPEN_ISSUES,
}


def write(db: Database, directory: Path, archive: Path, *, force: bool = False) -> list[Path]:
    """Write index.html and data/*.csv of the archive at a path into a directory, made if it is missing; return the files.

    Raises OSError, and OutputRefused before anything is written if one of the files is none that may be written.
    """
    tables = {name: rows(db, sql) for name, sql in _TABLES.items()}
    page, files = directory / "index.html", {name: directory / "data" / f"{name}.csv" for name in tables}
    for path in (page, *files.values()):
        check_output(path, archive, force=force)
    (directory / "data").mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        with new_file(files[name], archive, force=force) as part:
            _write_csv(part, query(db, _TABLES[name]), table)
    with new_file(page, archive, force=force) as part:
        part.write_text(environment(PERSIAN).get_template("report.html").render(**_data(db, tables)), "utf-8")
    return [page, *files.values()]


def _data(db: Database, tables: dict[str, Rows]) -> dict[str, Any]:
    months, events = tables["messengers_by_month"], tables["events"]
    every: dict[str, int] = {}
    for row in months:
        every[row["month"]] = every.get(row["month"], 0) + row["mentions"]
    named = _most_named(months)
    return {
        "style": _FACE.sub("", _static("style.css").decode()),
        "font": base64.b64encode(_static("vazirmatn.woff2")).decode(),
        "counts": rows(db, _COUNTS)[0],
        "plot": by_month(every, title="نام\u200cبردن از پیام\u200cرسان\u200cها در هر ماه", counted=lambda n: f"{digits(n)} بار"),
        "messengers": [_messenger(slug, months, events) for slug in named],
        "clauses": tables["clauses"],
        "heat": _heat(tables["publishers_by_month"]),
        "sessions": tables["sessions"],
        "stories": tables["stories"],
        "issues": tables["open_issues"],
    }


def _most_named(months: Rows) -> list[str]:
    totals: dict[str, int] = {}
    for row in months:
        totals[row["messenger"]] = totals.get(row["messenger"], 0) + row["documents"]
    return sorted(totals, key=lambda slug: (-totals[slug], slug))[:_PLOTTED]


def _messenger(slug: str, months: Rows, events: Rows) -> dict[str, Any]:
    own = [row for row in months if row["messenger"] == slug]
    told = [
        {"month": month, "name": PERSIAN.word(row["event"], "events"), "source": row["source"]}
        for row in events
        if row["messenger"] == slug and row["event"] in _TOLD and (month := jalali_month(row["happened"]))
    ]
    told.sort(key=lambda event: str(event["month"]))
    marks = [PlotEvent(row["month"], row["name"], n) for n, row in enumerate(told, 1)]
    counts = {row["month"]: row["documents"] for row in own}
    return {
        "name": own[0]["name"],
        "documents": sum(counts.values()),
        "stories": sum(row["stories"] for row in own),
        "plot": by_month(counts, title=f"سندها با نام {own[0]['name']}", counted=PERSIAN.documents, events=marks),
        "events": told,
    }


def _heat(found: Rows) -> dict[str, Any]:
    """Publishers × the last two years of months, those without documents too, each cell with a shade."""
    printed = [row["month"] for row in found]
    months = months_between(min(printed), max(printed))[-_MONTHS:] if printed else []
    found = [row for row in found if row["month"] in months]
    counts = {(row["name"], row["month"]): row["documents"] for row in found}
    most = max((counts.get((name, month), 0) for name, _ in counts for month in months), default=0)
    names = sorted({row["name"] for row in found})
    lines = [(name, [_cell(counts.get((name, month), 0), most) for month in months]) for name in names]
    return {"months": months, "lines": lines}


def _cell(count: int, most: int) -> dict[str, int]:
    return {"count": count, "shade": -(-count * _SHADES // most) if most else 0}


def _static(name: str) -> bytes:
    return resources.files("db.web").joinpath("static", name).read_bytes()


def _write_csv(path: Path, asked: Table, table: Rows) -> None:
    """Write the rows of a query; without any, the names of its columns."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = CsvForPeople(stream)
        writer.writerow(name for name, _ in asked.columns)
        writer.writerows(row.values() for row in table)
