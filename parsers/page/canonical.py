"""The canonical address that a page names, and whether it can be its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.models import Issue
from parsers.page.urls import absolute, canonicalize, is_home, same_host

if TYPE_CHECKING:
    from parsers.page.html_tree import Head


def believed_canonical(head: Head, url: str | None) -> tuple[str | None, tuple[Issue, ...]]:
    """Return the canonical that the page names, if it is of the same host and not the homepage; else None and an issue."""
    named = absolute(url, head.canonical or head.meta("og:url"))
    if not named:
        return None, ()
    canonical = canonicalize(named)
    if is_home(canonical) and not (url and is_home(url)):
        reason = "is the homepage"
    elif url and not same_host(url, canonical):
        reason = "is of another host"
    else:
        return canonical, ()
    return None, (Issue("info", "bad_canonical", f"the canonical {canonical} {reason}"),)
