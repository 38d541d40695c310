"""The inline scripts and styles of Datasette's own pages, by hash: its column menu and Format SQL work, and nothing else does.

They are read from the templates of the installed Datasette, so that another version of it has other hashes.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib import resources

_TEMPLATES = ("_close_open_menus.html", "_codemirror.html", "_codemirror_foot.html", "table.html")
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL)
# What a template writes into a script: whether tables may be counted by facets.
_VARIABLE = re.compile(r"\{\{[^}]*\}\}")
_VALUES = ("true", "false")


@cache
def inline_hashes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return what a policy lets through: the sources of scripts, and those of styles ('sha256-…')."""
    found: dict[str, list[str]] = {"script": [], "style": []}
    templates = resources.files("datasette").joinpath("templates")
    for name in _TEMPLATES:
        for kind, text in _INLINE.findall(templates.joinpath(name).read_text("utf-8")):
            found[kind] += [_hash(variant) for variant in _variants(text)]
    return tuple(found["script"]), tuple(found["style"])


def _variants(text: str) -> list[str]:
    if not _VARIABLE.search(text):
        return [text]
    return [_VARIABLE.sub(value, text) for value in _VALUES]


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
