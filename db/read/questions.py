"""The questions people ask most, as SQL files in db/questions: a Persian title, parameters with their defaults, a query."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError
from db.search.documents import Expression
from db.search.query import read_query

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database

_WORDS = "words"  # the parameter that is looked for in the index
_PARAMETER = re.compile(r"-- :(\w+) = (.*)")


@dataclass(frozen=True, slots=True)
class Question:
    """A question: its name, its Persian title, the defaults of its parameters, its SQL."""

    name: str
    title: str
    parameters: Mapping[str, str]
    sql: str


@cache
def questions() -> dict[str, Question]:
    """Return every question by its name, in their order."""
    files = sorted((resources.files("db.read") / "questions_sql").iterdir(), key=lambda file: file.name)
    found = [_read(file.name, file.read_text("utf-8")) for file in files if file.name.endswith(".sql")]
    return {question.name: question for question in found}


def ask(db: Database, name: str, **parameters: object) -> list[dict[str, Any]]:
    """Return the rows that answer a question. Raises ArchiveError where there is no such question or parameter."""
    question = questions().get(name)
    if question is None:
        raise ArchiveError(f"no question `{name}`; there are {', '.join(questions())}")
    unknown = sorted(set(parameters) - set(question.parameters))
    if unknown:
        raise ArchiveError(f"the question `{name}` has no parameter `{unknown[0]}`")
    values = {**question.parameters, **parameters}
    if _WORDS in values:
        values[_WORDS] = _expression(db, str(values[_WORDS]))
    return list(db.query(question.sql, values))


def _expression(db: Database, words: str) -> str:
    """Words in the language of searches as FTS5 reads them, folded as the index is; an expression is never malformed."""
    query = read_query(words)
    return (Expression(db).of(query.expression).wanted if query.expression else None) or '""'


def _read(file_name: str, text: str) -> Question:
    lines = text.splitlines()
    parameters = {found[1]: found[2] for line in lines[1:] if (found := _PARAMETER.fullmatch(line))}
    name = file_name.removesuffix(".sql").partition("_")[2]
    return Question(name, lines[0].removeprefix("-- ").strip(), parameters, text)
