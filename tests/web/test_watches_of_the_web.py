"""Watches in the browser and in feed readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from web_archive import CAPTURES

from db.archive import Archive
from parsers.record import parse

if TYPE_CHECKING:
    from pathlib import Path

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def watched(archive_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive whose watch has found what came after it was added."""
    path = tmp_path_factory.mktemp("watched") / "archive.db"
    with Archive(path) as archive:
        run = archive.runs.begin("add")
        archive.watches.add("bale", "messenger:bale")
        archive.watches.add("quiet", "واژه\u200cای\u200cکه\u200cنیست")
        for capture in CAPTURES:
            archive.store(capture, parse(capture), run_id=run)
        archive.runs.finish(run, "done")
    return path


@pytest.fixture
def ask_watched(watched: Path, asking: Any) -> Any:
    return asking(watched)


def test_every_watch_is_listed_and_each_shows_what_it_found(ask_watched: Any) -> None:
    assert [row["name"] for row in ask_watched("/watches.json").json["rows"]] == ["bale", "quiet"]
    assert 'href="/watch/bale"' in ask_watched("/watches").text
    text = ask_watched("/watch/bale").text
    assert '<mark class="hit">بله</mark>' in text or "<mark" in text
    assert 'href="/document/' in text
    found = ask_watched("/watch/bale.json").json["found"]
    assert found
    assert ask_watched("/watch/bale.csv").text.count("\n") == len(found) + 1
    assert ask_watched("/watch/quiet").status == 200
    assert ask_watched("/watch/nosuch").status == 404


def test_feeds_of_watches_and_searches_lead_to_the_pages_of_the_archive(ask_watched: Any) -> None:
    for address in ("/watch/bale.atom", f"/search.atom?q={quote('messenger:bale')}", f"/search.atom?q={quote('پیام رسان')}"):
        answer = ask_watched(address)
        assert answer.status == 200
        assert answer.headers["content-type"].startswith("application/atom+xml")
        root = ET.fromstring(answer.text)
        entries = root.findall(f"{ATOM}entry")
        assert entries
        assert all("/document/" in entry.find(f"{ATOM}link").get("href") for entry in entries)  # type: ignore[union-attr, operator]
        assert "<mark>" in entries[0].findtext(f"{ATOM}content")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("address", "status"),
    [("/watch/nosuch.atom", 404), ("/search.atom?q=publisher:nosuch", 400), ("/search.atom", 200), ("/search.atom?q=law:x", 200)],
)
def test_a_feed_of_nothing_is_said(ask_watched: Any, address: str, status: int) -> None:
    assert ask_watched(address).status == status


def test_an_archive_without_watches_says_how_to_add_one(ask: Any) -> None:
    assert "bayegan watch add" in ask("/watches").text
