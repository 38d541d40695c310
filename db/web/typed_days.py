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
            raise BadRequest("چنین روزی در تقویم نیست.") from error
        return str(day)
    if not is_day(plain):
        raise BadRequest(f"«{name}» باید مانند \u20661398-02-15\u2069 یا \u20662019-05-05\u2069 باشد.")
    return plain
