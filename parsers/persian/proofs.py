"""What the words and blanks of a text prove of its damage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from parsers.expressions import expression
from parsers.persian.affix_rules import is_verb_form
from parsers.persian.letters import ZWNJ
from parsers.persian.word_repair import bare

if TYPE_CHECKING:
    from parsers.persian.decisions import Decision
    from parsers.persian.word_lexicon import Lexicon

_HE, _PLURAL, _ADDED = "ه", "ها", "+"
# Classes of words that the lexicon does not know as they stand, without a ZWNJ.
_NOT_WHOLE = "-tZ"
_BREAKS = expression(f"([{ZWNJ}{_ADDED}])")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of what a text shows: ZWNJ kept, deleted beyond doubt or perhaps, blanks next to affixes and in compounds.

    `joined_plurals` are those of the deleted that stood before «ها»: many hands join it («کتابها»), and nothing else.
    """

    kept: int = 0
    deleted: int = 0
    perhaps_deleted: int = 0
    spaced_affixes: int = 0
    spaced_compounds: int = 0
    joined_plurals: int = 0

    def __add__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.kept + other.kept,
            self.deleted + other.deleted,
            self.perhaps_deleted + other.perhaps_deleted,
            self.spaced_affixes + other.spaced_affixes,
            self.spaced_compounds + other.spaced_compounds,
            self.joined_plurals + other.joined_plurals,
        )


def proofs_of(word: str, missing: tuple[int, ...], lexicon: Lexicon) -> tuple[int, int]:
    """Count the missing ZWNJ that no careful hand leaves out, and those that some do; cuts in unknown words are neither."""
    letters = "".join([_ADDED * (i in missing) + letter for i, letter in enumerate(word)])
    pieces = _BREAKS.split(bare(letters))
    certain = likely = 0
    for left, between, right in zip(pieces[::2], pieces[1::2], pieces[2::2], strict=False):
        if between == _ADDED:
            sure, perhaps = _proof(left, right, word, lexicon)
            certain, likely = certain + sure, likely + perhaps
    return certain, likely


class Lack(NamedTuple):
    """Where a word lacks ZWNJ, and what that shows: how many beyond doubt, how many perhaps, whether only before «ها»."""

    places: tuple[int, ...]
    certain: int
    likely: int
    plural: bool


def lack_of(word: str, decision: Decision) -> Lack:
    """Return what a word lacks about which `decision` was made."""
    is_plural = decision.certain == 1 and any(word.startswith(_PLURAL, place) for place in decision.missing)
    return Lack(decision.missing, decision.certain, decision.likely, is_plural)


def _proof(left: str, right: str, word: str, lexicon: Lexicon) -> tuple[int, int]:
    """Return (1, 0) where no careful hand leaves out the ZWNJ between two pieces of a word, (0, 1) where some do."""
    is_known = lexicon.classify(left)[0] not in "-t" or left in lexicon.participles
    if left in lexicon.verb_prefixes:
        certain = is_verb_form(right, lexicon) and lexicon.classify(word)[0] in _NOT_WHOLE
        return int(certain), int(not certain)
    if right in lexicon.suffixes:
        certain = is_known and (right.startswith("ها") or left.endswith(_HE))
        return int(certain), int(not certain and lexicon.classify(left) != "-")
    # A word that the lexicon writes joined as well («آفتابگردان») proves nothing.
    return 0, int(left + right in lexicon.joined and lexicon.classify(word)[0] in _NOT_WHOLE)
