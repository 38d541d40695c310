"""From a page to facts: pure, deterministic, without network, disk state, database or clock.

>>> from parsers import Capture, parse, normalize, extract

The four names load what they need when they are first used, so that importing one does not pay for the others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parsers.facts import extract
    from parsers.models import Capture
    from parsers.persian import normalize
    from parsers.record import parse

__all__ = ["Capture", "extract", "normalize", "parse"]

_HOMES = {
    "Capture": "parsers.models",
    "extract": "parsers.facts",
    "normalize": "parsers.persian",
    "parse": "parsers.record",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'parsers' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
