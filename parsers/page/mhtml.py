"""Pages saved whole by a browser («Save as», MHTML): the HTML part, with its own address."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.size_limits import MOST_BYTES

if TYPE_CHECKING:
    from email.message import Message

    from parsers.models import Capture

_HEAD = 4_000
_SAVED = expression(rb"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)


def page_of_mhtml(capture: Capture) -> Capture:
    """Return the capture of the page inside an MHTML file, with the address that the file names; any other as it was."""
    if not _SAVED.search(capture.body[:_HEAD]) or b"<html" in capture.body[:200].lower():
        return capture
    from email import message_from_bytes

    message = message_from_bytes(capture.body[: 4 * MOST_BYTES])
    part = next((one for one in message.walk() if one.get_content_type() == "text/html"), None)
    body = part.get_payload(decode=True) if part is not None else None
    if part is None or not isinstance(body, bytes):
        return capture
    charset = part.get_content_charset()
    headers = {"Content-Type": f"text/html; charset={charset}" if charset else "text/html"}
    return replace(capture, body=body, headers=headers, url=capture.url or _address(part, message))


def _address(part: Message, message: Message) -> str | None:
    for value in (part["Content-Location"], message["Snapshot-Content-Location"], message["Content-Location"]):
        if value and str(value).startswith(("http://", "https://")):
            return str(value).strip()
    return None
