"""Plots: every month has its place, from right to left; what is odd in the counts is left out."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from db.jalali import digits, jalali, jalali_month, month_name
from db.plots import Event, by_month


def _bars(svg: str) -> list[float]:
    return [float(x) for x in re.findall(r'class="bar" x="([\d.]+)"', svg)]


def test_months_stand_from_right_to_left_with_room_for_those_without_any() -> None:
    first, second, last = _bars(by_month({"1397-11": 2, "1397-12": 1, "1398-02": 4}, title="t", unit="u"))
    assert first > second > last
    assert second - last == pytest.approx(2 * (first - second), abs=0.3)


def test_ten_years_and_more_are_counted_by_year() -> None:
    svg = by_month({"1385-01": 1, "1385-09": 2, "1398-02": 4}, title="t", unit="u")
    assert len(_bars(svg)) == 2
    assert f"۱۳۸۵: {digits(3)} u" in svg


def test_events_are_marked_by_their_numbers_and_those_outside_are_not() -> None:
    events = [Event("1390", "before", 1), Event("1398-02", "blocked", 2), Event("1398-02", "removed", 3), Event("", "when", 4)]
    svg = by_month({"1398-01": 1, "1398-03": 1}, title="t", unit="u", events=events[:3])
    assert svg.count('class="event"') == 1
    assert "<title>blocked؛ removed</title>" in svg
    assert ">۲</text>" in svg


def test_what_is_no_month_is_left_out_and_nothing_gives_nothing() -> None:
    assert by_month({"": 3, "x": 2, "1398-13x": 1, "1398-02": 0}, title="t", unit="u") == ""


def test_a_plot_is_well_formed_whatever_its_words() -> None:
    events = [Event("1398-02", "<i>", 1)]
    svg = by_month({"1398-02": 1}, title="<b>&", unit='"u"', events=events, link=lambda month: f"/?a&m={month}")
    ElementTree.fromstring(svg)
    assert "<b>" not in svg


@pytest.mark.parametrize(
    ("value", "shown", "month"),
    [
        ("2019-05-05", "۱۵ اردیبهشت ۱۳۹۸", "1398-02"),
        ("2019-05-05T21:00:00Z", "۱۶ اردیبهشت ۱۳۹۸", ""),
        ("2024-03-19", "۲۹ اسفند ۱۴۰۲", "1402-12"),
        ("2018", "۲۰۱۸", "1396"),
        ("1398-02", "۱۳۹۸-۰۲", "1398-02"),
        ("1396-97", "۱۳۹۶-۹۷", "1396"),
        ("1397", "۱۳۹۷", "1397"),
        ("", "", ""),
        (None, "", ""),
        ("soon", "soon", ""),
    ],
)
def test_days_are_shown_and_counted_in_the_jalali_calendar(value: str | None, shown: str, month: str) -> None:
    assert jalali(value) == shown
    assert jalali_month(value) == month


def test_numbers_and_months_are_persian() -> None:
    assert digits(1234567) == "۱٬۲۳۴٬۵۶۷"
    assert month_name("1398-02") == "اردیبهشت ۱۳۹۸"
    assert month_name("1398-00") == "۱۳۹۸-۰۰"
