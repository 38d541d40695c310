"""`bayegan add`, `law` and `export --format akn` on laws from files, as people use them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

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


@pytest.mark.parametrize("clause", ["art_2__cl_b", "بند ب ماده ۲"])
def test_a_clause_is_shown_by_its_eid_or_as_it_is_cited(run, clause):
    shown = run("law", "show", TITLE, clause)
    assert "پروانه." in shown
    assert "ترازو" not in shown
    assert "Cited by 0" in shown


def test_a_law_is_exported_as_akoma_ntoso(run):
    assert '<article eId="art_1">' in run("export", "--format", "akn", "--law", TITLE)
