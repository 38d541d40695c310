"""Where a connection may go: the check sits in the socket layer, on the very address that is connected to.

A name is resolved once, every address it has is checked, and the connection is opened to a checked one: a second answer
of the name server (DNS rebinding) is never asked for.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from http.cookiejar import Cookie, CookieJar, DefaultCookiePolicy
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

import httpcore
import httpx
from httpcore import AnyIOBackend

if TYPE_CHECKING:
    import ssl
    from collections.abc import Iterable

_MAX_CONNECTIONS = 16
_LONGEST_COOKIE = 4096
# IPv6 networks that carry an IPv4 address in their last 32 bits: NAT64, IPv4-compatible, IPv4-translated.
_EMBEDDING = tuple(map(ipaddress.ip_network, ("64:ff9b::/96", "::/96", "::ffff:0:0:0/96")))
# Not for the public network, whatever a version of Python says: local NAT64, site-local, documentation, segment routing.
_NOT_PUBLIC = tuple(map(ipaddress.ip_network, ("64:ff9b:1::/48", "fec0::/10", "2001:db8::/32", "3fff::/20", "5f00::/16")))
_ISATAP = (0x0000_5EFE, 0x0200_5EFE)  # the upper half of an interface's id, before an IPv4 address


class ForbiddenAddress(httpcore.ConnectError):
    """The address is private, loopback, link-local, reserved or not an address at all."""


def is_public(address: str) -> bool:
    """Return whether an IP address is on the public network, whatever it is wrapped in (6to4, Teredo, NAT64, ISATAP …)."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = [ip.ipv4_mapped, ip.sixtofour, *(ip.teredo or ())]
        if any(ip in network for network in _EMBEDDING) or (int(ip) >> 32) & 0xFFFF_FFFF in _ISATAP:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFF_FFFF))
        if any(ip in network for network in _NOT_PUBLIC):
            return False
        if any(part is not None and not is_public(str(part)) for part in inner):
            return False
    return ip.is_global and not ip.is_multicast


def is_private_host(host: str) -> bool:
    """Return whether a host is plainly a private one, however its number is written; no name server is asked."""
    host = normalize("NFKC", host).rstrip(".")
    try:
        return not is_public(socket.inet_ntoa(socket.inet_aton(host)))
    except (OSError, UnicodeError):
        if ":" in host:
            return not is_public(host)
    # A name without a dot is one of the local network.
    return "." not in host or host.lower().endswith((".localhost", ".local", ".internal", ".localdomain"))


class GuardedBackend(AnyIOBackend):
    """Opens connections to public addresses only, and to the `exempt` (host, port) pairs."""

    def __init__(self, exempt: Iterable[tuple[str, int]]) -> None:
        super().__init__()
        self._exempt = frozenset(exempt)

    async def connect_tcp(
        self, host: str, port: int, timeout: float | None = None, local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:  # fmt: skip
        """As httpcore's, but raises ForbiddenAddress before any packet leaves for a forbidden address."""
        address = host if (host, port) in self._exempt else await self._public(host, port, timeout)
        return await super().connect_tcp(address, port, timeout, local_address, socket_options)

    async def connect_unix_socket(self, *_args: Any, **_kwargs: Any) -> httpcore.AsyncNetworkStream:
        """Never: a page has no business with the machine's sockets."""
        raise ForbiddenAddress("unix sockets are not for pages")

    async def _public(self, host: str, port: int, timeout: float | None) -> str:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(timeout):
                found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except TimeoutError as error:
            raise httpcore.ConnectTimeout(f"{host}: no answer from the name server") from error
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host}: {error}") from error
        addresses = [str(entry[4][0]) for entry in found]
        for address in addresses:
            if not is_public(address):
                raise ForbiddenAddress(f"{host}:{port} is {address}, which is not a public address")
        if not addresses:
            raise httpcore.ConnectError(f"{host}: the name has no address")
        return addresses[0]


class _Transport(httpx.AsyncHTTPTransport):
    """Puts a Location aside, in `extensions`: httpx reads it even if it is not to follow, and fails where it is no address."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """As httpx's, but without Location among the headers."""
        response = await super().handle_async_request(request)
        if "location" in response.headers:
            raw = next(value for name, value in response.headers.raw if name.lower() == b"location")
            response.extensions["location"] = raw.decode("utf-8", "surrogateescape")
            del response.headers["location"]
        return response


def guarded_client(
    exempt: Iterable[tuple[str, int]], context: ssl.SSLContext, proxy: str | None = None, **options: Any
) -> httpx.AsyncClient:
    """Return an HTTP client that reaches public addresses and the exempted ones; it follows no redirect by itself.

    Behind a `proxy` it is the proxy that resolves names: only plainly private hosts are refused then, by whoever asks.
    """
    transport = _Transport(verify=context, http2=True, trust_env=False)
    settings: dict[str, Any] = {
        "ssl_context": context, "max_connections": _MAX_CONNECTIONS, "max_keepalive_connections": _MAX_CONNECTIONS,
        "keepalive_expiry": 15.0, "http1": True, "http2": True,
    }  # fmt: skip
    # httpx has no way to say which network backend its pool uses; the pool itself takes it.
    transport._pool = _proxy_pool(proxy, settings) if proxy else httpcore.AsyncConnectionPool(  # noqa: SLF001
        **settings, network_backend=GuardedBackend(exempt)
    )  # fmt: skip
    cookies = CookieJar(_FewCookies())
    return httpx.AsyncClient(transport=transport, trust_env=False, follow_redirects=False, cookies=cookies, **options)


def _proxy_pool(proxy: str, settings: dict[str, Any]) -> httpcore.AsyncConnectionPool:
    url = httpx.Proxy(proxy)
    pool = httpcore.AsyncSOCKSProxy if url.url.scheme.startswith("socks5") else httpcore.AsyncHTTPProxy
    scheme = url.url.raw_scheme.replace(b"socks5h", b"socks5")
    raw = httpcore.URL(scheme=scheme, host=url.url.raw_host, port=url.url.port, target=url.url.raw_path)
    return pool(proxy_url=raw, proxy_auth=url.raw_auth, **settings)


class _FewCookies(DefaultCookiePolicy):
    """Takes cookies as a browser does, but short ones only."""

    def set_ok(self, cookie: Cookie, request: Any) -> bool:
        """Return whether a cookie is kept."""
        return len(cookie.name) + len(cookie.value or "") <= _LONGEST_COOKIE and super().set_ok(cookie, request)
