"""Texts as the page parsers compare them: folded, without ZWNJ, with single blanks."""

from __future__ import annotations

import re
import unicodedata

from parsers.persian.letters import ZWNJ, fold

_BLANKS = re.compile(r"[ \t\n\r\f\v\u00a0\u2000-\u200a\u2028\u2029\u202f\u3000]+")
_FORMS = re.compile(r"[\ufb50-\ufdff\ufe70-\ufefc]+")
_INVISIBLE = re.compile(r"[\u200b\u200d-\u200f\u202a-\u202e\u2066-\u2069\ufeff\u00ad]")


def one_line(text: str) -> str:
    """The text with every run of blanks as one space and none at its ends; ZWNJ stays."""
    return _BLANKS.sub(" ", text).strip()


def squash(text: str) -> str:
    """The text for matching: presentation forms decomposed, folded, ZWNJ and invisible characters gone, single blanks."""
    if _FORMS.search(text):
        text = _FORMS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return one_line(_INVISIBLE.sub("", fold(text)).replace(ZWNJ, ""))
