"""Addresses: as they are asked for, the key by which two are compared, the publisher's slug in them. Nothing asks the network.

`fetchable` changes no more of an address than a browser does. `canonicalize` gives the key: two addresses with one key are the
same document. Pages that differ in more than that (AMP, print) are joined by the canonical address that they name.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urljoin, urlsplit, urlunsplit

from parsers.expressions import expression

# Parameters that say where a reader came from, or pass a challenge; no page depends on them.
_CLICKS = r"fbclid|gclid|dclid|gbraid|wbraid|yclid|msclkid|igshid|zanpid"
_CAMPAIGNS = r"utm_\w+|mc_[ce]id|_ga|_gl|ref_src|ref_url|cmpid|spm|s_cid|_hs\w+"
_CHALLENGES = r"__cf\w*|arcsjs|__arcsjs"
_TRACKING = expression(f"{_CLICKS}|{_CAMPAIGNS}|{_CHALLENGES}", re.IGNORECASE)
_IGNORED = str.maketrans("", "", "\t\r\n")  # as the URL standard has it, wherever they stand
# What cannot stand in a path or a query (the URL standard's percent-encode sets, and the backslash).
_NOT_IN_PATH = expression(r"""[^!$%&'()*+,\-./0-9:;=@A-Z\[\]_a-z|~]""")
_NOT_IN_QUERY = expression(r"""[^!$%&()*+,\-./0-9:;=?@A-Z\[\]^_`a-z{|}~]""")
_TRIPLET = expression(r"%[0-9A-Fa-f]{2}")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_DOTS = expression(r"/\.{1,2}(?:/|$)")
_DEFAULT_PORTS = {"http": ":80", "https": ":443"}
# Labels under which others register, so that the publisher's own label is one further to the left.
_SECOND_LEVEL = frozenset(["ac", "co", "gov", "id", "net", "org", "sch", "com", "edu"])
_HOMES = frozenset(("", "/", "/fa", "/fa/", "/index.php", "/index.html", "/home", "/fa/home", "/default.aspx", "/index.aspx"))


def fetchable(url: str) -> str:
    """Return an address as it is asked for: without fragment, and only what must be escaped is escaped (in UTF-8).

    Escapes that are there stay as they are, whatever encoding their bytes are in. What is no http(s) address comes back stripped.
    """
    url = url.strip().translate(_IGNORED)
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in _DEFAULT_PORTS:
        return url
    return urlunsplit((parts.scheme, parts.netloc, _escaped(_NOT_IN_PATH, parts.path), _escaped(_NOT_IN_QUERY, parts.query), ""))


@lru_cache(maxsize=4096)
def canonicalize(url: str) -> str:
    """Return the key of an address, which is an equivalent address (RFC 3986, 6.2.2) without fragment and tracking parameters.

    Scheme and host are lower case, a host in another script is in punycode, default ports and a name in front of the host are
    dropped, characters that need no escape have none. Order, blanks and slashes of other parameters stay.
    What is no http(s) address comes back stripped.
    """
    url = fetchable(url)
    try:
        parts = urlsplit(url)
        host = _host(parts.scheme, parts.netloc)
    except ValueError:
        return url
    if parts.scheme not in _DEFAULT_PORTS:
        return url
    path = _TRIPLET.sub(_plain, parts.path) or "/"
    if _DOTS.search(path):
        path = urlsplit(urljoin("http://host/", path)).path or "/"
    kept = (_TRIPLET.sub(_plain, part) for part in parts.query.split("&") if not _is_tracking(part))
    return urlunsplit((parts.scheme, host, path, "&".join(kept), ""))


def ascii_host(host: str) -> str:
    """Return a host's name in lower case, one in another script in punycode; as it is where that cannot be."""
    host = host.lower()
    if host.isascii():
        return host
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError:
        return host


def publisher_of(url: str | None) -> str | None:
    """Return the publisher's slug: the label of its domain (asriran, mehrnews, cra); None where there is no host."""
    try:
        host = ascii_host(urlsplit(url or "").hostname or "").strip(".")
    except ValueError:
        return None
    if not host or re.fullmatch(r"[\d.]+|.*:.*", host):
        return re.sub(r"[^a-z0-9]+", "-", host) or None
    labels = [label for label in host.split(".") if label]
    if len(labels) < 2:
        return labels[0] if labels else None
    registered = -3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL else -2
    return re.sub(r"[^a-z0-9]+", "-", labels[registered]).strip("-") or None


def absolute(base: str | None, address: str | None) -> str | None:
    """Return `address` as an http(s) address seen from `base`; None where it is none (data:, javascript:, nonsense)."""
    if not address or not address.strip():
        return None
    try:
        joined = urljoin(base or "", address.strip())
        return joined if urlsplit(joined).scheme in _DEFAULT_PORTS and urlsplit(joined).netloc else None
    except ValueError:
        return None


def is_home(url: str) -> bool:
    """Return whether the address is that of a homepage."""
    parts = urlsplit(url)
    return parts.path.lower() in _HOMES and not parts.query


def same_host(one: str, other: str) -> bool:
    """Return whether two addresses are of one host; `www.` and `m.` make no difference, a port does."""
    return _bare_host(one) == _bare_host(other)


def _bare_host(url: str) -> str:
    parts = urlsplit(url)
    return re.sub(r"^(?:www\d?|m|amp)\.", "", _host(parts.scheme, parts.netloc))


def _host(scheme: str, netloc: str) -> str:
    name, colon, port = netloc.rpartition("@")[2].partition(":") if "[" not in netloc else (netloc.rpartition("@")[2], "", "")
    return f"{ascii_host(name).rstrip('.')}{colon}{port}".removesuffix(_DEFAULT_PORTS.get(scheme, ":")).removesuffix(":")


def _is_tracking(part: str) -> bool:
    return _TRACKING.fullmatch(unquote(part.partition("=")[0])) is not None


def _escaped(wrong: re.Pattern[str], text: str) -> str:
    """Escape what cannot stand; a lone half of a surrogate pair as the byte it was, or as U+FFFD."""
    return wrong.sub(lambda found: "".join(f"%{byte:02X}" for byte in _bytes(found[0])), text)


def _bytes(char: str) -> bytes:
    try:
        return char.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return "\ufffd".encode()


def _plain(triplet: re.Match[str]) -> str:
    """Return an escape in upper case, or the character itself where it needs none."""
    char = chr(int(triplet[0][1:], 16))
    return char if char in _UNRESERVED else triplet[0].upper()
