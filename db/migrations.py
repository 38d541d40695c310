"""The schema's history, one step after another, and the views on top of it.

A step that has shipped is never edited: what changes is a further step. Views and the search index hold nothing of
their own, so they are made anew whenever their definition changes.
"""

from __future__ import annotations

import hashlib
import sqlite3
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from db.errors import NewerArchive, OlderArchive
from db.meta import get_meta, set_meta
from db.sqlite import Migrations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlite_utils import Database

migrations = Migrations("bayegan")
SNIPPET = (
    "replace(substr(CASE m.section WHEN 'body' THEN r.body WHEN 'lead' THEN r.lead WHEN 'title' THEN r.title "
    "ELSE r.kicker END, m.snippet_start + 1, m.snippet_end - m.snippet_start), char(10), ' ')"
)


@migrations()
def archive(db: Database) -> None:
    """Publishers, runs, captures, documents, revisions, authority tables, mentions, the search index."""
    _run_file(db, "0001_archive.sql")


@migrations()
def frontier(db: Database) -> None:
    """What the crawl knows of URLs, hosts and sources."""
    _run_file(db, "0001_frontier.sql")


@migrations()
def laws(db: Database) -> None:
    """Texts of laws, their clauses, what they do to other laws."""
    _run_file(db, "0002_laws.sql")


@migrations()
def stories(db: Database) -> None:
    """Near-duplicates across publishers."""
    _run_file(db, "0003_stories.sql")


@migrations()
def backfill(db: Database) -> None:
    """Days that sources have been listed for, days within which pages were published."""
    _run_file(db, "0004_backfill.sql")


@migrations()
def statistics(db: Database) -> None:
    """What questions about the whole archive are answered from."""
    _run_file(db, "0005_statistics.sql")


@migrations()
def neighbours(db: Database) -> None:
    """Messengers near councils and clauses."""
    _run_file(db, "0006_neighbours.sql")


@migrations()
def stories_by_day(db: Database) -> None:
    """What stories are found by."""
    _run_file(db, "0007_stories.sql")


@migrations()
def rules_and_sightings(db: Database) -> None:
    """The rule of every fact, every moment at which a page was seen."""
    _run_file(db, "0008_rules_and_sightings.sql")


@migrations()
def addresses(db: Database) -> None:
    """Addresses as they were named, and the spellings under which their documents are found."""
    _run_file(db, "0009_addresses.sql")
    _ascii_hosts(db)


@migrations()
def law_versions(db: Database) -> None:
    """What laws said on each day, and how they were changed."""
    _run_file(db, "0010_law_versions.sql")


@migrations()
def search_lemmas(db: Database) -> None:
    """Lemmas next to the words of the search index."""
    _run_file(db, "0011_search_lemmas.sql")


@migrations()
def dictionaries(db: Database) -> None:
    """What the pages of one publisher have in common, for packing them."""
    _run_file(db, "0014_dictionaries.sql")


@migrations()
def watches(db: Database) -> None:
    """What somebody is told of when it happens."""
    _run_file(db, "0012_watches.sql")


@migrations()
def furniture(db: Database) -> None:
    """Lines that publishers print on most of their pages."""
    _run_file(db, "0015_furniture.sql")


@migrations()
def counts(db: Database) -> None:
    """Which clauses each document cites, and how many documents name the same messengers."""
    _run_file(db, "0016_counts.sql")


@migrations()
def clocks(db: Database) -> None:
    """What the machine's clock showed in each run."""
    _run_file(db, "0017_clocks.sql")


@migrations()
def names_by_document(db: Database) -> None:
    """Which meetings and instruments each document names."""
    _run_file(db, "0018_names_by_document.sql")


def migrate(db: Database) -> None:
    """Brings the archive to today's schema, each step in its own transaction. Raises NewerArchive."""
    refuse_newer(db)
    if migrations.pending(db):
        migrations.apply(db)
    _refresh_views(db)


def refuse_newer(db: Database) -> None:
    """Raises NewerArchive where the archive has steps that this version does not know."""
    known = {step.name for step in migrations._migrations}  # noqa: SLF001  (no public list of the steps in 4.2)
    unknown = [step.name for step in migrations.applied(db) if step.name not in known]
    if unknown:
        raise NewerArchive(f"made by a later version of bayegan (step `{unknown[0]}`); upgrade bayegan to use this archive")


def refuse_older(db: Database, path: Path) -> None:
    """Raises OlderArchive where a writer would have to bring the archive forward first."""
    if migrations.pending(db):
        raise OlderArchive(f"{path}: made by an earlier version of bayegan; `bayegan upgrade` brings it up to date")


def statements(script: str) -> Iterator[str]:
    """Yield the statements of a script, one by one: sqlite3's executescript would end the transaction."""
    lines: list[str] = []
    for line in script.splitlines(keepends=True):
        if not lines and (not line.strip() or line.startswith("--")):
            continue
        lines.append(line)
        statement = "".join(lines)
        if ";" in line and sqlite3.complete_statement(statement):
            yield statement
            lines = []


@cache
def view_definitions() -> dict[str, str]:
    """Name of each view and its SQL."""
    files = sorted((resources.files("db") / "views").iterdir(), key=lambda file: file.name)
    return {
        file.name.removesuffix(".sql"): file.read_text("utf-8").replace("{snippet}", SNIPPET)
        for file in files
        if file.name.endswith(".sql")
    }


def _run_file(db: Database, name: str) -> None:
    for statement in statements((resources.files("db") / "migration_steps" / name).read_text("utf-8")):
        db.execute(statement)


def _ascii_hosts(db: Database) -> None:
    """Add the punycode spelling of every address whose host is written in another script."""
    found = db.execute("SELECT publisher_id, url, document_id FROM document_urls WHERE url GLOB 'http*[^ -~]*'").fetchall()
    for publisher_id, url, document_id in found:
        scheme, _, rest = url.partition("://")
        host, slash, path = rest.partition("/")
        try:
            row = [publisher_id, f"{scheme}://{host.encode('idna').decode('ascii')}{slash}{path}", document_id]
        except UnicodeError:
            continue
        db.execute("INSERT OR IGNORE INTO document_urls (publisher_id, url, document_id) VALUES (?, ?, ?)", row)


def _refresh_views(db: Database) -> None:
    views = view_definitions()
    digest = hashlib.sha256("\0".join(views.values()).encode()).hexdigest()
    if get_meta(db, "views") == digest:
        return
    with db.atomic():
        for name in db.view_names():
            db.execute(f'DROP VIEW "{name}"')
        for definition in views.values():
            db.execute(definition)
        set_meta(db, "views", digest)
