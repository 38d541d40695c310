"""Two revisions of a document against each other, word by word."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING, Any

from db import readers
from db.web.render import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlite_utils import Database

    from db.web.pages import Asked

_WORD = re.compile(r"\s+|[^\s]+")
_MAX_WORDS = 4_000  # of a line or a run of lines that are compared word by word


def changes(db: Database, asked: Asked) -> Page:
    """What changed between revisions `a` and `b`; by default between the last two."""
    view = readers.document(db, asked.number("document"))
    last = len(view.revisions)
    b = min(asked.number("b") or last, last)
    a = asked.number("a") or b - 1
    old, new = readers.revision_texts(db, view.document_id, a or None, b)
    lines = [[{"kind": kind, "text": text} for kind, text in line] for line in _lines(old, new)]
    data: dict[str, Any] = {"view": view, "a": a, "b": b, "lines": lines}
    table = [part for line in lines for part in line if part["kind"] != "same"]
    return Page("changes.html", f"تغییرها: {view.article.title or view.document_id}", data, table,
                {"document_id": view.document_id, "a": a, "b": b, "lines": lines})  # fmt: skip


def _lines(old: str, new: str) -> Iterator[list[tuple[str, str]]]:
    a, b = old.split("\n"), new.split("\n")
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            yield from ([("same", line)] for line in a[a0:a1])
        elif tag == "replace" and a1 - a0 == b1 - b0:
            yield from (_words(x, y) for x, y in zip(a[a0:a1], b[b0:b1], strict=True))
        else:
            yield from ([("removed", line)] for line in a[a0:a1])
            yield from ([("added", line)] for line in b[b0:b1])


def _words(old: str, new: str) -> list[tuple[str, str]]:
    a, b = _WORD.findall(old), _WORD.findall(new)
    if len(a) + len(b) > _MAX_WORDS:
        return [("removed", old), ("added", new)]
    parts: list[tuple[str, str]] = []
    for tag, a0, a1, b0, b1 in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            parts.append(("same", _joined(a, a0, a1)))
            continue
        parts += [(kind, text) for kind, text in (("removed", _joined(a, a0, a1)), ("added", _joined(b, b0, b1))) if text]
    return parts


def _joined(words: Sequence[str], start: int, end: int) -> str:
    return "".join(words[start:end])
