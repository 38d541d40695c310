"""What only looks like a citation: prison wards, food, animals, seasons, seats, counts.

Unit then number is a citation, number then unit a count; a measure word right after the number says that it counts.
Weak units (part, book, season, row …) are citations only beside a legal word. The words are in `lexicon/units.toml`.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.facts.instruments.registry import kind_of_head, without_head
from parsers.grammar.blanks import GAP
from parsers.grammar.clause_labels import is_unit, locator_at
from parsers.grammar.names import key_of
from parsers.grammar.number_lists import Numbers, drop_last
from parsers.grammar.words_around import cue, is_one_of, mentioned, next_word, previous_word, sentence_around
from parsers.persian.numbers import match_number

if TYPE_CHECKING:
    from parsers.facts.citations.chains import Chain
    from parsers.grammar.clause_labels import Locator

_AFTER_PERCENT = re.compile(f"{GAP}[%٪]|[,،٬][0-9]{{3}}(?![0-9])(?<=000)")
_STATED = re.compile("(?:مذکور|مقرر|مندرج|موضوع|مصرح|یادشده)[ \u200c]+(?:در[ \u200c]+)?\\Z")
_HEADING = re.compile(f"{GAP}[:\n–ـ-]")
_POINT = re.compile(f"{GAP}:")
_JOINING = frozenset({"و", "یا", "تا", "الی", "لغایت", "ماده", "بند"})
_WARD = re.compile("[ \u200c]?الف(?![\\w\u200c])")
_WARDS = frozenset({209, 240, 241, 325, 350})


def counted(folded: str, locator: Locator) -> Locator | None:
    """The locator without numbers that count something: «بند ۷ و ۱۱ درصد» is بند ۷, «ماده ۴ توله» is nothing."""
    items = locator.items
    if items and items[0].start == locator.start:
        return locator
    while items:
        last = items[-1]
        if last.bracketed or not counts(folded, last.end, cardinal=last.style == "cardinal" and _small(last.value)):
            break
        if locator.unit.name == "ماده" and _is_distance(folded, last.end):
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


def counts(folded: str, at: int, *, cardinal: bool) -> bool:
    """Whether the number that ends at `at` counts or measures what follows."""
    if _AFTER_PERCENT.match(folded, at):
        return True
    found = next_word(folded, at)
    if found is None:
        return False
    word, start, end = found
    key = key_of(word)
    if key in cue("units.cues", "measure") or key in cue("units.cues", "months") or is_one_of(word, cue("units.cues", "measure")):
        return True
    if is_unit(word):
        return locator_at(folded, start) is None and without_head(folded, start) is None
    return cardinal and not _may_follow_cardinal(folded, word, end)


def _may_follow_cardinal(folded: str, word: str, end: int) -> bool:
    """After «بند دو» may stand a function word, a verb or an instrument, not what two of is counted."""
    key = key_of(word)
    if key in cue("units.cues", "stop") or key in cue("units.cues", "prepositions") or key in cue("units.cues", "light"):
        return True
    if key in _JOINING or kind_of_head(word) or word.startswith(("می\u200c", "نمی\u200c", "ق")):
        return True
    following = next_word(folded, end)
    return following is not None and key_of(following[0]) in cue("units.cues", "light")


def follows_freely(folded: str, at: int) -> bool:
    """Whether no noun follows that the number before could belong to: punctuation, a function word, a verb."""
    found = next_word(folded, at)
    return found is None or _may_follow_cardinal(folded, found[0], found[2])


def plausible(folded: str, chain: Chain, *, legal: bool) -> bool:
    """Whether a chain is a citation; `legal` says that an instrument or its anaphor stands beside it."""
    if _thing(folded, chain):
        return False
    strong_nest = any(not part.unit.weak for part in chain.ancestors) and (not chain.descending or chain.unit.name == "جزء")
    if chain.unit.weak:
        return legal or strong_nest or _governed(folded, chain)
    outer = any(part.unit.rank > chain.unit.rank for part in chain.ancestors)  # «بند دوم قسمت اول» may be a poem's
    if legal or (outer and chain.unit.name != "اصل"):
        return True
    lone = chain.plural and len(chain.items) == 1 and chain.items[0].until is None and chain.parts == 1
    if lone or _another_sense(folded, chain):
        return False
    judge = {"بند": _clause_not_ward, "اصل": _article_of_constitution, "ماده": _article_not_event}.get(chain.unit.name)
    return judge is None or judge(folded, chain)


def _governed(folded: str, chain: Chain) -> bool:
    """«بر اساس بخش (۲) پیوست (۲)»: a legal preposition before, brackets as only laws print them."""
    before = previous_word(folded, chain.start)
    bracketed = bool(chain.items) and all(item.bracketed for item in chain.items)
    return bracketed and before is not None and key_of(before) in cue("units.cues", "governor")


def _thing(folded: str, chain: Chain) -> bool:
    """«این ماده ۷ …»، «پلنگ ماده ۴ …»: the unit is a noun of its own."""
    before = previous_word(folded, chain.start)
    if before is None or chain.plural:
        return False
    return key_of(before) in cue("units.cues", "before") and bool(chain.items) != bool(chain.ancestors)


def _another_sense(folded: str, chain: Chain) -> bool:
    found = next_word(folded, chain.end)
    return found is not None and is_one_of(found[0], cue("units.cues", "other"))


def _clause_not_ward(folded: str, chain: Chain) -> bool:
    if any(isinstance(item.value, int) and item.value in _WARDS for item in chain.items) or _WARD.match(folded, chain.end):
        return False
    before = previous_word(folded, chain.start)
    if before is not None and key_of(before) in cue("units.cues", "governor"):
        return True
    low, high = sentence_around(folded, chain.start, chain.end)
    return not any(mentioned(folded, low, high, "units.cues", name) for name in ("prison", "poem"))


def _article_not_event(folded: str, chain: Chain) -> bool:
    """«ماده ۲۰۰ پروانه» is an event of swimmers."""
    before = previous_word(folded, chain.start)
    if before is not None and key_of(before) in cue("units.cues", "governor"):
        return True
    low, high = sentence_around(folded, chain.start, chain.end)
    return not mentioned(folded, low, high, "units.cues", "sport")


def _article_of_constitution(folded: str, chain: Chain) -> bool:
    """«اصل ۹۰» stands alone; «اصل اول …» and «اصل ۸۰/۲۰» need an instrument."""
    if any(item.style == "dotted" or (isinstance(item.value, int) and item.value > 177) for item in chain.items):
        return False
    first = chain.items[0]
    if first.style in ("ordinal", "cardinal") and isinstance(first.value, int) and first.value <= 10:
        return _heading(folded, chain) or bool(_STATED.search(folded, max(0, chain.start - 30), chain.start))
    before, after = previous_word(folded, chain.start), next_word(folded, chain.end)
    if after is not None and kind_of_head(after[0]) not in (None, "law", "policy"):
        return False
    if _heading(folded, chain):
        return True
    small = isinstance(first.value, int) and first.value <= 10
    if small and ((before and match_number(before, 0)) or _POINT.match(folded, chain.end)):  # «دو اصل ۱ و ۲», «اصل ۱: سکوت»
        return False
    if follows_freely(folded, chain.end):
        return True
    return any(word and key_of(word) in cue("units.cues", "constitutional") for word in (after and after[0], before))


def _heading(folded: str, chain: Chain) -> bool:
    """«اصل اول: …» at the beginning of a line, in the text of a law."""
    return bool(_HEADING.match(folded, chain.end)) and (chain.start == 0 or folded[chain.start - 1] == "\n")
