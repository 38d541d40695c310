"""Laws corrected by hand: a law as a text to edit, and the edited text back as a revision that every reparse keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from db.errors import ArchiveError
from db.law.decided_by_people import note_edit
from db.law.tree import about_law, tree
from parsers.law.edited_text import EditedClause, EditedTextError, read_edited, write_edited
from parsers.models import Capture
from parsers.record import parse

if TYPE_CHECKING:
    from pathlib import Path

    from db import Archive

PUBLISHER = "edited"
_DAYS = ("approved", "communicated", "gazetted")
_MAX_BYTES = 20_000_000


def text_to_edit(archive: Archive, key: str) -> str:
    """Return a law as a text to edit. Raises ArchiveError where the archive has none."""
    law = tree(archive.db, key)
    about = law.about
    heads = {
        "title": about["title"], "kind": about["kind"], "number": about["number"], "body": about["body"],
        "approved": about["approved_on"], "communicated": about["communicated_on"], "gazetted": about["gazetted_on"],
    }  # fmt: skip
    clauses = (EditedClause(n.depth, n.eid, n.label, n.heading or "", n.text) for n in law.nodes)
    return write_edited(heads, law.preamble, clauses, law.closing)


def read_edited_file(path: Path) -> str:
    """Return the text of an edited law, without a byte order mark. Raises ArchiveError for what is no such text."""
    with path.open("rb") as file:
        body = file.read(_MAX_BYTES + 1)
    if len(body) > _MAX_BYTES:
        raise ArchiveError(f"{path}: larger than any law ({_MAX_BYTES:,} bytes)")
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ArchiveError(f"{path}: no UTF-8 text; save it as UTF-8 in your editor") from error
    if not text.strip():
        raise ArchiveError(f"{path}: is empty; `bayegan law edit URI --out FILE` writes the law")
    return text


def take_back(archive: Archive, key: str, text: str, *, at: str, by: str) -> int:
    """Store an edited law as its current revision and return its number of clauses, in one transaction.

    Raises ArchiveError where the text cannot be read, or is that of another law.
    """
    about = about_law(archive.db, key)
    text = text.removeprefix("\ufeff")
    try:
        edited = read_edited(text)
    except EditedTextError as error:
        raise ArchiveError(f"{about['uri']}: {error}") from error
    capture = Capture(
        text.encode(), url=f"urn:bayegan:edited:{quote(about['uri'])}", headers={"x-bayegan-editor": quote(by)}, fetched_at=at,
        publisher=PUBLISHER,
    )  # fmt: skip
    record = parse(capture)
    for head in _DAYS:
        if edited.heads.get(head) and getattr(record.law, f"{head}_on", None) is None:
            raise ArchiveError(f"{about['uri']}: {head}: {edited.heads[head]!r} is no day; write 2019-05-05 or 1398-02-15")
    with archive.transaction():
        archive.store(capture, record, fetched="now")
        note_edit(archive.db, about["uri"], text, at=at, by=by)
        current = archive.db.execute(
            "SELECT d.url FROM current_laws c JOIN documents d ON d.revision_id = c.revision_id WHERE c.instrument_id = ?",
            [about["instrument_id"]],
        ).fetchone()
        if current is None or current[0] != capture.url:
            raise ArchiveError(
                f"{about['uri']}: the title and year of the edited text are those of another law; `law rename` changes a title"
            )
    return len(edited.tree.clauses)
