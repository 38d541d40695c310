"""The report: one page that needs nothing else, the same bytes from the same archive, hostile titles as text."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pytest
from web_archive import HARM, LAW

from db.archive import Archive
from db.web.report import write

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def report(archive_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    with Archive(archive_path, readonly=True) as archive:
        write(archive.db, folder, archive.path)
    return folder


def test_the_page_is_whole_in_one_file(report: Path) -> None:
    text = (report / "index.html").read_text("utf-8")
    assert '<html lang="fa" dir="rtl">' in text
    assert "<script" not in text
    assert not re.search(r'(?:src|href)="(?!#|data/|https://sobh\.example|https://asr\.example)', text)
    assert "data:font/woff2;base64," in text
    assert text.count("@font-face") == 1  # a second one would win, and its file is not there


def test_it_tells_of_messengers_clauses_sessions_stories_and_publishers(report: Path) -> None:
    text = (report / "index.html").read_text("utf-8")
    for words in ("بله</strong>: ۳ سند، ۲ خبر", LAW, "شورای عالی فضای مجازی", "نخست در <bdi>asr</bdi>", "<bdi>sobh</bdi>"):
        assert words in text


def test_months_without_documents_have_their_column_beside_publishers() -> None:
    from db.web.report import _heat

    rows = [{"name": name, "month": month, "documents": 1}
            for name, month in (("کهنه", "1399-01"), ("صبح", "1403-12"), ("صبح", "1404-03"), ("عصر", "1404-02"))]  # fmt: skip
    heat = _heat(rows)
    assert len(heat["months"]) == 24
    assert heat["months"][-4:] == ["1403-12", "1404-01", "1404-02", "1404-03"]
    assert [name for name, _ in heat["lines"]] == ["صبح", "عصر"]
    assert [cell["count"] for cell in heat["lines"][0][1][-4:]] == [1, 0, 0, 1]


def test_events_are_told_in_their_order_whichever_calendar_dates_them() -> None:
    from db.web.report import _messenger

    events = [{"messenger": "whatsapp", "name": "واتساپ", "event": event, "happened": when, "source": ""}
              for event, when in (("restricted", "1404-03"), ("unblocked", "2024-12-24"), ("blocked", "2022-09-22"))]  # fmt: skip
    months = [{"messenger": "whatsapp", "name": "واتساپ", "month": "1403-01", "documents": 1, "stories": 1}]
    told = _messenger("whatsapp", months, events)["events"]
    assert [event["month"] for event in told] == ["1401-06", "1403-10", "1404-03"]


def test_a_hostile_title_is_text(archive_path: Path, tmp_path: Path) -> None:
    with Archive(archive_path, readonly=True) as archive:
        write(archive.db, tmp_path, archive.path)
    assert HARM not in (tmp_path / "index.html").read_text("utf-8")


def test_the_same_archive_gives_the_same_bytes(archive_path: Path, report: Path, tmp_path: Path) -> None:
    with Archive(archive_path, readonly=True) as archive:
        files = write(archive.db, tmp_path, archive.path)
    assert len(files) == 8
    for file in files:
        assert file.read_bytes() == (report / file.relative_to(tmp_path)).read_bytes()


def test_the_rows_behind_the_figures_are_beside_them(report: Path) -> None:
    links = set(re.findall(r'href="(data/[a-z_]+\.csv)"', (report / "index.html").read_text("utf-8")))
    assert links >= {"data/messengers_by_month.csv", "data/clauses.csv", "data/stories.csv", "data/publishers_by_month.csv"}
    for link in links:
        with (report / link).open(encoding="utf-8-sig", newline="") as stream:
            assert list(csv.reader(stream))[1:]


def test_an_empty_archive_has_a_report_too(tmp_path: Path) -> None:
    with Archive(tmp_path / "empty.db") as archive:
        files = write(archive.db, tmp_path / "report", archive.path)
    for file in files[1:]:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            assert len(next(csv.reader(stream))) > 2, file
    assert "هنوز سندی نیست" in (tmp_path / "report" / "index.html").read_text("utf-8")
