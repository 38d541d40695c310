"""The newsroom's HTTP server: one thread, conditional requests, nothing written to disk.

Several processes may serve the newsroom at once: they share the port (SO_REUSEPORT) and answer alike.
"""

from __future__ import annotations

import hashlib
import os
import socket
import threading
from datetime import UTC
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Self

from scraper.newsroom.site import Content, build

if TYPE_CHECKING:
    from types import TracebackType

HOST = "127.0.0.1"
DEFAULT_PORT = 18298
PORT_VARIABLE = "BAYEGAN_SAMPLE_PORT"


class NewsroomError(Exception):
    """The sample newsroom cannot be served; the message says what to do."""


def newsroom_port() -> int:
    """Return the newsroom's port: BAYEGAN_SAMPLE_PORT, else 18298. Raises NewsroomError for anything that is no port."""
    value = os.environ.get(PORT_VARIABLE, str(DEFAULT_PORT))
    if value.isascii() and value.isdigit() and 0 < int(value) < 65536:
        return int(value)
    raise NewsroomError(f"{PORT_VARIABLE} is {value!r}: set it to a free port between 1 and 65535")


class Newsroom:
    """Serves the sample newsroom while the `with` block runs.

    >>> with Newsroom(newsroom_port()) as newsroom:
    ...     newsroom.base
    'http://127.0.0.1:18298'
    """

    def __init__(self, port: int) -> None:
        self.base = f"http://{HOST}:{port}"
        try:
            self._server = _Server((HOST, port), build(self.base))
        except OSError as error:
            raise NewsroomError(
                f"the sample newsroom cannot listen on {HOST}:{port} ({error.strerror}); set {PORT_VARIABLE} to a free port"
            ) from error
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = True
    allow_reuse_port = hasattr(socket, "SO_REUSEPORT")

    def __init__(self, address: tuple[str, int], site: dict[str, Content]) -> None:
        super().__init__(address, _Handler)
        self.site = site

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is its own affair."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        content = self.server.site.get(self.path.partition("?")[0])
        if content is None:
            self._answer(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", "یافت نشد".encode())
            return
        etag = f'"{hashlib.sha256(content.body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            self._answer(HTTPStatus.NOT_MODIFIED, None, b"", ETag=etag)
            return
        modified = format_datetime(content.modified.astimezone(UTC), usegmt=True)
        self._answer(HTTPStatus.OK, content.media_type, content.body, **{"ETag": etag, "Last-Modified": modified})

    do_HEAD = do_GET  # noqa: N815 - the names http.server looks for

    def _answer(self, status: HTTPStatus, media_type: str | None, body: bytes, **headers: str) -> None:
        self.send_response(status)
        if media_type:
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def version_string(self) -> str:
        return "bayegan-newsroom"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """The crawl reports; the newsroom is silent."""
