"""Pages of several posts, as blogs and archives print them: each in a box of its kind, under a headline that leads elsewhere."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.page.comparison import comparable
from parsers.page.fields import code_in_url
from parsers.page.html_tree import ancestors, select, select_first, text_of
from parsers.page.urls import absolute, canonicalize

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from parsers.page.headline import StatedTitle

_BOXES = 6  # elements around a body that may be the box of its post
_HEADINGS = "h1, h2, h3, h4, h5"
_MOST_LINKS = 40
_COVERS = "a.entry-link[href], a.stretched-link[href], a[class*=overlay][href]"
_LABELS = 120


def is_one_of_posts(body: LexborNode, own: tuple[str, ...], stated: StatedTitle) -> bool:
    """Return whether a body belongs to one of several posts, or is the beginning of one that is read elsewhere.

    `own` are the addresses of the page, `stated` is its title: a headline that leads to one of them, or that is this, is that
    of the page's own article.
    """
    here = frozenset(filter(None, map(_path, own)))
    numbers = {number for address in own if (number := code_in_url(address))}
    base = next(iter(own), None) or "https://page/"
    first: str | None = None
    for box in (body, *islice(ancestors(body), _BOXES)):
        if box.tag == "body":
            break
        heading = select_first(box, _HEADINGS)
        if heading is None:
            continue
        target = _target(box, heading, base)
        if target is None or target != (first or target) or not _opens(box, heading):
            break
        if (
            stated.names(heading)
            or code_in_url(f"/{target}") in numbers
            or any(path == target or path.startswith(f"{target}/") for path in here)
        ):
            break
        first = target
        if select_first(box, _COVERS) is not None and box.tag == "article":
            return True
        if _leads_on(box, target, base) or any(_target_of(other, base) not in (None, target, *here) for other in _alike(box)):
            return True
    return False


def _opens(box: LexborNode, heading: LexborNode) -> bool:
    """Return whether hardly a text stands in a box before a heading: labels and days, no prose."""
    read = 0
    for node in box.traverse(include_text=True):
        if node.mem_id == heading.mem_id:
            return True
        read += len((node.text_content or "").strip()) if node.is_text_node else 0
        if read > _LABELS:
            break
    return False


def _target_of(box: LexborNode, base: str) -> str | None:
    heading = select_first(box, _HEADINGS)
    return _target(box, heading, base) if heading is not None else None


def _target(box: LexborNode, heading: LexborNode, base: str) -> str | None:
    """Return the path that a heading leads to, by a link in it or around it, or by one that covers the whole box."""
    link = select_first(heading, "a[href]")
    if link is None:
        link = next((step for step in islice(ancestors(heading), 2) if step.tag == "a"), None)
    if link is None and box.tag == "article":
        link = select_first(box, _COVERS)
    address = absolute(base, link.attributes.get("href")) if link is not None else None
    return _path(address) if address else None


def _path(address: str) -> str:
    """Return an address without scheme and host, which copies of a page change, and without the slash at its end."""
    return canonicalize(address).partition("://")[2].partition("/")[2].removesuffix("index.html").rstrip("/")


def _leads_on(box: LexborNode, target: str, base: str) -> bool:
    """Return whether a box has a second link to where its heading leads, one that says that the text goes on there."""
    for link in select(box, "a[href]")[:_MOST_LINKS]:
        address = absolute(base, link.attributes.get("href"))
        if address and _path(address) == target and _goes_on().fullmatch(comparable(text_of(link)).strip(" .…:«»←→>[]()")):
            return True
    return False


def _alike(box: LexborNode) -> Iterator[LexborNode]:
    """Yield the elements of the page that have a box's tag and class; elements that lay out a page have no class."""
    if not (box.attributes.get("class") or box.tag in ("article", "li")):
        return
    page = next((step for step in ancestors(box) if step.tag == "body"), box)
    for other in select(page, str(box.tag)):
        if other.mem_id != box.mem_id and other.attributes.get("class") == box.attributes.get("class"):
            yield other


@cache
def _words() -> dict[str, Any]:
    data = tomllib.loads((resources.files(__package__) / "signs.toml").read_text(encoding="utf-8"))
    return dict(data["listing"])


@cache
def _goes_on() -> re.Pattern[str]:
    return expression("|".join(f"(?:{one})" for one in _words()["goes_on"]), re.IGNORECASE)


@cache
def _layout() -> re.Pattern[str]:
    return expression(_words()["layout"], re.IGNORECASE)
