from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from web_archive import CAPTURES, ODD

from db.archive import Archive
from parsers.record import parse

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    text: str
    headers: Any
    json: Any = None


@pytest.fixture(scope="session")
def archive_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "archive.db"
    with Archive(path) as archive:
        run = archive.runs.begin("add", publishers=("sobh", "majales"))
        for capture in CAPTURES:
            assert archive.store(capture, parse(capture), run_id=run).document_id
        archive.group_stories()
        archive.runs.finish(run, status="done", counts={"fetched": len(CAPTURES)})
    return path


@pytest.fixture(scope="session")
def odd_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of endless titles and addresses, of English among Persian, of a text that changed here and there."""
    path = tmp_path_factory.mktemp("odd") / "archive.db"
    with Archive(path) as archive:
        for capture in ODD:
            assert archive.store(capture, parse(capture)).document_id
    return path


@pytest.fixture(scope="session")
def ask(archive_path: Path) -> Any:
    """Asks the pages for an address, without a server."""
    return _asking(archive_path)


@pytest.fixture(scope="session")
def ask_odd(odd_path: Path) -> Any:
    """Asks the pages of the odd archive."""
    return _asking(odd_path)


@pytest.fixture(scope="session")
def ask_empty(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Asks the pages of an archive with nothing in it."""
    path = tmp_path_factory.mktemp("empty") / "archive.db"
    Archive(path).close()
    return _asking(path)


@pytest.fixture(scope="session")
def asking() -> Any:
    """Returns what asks the pages of an archive of the test's own."""
    return _asking


def _asking(path: Path) -> Any:
    pytest.importorskip("datasette", reason="the extra `web` is not installed")
    from db.web.app import make

    datasette = make(path)

    def answer(address: str, method: str = "GET", **headers: str) -> Answer:
        response = asyncio.run(datasette.client.request(method, address, headers=headers, follow_redirects=True))
        is_json = response.headers.get("content-type", "").startswith("application/json")
        return Answer(response.status_code, response.text, response.headers, response.json() if is_json else None)

    return answer
