"""The watches of an archive: added, evaluated at the end of each run, and what is still to be told."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.errors import ArchiveError, is_damage
from db.moments import now
from db.statements import statement
from db.watch import matches
from db.watch.matches import Find
from db.watch.queries import WatchError, WatchQuery, check_watch, read_watch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sqlite_utils import Database

    from db.transactions import Transactions

_UNSEEN = statement("watch/unseen")
_WATCHES = statement("watch/watches")
_WAITING = statement("watch/waiting")
_ITEMS = statement("watch/items")
_WAITING_COLUMNS = ("item_id", "watch", "target", "digest", "found_at", "document_id")


@dataclass(frozen=True, slots=True)
class Watch:
    """A watch as it was added; see the table `watches`."""

    id: int
    name: str
    query: str
    targets: tuple[str, ...]
    digest: str
    is_declared: bool
    seen_revision: int


@dataclass(frozen=True, slots=True)
class WaitingItem:
    """Something that is to be told to one target."""

    item_id: int
    watch: str
    target: str
    digest: str
    found_at: str
    document_id: int | None
    content: dict[str, Any]


class Watches:
    """The watches of one archive."""

    def __init__(self, db: Database, transactions: Transactions) -> None:
        self._db = db
        self._transactions = transactions

    def add(
        self, name: str, query: str, targets: Sequence[str] = (), digest: str = "run",
        *, is_declared: bool = False, declared: frozenset[str] = frozenset(),
    ) -> int:  # fmt: skip
        """Add a watch; return how many things there were already, of which nobody is told. Raises WatchError, SearchError."""
        read = read_watch(query)
        check_watch(self._db, read, declared)
        with self._transactions.begin():
            if self._db.execute("SELECT 1 FROM watches WHERE name = ?", [name]).fetchone():
                raise ArchiveError(f"there is a watch `{name}` already; remove it first, or choose another name")
            row = [name, query, json.dumps(list(targets)), digest, is_declared, now(), self._last_revision()]
            sql = (
                "INSERT INTO watches (name, query, targets, digest, is_declared, added_at, seen_revision) "
                "VALUES (?, ?, ?, ?, ?, ?, ?)"
            )
            watch_id = self._db.execute(sql, row).lastrowid or 0
            found = self._unseen(watch_id, read, None)
            self._note(watch_id, found, None, ())
        return len(found)

    def remove(self, name: str) -> None:
        """Remove a watch with all that it found. Raises ArchiveError where there is none."""
        with self._transactions.begin():
            if not self._db.execute("DELETE FROM watches WHERE name = ?", [name]).rowcount:
                raise ArchiveError(f"there is no watch `{name}`; `bayegan watch list` names them")

    def follow(self, declared: Mapping[str, Mapping[str, Any]], publishers: frozenset[str]) -> None:
        """Bring the watches that the configuration file declares to what it says now.

        All of them, or none: raises WatchError, which names the watch, before anything is removed.
        """
        known = {watch.name: watch for watch in self.all()}
        for name, row in declared.items():
            if name not in known or known[name].query != row["query"]:
                self._check_declared(name, row["query"], publishers)
        for name, watch in known.items():
            if watch.is_declared and name not in declared:
                self.remove(name)
        for name, row in declared.items():
            before = known.get(name)
            if before and before.query == row["query"]:
                values = [json.dumps(row.get("to", [])), row["digest"], before.id]
                with self._transactions.begin():
                    self._db.execute("UPDATE watches SET targets = ?, digest = ?, is_declared = 1 WHERE id = ?", values)
                continue
            if before:
                self.remove(name)
            self.add(name, row["query"], row.get("to", ()), row["digest"], is_declared=True, declared=publishers)

    def _check_declared(self, name: str, query: str, publishers: frozenset[str]) -> None:
        try:
            check_watch(self._db, read_watch(query), publishers)
        except ArchiveError as error:
            raise WatchError(f"watches.{name}.query: {error}") from error

    def all(self) -> list[Watch]:
        """Return every watch, by name."""
        sql = "SELECT id, name, query, targets, digest, is_declared, seen_revision FROM watches ORDER BY name"
        rows = self._db.execute(sql).fetchall()
        return [Watch(row[0], row[1], row[2], tuple(json.loads(row[3])), row[4], bool(row[5]), row[6]) for row in rows]

    def get(self, name: str) -> Watch:
        """Return a watch. Raises ArchiveError where there is none."""
        found = next((watch for watch in self.all() if watch.name == name), None)
        if found is None:
            raise ArchiveError(f"there is no watch `{name}`; `bayegan watch list` names them")
        return found

    def evaluate(self, run: int) -> None:
        """Note what each watch finds that it has not found before, inside the transaction that ends the run.

        A watch that cannot be evaluated keeps the reason, and looks at the same documents again at the end of the next run.
        """
        command = self._db.execute("SELECT command FROM runs WHERE id = ?", [run]).fetchone()
        is_anew = command is not None and command[0] == "reparse"
        for watch in self.all():
            try:
                self._evaluate(watch, run, is_anew=is_anew)
            except (ArchiveError, sqlite3.Error) as error:
                if is_damage(error) or not self._db.conn.in_transaction:  # it is not the watch that failed
                    raise
                trouble = " ".join(str(error).split())
                self._db.execute("UPDATE watches SET trouble = ? WHERE id = ?", [trouble, watch.id])

    def _evaluate(self, watch: Watch, run: int, *, is_anew: bool) -> None:
        changed = None if is_anew else self._changed_after(watch.seen_revision)
        query = read_watch(watch.query)
        found = self._unseen(watch.id, query, changed)
        self._note(watch.id, found, run, watch.targets)
        if query.kind == "health":
            self._close_troubles(watch.id, query)
        sql = "UPDATE watches SET seen_revision = ?, trouble = NULL WHERE id = ?"
        self._db.execute(sql, [self._last_revision(), watch.id])

    def _last_revision(self) -> int:
        return int(self._db.execute("SELECT coalesce(max(id), 0) FROM revisions").fetchone()[0])

    def _changed_after(self, revision: int) -> list[int]:
        sql = "SELECT DISTINCT document_id FROM revisions WHERE id > ?"
        return [row[0] for row in self._db.execute(sql, [revision]).fetchall()]

    def _unseen(self, watch_id: int, query: WatchQuery, changed: Sequence[int] | None) -> list[Find]:
        """Return what the watch finds and has not found before."""
        others: list[Find] = []
        found: list[int] = []
        if query.kind == "health":
            others = matches.troubles(self._db, query)
        elif query.kind == "sql":
            found, others = matches.rows(self._db, query)
        elif changed is None or changed:
            found = matches.documents(self._db, query, changed)
        values = {"watch": watch_id, "documents": json.dumps(found)}
        unseen = self._db.execute(_UNSEEN, values).fetchall() if found else []
        told = [Find(item, number, content) for number, item in unseen if (content := matches.about(self._db, query, number))]
        return [*told, *(find for find in matches.unique(others) if not self._is_known(watch_id, find.item))]

    def _is_known(self, watch_id: int, item: str) -> bool:
        sql = "SELECT 1 FROM watch_items WHERE watch_id = ? AND item = ?"
        return self._db.execute(sql, [watch_id, item]).fetchone() is not None

    def _note(self, watch_id: int, found: Iterable[Find], run: int | None, targets: Sequence[str]) -> None:
        """Write down what was found, and for whom; without a run it was there before, and nobody is told."""
        sql = "INSERT INTO watch_items (watch_id, item, document_id, run_id, found_at, content) VALUES (?, ?, ?, ?, ?, ?)"
        at = now()
        for find in found:
            content = json.dumps(find.content, ensure_ascii=False) if run is not None else None
            item = self._db.execute(sql, [watch_id, find.item, find.document_id, run, at, content]).lastrowid
            waiting = [(item, target) for target in dict.fromkeys(targets)]
            self._db.conn.executemany("INSERT INTO watch_deliveries (item_id, target, state) VALUES (?, ?, 'waiting')", waiting)

    def _close_troubles(self, watch_id: int, query: WatchQuery) -> None:
        """Let what has come right be told again when it goes wrong again."""
        still = [find.item for find in matches.troubles(self._db, query)]
        sql = (
            "UPDATE watch_items SET item = item || ' until ' || :at || ' ' || id WHERE watch_id = :watch "
            "AND item NOT LIKE '% until %' AND item NOT IN (SELECT value FROM json_each(:still))"
        )
        self._db.execute(sql, {"at": now(), "watch": watch_id, "still": json.dumps(still)})

    def waiting(self) -> list[WaitingItem]:
        """Return what is to be told, the oldest first; what a run was telling when it was killed is among it."""
        rows = self._db.execute(_WAITING).fetchall()
        return [WaitingItem(**dict(zip(_WAITING_COLUMNS, row[:-1], strict=True)), content=json.loads(row[-1])) for row in rows]

    def note_delivery(self, item_ids: Sequence[int], target: str, state: str, trouble: str | None = None) -> None:
        """Note that something is being told to a target (`sending`), was (`sent`), or could not be (`waiting`)."""
        sql = (
            "UPDATE watch_deliveries SET state = :state, trouble = :trouble, tried_at = :at, "
            "attempts = attempts + (:state = 'sending') "
            "WHERE target = :target AND item_id IN (SELECT value FROM json_each(:items))"
        )
        values = {"state": state, "trouble": trouble, "at": now(), "target": target, "items": json.dumps(list(item_ids))}
        with self._transactions.begin():
            self._db.execute(sql, values)


def watch_rows(db: Database) -> list[dict[str, Any]]:
    """Return a row for each watch: name, query, digest, to, found, waiting, last_found_at, trouble."""
    return [{**row, "to": json.loads(row["to"])} for row in db.query(_WATCHES)]


def latest(db: Database, watch: Watch, limit: int) -> list[dict[str, Any]]:
    """Return the latest things that match a watch now, told or not, as `found_items` gives them. Raises WatchError."""
    query = read_watch(watch.query)
    documents: list[int] = []
    others: list[Find] = []
    if query.kind == "health":
        others = matches.troubles(db, query)
    elif query.kind == "sql":
        documents, others = matches.rows(db, query)
    else:
        documents = matches.documents(db, query)
    newest = sorted(documents, reverse=True)[:limit]
    told = [{**content, "document_id": number} for number in newest if (content := matches.about(db, query, number))]
    return [*told, *({**find.content, "document_id": None} for find in others)][:limit]


def found_items(db: Database, name: str, limit: int = 100) -> Iterator[dict[str, Any]]:
    """Yield what a watch found and told, the latest first: id, found_at, document_id, and what `content` holds."""
    for row in db.query(_ITEMS, {"name": name, "limit": limit}):
        yield {**json.loads(row.pop("content")), **row}
