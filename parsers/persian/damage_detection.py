"""What happened to the ZWNJ of a document: the evidence is weighed over the whole of it, and only that damage is repaired.

Carefully written text has words that another hand would write with a ZWNJ. Repairing them would be harm, and one word says
little; a document says enough. So the ZWNJ that are there are counted against those that look deleted and those that look
turned into blanks, and each kind of damage must be likelier than carelessness.
"""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

from parsers.persian.letters import ZWNJ
from parsers.persian.zwnj import restorer

if TYPE_CHECKING:
    from parsers.models import Damage

# Of all places for a ZWNJ in a document, the share that looks damaged: in careful text (what other spellings and the model's
# errors amount to), and in text where some tool kept, deleted and spaced them at random. Not every blank that was a ZWNJ shows.
# Measured on the development sets.
_DELETED_SHARES = (0.05, 0.33)
_SPACED_SHARES = (0.02, 0.20)
# The log-likelihood ratio from which damage is believed: one deleted ZWNJ is enough where none is kept, two for up to five.
_BELIEVED = 1.8
# Longer documents are judged by windows spread over them, in characters.
_WINDOWS, _WINDOW = 16, 4_000


def assess(text: str) -> Damage:
    """The damage `text` shows: `deleted`, `spaced`, both (`mixed`), or `none` where it shows too little to touch it."""
    kept = deleted = spaced = 0
    for window in _windows(text):
        lost = restorer().count_lost(window)
        kept, deleted, spaced = kept + window.count(ZWNJ), deleted + lost[0], spaced + lost[1]
    total = kept + deleted + spaced
    if _believed(deleted, total, _DELETED_SHARES):
        return "mixed" if _believed(spaced, total, _SPACED_SHARES) else "deleted"
    return "spaced" if _believed(spaced, total, _SPACED_SHARES) else "none"


def reassess(repaired: str, damage: Damage) -> Damage:
    """What `assess` would say of a text after repair of `damage`; repaired until this says `none`, it stays as it is.

    Most of it is known without looking: no word lacks a ZWNJ after words were repaired, and the blanks were judged already;
    only joined blanks make new words, and only in long documents are other windows looked at.
    """
    if damage == "deleted" and len(repaired) <= _WINDOWS * _WINDOW:
        return "none"
    return assess(repaired)


def _believed(lost: int, total: int, shares: tuple[float, float]) -> bool:
    careful, damaged = shares
    evidence, doubt = log(damaged / careful), log((1 - careful) / (1 - damaged))
    return lost * evidence - (total - lost) * doubt > _BELIEVED


def _windows(text: str) -> list[str]:
    if len(text) <= _WINDOWS * _WINDOW:
        return [text]
    step = (len(text) - _WINDOW) // (_WINDOWS - 1)
    return [text[k * step : k * step + _WINDOW] for k in range(_WINDOWS)]
