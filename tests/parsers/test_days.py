"""A day as people write it, in an option, a file or a field."""

from __future__ import annotations

from datetime import date

import pytest

from parsers import extract
from parsers.facts.dates.days import read_day

DAYS = [
    "2019-05-05",
    "2019/5/5",
    "۲۰۱۹-۰۵-۰۵",
    "2019-05-05T22:30:00+04:30",
    "2019-05-05 22:30",
    " 1398-02-15 ",
    "1398/2/15",
    "۱۳۹۸/۰۲/۱۵",
    "١٣٩٨-٠٢-١٥",
    "1398.2.15",
    "۱۵ اردیبهشت ۱۳۹۸",
    "یکشنبه ۱۵ اردیبهشت ۱۳۹۸",
]
NONE = [
    "2019-02-29",
    "1398-12-30",
    "1398-13-01",
    "2019-05-05-06",
    "2019",
    "دیروز",
    "اردیبهشت ۱۳۹۸",
    "۳۱ آبان ۱۳۹۸",
    "",
    "2019-05/05",
    "0000-01-01",
]


@pytest.mark.parametrize("written", DAYS)
def test_a_day_is_told_by_its_year_in_any_digits(written):
    assert read_day(written) == date(2019, 5, 5)


@pytest.mark.parametrize("written", NONE)
def test_what_is_no_day_is_an_error_that_names_it(written):
    with pytest.raises(ValueError, match="write it as"):
        read_day(written)


@pytest.mark.parametrize("written", DAYS)
def test_extract_takes_the_day_of_publication_in_each_of_these_forms(written):
    assert [found.iso for found in extract("دیروز گفت", written).dates] == ["2019-05-04"]


def test_a_day_that_does_not_exist_is_no_day_of_publication():
    with pytest.raises(ValueError, match="no such day"):
        extract("دیروز گفت", "1398-12-30")
