"""Watches: read, checked, evaluated once for each thing at the end of a run."""

from __future__ import annotations

import json
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from archive_pages import named, page
from hypothesis import given
from hypothesis import strategies as st

from db.archive import Archive
from db.errors import ArchiveError
from db.search.wrong_values import SearchError
from db.watch.atom import AlertFeed, atom, html_of, text_of
from db.watch.queries import WatchError, read_watch
from db.watch.record import found_items, watch_rows
from parsers.models import Ancestor, Issue, Reference

ATOM = "{http://www.w3.org/2005/Atom}"
LAW = "قانون نمونهٔ داده‌ها"
EIDS = {"بند": "cl", "ماده": "art", "جزء": "subcl"}


def cited(number, *, unit="بند", path=(), law=LAW):
    body = f"مدیر گفت {unit} {number} {law} اجرا می‌شود."
    start, end = body.index(unit), body.index(law) - 1
    eid = "__".join(f"{EIDS[name]}_{n}" for name, n in [*((one.unit, one.number) for one in path), (unit, number)])
    reference = Reference(
        start, end, body[start:end], unit, (number,), path, instrument=law, eids=(eid,), section="body", rule="beside"
    )
    capture, record = page(f"https://sobh.example/{unit}/{number}", title=f"خبر {unit} {number}", body=body)
    return capture, replace(record, facts=replace(record.facts, references=(reference,)))


def run(archive, *pages, command="add"):
    number = archive.runs.begin(command)
    for capture, record in pages:
        archive.store(capture, record, number)
    archive.runs.finish(number, "done")
    return number


def found(archive, name):
    return [item["title"] for item in found_items(archive.db, name)]


def bale(number, body="پیام‌رسان بله خبر داد."):
    capture, record = page(f"https://sobh.example/{number}", title=f"خبر {number}", body=body)
    return capture, named(record, "بله", "bale")


@pytest.mark.parametrize(
    ("text", "kind", "rest", "eid", "unit", "number"),
    [
        ("messenger:bale publisher:sobh", "search", "messenger:bale publisher:sobh", None, None, None),
        ("قانون", "search", "قانون", None, None, None),
        ("lawful:x", "search", "lawful:x", None, None, None),
        ("law:قانون نمونه", "law", "قانون نمونه", None, None, None),
        ("clause:art_5__cl_2 /ir/x", "clause", "/ir/x", "art_5__cl_2", None, None),
        ("clause:بند ۱۱ قانون نمونه", "clause", "قانون نمونه", None, "بند", "11"),
        ("clause: جز الف قانون نمونه", "clause", "قانون نمونه", None, "جزء", "الف"),
        ("clause:۱۱", "clause", "", None, None, "11"),
        ("health", "health", "", None, None, None),
        ("health:sobh", "health", "sobh", None, None, None),
        ("sql:select 1", "sql", "select 1", None, None, None),
    ],
)
def test_a_watch_is_read(text, kind, rest, eid, unit, number):
    query = read_watch(text)
    assert (query.kind, query.text, query.eid, query.unit, query.number) == (kind, rest, eid, unit, number)


@pytest.mark.parametrize(
    ("query", "error", "says"),
    [
        ("", WatchError, "wants a query"),
        ("law:", WatchError, "wants something"),
        ("law:قانون نمونهٔ دادها", WatchError, f"did you mean «{LAW}»"),
        ("clause:بند", WatchError, "wants a unit and a number"),
        ("clause:چیز ۵ قانون", WatchError, "units are"),
        ("clause:art_5", WatchError, "wants the law as well"),
        ("messenger:telgram", SearchError, "did you mean telegram"),
        ("publisher:nosuch", SearchError, "no such publisher"),
        ("date:1403-13", SearchError, "no day"),
        ("question:nosuch", WatchError, "no such question"),
        ("health:sobhh", WatchError, "did you mean sobh"),
        ("sql:select nosuch", WatchError, "no such column"),
        ("sql:delete from documents", WatchError, "sql:"),
        ("sql:commit", WatchError, "sql:"),
        ("sql:select 1; select 2", WatchError, "sql:"),
        ("sql:select load_extension('x')", WatchError, "sql:"),
    ],
)
def test_what_cannot_be_watched_is_said_when_it_is_added(archive, query, error, says):
    run(archive, cited(11))
    with pytest.raises(error) as raised:
        archive.watches.add("x", query)
    assert says in str(raised.value)
    assert archive.watches.all() == []
    assert archive.db.execute("select count(*) from documents").fetchone() == (1,)


def test_a_publisher_that_is_declared_may_be_waited_for(archive):
    archive.watches.add("x", "publisher:tabnak", declared=frozenset({"tabnak"}))
    capture, record = page(publisher="tabnak")
    run(archive, (capture, record))
    assert len(found(archive, "x")) == 1


def test_what_is_there_already_is_not_told_and_what_comes_is_told_once(archive):
    run(archive, bale(1))
    assert archive.watches.add("bale", "messenger:bale", ["desk"]) == 1
    run(archive, bale(2))
    run(archive, bale(2), bale(3))
    run(archive)
    assert found(archive, "bale") == ["خبر 3", "خبر 2"]
    assert [(one.watch, one.target, one.content["title"]) for one in archive.watches.waiting()] == [
        ("bale", "desk", "خبر 2"), ("bale", "desk", "خبر 3"),
    ]  # fmt: skip


def test_a_document_that_comes_to_match_by_a_change_is_told_and_only_then(archive):
    archive.watches.add("bale", "messenger:bale")
    capture, record = page("https://sobh.example/1", body="متنی بی‌نام.", at="2026-11-01T10:00:00+03:30")
    run(archive, (capture, record))
    assert found(archive, "bale") == []
    capture, record = page("https://sobh.example/1", body="پیام‌رسان بله خبر داد.", at="2026-11-02T10:00:00+03:30")
    run(archive, (capture, named(record, "بله", "bale")))
    capture, record = page("https://sobh.example/1", body="پیام‌رسان بله خبر تازه داد.", at="2026-11-03T10:00:00+03:30")
    run(archive, (capture, named(record, "بله", "bale")))
    assert len(found(archive, "bale")) == 1


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        (f"clause:بند ۱۱ {LAW}", ["خبر بند 11"]),
        ("clause:۱۱", ["خبر بند 11"]),
        (f"clause:cl_11 {LAW}", ["خبر بند 11"]),
        (f"clause:ماده ۵ {LAW}", ["خبر جزء 2", "خبر ماده 5"]),
        (f"clause:ماده ۱۱ {LAW}", []),
        (f"law:{LAW}", ["خبر جزء 2", "خبر ماده 5", "خبر بند 11"]),
        ("sql:select document_id from clause_citations where number > 4", ["خبر ماده 5", "خبر بند 11"]),
        ("خبر بند", ["خبر بند 11"]),
    ],
)
def test_each_kind_finds_what_it_asks_for(archive, query, titles):
    run(archive, cited(99))
    archive.watches.add("x", query)
    run(archive, cited(11), cited(5, unit="ماده"), cited(2, unit="جزء", path=(Ancestor("ماده", 5),)))
    assert found(archive, "x") == titles
    assert all(item["passages"] for item in found_items(archive.db, "x"))


def test_the_passage_shows_what_was_found_and_the_evidence(archive):
    archive.watches.add("bale", "messenger:bale")
    run(archive, bale(1, "مدیر گفت. پیام‌رسان بله خبر داد."))
    [item] = found_items(archive.db, "bale")
    [passage] = item["passages"]
    [[start, end]] = passage["marks"]
    assert passage["text"][start:end] == "بله"
    assert passage["evidence"] == "بله · governor"
    assert "*بله*" in text_of(item, "https://a.example")
    assert f"https://a.example/document/{item['document_id']}" in text_of(item, "https://a.example/")
    assert "<mark>بله</mark>" in html_of(item, None)


def test_rows_of_a_query_that_are_no_documents_are_told_once_each(archive):
    archive.watches.add("n", "sql:select count(*) / 2 as pairs from documents")
    for number in range(5):
        run(archive, bale(number))
    assert found(archive, "n") == ["pairs: 2", "pairs: 1"]


def test_what_goes_wrong_is_told_and_told_again_when_it_comes_back(archive):
    archive.watches.add("health", "health")

    def crawl(*codes):
        number = archive.runs.begin("crawl", ["sobh"])
        for code in codes:
            archive.runs.note_issue(number, "sobh", Issue("error", code, f"message of {code}"), "https://sobh.example/")
        archive.runs.finish(number, "failed" if codes else "done")

    for codes in (("timeout",), ("timeout",), (), ("timeout", "stale_source"), ("stale_source",)):
        crawl(*codes)
    assert sorted(found(archive, "health")) == ["sobh: stale_source", "sobh: timeout", "sobh: timeout"]


def test_a_watch_that_fails_keeps_the_reason_costs_no_other_and_misses_nothing(archive):
    archive.db.execute("create table theirs (document_id integer) strict")
    archive.watches.add("broken", "sql:select document_id from theirs")
    archive.watches.add("bale", "messenger:bale")
    archive.db.execute("alter table theirs rename to ours")
    run(archive, bale(1))
    assert found(archive, "bale") == ["خبر 1"]
    assert {row["name"]: row["trouble"] for row in watch_rows(archive.db)} == {
        "bale": None, "broken": "no such table: theirs",
    }  # fmt: skip
    archive.db.execute("alter table ours rename to theirs")
    archive.db.execute("insert into theirs select id from documents")
    run(archive)
    assert found(archive, "broken") == ["خبر 1"]
    assert [row["trouble"] for row in watch_rows(archive.db)] == [None, None]


def test_a_query_without_end_is_cut_off(archive, monkeypatch):
    monkeypatch.setattr("db.watch.sql_rows._SECONDS", 0.0)
    endless = "with recursive n(x) as (select 1 union all select x + 1 from n) select max(x) as x from n"
    archive.watches.add("endless", "sql:select 1 as x")
    archive.db.execute("update watches set query = ?", [f"sql:{endless}"])
    run(archive, bale(1))
    assert watch_rows(archive.db)[0]["trouble"] == "sql: the query takes longer than 0 seconds; bound it, as by a day or LIMIT"
    assert archive.run_log()[0]["status"] == "done"


def test_what_a_watch_found_is_undone_with_the_end_of_its_run(archive):
    archive.watches.add("bale", "messenger:bale")
    number = archive.runs.begin("add")
    archive.store(*bale(1), number)

    def fail():
        with archive.transaction():
            archive.runs.finish(number, "done")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert found(archive, "bale") == []
    run(archive)
    assert found(archive, "bale") == ["خبر 1"]


def test_declared_watches_follow_the_file(archive):
    archive.watches.add("own", "messenger:gap")
    archive.watches.follow({"bale": {"query": "messenger:bale", "to": ["desk"], "digest": "day"}}, frozenset())
    run(archive, bale(1))
    archive.watches.follow({"bale": {"query": "messenger:bale", "to": ["desk", "hook"], "digest": "run"}}, frozenset())
    assert found(archive, "bale") == ["خبر 1"]
    assert archive.watches.get("bale").targets == ("desk", "hook")
    archive.watches.follow({"bale": {"query": "messenger:gap", "digest": "run"}}, frozenset())
    assert found(archive, "bale") == []
    archive.watches.follow({}, frozenset())
    assert [watch.name for watch in archive.watches.all()] == ["own"]


def test_a_file_with_one_watch_that_cannot_be_changes_none(archive):
    archive.watches.follow(
        {"bale": {"query": "messenger:bale", "digest": "run"}, "gap": {"query": "gap", "digest": "run"}}, frozenset()
    )
    run(archive, bale(1))
    wrong = {"bale": {"query": "messenger:gap", "digest": "run"}, "no": {"query": "messenger:nosuch", "digest": "run"}}
    with pytest.raises(WatchError, match=r"watches\.no\.query: messenger:nosuch"):
        archive.watches.follow(wrong, frozenset())
    assert [watch.name for watch in archive.watches.all()] == ["bale", "gap"]
    assert found(archive, "bale") == ["خبر 1"]


def test_a_name_is_given_once_and_a_watch_that_is_not_there_is_said(archive):
    archive.watches.add("x", "a")
    with pytest.raises(ArchiveError, match="already"):
        archive.watches.add("x", "b")
    with pytest.raises(ArchiveError, match="no watch `y`"):
        archive.watches.remove("y")
    archive.watches.remove("x")
    assert archive.db.execute("select count(*) from watch_items").fetchone() == (0,)


def test_a_reparse_that_finds_more_in_old_pages_tells_it(archive):
    capture, record = page("https://sobh.example/1", body="پیام‌رسان بله خبر داد.")
    run(archive, (capture, record))
    archive.watches.add("bale", "messenger:bale")
    number = archive.runs.begin("reparse")
    archive.replace(1, named(record, "بله", "bale"))
    archive.finish_reparse()
    archive.runs.finish(number, "done")
    assert len(found(archive, "bale")) == 1


def test_the_feed_is_atom_and_stays_as_it_is_without_news(archive):
    archive.watches.add("bale", "messenger:bale")
    run(archive, bale(1, "پیام‌رسان بله <b>خبر</b> داد & رفت."))
    feed = AlertFeed("watch bale", "bale", "https://a.example/watch/bale.atom", "https://a.example/watch/bale")
    text = atom(feed, found_items(archive.db, "bale"), "https://a.example")
    assert text == atom(feed, found_items(archive.db, "bale"), "https://a.example")
    root = ET.fromstring(text)
    assert [root.find(f"{ATOM}{name}") is not None for name in ("id", "title", "updated", "author")] == [True] * 4
    [entry] = root.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id").startswith("urn:uuid:")
    assert entry.find(f"{ATOM}link").get("href") == "https://a.example/document/1"
    assert "&lt;b&gt;خبر&lt;/b&gt;" in entry.findtext(f"{ATOM}content")


SPAN = st.tuples(st.integers(-5, 70), st.integers(-5, 70))


@given(text=st.text(max_size=60), spans=st.lists(SPAN, max_size=4), title=st.text(max_size=30))
def test_a_feed_of_any_text_is_xml(text, spans, title):
    passage = {"text": text, "marks": [list(span) for span in spans], "evidence": text}
    item = {"item": "x", "found_at": "2026-11-01T10:00:00+03:30", "title": title, "url": "javascript:x", "passages": [passage]}
    text = atom(AlertFeed("x", title), [json.loads(json.dumps(item))])
    ET.fromstring(text.encode("utf-8", "surrogatepass"))


def test_an_archive_can_be_read_while_it_is_watched(archive):
    archive.watches.add("bale", "messenger:bale")
    run(archive, bale(1))
    with Archive(archive.path, readonly=True) as reader:
        assert found(reader, "bale") == ["خبر 1"]
