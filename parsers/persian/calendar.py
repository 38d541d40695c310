"""Three calendars and Tehran's clock. Arithmetic is the libraries': persiantools (Jalali), hijridate (Umm al-Qura).

Impossible dates are None, never another day. A Hijri (lunar) day may be one off: Iran goes by the sighting of the moon.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from persiantools.jdatetime import JalaliDate

TEHRAN = ZoneInfo("Asia/Tehran")
_UMM_AL_QURA = range(1343, 1501)
_HIJRI_EPOCH = date(622, 7, 19).toordinal()  # 1 Muharram 1, civil tabular reckoning, proleptic Gregorian
_JALALI_YEARS = range(1, 3000)


def jalali_to_gregorian(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day, or None where there is no such Jalali day."""
    if year not in _JALALI_YEARS or not 1 <= month <= 12 or not 1 <= day <= jalali_month_length(year, month):
        return None
    return JalaliDate(year, month, day).to_gregorian()  # type: ignore[no-untyped-call]


def gregorian_to_jalali(day: date) -> tuple[int, int, int]:
    """Year, month and day of the Jalali calendar."""
    jalali = JalaliDate.to_jalali(day.year, day.month, day.day)  # type: ignore[no-untyped-call]
    return jalali.year, jalali.month, jalali.day


def jalali_month_length(year: int, month: int) -> int:
    """Return the days of a Jalali month: 31, 30, or 29 in Esfand of a common year."""
    if month <= 6:
        return 31
    return 30 if month < 12 or JalaliDate.is_leap(year) else 29


def hijri_to_gregorian(year: int, month: int, day: int) -> date | None:
    """Return the Gregorian day of a lunar one, give or take one day; Umm al-Qura 1343-1500, tabular beyond. None: no such day."""
    if not (1 <= year <= 1700 and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    if year in _UMM_AL_QURA:
        from hijridate import Hijri

        first: date = Hijri(year, month, 1, validate=False).to_gregorian()
        return date(first.year, first.month, first.day) + timedelta(days=day - 1)
    days = (year - 1) * 354 + (3 + 11 * year) // 30 + (59 * (month - 1) + 1) // 2 + day - 1
    return date.fromordinal(_HIJRI_EPOCH + days)


def gregorian_date(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def tehran_iso(day: date, clock: time) -> str:
    """ISO 8601 with the offset that Tehran had on that day: +04:30 in the summers until 1401, +03:30 otherwise."""
    return datetime.combine(day, clock, TEHRAN).isoformat(timespec="seconds")


def jalali_text(day: date) -> str:
    """Return the Jalali day as YYYY-MM-DD."""
    year, month, number = gregorian_to_jalali(day)
    return f"{year:04}-{month:02}-{number:02}"
