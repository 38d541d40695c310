"""Lines that a publisher prints on most of its pages, learned from its latest articles.

Texts are stored with them, so that what is learned does not depend on what was learned before.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from db.meta import get_meta, set_meta
from db.statements import statement
from parsers.models import Issue
from parsers.persian.lines import is_furniture, line_keys

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sqlite_utils import Database

_LATEST = 200  # articles that are looked at
_FEWEST = 8  # different ones from which anything is learned
_SHARE = 0.5  # of them that must have a line
_GROWTH = 1.1  # how much more there must be before it is learned again
_BODIES = statement("write/furniture_bodies")
_MENTIONS = statement("write/furniture_mentions")
_NOTED = "furniture"  # in `meta`: how many articles of each publisher there were when it was learned
_SHOWN = 60  # letters of a line in a message


def furniture(db: Database) -> dict[str, frozenset[str]]:
    """Return the keys of each publisher's lines, by its slug."""
    found: dict[str, set[str]] = {}
    for slug, key in db.execute("SELECT p.slug, f.line_key FROM furniture f JOIN publishers p ON p.id = f.publisher_id"):
        found.setdefault(slug, set()).add(key)
    return {slug: frozenset(keys) for slug, keys in found.items()}


def learn(db: Database, *, again: bool = False) -> None:
    """Learn the lines of publishers that have a tenth more articles than when it was last done; of all of them with `again`."""
    noted: dict[str, int] = json.loads(get_meta(db, _NOTED) or "{}")
    counts = db.execute("SELECT publisher_id, count(*) FROM documents WHERE kind = 'article' GROUP BY 1").fetchall()
    due = {str(publisher): count for publisher, count in counts if again or count >= _next(noted.get(str(publisher), 0))}
    for publisher in due:
        _learn(db, int(publisher))
    noted |= due
    if due:
        set_meta(db, _NOTED, json.dumps(noted))


def _next(count: int) -> float:
    """Return how many articles there must be for learning again after it was done with so many."""
    return max(_FEWEST, count * _GROWTH)


def _learn(db: Database, publisher: int) -> None:
    bodies = list(dict.fromkeys(row[0] for row in db.execute(_BODIES, {"publisher": publisher, "limit": _LATEST})))
    keys: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for body in bodies if len(bodies) >= _FEWEST else ():
        own = {key: line for line in body.split("\n") for key in line_keys(line)}
        keys.update(own.keys())
        examples |= own
    common = {key: count for key, count in keys.items() if count >= len(bodies) * _SHARE}
    rows = [(publisher, key, examples[key], count, len(bodies)) for key, count in sorted(common.items())]
    db.execute("DELETE FROM furniture WHERE publisher_id = ?", [publisher])
    db.conn.executemany("INSERT INTO furniture VALUES (?, ?, ?, ?, ?)", rows)


def furniture_issues(db: Database) -> Iterator[tuple[str, Issue]]:
    """Yield, for each publisher with such lines, its slug and what there is to know of them.

    A warning where facts of earlier readings stand in them: a reparse takes those out.
    """
    for slug, known in sorted(furniture(db).items()):
        sql = "SELECT DISTINCT example FROM furniture f JOIN publishers p ON p.id = f.publisher_id WHERE p.slug = ?"
        lines = [line for (line,) in db.execute(sql, [slug]) if is_furniture(line, known)]
        if not lines:
            continue
        shown = ", ".join(f"«{line[:_SHOWN]}»" for line in sorted(lines, key=len)[:2])
        message = f"{len(lines)} lines stand on most of its pages and are kept out of facts: {shown}"
        stale = sum(_in_furniture(db.execute(_MENTIONS, {"publisher": slug}).fetchall(), known))
        if stale:
            yield slug, Issue("warning", "furniture_facts", f"{message}; {stale} facts stand in them: run `bayegan reparse`")
        else:
            yield slug, Issue("info", "furniture", message)


def _in_furniture(mentions: Iterable[tuple[str, int]], known: frozenset[str]) -> Iterator[bool]:
    for body, start in mentions:
        begin, end = body.rfind("\n", 0, start) + 1, body.find("\n", start)
        yield is_furniture(body[begin : end if end >= 0 else None], known)
