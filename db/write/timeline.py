"""When a document said what: its revisions and sightings in the order of time, and what a further look at it means.

A revision is where a text begins, a sighting a moment at which the text of an earlier capture was seen again. Whatever the order
in which pages come, the history that results is that of the pages in the order in which they were fetched.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.moments import instant, is_long_after, known_moment, second_after
from db.statements import statement

if TYPE_CHECKING:
    from datetime import datetime

    from sqlite_utils import Database

_REVISIONS = statement("write/timeline_revisions")
_CAPTURES = statement("write/timeline_captures")
_SIGHTINGS = statement("write/timeline_sightings")
_BELIEVE = (
    "UPDATE OR REPLACE sightings SET seen_at = :at WHERE document_id = :id AND seen_at = :old",
    "UPDATE captures SET fetched_at = :at WHERE document_id = :id AND fetched_at = :old",
    "UPDATE revisions SET captured_at = :at WHERE document_id = :id AND captured_at = :old",
    "UPDATE documents SET first_seen_at = :at WHERE id = :id AND first_seen_at = :old",
    "UPDATE documents SET last_seen_at = :at WHERE id = :id AND last_seen_at = :old",
)


@dataclass(frozen=True, slots=True)
class Observation:
    """A moment at which a document had a text: a revision; without one, a capture that repeats the text before it; without
    bytes, a sighting of the text of a capture."""

    seen_at: str
    capture_id: int
    text_hash: bytes
    revision_id: int | None = None
    number: int = 0
    has_bytes: bool = False

    @property
    def order(self) -> tuple[datetime, bytes, bool, int]:
        """What observations are sorted by. The order of texts of one second is nobody's to know; by their hashes it is the same
        in every archive that has them, whichever was added to which."""
        return instant(self.seen_at), self.text_hash, self.revision_id is None, self.capture_id


def observations(db: Database, document_id: int) -> list[Observation]:
    """Return what is known of a document's texts, in the order of time."""
    found = [Observation(*row) for row in db.execute(_REVISIONS, [document_id]).fetchall()]
    for fetched_at, stored_at, capture_id, digest in db.execute(_CAPTURES, [document_id]).fetchall():
        found.append(Observation(known_moment(fetched_at) or stored_at, capture_id, digest, has_bytes=True))
    found += [Observation(*row) for row in db.execute(_SIGHTINGS, [document_id]).fetchall()]
    return sorted(found, key=lambda one: one.order)


@dataclass(frozen=True, slots=True)
class Repeat:
    """A look at a page that only repeats the text of a capture; `is_known` if the same look is noted already."""

    capture_id: int
    is_known: bool


def find_repeat(seen: list[Observation], seen_at: str, digest: bytes) -> Repeat | None:
    """Return what a text that was seen at a moment repeats; None if a revision begins with it."""
    moment = instant(seen_at)
    same = next((one for one in seen if one.text_hash == digest and instant(one.seen_at) == moment), None)
    if same:
        return Repeat(same.capture_id, is_known=True)
    place = bisect_right(seen, moment, key=lambda one: instant(one.seen_at))
    before = seen[place - 1] if place else None
    return Repeat(before.capture_id, is_known=False) if before and before.text_hash == digest else None


def correct_future(db: Database, document_id: int, present: str) -> None:
    """Correct moments of a document that are more than a day after the present: a wrong clock showed them.

    Such a look was before the present, nobody knows how long. It counts as one of the last seconds before it, and such
    looks keep their order.
    """
    known = sorted({one.seen_at for one in observations(db, document_id)} | _life(db, document_id), key=instant)
    wrong = [moment for moment in known if is_long_after(moment, present)]
    at = second_after(present, -len(wrong) - 1)
    if len(wrong) < len(known):
        at = max(at, known[-len(wrong) - 1], key=instant)
    for old in wrong:
        at = second_after(at)
        for statement_ in _BELIEVE:
            db.execute(statement_, {"at": at, "id": document_id, "old": old})


def _life(db: Database, document_id: int) -> set[str]:
    """Return when a document was first and last seen."""
    return set(db.execute("SELECT first_seen_at, last_seen_at FROM documents WHERE id = ?", [document_id]).fetchone())
