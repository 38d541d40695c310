"""Where clauses may begin: «ماده۱ـ», «تبصره ۲ –», «ماده اول:», «الف)», «۳-۲-۱۰».

A label stands at a line's beginning, or after the end of a sentence where its dash leaves no doubt. Whether it is a clause or
only a sentence that begins with a number is for `label_sequence` to say: a label is what looks like one.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.law import label_patterns as patterns
from parsers.law.label import Label, finished
from parsers.law.label_numbers import Numeral, closed, number_at
from parsers.law.label_patterns import DASHES
from parsers.law.numbering import repeated
from parsers.law.shared_labels import shared_label
from parsers.law.vocabulary import ARTICLE, SINGLE_ARTICLE, annexes, item_units, note_units

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator


_LONGEST_NUMBER = 400


def find_labels(folded: str) -> Iterator[Label]:
    """Yield every label of a text, in order. Text is folded; offsets hold in the text itself."""
    at = 0
    for line in folded.split("\n"):
        yield from _of_line(folded, at, at + len(line))
        at += len(line) + 1


def _of_line(folded: str, at: int, end: int) -> Iterator[Label]:
    start = patterns.BULLET.match(folded, at, end).end()  # type: ignore[union-attr]
    bullet = patterns.BLANK_RUN.match(folded, at, end).end()  # type: ignore[union-attr]
    found = shared_label(folded, start, end) or list(filter(None, [label_at(folded, start, end, line=True)]))
    first = found[-1] if found else None
    if found:  # a bullet is part of the label, so that it ends no other clause
        yield from (_from(found[0], bullet), *found[1:])
    place = first.end if first else start
    rest = folded[place:end]
    if "\t" in rest or not patterns.label_inside_line().search(rest):
        return
    for gap in patterns.AFTER_SENTENCE.finditer(folded, place, end):
        label = label_at(folded, gap.end(), end, line=False) if gap.end() >= place else None
        if label and label.firm and label.mark.strip(f"{DASHES}) ") == "":
            place = label.end
            yield label


def _from(label: Label, start: int) -> Label:
    return replace(label, start=start, otherwise=label.otherwise and replace(label.otherwise, start=start))


def label_at(folded: str, at: int, end: int, *, line: bool) -> Label | None:
    """Return the label that begins at `at`, if one does. `end` is the end of the line."""
    opened = patterns.OPENED_UNIT.match(folded, at, end)
    word = patterns.unit_at().match(folded, opened.end() if opened else at, end)
    label = _with_unit(folded, at, end, word) if word else None
    if opened and label and (label.unit is None or not label.mark or label.mark[0] not in ")]"):
        label = None
    label = label or _bare(folded, at, end)
    label = _perhaps_repeated(folded, label, end) if label else None
    if label is None or line:  # labels are made as if at a line's beginning
        return label
    return replace(label, line=False, otherwise=label.otherwise and replace(label.otherwise, line=False))


def _perhaps_repeated(folded: str, label: Label, end: int) -> Label:
    """«ماده ۲- مکرر هرگاه …»: after ماده ۲ the word is the number's; whether it is, only the order of articles tells."""
    found = patterns.PERHAPS_REPEATED.match(folded, label.end, end) if label.mark and label.unit else None
    if found is None or label.otherwise or label.number is None or " " in str(label.number):
        return label
    return replace(label, otherwise=replace(label, number=repeated(label.number, found[1]), end=found.end()))


def _with_unit(folded: str, at: int, end: int, word: re.Match[str]) -> Label | None:
    unit = patterns.unit_of(word)
    only = patterns.SINGLE.match(folded, word.end(), end)
    if unit == ARTICLE and only:
        return finished(folded, at, end, SINGLE_ARTICLE, Numeral(None, only.end(), "none"))
    said = patterns.status_word().match(folded, word.end(), end)
    label = _numbered(folded, at, end, unit, said.end() if said else word.end())
    if label is None and unit in note_units():
        label = _note_of_item(folded, at, end, unit, word.end())
    return replace(label, notes=(said[1], *label.notes)) if said and label else label


def _numbered(folded: str, at: int, end: int, unit: str, after: int) -> Label | None:
    """Return the label of a unit whose number stands at `after`, or which needs none."""
    numbered = patterns.BEFORE_NUMBER.match(folded, after, end)
    place = numbered.end() if numbered else after
    found = number_at(folded, place, end) or _after_dash(folded, after, end)
    if found is None:
        alone = finished(folded, at, end, unit, Numeral(None, after, "none"))
        return alone if alone.firm and unit in (*note_units(), *annexes()) else None
    if numbered and numbered[0].strip()[-1:] in ("(", "[", "{", "«"):
        found = replace(found, end=closed(folded, found.end, end))
    label = finished(folded, at, end, unit, found)
    if found.head is None or (label.firm and label.mark != "."):
        return label
    return replace(label, otherwise=finished(folded, at, end, unit, found.head))


def _note_of_item(folded: str, at: int, end: int, unit: str, after: int) -> Label | None:
    """«تبصره بند الف ـ …»: a note without a number, of the item that it names."""
    place = patterns.BLANK_RUN.match(folded, after, end).end()  # type: ignore[union-attr]
    word = patterns.unit_at().match(folded, place, end)
    item = _with_unit(folded, place, end, word) if word and patterns.unit_of(word) in item_units() else None
    if item is None or not item.mark:
        return None
    return replace(item, start=at, unit=unit, number=None, style="none", otherwise=None)


def _after_dash(folded: str, at: int, end: int) -> Numeral | None:
    """«ماده - ۱- …»: a number between two dashes, «ماده :۱» alone on its line; «تبصره - ۱۰ درصد …» has none."""
    dash = patterns.DASH_BEFORE_NUMBER.match(folded, at, end)
    colon = None if dash else patterns.COLON_BEFORE_NUMBER.match(folded, at, end)
    before = dash or colon
    found = number_at(folded, before.end(), end) if before else None
    if found is None or found.style != "digit":
        return None
    if colon:
        return found if not folded[found.end : end].strip() else None
    return found if patterns.DASH_AFTER_NUMBER.match(folded, found.end, end) else None


def _bare(folded: str, at: int, end: int) -> Label | None:
    """«۱-», «الف)», «(ب)», «اول ـ», «۳-۲ متن», «-۱ متن»."""
    if patterns.DASH_ON_WRONG_SIDE.match(folded, at, end):
        found = number_at(folded, at + 1, end)
        return replace(finished(folded, at, end, None, found), firm=True, mark="-") if found else None
    opened = folded[at : at + 1] in "([" and at < end
    place = at + 1 if opened else at
    found = number_at(folded, place, end)
    if found is None:
        return None
    value, head = found.value, found.head
    if opened:
        closed = patterns.CLOSING_BRACKET.match(folded, found.end, end)
        if not closed:
            return None
        label = finished(folded, at, end, None, replace(found, end=closed.end()))
        label = replace(label, firm=True, mark=f"(){label.mark}")
    else:
        label = finished(folded, at, end, None, found)
    if not label.firm and head is None:
        return None
    if (isinstance(value, int) and value > _LONGEST_NUMBER) or "،" in label.mark or "؛" in label.mark:
        return None
    if found.style == "digit" and label.mark.strip() == ":" and folded[label.end : label.end + 2].isdigit():
        return None
    short = None
    if head is not None:
        cut = finished(folded, at, end, None, head)
        short = cut if cut.firm else None
    return replace(label, otherwise=short)
