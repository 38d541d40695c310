"""Two publishers, or two messengers, next to each other over a chosen time."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, Any

from persiantools.jdatetime import JalaliDate

from db.read.plots import PlotSeries, by_month
from db.statements import statement
from db.web.pages import BadRequest, rows
from db.web.render import WebPage
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.web.pages import Asked

_CHOICES = {
    "publisher": "SELECT slug, coalesce(name, slug) AS name, slug AS latin FROM publishers p "
    "WHERE EXISTS (SELECT 1 FROM documents d WHERE d.publisher_id = p.id) ORDER BY name",
    "messenger": "SELECT slug, name, coalesce(name_latin, slug) AS latin FROM messengers g "
    "WHERE EXISTS (SELECT 1 FROM document_messengers m WHERE m.messenger_id = g.id) ORDER BY name",
}
_TOTALS = {"publisher": statement("web/compare_totals_publisher"), "messenger": statement("web/compare_totals_messenger")}
_MONTHS = {"publisher": statement("web/compare_months_publisher"), "messenger": statement("web/compare_months_messenger")}
_NAMED = {"publisher": statement("web/compare_named_publisher"), "messenger": statement("web/compare_named_messenger")}
_CITED = {"publisher": statement("web/compare_cited_publisher"), "messenger": statement("web/compare_cited_messenger")}
_TOGETHER = {"publisher": statement("web/compare_together_publisher"), "messenger": statement("web/compare_together_messenger")}
_WHEN = re.compile(r"(\d{4})(?:[-/](\d{1,2}))?(?:[-/](\d{1,2}))?", re.ASCII)
_EARLIEST_GREGORIAN = 1700
_FIRST, _LAST = "0001-01-01", "9999-12-31"


def comparison(db: Database, asked: Asked) -> WebPage:
    """Return the two sides with their totals, their months, whom they name and what is cited."""
    edition = asked.edition
    what = asked.query.get("what", "publisher")
    if what not in _CHOICES:
        raise BadRequest("cannot_compare", value=what)
    choices = rows(db, _CHOICES[what])
    a, b = _chosen(choices, asked.query.get("a", ""), 0), _chosen(choices, asked.query.get("b", ""), 1)
    since, until = asked.query.get("from", "").strip(), asked.query.get("to", "").strip()
    data: dict[str, Any] = {"what": what, "choices": choices, "a": a, "b": b, "since": since, "until": until}
    title = str(edition.say("compare_title"))
    if a is None or b is None:
        return WebPage("comparison.html", title, {**data, "a": None, "b": None})
    between = {"a": a["slug"], "b": b["slug"], "since": _day(since, _FIRST, last=False), "until": _day(until, _LAST, last=True)}
    months = {
        side: {r["month"]: r["documents"] for r in rows(db, _MONTHS[what], **{**between, "one": between[side]})} for side in "ab"
    }
    named, cited = rows(db, _NAMED[what], **between), rows(db, _CITED[what], **between)
    totals = _side_by_side(
        rows(db, _TOTALS[what], **{**between, "one": between["a"]}), rows(db, _TOTALS[what], **{**between, "one": between["b"]})
    )
    together = rows(db, _TOGETHER[what], **between)[0]["documents"]
    names = [edition.name_of(one["name"], one["latin"]) for one in (a, b)]
    plot = by_month(
        PlotSeries(months["a"], names[0]), PlotSeries(months["b"], names[1]), counted=edition.documents,
        words=edition.plot_words(), title=str(edition.say("compare_plot_title", a=names[0], b=names[1])),
    )  # fmt: skip
    data |= {"totals": totals, "together": together, "named": named, "cited": cited}
    table = [
        {"month": month, "a": months["a"].get(month, 0), "b": months["b"].get(month, 0)}
        for month in sorted({*months["a"], *months["b"]})
    ]
    value = {"what": what, **between, "totals": totals, "months": table, "together": together, "named": named, "cited": cited}
    return WebPage("comparison.html", f"{title}: {edition.say('comma').join(names)}", data, table, value, plot)


def _chosen(choices: list[dict[str, Any]], slug: str, place: int) -> dict[str, Any] | None:
    """Return the choice of this slug; without one that at this place, if there are as many. Raises BadRequest."""
    if not slug:
        return choices[place] if len(choices) > place else None
    found = next((choice for choice in choices if choice["slug"] == slug), None)
    if found is None:
        raise BadRequest("cannot_compare", value=slug)
    return found


def _side_by_side(left: list[dict[str, Any]], right: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"name": name, "a": left[0][name], "b": right[0][name]} for name in left[0]]


def _day(text: str, default: str, *, last: bool) -> str:
    """Return the first ISO day, or the last one, of a year, month or day of either calendar. Raises BadRequest."""
    if not text:
        return default
    found = _WHEN.fullmatch(fold(text))
    if not found:
        raise BadRequest("must_be_month", value=text)
    year = int(found[1])
    month, day = (int(part) if part else 0 for part in found.groups()[1:])
    try:
        if year >= _EARLIEST_GREGORIAN:
            first = date(year, month or (12 if last else 1), day or 1)
            return str(first.replace(day=monthrange(year, first.month)[1]) if last and not day else first)
        month = month or (12 if last else 1)
        length = JalaliDate.days_in_month(month, year)
        return str(JalaliDate(year, month, day or (length if last else 1)).to_gregorian())  # type: ignore[no-untyped-call]
    except (ValueError, IndexError) as error:
        raise BadRequest("must_be_month", value=text) from error
