"""The hooks by which Datasette becomes the archive's reading room."""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response

from db.connection import register_functions
from db.read.questions import Question, questions
from db.web.app import NAME
from db.web.render import apology, render
from db.web.routes import ROUTES
from db.web.safety import guarded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """The folding of the search index, on every connection."""
    register_functions(conn)


@hookimpl
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """The pages of our own."""
    return list(ROUTES)


@hookimpl
def asgi_wrapper() -> Callable[[Any], Any]:
    """What every answer, Datasette's own included, is guarded by."""
    return guarded


@hookimpl
def extra_css_urls() -> list[str]:
    """For Datasette's own tables: Persian cells from right to left, in the font of the pages."""
    return ["/static/tables.css"]


@hookimpl
def canned_queries(database: str) -> dict[str, dict[str, str]]:
    """The questions, with their titles, for those who want to change their SQL."""
    if database != NAME:
        return {}
    return {question.name: {"sql": _with_defaults(question), "title": question.title} for question in questions().values()}


def _with_defaults(question: Question) -> str:
    """Its SQL for Datasette, whose forms are empty at first: a parameter without a value has its default."""
    sql = question.sql
    for name, default in question.parameters.items():
        quoted = default.replace("'", "''")
        sql = re.sub(rf"(?<!-- ):{name}\b", f"coalesce(nullif(:{name}, ''), '{quoted}')", sql)
    return sql


@hookimpl
def menu_links() -> list[dict[str, str]]:
    """The way back from Datasette's own pages."""
    return [{"href": "/", "label": "بایگان"}]


@hookimpl
def handle_exception(request: Any, exception: Exception) -> Response | None:
    """Our words for an address that nothing is at, and for what went wrong on a page of ours; Datasette's for its own."""
    if isinstance(exception, NotFound):
        page, status = apology("پیدا نشد", "چنین صفحه\u200cای نیست."), 404
    elif request.path.startswith((f"/{NAME}", "/-/")):
        return None
    else:
        traceback.print_exception(exception)
        page, status = apology("خطا", "این صفحه ساخته نشد؛ دلیل آن در پایانه\u200cای است که بایگانی را نشان می\u200cدهد."), 500
    text, _ = render(page, "html", request.path, {})
    return Response.html(text, status=status)
