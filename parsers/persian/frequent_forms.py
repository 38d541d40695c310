"""The words that pages are likely to have: those about which the training program decides beforehand.

All words of the lexicon and the training text, and the forms that grammar makes of the common ones, each as it looks without
ZWNJ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.letters import ZWNJ

if TYPE_CHECKING:
    from collections.abc import Iterable

    from parsers.persian.word_lexicon import Lexicon

# Digits of a frequency from which forms are made; of the commonest words more of them.
_COMMON, _COMMONEST = "4", "5"
_ENDINGS, _MORE_ENDINGS = (
    ("ی", "ها", "های", "هایی", "هایش", "ش", "ان"),
    ("م", "ت", "ست", "هاست", "شان", "مان", "تر", "ترین", "هایشان"),
)
_HE_ENDINGS, _MORE_HE_ENDINGS = ("ای", "ها", "های", "هایی", "اش", "ی"), ("ام", "ات", "است", "هاست", "شان", "تر", "ترین", "هایش")


def frequent_forms(lexicon: Lexicon, words: Iterable[str]) -> set[str]:
    """Return the forms, bare of ZWNJ."""
    forms = {word.replace(ZWNJ, "") for word in words}
    forms.update(lexicon.classes, lexicon.compounds)
    for word, found in lexicon.classes.items():
        if found[0] in "NABZ" and found[1:2] >= _COMMON:
            forms.update(word + ending for ending in _endings(word, found))
    forms.update(prefix + verb for verb in lexicon.verbs if verb in lexicon.ends for prefix in ("می", "نمی"))
    return {form for form in forms if form}


def _endings(word: str, found: str) -> tuple[str, ...]:
    usual, more = (_HE_ENDINGS, _MORE_HE_ENDINGS) if word[-1] == "ه" else (_ENDINGS, _MORE_ENDINGS)
    return usual + more if found[1] >= _COMMONEST else usual
