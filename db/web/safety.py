"""What guards the pages: headers that forbid scripts and foreign loads, and the names under which a local server answers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from db.web.inline_scripts import inline_hashes

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_CSP = b"content-security-policy"
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# Of Datasette's pages about itself, which tell of paths, threads and plugins, only what its tables are drawn with; our metrics.
_OPEN = ("/-/static/", "/-/static-plugins/", "/-/metrics")
SQL_PAGES = ("/archive",)  # Datasette's tables and queries
PUBLIC = "bayegan.public"  # in the scope of requests that a proxy passes on: they come under any name
_MAX_QUERIES, _MAX_WAITING = 2, 10
_METHODS = frozenset({"GET", "HEAD"})


def guarded(app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """Return an ASGI application that only reads, says so in its headers, and on loopback answers to loopback names alone.

    The last is against a page elsewhere whose name is made to point here (DNS rebinding).
    """

    turns = _Turns()

    async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_guarded(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                names = {_CSP, *(name for name, _ in HEADERS)}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in names]
                message = {**message, "headers": [*kept, *HEADERS, _policy(scope.get("path", ""))]}
            await send(message)

        refusal = _refusal(scope)
        if refusal:
            await say(send_guarded, *refusal)
            return
        if not scope.get("path", "").startswith(SQL_PAGES):
            await app(scope, receive, send_guarded)
        elif not await turns.run(lambda: app(scope, receive, send_guarded)):
            await say(send_guarded, 503, "Too many queries at once; try again in a few seconds.")

    return answer


def _policy(path: str) -> tuple[bytes, bytes]:
    """Return the header that forbids scripts; on Datasette's tables and queries its own inline ones are let through, by hash."""
    if not path.startswith(SQL_PAGES):
        return _CSP, _POLICY.encode()
    scripts, styles = (" ".join(hashes) for hashes in inline_hashes())
    own = _POLICY.replace("script-src 'self'", f"script-src 'self' {scripts}").replace(
        "style-src 'self'", f"style-src 'self' {styles}"
    )
    return _CSP, own.encode()


class _Turns:
    """Queries of other people's SQL: few at once, so that the pages have threads left, and few that wait."""

    def __init__(self) -> None:
        self._running = asyncio.Semaphore(_MAX_QUERIES)
        self._waiting = 0

    async def run(self, query: Callable[[], Awaitable[None]]) -> bool:
        """Run a query when its turn comes; return False at once if too many wait."""
        if self._waiting >= _MAX_WAITING:
            return False
        self._waiting += 1
        try:
            async with self._running:
                await query()
        finally:
            self._waiting -= 1
        return True


def _refusal(scope: dict[str, Any]) -> tuple[int, str] | None:
    if scope["method"] not in _METHODS:
        return 405, "This archive is read-only."
    path = scope.get("path", "/")
    if path.startswith("/-/") and not path.startswith(_OPEN):
        return 404, "There is no such page."
    if _is_foreign_request(scope):
        return 403, "Pages of other sites may link to this archive, but not query it."
    server = (scope.get("server") or ("",))[0]
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    if server in _LOOPBACK and not scope.get(PUBLIC) and _name(host) not in _LOOPBACK:
        return 421, "This server answers on localhost only."
    return None


def _is_foreign_request(scope: dict[str, Any]) -> bool:
    """Return whether a page of another site asks, other than by a link that a reader follows and that holds no SQL."""
    headers = {name: value.lower() for name, value in scope["headers"] if name.startswith(b"sec-fetch-")}
    if headers.get(b"sec-fetch-site", b"none") in (b"none", b"same-origin"):
        return False
    is_link = headers.get(b"sec-fetch-mode") == b"navigate" and headers.get(b"sec-fetch-dest", b"document") == b"document"
    return not is_link or b"sql=" in scope.get("query_string", b"")


def _name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


async def say(send: Any, status: int, text: str, *headers: tuple[bytes, bytes]) -> None:
    """Answer with one line of text."""
    kept = [(b"content-type", b"text/plain; charset=utf-8"), *headers]
    await send({"type": "http.response.start", "status": status, "headers": kept})
    await send({"type": "http.response.body", "body": text.encode()})
