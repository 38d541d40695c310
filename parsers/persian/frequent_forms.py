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

_COMMON = "5"  # digits of a frequency from which forms are made
_ENDINGS = ("ی", "ها", "های", "هایی", "هایش", "ش", "ان")
_HE_ENDINGS = ("ای", "ها", "های", "هایی", "اش", "ی")


def frequent_forms(lexicon: Lexicon, words: Iterable[str]) -> set[str]:
    """Return the forms, bare of ZWNJ."""
    forms = {word.replace(ZWNJ, "") for word in words}
    forms.update(lexicon.classes, lexicon.compounds)
    for word, found in lexicon.classes.items():
        if found[0] in "NABZ" and found[1:2] >= _COMMON:
            forms.update(word + ending for ending in (_HE_ENDINGS if word[-1] == "ه" else _ENDINGS))
    forms.update(prefix + verb for verb in lexicon.verbs if verb in lexicon.ends for prefix in ("می", "نمی"))
    return {form for form in forms if form}
