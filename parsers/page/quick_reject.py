"""Whether bytes can be a Persian page at all, without reading them: a web corpus has a hundred others for each.

Never says no to a page that the parsers would read as Persian; what they would turn down may pass.
"""

from __future__ import annotations

# First bytes, in UTF-8, of the letters U+0600 to U+06FF.
_LEADS = (b"\xd8", b"\xd9", b"\xda", b"\xdb")
# The letters that Persian has and Arabic has not: گ چ پ ژ, and ی ک where they are not written as Arabic's.
_OWN = (b"\xda\xaf", b"\xda\x86", b"\xd9\xbe", b"\xda\x98", b"\xdb\x8c", b"\xda\xa9")
_OFTEN = 20  # a page in which none of these bytes is so frequent has no paragraph
_OWN_SHARE = 300  # one letter of its own in so many; Persian has one in thirty even where ی and ک are Arabic's
# Where letters may hide: alef in windows-1256, where every tenth letter is one, and UTF-8 has next to none; character references;
# escapes of a script. Single bytes are looked for first: that is fifty times as fast as looking for two.
_ALEF = b"\xc7"
_REFERENCES = ((b"&", b"&#"), (b"\\", b"\\u06"))
_CONTAINERS = (b"%PDF", b"PK\x03\x04", b"\xff\xfe", b"\xfe\xff")


def may_be_persian(body: bytes) -> bool:
    """Return whether it is worth parsing `body`, the bytes of a page in any encoding."""
    if body.startswith(_CONTAINERS) or b"\0" in body:
        return True
    if any(_has(body, lead) for lead in _LEADS) and sum(map(body.count, _OWN)) * _OWN_SHARE >= sum(map(body.count, _LEADS)):
        return True
    return _has(body, _ALEF) or any(_has(body, sign) and mark in body for sign, mark in _REFERENCES)


def _has(body: bytes, byte: bytes) -> bool:
    """Return whether a byte is there often enough. Looking for the next one is thirty times as fast as counting."""
    place = -1
    for _ in range(_OFTEN):
        place = body.find(byte, place + 1)
        if place < 0:
            return False
    return True
