"""Days as people type them into a page's form: Jalali or Gregorian, in any digits, with dashes or slashes."""

from __future__ import annotations

from persiantools.jdatetime import JalaliDate

from db.read.jalali_dates import is_day, is_jalali_day
from db.web.pages import BadRequest
from parsers.persian.letters import fold


def typed_day(text: str, name: str) -> str:
    """Return the ISO day that a text names; `name` is what the form calls it. Raises BadRequest."""
    plain = "-".join(part.zfill(2) for part in fold(text).strip().replace("/", "-").split("-"))
    if is_jalali_day(plain):
        try:
            day = JalaliDate(*map(int, plain.split("-"))).to_gregorian()  # type: ignore[no-untyped-call]
        except ValueError as error:
            raise BadRequest("no_such_day") from error
        return str(day)
    if not is_day(plain):
        raise BadRequest("must_be_day", name=name)
    return plain
