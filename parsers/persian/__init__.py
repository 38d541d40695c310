"""Persian: letters, lost ZWNJ, numbers, dates. `normalize` repairs a text, `assess` says what happened to its ZWNJ."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parsers.persian.damage_detection import assess
    from parsers.persian.repair import Change, Normalized, normalize

__all__ = ["Change", "Normalized", "assess", "normalize"]

_HOMES = {"Change": "repair", "Normalized": "repair", "assess": "damage_detection", "normalize": "repair"}


def __getattr__(name: str) -> Any:
    # Folding letters must not load what restoring ZWNJ needs.
    if name not in _HOMES:
        raise AttributeError(f"module 'parsers.persian' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"parsers.persian.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
