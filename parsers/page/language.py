"""Whether a text is Persian: by its commonest words against those of the other languages of its script, then by its letters."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from parsers.expressions import expression
from parsers.page.comparison import comparable

_FEW_WORDS = 25
_SAMPLE = 3_000
_WORD = expression(r"[^\W\d_]+")
# A text about programs or products has more Latin words than others; where Persian is the language of its sentences, its
# common words are many among the rest.
_LATIN_MOST = 3
_SENTENCES = 8
_PERSIAN_LETTERS = "پچژگ"
_OTHER_LETTERS = "ةٹڈےہںێۆڕڵەټډړښېګ"


@cache
def _common_words() -> dict[str, frozenset[str]]:
    data = tomllib.loads((resources.files(__package__) / "languages.toml").read_text(encoding="utf-8"))
    return {name: frozenset(comparable(" ".join(words)).split()) for name, words in data.items()}


def is_persian(text: str) -> bool:
    """Return whether Persian's common words lead among the words of the Arabic script, and these are most of a text's words.

    Few words are believed. Up to twice as many Latin words make no difference where the common words are frequent. Two
    languages with equally many common words («و», «در») are told apart by their letters.
    """
    text = text[:_SAMPLE]
    words = _WORD.findall(comparable(text))
    own = [word for word in words if "\u0600" <= word[0] <= "\u06ff"]
    counts = {name: sum(map(common.__contains__, own)) for name, common in _common_words().items()}
    persian = counts.pop("persian")
    others = max(counts.values())
    if not own or len(own) * _LATIN_MOST < len(words):
        return False
    if len(own) * 2 < len(words):
        return persian > others and persian * _SENTENCES > len(own)
    if persian == others:
        return len(own) < _FEW_WORDS or _of(_PERSIAN_LETTERS, text) > _of(_OTHER_LETTERS, text)
    return persian > others


def _of(letters: str, text: str) -> int:
    return sum(map(text.count, letters))
