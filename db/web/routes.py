"""Which address shows which page. A page's data comes from one function of `db.web.pages`, read in one of Datasette's threads."""

from __future__ import annotations

import sqlite3
import time
from functools import cache, partial
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Response

from db.errors import ArchiveError
from db.sqlite import Database
from db.web.app import NAME
from db.web.background_check import checks_state, latest_check
from db.web.edition import LANGUAGES, Edition
from db.web.pages import (
    Asked,
    BadRequest,
    NotFound,
    article,
    changes,
    citations,
    comparison,
    home,
    law_days,
    laws,
    messengers,
    questions,
    results,
    sessions,
    sql,
    watches,
)
from db.web.pictures import NoPicture
from db.web.render import WebPage, apology, render
from db.web.slow_answers import SlowAnswers

if TYPE_CHECKING:
    from collections.abc import Callable

    from datasette.app import Datasette

    from db.web.slow_answers import Answer

_SECONDS = 10.0  # a page that takes longer is not worth its wait
_STEPS = 20_000  # SQLite's instructions between two looks at the clock
_LANGUAGE = r"^(?:/(?P<language>en)(?=[/.]|$))?"
_KIND = r"(?P<kind>\.json|\.csv|\.svg|\.png)?$"
_FORMAT = r"(?P<format>csl\.json|bib|ris)"
_STATIC = {
    "style.css": "text/css; charset=utf-8",
    "tables.css": "text/css; charset=utf-8",
    "vazirmatn.woff2": "font/woff2",
    "vazirmatn-OFL.txt": "text/plain; charset=utf-8",
    "vazirmatn-plots.ttf": "font/ttf",
    "icon.svg": "image/svg+xml",
}
_PAGES: tuple[tuple[str, Callable[[Database, Asked], WebPage]], ...] = (
    ("(?:/|/index|)", home.home),
    ("/search", results.results),
    (r"/document/(?P<document>\d+)", article.article),
    (r"/document/(?P<document>\d+)/changes", changes.changes),
    (r"/document/(?P<document>\d+)/revision/(?P<revision>\d+)", article.article),
    (r"/document/(?P<document>\d+)/revision/(?P<revision>\d+)", article.article),
    ("/messengers", messengers.every),
    (r"/messenger/(?P<slug>[^/.]+)", messengers.one),
    ("/laws", laws.every),
    (r"/instrument/(?P<instrument>\d+)", laws.instrument),
    (r"/instrument/(?P<instrument>\d+)/compare", law_days.compare),
    (r"/clause/(?P<instrument>\d+)/(?P<eid>[^/.]+)", laws.clause),
    ("/sessions", sessions.every),
    (r"/session/(?P<body>\d+)/(?P<number>\d+)", sessions.one),
    ("/questions", questions.every),
    (r"/question/(?P<name>\w+)", questions.one),
    ("/compare", comparison.comparison),
    ("/sql", sql.sql),
    ("/health", home.health),
    ("/watches", watches.every),
    ("/watch/(?P<name>[a-z0-9_-]+)", watches.one),
)


_SLOW_ANSWERS = SlowAnswers()


def _view(make: Callable[[Database, Asked], WebPage]) -> Callable[..., Any]:
    async def view(datasette: Datasette, request: Any) -> Response:
        kind = (request.url_vars.get("kind") or ".html")[1:]
        asked = _asked(datasette, request)
        path = plain_path(request.path).removesuffix(f".{kind}").removesuffix("/index") or "/"

        def answer(connection: sqlite3.Connection) -> Answer:
            with _Limited(connection):
                key = (asked.edition, asked.site, path, kind, tuple(sorted(asked.query.items())), checks_state())
                return _SLOW_ANSWERS.get(connection, key, partial(_answer, Database(connection), make, asked, kind, path))

        status, text, content_type = await datasette.get_database(NAME).execute_fn(answer)
        return Response(text, status=status, content_type=content_type)

    return view


def edition_of(path: str) -> Edition:
    """Return the edition that an address belongs to."""
    first = path.split("/")[1].partition(".")[0] if path.startswith("/") else ""
    return Edition(first) if first in LANGUAGES else Edition()


def plain_path(path: str) -> str:
    """Return the address of the same page in Persian."""
    prefix = edition_of(path).prefix
    return path.removeprefix(prefix) or "/"


def _asked(datasette: Datasette, request: Any) -> Asked:
    site = datasette.absolute_url(request, "/").rstrip("/") + request.scope.get("root_path", "")
    query = {name: request.args[name] for name in request.args}
    return Asked({**request.url_vars}, query, edition_of(request.path), site)


def _answer(db: Database, make: Callable[[Database, Asked], WebPage], asked: Asked, kind: str, path: str) -> Answer:
    say = asked.edition.say
    try:
        return 200, *render(make(db, asked), kind, path, asked.query, asked.edition)
    except NotFound as error:
        page, status = apology(say("not_found"), say(error.sentence, **error.values)), 404
    except NoPicture:
        page, status = apology(say("not_found"), say("no_plot")), 404
    except BadRequest as error:
        page, status = apology(say("not_understood"), say(error.sentence, **error.values)), 400
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        page, status = apology(say("too_long"), say("ask_less")), 503
    return status, *render(page, kind if kind in ("json", "csv") else "html", path, asked.query, asked.edition)


class _Limited:
    """Interrupts what takes too long."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        end = time.monotonic() + _SECONDS
        self._connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS)

    def __exit__(self, *error: object) -> None:
        self._connection.set_progress_handler(None, 0)


async def _static(request: Any) -> Response:
    name = request.url_vars["name"]
    if name not in _STATIC:
        return Response.text("not found", status=404)
    headers = {"cache-control": "public, max-age=86400"}
    return Response(_file(name), content_type=_STATIC[name], headers=headers)


async def _feed(datasette: Datasette, request: Any) -> Response:
    """Return the Atom feed of a watch, or of a search."""
    site = datasette.absolute_url(request, "/").rstrip("/") + request.scope.get("root_path", "")
    name = request.url_vars.get("name")

    def make(connection: sqlite3.Connection) -> tuple[int, str]:
        db = Database(connection)
        try:
            with _Limited(connection):
                if name:
                    return 200, watches.feed(db, name, site)
                text = request.args.get("q") or ""
                return 200, watches.search_feed(db, text, site, f"{site}{request.full_path}")
        except (NotFound, ArchiveError) as error:
            return 404 if isinstance(error, NotFound) else 400, str(error)

    status, text = await datasette.get_database(NAME).execute_fn(make)
    kind = "application/atom+xml; charset=utf-8" if status == 200 else "text/plain; charset=utf-8"
    return Response(text, status=status, content_type=kind)


async def _metrics(datasette: Datasette) -> Response:
    """Return the archive's state for Prometheus."""
    database = datasette.get_database(NAME)
    try:
        from db.read.metrics import CONTENT_TYPE, metrics
    except ImportError:
        return Response.text("metrics need prometheus-client: pip install 'bayegan[web]'", status=501)

    def make(connection: sqlite3.Connection) -> str:
        with _Limited(connection):
            db, path = Database(connection), str(database.path)
            return metrics(db, Path(path), latest_check(db, path)[0])

    text = await database.execute_fn(make)
    return Response(text, content_type=CONTENT_TYPE)


async def _raw(datasette: Datasette, request: Any) -> Response:
    """Return the bytes of a capture as they came, to be kept and not shown: whatever they are, no browser runs them."""
    from db.write.captures import Captures

    number = int(request.url_vars["capture"])
    try:
        capture = await datasette.get_database(NAME).execute_fn(lambda connection: Captures(Database(connection)).read(number))
    except ArchiveError:
        return missing(request.path, "no_such_capture")
    headers = {"content-disposition": f'attachment; filename="capture-{number}.bin"'}
    return Response(capture.body, content_type="application/octet-stream", headers=headers)


async def _facsimile(datasette: Datasette, request: Any) -> Response:
    """Return the picture of a page that a law was read from."""
    from db.law.facsimiles import picture

    capture, page = (int(request.url_vars[name]) for name in ("capture", "page"))
    try:
        found = await datasette.get_database(NAME).execute_fn(lambda connection: picture(Database(connection), capture, page))
    except ArchiveError:
        return missing(request.path, "no_facsimile")
    return Response(found, content_type="image/jpeg", headers={"cache-control": "private, max-age=86400"})


async def _cited(datasette: Datasette, request: Any) -> Response:
    """Return a document or a clause as a reference manager takes it."""
    asked = _asked(datasette, request)
    format_name = request.url_vars["format"]

    def make(connection: sqlite3.Connection) -> str:
        with _Limited(connection):
            return citations.file(Database(connection), asked, format_name)

    try:
        text = await datasette.get_database(NAME).execute_fn(make)
    except NotFound as error:
        return missing(request.path, error.sentence, **error.values)
    name = citations.file_name(asked, format_name)
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return Response(text, content_type=citations.CONTENT_TYPES[format_name], headers=headers)


def missing(path: str, sentence: str, **values: object) -> Response:
    """Return the page, 404, that says why there is nothing at an address, in its edition."""
    edition = edition_of(path)
    page = apology(edition.say("not_found"), edition.say(sentence, **values))
    text, _ = render(page, "html", plain_path(path), {}, edition)
    return Response.html(text, status=404)


@cache
def _file(name: str) -> bytes:
    return resources.files("db.web").joinpath("static", name).read_bytes()


ROUTES: tuple[tuple[str, Callable[..., Any]], ...] = (
    *((f"{_LANGUAGE}{pattern}{_KIND}", _view(make)) for pattern, make in _PAGES),
    (rf"{_LANGUAGE}/document/(?P<document>\d+)(?:/revision/(?P<revision>\d+))?/cite\.{_FORMAT}$", _cited),
    (rf"{_LANGUAGE}/clause/(?P<instrument>\d+)/(?P<eid>[^/.]+)/cite\.{_FORMAT}$", _cited),
    (r"^/watch/(?P<name>[a-z0-9_-]+)\.atom$", _feed),
    (r"^/search\.atom$", _feed),
    (r"^/-/metrics$", _metrics),
    (r"^/static/(?P<name>[\w.-]+)$", _static),
    (r"^/facsimile/(?P<capture>\d{1,18})/(?P<page>\d{1,4})$", _facsimile),
    (r"^/capture/(?P<capture>\d{1,18})$", _raw),
)
