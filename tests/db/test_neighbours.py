"""What documents name, and which messengers stand near a council, is what the facts tell, whatever became of them."""

from __future__ import annotations

import pytest
from archive_pages import make_older, new_archive, page
from hypothesis import given, settings
from hypothesis import strategies as st

from db.archive import Archive
from db.statements import statement
from db.upkeep.repair import repair
from parsers.law_models import Law
from parsers.models import Facts, InstrumentMention, Mention, Record, Reference, SessionMention

SCC, CABINET = "شورای عالی فضای مجازی", "هیئت وزیران"
NEW_LAW = "آیین‌نامه سکوهای نو"
FROM_FACTS = """
WITH beside AS (
  SELECT s.revision_id, s.body_id, m.messenger_id FROM mentioned_sessions s JOIN mentioned_messengers m
  ON m.revision_id = s.revision_id AND m.section = s.section AND abs(m.start - s.start) <= 200
  UNION
  SELECT c.revision_id, coalesce(c.body_id, i.body_id), m.messenger_id
  FROM cited_clauses c LEFT JOIN instruments i ON i.id = c.instrument_id JOIN mentioned_messengers m
  ON m.revision_id = c.revision_id AND m.section = c.section AND abs(m.start - c.start) <= 200
)
SELECT b.name, g.name, count(*) FROM beside n JOIN documents d ON d.revision_id = n.revision_id
JOIN bodies b ON b.id = n.body_id JOIN messengers g ON g.id = n.messenger_id
GROUP BY n.body_id, n.messenger_id ORDER BY 3 DESC, 1, g.slug
"""

MEETINGS = """
SELECT body_id, number, min(nullif(held_on, '')), sum(is_first)
FROM document_sessions WHERE number > 0 GROUP BY body_id, number ORDER BY 1, 2
"""
MEETINGS_FROM_FACTS = """
SELECT body_id, number, min(m.held_on), count(DISTINCT d.id)
FROM mentioned_sessions m JOIN documents d ON d.revision_id = m.revision_id
WHERE m.body_id IS NOT NULL AND m.number > 0 GROUP BY body_id, number ORDER BY 1, 2
"""


def beside(archive: Archive) -> list[tuple]:
    for kept in ("document_clauses", "document_sessions", "document_instruments"):
        assert archive.db.execute(statement(f"upkeep/{kept}")).fetchone() == (0,), kept
    told = [(row["body"], row["messenger"], row["documents"]) for row in archive.ask("body_beside_messenger")]
    assert told == archive.db.execute(FROM_FACTS).fetchall()
    assert archive.db.execute(MEETINGS).fetchall() == archive.db.execute(MEETINGS_FROM_FACTS).fetchall()
    return told


def documents_of(archive: Archive) -> dict[str, int]:
    return dict(archive.db.execute("select title, documents from instruments_list where documents > 0").fetchall())


def mention(start: int, slug: str = "bale", section: str = "body") -> Mention:
    return Mention(start, start + 3, "نام", slug, "governor", section)


def clause(start: int, title: str | None, body: str | None, section: str = "body") -> Reference:
    return Reference(start, start + 3, "بند", "بند", (2,), instrument=title, body=body, eids=("cl_2",), section=section)


def session(start: int, body: str | None, *numbers: int, on: str | None = None) -> SessionMention:
    return SessionMention(start, start + 4, "جلسه", body, numbers or (() if on else (36,)), on, "body")


def instrument(start: int, title: str) -> InstrumentMention:
    return InstrumentMention(start, start + 3, "نام", title, "bylaw", None, "body")


def told(n: int = 1, *facts: Mention | Reference | SessionMention | InstrumentMention, text: str = "واژه", **options):
    """An article that names these, hundreds of characters long."""
    kinds = {Mention: "mentions", Reference: "references", SessionMention: "sessions", InstrumentMention: "instruments"}
    grouped = {name: tuple(fact for fact in facts if isinstance(fact, kind)) for kind, name in kinds.items()}
    body, lead = (" ".join(f"{word}{place}" for place in range(200)) for word in (text, "پیش"))
    return page(f"https://sobh.example/{n}", f"سند {n}", body, lead=lead, facts=Facts(**grouped), **options)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ((mention(0), session(200, SCC)), [(SCC, "بله", 1)]),
        ((mention(0), session(201, SCC)), []),
        ((mention(400), session(200, SCC), mention(0, "gap")), [(SCC, "بله", 1), (SCC, "گپ", 1)]),
        ((mention(0), clause(10, None, SCC)), [(SCC, "بله", 1)]),
        ((mention(0), clause(10, None, None)), []),
        ((mention(0), session(10, None)), []),
        ((mention(0, section="lead"), clause(0, None, SCC)), []),
        ((mention(0), mention(9), session(20, SCC, 36, 37), clause(30, NEW_LAW, SCC)), [(SCC, "بله", 1)]),
        ((mention(0), clause(20, NEW_LAW, None), clause(30, NEW_LAW, SCC)), [(SCC, "بله", 1)]),
    ],
)  # fmt: skip
def test_a_council_is_beside_a_messenger_within_two_hundred_characters_of_one_part_once_a_document(archive, facts, expected):
    archive.store(*told(1, *facts))
    assert beside(archive) == expected


FEW = st.sampled_from
FACT = st.one_of(
    st.builds(mention, st.integers(0, 700), FEW(["bale", "gap", "telegram"]), FEW(["lead", "body"])),
    st.builds(clause, st.integers(0, 700), FEW([NEW_LAW, "قانون دیگر", None]), FEW([SCC, CABINET, None])),
    st.builds(session, st.integers(0, 700), FEW([SCC, CABINET, None]), st.integers(0, 9), on=FEW([None, "2018-04-21"])),
    st.builds(session, st.integers(0, 700), FEW([SCC, CABINET]), on=FEW(["2018-04-20", "2018-04-21"])),
    st.builds(instrument, st.integers(0, 700), FEW([NEW_LAW, "قانون دیگر"])),
)
DAYS = FEW(["2026-11-01T09:00:00+03:30", "2026-11-02T09:00:00+03:30", None])
PAGES = st.lists(st.tuples(st.integers(1, 3), st.lists(FACT, max_size=6), FEW(["واژه", "نامه"]), DAYS), min_size=1, max_size=8)


@settings(max_examples=80, deadline=None)
@given(pages=PAGES, again=st.lists(st.lists(FACT, max_size=5), min_size=8, max_size=8))
def test_the_table_is_what_the_facts_give_after_revisions_and_reparses_in_any_order(tmp_path_factory, pages, again):
    with new_archive(tmp_path_factory.mktemp("near") / "archive.db") as archive:
        archive.store_all([
            told(n, *facts, text=text, published_at=published, at=f"2026-11-{day:02}T10:00:00Z")
            for day, (n, facts, text, published) in enumerate(pages, 1)
        ])  # fmt: skip
        beside(archive)
        for (capture_id, capture), facts in zip(list(archive.captures_to_reparse()), again, strict=False):
            n = int((capture.url or "").rpartition("/")[2])
            _, _, text, published = pages[capture_id % len(pages)]
            archive.replace(capture_id, told(n, *facts, text=text, published_at=published)[1])
        archive.finish_reparse()
        beside(archive)
        assert archive.db.execute("pragma foreign_key_check").fetchall() == []


def test_a_council_that_only_a_later_text_tells_is_beside_what_stood_near_the_clause_before(archive):
    archive.store_all([told(1, mention(0), clause(20, NEW_LAW, None)), told(2, mention(0, "gap"), clause(20, NEW_LAW, None))])
    assert beside(archive) == []
    archive.store(*told(3, clause(20, NEW_LAW, CABINET)))
    assert beside(archive) == [(CABINET, "بله", 1), (CABINET, "گپ", 1)]


def test_two_names_that_turn_out_to_be_one_law_are_near_a_messenger_once(archive):
    both = clause(20, NEW_LAW, None), clause(40, "آیین‌نامه سکو", None), instrument(60, "آیین‌نامه سکو")
    archive.store(*told(1, mention(0), *both))
    assert documents_of(archive) == {NEW_LAW: 1, "آیین‌نامه سکو": 1}
    law = Law(NEW_LAW, "bylaw", (), 0, 1, titles=("آیین‌نامه سکو",), body=CABINET)
    capture, record = page("https://majles.example/law/1", NEW_LAW, "متن", verdict="law")
    archive.store(capture, Record("law", record.article, law=law))
    assert beside(archive) == [(CABINET, "بله", 1)]
    assert archive.db.execute("select count(*) from instrument_neighbours").fetchone() == (1,)
    assert documents_of(archive) == {NEW_LAW: 1}
    assert archive.db.execute("pragma foreign_key_check").fetchall() == []


def test_an_archive_of_an_earlier_version_is_told_the_same_when_it_is_brought_forward(archive):
    archive.store_all([
        told(1, mention(0), clause(20, NEW_LAW, None), clause(30, None, SCC), session(40, SCC, 1, 2)),
        told(2, mention(0, "gap"), clause(20, NEW_LAW, CABINET), session(300, SCC)),
    ])  # fmt: skip
    expected = beside(archive)
    make_older(archive, "neighbours", "table body_neighbours", "table instrument_neighbours")
    with Archive(archive.path) as again:
        assert beside(again) == expected != []


def test_what_documents_name_is_found_when_an_archive_of_an_earlier_version_is_brought_forward(archive):
    archive.store_all([
        told(1, clause(20, NEW_LAW, None), clause(30, NEW_LAW, SCC), session(40, SCC, 1, 2), session(50, SCC, 1)),
        told(2, instrument(10, NEW_LAW), session(300, SCC, on="2018-04-21"), session(320, None), published_at=None),
    ])  # fmt: skip
    tables = "document_sessions", "document_instruments"
    expected = [archive.db.execute(f"select * from {table}").fetchall() for table in tables]
    assert [len(rows) for rows in expected] == [3, 2]
    make_older(archive, "names_by_document", *(f"table {table}" for table in tables))
    with Archive(archive.path) as again:
        assert [again.db.execute(f"select * from {table}").fetchall() for table in tables] == expected


def test_rows_that_belong_to_nothing_stop_neither_an_upgrade_nor_a_repair(archive):
    """Of a damaged or foreign archive: facts of an unknown body or instrument, rows of a document that is gone."""
    archive.store(*told(1, clause(20, NEW_LAW, None), session(40, SCC, 1), instrument(60, "قانون دیگر")))
    archive.db.execute("pragma foreign_keys = off")
    archive.db.execute("update mentioned_sessions set body_id = 99999")
    archive.db.execute("update mentioned_instruments set instrument_id = 99999")
    archive.db.execute("insert into document_instruments select instrument_id, 777 from document_instruments limit 1")
    archive.db.execute("pragma foreign_keys = on")
    repair(archive)
    assert archive.db.execute("select count(*) from document_sessions").fetchone() == (0,)
    assert archive.db.execute("select document_id from document_instruments").fetchall() == [(1,)]
    make_older(archive, "names_by_document", "table document_sessions", "table document_instruments")
    with Archive(archive.path) as again:
        assert again.db.execute("select document_id from document_instruments").fetchall() == [(1,)]
