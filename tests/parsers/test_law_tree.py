"""The tree of a law: seventy-three texts with the trees that people read in them, and what must hold of any text.

A file of tests/laws is a text, a line of `=`, and the clauses in order: eId | label | heading | status and day | own words.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.law import pieces, read_tree

ZWNJ = "\u200c"
FILES = sorted((Path(__file__).resolve().parents[1] / "laws").glob("*.txt"))
WORDS = [
    "ماده", "ماده ۱", "ماده ۲ –", "ماده اول:", "ماده واحده ـ", "تبصره", "تبصره ۱ـ", "بند", "الف)", "ب -", "۱-", "۲)",
    "(۳)", "۳-۲-۱۰", "فصل اول",
    "فصل دوم – نام", "پیوست ۱", "«", "»", "متن", "است.", "؛", ":", "\n", "\n", "\n", "\t", ZWNJ,
    "مکرر", "(الحاقی ۱۳۹۹/۲/۳)", "حذف شد", "۱۳۹۹/۰۲/۰۳",
    "رونوشت", "رئیس مجلس", "قانون فوق مشتمل", "هـ ـ", "ماده۹۹۹۹ـ", "جزء ۱-", "٣", "ي", "ك", "\u200f", "\u0640",
]  # fmt: skip


def shown(text):
    tree = read_tree(text)
    lines = []
    for clause in tree.clauses:
        words = " ".join(text[clause.text_start : clause.text_end].split())
        what = " ".join(filter(None, [clause.status if clause.status != "in_force" else "", clause.changed_on]))
        lines.append(" | ".join([clause.eid, clause.label, clause.heading or "", what, words]).rstrip())
    return [*lines, "closing | " + text[tree.closing_start :].split("\n")[0]]


def read(file):
    text, _, expected = file.read_text("utf-8").partition("\n=====\n")
    return text, expected.rstrip("\n").split("\n")


def check(text):
    """Every letter is in one piece, and clauses lie within those around them."""
    tree = read_tree(text)
    assert "".join(piece for _, piece in pieces(text, tree.clauses)) == text
    assert len({clause.eid for clause in tree.clauses}) == len(tree.clauses)
    by_eid = {clause.eid: clause for clause in tree.clauses}
    before = 0
    for clause in tree.clauses:
        assert before <= clause.start < clause.text_start <= clause.text_end <= clause.end <= len(text)
        assert text[clause.start :].startswith(clause.label)
        around = by_eid.get(clause.parent or "")
        assert clause.parent is None or (around and around.start < clause.start and clause.end <= around.end)
        before = clause.text_end
    return tree


def test_there_are_seventy_four_texts():
    assert len(FILES) == 74


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_tree_of_a_text_is_exact(file):
    text, expected = read(file)
    assert shown(text) == expected
    check(text)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("zwnj", ["", " "])
def test_lost_zwnj_arabic_letters_and_other_digits_make_no_other_tree(file, zwnj):
    text, _ = read(file)
    digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹یک", "٠١٢٣٤٥٦٧٨٩يك")
    for changed in (text.replace(ZWNJ, zwnj), text.translate(digits), text.translate(str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"))):
        assert [clause.eid for clause in check(changed).clauses] == [clause.eid for clause in check(text).clauses]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join))
def test_nothing_is_lost_between_clauses_of_any_text(text):
    check(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([file.stem for file in FILES]), min_size=1, max_size=3), st.integers(0, 400))
def test_nothing_is_lost_where_texts_are_cut_and_put_together(names, cut):
    texts = {file.stem: read(file)[0] for file in FILES}
    check("\n".join(texts[name][cut // (n + 1) :] for n, name in enumerate(names)))


SEPARATORS = ["ـ ", " – ", "- ", ": ", ") ", ". "]
SENTENCES = [
    "کتاب امانت داده می‌شود.", "ماده ۲ این قانون و بند ب آن برقرار است.", "نشانی تازه\nدر دفتر نوشته می‌شود.", "از ۱۴۰۰/۰۲/۰۳ است.",
]  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(
    articles=st.lists(
        st.tuples(st.integers(0, 3), st.integers(0, 4), st.integers(0, 4), st.sampled_from(SENTENCES)), min_size=1, max_size=12
    ),
    article_mark=st.sampled_from(SEPARATORS), item_mark=st.sampled_from([" ـ ", "- ", ") "]), joint=st.sampled_from(["", " "]),
)  # fmt: skip
def test_what_is_written_as_a_law_is_read_as_it_was_written(articles, article_mark, item_mark, joint):
    """Articles with notes, letters and numbers within letters, in any typography."""
    lines, expected = [], []
    for number, (notes, letters, numbers, sentence) in enumerate(articles, 1):
        lines.append(f"ماده{joint}{number}{article_mark}{sentence}")
        expected.append(f"art_{number}")
        for letter, latin in list(zip(["الف", "ب", "پ", "ت"], "abpt", strict=True))[: letters if letters != 1 else 0]:
            lines.append(f"{letter}{item_mark}{sentence}")
            expected.append(f"art_{number}__cl_{latin}")
            for inner in range(1, numbers + 1 if numbers != 1 and letter == "ب" else 1):
                lines.append(f"{inner}{item_mark}{sentence}")
                expected.append(f"art_{number}__cl_b__subcl_{inner}")
        for note in range(1, notes + 1):
            lines.append(f"تبصره {note} – {sentence}")
            expected.append(f"art_{number}__note_{note}")
    assert [clause.eid for clause in check("\n".join(lines)).clauses] == expected


def test_a_long_text_without_any_order_takes_no_time_that_grows_with_its_square():
    text = "\n".join(f"ماده {n * 7 % 5000} – متن\n{n}- متن" for n in range(3000))
    assert check(text).clauses


def numbered(first, last, words):
    return [f"ماده {n} – {words} {n} است." for n in range(first, last + 1)]


@pytest.mark.parametrize("resumes", [11, 12, 19, 40])
def test_after_a_law_within_it_the_law_goes_on_behind_the_articles_that_were_replaced(resumes):
    """A code whose articles from 11 on were replaced by a law of its own, printed in their place."""
    text = "\n".join([*numbered(1, 10, "پل"), *numbered(1, 60, "باغچه"), *numbered(resumes, resumes + 30, "کوچه")])
    eids = [clause.eid for clause in check(text).clauses]
    outer = [*range(1, 11), *range(resumes, resumes + 31)]
    assert eids == [f"art_{n}" for n in outer[:10]] + [f"comp_1__art_{n}" for n in range(1, 61)] + [
        f"art_{n}" for n in outer[10:]
    ]
