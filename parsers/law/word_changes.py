"""Changes of single words: «عبارت «…» به «…» اصلاح می‌شود», «بعد از کلمه «…» عبارت «…» اضافه می‌شود»."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.joints import AND
from parsers.law.act import Act
from parsers.law.vocabulary import words

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from parsers.law.instructions import Instruction, Span
    from parsers.law_models import RelationKind

_REACH = 60


def word_changes(
    instruction: Instruction, kind: RelationKind, low: int, high: int, verb: int, quotes: Sequence[Span]
) -> list[Act]:  # fmt: skip
    """Return changes of words within clauses, one or several of a kind: whatever the verb, the clause is amended.

    `low:high` is the verb's stretch of the body, `quotes` are those in it. Each change has a stretch of its own, from the joint
    after the one before, so that each speaks of the clause that is cited next to its words.
    """
    beside = [quote for quote in quotes if _stands_after(instruction, quote, "next_to")]
    rest = [quote for quote in quotes if quote not in beside]
    if kind == "inserts" and rest:
        kept = rest if beside else rest[:1]
        spans = _stretches(instruction, low, high, [[*_anchors(new, beside), new] for new in kept])
        return [_insertion(instruction, span, verb, new, beside) for new, span in zip(kept, spans, strict=True)]
    if kind in ("repeals", "cancels") and rest:
        spans = _stretches(instruction, low, high, [[old] for old in rest])
        return [Act("amends", "delete_words", *span, verb, old) for old, span in zip(rest, spans, strict=True)]
    if len(rest) < 2:
        return [Act("amends", "replace", low, high, verb, new=rest[0] if rest else None)]
    pairs = list(zip(rest[::2], rest[1::2], strict=False))
    spans = _stretches(instruction, low, high, pairs)
    return [_replacement(instruction, span, verb, pair) for pair, span in zip(pairs, spans, strict=True)]


def _stretches(instruction: Instruction, low: int, high: int, groups: Sequence[Sequence[Span]]) -> list[tuple[int, int]]:
    """Return the stretch of each group of quotations: they meet at the joint, «و» or «،», between them."""
    cuts = []
    for before, after in pairwise(groups):
        start, end = max(quote[1] for quote in before) + 1, min(quote[0] for quote in after)
        joints = list(_joint().finditer(instruction.masked, start - instruction.start, max(end, start) - instruction.start))
        at_once = joints and not instruction.masked[start - instruction.start : joints[0].start()].strip(" \u200c")
        place = joints[0].start() if at_once else joints[-1].start() if joints else start - instruction.start
        cuts.append(instruction.start + place)
    return list(zip([low, *cuts], [*cuts, high], strict=True))


def _anchors(new: Span, beside: Sequence[Span]) -> list[Span]:
    """Return the words next to which new ones are put: the nearest before them, else the first after them."""
    earlier = [quote for quote in beside if quote < new]
    return earlier[-1:] or list(beside[:1])


def _insertion(
    instruction: Instruction, span: tuple[int, int], verb: int, new: Span, beside: Sequence[Span]
) -> Act:  # fmt: skip
    """«… بعد از عبارت «…» اضافه می‌شود»: next to the nearest words before it, else after it."""
    anchor = next(iter(_anchors(new, beside)), None)
    before = bool(anchor and _stands_after(instruction, anchor, "before"))
    at_start = anchor is None and bool(_at_start().search(instruction.masked))
    return Act("amends", "insert_words", *span, verb, None, new, anchor, before or at_start)


def _replacement(instruction: Instruction, span: tuple[int, int], verb: int, pair: tuple[Span, Span]) -> Act:
    """«به عبارت»: the first goes; «جایگزین» between the two, «به جای» before one: that one goes."""
    instead = next((quote for quote in pair if _stands_after(instruction, quote, "instead")), None)
    old = instead or (pair[1] if _is_between(instruction, verb, pair) else pair[0])
    return Act("amends", "replace_words", *span, verb, old, pair[0] if old == pair[1] else pair[1])


def _is_between(instruction: Instruction, verb: int, pair: tuple[Span, Span]) -> bool:
    """Return whether «جایگزین» stands between two quotations, the verb's own or one that shares its auxiliary."""
    between = instruction.masked[pair[0][1] + 1 - instruction.start : pair[1][0] - 1 - instruction.start]
    return pair[0][1] < verb < pair[1][0] or bool(_replaces().search(between))


def _stands_after(instruction: Instruction, quote: Span, name: str) -> bool:
    """Return whether words of a list stand right before a quotation: «بعد از عبارت «…»»."""
    place = quote[0] - instruction.start - 1
    return bool(_before_quote(name).search(instruction.masked, max(0, place - _REACH), place))


@cache
def _before_quote(name: str) -> re.Pattern[str]:
    return expression(f"{words('amendments', name)}{GAP}(?:{words('amendments', 'words')}{GAP})?\\Z")


@cache
def _joint() -> re.Pattern[str]:
    return expression(f"(?:{WORD_START}{AND}|،)")


@cache
def _replaces() -> re.Pattern[str]:
    return expression(f"{WORD_START}{words('amendments', 'replaces')}")


@cache
def _at_start() -> re.Pattern[str]:
    return expression(f"{WORD_START}{words('amendments', 'at_start')}")
