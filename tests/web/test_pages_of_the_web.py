"""The pages of the archive: what they show, what they refuse, how they are guarded."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from web_archive import HARM, LAW, Z

from db.canned import questions

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
    assert re.search(r'<a class="mark messengers" href="/messenger/bale" data-tip="بله — [^"]+">بله</a>', text)
    clause = r'<a class="mark citations" href="/clause/\d+/art_2" data-tip="ماده ۲ — [^"]*رایگان است[^"]*">ماده ۲</a>'
    assert re.search(clause, text)
    assert re.search(r'<a class="mark sessions" href="/session/\d+/36" data-tip="[^"]*جلسهٔ ۴۰[^"]*">جلسات ۳۶ تا ۴۰</a>', text)
    assert '<mark class="mark agencies" data-tip="ایرنا" tabindex="0">ایرنا</mark>' in text
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
    assert '<svg class="plot"' in text
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
