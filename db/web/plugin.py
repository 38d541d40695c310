"""The hooks by which Datasette becomes the archive's reading room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.utils.asgi import NotFound, Response

from db.canned import questions
from db.connection import register_functions
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
    return {question.name: {"sql": question.sql, "title": question.title} for question in questions().values()}


@hookimpl
def menu_links() -> list[dict[str, str]]:
    """The way back from Datasette's own pages."""
    return [{"href": "/", "label": "بایگان"}]


@hookimpl
def handle_exception(request: Any, exception: Exception) -> Response | None:
    """Our words for an address that nothing is at; Datasette's for everything else."""
    if not isinstance(exception, NotFound):
        return None
    text, _ = render(apology("پیدا نشد", "چنین صفحه\u200cای نیست."), "html", request.path, {})
    return Response.html(text, status=404)
