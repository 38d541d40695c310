"""Datasette on one archive, with the project's plugin; nothing of it can write."""

from __future__ import annotations

from contextlib import nullcontext
from typing import TYPE_CHECKING

from db.archive import Archive

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable
    from pathlib import Path

    from datasette.app import Datasette

NAME = "archive"  # of the database, in Datasette's addresses
_HANDLER = "datasette.handle_exception"
_SETTINGS = {
    "sql_time_limit_ms": 5_000,
    "max_returned_rows": 10_000,
    "default_page_size": 50,
    "num_sql_threads": 4,
    "allow_download": False,
    "force_https_urls": False,
}


def make(path: Path) -> Datasette:
    """Datasette for the archive at `path`. Raises ArchiveError where there is none that can be read."""
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.plugins import pm

    from db.web import plugin
    from db.web.pages.sql import internal_tables

    # Datasette's own handler would run too, and print pages that are not found to the terminal with all variables.
    if pm.has_plugin(_HANDLER):
        pm.unregister(name=_HANDLER)
    if not pm.is_registered(plugin):
        pm.register(plugin, name="bayegan")
    with Archive(path, readonly=True) as archive:
        hidden = {name: {"hidden": True} for name in internal_tables(archive.db)}  # the views come first, and stay
    metadata = {"databases": {NAME: {"tables": hidden}}}
    datasette = Datasette([], settings=_SETTINGS, memory=False, metadata=metadata)
    datasette.add_database(Database(datasette, path=str(path.resolve()), is_mutable=True), name=NAME)
    return datasette


def run(
    path: Path,
    listening: socket.socket,
    ready: Callable[[], None],
    base: str = "/",
    *,
    is_public: bool = False,
    with_sql: bool = True,
    check_hours: float = 0,
) -> None:
    """Answer on a bound socket until interrupted, under the path `base`; `ready` is called before. Raises ArchiveError.

    `is_public`: for everybody, after a proxy; see `db.web.public`. `check_hours`: how often the archive is checked; 0 for never.
    """
    import uvicorn

    from db.web.background_check import BackgroundCheck
    from db.web.mount import mounted
    from db.web.public import public

    pages = make(path).app()
    app = mounted(public(pages, with_sql=with_sql) if is_public else pages, base)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
    ready()
    with BackgroundCheck(path, check_hours) if check_hours else nullcontext():
        uvicorn.Server(config).run(sockets=[listening])
