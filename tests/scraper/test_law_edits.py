"""Laws corrected by hand: written as a text, taken back, kept over every reparse, refused where they cannot be read."""

from __future__ import annotations

import re
import stat

import pytest
from forked_command import bayegan
from hypothesis import given, settings
from hypothesis import strategies as st

from db import Archive, ArchiveError
from db.law.tree import tree
from parsers.law import pieces, read_tree
from parsers.law.edited_text import EditedClause, EditedTextError, read_edited, write_edited
from parsers.law_models import EDITED_MARK
from parsers.models import Capture
from parsers.record import parse
from scraper.law_edits import take_back, text_to_edit
from scraper.registry import load_publishers
from scraper.reparse import reparse

LAW = [
    "قانون باغچه\u200cهای نمونه مصوب ۱۳۸۰/۲/۳", "ماده ۱- باغچه زمینی است سبز.", "ماده ۲- مالک ظرف شش ماه آب می\u200cدهد:",
    "الف- در روز؛", "ب- در شب.", "تبصره- آب از چاه است.", "ماده ۳- این قانون لازم\u200cالاجراست.",
]  # fmt: skip
URI = "/ir/-/law/1380/قانون-باغچه-های-نمونه"
AT = "2026-11-29T12:00:00+03:30"


@pytest.fixture
def archive(tmp_path):
    with Archive(tmp_path / "a.db") as opened:
        capture = Capture("\n".join(LAW).encode(), fetched_at="2026-11-01T12:00:00+03:30")
        opened.store(capture, parse(capture))
        yield opened


def words(archive):
    return {node.eid: node.text for node in tree(archive.db, URI).nodes}


def test_what_is_written_and_taken_back_unchanged_says_the_same(archive):
    before = words(archive)
    assert take_back(archive, URI, text_to_edit(archive, URI), at=AT, by="mina") == 6
    assert words(archive) == before


def test_an_edited_clause_stays_over_every_reparse_with_who_and_when(archive):
    edited = text_to_edit(archive, URI).replace("چاه", "چشمه").replace("art_3\tماده ۳-", "art_4\tماده ۴-")
    take_back(archive, URI, edited, at=AT, by="mina")
    assert (words(archive)["art_2__note"], "art_3" in words(archive)) == ("آب از چشمه است.", False)
    reparse(archive, load_publishers())
    assert (words(archive)["art_2__note"], words(archive)["art_4"]) == ("آب از چشمه است.", "این قانون لازم\u200cالاجراست.")
    about = tree(archive.db, URI).about
    assert (about["edited_by"], about["edited_at"], about["approved_on"]) == ("mina", AT, "2001-04-23")


def test_a_later_text_of_a_portal_does_not_undo_an_edit(archive):
    take_back(archive, URI, text_to_edit(archive, URI).replace("چاه", "چشمه"), at=AT, by="mina")
    longer = Capture("\n".join([*LAW, "ماده ۴- شهرداری ناظر است."]).encode(), fetched_at="2026-12-01T12:00:00+03:30")
    archive.store(longer, parse(longer))
    assert words(archive)["art_2__note"] == "آب از چشمه است."


WRONG = [
    (lambda text: text.replace("art_3", "art 3"), "line 17"),
    (lambda text: text.replace("art_3\t", "art_1\t"), "stands twice"),
    (lambda text: text.replace("  art_2__note", "      art_2__note"), "more than one step"),
    (lambda text: text.replace("title: ", "name: "), "line 2"),
    (lambda text: text.partition("---")[0], "line 1"),
    (lambda text: text.replace("title: قانون باغچه\u200cهای نمونه", "title: قانون بازارهای نمونه"), "another law"),
    (lambda text: re.sub("approved: .*", "approved: 2050-99-99", text), "approved: '2050-99-99' is no day"),
    (lambda text: re.sub("gazetted:.*", "gazetted: soon", text), "gazetted: 'soon' is no day"),
]


@pytest.mark.parametrize(("spoil", "message"), WRONG)
def test_an_edited_text_that_cannot_be_read_is_refused_by_line_and_changes_nothing(archive, spoil, message):
    before = words(archive)
    with pytest.raises(ArchiveError, match=message):
        take_back(archive, URI, spoil(text_to_edit(archive, URI)), at=AT, by="mina")
    assert words(archive) == before
    assert archive.db.execute("SELECT count(*) FROM law_decisions").fetchone()[0] == 0


@pytest.mark.parametrize("day", ["1380-02-03", "۱۳۸۰/۲/۳", "۳ اردیبهشت ۱۳۸۰", "2001-04-23"])
def test_a_day_is_written_in_any_of_our_ways_and_after_a_byte_order_mark(archive, day):
    text = re.sub("approved: .*", f"approved: {day}", text_to_edit(archive, URI))
    assert take_back(archive, URI, "\ufeff" + text, at=AT, by="mina") == 6
    assert tree(archive.db, URI).about["approved_on"] == "2001-04-23"


def test_a_text_that_somebody_works_on_is_not_written_over(archive, tmp_path):
    command = ("--db", archive.path, "law", "edit", URI, "--out", tmp_path / "law.txt")
    assert bayegan(*command).returncode == 0
    assert bayegan(*command).returncode == 0
    with (tmp_path / "law.txt").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    refused = bayegan(*command)
    assert (refused.returncode, b"--force" in refused.stderr) == (2, True)
    assert (tmp_path / "law.txt").read_text(encoding="utf-8").endswith("# mine\n")
    assert bayegan(*command, "--force").returncode == 0


def test_what_was_typed_in_an_editor_and_is_refused_is_kept(archive, tmp_path):
    archive.close()
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nsed -i s/^art_3/art_1/ "$1"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IXUSR)
    refused = bayegan("--db", archive.path, "law", "edit", URI, EDITOR=str(editor), VISUAL="", TMPDIR=str(tmp_path))
    assert refused.returncode == 2
    (kept,) = tmp_path.glob("bayegan-law-*.txt")
    assert str(kept) in refused.stderr.decode()
    assert kept.read_text(encoding="utf-8").count("\nart_1\t") == 2


def test_bytes_that_only_begin_like_an_edited_law_are_rejected_and_say_why():
    record = parse(Capture(f"{EDITED_MARK}\nno head".encode()))
    assert (record.verdict, record.issues[0].code) == ("empty", "edited_law")
    with pytest.raises(EditedTextError):
        read_edited("")


CELLS = st.text(st.sampled_from(list("ابپ ۱۲.:؛«»()-\n\u200c")), max_size=12).map(lambda text: " ".join(text.split()))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), CELLS, CELLS), min_size=1, max_size=8))
def test_no_letter_is_lost_between_an_edited_text_and_its_clauses(rows):
    clauses, depth = [], -1
    for number, (deep, heading, text) in enumerate(rows, 1):
        depth = min(deep, depth + 1)
        clauses.append(EditedClause(depth, f"art_{number}", f"ماده {number}-", heading, text))
    law = read_edited(write_edited({"title": "قانون نمونه"}, "پیش", clauses, "پس"))
    assert "".join(piece for _, piece in pieces(law.body, law.tree.clauses)) == law.body
    assert [c.eid for c in law.tree.clauses] == [c.eid for c in clauses]
    assert [law.body[c.text_start : c.text_end].strip() for c in law.tree.clauses] == [c.words.strip() for c in clauses]


def test_the_tree_that_a_person_writes_is_not_that_of_the_labels():
    text = write_edited({"title": "قانون نمونه"}, "", [EditedClause(0, "art_7", "ماده ۱-", "", "ماده ۲- متن")], "")
    law = read_edited(text)
    assert [c.eid for c in law.tree.clauses] == ["art_7"]
    assert [c.eid for c in read_tree(law.body).clauses] != ["art_7"]
