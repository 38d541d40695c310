"""The pages under a path behind a proxy: every link leads back there, nothing else changes."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from db.web.mount import is_base

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PAGES = (
    "/",
    "/search?q=بله",
    "/document/1",
    "/messengers",
    "/messenger/bale",
    "/laws",
    "/questions",
    "/health",
    "/watches",
    "/archive",
)


@pytest.fixture(scope="module")
def get(archive_path: Path) -> Callable[[str], httpx.Response]:
    """Asks the pages under /notes/."""
    from db.web.app import make
    from db.web.mount import mounted

    app: Any = mounted(make(archive_path).app(), "/notes/")

    def answer(address: str) -> httpx.Response:
        async def ask() -> httpx.Response:
            async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
                return await client.get(address)

        return asyncio.run(ask())

    return answer


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_a_page_leads_back_under_the_path(get: Any, page: str) -> None:
    answer = get(f"/notes{page}")
    assert answer.status_code == 200
    own = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.text)
    assert own
    assert [link for link in own if not link.startswith("/notes/")] == []
    assert re.findall(r'(?:href|src|action)="(/[^"]*)"', get(page).text) == own


def test_what_a_page_needs_is_found_there(get: Any) -> None:
    text = get("/notes/").text
    for link in set(re.findall(r'(?:href|src)="(/notes/static/[^"]*)"', text)):
        assert get(link).status_code == 200
    assert get("/notes").status_code == 200
    assert get("/notes/document/999999").status_code == 404
    assert get("/notes/-/versions").status_code == 404
    assert get("/notes/-/metrics").status_code == 200
    assert get("/notes/messengers.json").json()
    assert "http://localhost/notes/document/" in get("/notes/search.atom?q=بله").text


@pytest.mark.parametrize(
    ("path", "fits"),
    [("/", True), ("/a/", True), ("/a/b-c/", True), ("a/", False), ("/a", False), ("//", False), ("/../", False)],
)
def test_a_base_is_a_plain_path(path: str, fits: bool) -> None:
    assert is_base(path) is fits
