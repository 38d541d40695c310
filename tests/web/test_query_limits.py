"""What a query over the web may cost, and who may ask."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest

if TYPE_CHECKING:
    from pathlib import Path

LARGE = (
    "select hex(zeroblob(400000000))",
    "select printf('%.*c', 900000000, 'x')",
    "select randomblob(500000000)",
    "select length(replace(hex(zeroblob(20000000)), '0', 'xxxxxxxxxx'))",
    "with recursive n(i) as (select 1 union all select i + 1 from n limit 5000) select zeroblob(1000000) from n",
)  # fmt: skip
ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) from n"


@pytest.mark.survives("a query that makes gigabytes", "`serve`", "refused")
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("kind", ["json", "csv", "html"])
@pytest.mark.parametrize("sql", LARGE)
def test_an_answer_of_gigabytes_is_refused(ask: Any, sql: str, kind: str) -> None:
    if kind != "json" and "recursive" in sql:
        pytest.skip("the same bound as for JSON")
    ending = "" if kind == "html" else f".{kind}"
    answer = ask(f"/archive{ending}?{urlencode({'sql': sql})}")
    assert len(answer.text) < 1_000_000
    assert answer.status in (200, 400, 500)
    if kind == "json":
        assert answer.status == 400
        assert answer.json["ok"] is False


def test_what_an_article_holds_is_no_large_answer(ask: Any) -> None:
    query = urlencode({"sql": "select title, body, url from articles"})
    assert len(ask(f"/archive.json?{query}").json["rows"]) >= 4
    assert len(ask(f"/archive.json?{query}").json["rows"]) >= 4


@pytest.mark.survives("pages of other sites", "`serve`", "may link, not query")
@pytest.mark.parametrize(
    ("address", "headers", "status"),
    [
        ("/archive.json?sql=select+1", {"site": "cross-site", "mode": "no-cors", "dest": "image"}, 403),
        ("/archive.json?sql=select+1", {"site": "same-site", "mode": "cors", "dest": "empty"}, 403),
        ("/archive?sql=select+1", {"site": "cross-site", "mode": "navigate", "dest": "document"}, 403),
        ("/document/1", {"site": "cross-site", "mode": "navigate", "dest": "iframe"}, 403),
        ("/document/1", {"site": "cross-site", "mode": "navigate", "dest": "document"}, 200),
        ("/archive.json?sql=select+1", {"site": "same-origin", "mode": "cors", "dest": "empty"}, 200),
        ("/archive.json?sql=select+1", {"site": "none", "mode": "navigate", "dest": "document"}, 200),
        ("/archive.json?sql=select+1", {}, 200),
    ],
)
def test_pages_of_other_sites_may_link_but_not_query(ask: Any, address: str, headers: dict[str, str], status: int) -> None:
    assert ask(address, **{f"sec-fetch-{name}": value for name, value in headers.items()}).status == status


@pytest.mark.survives("twelve endless queries", "`serve`", "pages answer meanwhile; queries beyond ten are refused")
def test_pages_answer_beside_twelve_endless_queries(archive_path: Path) -> None:
    from db.web.app import make

    datasette = make(archive_path)
    endless = f"/archive.json?{urlencode({'sql': ENDLESS, '_timelimit': 400})}"

    async def ask_both() -> tuple[list[int], list[str]]:
        ended: list[str] = []

        async def query() -> int:
            answer = await datasette.client.get(endless)
            ended.append("query")
            return answer.status_code

        queries = [asyncio.create_task(query()) for _ in range(12)]
        await asyncio.sleep(0.3)
        page = await datasette.client.get("/document/1")
        ended.append("page")
        assert page.status_code == 200
        return [await query for query in queries], ended

    statuses, ended = asyncio.run(ask_both())
    assert statuses.count(503) == 2
    assert set(statuses) <= {400, 503}
    assert ended[-1] == "query"  # the page did not wait until the queries were through


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/archive/nothing", 404),
        ("/archive/nothing.json", 404),
        ("/archive.json?sql=delete+from+documents", 400),
        ("/nowhere", 404),
    ],
)
def test_errors_are_our_pages_and_print_nothing(ask: Any, address: str, status: int, capsys: Any) -> None:
    answer = ask(address)
    assert answer.status == status
    said = capsys.readouterr()
    assert said.out + said.err == ""
    if not address.partition("?")[0].endswith(".json"):
        assert 'lang="fa"' in answer.text
