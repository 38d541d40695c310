"""Bytes to text: what the page claims of its charset, and what its bytes say.

The claim is the header's, else the page's own; the bytes have the last word. UTF-8 cannot be mistaken for anything
else over more than a few letters, so whatever decodes as UTF-8 is UTF-8; of what does not, a few stray bytes are
dropped, and the rest is windows-1256, the only other charset that Persian sites were ever served in.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.models import Issue
from parsers.page.double_encoding import undone
from parsers.page.size_limits import MOST_BYTES, truncated

if TYPE_CHECKING:
    from parsers.models import Capture

_META = expression(
    rb"""<(?:meta\b[^>]{0,300}?|\?xml[^>]{0,100}?)(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE
)
_HEADER = expression(r"""charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# What bytes that are no text begin with.
_BINARY = {
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"RIFF": "a picture, sound or film (RIFF)",
    b"\x00\x00\x00 ftyp": "a film (MP4)",
    b"%PDF": "a PDF",
    b"PK\x03\x04": "a ZIP archive",
    b"\x1f\x8b": "gzipped bytes",
    b"Rar!": "a RAR archive",
    b"7z\xbc\xaf": "a 7-Zip archive",
    b"\x7fELF": "a program (ELF)",
    b"SQLite format 3\x00": "a SQLite database",
}
_MOST_CONTROLS = 0.02  # the share of control characters that text has at most
_CONTROLS = bytes({*range(0x20), 0x7F} - {0x09, 0x0A, 0x0D})
_CONTROL = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
# More bad bytes than this, one in so many, and the text was never UTF-8.
_TOLERATED = 50
_SAMPLE = 20_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a capture; `charset` is what its bytes turned out to be, "binary" if they are no text at all."""

    text: str
    charset: str
    issues: tuple[Issue, ...] = ()
    binary: str = ""  # what the bytes are, if they are no text


def decode(capture: Capture) -> Decoded:
    """Return the capture's text without NULs and stray control characters, with line ends as newlines."""
    body = capture.body
    claimed = claimed_charset(capture)
    binary = _binary(body)
    if binary:
        return Decoded("", "binary", binary=binary)
    text, actual = _read(body[:MOST_BYTES], claimed)
    issues: tuple[Issue, ...] = ()
    if len(body) > MOST_BYTES:
        issues = (truncated(f"the page has {len(body)} bytes"),)
    if claimed and actual != claimed and not (claimed == "ascii" and actual == "utf-8"):
        issues = (
            *issues,
            Issue("info", "bad_charset", f"the page claims {claimed} but is {actual}"),
        )
    meant = undone(text) if actual == "utf-8" else text
    if meant is not text:
        issues = (*issues, Issue("info", "bad_charset", "text of the page was encoded twice"))
        text = meant
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Decoded(_CONTROL.sub("", text) if actual == "utf-16" else text, actual, issues)


def _binary(body: bytes) -> str:
    """Return what bytes that are no text are; an empty string for text."""
    known = next((name for magic, name in _BINARY.items() if body.startswith(magic)), "")
    if known or body.startswith(tuple(bom for bom, _ in _BOMS)) or _wide(body):
        return known
    sample = body[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return "binary data" if controls > _MOST_CONTROLS * len(sample) else ""


def claimed_charset(capture: Capture) -> str | None:
    """Return the charset that the header names, else the page itself; None where neither does or nobody knows it."""
    header = next((value for name, value in capture.headers.items() if name.lower() == "content-type"), "")
    named = _HEADER.search(header)
    if named:
        return _known(named[1])
    meta = _META.search(capture.body[:8192])
    return _known(meta[1].decode("ascii", "replace")) if meta else None


def _known(name: str) -> str | None:
    try:
        found = codecs.lookup(name).name
    except LookupError:
        return None
    return "utf-8" if found == "utf-8-sig" else found


def _read(body: bytes, claimed: str | None) -> tuple[str, str]:
    for bom, charset in _BOMS:
        if body.startswith(bom):
            return body[len(bom) :].decode(charset, "ignore"), "utf-8" if charset == "utf-8" else "utf-16"
    wide = _wide(body)
    if wide:
        return body.decode(wide, "ignore"), "utf-16"
    # No byte of a character beyond ASCII is a control character, neither in UTF-8 nor in windows-1256.
    body = body.translate(None, _CONTROLS)
    try:
        return body.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _not_quite_utf8(body, claimed)


def _not_quite_utf8(body: bytes, claimed: str | None) -> tuple[str, str]:
    text = body.decode("utf-8", "replace")
    high = sum(map(text.count, "اینرمدهوب"))
    if text.count("\ufffd") * _TOLERATED <= max(high * 4, len(body) // 100) or high > text.count("\ufffd"):
        return text.replace("\ufffd", ""), "utf-8"
    if claimed and claimed not in ("utf-8", "cp1252", "iso8859-1", "ascii", "utf-16", "cp1256"):
        try:
            return body.decode(claimed), claimed
        except (UnicodeDecodeError, LookupError):
            pass
    return body.decode("cp1256", "replace").replace("\ufffd", ""), "cp1256"


def _wide(body: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of the markup is NUL."""
    sample = body[:2000]
    if len(sample) < 20 or sample.count(0) * 5 < len(sample):
        return None
    if sample[1::2].count(0) > 4 * sample[::2].count(0):
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > 4 * sample[1::2].count(0) else None
