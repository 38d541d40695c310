"""Every page in Persian and in English: the same routes, no word left in the other language, the facts as they are."""

from __future__ import annotations

import html
import re
import tomllib
from html.parser import HTMLParser
from importlib import resources
from typing import Any

import pytest
from web_archive import LAW

from db.read.questions import questions
from db.web.routes import _PAGES

ADDRESSES = (
    "/", "/search", "/search?q=%D8%A8%D9%84%D9%87", "/search?q=nosuchword", "/search?q=publisher:nosuch",
    "/document/1", "/document/2", "/document/2/revision/1", "/document/2/changes", "/document/99",
    "/messengers", "/messenger/bale", "/messenger/nobody", "/laws", "/instrument/LAW", "/instrument/LAW?on=1400-01-01",
    "/instrument/LAW/compare", "/clause/LAW/art_2", "/clause/LAW/art_2?on=1400-01-01", "/sessions", "/session/1/36",
    "/questions", "/compare", "/compare?what=messenger", "/compare?from=zz", "/sql", "/watches", "/watch/example",
    "/health", "/nowhere", *(f"/question/{name}" for name in questions()),
)  # fmt: skip
PERSIAN = re.compile("[\u0620-\u06ef]")
LATIN = re.compile("[A-Za-z]{2,}")
# Names that Persian readers write in Latin letters too, those of rules, slugs of this archive, and what is asked for here.
NAMES = re.compile(
    r"\b(JSON|CSV|SQL|SVG|PNG|PDF|Atom|CSL|BibTeX|RIS|Datasette|English"
    r"|(?<=قاعده: )[a-z]+|[a-z]+(?:_[a-z]+)+|publisher|sobh|asr|majales|nosuch|nosuchword|nobody|zz|Ali)\b"
)
SAID = ("aria-label", "title", "placeholder", "alt", "data-tip")
CODE = ("style", "code", "pre")
VOID = {"meta", "link", "input", "img", "br", "hr"}


class _Words(HTMLParser):
    """The words of a page outside of what is marked as another language: texts and what is read out."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language, self.stack, self.words = language, [language], []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        is_code = said.get("dir") == "ltr" or "code" in (said.get("class") or "")
        language = None if tag in CODE else said.get("lang") or (None if is_code and self.language == "fa" else self.stack[-1])
        if language == self.language:
            self.words += [said[name] or "" for name in SAID if name in said]
        if tag not in VOID:
            self.stack.append(language or "")

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            self.stack.pop()

    def handle_data(self, text: str) -> None:
        if self.stack[-1] == self.language and text.strip():
            self.words.append(text)


def _words(page: str, language: str) -> list[str]:
    reader = _Words(language)
    reader.feed(page)
    return reader.words


def _address(ask: Any, address: str) -> str:
    if "LAW" not in address:
        return address
    rows = ask("/laws.json").json["rows"]
    return address.replace("LAW", str(next(row["instrument_id"] for row in rows if row["title"] == LAW)))


def test_the_walk_visits_every_route() -> None:
    for pattern, _ in _PAGES:
        assert any(re.fullmatch(pattern, address.partition("?")[0].replace("LAW", "1")) for address in ADDRESSES), pattern


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_word_of_an_english_page_is_persian_but_the_facts(ask: Any, address: str) -> None:
    page = ask("/en" + _address(ask, address))
    assert page.status in (200, 400, 404)
    assert '<html lang="en" dir="ltr">' in page.text
    assert [text for text in _words(page.text, "en") if PERSIAN.search(text)] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_word_of_a_persian_page_is_english_but_names(ask: Any, address: str) -> None:
    page = ask(_address(ask, address))
    assert '<html lang="fa" dir="rtl">' in page.text
    assert [text for text in _words(page.text, "fa") if LATIN.search(NAMES.sub("", text))] == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_names_its_twin_and_leads_nowhere_else(ask: Any, address: str) -> None:
    address = _address(ask, address)
    persian, english = ask(address).text, ask("/en" + address).text
    twin = (address.partition("?")[0]).rstrip("/")
    for page in (persian, english):
        assert 'hreflang="x-default"' in page
        assert re.search(rf'hreflang="en" href="/en{re.escape(twin)}/?(?:\?[^"]*)?"', page)
        assert re.search(rf'hreflang="fa" href="{re.escape(twin)}/?(?:\?[^"]*)?"', page)
    own = re.findall(r'(?:href|action)="(/[^"]*)"', re.sub(r"<(?:link|a class=\"language\")[^>]*>", "", english))
    neutral = ("/static/", "/archive", "/capture/", "/search.atom", "/watch/", "/facsimile/")
    assert [link for link in own if not link.startswith(("/en/", *neutral)) and link != "/en"] == []


def test_both_languages_have_the_same_words() -> None:
    read = {
        name: tomllib.loads(resources.files("db.web").joinpath(name).read_text("utf-8"))
        for name in ("words.toml", "words_en.toml")
    }
    persian, english = read.values()
    assert set(english.pop("questions")) == set(questions())
    assert {group: set(words) for group, words in persian.items()} == {group: set(words) for group, words in english.items()}
    for name, sentence in persian["say"].items():
        twins = english["say"][name]
        for twin in twins.values() if isinstance(twins, dict) else (twins,):
            assert set(re.findall(r"\{(\w+)\}", twin)) <= set(re.findall(r"\{(\w+)\}", sentence)), name


def test_an_english_number_of_documents_has_its_plural(ask: Any) -> None:
    assert "in 3 documents" in ask("/en/messenger/bale").text
    assert "1 document" in ask("/en/search?q=alert").text
    assert "1 documents" not in ask("/en/search?q=alert").text


def test_days_and_plots_of_an_english_page_are_in_its_letters(ask: Any) -> None:
    page = ask("/en/messenger/bale").text
    assert "14 Mehr 1405" in page
    assert "Mehr 1405: 2 documents" in page
    assert "مهر ۱۴۰۵: ۲ سند" in ask("/messenger/bale").text


@pytest.mark.parametrize("address", ["/index", "/messenger/bale", "/instrument/LAW", "/clause/LAW/art_2", "/compare"])
def test_every_plot_has_its_table_and_pictures_to_keep(ask: Any, address: str) -> None:
    address = _address(ask, address)
    for language in ("", "/en"):
        page = ask(language + address.replace("/index", "/"))
        assert '<details class="table">' in page.text
        assert f'href="{language}{address}.svg" download' in page.text
        picture = ask(f"{language}{address}.svg")
        assert picture.headers["content-type"] == "image/svg+xml"
        assert "<style>" in picture.text
        assert "<a " not in picture.text
    pytest.importorskip("resvg_py", reason="resvg is not installed")
    assert ask(f"{address}.png").text.startswith("\ufffdPNG")


def test_a_page_without_a_plot_has_no_picture(ask: Any) -> None:
    assert ask("/questions.svg").status == 404
    assert ask("/en/questions.png").status == 404


def test_messengers_that_nobody_names_are_folded_away(ask: Any) -> None:
    text = ask("/messengers").text
    named, _, folded = text.partition("<details>")
    assert 'href="/messenger/bale"' in named
    assert "نام که در هیچ سندی نیامده است" in folded
    assert 'href="/messenger/bale"' not in folded


def test_the_title_of_a_tab_has_persian_digits(ask: Any) -> None:
    page = ask(_address(ask, "/clause/LAW/art_2")).text
    assert "<title" in page
    assert "ماده ۲" in page.split("<title")[1].split("</title>")[0]


def test_a_clause_counts_the_citations_of_the_clauses_in_it(ask: Any) -> None:
    page = ask(_address(ask, "/clause/LAW/art_2.json")).json
    assert page["cited_within"] == []


def test_two_publishers_are_compared_over_a_chosen_time(ask: Any) -> None:
    both = ask("/compare.json?a=sobh&b=asr").json
    totals = {row["name"]: (row["a"], row["b"]) for row in both["totals"]}
    assert totals["documents"] == (2, 1)
    assert both["together"] == 1
    one = ask("/compare.json?a=sobh&b=asr&from=1405-08&to=1405").json
    assert {row["name"]: (row["a"], row["b"]) for row in one["totals"]}["documents"] == (1, 0)
    assert ask("/compare?from=1405-13").status == 400


@pytest.mark.parametrize(
    "asked",
    ["a=nosuch", "a=sobh&b=nosuch", "what=law", "what=messenger&a=sobh", "from=2026-13", "to=2026-02-30", "from=1405-07-31"],
)
def test_what_cannot_be_compared_is_not_taken_for_something_else(ask: Any, asked: str) -> None:
    answer = ask(f"/compare.json?{asked}")
    assert answer.status == 400
    value = asked.rsplit("=", 1)[1]
    assert value in answer.json["error"]
    assert "<" not in answer.json["error"]


def test_a_month_and_a_year_of_either_calendar_are_whole(ask: Any) -> None:
    whole = ask("/compare.json?a=sobh&b=asr&from=2024-02&to=2024-02").json
    assert (whole["since"], whole["until"]) == ("2024-02-01", "2024-02-29")
    assert ask("/compare.json?a=sobh&b=asr&from=2024&to=2024").json["until"] == "2024-12-31"


def test_two_messengers_are_compared(ask: Any) -> None:
    found = ask("/compare.json?what=messenger&a=bale&b=gap").json
    assert found["together"] == 2
    assert {row["slug"]: (row["a"], row["b"]) for row in found["named"]}["sobh"] == (2, 1)


def test_a_search_can_be_watched(ask: Any) -> None:
    page = ask("/search?q=messenger:bale").text
    assert "bayegan watch add NAME messenger:bale" in page
    assert 'href="/search.atom?q=messenger%3Abale"' in page


def test_the_sql_page_leads_to_the_views_and_its_first_query_answers(ask: Any) -> None:
    from urllib.parse import quote

    page = ask("/sql")
    assert page.text.index("clause_citations") < page.text.index("<details>")
    first = re.search(r"<textarea[^>]*>(.*?)</textarea>", page.text, re.DOTALL)
    assert first
    rows = ask(f"/archive.json?sql={quote(html.unescape(first[1]))}").json
    assert rows["rows"]
    assert "hidden" in ask("/archive").text


def test_who_cites_a_clause_within_is_counted_apart_from_who_cites_the_clause(tmp_path: Any) -> None:
    import asyncio

    from web_archive import CAPTURES

    from db.archive import Archive
    from db.web.app import make
    from parsers.models import Capture
    from parsers.record import parse

    html_page = (
        '<html lang="fa"><head><title>ثبت</title><meta property="og:type" content="article"></head><body id="news">'
        '<div class="title"><h1>ثبت سکوهای خارجی</h1></div><div class="body">'
        f"<p>بر اساس تبصره ماده ۲ «{LAW}» سکوهای خارجی ثبت نمی\u200cشوند و "
        "شهرداری آن را به همه سکوها گفته است.</p></div></body></html>"
    )
    path = tmp_path / "archive.db"
    within = Capture(
        html_page.encode(), "https://sobh.example/fa/news/9", fetched_at="2026-10-09T12:00:00+03:30", publisher="sobh"
    )
    with Archive(path) as archive:
        for capture in (*CAPTURES[:2], within):
            archive.store(capture, parse(capture))
        row = next(archive.db.query("SELECT instrument_id FROM laws_list WHERE title = ?", [LAW]))
    datasette = make(path)

    def get(address: str) -> Any:
        return asyncio.run(datasette.client.get(address))

    page = get(f"/en/clause/{row['instrument_id']}/art_2").text
    assert "cited in 1 document" in page
    assert "clauses in it: cited in 1 document" in page
    assert "Who cites the clauses in it" in page
    found = get(f"/clause/{row['instrument_id']}/art_2.json").json()
    assert [one["url"] for one in found["cited_within"]] == ["https://sobh.example/fa/news/9"]


def test_a_permalink_shows_the_revision_that_it_names(ask: Any) -> None:
    first, current = ask("/document/2/revision/1").text, ask("/document/2").text
    assert "«گپ»" in re.sub("<[^>]*>", "", first)
    assert "این بازنگری ۱ است" in first
    assert "این بازنگری" not in current
    assert "/document/2/revision/2" in current
    assert ask("/document/2/revision/9").status == 404
    assert ask("/document/2/revision/9/cite.bib").status == 404


@pytest.mark.parametrize("ending", ["csl.json", "bib", "ris"])
def test_a_document_and_a_clause_are_cited_in_every_format(ask: Any, ending: str) -> None:
    for address, says in (("/document/2/revision/1", "1405-07-13"), ("/clause/LAW/art_2", "1399-02-03")):
        answer = ask(f"{_address(ask, address)}/cite.{ending}")
        assert answer.status == 200
        assert answer.headers["content-disposition"].startswith("attachment")
        assert says in answer.text
        assert "/revision/1" in answer.text
    assert ask(_address(ask, f"/clause/LAW/art_77/cite.{ending}")).status == 404
