"""Plots: every month has its place, from right to left; what is odd in the counts is left out."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from db.read.jalali_dates import digits, jalali, jalali_month, month_name, with_jalali
from db.read.plots import Plot, PlotEvent, PlotSeries, PlotWords, by_month


def _counted(count: int) -> str:
    return f"{digits(count)} u"


def _drawings(plot: Plot | None) -> list[str]:
    assert plot
    return re.findall(r"<svg.*?</svg>", plot.html)


def _bars(svg: str) -> list[float]:
    return [float(x) for x in re.findall(r'class="bar" x="([\d.]+)"', svg)]


def test_months_stand_from_right_to_left_with_room_for_those_without_any() -> None:
    for svg in _drawings(by_month({"1397-11": 2, "1397-12": 1, "1398-02": 4}, title="t", counted=_counted)):
        first, second, last = _bars(svg)
        assert first > second > last
        assert second - last == pytest.approx(2 * (first - second), abs=0.3)


def test_ten_years_and_more_are_counted_by_year() -> None:
    for svg in _drawings(by_month({"1385-01": 1, "1385-09": 2, "1398-02": 4}, title="t", counted=_counted)):
        assert len(_bars(svg)) == 2
        assert f"۱۳۸۵: {digits(3)} u" in svg


def test_a_phone_has_a_drawing_of_its_own_whose_letters_are_as_large() -> None:
    wide, narrow = _drawings(by_month({f"139{n}-01": 1 for n in range(8)}, title="t", counted=_counted, link=str))
    assert 'class="plot wide" viewBox="0 0 760' in wide
    assert 'class="plot narrow" viewBox="0 0 360' in narrow
    assert "فروردین ۱۳۹۳: ۱ u" in wide
    assert "۱۳۹۳: ۱ u" in narrow
    assert "فروردین" not in narrow  # bars of months would be too thin to hit


@pytest.mark.parametrize(("most", "top"), [(1, 4), (4, 4), (16, 16), (23, 24), (43, 48), (101, 120), (5001, 6000)])
def test_the_scale_ends_near_the_highest_bar_and_its_lines_are_whole_numbers(most: int, top: int) -> None:
    wide, narrow = _drawings(by_month({"1398-01": most}, title="t", counted=_counted))
    for svg in (wide, narrow):
        ticks = re.findall(r'<text class="tick" x="\d+" y="[\d.]+">([^<]+)</text>', svg)
        assert ticks == [digits(top * quarter // 4) for quarter in range(5)]


@pytest.mark.parametrize(("months", "named"), [(3, ["مهر ۱۳۹۷", "آبان ۱۳۹۷", "آذر ۱۳۹۷"]), (40, ["۱۳۹۸", "۱۳۹۹", "۱۴۰۰"])])
def test_few_months_are_named_and_of_many_the_years_where_they_begin(months: int, named: list[str]) -> None:
    places = [1397 * 12 + 6 + n for n in range(months)]
    wide, _ = _drawings(by_month({f"{place // 12}-{place % 12 + 1:02d}": 1 for place in places}, title="t", counted=_counted))
    found = re.findall(r'class="tick middle" x="([\d.]+)" y="\d+">([^<]+)<', wide)
    assert [name for _, name in found] == named
    assert all(20 < float(x) < 740 for x, _ in found)


def test_events_are_marked_by_their_numbers_and_those_outside_are_not() -> None:
    events = [
        PlotEvent("1390", "before", 1),
        PlotEvent("1398-02", "blocked", 2),
        PlotEvent("1398-02", "removed", 3),
        PlotEvent("", "when", 4),
    ]
    for svg in _drawings(by_month({"1398-01": 1, "1398-03": 1}, title="t", counted=_counted, events=events[:3])):
        assert svg.count('class="event"') == 1
        assert "<title>blocked؛ removed</title>" in svg
        assert ">۲–۳</text>" in svg


def test_numbers_of_events_close_to_each_other_do_not_cover_each_other() -> None:
    counts = {f"{year}-{month:02d}": 1 for year in range(1393, 1399) for month in range(1, 13)}
    events = [PlotEvent("1397-01", "a", 1), PlotEvent("1397-02", "b", 2), PlotEvent("1398-02", "c", 3)]
    for svg in _drawings(by_month(counts, title="t", counted=_counted, events=events)):
        boxes = [tuple(map(float, box)) for box in re.findall(r'<rect x="([\d.-]+)" y="([\d.-]+)" width="18" height="18"', svg)]
        assert len(boxes) == 3
        assert all(y >= 0 for _, y in boxes)
        for n, (x, y) in enumerate(boxes):
            assert all(abs(x - left) >= 18 or abs(y - top) >= 18 for left, top in boxes[:n])


def test_what_is_no_month_is_left_out_and_nothing_gives_nothing() -> None:
    assert by_month({"": 3, "x": 2, "1398-13x": 1, "1398-02": 0}, title="t", counted=_counted) is None


def test_a_plot_is_well_formed_whatever_its_words() -> None:
    events = [PlotEvent("1398-02", "<i>", 1)]
    plot = by_month(
        {"1398-02": 1}, title="<b>&", counted=lambda n: f'{n} "u"', events=events, link=lambda month: f"/?a&m={month}"
    )  # fmt: skip
    assert plot
    for svg in (plot.html, plot.file):
        ElementTree.fromstring(svg)
        assert "<b>" not in svg


def test_time_runs_to_the_right_where_the_page_does() -> None:
    plot = by_month({"1397-11": 2, "1398-02": 4}, title="t", counted=_counted, words=PlotWords(leftward=False))
    for svg in _drawings(plot):
        first, last = _bars(svg)
        assert first < last


def test_two_series_stand_next_to_each_other_on_one_scale() -> None:
    plot = by_month(PlotSeries({"1398-01": 8}, "a"), PlotSeries({"1398-01": 4, "1398-02": 1}, "b"), title="t", counted=_counted)
    assert plot
    assert plot.rows == (("1398-01", (8, 4)), ("1398-02", (0, 1)))
    for svg in _drawings(plot):
        heights = [
            float(h) for h in re.findall(r'class="bar(?: second)?" x="[\d.]+" y="[\d.]+" width="[\d.]+" height="([\d.]+)"', svg)
        ]
        assert heights[0] == pytest.approx(2 * heights[1], abs=0.2)


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


def test_days_within_a_text_are_told_in_words() -> None:
    assert with_jalali("جلسه 66 2020-09-15") == "جلسه ۶۶ ۲۵ شهریور ۱۳۹۹"
    assert with_jalali("بند 3-2-1") == "بند ۳-۲-۱"


def test_numbers_and_months_are_persian() -> None:
    assert digits(1234567) == "۱٬۲۳۴٬۵۶۷"
    assert month_name("1398-02") == "اردیبهشت ۱۳۹۸"
    assert month_name("1398-00") == "۱۳۹۸-۰۰"


@pytest.mark.parametrize(
    ("month", "name"),
    [("2023-07", "ژوئیه ۲۰۲۳ میلادی"), ("2009", "۲۰۰۹ میلادی"), ("2016-2017", "۲۰۱۶-۲۰۱۷ میلادی"), ("1396-97", "۱۳۹۶-۹۷")],
)
def test_what_a_source_dates_by_the_gregorian_calendar_is_not_given_a_jalali_month(month: str, name: str) -> None:
    assert month_name(month) == name
