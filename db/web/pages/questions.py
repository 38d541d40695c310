"""The questions people ask most, with a form for their parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.read import questions
from db.read.jalali_dates import is_day
from db.statements import statement
from db.web.pages import Asked, BadRequest, NotFound, rows
from db.web.render import WebPage
from db.web.sorting import ordered
from db.web.typed_days import typed_day
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.web.edition import Edition

_SHOWN = 500
_LARGEST = 100_000  # of a number that is asked with
_MESSENGERS = "SELECT slug AS value, name FROM messengers ORDER BY name"
_BODIES = "SELECT slug AS value, name FROM bodies ORDER BY name"
_INSTRUMENTS = statement("web/questions_instruments")


def every(_db: Database, asked: Asked) -> WebPage:
    """Return all of them."""
    found = [{"name": one.name, "title": _title(one, asked.edition)} for one in questions.questions().values()]
    return WebPage("questions.html", asked.edition.say("questions_title"), {"questions": found}, found)


def one(db: Database, asked: Asked) -> WebPage:
    """Return one question and its answer. What the form leaves empty has its default."""
    question = questions.questions().get(asked.parts["name"])
    if question is None:
        raise NotFound("no_such_question")
    given = {
        name: _read(asked.edition.word(name, "parameters"), asked.query[name], default)
        for name, default in question.parameters.items()
        if asked.query.get(name, "").strip()
    }
    found = ordered(questions.ask(db, question.name, **given), asked.query)
    values = {**question.parameters, **given}
    data: dict[str, Any] = {
        "question": question, "values": values, "found": found[:_SHOWN], "total": len(found),
        "columns": list(found[0]) if found else [], "vocabularies": asked.edition.group("vocabularies"),
        "choices": {name: _choices(db, name, question.parameters[name], value) for name, value in values.items()},
        "slugs": {row["value"] for row in rows(db, _MESSENGERS)},
    }  # fmt: skip
    return WebPage("question.html", _title(question, asked.edition), data, found)


def _title(question: questions.Question, edition: Edition) -> str:
    return edition.group("questions").get(question.name, question.title)


def _read(name: str, given: str, default: str) -> str:
    """Return what a form gave, as the query takes it: numbers in any digits, days of both calendars."""
    if default.isdecimal():
        number = fold(given).strip()
        if not number.isdecimal():
            raise BadRequest("must_be_number", name=name)
        return str(min(int(number[:20]), _LARGEST))
    if is_day(default):
        return typed_day(given, name)
    return given.replace("\0", "")


def _choices(db: Database, name: str, default: str, value: str) -> list[dict[str, Any]]:
    """Return what a form offers for a parameter; nothing where anything may be written."""
    if name == "messenger":
        found = rows(db, _MESSENGERS)
    elif name == "body":
        bodies = rows(db, _BODIES)
        by_slug = any(row["value"] == default for row in bodies)
        found = bodies if by_slug else [{"value": row["name"], "name": row["name"]} for row in bodies]
    elif name == "uri":
        found = rows(db, _INSTRUMENTS)
    else:
        return []
    is_known = any(row["value"] == value for row in found)
    return found if is_known else [{"value": value, "name": value}, *found]
