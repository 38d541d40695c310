"""Calendar arithmetic, checked against a second library."""

from __future__ import annotations

from datetime import date, time

import jdatetime
import pytest
from convertdate import islamic, persian
from hypothesis import given
from hypothesis import strategies as st

from parsers.persian.calendar import (
    gregorian_to_jalali,
    hijri_to_gregorian,
    jalali_month_length,
    jalali_text,
    jalali_to_gregorian,
    tehran_iso,
)


def test_every_year_from_1200_to_1500_begins_and_ends_as_in_jdatetime() -> None:
    for year in range(1200, 1501):
        for month, day in ((1, 1), (6, 31), (7, 1), (12, 29)):
            gregorian = jdatetime.date(year, month, day).togregorian()
            assert jalali_to_gregorian(year, month, day) == gregorian
            assert tuple(gregorian_to_jalali(gregorian)) == (year, month, day)


def test_every_month_from_1200_to_1500_is_as_long_as_in_jdatetime() -> None:
    for year in range(1200, 1501):
        for month in range(1, 13):
            leap = jdatetime.date(year, 1, 1).isleap()
            assert jalali_month_length(year, month) == (31 if month < 7 else 30 if month < 12 or leap else 29)
            assert jalali_to_gregorian(year, month, jalali_month_length(year, month) + 1) is None


@pytest.mark.parametrize("year", range(1280, 1500, 20))
def test_the_equinox_says_the_same_since_1277(year: int) -> None:
    """convertdate reckons the equinox itself; before 1277 it goes ways of its own."""
    assert jalali_to_gregorian(year, 1, 1) == date(*persian.to_gregorian(year, 1, 1))


@pytest.mark.parametrize("year", range(1300, 1500, 10))
def test_lunar_months_begin_within_two_days_of_reckoning_by_table(year: int) -> None:
    for month in range(1, 13):
        day = hijri_to_gregorian(year, month, 1)
        assert day is not None
        assert abs((day - date(*islamic.to_gregorian(year, month, 1))).days) <= 2


@given(st.dates(date(1821, 4, 1), date(2122, 3, 1)))
def test_there_and_back_is_the_same_day(day: date) -> None:
    assert jalali_to_gregorian(*gregorian_to_jalali(day)) == day
    assert jdatetime.date.fromgregorian(date=day).strftime("%Y-%m-%d") == jalali_text(day)


@pytest.mark.parametrize(
    ("day", "offset"), [(date(2022, 9, 20), "+04:30"), (date(2022, 9, 23), "+03:30"), (date(2024, 7, 1), "+03:30")]
)
def test_summer_time_ended_in_1401(day: date, offset: str) -> None:
    assert tehran_iso(day, time(12, 0)).endswith(offset)


@pytest.mark.parametrize("there", [(0, 1, 1), (1398, 0, 1), (1398, 13, 1), (1398, 1, 0), (1398, 12, 30), (5000, 1, 1)])
def test_there_is_no_such_jalali_day(there: tuple[int, int, int]) -> None:
    assert jalali_to_gregorian(*there) is None
