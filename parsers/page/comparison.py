"""Texts as the page parsers compare them: folded, without ZWNJ, with single blanks."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from parsers.expressions import expression
from parsers.persian.letters import ZWNJ, fold, translator

_FORMS = expression(r"[\ufb50-\ufdff\ufe70-\ufefc]+")
_INVISIBLE = (
    ZWNJ,
    "\u200b",
    "\u200d",
    "\u200e",
    "\u200f",
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, range(0x2066, 0x206A)),
    "\ufeff",
    "\u00ad",
)
# Folding and dropping in one pass; `fold` maps letter to letter, so its table can be read off the Arabic block.
_fold_and_drop = translator({
    **{code: fold(chr(code)) for code in (*range(0x0600, 0x0700), 0xA0, 0x202F) if fold(chr(code)) != chr(code)},
    **dict.fromkeys(map(ord, _INVISIBLE)),
})  # fmt: skip


def one_line(text: str) -> str:
    """Return the text with every run of blanks as one space and none at its ends; ZWNJ stays."""
    return " ".join(text.split())


def comparable(text: str) -> str:
    """Return the text for matching: presentation forms decomposed, folded, ZWNJ and invisible characters gone, single blanks."""
    return _remembered(text) if len(text) <= _SHORT else _compared(text)


def _compared(text: str) -> str:
    if _FORMS.search(text):
        text = _FORMS.sub(lambda run: unicodedata.normalize("NFKC", run[0]), text)
    return " ".join(_fold_and_drop(text).split())


_SHORT = 400  # a line that many rules look at
_remembered = lru_cache(maxsize=1024)(_compared)
