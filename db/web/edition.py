"""The pages in one language, Persian or English: words, days, digits and addresses.

The words are data, in words.toml and words_en.toml; what the archive holds stays as it is in every language.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import urlencode

from markupsafe import Markup

from db.read import jalali_dates
from db.read.plots import PlotWords

LANGUAGES = ("fa", "en")
_FILES = {"fa": "words.toml", "en": "words_en.toml"}
_SENTENCES, _MONTHS, _GREGORIAN_MONTHS = "say", "months", "gregorian_months"


@dataclass(frozen=True, slots=True)
class Edition:
    """The language: `code` is "fa" or "en"."""

    code: str = "fa"

    @property
    def direction(self) -> str:
        """Return where its sentences run: "rtl" or "ltr"."""
        return "rtl" if self.code == "fa" else "ltr"

    @property
    def prefix(self) -> str:
        """Return what stands before the address of a page: "" for Persian, "/en" for English."""
        return "" if self.code == "fa" else f"/{self.code}"

    def to(self, path: str, **query: object) -> str:
        """Return the address of a page of this edition, "/laws" or "/"."""
        asked = f"?{urlencode(query)}" if query else ""
        return f"{self.prefix}{path}{asked}"

    def word(self, name: str | None, group: str) -> str:
        """Return what readers call it: `word("blocked", "events")`. A name that nobody has translated is given as it is."""
        return str(self.group(group).get(name or "", name or ""))

    def group(self, name: str) -> dict[str, str]:
        """Return all words of a group."""
        return dict(_groups(self.code).get(name, {}))

    def say(self, name: str, /, **values: object) -> Markup:
        """Return a sentence with its values, escaped but for Markup; whole numbers are written with the edition's digits.

        A sentence with `one` and `other` is chosen by the value `n`. Raises KeyError where there is no such sentence.
        """
        found = _groups(self.code)[_SENTENCES][name]
        if isinstance(found, dict):
            found = found["one" if values.get("n") == 1 else "other"]
        written = {key: self.digits(value) if isinstance(value, int) else value for key, value in values.items()}
        return Markup(found).format(**written)  # noqa: S704  (our own words; the values are escaped)

    def digits(self, value: object) -> str:
        """Return a number, or a text with digits, as this edition writes it; integers with separators between thousands."""
        if self.code == "fa":
            return jalali_dates.digits(value)
        return f"{value:,}" if isinstance(value, int) else str(value).translate(jalali_dates.TO_ASCII)

    def jalali(self, value: str | None) -> str:
        """Return «۱۵ اردیبهشت ۱۳۹۸», or "15 Ordibehesht 1398", for an ISO day or moment; what is neither, as given."""
        return jalali_dates.jalali(value, _date_words(self.code))

    def jalali_words(self, day: str) -> str:
        """Return the same for the Jalali day "1398-02-15"."""
        return jalali_dates.jalali_words(day, _date_words(self.code))

    def with_jalali(self, text: str) -> str:
        """Return the text with its ISO days in words, in Persian; in English as it is."""
        return jalali_dates.with_jalali(text) if self.code == "fa" else text

    def month(self, month: str) -> str:
        """Return «اردیبهشت ۱۳۹۸», or "Ordibehesht 1398", for "1398-02"; «۱۳۹۸» for "1398"."""
        return jalali_dates.month_name(month, _date_words(self.code))

    def plot_words(self) -> PlotWords:
        """Return how a plot of this edition writes numbers and months, and where its time runs."""
        sentence = str(_groups(self.code)[_SENTENCES]["plot_summary"])
        return PlotWords(
            self.digits, self.month, sentence, leftward=self.code == "fa", separator=self.word("events", "separators")
        )

    def name_of(self, persian: str, latin: str) -> str:
        """Return the name under which this edition draws or reads out something: what stands there has one language."""
        return persian if self.code == "fa" else latin

    def documents(self, count: int) -> str:
        """Return «۷ سند» or "7 documents"."""
        return str(self.say("documents", n=count))


PERSIAN = Edition("fa")


@cache
def _date_words(code: str) -> jalali_dates.DateWords:
    groups = _groups(code)
    months, gregorian = (tuple(groups[name]["names"]) for name in (_MONTHS, _GREGORIAN_MONTHS))
    return jalali_dates.DateWords(months, gregorian, groups["calendars"]["gregorian"], persian_digits=code == "fa")


@cache
def _groups(code: str) -> dict[str, dict[str, Any]]:
    return tomllib.loads(resources.files("db.web").joinpath(_FILES[code]).read_text("utf-8"))
