"""Messengers: who is named how often, beside whom, and what happened to them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.read.jalali_dates import jalali_month
from db.read.plots import PlotEvent, by_month
from db.statements import statement
from db.web.pages import SNIPPET, Asked, NotFound, rows, with_marks
from db.web.render import WebPage
from db.web.sorting import ordered

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.web.edition import Edition

_EVERY = statement("web/messengers_every")
_MONTHS = (
    "SELECT jalali_month AS month, count(*) AS documents FROM document_messengers "
    "WHERE messenger_id = :id AND jalali_month <> '' GROUP BY 1"
)
_TOTAL = "SELECT count(*) AS documents FROM document_messengers WHERE messenger_id = :id"
_BESIDE = statement("web/messengers_beside")
_EVENTS = "SELECT event, happened_on, happened_when, note, source FROM messenger_events WHERE messenger_id = :id ORDER BY n"
# A document without a day stands where it was first seen.
_FEW = (
    "SELECT d.id, coalesce(d.published_on, substr(d.first_seen_at, 1, 10)) AS day "
    "FROM document_messengers m JOIN documents d ON d.id = m.document_id WHERE m.messenger_id = :id "
)
# Where very many name it, the next page of them is found soonest along the days of publication.
_MANY = (
    "SELECT d.id, d.published_on AS day FROM documents d WHERE EXISTS (SELECT 1 FROM document_messengers m "
    "WHERE m.document_id = d.id AND m.messenger_id = :id) "
)
_MENTIONS = (
    "SELECT d.id AS document_id, p.slug AS publisher, coalesce(p.name, p.slug) AS publisher_name, r.title, d.published_on, "  # noqa: S608
    "m.section, m.surface, " + SNIPPET + ", m.rule, d.url FROM ({found} "
    "ORDER BY day DESC, d.id DESC LIMIT :limit OFFSET :offset) f JOIN documents d ON d.id = f.id "
    "JOIN mentioned_messengers m ON m.revision_id = d.revision_id AND m.n = (SELECT min(n) FROM mentioned_messengers "
    "WHERE revision_id = d.revision_id AND messenger_id = :id) "
    "JOIN revisions r ON r.id = d.revision_id JOIN publishers p ON p.id = d.publisher_id "
    "ORDER BY f.day DESC, f.id DESC"
)
_PAGE, _PAGE_OF_DATA = 25, 5_000
_MOST_SORTED = 20_000  # documents


def every(db: Database, asked: Asked) -> WebPage:
    """Return all messengers, the most named first."""
    found = ordered(rows(db, _EVERY), asked.query)
    data = {"named": [row for row in found if row["documents"]], "unnamed": [row for row in found if not row["documents"]]}
    return WebPage("messengers.html", asked.edition.say("messengers_title"), data, found)


def one(db: Database, asked: Asked) -> WebPage:
    """Return one messenger: by month, with its events; who is named beside it; every document that names it."""
    about = rows(db, "SELECT * FROM messengers WHERE slug = :slug", slug=asked.parts["slug"])
    if not about:
        raise NotFound("no_such_messenger", slug=asked.parts["slug"])
    edition = asked.edition
    messenger, number = about[0], max(asked.number("page", 1), 1)
    months = {row["month"]: row["documents"] for row in rows(db, _MONTHS, id=messenger["id"])}
    events = sorted(
        (_event(row, edition) for row in rows(db, _EVENTS, id=messenger["id"])), key=lambda event: str(event["month"])
    )
    total = rows(db, _TOTAL, id=messenger["id"])[0]["documents"]
    is_data = asked.parts.get("kind") in (".json", ".csv")
    size = _PAGE_OF_DATA if is_data else _PAGE
    mentions = _MENTIONS.replace("{found}", _MANY if total > _MOST_SORTED else _FEW)
    found, shown = with_marks(rows(db, mentions, id=messenger["id"], limit=size, offset=(number - 1) * size), "messengers")
    slug = messenger["slug"]
    data = {
        "messenger": messenger, "events": events, "beside": rows(db, _BESIDE, id=messenger["id"]), "mentions": shown,
        "total": total, "number": number, "pages": max(1, -(-total // _PAGE)),
    }  # fmt: skip
    plot = by_month(
        months, counted=edition.documents,
        title=str(edition.say("messenger_plot_title", name=edition.name_of(messenger["name"], messenger["name_latin"] or slug))),
        events=[PlotEvent(event["month"], event["name"], n) for n, event in enumerate(events, 1) if event["month"]],
        link=lambda month: edition.to("/search", q=f"messenger:{slug} date:{month}"), words=edition.plot_words(),
    )  # fmt: skip
    value = {"messenger": messenger, "months": months, "events": events, "beside": data["beside"], "mentions": found}
    return WebPage("messenger.html", messenger["name"], data, found, value, plot)


def _event(row: dict[str, Any], edition: Edition) -> dict[str, Any]:
    when = edition.jalali(row["happened_on"]) if row["happened_on"] else edition.month(row["happened_when"])
    month = jalali_month(row["happened_on"] or row["happened_when"])
    return {**row, "name": edition.word(row["event"], "events"), "when": when, "month": month}
