"""What happened to the ZWNJ of a document: the evidence is counted over the whole of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.persian.letters import ZWNJ

if TYPE_CHECKING:
    from parsers.models import Damage

_JOINED = re.compile(r"(?<![\u0620-\u06d5\u200c])ن?می[\u0621-\u06d5]{2,}|[\u0621-\u06d5]{3,}ه(?:ای|اند|ام)(?![\u0621-\u06d5])|[\u0621-\u06d5]{3,}های(?![\u0621-\u06d5])")
_LOOSE = re.compile(r"(?<=[ \n])(?:ن?می(?= [\u0621-\u06d5])|ها(?:ی|یی)?(?![\u0621-\u06d5]))")


def assess(text: str) -> Damage:
    """The damage `text` shows; `none` where it shows nothing."""
    kept, joined, loose = text.count(ZWNJ), len(_JOINED.findall(text)), len(_LOOSE.findall(text))
    total = kept + joined + loose
    if total == 0 or kept >= 0.9 * total:
        return "none"
    if joined and loose * 8 < joined and kept * 8 < joined:
        return "deleted"
    if loose and joined * 8 < loose and kept * 8 < loose:
        return "spaced"
    return "mixed"
