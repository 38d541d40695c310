"""Whether a text is Persian: by its commonest words against those of the other languages of its script."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources

from parsers.expressions import expression
from parsers.page.comparison import comparable

_FEW_WORDS = 25
_SAMPLE = 3_000
_WORD = expression(r"[^\W\d_]+")


@cache
def _common_words() -> dict[str, frozenset[str]]:
    data = tomllib.loads((resources.files(__package__) / "languages.toml").read_text(encoding="utf-8"))
    return {name: frozenset(comparable(" ".join(words)).split()) for name, words in data.items()}


def is_persian(text: str) -> bool:
    """Return whether most words are of the Arabic script and Persian's common words lead; few words are believed."""
    words = _WORD.findall(comparable(text[:_SAMPLE]))
    arabic_script = [word for word in words if "\u0600" <= word[0] <= "\u06ff"]
    if not words or len(arabic_script) * 2 < len(words):
        return False
    counts = {name: sum(map(common.__contains__, arabic_script)) for name, common in _common_words().items()}
    persian = counts.pop("persian")
    others = max(counts.values())
    return persian >= others if len(arabic_script) < _FEW_WORDS else persian > others
