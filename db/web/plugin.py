"""The hooks by which Datasette becomes the archive's reading room."""

from __future__ import annotations

import re
import traceback
from typing import TYPE_CHECKING, Any

from datasette import hookimpl
from datasette.utils.asgi import Base400, NotFound, Response
from datasette.views.base import DatasetteError
from markupsafe import Markup

from db.connection import register_functions
from db.read.questions import Question, questions
from db.web.app import NAME
from db.web.query_limits import limit
from db.web.render import apology, render
from db.web.routes import ROUTES, edition_of, plain_path
from db.web.safety import guarded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from db.web.edition import Edition


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Give every connection the folding of the search index, and bounds on what a query may make."""
    register_functions(conn)
    limit(conn)


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
    """Return its SQL for Datasette, whose forms are empty at first: a parameter without a value has its default."""
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
def handle_exception(request: Any, exception: Exception) -> Response:
    """Answer every failed request ourselves: Datasette's own page is never made, nor what it prints to the terminal."""
    edition = edition_of(request.path)
    if isinstance(exception, KeyError) and exception.args == ("columns",) and request.path.endswith(".csv"):
        exception = NotFound("no rows")  # Datasette makes CSV of pages that are no table, too, and stumbles
    status, title, message = _described(exception, edition)
    if status >= 500:
        traceback.print_exception(exception)
    if request.path.endswith(".json"):
        return Response.json({"ok": False, "error": message, "status": status, "title": title}, status=status)
    text, _ = render(apology(title, message), "html", plain_path(request.path), {}, edition)
    return Response.html(text, status=status)


def _described(exception: Exception, edition: Edition) -> tuple[int, str, str]:
    """Return status, title and message of an error: our words for what nobody finds or what failed, Datasette's for its own."""
    say = edition.say
    if isinstance(exception, NotFound):
        return 404, say("not_found"), say("no_such_page")
    if isinstance(exception, Base400):
        return exception.status, say("not_understood"), str(exception.args[0]) if exception.args else ""
    if isinstance(exception, DatasetteError):
        return exception.status, exception.title or say("error"), Markup(exception.message).striptags()  # noqa: S704 - its tags go
    return 500, say("error"), say("failed")
