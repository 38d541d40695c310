"""Blanks and the edges of words, as pattern strings for text folded by `parsers.persian.letters.fold`.

>>> import re
>>> re.sub(GAP, "|", "بند\u200c  ۱۱")
'|ب|ن|د|۱|۱|'
"""

from __future__ import annotations

from parsers.lexicon import load
from parsers.persian.letters import ZWNJ

# Folding makes no-break spaces blanks; the others are ZWNJ, tatweel, soft hyphens, marks of direction, and what no reader sees.
_BLANKS = f" \t\u00a0\u2002-\u200b{ZWNJ}\u200e\u200f\u00ad\u0640\u2060\ufeff"
BLANK = f"[{_BLANKS}]"
# Any run of blanks, or none. Bounded and possessive, so that a page of nothing but blanks costs no more than its length.
GAP = f"{BLANK}{{0,40}}+"
# At least one blank.
SPACE = f"{BLANK}{{1,40}}+"
HARAKAT = "\u064b-\u0652"
# A letter, Latin ones too; neither a digit nor an underscore.
LETTER = "[^\\W\\d_]"
# Where a word may begin: after no letter, nor after a ZWNJ that ties to a letter.
WORD_START = f"(?<!{LETTER})(?<!{LETTER}{ZWNJ})"
# Where a word may end: before no letter, harakat, nor a ZWNJ that ties to a letter. Digits may follow («تا۲۲»).
WORD_END = f"(?!{LETTER}|[{HARAKAT}]|{ZWNJ}{LETTER})"
# «هفتهٔ», «هفته ی», «هفته‌ی» before what belongs to the word, with the blanks after it.
EZAFE = f"(?:\u0654|{GAP}{load('spellings')['ezafe']}{WORD_END})?{GAP}"
