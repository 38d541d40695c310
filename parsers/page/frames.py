"""Pages inside the frame of a web archive: the address, the publisher and the moment are the page's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from parsers.expressions import expression

# Wayback and those built like it (pywb, arquivo.pt, vefsafn.is): …/web/20190615101112id_/https://www.example.ir/…
_FRAMED = expression(
    r"""(?x)
    ^https?://[^/]+/(?:[\w.-]+/){0,3}     # the archive, and the collection in it
    (\d{4,14}|\d{4}\.\d\d\.\d\d-\d{6})(?:[a-z]{2}_)?/   # when the page was captured, how it is shown
    (https?:/{1,2}[^/\s].*)$              # the page's own address
    """
)


# A search engine's copy: …/search?q=cache:AbCdEf:https://www.example.ir/…+words&hl=fa
_CACHED = expression(r"^https?://webcache\.googleusercontent\.com/search\?q=cache:(?:[\w-]+:)?((?:https?://)?[^+&\s]+)")
# archive.today, whose short addresses say nothing of the page: the page names its long one.
_SHORT = expression(r"^https?://archive\.(?:today|ph|is|li|vn|md|fo)/\w+$")
_LONG = expression(r"""(?:href|content)=["'](https?://archive\.\w+/\d{4}\.\d\d\.\d\d-\d{6}/[^"'\s]+)""")


_HEAD = 20_000


@dataclass(frozen=True, slots=True)
class Framed:
    """The address of an archived page, and when it was captured as the archive writes it: YYYYMMDDhhmmss or less."""

    url: str
    timestamp: str


def framed(url: str | None) -> Framed | None:
    """Return what the address of an archived page says of the page; None for any other address."""
    found = _FRAMED.match(url or "")
    return Framed(re.sub(r"^(https?):/+", r"\1://", found[2]), found[1]) if found else None


def own_address(url: str | None, page: str = "") -> str | None:
    """Return the address without the frame of a web archive, as it was where there is none; `page` is the page's source."""
    cached = _CACHED.match(url or "")
    if cached:
        named = unquote(cached[1])
        return named if named.startswith("http") else f"http://{named}"
    long = _LONG.search(page[:_HEAD]) if _SHORT.match(url or "") else None
    found = framed(long[1] if long else url)
    return found.url if found else url
