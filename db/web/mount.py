"""The pages under a path of another server: what a reverse proxy passes on as /archive/… is served, and links lead back there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    type AsgiApp = Callable[[dict[str, Any], Any, Any], Awaitable[None]]

# Addresses of our own in what a page is made of; in what it quotes, quotation marks are escaped.
_OWN_ADDRESS = re.compile(rb'(?<=[\s])((?:href|src|action)=")/(?!/)')
_BASE = re.compile(r"/(?:[A-Za-z0-9_~-][A-Za-z0-9._~-]*/)*")


def is_base(path: str) -> bool:
    """Return whether a path can be that under which the pages are: it begins and ends with a slash."""
    return _BASE.fullmatch(path) is not None


def mounted(app: AsgiApp, base: str) -> AsgiApp:
    """Return the application under `base`, with or without it in the addresses that the proxy passes on."""
    if base == "/":
        return app
    prefix = base.rstrip("/")

    async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            scope = {**scope, "path": _within(scope["path"], prefix), "root_path": prefix}
            if scope.get("raw_path") is not None:
                scope["raw_path"] = _within(scope["raw_path"].decode("latin-1"), prefix).encode("latin-1")
            send = _Rebased(send, prefix.encode())
        await app(scope, receive, send)

    return answer


def _within(path: str, prefix: str) -> str:
    return path.removeprefix(prefix) or "/" if path == prefix or path.startswith(f"{prefix}/") else path


class _Rebased:
    """Puts the base before addresses in pages and redirections; anything else passes as it is."""

    def __init__(self, send: Callable[[dict[str, Any]], Awaitable[None]], prefix: bytes) -> None:
        self._send = send
        self._prefix = prefix
        self._start: dict[str, Any] | None = None
        self._body = b""

    async def __call__(self, message: dict[str, Any]) -> None:
        if message["type"] == "http.response.start":
            headers = [(name, self._moved(name, value)) for name, value in message.get("headers", [])]
            message = {**message, "headers": headers}
            if any(name.lower() == b"content-type" and value.startswith(b"text/html") for name, value in headers):
                self._start = message
                return
        elif self._start is not None:
            self._body += message.get("body", b"")
            if message.get("more_body"):
                return
            await self._send_page()
            return
        await self._send(message)

    async def _send_page(self) -> None:
        body = _OWN_ADDRESS.sub(rb"\g<1>" + self._prefix + b"/", self._body)
        start, self._start = self._start or {}, None
        kept = [pair for pair in start["headers"] if pair[0].lower() != b"content-length"]
        await self._send({**start, "headers": [*kept, (b"content-length", str(len(body)).encode())]})
        await self._send({"type": "http.response.body", "body": body})

    def _moved(self, name: bytes, value: bytes) -> bytes:
        is_own = name.lower() == b"location" and value.startswith(b"/") and not value.startswith(b"//")
        return self._prefix + value if is_own else value
