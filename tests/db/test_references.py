"""References, parsed back by the libraries that read them: nothing lost, nothing that a title could break out of."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.read.references import BibliographyEntry, bibtex, csl_json, jalali_day, ris

ARTICLE = BibliographyEntry(
    key="bayegan-7-2", kind="news", title="شهرداری به پیام\u200cرسان رفت: ۵۰٪ & {بیشتر}", authors=("مریم نمونه", "Ali Nemuneh"),
    publisher="صبح", issued="2019-05-05", accessed="2019-05-06", url="https://sobh.example/fa/news/7?a=1&b=2_c",
    permalink="https://archive.example/document/7/revision/2", number="666280",
)  # fmt: skip
CLAUSE = BibliographyEntry(
    key="bayegan-law-3-art_2", kind="law", title="قانون نمونه", authors=(), publisher="مجلس شورای اسلامی", issued="2020-04-22",
    accessed="2026-10-01", url="https://majales.example/law/1", permalink="https://archive.example/document/1/revision/1",
    section="ماده ۲",
)  # fmt: skip
UNKNOWN = BibliographyEntry("bayegan-9-1", "news", "", (), "", "", "", "", "http://127.0.0.1/document/9/revision/1")


@pytest.mark.parametrize("reference", [ARTICLE, CLAUSE, UNKNOWN])
def test_bibtex_is_read_by_bibtexparser(reference: BibliographyEntry) -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string(bibtex(reference))
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    assert entry.key == reference.key
    assert reference.permalink.replace("_", r"\_") in fields["note"]
    assert fields.get("date", "") == reference.issued
    assert fields.get("url", "") == reference.url
    if reference.issued:
        assert f"{jalali_day(reference.issued)} (Jalali)" in fields["note"]


@pytest.mark.parametrize("reference", [ARTICLE, CLAUSE, UNKNOWN])
def test_ris_is_read_by_rispy(reference: BibliographyEntry) -> None:
    rispy = pytest.importorskip("rispy")
    (entry,) = rispy.loads(ris(reference))
    assert entry["type_of_reference"] == ("STAT" if reference.kind == "law" else "NEWS")
    assert entry.get("authors", []) == list(reference.authors)
    assert entry.get("year", "") == reference.issued[:4]
    assert reference.title in entry.get("title", "")
    assert reference.permalink in entry["notes"][0]


@pytest.mark.parametrize("reference", [ARTICLE, CLAUSE, UNKNOWN])
def test_csl_has_days_as_numbers_and_both_calendars(reference: BibliographyEntry) -> None:
    (item,) = json.loads(csl_json(reference))
    assert item["archive_location"] == reference.permalink
    if reference.issued:
        assert item["issued"] == {"date-parts": [[int(part) for part in reference.issued.split("-")]]}
        assert f"{jalali_day(reference.issued)} (Jalali), {reference.issued} (Gregorian)" in item["note"]
    else:
        assert "issued" not in item
    assert item["type"] == ("legislation" if reference.kind == "law" else "article-newspaper")


def test_the_jalali_day_is_right() -> None:
    assert jalali_day("2019-05-05") == "1398-02-15"
    assert jalali_day("") == ""


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_whatever_a_title_holds_the_files_have_one_reference(title: str) -> None:
    bibtexparser, rispy = pytest.importorskip("bibtexparser"), pytest.importorskip("rispy")
    odd = BibliographyEntry("k", "news", title, (), "p", "", "", "", "http://a.example/1")
    library = bibtexparser.parse_string(bibtex(odd))
    assert not library.failed_blocks
    assert len(library.entries) == 1
    assert len(rispy.loads(ris(odd))) == 1
    assert json.loads(csl_json(odd))[0].get("title", "") == title
