"""Other extractors are asked about title and day; a publisher's pages make an issue only where most of them disagree."""

from __future__ import annotations

from parsers.models import Article, Capture, Record
from parsers.page import field_disagreements
from scraper.field_majority import FieldMajority

PAGE = (
    "<html><head><title>چشمه‌ها لایروبی می‌شوند</title><meta property='og:title' content='چشمه‌ها لایروبی می‌شوند'>"
    "<meta property='article:published_time' content='2024-06-19T16:15:00+03:30'></head>"
    "<body><h1>چشمه‌ها لایروبی می‌شوند</h1></body></html>"
)


def record(title: str, day: str | None) -> Record:
    return Record("article", Article(title=title, published_at=day))


def test_a_page_read_alike_has_no_disagreement() -> None:
    assert field_disagreements(Capture(PAGE.encode()), record("چشمه‌ها لایروبی می‌شوند", "2024-06-19T16:15:00+03:30")) == ()


def test_another_title_and_another_day_are_named() -> None:
    found = field_disagreements(Capture(PAGE.encode()), record("نظر شما", "2025-11-17T00:00:00+03:30"))
    assert [sentence.partition(":")[0] for sentence in found] == ["title", "day"]


def test_only_most_of_at_least_three_pages_make_an_issue() -> None:
    majority = FieldMajority()
    assert [majority.add(found) for found in (("day: 1",), (), ("day: 2",))] == [(), (), ()]
    (issue,) = majority.add(("day: 3",))
    assert (issue.code, issue.level) == ("day_disagrees", "warning")
    assert "3 of 4" in issue.message
