"""Facets of a search: what the documents found have in common."""

from __future__ import annotations

import pytest
from archive_pages import named, page

from db.search import documents
from db.search.documents import facets


@pytest.fixture
def filled(archive):
    for n in range(6):
        publisher = "sobh" if n < 4 else "asr"
        month = 8 if n % 2 else 7
        word, slug = ("بله", "bale") if n < 3 else ("ایتا", "eitaa")
        capture, record = page(
            f"https://{publisher}.example/{n}", word, f"متن تازه {n}", publisher=publisher,
            published_at=f"20{20 + n}-11-01T09:00:00+03:30", published_jalali=f"{1399 + n}-0{month}-10",
        )  # fmt: skip
        archive.store(capture, named(record, word, slug, "title"))
    return archive


def counts(archive, query, field, **options):
    return {facet.value: facet.documents for facet in facets(archive.db, query, **options) if facet.field == field}


@pytest.mark.parametrize("query", ["تازه", "from:1390", "-قدیمی"])
def test_all_that_match_are_counted(filled, query):
    assert counts(filled, query, "publisher") == {"sobh": 4, "asr": 2}
    assert counts(filled, query, "messenger") == {"bale": 3, "eitaa": 3}
    assert counts(filled, query, "date") == {str(year): 1 for year in range(1404, 1398, -1)}


def test_filters_hold(filled):
    assert counts(filled, "تازه publisher:asr", "messenger") == {"eitaa": 2}
    assert counts(filled, "تازه messenger:bale", "publisher") == {"sobh": 3}
    assert facets(filled.db, "تازه", limit=1)[0].value == "sobh"


def test_of_very_many_the_newest_are_counted(filled, monkeypatch):
    monkeypatch.setattr(documents, "MOST_COUNTED", 3)
    assert counts(filled, "تازه", "publisher") == {"asr": 2, "sobh": 1}
