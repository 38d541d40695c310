"""The questions people ask most, with a form for their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import canned
from db.web.pages import Asked, NotFound
from db.web.render import Page

if TYPE_CHECKING:
    from sqlite_utils import Database

_SHOWN = 500


def every(_db: Database, _asked: Asked) -> Page:
    """All of them."""
    found = [{"name": one.name, "title": one.title} for one in canned.questions().values()]
    return Page("questions.html", "پرسش\u200cها", {"questions": found}, found)


def one(db: Database, asked: Asked) -> Page:
    """One question and its answer. What the form leaves empty has its default."""
    question = canned.questions().get(asked.parts["name"])
    if question is None:
        raise NotFound("چنین پرسشی نیست.")
    given = {name: asked.query[name] for name in question.parameters if asked.query.get(name)}
    found = canned.ask(db, question.name, **given)
    data = {
        "question": question, "values": {**question.parameters, **given}, "found": found[:_SHOWN], "total": len(found),
        "columns": list(found[0]) if found else [],
    }  # fmt: skip
    return Page("question.html", question.title, data, found)
