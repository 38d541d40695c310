"""Facts of a document: messengers, citations, instruments, sessions, dates, agencies, each with its exact place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from parsers.facts.document import extract, find_facts

__all__ = ["extract", "find_facts"]


def __getattr__(name: str) -> Any:
    # One kind of fact can be had without loading what the others need.
    if name not in __all__:
        raise AttributeError(f"module 'parsers.facts' has no attribute {name!r}")
    from parsers.facts import document

    globals().update({known: getattr(document, known) for known in __all__})
    return globals()[name]
