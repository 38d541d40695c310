"""What grammar forbids next to a ZWNJ, whatever the weights say: rules for words and for blanks.

A prefix of verbs stands before verbs («میرسلیم» is a name), «ای» after he or ye («همتای» is «همتا» with ye), «است» after he,
and the enclitics «ام», «ات», «اش» after a word that is known: a cut that leaves an unknown word proves nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.expressions import expression

if TYPE_CHECKING:
    from parsers.persian.word_lexicon import Lexicon

_HE, _YE = "ه", "ی"
_PLURAL, _INDEFINITE, _IS = "ها", "ای", "است"
_ENCLITICS = ("م", "ت", "ش", "مان", "تان", "شان")
_AFTER_KNOWN_WORDS = frozenset(["ام", "ات", "اش", "اند", "ایم", "اید", "مان", "تان", "شان"])
_UNKNOWN = "-t"
_LONGEST_PREFIX = 5
# «رنجاندند», «گراییدم», «آرامانم»
_CAUSATIVE = expression("..+(?:اند|انید|یید)(?:م|ی|یم|ید|ند)?|..+ان(?:م|د|یم|ید|ند)")


def is_verb_form(piece: str, lexicon: Lexicon) -> bool:
    """Return whether a piece is a form that follows «می», with an enclitic or not; causatives are made of any verb."""
    is_known = piece in lexicon.verbs or any(piece.removesuffix(each) in lexicon.verbs for each in _ENCLITICS)
    return is_known or _CAUSATIVE.fullmatch(piece) is not None


def forbids_break(left: str, right: str, lexicon: Lexicon) -> bool:
    """Return whether a ZWNJ inside a word cannot stand between these two pieces of it."""
    if left in lexicon.verb_prefixes and right not in lexicon.suffixes:
        return not is_verb_form(right, lexicon) and right not in lexicon.ends
    if right == _IS:
        return left[-1] != _HE
    if right == _INDEFINITE:
        return left[-1] not in {_HE, _YE}
    return right in _AFTER_KNOWN_WORDS and lexicon.analyse(left) == "-" and not _ends_in_participle(left, lexicon)


def _ends_in_participle(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word is a participle with a prefix: «نکشته»."""
    return any(word[start:] in lexicon.participles for start in range(1, _LONGEST_PREFIX + 1))


def forbids_join(left: str, right: str, lexicon: Lexicon) -> bool:
    """Return whether a blank cannot have been a ZWNJ: «در ماه می سال», «آقای هاست», where «هاست» is a name."""
    if left in lexicon.verb_prefixes and right not in lexicon.suffixes:
        return not is_verb_form(right, lexicon) and lexicon.classify(right)[0] not in _UNKNOWN
    if right not in lexicon.suffixes:
        return False
    if left in lexicon.titles and right not in lexicon.plurals:
        return True
    return right.startswith(_PLURAL) and _ends_in_ezafe(left, lexicon)


def _ends_in_ezafe(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word ends in the ye of the ezafe («آقای»), after which no ending can stand."""
    is_ye_after_vowel = word[-2:] in {"ای", "وی"} and len(word) > 2
    return is_ye_after_vowel and lexicon.classify(word)[0] in _UNKNOWN and lexicon.classify(word[:-1])[0] not in _UNKNOWN
