"""Repairs of the bytes of feeds: their encoding, and what stands in front of the XML."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

_PIECE = 1 << 16
_HEAD = 1 << 16
_ROOT = re.compile(
    rb"<!--|<(?:\?xml|!DOCTYPE|(?:[A-Za-z][\w.-]*:)?(?:rss|rdf|feed|channel|urlset|sitemapindex)\b)", re.IGNORECASE
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([\w.:-]+)""")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
         (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))  # fmt: skip
# A bracket or brace in two or four bytes, and the first byte of another letter.
_WIDE = tuple(
    (re.compile(pattern, re.DOTALL), name)
    for pattern, name in (
        (rb"[<{\[]\0\0\0", "utf-32-le"),
        (rb"\0\0\0[<{\[]", "utf-32-be"),
        (rb"[<{\[]\0[^\0]", "utf-16-le"),
        (rb"\0[<{\[]\0[^\0]", "utf-16-be"),
    )
)
_VALID = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_HIGH = re.compile(rb"[\x80-\xff]")


class Utf8(NamedTuple):
    """XML in UTF-8, whatever its declaration says, and what had to be repaired for that."""

    data: bytes
    repairs: tuple[str, ...]


def narrowed(data: bytes) -> bytes:
    """Return bytes in UTF-16 or UTF-32, with a byte order mark or without, in UTF-8; others as they are, without their mark."""
    bom = next(((mark, name) for mark, name in _BOMS if data.startswith(mark)), None)
    if bom and bom[1] != "utf-8":
        return data[len(bom[0]) :].decode(bom[1], "replace").encode("utf-8", "replace")
    wide = next((name for pattern, name in _WIDE if pattern.match(data)), None)
    if wide:
        return data.decode(wide, "replace").encode("utf-8", "replace")
    while data.startswith(codecs.BOM_UTF8):
        data = data.removeprefix(codecs.BOM_UTF8)
    return data


def as_utf8(data: bytes, content_type: str = "") -> Utf8:
    """Return a feed's bytes in UTF-8, from its root or declaration on.

    What can be read as UTF-8 is taken for it; otherwise the byte order mark, the HTTP header's charset and the declaration
    decide, in this order. Bytes that are wrong in UTF-8 become U+FFFD.
    """
    repairs: list[str] = []
    data = narrowed(data)
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
