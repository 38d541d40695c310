"""Other extractors are asked about title and day; a publisher's pages make an issue only where most of them disagree."""

from __future__ import annotations

import pytest
from fault_server import article, reply

from db import Archive
from parsers.models import Article, Capture, Record
from parsers.page import field_disagreements
from scraper.field_majority import FieldMajority
from scraper.health_report import health_issues
from scraper.registry import Registry

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


@pytest.mark.parametrize(("selector", "disagrees"), [("#counter", True), ("h1.title", False)])
def test_a_publisher_whose_selector_is_wrong_is_named_with_examples(bench, server, selector, disagrees):
    bench.set(fields={"title": selector})
    paths = [f"/fa/news/{n}" for n in range(1, 5)]
    server.feed(*paths)
    for number, path in enumerate(paths, 1):
        text = f"گزارش شماره {number} از شبکه ملی اطلاعات"
        page = article(number, head=f'<meta property="og:title" content="{text}">')
        server.pages[path] = reply(page.replace("</h1>", "</h1><b id='counter'>بازدیدهای این صفحه تا امروز</b>"))
    bench.crawl()
    assert ("title_disagrees" in bench.issues()) is disagrees
    with Archive(bench.path, readonly=True) as archive:
        rows = health_issues(archive, Registry({"sobhgah": bench.publisher}))
    found = [row for row in rows if row["code"] == "title_disagrees"]
    assert len(found) == disagrees
    assert all("trafilatura reads «گزارش شماره" in row["message"] for row in found)
