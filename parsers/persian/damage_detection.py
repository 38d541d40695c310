"""What happened to the ZWNJ of a document: the evidence is weighed over the whole of it, and only that damage is repaired.

Carefully written text has words that another hand would write with a ZWNJ. Repairing them would be harm, and one word says
little; a document says enough. So the ZWNJ that are there are counted against those that look deleted and those that look
turned into blanks, and each kind of damage must be likelier than carelessness. A form that is never right («میشود», «کتاب ها»)
counts most; a compound («بین المللی») says little where the writer uses ZWNJ; a cut inside an unknown word says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.proofs import Evidence
from parsers.persian.zwnj import restorer

if TYPE_CHECKING:
    from parsers.models import Damage

# Weights of the evidence, log-likelihood ratios of a damaged document against a careful one, measured on the development
# sets. A form that is never right stands in 1 of 70 of its places in careful text, in a quarter where a tool damaged it; a
# kept ZWNJ speaks for care.
_NEVER_RIGHT, _OFTEN_SEEN, _KEPT = 2.8, 0.5, -0.35
# A joined plural where other ZWNJ are kept: many careful hands write it.
_JOINED_PLURAL = 1.0
# The same for one kind of damage once the document is known to be damaged, and for what was lost in the other way: a hand that
# joins pieces rarely parts them too, while pages that part them have joined ones as well.
_KEPT_IN_DAMAGED, _DELETED_OTHERWISE, _SPACED_OTHERWISE = -0.12, -0.25, -0.1
# Loose compounds that careful text has for each ZWNJ it has, or had.
_LOOSE_COMPOUNDS = 0.1
# What hands differ in, in a text that has no ZWNJ and nothing else that was lost: 1 of 60 careful headlines has a compound
# without its ZWNJ, 1 of 13 one with a blank.
_DELETED_ALONE, _SPACED_ALONE = 2.0, 1.2
# The ratio from which damage is believed: one form that is never right is enough for up to two ZWNJ that are kept.
_BELIEVED = 1.8
# Longer documents are judged by windows spread over them, in characters.
_WINDOWS, _WINDOW = 16, 4_000


def assess(text: str) -> Damage:
    """Return the damage `text` shows: `deleted`, `spaced`, both (`mixed`), or `none` where it shows too little to touch it."""
    found = Evidence()
    for window in _windows(text):
        found += restorer().evidence(window)
    if not _is_damaged(found):
        return "none"
    is_deleted = _is_deleted(found)
    is_spaced = _is_spaced(found)
    if is_deleted:
        return "mixed" if is_spaced else "deleted"
    return "spaced" if is_spaced else "none"


def reassess(repaired: str, damage: Damage) -> Damage:
    """Return what `assess` would say of a text after repair of `damage`; it is repaired until this says `none`.

    Most of it is known without looking: no word lacks a ZWNJ after words were repaired, and the blanks were judged already;
    only joined blanks make new words, and only in long documents are other windows looked at.
    """
    if damage == "deleted" and len(repaired) <= _WINDOWS * _WINDOW:
        return "none"
    return assess(repaired)


def _is_damaged(found: Evidence) -> bool:
    if found.deleted + found.spaced_affixes:
        never_right = _deleted_weight(found) + found.spaced_affixes * _NEVER_RIGHT
        return never_right + found.perhaps_deleted * _OFTEN_SEEN + found.kept * _KEPT > _BELIEVED
    return found.kept == 0


def _deleted_weight(found: Evidence) -> float:
    """Return what the words weigh that lack a ZWNJ beyond doubt; a hand that uses ZWNJ may join plurals all the same."""
    plurals = found.joined_plurals if found.kept else 0
    return (found.deleted - plurals) * _NEVER_RIGHT + plurals * _JOINED_PLURAL


def _is_deleted(found: Evidence) -> bool:
    if not found.deleted:
        return not (found.kept or found.spaced_affixes) and found.perhaps_deleted * _DELETED_ALONE > _BELIEVED
    doubt = found.kept * _KEPT_IN_DAMAGED + found.spaced_affixes * _SPACED_OTHERWISE
    return _deleted_weight(found) + found.perhaps_deleted * _OFTEN_SEEN + doubt > _BELIEVED


def _is_spaced(found: Evidence) -> bool:
    if not found.spaced_affixes:
        return not (found.kept or found.deleted) and found.spaced_compounds * _SPACED_ALONE > _BELIEVED
    more_than_careful = max(found.spaced_compounds - (found.kept + found.deleted) * _LOOSE_COMPOUNDS, 0)
    doubt = found.kept * _KEPT_IN_DAMAGED + found.deleted * _DELETED_OTHERWISE
    return found.spaced_affixes * _NEVER_RIGHT + more_than_careful * _OFTEN_SEEN + doubt > _BELIEVED


def _windows(text: str) -> list[str]:
    if len(text) <= _WINDOWS * _WINDOW:
        return [text]
    step = (len(text) - _WINDOW) // (_WINDOWS - 1)
    return [text[k * step : k * step + _WINDOW] for k in range(_WINDOWS)]
