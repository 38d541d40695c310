"""The keys that indexes of web archives are sorted by (SURT), as the Internet Archive's programs make them."""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes, urlsplit

_WWW = re.compile(r"^www\d*\.")
_PORTS = {("http", 80), ("https", 443)}
_ESCAPED = re.compile(rb"[\x00-\x20\x7f-\xff#%]")
_MOST_LAYERS = 8  # of escapes around escapes
_SESSION = re.compile(r"(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}(?:&|$)|aspsessionid[a-z]{8}=[a-z]{24}(?:&|$)")


def sort_key(url: str) -> str:
    """Return the key of an address: ir,example)/path?query, in lower case, without `www.`, sessions and needless escapes.

    Parameters are sorted. It compares what may be one page, and is no address. What is no address comes back in lower case.
    """
    try:
        parts = urlsplit(url.lower())
        port = parts.port
    except ValueError:
        return url.lower()
    host = _WWW.sub("", parts.hostname or "")
    if not host:
        return url.lower()
    labels = [host] if ":" in host else host.split(".")
    shown = f":{port}" if port and (parts.scheme, port) not in _PORTS else ""
    query = _SESSION.sub("", _plain(parts.query)) if parts.query else ""
    query = "&".join(sorted(query.split("&"))) if query else ""
    return f"{','.join(reversed(labels))}{shown}){_path(parts.path)}" + (f"?{query}" if query else "")


def _path(path: str) -> str:
    kept: list[str] = []
    for segment in _plain(path).split("/"):
        if segment == "..":
            kept = kept[:-1]
        elif segment not in ("", "."):
            kept.append(segment)
    return f"/{'/'.join(kept)}"


def _plain(text: str) -> str:
    """Return a path or query with all escapes taken off, and those set that must be."""
    data = text.encode()
    for _ in range(_MOST_LAYERS):
        opened = unquote_to_bytes(data)
        if opened == data:
            break
        data = opened
    return _ESCAPED.sub(lambda found: b"%%%02x" % found[0][0], data).decode("ascii").lower()
