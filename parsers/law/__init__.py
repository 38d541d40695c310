"""The text of a law: its metadata, its tree of clauses, what it does to other laws.

`read_law` takes a repaired article whose verdict is `law`; `read_tree` the bare text; `pieces` gives the text back. What reads a
law is loaded when the first one comes: most pages are none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parsers.law.read import read_law
    from parsers.law.self_citations import unlabelled
    from parsers.law.tree import Tree, pieces, read_tree

__all__ = ["Tree", "pieces", "read_law", "read_tree", "unlabelled"]

_HOMES = {
    "Tree": "parsers.law.tree",
    "pieces": "parsers.law.tree",
    "read_law": "parsers.law.read",
    "read_tree": "parsers.law.tree",
    "unlabelled": "parsers.law.self_citations",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'parsers.law' has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
