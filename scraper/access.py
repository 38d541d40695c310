"""How a publisher is reached: proxy, headers, cookies, User-Agent, certificates. Secrets come from environment variables.

`[access]` of a publisher's file, and of the one configuration file for all publishers: `bayegan.toml` in the current directory,
or the file that BAYEGAN_CONFIG names. `${NAME}` in a value is the environment variable of that name, put in when it is used.
"""

from __future__ import annotations

import os
import re
import ssl
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

if TYPE_CHECKING:
    from collections.abc import Mapping

PROXY_SCHEMES = ("http", "https", "socks5", "socks5h")
_VARIABLE = re.compile(r"\$\{(\w+)\}")
_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")


class AccessError(ValueError):
    """A value of `[access]` that cannot be used; the message names the key, never a secret."""


@dataclass(frozen=True, slots=True)
class Access:
    """How a publisher is reached, as it is declared: `${NAME}` is not put in yet.

    proxy:      an address (http, https, socks5, socks5h), `env` for the environment's, `none` for none
    headers:    sent to the publisher's own site only, as are the cookies
    user_agent: instead of bayegan's own
    ca:         a file of certificates that are trusted besides the system's
    """

    proxy: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    cookies: Mapping[str, str] = field(default_factory=dict)
    user_agent: str | None = None
    ca: str | None = None

    def over(self, other: Access) -> Access:
        """Return this access where it says something, and the other's where it does not."""
        return Access(
            self.proxy or other.proxy, {**other.headers, **self.headers}, {**other.cookies, **self.cookies},
            self.user_agent or other.user_agent, self.ca or other.ca,
        )  # fmt: skip

    def resolved(self, url: str) -> Access:
        """Return it with variables put in and the proxy for this address. Raises AccessError."""
        proxy = _filled("proxy", self.proxy)
        if proxy == "env":
            proxy = _environment_proxy(url)
        if proxy in ("", "none"):
            proxy = None
        _check_proxy(proxy)
        headers = {name: _filled(f"headers.{name}", value) or "" for name, value in self.headers.items()}
        cookies = {name: _filled(f"cookies.{name}", value) or "" for name, value in self.cookies.items()}
        for kind, table in (("headers", headers), ("cookies", cookies)):
            for name, value in table.items():
                if not _HEADER_NAME.fullmatch(name) or not value.isascii() or not value.isprintable():
                    raise AccessError(f"access.{kind}.{name}: holds characters that HTTP does not allow")
        return Access(proxy, headers, cookies, _filled("user_agent", self.user_agent), _filled("ca", self.ca))

    def hidden(self) -> Access:
        """Return it for display: values that may be secret are `***`, unless they name a variable."""
        return replace(
            self,
            proxy=re.sub(r"//[^/@]*@", "//***@", self.proxy) if self.proxy else None,
            headers={name: value if _VARIABLE.fullmatch(value) else "***" for name, value in self.headers.items()},
            cookies={name: value if _VARIABLE.fullmatch(value) else "***" for name, value in self.cookies.items()},
        )


def tls_context(ca: str | None, default: ssl.SSLContext) -> ssl.SSLContext:
    """Return a TLS context that trusts the certificates of `ca` too. Raises AccessError."""
    if ca is None:
        return default
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile=ca)
    except (OSError, ssl.SSLError) as error:
        raise AccessError(f"access.ca: {ca} cannot be read as certificates: {error}") from error
    return context


def _filled(key: str, value: str | None) -> str | None:
    if value is None:
        return None
    for name in _VARIABLE.findall(value):
        if name not in os.environ:
            raise AccessError(f"access.{key}: the environment variable {name} is not set")
    return _VARIABLE.sub(lambda found: os.environ[found[1]], value)


def _environment_proxy(url: str) -> str | None:
    parts = urlsplit(url)
    proxies = getproxies()
    if parts.hostname and proxy_bypass(parts.hostname):
        return None
    return proxies.get(parts.scheme) or proxies.get("all")


def _check_proxy(proxy: str | None) -> None:
    if proxy is None:
        return
    try:
        fits = urlsplit(proxy).scheme in PROXY_SCHEMES and bool(urlsplit(proxy).hostname) and urlsplit(proxy).port != 0
    except ValueError:
        fits = False
    if not fits:
        raise AccessError(f"access.proxy: must be `env`, `none` or an address with {', '.join(PROXY_SCHEMES)}")
