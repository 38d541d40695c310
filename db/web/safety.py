"""What guards the pages: headers that forbid scripts and foreign loads, and the names under which a local server answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", _POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
)
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
# Of Datasette's pages about itself, which tell of paths, threads and plugins, only what its tables are drawn with.
_OPEN = ("/-/static/", "/-/static-plugins/")
_METHODS = frozenset({"GET", "HEAD"})


def guarded(app: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """An ASGI application that only reads, says so in its headers, and on loopback answers to loopback names alone.

    The last is against a page elsewhere whose name is made to point here (DNS rebinding).
    """

    async def answer(scope: dict[str, Any], receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_guarded(message: dict[str, Any]) -> None:
            if message["type"] == "http.response.start":
                names = {name for name, _ in HEADERS}
                kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in names]
                message = {**message, "headers": [*kept, *HEADERS]}
            await send(message)

        refusal = _refusal(scope)
        if refusal:
            await _say(send_guarded, *refusal)
            return
        await app(scope, receive, send_guarded)

    return answer


def _refusal(scope: dict[str, Any]) -> tuple[int, str] | None:
    if scope["method"] not in _METHODS:
        return 405, "This archive is read-only."
    path = scope.get("path", "/")
    if path.startswith("/-/") and not path.startswith(_OPEN):
        return 404, "There is no such page."
    server = (scope.get("server") or ("",))[0]
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    if server in _LOOPBACK and _name(host) not in _LOOPBACK:
        return 421, "This server answers on localhost only."
    return None


def _name(host: str) -> str:
    if host.startswith("["):
        return host[1:].partition("]")[0]
    return host.partition(":")[0].lower()


async def _say(send: Any, status: int, text: str) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain; charset=utf-8")]})
    await send({"type": "http.response.body", "body": text.encode()})
