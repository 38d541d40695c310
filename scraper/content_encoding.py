"""BodyReader as they come off the wire: what Content-Encoding says, what is true, and how much of it may be unpacked."""

from __future__ import annotations

import zlib
from typing import NamedTuple

import brotli
import zstandard

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
_GZIP_MAGIC, _ZSTD_MAGIC = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"
_MAX_LAYERS = 3
_TEXT_SAMPLE = 2048
_BITE = 512
_BROTLI_PIECE = 1 << 16


class TooLarge(Exception):
    """More bytes than allowed, packed or unpacked."""


class BadEncoding(Exception):
    """The body is not what Content-Encoding says, and its text cannot be read all the same."""


class UnpackedBody(NamedTuple):
    """Unpacked bytes. `honest` is false where Content-Encoding was wrong."""

    data: bytes
    honest: bool


def unpack(packed: bytes, encoding: str, limit: int, *, whole: bool = True) -> UnpackedBody:
    """Return the body without its content encodings. Raises BadEncoding if it is unreadable, TooLarge beyond `limit` bytes.

    With `whole` false the first `limit` bytes are enough: neither a longer body nor one that is cut off is an error.
    """
    layers = [name.strip().lower() for name in encoding.split(",") if name.strip()]
    layers = [name for name in layers if name != "identity"]
    if len(layers) > _MAX_LAYERS:
        raise BadEncoding(f"{len(layers)} content encodings on top of each other")
    data = packed
    for name in reversed(layers):
        opened = _open(name, data, limit, whole=whole)
        if opened is None:
            return _salvaged(data, limit)
        data = opened
    return UnpackedBody(data if whole else data[:limit], honest=True)


def gunzip(data: bytes, limit: int) -> bytes:
    """Return a gzip file's content. Raises TooLarge, BadEncoding."""
    opened = _open("gzip", data, limit)
    if opened is None:
        raise BadEncoding("not a whole gzip file")
    return opened


def is_gzip(data: bytes) -> bool:
    """Return whether the bytes begin as a gzip file does."""
    return data.startswith(_GZIP_MAGIC)


def _salvaged(data: bytes, limit: int) -> UnpackedBody:
    """Return the bytes themselves if they are text, or what another encoding makes of them. Raises BadEncoding."""
    if data and _looks_like_text(data):
        return UnpackedBody(data, honest=False)
    for magic, name in ((_GZIP_MAGIC, "gzip"), (_ZSTD_MAGIC, "zstd"), (b"\x78", "deflate")):
        if data.startswith(magic) and (opened := _open(name, data, limit)) is not None:
            return UnpackedBody(opened, honest=False)
    raise BadEncoding("the body is not what Content-Encoding says")


def _looks_like_text(data: bytes) -> bool:
    sample = data[:_TEXT_SAMPLE]
    packed = sample.startswith((_GZIP_MAGIC, _ZSTD_MAGIC))
    return not packed and sum(byte < 9 or 13 < byte < 32 for byte in sample) * 100 < len(sample)


def _open(name: str, data: bytes, limit: int, *, whole: bool = True) -> bytes | None:
    """Return the data with one layer taken off; None where it is not of this encoding, or with `whole` ends early."""
    if name in ("gzip", "x-gzip"):
        return _inflate(data, 31, limit, whole=whole)
    if name == "deflate":
        zlib_wrapped = _inflate(data, 15, limit, whole=whole)
        return zlib_wrapped if zlib_wrapped is not None else _inflate(data, -15, limit, whole=whole)
    if name == "br":
        return _brotli(data, limit, whole=whole)
    if name == "zstd":
        return _zstd(data, limit, whole=whole)
    return None


def _inflate(data: bytes, window: int, limit: int, *, whole: bool) -> bytes | None:
    parts: list[bytes] = []
    size = 0
    while data:
        inflater = zlib.decompressobj(window)
        try:
            part = inflater.decompress(data, limit + 1 - size)
        except zlib.error:
            # What follows a whole gzip member may be padding; what comes first may not.
            return b"".join(parts) if parts else None
        size += len(part)
        parts.append(part)
        if not whole and (size > limit or not inflater.eof):
            return b"".join(parts)[:limit]
        if size > limit:
            raise TooLarge(f"unpacks to more than {limit} bytes")
        if not inflater.eof:
            return None
        data = inflater.unused_data
    return b"".join(parts)


def _zstd(data: bytes, limit: int, *, whole: bool) -> bytes | None:
    # A window beyond 8 MB is not for the web (RFC 9659). A block of 4 bytes may stand for 128 KB: small bites.
    parts: list[bytes] = []
    size = 0
    opener = zstandard.ZstdDecompressor(max_window_size=2**23).decompressobj()
    for start in range(0, len(data), _BITE):
        try:
            part = opener.decompress(data[start : start + _BITE])
        except zstandard.ZstdError:
            return None
        size += len(part)
        parts.append(part)
        if size > limit and whole:
            raise TooLarge(f"unpacks to more than {limit} bytes")
        if opener.eof or size > limit:
            return b"".join(parts)
    return None if whole else b"".join(parts)


def _brotli(data: bytes, limit: int, *, whole: bool) -> bytes | None:
    opener = brotli.Decompressor()
    parts: list[bytes] = []
    size, piece = 0, data
    while not opener.is_finished() and size <= limit:
        try:
            part = opener.process(piece, output_buffer_limit=_BROTLI_PIECE)
        except brotli.error:
            return None
        if not part and not piece:
            break  # the data ends before the stream does
        parts.append(part)
        size += len(part)
        piece = b""
    if size > limit and whole:
        raise TooLarge(f"unpacks to more than {limit} bytes")
    return b"".join(parts) if opener.is_finished() or not whole else None
