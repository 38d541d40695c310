"""The pages of the archive: what they show, what they refuse, how they are guarded."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from web_archive import HARM, LAW, Z

from db.read.questions import questions

if TYPE_CHECKING:
    from collections.abc import Callable

PAGES = ("/", "/search", "/search?q=%D8%A8%D9%84%D9%87", "/document/1", "/document/2", "/document/2/changes", "/messengers",
         "/messenger/bale", "/laws", "/sessions", "/questions", "/health")  # fmt: skip


def _law_address(ask: Callable[..., Any]) -> str:
    rows = ask("/laws.json").json["rows"]
    return f"/instrument/{next(row['instrument_id'] for row in rows if row['title'] == LAW)}"


@pytest.mark.parametrize("address", PAGES)
def test_every_page_is_persian_right_to_left_and_loads_nothing_from_elsewhere(ask: Any, address: str) -> None:
    page = ask(address)
    assert page.status == 200
    assert '<html lang="fa" dir="rtl">' in page.text
    loaded = re.findall(r'(?:src|href)="(https?:[^"]*|//[^"]*)"[^>]*(?:rel="stylesheet"|as=)', page.text)
    assert not loaded
    assert "<script" not in page.text
    assert " style=" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("name", list(questions()))
def test_every_question_has_a_page_its_answer_as_json_and_its_sql(ask: Any, name: str) -> None:
    page = ask(f"/question/{name}")
    assert page.status == 200
    assert questions()[name].title in page.text
    assert "rows" in ask(f"/question/{name}.json").json


def test_an_article_shows_its_facts_in_place_with_links_and_evidence(ask: Any) -> None:
    text = ask("/document/2").text
    named = (
        r'<a class="mark messengers" href="/messenger/bale" data-tip="بله · قاعده: [^"]+" id="(messengers-body-[^"]+)">بله</a>'
    )
    found = re.search(named, text)
    assert found
    assert f'<a class="place" href="#{found[1]}">«<bdi dir="rtl" lang="fa">بله</bdi>»</a>' in text
    clause = r'<a class="mark citations" href="/clause/\d+/art_2" data-tip="ماده ۲ — [^"]*رایگان است[^"]*" id="[^"]+">ماده ۲</a>'
    assert re.search(clause, text)
    session = r'<a class="mark sessions" href="/session/\d+/36" data-tip="[^"]*جلسهٔ ۴۰[^"]*" id="[^"]+">جلسات ۳۶ تا ۴۰</a>'
    assert re.search(session, text)
    assert re.search(
        r'<mark class="mark agencies" data-tip="ایرنا[^"]*" tabindex="0" id="agencies-body-\d+-\d+">ایرنا</mark>', text
    )
    assert "۱۴ مهر ۱۴۰۵" in text
    assert 'href="/document/2/changes"' in text
    assert 'href="https://sobh.example/fa/news/1"' in text


def test_an_article_leads_to_the_same_story_elsewhere(ask: Any) -> None:
    text = ask("/document/2").text
    assert "همین خبر در" in text
    assert 'href="/document/4"' in text
    assert "همین خبر در" not in ask("/document/3").text


def test_a_hostile_title_is_text_everywhere(ask: Any) -> None:
    for address in ("/", "/document/3", "/search?q=alert", "/messenger/bale", "/question/where_named?messenger=bale"):
        page = ask(address)
        assert HARM not in page.text
        assert "&lt;script&gt;" in page.text
    assert ask("/document/3.json").json["article"]["title"] == HARM


@pytest.mark.parametrize("address", ["/archive/articles", "/archive?sql=select+title+from+articles", "/archive/revisions"])
def test_a_hostile_title_is_text_in_the_tables_of_datasette_too(ask: Any, address: str) -> None:
    page = ask(address)
    assert page.status == 200
    assert HARM not in page.text
    assert "alert(" in page.text


@pytest.mark.parametrize(
    ("address", "status"),
    [("/", 200), ("/nowhere", 404), ("/question/where_named?limit=x", 400), ("/archive", 200), ("/archive/articles.json", 200),
     ("/archive?sql=drop+table+x", 400), ("/archive/articles?_sort=x", 500), ("/archive/nothing", 404), ("/-/threads", 404),
     ("/static/style.css", 200), ("/capture/1", 200), ("/-/static/app.css", 200), ("/search.csv?q=x", 200)],
)  # fmt: skip
def test_every_answer_whatever_it_is_forbids_scripts_and_foreign_loads(ask: Any, address: str, status: int) -> None:
    page = ask(address)
    assert page.status == status
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.headers["x-content-type-options"] == "nosniff"
    assert page.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("words", ["'; DROP TABLE documents; --", '"', "(((", "NEAR(", "*", "-", "\x00", "ي" * 5000, HARM])
def test_whatever_is_searched_for_the_answer_is_a_page(ask: Any, words: str) -> None:
    page = ask(f"/search?q={quote(words)}")
    assert page.status == 200
    assert HARM not in page.text
    assert ask("/document/1").status == 200


@pytest.mark.parametrize(
    "address",
    ["/document/99", "/document/99999999999999999999", "/document/x", "/messenger/nobody", "/messenger/..%2fetc",
     "/instrument/9999", "/clause/1/cl_999", "/session/1/99999", "/question/drop", "/static/../app.py",
     "/static/app.py", "/capture/77", "/nowhere", "/document/1/changes?a=7&b=9", "/%2e%2e/%2e%2e/etc/passwd"],
)  # fmt: skip
def test_what_is_not_there_is_said_to_be_not_there(ask: Any, address: str) -> None:
    page = ask(address)
    assert page.status == 404
    assert "Traceback" not in page.text


@pytest.mark.parametrize(
    ("address", "says"),
    [("/document/99", "سندی با این شماره در بایگانی نیست"), ("/document/3/changes", "تنها یک بازنگری دارد"),
     ("/document/2/changes?a=7&b=9", "چنین بازنگری"), ("/capture/77", "گرفته نشده است"), ("/nowhere", "چنین صفحه")],
)  # fmt: skip
def test_it_is_said_in_persian(ask: Any, address: str, says: str) -> None:
    page = ask(address)
    assert page.status == 404
    assert says in page.text
    assert '<html lang="fa" dir="rtl">' in page.text


@pytest.mark.parametrize(
    ("address", "status"),
    [("/question/where_named?limit=abc", 400), ("/question/where_named?limit=-1", 400),
     ("/question/where_named?limit=%DB%B1", 200),
     ("/question/where_named?limit=99999999999999999999999", 200), ("/question/where_named?messenger=%00", 200),
     ("/question/full_text?words=((%22", 200), ("/question/full_text?words=NEAR(", 200), ("/question/full_text?words=%00", 200),
     ("/question/clause_on_a_day?on=1398-12-31", 400), ("/question/clause_on_a_day?on=soon", 400),
     ("/question/profile_of_a_document?document_id=x", 400),
     ("/question/bodies_cited_in_a_year?year=%DB%B1%DB%B3%DB%B9%DB%B8", 200)],
)  # fmt: skip
def test_a_question_is_asked_with_whatever_people_write(ask: Any, address: str, status: int) -> None:
    page = ask(address)
    assert page.status == status
    assert '<html lang="fa" dir="rtl">' in page.text
    assert ask(address.replace("?", ".json?")).status == status


def test_days_may_be_asked_by_the_jalali_calendar_and_words_in_any_spelling(ask: Any) -> None:
    uri = next(row["uri"] for row in ask("/laws.json").json["rows"] if row["title"] == LAW)
    days = [ask(f"/question/clause_on_a_day.json?uri={quote(uri)}&eid=art_2&on={day}").json["rows"]
            for day in ("2021-01-01", "1399-10-12", quote("۱۳۹۹/۱۰/۱۲"))]  # fmt: skip
    assert days[0]
    assert days[0] == days[1] == days[2]
    assert not ask(f"/question/clause_on_a_day.json?uri={quote(uri)}&eid=art_2&on=1390-01-01").json["rows"]
    spellings = (f"نامه{Z}های شهرداری", "نامه هاي شهرداري")
    found = [ask(f"/question/full_text.json?words={quote(words)}").json["rows"] for words in spellings]
    assert found[0]
    assert found[0] == found[1]


def test_a_page_that_fails_says_so_in_persian_and_nothing_of_why(ask: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    from db.web.pages import home

    monkeypatch.setattr(home, "_COUNTS", "SELECT secret FROM documents")
    page = ask("/?first=1")  # a slow answer of another test may be kept for the plain address
    assert page.status == 500
    assert '<html lang="fa" dir="rtl">' in page.text
    assert "secret" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]


@pytest.mark.parametrize("page", ["versions", "settings", "plugins", "databases", "threads", "allow-debug", "patterns"])
def test_what_datasette_tells_of_the_machine_is_closed(ask: Any, page: str) -> None:
    assert ask(f"/-/{page}").status == 404
    assert ask(f"/-/{page}.json").status == 404


@pytest.mark.parametrize("name", list(questions()))
def test_every_question_can_be_changed_in_datasette_and_answers_alike_there(ask: Any, name: str) -> None:
    rows = ask(f"/question/{name}.json").json["rows"]
    there = ask(f"/archive/{name}.json?_shape=array")
    assert there.status == 200
    assert there.json == rows


def test_answers_are_told_in_the_words_of_their_readers(ask: Any) -> None:
    profile = ask("/question/profile_of_a_document?document_id=2").text
    for words in (">متن<", "پیام\u200cرسان", "استناد", "جای آغاز"):
        assert words in profile
    assert ">body<" not in profile
    status = ask("/question/status_of_messengers").text
    assert ">blocked<" not in status
    assert "مسدود شد" in status
    assert "ژانویه ۲۰۱۵ میلادی" in status
    named = ask("/question/where_named").text
    assert re.search(r"<td><span class=\"nowrap\">\S+ آبان ۱۴۰۵</span></td>", named)
    assert "governor" not in named


def test_every_column_and_parameter_of_the_questions_has_a_persian_name(ask: Any) -> None:
    from db.web.edition import PERSIAN

    columns = {column for name in questions() for row in ask(f"/question/{name}.json").json["rows"] for column in row}
    assert columns <= set(PERSIAN.group("columns"))
    assert {name for question in questions().values() for name in question.parameters} <= set(PERSIAN.group("parameters"))


def test_every_issue_that_operators_are_told_of_has_a_persian_name() -> None:
    from db.web.edition import PERSIAN

    lines = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8").split("## Issues")[1].splitlines()
    codes = {code for line in lines if line.startswith("| `") for code in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert len(codes) > 20
    assert codes <= set(PERSIAN.group("codes"))


@pytest.mark.parametrize(
    ("query", "says"), [("publisher:sobhh", "sobh"), ("date:1403-13", "1403-02"), ("messenger:nosuch", "nosuch")]
)
def test_a_search_for_what_cannot_be_is_answered_with_what_is_wrong(ask: Any, query: str, says: str) -> None:
    found = ask(f"/search?q={quote(query)}")
    assert found.status == 400
    assert says in found.text
    assert says in ask(f"/search.json?q={quote(query)}").json["error"]


def test_tables_can_be_sorted_by_their_columns(ask: Any) -> None:
    names = [row["name"] for row in ask("/messengers.json?sort=name").json["rows"]]
    assert names.index("پینترست") < names.index("تلگرام") < names.index("گپ") < names.index("واتساپ")
    counts = [row["documents"] for row in ask("/messengers.json?sort=documents&desc=1").json["rows"]]
    assert counts == sorted(counts, reverse=True)
    text = ask("/question/where_named?sort=title").text
    assert 'aria-sort="ascending"' in text
    assert "sort=title&amp;desc=1" in text
    assert ask("/messengers.json?sort=nothing").json == ask("/messengers.json").json


def test_a_facet_that_was_chosen_is_shown_and_can_be_taken_back(ask: Any) -> None:
    text = ask(f"/search?q={quote('شهرداری messenger:bale')}").text
    assert "باریک" in text
    assert f'href="/search?q={quote("شهرداری")}"' in text
    assert "messenger%3Abale+messenger%3Abale" not in text.replace("%20", "+")


@pytest.mark.parametrize("address", ["/document/2", "/clause", "/session/1/36", "/messenger/bale"])
def test_the_mention_is_marked_in_the_words_around_it(ask: Any, address: str) -> None:
    address = _law_address(ask).replace("instrument", "clause") + "/art_2" if address == "/clause" else address
    assert re.search(r'<(?:a|mark) class="mark (?:citations|sessions|messengers)"', ask(address).text)
    assert "at_" not in ask(f"{address}.json").text


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_nothing_can_be_written(ask: Any, method: str) -> None:
    assert ask("/archive/documents/1", method).status == 405


def test_sql_of_readers_cannot_write(ask: Any) -> None:
    assert ask(f"/archive.json?sql={quote('DELETE FROM documents')}").status == 400
    assert ask(f"/archive.json?sql={quote('select count(*) as n from articles')}").json["rows"] == [[4]]


def test_a_page_elsewhere_cannot_read_a_local_server_under_another_name(archive_path: Any) -> None:
    import asyncio

    from db.web.safety import guarded

    async def app(_scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"secret"})

    def status(host: bytes, server: str) -> int:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {"type": "http", "method": "GET", "headers": [(b"host", host)], "server": (server, 8001)}
        asyncio.run(guarded(app)(scope, None, send))
        return int(sent[0]["status"])

    assert status(b"localhost:8001", "127.0.0.1") == 200
    assert status(b"[::1]:8001", "::1") == 200
    assert status(b"attacker.example", "127.0.0.1") == 421
    assert status(b"archive.example", "192.0.2.7") == 200


def test_raw_bytes_are_given_to_keep_and_never_to_show(ask: Any) -> None:
    raw = ask("/capture/4")
    assert raw.headers["content-type"] == "application/octet-stream"
    assert raw.headers["content-disposition"].startswith("attachment")
    assert 'id="news"' in raw.text


def test_changes_show_what_went_and_what_came(ask: Any) -> None:
    text = ask("/document/2/changes").text
    assert re.search(r"<del>[^<]*«گپ»[^<]*</del>", text)
    assert ask("/document/3/changes").status == 404


def test_a_messenger_has_its_months_its_events_and_its_company(ask: Any) -> None:
    page = ask("/messenger/bale.json").json
    assert page["months"] == {"1405-07": 2, "1405-08": 1}
    assert [row["slug"] for row in page["beside"]] == ["soroush", "gap"]
    assert {row["document_id"] for row in page["mentions"]} == {2, 3, 4}
    text = ask("/messenger/bale").text
    assert '<svg class="plot wide"' in text
    assert "مجوز گرفت" in text


def test_a_law_shows_its_tree_and_a_clause_who_cites_it(ask: Any) -> None:
    address = _law_address(ask)
    text = ask(address).text
    assert 'id="art_2__note"' in text or 'id="art_2__note_1"' in text
    assert "استناد در ۲ سند" in text
    clause = ask(address.replace("instrument", "clause") + "/art_2")
    assert "ثبت سکو رایگان است" in clause.text
    assert 'href="/document/2"' in clause.text
    assert ask(address.replace("instrument", "clause") + "/art_2.json").json["cited_by"][-1]["document_id"] == 2


def test_a_session_tells_who_reports_of_it(ask: Any) -> None:
    rows = ask("/sessions.json").json["rows"]
    row = next(row for row in rows if row["number"] == 38)
    page = ask(f"/session/{row['body_id']}/38")
    assert 'href="/document/2"' in page.text
    assert "جلسهٔ ۳۸ شورای عالی فضای مجازی" in page.text


def test_facets_narrow_a_search_and_any_spelling_finds(ask: Any) -> None:
    for words in (f"پیام{Z}رسان", "پیامرسان", "پيام رسان"):
        assert ask(f"/search.json?q={quote(words)}").json["total"] == 4
    text = ask(f"/search?q={quote('پیامرسان')}").text
    assert "publisher%3Asobh" in text
    assert ask(f"/search.json?q={quote('پیامرسان publisher:sobh date:1405-08')}").json["total"] == 1


@pytest.mark.parametrize(
    "address", ["/search.csv?q=messenger:bale", "/document/2.csv", "/messengers.csv", "/question/where_named.csv"]
)
def test_tables_come_as_csv_that_spreadsheets_read(ask: Any, address: str) -> None:
    page = ask(address)
    assert page.text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(page.text.removeprefix("\ufeff"))))
    assert len(rows) > 1
    assert len({len(row) for row in rows}) == 1


def test_the_page_of_an_empty_archive_is_there(tmp_path: Any) -> None:
    import asyncio

    from db.archive import Archive
    from db.web.app import make

    Archive(tmp_path / "empty.db").close()
    datasette = make(tmp_path / "empty.db")
    for address in ("/", "/search?q=x", "/messengers", "/laws", "/sessions", "/health", "/messenger/bale"):
        assert asyncio.run(datasette.client.get(address)).status_code == 200
