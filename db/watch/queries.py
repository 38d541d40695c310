"""What a watch may ask, and its reading.

پیام رسان publisher:asriran    a search, in the language of searches; messenger:bale is one
law:قانون مدیریت داده‌ها        documents that name a law or cite a clause of it; by title, URI or number
clause:بند ۱۱ /ir/scc/res/…    documents that cite a clause of it; clause:art_5__cl_2 URI by its eId
sql:SELECT …                  rows of a query; those with a document_id are documents
question:NAME                 one of the questions
health                        what goes wrong; health:asriran of one publisher
"""

from __future__ import annotations

import difflib
import re
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from db.errors import ArchiveError
from db.law.tree import own_eid
from db.read.questions import questions
from db.search import wrong_values
from db.search.query import read_query
from db.statements import statement
from parsers.lexicon import load
from parsers.persian.letters import fold_search

if TYPE_CHECKING:
    from sqlite_utils import Database

WatchKind = Literal["search", "law", "clause", "sql", "health"]
_PREFIX = re.compile(r"\s*(law|clause|sql|question|health)(?::\s*|\s*$)", re.IGNORECASE)
_EID = re.compile(r"[a-z]+_[^\s]+|[a-z]+(?=__)[^\s]*")
_INSTRUMENT = statement("watch/instrument")
_MAX_LENGTH = 4000


class WatchError(ArchiveError):
    """A watch asks for what cannot be; the message says what is wrong and what may be meant."""


@dataclass(frozen=True, slots=True)
class WatchQuery:
    """A query that was read: `text` is the search, the SQL, the law's key or the publisher.

    A clause has its eId, or a number with or without its unit.
    """

    kind: WatchKind
    text: str
    eid: str | None = None
    unit: str | None = None
    number: str | None = None


def read_watch(text: str) -> WatchQuery:
    """Read what a watch asks. Raises WatchError."""
    if not text.strip() or len(text) > _MAX_LENGTH:
        raise WatchError(f"a watch wants a query of at most {_MAX_LENGTH} letters")
    found = _PREFIX.match(text)
    if found is None:
        return WatchQuery("search", text.strip())
    kind, rest = found[1].lower(), text[found.end() :].strip()
    if kind == "health":
        return WatchQuery("health", rest)
    if not rest:
        raise WatchError(f"{kind}: wants something after the colon")
    if kind == "question":
        return WatchQuery("sql", _question(rest))
    if kind == "clause":
        return _clause(rest)
    return WatchQuery("law" if kind == "law" else "sql", rest)


def check_watch(db: Database, query: WatchQuery, declared: frozenset[str] = frozenset()) -> None:
    """Raise WatchError or SearchError where a query names what is not there. `declared` are publishers that may come."""
    if query.kind == "search":
        try:
            wrong_values.check(db, read_query(query.text))
        except wrong_values.SearchError as error:
            if any(one.field != "publisher" or one.why != "unknown" or one.value not in declared for one in error.wrong):
                raise
    elif query.kind == "health" and query.text:
        known = {row[0] for row in db.execute("SELECT slug FROM publishers")} | declared
        if query.text not in known:
            raise WatchError(f"health:{query.text}: no such publisher{_hint(query.text, known)}")
    elif query.kind == "sql":
        _check_sql(db, query.text)
    elif query.text:
        instrument_of(db, query.text)


def instrument_of(db: Database, key: str) -> int:
    """Return the number of the instrument of this number, URI, title or short name. Raises WatchError."""
    folded = fold_search(key)
    row = db.execute(_INSTRUMENT, {"key": key, "title": folded}).fetchone()
    if row is None:
        titles = dict(db.execute("SELECT title_folded, title FROM instruments WHERE title_folded IS NOT NULL").fetchall())
        close = [titles[found] for found in difflib.get_close_matches(folded, titles, n=1)]
        raise WatchError(f"no law `{key}` is known here" + (f"; did you mean «{close[0]}»?" if close else ""))
    return int(row[0])


def clause_eid(db: Database, query: WatchQuery, instrument: int) -> str | None:
    """Return the eId that the law itself gives the clause of a query; None where it was named by number."""
    return own_eid(db, instrument, query.eid) if query.eid else None


def _clause(text: str) -> WatchQuery:
    """Read `art_5 LAW`, `بند ۱۱ LAW` or `11 LAW`; the law may be left out."""
    first, _, rest = text.partition(" ")
    if _EID.fullmatch(first):
        if not rest.strip():
            raise WatchError(f"clause:{first}: wants the law as well")
        return WatchQuery("clause", rest.strip(), eid=first)
    number = fold_search(first)
    if number.isdigit():
        return WatchQuery("clause", rest.strip(), number=number)
    unit = _units().get(fold_search(first))
    second, _, law = rest.strip().partition(" ")
    if unit is None or not second:
        known = "، ".join(dict.fromkeys(_units().values()))
        raise WatchError(f"clause:{text}: wants a unit and a number, as in clause:بند ۱۱; units are {known}")
    return WatchQuery("clause", law.strip(), unit=unit, number=fold_search(second))


def _units() -> dict[str, str]:
    """Return the names of units, folded, to the names that citations print."""
    units = load("units")["unit"].values()
    return {fold_search(name): unit["name"] for unit in units for name in (unit["name"], *unit["singular"])}


def _question(name: str) -> str:
    question = questions().get(name)
    if question is None:
        raise WatchError(f"question:{name}: no such question{_hint(name, questions())}")
    if question.parameters:
        raise WatchError(f"question:{name}: has parameters ({', '.join(question.parameters)}); write its SQL after sql:")
    return question.sql


def _check_sql(db: Database, sql: str) -> None:
    from db.watch.sql_rows import limited, reading_only

    try:
        with reading_only(db):
            cursor = db.execute(limited(sql, 0))
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise WatchError(f"sql: {error}") from error
    if cursor.description is None:
        raise WatchError("sql: give a SELECT")


def _hint(name: str, known: object) -> str:
    close = difflib.get_close_matches(name, list(known), n=3)  # type: ignore[call-overload]
    return f"; did you mean {', '.join(close)}?" if close else ""
