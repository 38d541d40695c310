"""Enclitics that the training text cannot teach, for it spells them otherwise or not at all: three rules.

The copula «اند» after a noun or an adjective: «موظف‌اند», lost as «موظفاند» or «موظف اند». The ezafe ye after a silent he:
«هفته‌ی», lost as «هفتهی» or «هفته ی». The plural with «است»: «سال‌هاست», lost as «سالهاست».
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.letters import NON_JOINING

if TYPE_CHECKING:
    from parsers.persian.word_lexicon import Lexicon

COPULA = "اند"
EZAFE = "ی"
_PLURAL_COPULA = "هاست"
_HE = "ه"
_SHORTEST = 3
_ENDINGS = ("ان", "ی")  # «کارگران‌اند», «ایرانی‌اند»
# Classes that say only that a word was met; verbs end their class with P or R.
_MET_ONLY, _VERBAL = "-tZ", ("P", "R")
_VERB_PREFIXES = ("ب", "ن", "نب", "بر", "در", "باز", "فرو", "فرا", "وا", "می", "نمی")


def takes_copula(word: str, lexicon: Lexicon) -> bool:
    """Return whether «اند» after the word is a copula with a ZWNJ before it."""
    if len(word) < _SHORTEST or word[-1] in NON_JOINING or word[-1] == _HE:
        return False
    if _is_nominal(word, lexicon):
        return True
    stems = [word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)]
    return any(len(stem) >= _SHORTEST and _is_nominal(stem, lexicon) for stem in stems)


def ends_in_copula(word: str, lexicon: Lexicon) -> bool:
    """Return whether an unknown word without ZWNJ ends in the copula. Causative verbs have the same letters («ترساند»)."""
    if not word.endswith(COPULA) or lexicon.classify(word) != "-" or not takes_copula(word.removesuffix(COPULA), lexicon):
        return False
    return not any(word.startswith(prefix) and word.removeprefix(prefix) in lexicon.verbs for prefix in _VERB_PREFIXES)


def ends_in_silent_he(piece: str, lexicon: Lexicon) -> bool:
    """Return whether a piece is a word whose he is not pronounced («هفته», not «گروه»): only after that is the ezafe a ye."""
    if len(piece) < _SHORTEST or piece[-1] != _HE or piece[-2] == "ا" or piece.endswith(lexicon.pronounced_he):
        return False
    return piece in lexicon.participles or piece in lexicon.ends or lexicon.classify(piece)[0] not in _MET_ONLY


def ends_in_ezafe(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word without ZWNJ that no lexicon knows ends in he and the ezafe ye."""
    return word.endswith(_HE + EZAFE) and lexicon.classify(word)[0] in _MET_ONLY


def plural_before_copula(word: str, lexicon: Lexicon) -> str:
    """Return the noun of «سالهاست», or "": «گفتهاست» is a participle with «است», «تنهاست» an adjective."""
    noun = word.removesuffix(_PLURAL_COPULA)
    if noun == word or len(noun) < 2 or noun + _HE in lexicon.participles:
        return ""
    is_word = lexicon.classify(word)[0] not in _MET_ONLY or _is_nominal(word.removesuffix("ست"), lexicon)
    return "" if is_word else noun


def _is_nominal(word: str, lexicon: Lexicon) -> bool:
    found = lexicon.classify(word)
    return found[0] not in _MET_ONLY and not found.endswith(_VERBAL)
