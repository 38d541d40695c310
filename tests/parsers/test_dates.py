"""Dates in Persian text: spans, days, ranges, and what only looks like a date."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.persian.dates import find_dates, read_datetime

PUBLISHED = date(2019, 5, 5)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("نامه 1396/05/23 رسید", "2017-08-14"),
        ("نامه ۱۳۹۶-۰۵-۲۳ رسید", "2017-08-14"),
        ("نامه ٢٣/٠٥/١٣٩٦ رسید", "2017-08-14"),
        ("در ۱۲ اسفند ۱۳۹۷ گفت", "2019-03-03"),
        ("در سه\u200cشنبه ۲۳ مرداد ۱۳۹۷ گفت", "2018-08-14"),
        ("در سه شنبه ۲۳ مرداد ۱۳۹۷ گفت", "2018-08-14"),
        ("در سهشنبه ۲۳ مرداد ۱۳۹۷ گفت", "2018-08-14"),
        ("در ۳ ژوئن ۲۰۱۸ گفت", "2018-06-03"),
        ("دیروز گفت", "2019-05-04"),
        ("دیشب گفت", "2019-05-04"),
        ("فردا می\u200cگوید", "2019-05-06"),
    ],
)
def test_a_day_is_read_however_it_is_printed(text: str, iso: str) -> None:
    assert [found.iso for found in find_dates(text, PUBLISHED)] == [iso]


@pytest.mark.parametrize("text", ["در ۳۱ آبان ۱۳۹۵ گفت", "نامه ۱۳۹۶/۱۴/۰۲ رسید", "در ۳۰ اسفند ۱۴۰۱ گفت"])
def test_an_impossible_date_is_kept_and_never_rolled_over(text: str) -> None:
    assert [(found.valid, found.iso) for found in find_dates(text, PUBLISHED)] == [(False, None)]


@pytest.mark.parametrize(
    "text",
    ["خبرگزاری مهر نوشت", "نامه شماره 81274/03/ش ابلاغ شد", "نشانی 10.20.30.40 است", "تیر خورد", "آذر خندید"],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text, PUBLISHED) == []


def test_a_printed_moment_gets_the_offset_of_tehran_on_that_day() -> None:
    summer, winter = read_datetime("۱۹ مرداد ۱۳۹۷ - ۱۴:۲۰"), read_datetime("۱۹ بهمن ۱۴۰۲، ۹:۳۰")
    assert summer is not None
    assert winter is not None
    assert summer.iso == "2018-08-10T14:20:00+04:30"
    assert winter.iso == "2024-02-08T09:30:00+03:30"


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="۰۱۲۳۴۹1390/-.: \u200cسالشنبهمردادتیو،و(", max_size=60))
def test_any_text_gives_ordered_slices_of_itself_and_days_that_exist(text: str) -> None:
    end = 0
    for found in find_dates(text, PUBLISHED):
        assert end <= found.start < found.end
        assert text[found.start : found.end] == found.surface
        end = found.end
        for day in (found.iso, *(found.iso_range or ())):
            assert day is None or date.fromisoformat(day)
