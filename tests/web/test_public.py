"""The pages for everybody: requests are limited by address, SQL is off, and no address of the web fails."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.web.public import RateLimit, public

if TYPE_CHECKING:
    from pathlib import Path


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.mark.survives("one address asks without end", "`serve --public`", "429 for it alone")
def test_an_address_has_so_many_requests_and_others_have_theirs() -> None:
    clock = Clock()
    limit = RateLimit(clock)
    assert [limit.wait("a") for _ in range(60)] == [0.0] * 60
    assert limit.wait("a") == pytest.approx(0.25)
    assert limit.wait("b") == 0
    clock.now += 0.25
    assert limit.wait("a") == 0
    assert limit.wait("a") > 0
    clock.now += 3600
    assert [limit.wait("a") > 0 for _ in range(61)] == [False] * 60 + [True]


@pytest.fixture
def asked(archive_path: Path) -> Any:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from db.web.app import make

    datasette = make(archive_path)

    def answer(address: str, *, with_sql: bool = False, limit: RateLimit | None = None, **headers: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(public(datasette.app(), with_sql=with_sql, limit=limit))
            async with httpx.AsyncClient(transport=transport, base_url="http://archive.example.org") as client:
                return await client.get(address, headers=headers)

        return asyncio.run(ask())

    return answer


def test_pages_are_there_under_any_name_and_sql_is_not(asked: Any) -> None:
    assert asked("/document/1").status_code == 200
    for address in ("/archive", "/archive.json?sql=select+1", "/archive/articles", "/archive/last_runs.csv"):
        assert asked(address).status_code == 404
    assert asked("/archive.json?sql=select+1", with_sql=True).status_code == 200


def test_the_proxys_word_tells_who_asks_and_the_clients_own_does_not(asked: Any) -> None:
    limit = RateLimit(Clock())
    for n in range(60):
        assert asked("/nowhere", limit=limit, **{"x-forwarded-for": f"10.0.0.{n}, 203.0.113.7"}).status_code == 404
    refused = asked("/nowhere", limit=limit, **{"x-forwarded-for": "198.51.100.1, 203.0.113.7"})
    assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
    assert asked("/nowhere", limit=limit, **{"x-forwarded-for": "203.0.113.8"}).status_code == 404


PLACES = (
    "/", "/search", "/document/{}", "/document/{}/changes", "/messengers", "/messenger/{}", "/laws", "/instrument/{}",
    "/clause/{}/{}", "/sessions", "/session/{}/{}", "/questions", "/question/{}", "/health", "/capture/{}", "/static/{}",
    "/archive", "/archive/{}", "/archive/articles/{}",
)  # fmt: skip
PARTS = st.one_of(
    st.sampled_from(["1", "2", "0", "-1", "9" * 30, "bale", "last_runs", "articles", "..", "%00", "%2F", "a.json", "۱", "null"]),
    st.text(min_size=1, max_size=12),
)
NAMES = st.sampled_from(
    ["q", "page", "sort", "since", "until", "month", "publisher", "messenger", "sql", "_size", "_next", "a", "b"]
)


@pytest.mark.survives("any address with any parameters", "`serve`", "an answer below 500, without a script of the asker")
@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    place=st.sampled_from(PLACES), parts=st.lists(PARTS, min_size=2, max_size=2), kind=st.sampled_from(["", ".json", ".csv"]),
    query=st.dictionaries(NAMES, PARTS, max_size=3),
)  # fmt: skip
def test_no_address_of_the_web_fails(asked: Any, place: str, parts: list[str], kind: str, query: dict[str, str]) -> None:
    from urllib.parse import quote, urlencode

    path = place.format(*(quote(part, safe="%") for part in parts))
    answer = asked(f"{path}{kind}?{urlencode(query)}", with_sql=True)
    assert answer.status_code < 500, answer.text[:300]
