"""From a page's data to HTML, JSON or CSV."""

from __future__ import annotations

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined

from db.read import jalali_dates
from db.read.export import CsvForPeople
from db.web import words
from db.web.sorting import direction

Rows = Sequence[Mapping[str, Any]]
_TYPES = {
    "html": "text/html; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class WebPage:
    """What a page shows: a template with its data; `rows` is the table that CSV gives, `value` what JSON gives (the rows)."""

    template: str
    title: str
    data: Mapping[str, Any] = field(default_factory=dict)
    rows: Rows = ()
    value: Any = None


def render(page: WebPage, kind: str, path: str, query: Mapping[str, str]) -> tuple[str, str]:
    """Return the page as text in this kind (html, json, csv), and its content type. `path` is its address without the ending."""
    if kind == "json":
        value = page.value if page.value is not None else {"title": page.title, "rows": [dict(row) for row in page.rows]}
        return json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n", _TYPES[kind]
    if kind == "csv":
        return _csv(page.rows), _TYPES[kind]
    asked = f"?{urlencode(query)}" if query else ""
    links = {"json": f"{path}.json{asked}", "csv": f"{path}.csv{asked}" if page.rows else ""}
    text = environment().get_template(page.template).render(**page.data, page=page, links=links, path=path, query=query)
    return text, _TYPES["html"]


def apology(title: str, message: str) -> WebPage:
    """Return a page that says why there is none."""
    return WebPage("apology.html", title, {"message": message}, value={"error": message})


@cache
def environment() -> Environment:
    """Return the templates; whatever a page says is escaped."""
    made = Environment(
        loader=PackageLoader("db.web", "html"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    made.filters.update(
        jalali=jalali_dates.jalali,
        digits=jalali_dates.digits,
        month=jalali_dates.month_name,
        word=words.word,
        part=_part,
        address=_address,
        jalali_words=jalali_dates.jalali_words,
        with_jalali=jalali_dates.with_jalali,
        direction=direction,
    )
    made.tests.update(day=jalali_dates.is_day, jalali_day=jalali_dates.is_jalali_day)
    return made


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
