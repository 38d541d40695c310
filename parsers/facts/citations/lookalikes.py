"""What only looks like a citation: prison wards, food, animals, seasons, seats, counts.

Unit then number is a citation, number then unit a count; a measure word right after the number says that it counts.
Weak units (part, book, season, row …) are citations only beside a legal word. The words are in `lexicon/units.toml`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.alphabets import FIRST_NAME
from parsers.grammar.blanks import BLANK, GAP, WORD_END
from parsers.grammar.counting import counts, follows_freely
from parsers.grammar.instrument_titles import kind_of_head
from parsers.grammar.joints import any_word
from parsers.grammar.names import key_of
from parsers.grammar.number_lists import Numbers, drop_last
from parsers.grammar.words_around import cue, is_one_of, mentioned, next_word, previous_word, sentence_around
from parsers.lexicon import load
from parsers.persian.numbers import match_number

if TYPE_CHECKING:
    from parsers.facts.citations.clause_paths import ClausePath
    from parsers.grammar.clause_labels import Locator

_WORDS: dict[str, Any] = load("units")["cues"]
# «حکم مقرر در | اصل اول».
_STATED = expression(rf"{any_word(_WORDS['stated'])}{GAP}(?:{any_word(_WORDS['in'])}{GAP})?\Z")
_HEADING = expression(f"{BLANK}*[:\n–ـ-]")
_POINT = expression(f"{GAP}:")
# «بند ۲ الف» of a prison.
_WARD = expression(f"{BLANK}?{FIRST_NAME}{WORD_END}")
_LAST_ARTICLE = 177  # of the constitution
_FEW = 10


def without_counts(folded: str, locator: Locator) -> Locator | None:
    """Return the label without numbers that count something: «بند ۷ و ۱۱ درصد» is بند ۷, «ماده ۴ توله» is nothing."""
    items = locator.items
    if items and items[0].start == locator.start:
        return locator
    while items:
        last = items[-1]
        if last.bracketed or not counts(folded, last.end, cardinal=last.style == "cardinal" and _small(last.value)):
            break
        if locator.unit.slug == "made" and _is_distance(folded, last.end):
            return None
        shorter = drop_last(Numbers(items, last.end))
        if shorter is None:
            return None
        items = shorter.items
    if items is locator.items:
        return locator
    return replace(locator, items=items, end=items[-1].end)


def _is_distance(folded: str, at: int) -> bool:
    """«در مواد ۵۰، ۱۰۰ و ۲۰۰ متر»: all of them are metres, «بند ۷ و ۱۱ درصد» are not."""
    following = next_word(folded, at)
    return following is not None and key_of(following[0]) in cue("units.cues", "distance")


def _small(value: int | str) -> bool:
    return isinstance(value, int) and value <= 20


def is_citation(folded: str, path: ClausePath, *, legal: bool) -> bool:
    """Return whether a path is a citation; `legal` if an instrument or a back reference stands next to it."""
    if not legal and _thing(folded, path):
        return False
    strong_nest = any(not part.unit.weak for part in path.ancestors) and (not path.descending or path.unit.slug == "joz")
    if path.unit.weak:
        return legal or strong_nest or _governed(folded, path)
    outer = any(part.unit.rank > path.unit.rank for part in path.ancestors)  # «بند دوم قسمت اول» may be a poem's
    if legal or (outer and path.unit.slug != "asl"):
        return True
    lone = path.plural and len(path.items) == 1 and path.items[0].until is None and path.parts == 1
    if lone or _another_sense(folded, path):
        return False
    check = _CHECKS.get(path.unit.slug)
    return check is None or check(folded, path)


def _governed(folded: str, path: ClausePath) -> bool:
    """«بر اساس بخش (۲) پیوست (۲)»: a legal preposition before, brackets as only laws print them."""
    before = previous_word(folded, path.start)
    bracketed = bool(path.items) and all(item.bracketed for item in path.items)
    return bracketed and before is not None and key_of(before) in cue("units.cues", "governor")


def _thing(folded: str, path: ClausePath) -> bool:
    """«این ماده ۷ …»، «پلنگ ماده ۴ …»: the unit is a noun of its own."""
    before = previous_word(folded, path.start)
    if before is None or path.plural:
        return False
    return key_of(before) in cue("units.cues", "before") and bool(path.items) != bool(path.ancestors)


def _another_sense(folded: str, path: ClausePath) -> bool:
    found = next_word(folded, path.end)
    return found is not None and is_one_of(found[0], cue("units.cues", "other"))


def _clause_not_ward(folded: str, path: ClausePath) -> bool:
    if any(isinstance(item.value, int) and item.value in _WORDS["wards"] for item in path.items) or _WARD.match(folded, path.end):
        return False
    before = previous_word(folded, path.start)
    if before is not None and key_of(before) in cue("units.cues", "governor"):
        return True
    low, high = sentence_around(folded, path.start, path.end)
    if any(mentioned(folded, low, high, "units.cues", name) for name in ("prison", "poem")):
        return False
    confined = mentioned(folded, low, high, "units.cues", "confined")
    return not confined or mentioned(folded, low, high, "units.cues", "legal")


def _article_not_event(folded: str, path: ClausePath) -> bool:
    """«ماده ۲۰۰ پروانه» is an event of swimmers."""
    before = previous_word(folded, path.start)
    if before is not None and key_of(before) in cue("units.cues", "governor"):
        return True
    low, high = sentence_around(folded, path.start, path.end)
    return not mentioned(folded, low, high, "units.cues", "sport")


def _article_of_constitution(folded: str, path: ClausePath) -> bool:
    """«اصل ۹۰» stands alone; «اصل اول …» and «اصل ۸۰/۲۰» need an instrument."""
    if any(item.style == "dotted" or (isinstance(item.value, int) and item.value > _LAST_ARTICLE) for item in path.items):
        return False
    first = path.items[0]
    if first.style in ("ordinal", "cardinal") and isinstance(first.value, int) and first.value <= _FEW:
        return _heading(folded, path) or bool(_STATED.search(folded, max(0, path.start - 30), path.start))
    before, after = previous_word(folded, path.start), next_word(folded, path.end)
    if after is not None and kind_of_head(after[0]) not in (None, "law", "policy"):
        return False
    if _heading(folded, path):
        return True
    small = isinstance(first.value, int) and first.value <= _FEW
    if small and ((before and match_number(before, 0)) or _POINT.match(folded, path.end)):  # «دو اصل ۱ و ۲», «اصل ۱: سکوت»
        return False
    if follows_freely(folded, path.end):
        return True
    return any(word and key_of(word) in cue("units.cues", "constitutional") for word in (after and after[0], before))


def _heading(folded: str, path: ClausePath) -> bool:
    """«اصل اول: …» at the beginning of a line, in the text of a law."""
    return bool(_HEADING.match(folded, path.end)) and (path.start == 0 or folded[path.start - 1] == "\n")


_CHECKS = {"band": _clause_not_ward, "asl": _article_of_constitution, "made": _article_not_event}
