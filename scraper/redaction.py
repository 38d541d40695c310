"""What addresses carry that is nobody's business, left out of what is printed."""

from __future__ import annotations

import re

# Passwords in front of a host; parameters whose name says that they are nobody's business.
_HIDDEN_NAMES = r"token|secret|passw|pwd|session|signature|credential|api[_-]?key|auth(?!or)"
_SECRET = re.compile(rf"(?i)(//)[^/?#\s]*(@)|([?&;#](?:[\w.-]*(?:{_HIDDEN_NAMES})[\w.-]*|key|pass|sid|sig)=)[^&;#\s]+")


def redact(text: str) -> str:
    """Return a text without the passwords and tokens that addresses in it carry."""
    return _SECRET.sub(lambda found: "//***@" if found[1] else f"{found[3]}***", text)
