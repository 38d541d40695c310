"""Addresses: one spelling for each, the publisher behind it, and which canonical can be believed.

Two addresses that `canonicalize` makes equal are the same document. Nothing here asks the network.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import parse_qsl, quote, unquote, urlencode, urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|yclid|msclkid|mc_[ce]id|igshid|_ga|_gl|ref_src|ref_url|cmpid|"
    r"spm|s_cid|zanpid|_hs\w+|amp|outputtype|__cf\w*|arcsjs|__arcsjs",
    re.IGNORECASE,
)
# A page's other shapes: AMP, print, e-mail and "save" copies of IranSamaneh and Nastooh.
_SHAPES = (
    (re.compile(r"^/amp/(?:news/)?(\d+)(/.*)?$"), r"/news/\1\2"),
    (re.compile(r"^(/[a-z]{2})?/(?:print|save|send|amp|tiny/news|newspdf)[/-](\d+)/?$"), r"\1/news/\2"),
    (re.compile(r"^(/.+?)/(?:amp|print)/?$"), r"\1"),
)
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
# Labels under which others register, so that the publisher's own label is one further to the left.
_SECOND_LEVEL = frozenset(["ac", "co", "gov", "id", "net", "org", "sch", "com", "edu"])
_HOMES = frozenset(("", "/", "/fa", "/fa/", "/index.php", "/index.html", "/home", "/fa/home", "/default.aspx", "/index.aspx"))


@lru_cache(maxsize=4096)
def canonicalize(url: str) -> str:
    """The one spelling of an address: no fragment, no tracking, one percent-encoding, the page rather than its AMP or print copy.

    Whatever cannot be read as an address comes back stripped of blanks and otherwise as it was.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = _host(parts.scheme, parts.netloc)
        query = parse_qsl(parts.query, keep_blank_values=True)
    except ValueError:
        return url
    if parts.scheme.lower() not in _DEFAULT_PORTS:
        return url
    path = quote(
        _shape(unquote(parts.path, errors="surrogateescape")) or "/",
        safe="/:@!$&'()*+,;=~-._",
        errors="surrogateescape",
    )
    kept = [(key, value) for key, value in query if not _TRACKING.fullmatch(key)]
    return urlunsplit((parts.scheme.lower(), host, path, urlencode(kept, errors="surrogatepass"), ""))


def publisher_of(url: str | None) -> str | None:
    """The publisher's slug: the label of its domain (asriran, mehrnews, cra); None where there is no host."""
    try:
        host = (urlsplit(url or "").hostname or "").strip(".")
    except ValueError:
        return None
    if not host or re.fullmatch(r"[\d.]+|.*:.*", host):
        return re.sub(r"[^a-z0-9]+", "-", host) or None
    labels = [label for label in host.lower().split(".") if label]
    if len(labels) < 2:
        return labels[0] if labels else None
    registered = -3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else -2
    return re.sub(r"[^a-z0-9]+", "-", labels[registered]).strip("-") or None


def absolute(base: str | None, address: str | None) -> str | None:
    """`address` as http(s) seen from `base`; None where it is none (data:, javascript:, nonsense)."""
    if not address or not address.strip():
        return None
    try:
        joined = urljoin(base or "", address.strip())
        return joined if urlsplit(joined).scheme in _DEFAULT_PORTS and urlsplit(joined).netloc else None
    except ValueError:
        return None


def is_home(url: str) -> bool:
    """Whether the address is that of a homepage."""
    parts = urlsplit(url)
    return parts.path.lower() in _HOMES and not parts.query


def same_host(one: str, other: str) -> bool:
    """Whether two addresses are of one host; `www.` and `m.` make no difference, a port does."""
    return _bare_host(one) == _bare_host(other)


def _bare_host(url: str) -> str:
    parts = urlsplit(url)
    return re.sub(r"^(?:www\d?|m|amp)\.", "", _host(parts.scheme, parts.netloc))


def _host(scheme: str, netloc: str) -> str:
    return netloc.rpartition("@")[2].lower().removesuffix(_DEFAULT_PORTS.get(scheme.lower(), ":")).rstrip(".")


def _shape(path: str) -> str:
    for pattern, replacement in _SHAPES:
        path = pattern.sub(replacement, path)
    return path
