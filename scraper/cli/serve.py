"""The archive in a browser."""

from __future__ import annotations

import errno
import socket
from importlib.util import find_spec

import click

from scraper.cli.options import Settings, common, pass_settings


@click.command("serve")
@click.option("--host", metavar="ADDRESS", default="127.0.0.1", show_default=True, help="Whom to answer; loopback: this machine.")
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=8001, show_default=True, help="0: any free one.")
@click.option("--base-path", "base", metavar="PATH", default="/", show_default=True, help="Behind a proxy: as in /archive/.")
@click.option("--public", "is_public", is_flag=True, help="For everybody, after a proxy: requests are limited, no pages of SQL.")
@click.option("--sql", "with_sql", is_flag=True, help="With --public: the pages of SQL all the same.")
@click.option(
    "--check-hours",
    metavar="N",
    type=click.IntRange(0),
    help="Check the archive at the start and every N hours, in the background; 0: never.  [default: 24; with --public 0]",
)
@common
@pass_settings
def serve_(
    settings: Settings, host: str, port: int, base: str, check_hours: int | None, *, is_public: bool, with_sql: bool
) -> None:
    """Show the archive in a browser: search, articles with their facts marked, messengers, laws, questions. Read-only.

    Runs next to a crawl: readers never wait for the writer. Needs the extra `web`.
    """
    from db.web import app
    from db.web.mount import is_base

    if with_sql and not is_public:
        raise click.UsageError("--sql goes with --public; without it the pages of SQL are there")
    if not is_base(base):
        raise click.UsageError(f"--base-path {base}: must begin and end with a slash, as in /archive/")
    if find_spec("datasette") is None:
        raise click.ClickException("serve needs Datasette: pip install 'bayegan[web]'")
    with _bound(host, port) as listening:
        address = f"[{host}]" if ":" in host else host
        place = f"http://{address}:{listening.getsockname()[1]}{base}"
        hours = check_hours if check_hours is not None else 0 if is_public else 24
        app.run(
            settings.db, listening, lambda: click.echo(f"{place}  (Ctrl-C stops)"), base, is_public=is_public, with_sql=with_sql,
            check_hours=hours,
        )  # fmt: skip


def _bound(host: str, port: int) -> socket.socket:
    """Return a listening socket; made here, so that a port in use is reported before anything is loaded."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen()  # before the address is printed: whoever reads it may ask at once
    except OSError as error:
        listening.close()
        why = "is taken; choose another --port" if error.errno == errno.EADDRINUSE else f"cannot be had ({error.strerror})"
        raise click.ClickException(f"{host}:{port} {why}") from error
    return listening
