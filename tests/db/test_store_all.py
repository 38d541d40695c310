"""Pages stored in batches come out as pages stored one by one."""

from __future__ import annotations

from itertools import batched

import pytest
from archive_pages import named, new_archive, page
from hypothesis import given, settings
from hypothesis import strategies as st

from db.archive import Archive
from db.write import batch
from parsers.models import Facts, InstrumentMention

LATER = "2026-11-02T10:00:00+03:30"
FEW = st.sampled_from
PAGES = st.lists(
    st.builds(
        lambda url, canonical, title, at, html, word: (
            (made := page(url, title, html=html, at=at, canonical_url=canonical, news_code="7"))[0],
            named(made[1], word, word, "title"),
        ),
        url=FEW(["https://sobh.example/1", "https://sobh.example/2", "https://sobh.example/3", None]),
        canonical=FEW([None, None, "https://sobh.example/1", "https://sobh.example/4"]),
        title=FEW(["بله رایگان شد", "گپ رایگان شد", "بله پولی شد"]),
        at=FEW(["2026-11-01T10:00:00+03:30", LATER]),
        html=FEW([b"<p>one</p>", b"<p>two</p>", None]),
        word=FEW(["بله", "گپ"]),
    ),
    min_size=1,
    max_size=12,
)


def dump(archive: Archive) -> dict[str, list[tuple]]:
    """Every row of every table; only the moment of storing may differ."""
    tables = [row[0] for row in archive.db.execute("select name from sqlite_master where type = 'table' order by name")]
    kept = [table for table in tables if not table.startswith(("search_", "sqlite_")) and table != "_sqlite_migrations"]
    rows = {table: archive.db.execute(f"select * from {table}").fetchall() for table in kept if table != "captures"}
    rows["captures"] = archive.db.execute("select id, document_id, blob_id, url, fetched_at, headers from captures").fetchall()
    rows["search"] = [archive.search(word) for word in ("بله", "گپ", "رایگان", "پولی")]
    return rows


@settings(max_examples=60, deadline=None)
@given(pages=PAGES, size=st.integers(1, 12))
def test_batches_of_any_size_give_the_rows_and_outcomes_of_single_pages(tmp_path_factory, pages, size):
    folder = tmp_path_factory.mktemp("batches")
    with new_archive(folder / "single.db") as single, new_archive(folder / "batches.db") as batches:
        one_by_one = [single.store(*each) for each in pages]
        together = [stored for batch in batched(pages, size) for stored in batches.store_all(batch)]
        assert together == one_by_one
        assert dump(batches) == dump(single)
        assert batches.db.execute("pragma foreign_key_check").fetchall() == []


def test_a_batch_that_breaks_leaves_nothing_and_the_next_one_is_stored(archive, monkeypatch):
    def write(_):
        raise OSError("disk full")

    monkeypatch.setattr(batch.Batch, "write", write)
    with pytest.raises(OSError, match="disk full"):
        archive.store_all([page(), page("https://sobh.example/news/2")])
    monkeypatch.undo()
    assert archive.db.execute("select count(*) from documents").fetchone() == (0,)
    assert [stored.document_id for stored in archive.store_all([page(), page("https://sobh.example/news/2")])] == [1, 2]


def test_an_instrument_that_one_page_of_a_batch_names_first_is_the_same_for_the_next(archive):
    naming = Facts(instruments=(InstrumentMention(0, 5, "قانون نو", "law", None, "body"),))
    archive.store_all([page(facts=naming), page("https://sobh.example/news/2", facts=naming)])
    sql = "select count(*), count(distinct instrument_id) from mentioned_instruments"
    assert archive.db.execute(sql).fetchone() == (2, 1)
