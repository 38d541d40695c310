"""Calendar arithmetic, checked against a second library."""

from __future__ import annotations

import jdatetime

from parsers.persian.calendar import gregorian_to_jalali, jalali_to_gregorian


def test_every_year_from_1200_to_1500_begins_and_ends_as_in_jdatetime() -> None:
    for year in range(1200, 1501):
        for month, day in ((1, 1), (6, 31), (7, 1), (12, 29)):
            gregorian = jdatetime.date(year, month, day).togregorian()
            assert jalali_to_gregorian(year, month, day) == gregorian
            assert tuple(gregorian_to_jalali(gregorian)) == (year, month, day)
