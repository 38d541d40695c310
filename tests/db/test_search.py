from __future__ import annotations

import pytest
from archive_pages import ZWNJ, named, page
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.search import ranking
from db.search.wrong_values import SearchError

SPELLINGS = [
    f"پیام{ZWNJ}رسان", "پیامرسان", "پیام رسان", f"پيام{ZWNJ}رسان", "پيامرسان", "پيام رسان", f"پَیام{ZWNJ}رسـان", '"پیام رسان"',
    f"«پیام{ZWNJ}رسان»", f"پیام{ZWNJ}{ZWNJ}رسان", "پیام-رسان",
]  # fmt: skip
TEXTS = {
    1: ("نخست", f"پیام{ZWNJ}رسان بومی برای مکاتبات اداری"),
    2: ("دوم", f"پیام{ZWNJ}رسان{ZWNJ}های خارجی ممنوع شدند"),
    3: ("سوم", "پیامی رسید و رسانه رسان شد؛ پیام دیگری نه"),
    4: ("چهارم", "جلسه ۳۶ شورا، مقرّرات تازه و telegram.org"),
    5: ("پنجم", "پيام‌رسان با حروف عربي و شماره ٣٦"),
}


@pytest.fixture
def found(archive):
    for n, (title, body) in TEXTS.items():
        capture, record = page(
            f"https://sobh.example/{n}",
            title=title,
            body=body,
            publisher="sobh" if n % 2 else "asr",
            published_at=f"202{n}-04-01T09:00:00+04:30",
            published_jalali=f"140{n - 1}-01-12",
        )
        archive.store(capture, named(record, "خارجی", "telegram"))
    archive.name_publisher("asr", "عصر تازه", None)

    def search(query, **options):
        return {hit.document_id for hit in archive.search(query, **options).hits}

    return search


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_a_compound_finds_the_same_documents(found, spelling):
    assert found(spelling) == {1, 2, 5}


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("مکاتبات اداری", {1}),
        ("اداری مکاتبات", {1}),
        ('"مکاتبات اداری"', {1}),
        ('"اداری مکاتبات"', set()),
        ("«پیامرسان بومی»", {1}),
        ('"برای مکاتبات', {1}),
        ("مکات*", {1}),
        ("پیامرس*", {1, 2, 5}),
        ("پیام*", {1, 2, 3, 5}),
        ("36", {4, 5}),
        ("۳۶", {4, 5}),
        ("٣٦", {4, 5}),
        ("مقررات", {4}),
        ("TELEGRAM", {4}),
        ("telegram.org", {4}),
        ("اداری OR ممنوع", {1, 2}),
        ("پیامرسان AND خارجی", {2}),
        ("پیامرسان NOT خارجی", {1, 5}),
        ("پیام رسان -خارجی", {1, 5}),
        ("-پیامرسان", {3, 4}),
        ("NOT (پیامرسان OR ۳۶)", {3}),
        ("(بومی OR ممنوع) پیامرسان", {1, 2}),
        ("title:دوم", {2}),
        ("title:ممنوع", set()),
        ("body:پیامرسان خارجی", {2}),
        ("publisher:asr", {2, 4}),
        ("-publisher:asr پیامرسان", {1, 5}),
        ("messenger:telegram", {2}),
        ("messenger:تلگرام", {2}),
        ("messenger:بله", set()),
        ("messenger:تلـگرام", {2}),
        ("publisher:ASR", {2, 4}),
        ("publisher:«عصر تازه»", {2, 4}),
        ("date:1401", {2}),
        ("date:۱۴۰۱/۰۱/۱۲", {2}),
        ("date:1401-01..1403", {2, 3, 4}),
        ("date:..1401", {1, 2}),
        ("from:1403", {4, 5}),
        ("to:2022-04-01 پیامرسان", {1, 2}),
        ("from:2023 to:2024", {3, 4}),
        ("-date:1401-01..1403", {1, 5}),
        ("-date:1401", {1, 3, 4, 5}),
        ("-from:1403", {1, 2, 3}),
        ("نیست", set()),
        ("", set()),
        ("()", set()),
    ],
)
def test_queries_find(found, query, documents):
    assert found(query) == documents


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("publisher:sobhh", "publisher:sobhh: the archive has no such publisher; did you mean sobh?"),
        ("-publisher:sobhh", "did you mean sobh?"),
        ("publisher:nowhere", "no such publisher"),
        ("messenger:telgram", "did you mean telegram"),
        ("messenger:بلهه", "no such messenger"),
        ("پیامرسان publisher:sobhh", "publisher:sobhh"),
        ("date:1402-13", "date:1402-13: no day"),
        ("date:۳۱", "no day"),
        ("from:دیروز", "no day"),
        ("date:1402-12-30", "no day"),
        ("to:2023-02-29", "no day"),
        ("date:..", "no day"),
        ("date:1403..1402", "ends before it begins"),
        ("-date:1403..1402", "ends before it begins"),
        ("publsher:sobh", "did you mean publisher?"),
        ("messengr:bale", "did you mean messenger?"),
        ("publisher: sobh", "wants a value"),
        ("title:", "wants a value"),
    ],
)
def test_what_a_search_cannot_mean_is_said(found, query, says):
    with pytest.raises(SearchError) as raised:
        found(query)
    assert says in str(raised.value)


def test_excluded_days_exclude_no_document_without_a_day(archive):
    archive.store(*page("https://sobh.example/1", published_at=None, published_jalali=None))
    assert archive.search("-date:1401").total == 1


@pytest.mark.parametrize(
    "query",
    ['"', "(((", ")))", "AND", "OR OR", "NOT", "a AND", "OR b", "- -", "*", "x:y:z", '"" ""', "^a", "a + b", "{a}",
     "NEAR(a b, 2)", "پیام'; DROP TABLE documents; --", "\0", "\ud800", "a" * 5000, "(" * 500 + "a", "a OR " * 300 + "b"],
)  # fmt: skip
def test_any_string_is_a_query(archive, query):
    archive.store(*page(title="a"))
    assert archive.search(query).total in {0, 1}


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(query=st.text(alphabet=st.sampled_from(list('ab پیامرسان"()«»*:-AND ORNOT title:date14\u200c۰۱')), max_size=40))
def test_any_arrangement_of_the_languages_signs_is_a_query(archive, query):
    if archive.db.execute("select count(*) from documents").fetchone() == (0,):
        archive.store(*page())
    try:
        result = archive.search(query)
    except SearchError:
        return
    assert len(result.hits) == result.total <= 1


def test_the_best_hit_comes_first_and_pages_follow(archive):
    for n in range(30):
        title = "فیلترینگ در ایران" if n == 17 else "خبر دیگر"
        archive.store(*page(f"https://sobh.example/{n}", title=title, body=f"متن {n} دربارهٔ فیلترینگ"))
    result = archive.search("فیلترینگ", limit=10)
    assert (result.total, len(result.hits), result.hits[0].title) == (30, 10, "فیلترینگ در ایران")
    pages = [hit.document_id for at in (0, 10, 20) for hit in archive.search("فیلترینگ", limit=10, offset=at).hits]
    assert sorted(pages) == list(range(1, 31))


@pytest.mark.parametrize("query", ["پیامرسان", "پیام رسان", f"پیام{ZWNJ}رسان", "پيامرسان"])
def test_snippets_keep_the_spelling_and_show_the_words(archive, query):
    body = "واژه " * 100 + f"\nسپس پَیـام{ZWNJ}رسان ملّی آمد. " + "واژه " * 100
    archive.store(*page(title="ناب", body=body))
    hit = archive.search(query).hits[0]
    shown = "".join(hit.snippet[start:end] for start, end in hit.highlights)
    assert shown.replace(ZWNJ, "") == "پَیـامرسان"
    assert len(hit.snippet) < 200
    assert hit.snippet.startswith("…")


def test_a_snippet_never_highlights_part_of_a_word(archive):
    body = "ارشاد " * 60 + "روز شاد بود. " + "ارشادی " * 60
    archive.store(*page(title="ناب", body=body))
    hit = archive.search("شاد").hits[0]
    assert [hit.snippet[start - 1 : end + 1] for start, end in hit.highlights] == [" شاد "]


def test_a_title_is_highlighted_too(archive):
    archive.store(*page(title="شورا و بله", body="هیچ"))
    hit = archive.search("بله").hits[0]
    assert [hit.title[start:end] for start, end in hit.title_highlights] == ["بله"]
    assert (hit.snippet, hit.highlights) == ("هیچ", ())


def test_only_the_current_revision_is_found(archive):
    archive.store(*page(title="پیشین"))
    archive.store(*page(title="کنونی"))
    assert (archive.search("پیشین").total, archive.search("کنونی").total) == (0, 1)
    archive.db.execute("insert into search (search) values ('integrity-check')")


def test_kicker_words_are_found(archive):
    archive.store(*page(kicker="ویژه"))
    assert archive.search("ویژه").total == 1


def test_readers_search_as_well(archive):
    archive.store(*page())
    with type(archive)(archive.path, readonly=True) as reader:
        assert reader.search("پیام رسان").total == 1
        assert reader.db.execute("select fa_fold('كتاب‌ها')").fetchone() == ("کتاب ها",)


@pytest.mark.parametrize(
    ("printed", "joined"),
    [
        (f"«پیام{ZWNJ}رسان{ZWNJ}های»،", "پیامرسان پیامرسانهای رسانهای"),
        (f"مَی{ZWNJ}شود/نمی{ZWNJ}شود", "میشود نمیشود"),
        (f"{ZWNJ}کتاب{ZWNJ}", ""),
        (f"۱۰{ZWNJ}ساله", "10ساله"),
    ],
)
def test_compounds_are_indexed_glued_once_for_every_run_of_their_parts(archive, printed, joined):
    archive.store(*page(title="ناب", body=printed))
    for word in joined.split():
        assert archive.search(word).total == 1
    index = "select term from terms where col = 'joined'"
    archive.db.execute("create virtual table temp.terms using fts5vocab('main', 'search', 'col')")
    assert {row[0] for row in archive.db.execute(index).fetchall()} == set(joined.split())


@pytest.mark.parametrize("query", ["رایگان", "رایگان publisher:sobh", "رایگان -نو7", "بله OR رایگان", "رای*"])
def test_what_much_of_the_archive_says_is_shown_titles_first_then_the_newest_and_each_document_once(archive, monkeypatch, query):
    monkeypatch.setattr(ranking, "_MANY", 4)
    for n in range(24):
        title = "بله رایگان شد" if n % 9 == 4 else f"خبر {n}"
        archive.store(*page(f"https://sobh.example/news/{n}", title, f"نو{n} بله رایگان شد."))
    found = [hit.document_id for begin in range(0, 28, 3) for hit in archive.search(query, 3, begin).hits]
    everything = [n + 1 for n in range(24) if "-" not in query or n != 7]
    titled = [n + 1 for n in range(24) if n % 9 == 4]
    assert sorted(found) == everything
    assert sorted(found[: len(titled)]) == titled
    rest = found[len(titled) :]
    assert sorted(rest[:2], reverse=True) == sorted(set(everything) - set(titled), reverse=True)[:2]
    assert rest[4:] == sorted(rest[4:], reverse=True)


@pytest.mark.parametrize(
    "narrow",
    [
        "publisher:sobh", "-publisher:sobh", "from:2022-01-01", "date:1401", "messenger:telegram", "-messenger:telegram",
        "publisher:sobh from:2022-01-01 -messenger:telegram", 'publisher:"عصر تازه" to:2024-12-30',
    ],
)  # fmt: skip
@pytest.mark.parametrize(("limit", "value"), [("_COMMON", 0), ("_LARGE", 0), ("_MANY", 0)])
def test_the_ways_of_a_large_archive_find_what_those_of_a_small_one_do(found, monkeypatch, narrow, limit, value):
    for words in (f"پیام{ZWNJ}رسان", "پیام", "خارجی OR عربي", '"مکاتبات اداری"'):
        expected = found(f"{words} {narrow}")
        with monkeypatch.context() as large:
            large.setattr(ranking, limit, value)
            assert found(f"{words} {narrow}") == expected
