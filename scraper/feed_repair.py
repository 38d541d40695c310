"""Repairs of XML that no strict parser reads: its encoding, what stands in front of it, characters and ampersands inside it.

Everything is done piece by piece, so that a hostile file costs no more memory than its own size.
"""

from __future__ import annotations

import codecs
import html
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = 1 << 16
_HEAD = 1 << 16
_ROOT = re.compile(
    rb"<!--|<(?:\?xml|!DOCTYPE|(?:[A-Za-z][\w.-]*:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)\b)", re.IGNORECASE
)
_ROOT_NAME = re.compile(rb"<(?:[A-Za-z][\w.-]*:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)\b", re.IGNORECASE)
_PREFIXED = re.compile(rb"[<\s]([A-Za-z][\w-]{0,30}):[A-Za-z][\w-]*[\s=/>]")
_DECLARES = re.compile(rb"\sxmlns:([A-Za-z][\w-]{0,30})\s*=")
_MOST_PREFIXES = 50
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
_WIDE = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"), (b"<\0r\0", "utf-16-le"), (b"<\0f\0", "utf-16-le"))
_VALID = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|\xed[\xa0-\xbf][\x80-\xbf]")
_AMPERSAND = re.compile(rb"&(?:#(?:x[0-9A-Fa-f]{1,6}|[0-9]{1,7});|([A-Za-z][A-Za-z0-9]{0,30});)?")
_XML_NAMES = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_CDATA, _CDATA_END = b"<![CDATA[", b"]]>"
# What begins a token that must not be cut in two, and how many of its bytes may stand before a cut.
_UNCUT = ((b"&", 40), (b"<", 8), (b"]", 2), (b"\xed", 2), (b"\xef", 2))


class Utf8(NamedTuple):
    """XML in UTF-8, whatever its declaration says, and what had to be repaired for that."""

    data: bytes
    repairs: tuple[str, ...]


def as_utf8(data: bytes, content_type: str = "") -> Utf8:
    """Return a feed's bytes in UTF-8, from its root or declaration on.

    What can be read as UTF-8 is taken for it; otherwise the byte order mark, the HTTP header's charset and the declaration
    decide, in this order. Bytes that are wrong in UTF-8 become U+FFFD.
    """
    repairs: list[str] = []
    bom = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), None)
    wide = next((name for start, name in _WIDE if data.startswith(start)), None)
    if bom and bom[1] != "utf-8":
        data = data[len(bom[0]) :].decode(bom[1], "replace").encode("utf-8", "replace")
    elif wide:
        data = data.decode(wide, "replace").encode("utf-8", "replace")
    else:
        data = data.removeprefix(codecs.BOM_UTF8)
        if not _is_utf8(data):
            data, repair = _recoded(data, _named(data, content_type))
            repairs.append(repair)
    start = _ROOT.search(data[:_HEAD])
    if start and data[: start.start()].strip():
        repairs.append("text in front of the XML left out")
    return Utf8(data[start.start() :] if start else data, tuple(repairs))


def _is_utf8(data: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _named(data: bytes, content_type: str) -> str | None:
    """Return the charset that the HTTP header or the declaration names, if Python knows it."""
    header, declared = _CHARSET.search(content_type), _DECLARED.match(data[:_HEAD])
    for name in (header[1] if header else None, declared[1].decode("ascii") if declared else None):
        try:
            if name and codecs.lookup(name).name != "iso8859-1":  # what servers say of everything
                return codecs.lookup(name).name
        except LookupError:
            continue
    return None


def _recoded(data: bytes, name: str | None) -> tuple[bytes, str]:
    """Return bytes that are no UTF-8 in UTF-8, and what was done."""
    whole = sum(len(found[0]) for found in _VALID.finditer(data[: 1 << 20]))
    high = len(_HIGH.findall(data[: 1 << 20]))
    if name in (None, "utf-8") and whole * 5 >= high * 4:
        return data.decode("utf-8", "replace").encode(), "bytes that are wrong in UTF-8 replaced"
    charset = name if name and name != "utf-8" else "cp1256"
    text = data.decode(charset, "replace").encode("utf-8", "replace")
    return text, f"read as {charset}" if name else f"read as {charset}, for no charset is named"


class MendedXml:
    """XML as a file to read from: see `mended`."""

    def __init__(self, data: bytes) -> None:
        self._pieces = mended(data)
        self._left = b""

    def read(self, size: int = -1) -> bytes:
        """Return some bytes, b"" at the end."""
        while not self._left and (piece := next(self._pieces, None)) is not None:
            self._left = piece
        size = len(self._left) if size < 0 else size
        found, self._left = self._left[:size], self._left[size:]
        return found


def mended(data: bytes) -> Iterator[bytes]:
    """Yield the XML in pieces, with its prefixes declared, no control characters, no bare ampersands, no entities of HTML."""
    root = _ROOT_NAME.search(data[:_HEAD])
    yield from _escaped_pieces(data[: root.end()] if root else b"")
    yield b"".join(b' xmlns:%b="%b"' % (name, name) for name in (_undeclared(data) if root else ()))
    yield from _escaped_pieces(data[root.end() :] if root else data)


def _undeclared(data: bytes) -> list[bytes]:
    declared = {found[1] for found in _DECLARES.finditer(data)} | {b"xml", b"xmlns"}
    used: dict[bytes, None] = {}
    for found in _PREFIXED.finditer(data):
        if found[1] not in declared:
            used[found[1]] = None
            if len(used) >= _MOST_PREFIXES:
                break
    return list(used)


def _escaped_pieces(data: bytes) -> Iterator[bytes]:
    place, inside = 0, False
    while place < len(data):
        end = min(place + _PIECE, len(data))
        found = data.find(_CDATA_END if inside else _CDATA, place, end)
        if found >= 0:
            end = found + len(_CDATA_END if inside else _CDATA)
        elif end < len(data):
            begun = (data.find(mark, max(place + 1, end - length), end) for mark, length in _UNCUT)
            end = min((at for at in begun if at >= 0), default=end)
        piece = _CONTROL.sub(b"", data[place:end])
        yield piece if inside else _AMPERSAND.sub(_escaped, piece)
        inside = not inside if found >= 0 else inside
        place = end


def _escaped(found: re.Match[bytes]) -> bytes:
    if found[1] is None:
        return found[0] if len(found[0]) > 1 else b"&amp;"
    if found[1] in _XML_NAMES:
        return found[0]
    text = html.unescape(found[0].decode("ascii"))
    return b"&amp;" + found[0][1:] if text.startswith("&") else text.encode()
