"""What made each change of a repaired text: the rule, or the weight of the evidence."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.persian.enclitics import COPULA, EZAFE, ends_in_copula, ends_in_ezafe, plural_before_copula
from parsers.persian.letter_repair import LETTERS
from parsers.persian.letters import ZWNJ
from parsers.persian.model import SCALE
from parsers.persian.word_repair import bare
from parsers.persian.zwnj import restorer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.persian.repair import Change, Normalized

_WORD_BEFORE = expression(f"[{LETTERS}{ZWNJ}]*$")
_WORD_AFTER = expression(f"[{LETTERS}{ZWNJ}]*")
_STRAY = frozenset(["Cf", "Cc", "Zs"])


@dataclass(frozen=True, slots=True)
class Explanation:
    """A change and its reason: the name of a rule, or `weights`, then with the log-odds of the ZWNJ against none."""

    change: Change
    rule: str
    log_odds: float | None = None


def explain(result: Normalized) -> Iterator[Explanation]:
    """Yield for each change of a repaired text what made it, in order."""
    place = shift = 0
    for change in result.changes:
        place = change.start + shift
        shift += len(change.after) - (change.end - change.start)
        yield _explained(change, result.text, place)


def _explained(change: Change, text: str, place: int) -> Explanation:
    is_blank = change.before == " " and change.after in {ZWNJ, ""}
    if not is_blank and change.after != ZWNJ:
        return Explanation(change, _rule_for_letters(change))
    before, after = text[:place], text[place + len(change.after) :]
    left, right = _WORD_BEFORE.search(before), _WORD_AFTER.match(after)
    one, other = bare(left[0] if left else ""), bare(right[0] if right else "")
    if change.before and not is_blank:
        return Explanation(change, "invisible character between two letters")
    if is_blank:
        return _of_blank(change, one.split(ZWNJ)[-1], other.split(ZWNJ))
    return _of_word(change, one.replace(ZWNJ, ""), other.replace(ZWNJ, ""))


def _rule_for_letters(change: Change) -> str:
    if change.after[:1].isdigit():
        return "digits alone between Persian words"
    if not change.after or all(unicodedata.category(letter) in _STRAY for letter in change.before):
        return "stray invisible character"
    return "letter as Persian types it"


def _of_blank(change: Change, left: str, others: list[str]) -> Explanation:
    shipped = restorer()
    right, following = others[0], others[1] if len(others) > 1 else ""
    if right == EZAFE:
        return Explanation(change, "ezafe after a silent he")
    rule, log_odds = shipped.blanks.reason(left, right, following)
    return Explanation(change, rule, log_odds)


def _of_word(change: Change, left: str, right: str) -> Explanation:
    lexicon, letters = restorer().words.lexicon, left + right
    rules = {
        "ezafe after a silent he": right == EZAFE and ends_in_ezafe(letters, lexicon),
        "plural before «است»": plural_before_copula(letters, lexicon) == left,
        "neighbours decide between two readings": restorer().decisions[letters].ambiguous,
        "settled: the training text or the lexicon writes it so": restorer().words.is_settled(letters),
        "copula after a noun or adjective": right == COPULA and ends_in_copula(letters, lexicon),
    }
    rule = next((name for name, holds in rules.items() if holds), None)
    if rule is not None:
        return Explanation(change, rule)
    return Explanation(change, "weights", restorer().words.lead(letters, len(left)) / SCALE)
