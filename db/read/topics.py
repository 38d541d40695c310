"""Who writes about a topic, as far as an archive knows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from db.search.query import read_query
from db.search.wrong_values import check
from db.statements import statement
from db.watch.matches import searched

if TYPE_CHECKING:
    from sqlite_utils import Database

_PUBLISHERS = statement("read/topic_publishers")


def publishers_of(db: Database, topic: str, limit: int) -> list[dict[str, Any]]:
    """Return a row for each publisher with documents that a search finds, those with most first.

    publisher, name, documents, of (all its documents), share (of them, two decimals), first_on, last_on. Raises SearchError.
    """
    check(db, read_query(topic))
    found = json.dumps(searched(db, topic))
    return list(db.query(_PUBLISHERS, {"documents": found, "limit": limit}))
