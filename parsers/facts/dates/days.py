"""A day as people write it in an option, a file or a field: Gregorian or Jalali, told by its year, in any digits.

>>> read_day("۱۳۹۸/۲/۱۵")
datetime.date(2019, 5, 5)
"""

from __future__ import annotations

from datetime import date

from parsers.expressions import expression
from parsers.persian.calendar import gregorian_date, jalali_to_gregorian
from parsers.persian.letters import fold

# A time may follow; it is not read.
_NUMBERS = expression(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})(?:[T ]+[0-9]{1,2}:.*)?")
_FIRST_GREGORIAN = 1600


def read_day(text: str) -> date:
    """Return the day: "2019-05-05", "1398-02-15", «۱۵ اردیبهشت ۱۳۹۸».

    Raises ValueError, with a sentence for the reader, for what is no day, and for a day that no calendar has.
    """
    written = fold(text).strip()
    found = _NUMBERS.fullmatch(written)
    day = _of_numbers(int(found[1]), int(found[3]), int(found[4])) if found else _of_words(written)
    if day is None:
        what = "there is no such day" if found else "no day"
        raise ValueError(f"{text!r}: {what}; write it as 2019-05-05 or 1398-02-15")
    return day


def _of_numbers(year: int, month: int, day: int) -> date | None:
    return jalali_to_gregorian(year, month, day) if year < _FIRST_GREGORIAN else gregorian_date(year, month, day)


def _of_words(written: str) -> date | None:
    from parsers.facts.dates.mentions import find_dates  # not needed for a day in numbers

    found = find_dates(written)
    if len(found) != 1 or found[0].iso is None or (found[0].start, found[0].end) != (0, len(written)):
        return None
    return date.fromisoformat(found[0].iso)
