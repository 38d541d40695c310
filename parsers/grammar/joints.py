"""Joints between numbers, names and clauses, as pattern strings made of `lexicon/joints.toml`.

Each matches one joint with nothing around it, and words only up to their end. Compose them with `GAP`:

>>> import re
>>> from parsers.grammar.blanks import GAP
>>> bool(re.fullmatch(f"[0-9]+{GAP}{TO}{GAP}[0-9]+", "12 لغایت 15"))
True
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from parsers.expressions import longest_first
from parsers.grammar.blanks import GAP, WORD_END
from parsers.lexicon import load, require, words
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_TABLE = load("joints")
_WHERE = "joints.toml"


def any_word(forms: Iterable[str]) -> str:
    """Return a pattern for any of these words, the longest first, each up to its end; a blank in one is any run of blanks."""
    written = (GAP.join(map(re.escape, re.split("[ \u200c]", form))) for form in longest_first(map(fold, forms)))
    return f"(?:{'|'.join(written)}){WORD_END}"


def joint(*names: str) -> str:
    """Return a pattern for any word of these lists of `joints.toml`. Raises LexiconError where a list is missing or empty."""
    return any_word(word for name in names for word in require(_TABLE, name, list, _WHERE) and words(_TABLE, name, _WHERE))


def joint_words(*names: str) -> frozenset[str]:
    """Return the words of these lists of `joints.toml`, folded."""
    return frozenset(fold(word) for name in names for word in words(_TABLE, name, _WHERE))


def _signs(name: str) -> str:
    return f"[{re.escape(require(_TABLE['signs'], name, str, _WHERE))}]"


AND = joint("and")
OR = joint("or")
AND_OR = joint("and", "or")
COMMA = _signs("comma")
SEMICOLON = _signs("semicolon")
DASH = _signs("dash")
TO_WORD = joint("to")
# The joint of a range: a word or a dash.
TO = f"(?:{TO_WORD}|{DASH})"
FROM = joint("from")
ALSO = joint("also")
OF = joint("of")
