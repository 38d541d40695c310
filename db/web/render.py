"""From a page's data to HTML, JSON, CSV, or the picture of its plot."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from db.law.clause_labels import in_words
from db.read import jalali_dates
from db.read.export import CsvForPeople
from db.web import pictures
from db.web.edition import LANGUAGES, Edition
from db.web.sorting import direction

if TYPE_CHECKING:
    from db.read.plots import Plot

Rows = Sequence[Mapping[str, Any]]
_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
}


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page shows: a template with its data, and its plot; `rows` is the table of CSV, `value` what JSON gives."""

    template: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)
    rows: Rows = ()
    value: Any = None
    plot: Plot | None = None


def render(page: WebPage, kind: str, path: str, query: Mapping[str, str], edition: Edition) -> tuple[str | bytes, str]:
    """Return the page as text or bytes in this kind (html, json, csv, svg, png), and its content type.

    `path` is its address in Persian, without the ending. Raises pictures.NoPicture where svg or png is asked and cannot be made.
    """
    if kind == "json":
        value = page.value if page.value is not None else {"title": page.title, "rows": [dict(row) for row in page.rows]}
        return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n", _TYPES[kind]
    if kind == "csv":
        return _csv(page.rows), _TYPES[kind]
    if kind in ("svg", "png"):
        return pictures.picture(page.plot, kind), _TYPES[kind]
    asked = f"?{urlencode(query)}" if query else ""
    template = environment(edition).get_template(page.template)
    text = template.render(
        **page.data, page=page, links=_links(page, path, asked, edition), path=path, query=query,
        twins={code: Edition(code).to(path) + asked for code in LANGUAGES},
    )  # fmt: skip
    return text, _TYPES["html"]


def _links(page: WebPage, path: str, asked: str, edition: Edition) -> dict[str, str]:
    kinds = {
        "json": True,
        "csv": bool(page.rows),
        "svg": page.plot is not None,
        "png": page.plot is not None and pictures.has_png(),
    }
    stem = "/index" if path == "/" else path
    return {kind: f"{edition.to(stem)}.{kind}{asked}" if there else "" for kind, there in kinds.items()}


def apology(title: str, message: str) -> WebPage:
    """Return a page that says why there is none."""
    return WebPage("apology.html", title, {"message": message}, value={"error": Markup(message).striptags()})  # noqa: S704 - its tags go


@cache
def environment(edition: Edition) -> Environment:
    """Return the templates of an edition; whatever a page says is escaped."""
    made = Environment(
        loader=PackageLoader("db.web", "html"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.globals.update(edition=edition, say=edition.say, to=edition.to)
    made.filters.update(
        jalali=edition.jalali,
        digits=edition.digits,
        persian_digits=jalali_dates.digits,
        month=edition.month,
        word=edition.word,
        part=_part,
        clause_words=in_words,
        address=_address,
        jalali_words=edition.jalali_words,
        with_jalali=edition.with_jalali,
        direction=direction,
        runs=_runs,
        tongue=_tongue,
        tab_title=lambda title: _tab_title(str(title), edition),
    )
    made.tests.update(day=jalali_dates.is_day, jalali_day=jalali_dates.is_jalali_day)
    return made


def _runs(text: str | None) -> Markup:
    """Return the attributes of what the archive holds: where it runs, and the language that follows from it."""
    run = direction(text)
    return Markup(' dir="{}" lang="{}"').format(run, "fa" if run == "rtl" else "en")


def _tongue(text: object) -> Markup:
    """Return its language alone, where its place says how it runs."""
    return Markup(' lang="{}"').format("fa" if direction(str(text)) == "rtl" else "en")


def _tab_title(title: str, edition: Edition) -> str:
    """Return a title with the edition's digits; digits of a title in the other language stay."""
    return edition.digits(title) if direction(title) == edition.direction else title


def _part(value: object) -> str:
    """Return a part of an address: nothing in it can begin another part."""
    return quote(str(value), safe="")


def _address(url: str | None) -> str:
    """Return an address to link to: only of the web, never a script."""
    return url if url and url.lower().startswith(("http://", "https://")) else ""


def _csv(rows: Rows) -> str:
    out = io.StringIO()
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer = CsvForPeople(out)
    writer.writerow(columns)
    writer.writerows([row.get(name) for name in columns] for row in rows)
    return out.getvalue()
