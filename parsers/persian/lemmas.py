"""The lemma of a word, for search: «کاربران» is a form of «کاربر», «می‌کند» of «کردن», «قوانین» of «قانون».

Verb forms and what is a word come from hazm's Lemmatizer, compiled into `lemmas.bin` by `parsers.persian.train_lemmas`: hazm
itself takes over a second to import. Plurals are read here: an ending is taken off where the lexicon knows the rest. All words
are folded as the search index folds them (`letters.fold_index`) and have no ZWNJ.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import zstandard

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LEMMAS_PATH = Path(__file__).with_name("lemmas.bin")
_SECTION = "\x1d"
_HE = "ه"
# What is taken off, longest first, and what may have stood there instead: «نمایندگان» is «نماینده», «مصوبات» «مصوبه».
_PLURALS = (
    "هایشان", "هایتان", "هایمان", "هایش", "هایت", "هایم", "هایی", "های", "ها",
)  # fmt: skip
_ANIMATE = (("گان", _HE), ("ان", ""), ("یان", ""))
_SHORTEST = 3
_SHORTEST_BEFORE_YE = 4
_VOWELS = ("ا", "و")


@dataclass(frozen=True, slots=True)
class Lemmas:
    """What is known of words.

    `forms` maps irregular forms and verb forms to lemmas; `animate` nouns take «ان»; `single` words are no plurals, whatever
    they end in.
    """

    nouns: frozenset[str]
    forms: Mapping[str, str]
    animate: frozenset[str]
    animate_endings: tuple[str, ...]
    single: frozenset[str]

    def lemma(self, word: str) -> str:
        """Return the lemma of a folded word; the word itself where it is one or nothing is known of it."""
        known = self.forms.get(word)
        if known is not None:
            return known
        if word in self.single or len(word) <= _SHORTEST:
            return word
        return self._of_plural(word) or self._of_animate(word) or self._of_arabic(word) or self._before_ezafe(word) or word

    def forms_of(self, lemma: str) -> tuple[str, ...]:
        """Return the forms in one piece that have this lemma, but itself: "کاربران", "کاربرها"; none for an unknown word."""
        stem = lemma[:-1] if lemma.endswith((_HE, "ت")) else lemma
        made = {lemma + ending for ending in (*_PLURALS, "ان", "یان", "انی", "ات", "اتی", "ین", "ون", "ی")}
        made |= {stem + ending for ending in ("گان", "گانی", "ات", "اتی")} if stem != lemma else set()
        irregular = [form for form, its_lemma in self.forms.items() if its_lemma == lemma]
        made.update(form + ezafe for form in irregular for ezafe in ("", "ی"))
        return tuple(sorted(form for form in made if form != lemma and self.lemma(form) == lemma))

    def _of_plural(self, word: str) -> str:
        for ending in _PLURALS:
            stem = word.removesuffix(ending)
            if stem != word:
                return self.forms.get(stem, stem) if len(stem) >= _SHORTEST and stem in self.nouns else ""
        return ""

    def _of_animate(self, word: str) -> str:
        for ending, instead in _ANIMATE:
            stem = word.removesuffix(ending) + instead
            if word.endswith(ending) and self._is_animate(stem):
                return stem
        stem = word.removesuffix("ون")  # «روحانیون»
        if stem != word and stem.endswith("ی") and stem in self.nouns:
            return stem
        return self._of_animate(word[:-1]) if word.endswith("انی") else ""

    def _is_animate(self, stem: str) -> bool:
        if stem in self.animate:
            return True
        if stem not in self.nouns or len(stem) < _SHORTEST:
            return False
        is_agent = stem.endswith(self.animate_endings) or (stem.endswith("نده") and len(stem) > _SHORTEST + 1)
        return is_agent or (stem.endswith(("جو", "گو", "دانشجو")) and len(stem) > _SHORTEST)

    def _of_arabic(self, word: str) -> str:
        """Return the singular of a plural in «ات» or «ین»."""
        word = word[:-1] if word.endswith("اتی") else word
        stem = word.removesuffix("ات")
        if stem != word and len(stem) >= _SHORTEST:
            return next((each for each in (stem + _HE, stem + "ت", stem) if each in self.nouns), "")
        stem = word.removesuffix("ین")
        is_plural = stem != word and len(stem) > _SHORTEST and stem.startswith("م") and stem in self.animate
        return stem if is_plural else ""

    def _before_ezafe(self, word: str) -> str:
        """Return «شورا» for «شورای»: after a vowel the ezafe is a ye."""
        stem = word[:-1]
        is_ezafe = word[-1] == "ی" and stem.endswith(_VOWELS) and len(stem) >= _SHORTEST_BEFORE_YE
        if not is_ezafe or word in self.nouns:
            return ""
        return self.forms.get(stem) or (stem if stem in self.nouns else "")


def save(lemmas: Lemmas, path: Path) -> None:
    """Write a file of lemmas; the same lemmas give the same bytes."""
    by_lemma: dict[str, list[str]] = {}
    for form in sorted(lemmas.forms):
        by_lemma.setdefault(lemmas.forms[form], []).append(form)
    sections: list[Iterable[str]] = [
        sorted(lemmas.nouns),
        ["\t".join([lemma, *forms]) for lemma, forms in sorted(by_lemma.items())],
        sorted(lemmas.animate),
        lemmas.animate_endings,
        sorted(lemmas.single),
    ]
    text = _SECTION.join("\n".join(lines) for lines in sections)
    path.write_bytes(zstandard.ZstdCompressor(level=19).compress(text.encode()))


@cache
def load(path: Path = LEMMAS_PATH) -> Lemmas:
    """Return the lemmas shipped with the package, read once. Raises FileNotFoundError or ValueError for a broken install."""
    text = zstandard.ZstdDecompressor().decompress(path.read_bytes()).decode()
    nouns, lines, animate, endings, single = (part.split("\n") for part in text.split(_SECTION))
    forms: dict[str, str] = {}
    for line in lines:
        lemma, *others = line.split("\t")
        forms.update(dict.fromkeys(others, lemma))
    return Lemmas(frozenset(nouns), forms, frozenset(animate), tuple(endings), frozenset(single))
