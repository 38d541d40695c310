from __future__ import annotations

import pytest
from archive_pages import named, page
from sqlite_utils import Migrations

from db import migrations
from db.archive import Archive, OlderArchive
from db.connection import open_writer
from db.search import index
from db.write import lexicon_tables

STEPS = [step.name for step in migrations.migrations._migrations]


def test_steps_that_shipped_keep_their_names_and_order():
    assert STEPS[:2] == ["archive", "frontier"]


@pytest.mark.parametrize("version", range(1, len(STEPS) + 1))
def test_an_archive_of_every_earlier_version_is_brought_forward_with_what_it_holds(tmp_path, version):
    path = tmp_path / "archive.db"
    old = open_writer(path)
    stop = STEPS[version] if version < len(STEPS) else None
    migrations.migrations.apply(old, stop_before=stop)
    old.execute("insert into publishers (slug, name) values ('asr', 'عصر')")
    old.close()
    with Archive(path) as archive:
        assert archive.db.execute("select slug, name from publishers").fetchall() == [("asr", "عصر")]
        assert archive.store(*page(publisher="asr")).outcome == "inserted"
        assert migrations.migrations.pending(archive.db) == []


def test_a_reader_does_not_guess_at_an_older_archive(tmp_path):
    path = tmp_path / "archive.db"
    old = open_writer(path)
    migrations.migrations.apply(old, stop_before=STEPS[-1])
    old.close()
    with pytest.raises(OlderArchive, match="`bayegan upgrade` brings it up to date"):
        Archive(path, readonly=True)


def test_a_step_that_breaks_half_way_leaves_the_archive_as_it_was(tmp_path, monkeypatch):
    with Archive(tmp_path / "archive.db") as archive:
        archive.store(*page())
    later = Migrations("bayegan")
    later._migrations.extend(migrations.migrations._migrations)

    @later()
    def broken(db):
        db.execute("create table half (a text) strict")
        db.execute("update documents set url = 'lost'")
        raise RuntimeError("power")

    monkeypatch.setattr(migrations, "migrations", later)
    with pytest.raises(RuntimeError):
        Archive(tmp_path / "archive.db")
    monkeypatch.undo()
    with Archive(tmp_path / "archive.db") as archive:
        assert "half" not in archive.db.table_names()
        assert archive.document(1).url == "https://sobh.example/news/1"


def test_opening_again_writes_nothing(tmp_path):
    path = tmp_path / "archive.db"
    Archive(path).close()
    with Archive(path) as archive:
        assert archive.db.conn.total_changes == 0


def test_changed_views_are_made_anew(archive, monkeypatch):
    views = migrations.view_definitions() | {"extra": "CREATE VIEW extra AS SELECT 1 AS one"}
    monkeypatch.setattr(migrations, "view_definitions", lambda: views)
    archive.close()
    with Archive(archive.path) as again:
        assert again.db.execute("select one from extra").fetchone() == (1,)
    monkeypatch.undo()
    with Archive(archive.path) as again:
        assert "extra" not in again.db.view_names()


def test_a_changed_lexicon_reaches_the_authority_tables_and_keeps_ids(archive, monkeypatch):
    capture, record = page()
    archive.store(capture, named(named(record, "بله", "bale"), "مدیر", "newcomer"))
    before = dict(archive.db.execute("select slug, id from messengers").fetchall())
    archive.close()
    entry = {"name": "تازه", "name_latin": "New", "kind": "messenger", "domestic": True, "aliases": ["تازه‌وارد"]}
    original = lexicon_tables._lexicon
    monkeypatch.setattr(
        lexicon_tables, "_lexicon", lambda name: original(name) | ({"newcomer": entry} if name == "messengers" else {})
    )
    monkeypatch.setattr(lexicon_tables, "_digest", lambda: "other")
    with Archive(archive.path) as again:
        assert dict(again.db.execute("select slug, id from messengers").fetchall()) == before
        assert again.db.execute("select name, domestic from messenger_mentions where messenger = 'newcomer'").fetchall() == [
            ("تازه", 1)
        ]
        assert again.search('messenger:"تازه وارد"').total == 1


@pytest.mark.parametrize("table", ["messengers", "bodies", "agencies", "instruments", "instrument_sessions", "messenger_events"])
def test_the_lexicon_fills_the_authority_tables(archive, table):
    assert archive.db.table(table).count > 5


def test_aliases_lead_to_the_authority_tables(archive):
    for kind, table, key in (
        ("messenger", "messengers", "slug"), ("body", "bodies", "slug"), ("agency", "agencies", "slug"),
        ("instrument", "instruments", "uri"),
    ):  # fmt: skip
        lost = f"select count(*) from aliases where kind = ? and slug not in (select {key} from {table})"
        assert archive.db.execute(lost, [kind]).fetchone() == (0,)
        assert archive.db.execute("select count(*) from aliases where kind = ?", [kind]).fetchone() > (5,)


def test_another_version_of_the_search_index_is_made_anew(archive, monkeypatch):
    archive.store(*page(title="نخست"))
    archive.db.execute("insert into search (search) values ('delete-all')")
    assert archive.search("نخست").total == 0
    archive.close()
    monkeypatch.setattr(index, "VERSION", "next")
    with Archive(archive.path) as again:
        assert again.search("نخست").total == 1


def test_addresses_of_an_earlier_version_get_the_days_that_are_known_of_them(tmp_path):
    path = tmp_path / "archive.db"
    old = open_writer(path)
    migrations.migrations.apply(old, stop_before="backfill")
    old.execute("insert into publishers (id, slug) values (1, 'asr')")
    old.execute(
        "insert into documents (id, publisher_id, url, kind, published_on, first_seen_at, last_seen_at) "
        "values (1, 1, 'u', 'article', '2024-05-01', '2024-05-02', '2024-05-02')"
    )
    for url, printed, document in (("a", "2024-05-03T21:00:00Z", None), ("b", "2024-05-09T08:00:00Z", 1), ("c", None, None)):
        old.execute(
            "insert into frontier_urls (publisher, url, printed_at, document_id, discovered_at) values ('asr', ?, ?, ?, '2024')",
            [url, printed, document],
        )
    old.close()
    with Archive(path) as archive:
        rows = archive.db.execute("select url, earliest_on, latest_on from frontier order by url").fetchall()
    assert rows == [("a", None, "2024-05-04"), ("b", "2024-05-01", "2024-05-01"), ("c", None, None)]
