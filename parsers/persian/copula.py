"""The copula «اند» behind a noun or an adjective: «موظف‌اند», lost as «موظفاند» or «موظف اند».

Text that spells «موظفند», as the text for training does, teaches nothing about it, but what stands before it is a word of the
lexicon. Causative verbs have the same letters («ترساند», «نترساند») and are known as verbs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.letters import NON_JOINING

if TYPE_CHECKING:
    from parsers.persian.word_lexicon import Lexicon

COPULA = "اند"
_SHORTEST = 3
_ENDINGS = ("ان", "ی")  # «کارگران‌اند», «ایرانی‌اند»
# Classes that say nothing of a word but that it was met; verbs end their class with P or R.
_UNTOLD, _VERBAL = "-tZ", ("P", "R")
_VERB_PREFIXES = ("ب", "ن", "نب", "بر", "در", "باز", "فرو", "فرا", "وا", "می", "نمی")


def takes_copula(word: str, lexicon: Lexicon) -> bool:
    """Whether «اند» behind the word is a copula with a ZWNJ before it."""
    if len(word) < _SHORTEST or word[-1] in NON_JOINING or word[-1] == "ه":
        return False
    if _is_nominal(word, lexicon):
        return True
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    return any(len(stem) >= _SHORTEST and _is_nominal(stem, lexicon) for stem in stems)


def ends_in_copula(word: str, lexicon: Lexicon) -> bool:
    """Whether a word without ZWNJ, unknown as it stands, is one with the copula."""
    if not word.endswith(COPULA) or lexicon.classify(word) != "-" or not takes_copula(word.removesuffix(COPULA), lexicon):
        return False
    return not any(word.startswith(prefix) and word.removeprefix(prefix) in lexicon.verbs for prefix in _VERB_PREFIXES)


def _is_nominal(word: str, lexicon: Lexicon) -> bool:
    found = lexicon.classify(word)
    return found[0] not in _UNTOLD and not found.endswith(_VERBAL)
