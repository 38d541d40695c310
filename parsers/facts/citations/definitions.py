"""What a document calls an instrument: «۱- قانون: قانون شوراهای حل اختلاف», «… که از این پس «قانون» نامیده می‌شود».

«ماده ۵ قانون» is of the defined one from there on, whatever is named in between; «این قانون» is not.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.instrument_titles import kind_of_head
from parsers.grammar.joints import any_word
from parsers.lexicon import load

if TYPE_CHECKING:
    import re

    from parsers.facts.instruments import TitleMention
    from parsers.facts.view import View

_REACH = 90
_LONGEST_HEAD = 24
_LETTERS = r"[^\W\d_\u0640]+"
_HEAD = rf"(?<!{_LETTERS[:-1]})(?P<head>{_LETTERS}(?:[ \u200c]{_LETTERS})?)"
# «قانون: | قانون …», «قانون» : | «قانون …»
_POINT_BEFORE = expression(rf"{_HEAD}{GAP}[»\"]?{GAP}:{GAP}[«\"]?{GAP}\Z")


def defined_kind(view: View, mention: TitleMention) -> str | None:
    """Return the kind whose head alone means the mention in this document; None if the text does not say so."""
    folded = view.folded
    point = _POINT_BEFORE.search(folded, max(0, mention.start - _LONGEST_HEAD), mention.start)
    if point is not None:
        return kind_of_head(point["head"])
    called = _called().match(folded, mention.end, mention.end + _REACH)
    return kind_of_head(called["head"]) if called else None


@cache
def _called() -> re.Pattern[str]:
    words = any_word(load("units")["links"]["called"])
    return expression(rf"[^\n.؛]*?{WORD_START}{words}[^\n.؛«\"]{{0,12}}[«\"]{GAP}{_HEAD}{GAP}[»\"]")
