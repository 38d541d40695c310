"""Pages of one publisher are packed with what they have in common."""

from __future__ import annotations

import random
from contextlib import suppress
from hashlib import sha256

import pytest
import zstandard
from archive_pages import new_archive, page

from db import migrations
from db.archive import Archive, ArchiveError
from db.connection import open_writer
from db.upkeep.check import check
from db.upkeep.recover import Recovery
from db.write import dictionaries
from db.write.captures import Captures

PAGES = 120


@pytest.fixture(autouse=True)
def _trained_early(monkeypatch):
    monkeypatch.setattr(dictionaries, "_FIRST", 20)
    monkeypatch.setattr(dictionaries, "_SAMPLES", 20)
    monkeypatch.setattr(dictionaries, "_GROWTH", 3)


def pages(count=PAGES, publisher="sobh", seed=1):
    """Pages that share their menus and differ in what they say."""
    pick = random.Random(seed)
    words = [f"{pick.randrange(10**8)}" for _ in range(900)]
    menu = " ".join(f"<li><a href='/section/{word}'>{word}</a></li>" for word in words)
    for n in range(count):
        text = " ".join(pick.choices(words, k=40))
        url = f"https://{publisher}.example/news/{n}"
        yield page(title=f"خبر {n}", html=f"<nav>{menu}</nav><p>{n} {text}".encode(), url=url, publisher=publisher)


def filled(archive, size=10, **which):
    every = list(pages(**which))
    for begin in range(0, len(every), size):
        archive.store_all(every[begin : begin + size])
    return [capture.body for capture, _ in every]


def sizes(archive, having):
    return [row[0] for row in archive.db.execute(f"select length(data) from blobs where {having}").fetchall()]


def test_pages_come_out_as_they_went_in_and_take_a_fraction(archive):
    bodies = filled(archive)
    assert [archive.captures.read(n + 1).body for n in range(PAGES)] == bodies
    alone, together = sizes(archive, "dictionary_id is null"), sizes(archive, "dictionary_id is not null")
    assert len(alone) + len(together) == PAGES
    assert len(together) >= PAGES - 40
    assert max(together) < min(alone) / 5


@pytest.mark.parametrize("size", [1, 7, PAGES])
def test_however_many_pages_come_at_once_all_come_out(tmp_path, size):
    with Archive(tmp_path / "batches.db") as archive:
        bodies = filled(archive, size)
        assert [archive.captures.read(n + 1).body for n in range(PAGES)] == bodies


def test_a_publisher_gets_a_new_dictionary_as_it_grows_and_old_pages_keep_theirs(archive):
    bodies = filled(archive)
    assert archive.db.execute("select count(*) from dictionaries").fetchone() == (2,)
    used = archive.db.execute("select count(distinct dictionary_id) from blobs").fetchone()
    assert used == (2,)
    assert archive.captures.read(50).body == bodies[49]


def test_each_publisher_has_its_own(archive):
    for seed, publisher in enumerate(("sobh", "zohr")):
        filled(archive, publisher=publisher, seed=seed)
    strange = archive.db.execute(
        "select count(*) from blobs b join captures c on c.blob_id = b.id join dictionaries d on d.id = b.dictionary_id "
        "where d.publisher_id <> c.publisher_id"
    ).fetchone()
    assert strange == (0,)


def test_an_archive_opened_again_goes_on_with_the_same_dictionary(tmp_path):
    every = list(pages(40))
    for number, (begin, end) in enumerate(((0, 20), (20, 30), (30, 40))):
        with Archive(tmp_path / "archive.db") as archive:
            archive.store_all(every[begin:end])
            assert archive.db.execute("select count(*) from dictionaries").fetchone()[0] == min(number, 1)


def test_a_dictionary_that_a_rollback_took_away_is_forgotten(archive):
    every = list(pages(50))
    archive.store_all(every[:20])
    with suppress(RuntimeError), archive.transaction():
        archive.store_all(every[20:30])
        assert archive.db.execute("select count(*) from dictionaries").fetchone() == (1,)
        raise RuntimeError
    assert archive.db.execute("select count(*) from dictionaries").fetchone() == (0,)
    archive.store_all(every[20:])
    assert [archive.captures.read(n + 1).body for n in range(50)] == [capture.body for capture, _ in every]
    assert check(archive.db, deep=True) == []


def test_a_damaged_dictionary_is_read_from_its_copy(archive):
    bodies = filled(archive)
    archive.db.execute("update dictionaries set data = zeroblob(30)")
    archive.captures.clear()
    assert [archive.captures.read(n + 1).body for n in range(PAGES)] == bodies
    assert [finding.code for finding in check(archive.db, deep=True)] == ["dictionaries"]
    archive.db.execute("update dictionary_copies set data = zeroblob(30)")
    archive.captures.clear()
    packed = "select id from blobs where dictionary_id = 1 limit 1"
    with pytest.raises(ArchiveError, match="dictionary 1 and its copy are damaged"):
        archive.captures.body(archive.db.execute(packed).fetchone()[0])


def test_a_program_of_another_language_needs_zstd_and_two_rows(archive):
    """What docs/archive.md says of reading a blob from outside."""
    bodies = filled(archive)
    row = "select b.data, d.data, b.bytes from blobs b join dictionaries d on d.id = b.dictionary_id where b.id = ?"
    data, dictionary, size = archive.db.execute(row, [PAGES]).fetchone()
    words = zstandard.ZstdCompressionDict(zstandard.decompress(dictionary))
    assert zstandard.ZstdDecompressor(dict_data=words).decompress(data) == bodies[-1]
    assert size == len(bodies[-1])


def test_captures_of_an_earlier_version_are_packed_later(archive, monkeypatch):
    monkeypatch.setattr(dictionaries, "_FIRST", 10**9)
    bodies = filled(archive)
    assert sizes(archive, "dictionary_id is not null") == []
    monkeypatch.setattr(dictionaries, "_FIRST", 20)
    archive.captures.clear()
    shown = []
    assert archive.pack_captures(lambda done, total: shown.append((done, total))) == PAGES
    assert shown[-1] == (PAGES, PAGES)
    assert sizes(archive, "dictionary_id is null") == []
    assert [archive.captures.read(n + 1).body for n in range(PAGES)] == bodies
    assert archive.pack_captures() == 0
    assert check(archive.db, deep=True) == []


def test_bytes_of_an_archive_without_dictionaries_are_read_as_they_are(tmp_path):
    """`recover` reads damaged archives of earlier versions without bringing them forward."""
    old = open_writer(tmp_path / "old.db")
    migrations.migrations.apply(old, stop_before="dictionaries")
    body = b"<p>text" * 50
    old["blobs"].insert({"id": 1, "sha256": sha256(body).digest(), "bytes": len(body), "data": zstandard.compress(body)})
    assert Captures(old).body(1) == body
    old.close()


@pytest.mark.parametrize("html", [b"", b"x", b"\x00" * 30])
def test_pages_without_anything_in_common_are_packed_on_their_own(archive, html):
    every = [page(title=f"خبر {n}", html=html + bytes([n]) * (n % 3), url=f"https://a.example/{n}") for n in range(60)]
    for one in every:
        archive.store(*one)
    assert [archive.captures.read(n + 1).body for n in range(60)] == [capture.body for capture, _ in every]


def test_a_long_page_among_empty_ones_ends_no_process(tmp_path):
    """zstd's trainer crashes where all but the last of its samples are empty."""
    for only in range(8, 20):
        with new_archive(tmp_path / f"{only}.db") as archive:
            bodies = [f"<p>{n}".encode() * (4000 if n in {only, 23} else 0) for n in range(24)]
            for n, body in enumerate(bodies):
                archive.captures.clear()  # as another process, which counts the captures anew
                archive.store(*page(title=f"خبر {n}", html=body, url=f"https://a.example/{n}"))
            assert [archive.captures.read(n + 1).body for n in range(24)] == bodies


def test_captures_packed_with_a_dictionary_are_recovered(tmp_path):
    with Archive(tmp_path / "old.db") as old:
        bodies = filled(old)
        old.db.execute("update dictionaries set data = zeroblob(30) where id = 1")
        old.db.execute("update blobs set data = zeroblob(9) where id = 3")
    with Archive(tmp_path / "new.db") as new:
        recovery = Recovery(tmp_path / "old.db", new)
        recovery.copy_captures()
        recovery.close()
        assert (recovery.result.read["captures"], recovery.result.lost["captures"]) == (PAGES - 1, 1)
        assert [new.captures.read(n + 1).body for n in range(PAGES) if n != 2] == bodies[:2] + bodies[3:]
