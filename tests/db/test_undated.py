"""Documents whose page says no day: they stand where they were first seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archive_pages import named, page

if TYPE_CHECKING:
    from db.archive import Archive


def test_a_document_without_a_day_stands_where_it_was_first_seen(archive: Archive) -> None:
    """Of three documents the one without a day was seen between the days of the others."""
    pytest.importorskip("jinja2", reason="the extra `web` is not installed")
    from db.web.pages import Asked, home, messengers

    for n, (published, seen) in enumerate([("2026-10-01T09:00:00Z", "01"), (None, "05"), ("2026-10-09T09:00:00Z", "09")]):
        url = f"https://sobh.example/news/{n}"
        capture, record = page(
            url, f"خبر {n}", f"متن {n} بله", at=f"2026-10-{seen}T10:00:00Z", published_at=published, published_jalali=None
        )
        archive.store(capture, named(record, "بله", "bale"))
    latest = [row["title"] for row in home.home(archive.db, Asked({}, {})).rows]
    naming = [row["title"] for row in messengers.one(archive.db, Asked({"slug": "bale"}, {})).rows]
    assert latest == naming == ["خبر 2", "خبر 1", "خبر 0"]
