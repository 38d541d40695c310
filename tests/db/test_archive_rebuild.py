from __future__ import annotations

from dataclasses import replace

import pytest
from archive_pages import named, page

from parsers.models import Facts, Record, Reference


def dump(archive):
    return list(archive.db.conn.iterdump())


def reparse(archive, parse):
    """What `bayegan reparse` does, with `parse` from capture to record."""
    outcomes = []
    for capture_id, capture in archive.captures_to_reparse():
        outcomes.append(archive.replace(capture_id, parse(capture)).outcome)
    archive.finish_reparse()
    return outcomes


@pytest.fixture
def pages():
    made = []
    for n in range(4):
        for title in ("یک", "دو")[: 1 + n % 2]:
            capture, record = page(f"https://sobh.example/{n}", title=title, body=f"بله {n} ایتا")
            cited = Facts(references=(Reference(0, 3, "بله", "بند", (n,), instrument=f"قانون نادیده {n}"),))
            record = named(named(replace(record, facts=cited), "بله", "bale"), "ایتا", "eitaa")
            made.append((replace(capture, body=f"{n} {title}".encode()), record))
    return made


@pytest.fixture
def filled(archive, pages):
    for capture, record in pages:
        archive.store(capture, record)
    return archive


@pytest.fixture
def parse(pages):
    records = {capture.body: record for capture, record in pages}
    return lambda capture: records[capture.body]


def test_the_same_parsers_write_nothing(filled, parse):
    before, written = dump(filled), filled.db.conn.total_changes
    assert set(reparse(filled, parse)) == {"unchanged"}
    assert dump(filled) == before
    assert filled.db.conn.total_changes == written


def test_other_parsers_and_back_again_give_the_same_archive(filled, parse):
    before = dump(filled)

    def other(capture):
        record = parse(capture)
        return replace(record, article=replace(record.article, title="نو " + record.article.title), facts=Facts())

    assert set(reparse(filled, other)) == {"updated"}
    assert filled.db.execute("select count(*) from messenger_mentions").fetchone() == (0,)
    assert filled.search("نو").total == 4
    reparse(filled, parse)
    assert [line for line in dump(filled) if "instrument" not in line and "search_" not in line and "cited" not in line] == [
        line for line in before if "instrument" not in line and "search_" not in line and "cited" not in line
    ]
    assert filled.search("نو").total == 0
    assert filled.search("بله").total == 4


def test_what_is_no_longer_named_by_any_text_goes(filled, parse):
    reparse(filled, lambda capture: replace(parse(capture), facts=Facts()))
    assert filled.db.execute("select count(*) from instruments where known = 0").fetchone() == (0,)


def test_revisions_that_today_read_the_same_become_one_and_part_again(filled, parse):
    def blind(capture):
        record = parse(capture)
        return replace(record, article=replace(record.article, title="یک"))

    reparse(filled, blind)
    assert filled.db.execute("select document_id, revisions from articles order by 1").fetchall() == [
        (1, 1),
        (2, 1),
        (3, 1),
        (4, 1),
    ]
    assert filled.db.execute("select count(*), count(document_id) from captures_list").fetchone() == (6, 6)
    reparse(filled, parse)
    assert filled.db.execute("select document_id, revisions from articles order by 1").fetchall() == [
        (1, 1),
        (2, 2),
        (3, 1),
        (4, 2),
    ]
    assert filled.db.execute("select document_id, chars_added from revision_changes order by 1").fetchall() == [(2, 2), (4, 2)]


def test_a_page_that_is_no_document_today_keeps_its_capture_and_can_come_back(filled, parse):
    def strict(capture):
        record = parse(capture)
        return Record("empty", record.article) if capture.url.endswith(("1", "2")) else record

    assert reparse(filled, strict).count("withdrawn") == 3
    assert reparse(filled, strict).count("rejected") == 3
    assert filled.db.execute("select document_id from articles order by 1").fetchall() == [(1,), (4,)]
    assert filled.db.execute("select count(*) from captures_list where document_id is null").fetchone() == (3,)
    assert filled.search("ایتا").total == 2
    reparse(filled, parse)
    assert filled.db.execute("select url, revisions from articles order by url").fetchall() == [
        (f"https://sobh.example/{n}", 1 + n % 2) for n in range(4)
    ]
    assert filled.search("ایتا").total == 4
    assert filled.db.execute("pragma foreign_key_check").fetchall() == []
