"""`bayegan add`, `law` and `export --format akn` on laws from files, as people use them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from forked_command import bayegan as bayegan_process

from db import ArchiveError
from scraper.cli.main import bayegan

LAW = """قانون میدان‌های میوه
ماده ۱ – میوه رسیده فروخته می‌شود.
ماده ۲ – شرط‌ها:
الف – ترازو؛
ب – پروانه.
تبصره – کودکان معاف‌اند.
ماده ۳ – (منسوخه ۱۴۰۲/۰۱/۱۰)
"""
TITLE = "قانون میدان‌های میوه"


@pytest.fixture
def run(tmp_path):
    def run(*arguments):
        result = CliRunner().invoke(bayegan, ["--db", str(tmp_path / "a.db"), *map(str, arguments)])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result.output

    path = tmp_path / "law.txt"
    path.write_text(LAW, "utf-8")
    run("add", path)
    return run


@pytest.mark.parametrize("word", ["list", "LIST"])
def test_the_list_has_a_law_that_was_added_as_a_text_file(run, word):
    assert TITLE in run("law", word)
    (row,) = json.loads(run("law", "list", "--json"))
    assert (row["title"], row["clauses"], row["kind"]) == (TITLE, 6, "law")


def test_a_law_is_shown_with_its_tree(run):
    shown = run("law", "show", TITLE)
    for words in ("[art_2__cl_b]", "پروانه.", "[art_3]  (repealed 2023-03-30)", "کودکان معاف‌اند."):
        assert words in shown
    assert [node["eid"] for node in json.loads(run("law", "show", TITLE, "--json"))["nodes"]][:2] == ["art_1", "art_2"]


@pytest.mark.parametrize(
    ("approved", "says"),
    [
        ("1402-05-01", "there was no such law on that day: it was approved on 2023-07-23"),
        ("1400-01-01", None),
        (None, "the archive does not know when it was approved: it may not have been there yet"),
    ],
)
def test_a_law_on_a_day_says_whether_it_was_there(tmp_path, run, approved, says):
    path = tmp_path / "other.txt"
    path.write_text(LAW.replace("میدان", "بازار"), "utf-8")
    run("add", path, *(["--approved", approved] if approved else []))
    shown = run("law", "show", TITLE.replace("میدان", "بازار"), "--on", "1401-01-01")
    assert "as it stood on 2022-03-21" in shown
    assert (says or "as it stood") in shown
    assert says or "there" not in shown
    assert ("میوه رسیده" in shown) == (approved != "1402-05-01")


@pytest.mark.parametrize(
    ("mark", "on_1399", "on_1402"),
    [
        ("(اصلاحی ۱۴۰۱/۱۰/۱۱)", "its words of that day are not in the archive", "ترازو درست"),
        ("(الحاقی ۱۴۰۱/۱۰/۱۱).", "its words of that day are not in the archive", "ترازو درست"),
        ("(اصلاحی ۱۴۰۱)", "amended on a day that is not known", "amended on a day that is not known"),
        ("(به قید قرعه)", "ترازو درست", "ترازو درست"),
    ],
)
def test_a_mark_after_a_text_says_since_when_it_stands(tmp_path, run, mark, on_1399, on_1402):
    path = tmp_path / "marked.txt"
    lines = ("ماده ۱ – گندم فروخته می\u200cشود.", f"ماده ۲ – ترازو درست باشد. {mark}", "ماده ۳ – این قانون اجرا شود.")
    path.write_text("\n".join(("قانون بازارهای گندم", *lines)), "utf-8")
    run("add", path, "--approved", "1390-02-03")
    assert on_1399 in run("law", "show", "قانون بازارهای گندم", "--on", "1399-01-01")
    assert on_1402 in run("law", "show", "قانون بازارهای گندم", "--on", "1402-01-01")
    before = run("law", "show", "قانون بازارهای گندم", "--on", "1380-01-01")
    assert "no such law on that day" in before
    assert "ترازو" not in before


def test_a_mark_of_a_law_that_is_named_says_nothing_of_the_clause(tmp_path, run):
    path = tmp_path / "naming.txt"
    named = "ماده ۲ – مالیات آن طبق «قانون مالیات\u200cها» (اصلاحی ۱۴۰۱/۱۰/۱۱)"
    law = "\n".join(("قانون بازارهای جو", "ماده ۱ – جو فروخته می\u200cشود.", named, "ماده ۳ – این قانون اجرا شود."))
    path.write_text(law, "utf-8")
    run("add", path, "--approved", "1390-02-03")
    assert "مالیات آن" in run("law", "show", "قانون بازارهای جو", "art_2", "--on", "1399-01-01")


def test_the_command_that_takes_an_edited_law_back_can_be_copied(tmp_path, run):
    out = tmp_path / "my law.txt"
    assert f"`bayegan law edit '{TITLE}' '{out}'`" in run("law", "edit", TITLE, "--out", out)


@pytest.mark.parametrize("clause", ["art_2__cl_b", "بند ب ماده ۲"])
def test_a_clause_is_shown_by_its_eid_or_as_it_is_cited(run, clause):
    shown = run("law", "show", TITLE, clause)
    assert "پروانه." in shown
    assert "ترازو" not in shown
    assert "Cited by 0" in shown


def test_a_law_is_exported_as_akoma_ntoso(run):
    assert '<article eId="art_1">' in run("export", "--format", "akn", "--law", TITLE)


BARE = "ماده ۱ – هر باغچه دفتر دارد.\nماده ۲ – مالک سند می‌گیرد.\n"
CHANGED = """قانون اصلاح قانون میدان‌های میوه
ماده ۱- در ماده (۱) قانون میدان‌های میوه عبارت «رسیده» به عبارت «تازه» تغییر می‌یابد.
ماده ۲- یک تبصره به شرح زیر به ماده (۱) قانون الحاق می‌شود:
تبصره- میوه نارس پس گرفته می‌شود.
قانون فوق مشتمل بر دو ماده در تاریخ ۱۴۰۰/۰۲/۰۳ به تصویب مجلس شورای اسلامی رسید.
"""


def added(run, tmp_path, name, text, *options):
    path = tmp_path / name
    path.write_text(text, "utf-8")
    return run("add", path, *options)


def test_a_law_is_shown_as_it_stood_on_a_day_with_what_changed_and_by_whom(run, tmp_path):
    added(run, tmp_path, "am.txt", CHANGED)
    assert "میوه رسیده فروخته می‌شود." in run("law", "show", TITLE, "art_1", "--on", "۱۳۹۹/۱۲/۲۹")
    assert "میوه تازه فروخته می‌شود." in run("law", "show", TITLE, "ماده ۱", "--on", "2021-04-23")
    differs = json.loads(run("law", "diff", TITLE, "2020-01-01", "2022-01-01", "--json"))
    assert [(d["eid"], d["before"], d["after"]) for d in differs] == [
        ("art_1", "میوه رسیده فروخته می‌شود.", "میوه تازه فروخته می‌شود."), ("art_1__note", None, "میوه نارس پس گرفته می‌شود."),
    ]  # fmt: skip
    assert {d["changed_by"] for d in differs} == {"قانون اصلاح قانون میدان‌های میوه"}
    versions = json.loads(run("law", "history", TITLE, "ماده ۱", "--json"))["versions"]
    assert [(v["valid_from"], v["valid_to"]) for v in versions] == [(None, "2021-04-23"), ("2021-04-23", None)]
    with pytest.raises(ArchiveError, match="no clause `art_9` on 2021-01-01"):
        run("law", "show", TITLE, "art_9", "--on", "2021-01-01")
    assert "--on" in run("law", "show", TITLE, "--on", "1403-13-01")


def test_a_law_without_a_title_takes_the_one_that_is_said(run, tmp_path):
    added(
        run, tmp_path, "x1.txt", BARE, "--title", "قانون باغچه‌های شهر", "--body", "مجلس شورای اسلامی", "--approved", "1390-02-03"
    )
    row = next(row for row in json.loads(run("law", "list", "--json")) if "باغچه" in row["title"])
    assert (row["title"], row["body"], row["approved_on"]) == ("قانون باغچه‌های شهر", "مجلس شورای اسلامی", "2011-04-23")
    added(run, tmp_path, "x2.txt", BARE.replace("باغچه", "پل"))
    assert [row["title"] for row in json.loads(run("law", "list", "--json")) if "x2" in row["title"]] == [
        "متن بی‌عنوان: هر پل دفتر دارد (x2)",
    ]  # fmt: skip


def test_what_a_person_decides_of_laws_stays_over_reparse(run, tmp_path):
    added(run, tmp_path, "a.txt", "قانون بازار شهر\n" + BARE)
    added(run, tmp_path, "b.txt", "قانون بازارهای شهر نمونه\n" + BARE + "ماده ۳ – بازار جمعه بسته است.")
    uris = {row["title"]: row["uri"] for row in json.loads(run("law", "list", "--json"))}
    run("law", "merge", uris["قانون بازار شهر"], uris["قانون بازارهای شهر نمونه"])
    run("law", "rename", uris[TITLE], "قانون میدان‌های میوه و سبزی")
    for _ in range(2):
        titles = {row["title"] for row in json.loads(run("law", "list", "--json"))}
        assert titles == {"قانون بازارهای شهر نمونه", "قانون میدان‌های میوه و سبزی"}
        assert "[art_3]" in run("law", "show", uris["قانون بازارهای شهر نمونه"])
        run("reparse")


def test_a_title_that_several_laws_have_is_not_taken_for_one_of_them(tmp_path, run):
    for year in (1380, 1395):
        path = tmp_path / f"{year}.txt"
        path.write_text(LAW.replace("میدان\u200cهای میوه", "بودجه شهر").replace("رسیده", str(year)), "utf-8")
        run("add", path, "--approved", f"{year}-02-03")
    laws = [row["uri"] for row in json.loads(run("law", "list", "--json")) if row["title"] == "قانون بودجه شهر"]
    assert len(laws) == 2
    for command in (("show", "قانون بودجه شهر"), ("history", "قانون بودجه شهر", "art_1"), ("rename", "قانون بودجه شهر", "x")):
        with pytest.raises(ArchiveError, match="2 laws are called") as error:
            run("law", *command)
        assert all(uri in str(error.value) for uri in laws)
    for uri, year in zip(sorted(laws), ("۱۳۸۰", "۱۳۹۵"), strict=True):
        assert f"میوه {year}" in run("law", "show", uri)


def test_a_law_is_renamed_and_merged_by_its_title_as_it_is_shown(tmp_path, run):
    run("law", "rename", TITLE, "قانون تازه")
    assert "میوه رسیده" in run("law", "show", "قانون تازه")
    assert "میوه رسیده" in run("law", "show", TITLE)
    run("reparse")
    assert "میوه رسیده" in run("law", "show", "قانون تازه")
    (tmp_path / "twin.txt").write_text(LAW.replace("میدان\u200cهای", "بازارهای"), "utf-8")
    run("add", tmp_path / "twin.txt")
    run("law", "merge", "قانون بازارهای میوه", "قانون تازه")
    assert len(json.loads(run("law", "list", "--json"))) == 1
    run("reparse")
    assert len(json.loads(run("law", "list", "--json"))) == 1


def test_an_add_that_ends_with_one_says_why_and_says_it_once(tmp_path):
    untitled, empty = tmp_path / "untitled.txt", tmp_path / "blank.html"
    untitled.write_text(LAW.split("\n", 1)[1], "utf-8")
    empty.write_text("<html><body></body></html>", "utf-8")
    for path, says in ((untitled, "law_without_title: no title before the first clause"), (empty, "not stored, empty")):
        done = bayegan_process("--db", tmp_path / "b.db", "add", path)
        assert done.returncode == 1
        (line,) = done.stderr.decode().splitlines()
        assert says in line
