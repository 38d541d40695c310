"""What the model learns from: a text with correct ZWNJ, and the lexicon and verbs of the installed hazm.

hazm's data files are read without importing hazm, which would take longer than the reading.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.persian.letter_repair import LETTERS
from parsers.persian.letters import ZWNJ
from parsers.persian.word_repair import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = expression(f"[{LETTERS}{ZWNJ}]+")
_RUN = expression(f"[{LETTERS}{ZWNJ}]+(?: [{LETTERS}{ZWNJ}]+)+")
_POS = {"N": "N", "AJ": "A", "ADV": "D", "NUM": "M", "CONJ": "O", "PRO": "O", "DET": "O", "P": "O"}


@dataclass(frozen=True, slots=True)
class Corpus:
    """A text with correct ZWNJ, counted.

    `pairs` has two pieces, the piece after them, and whether a ZWNJ stood between the two. `plurals` has the words that end in
    the letters «های», as printed, between the words before and after them, these without ZWNJ.
    """

    words: Counter[str]
    pairs: Counter[tuple[str, str, str, bool]]
    plurals: Counter[tuple[str, str, str]]


def read_corpus(lines: Iterable[str]) -> Corpus:
    """Count the words and pairs of `lines`, without harakat; ZWNJ outside words and doubled ones are dropped."""
    words: Counter[str] = Counter()
    pairs: Counter[tuple[str, str, str, bool]] = Counter()
    plurals: Counter[tuple[str, str, str]] = Counter()
    for line in lines:
        clean = re.sub(f"{ZWNJ}+", ZWNJ, bare(line))
        clean = re.sub(f"(?<![{LETTERS}]){ZWNJ}|{ZWNJ}(?![{LETTERS}])", "", clean)
        words.update(_WORD.findall(clean))
        for run in _RUN.findall(clean):
            pairs.update(_pairs(run))
            plurals.update(_plurals(run))
    return Corpus(words, pairs, plurals)


def _plurals(run: str) -> Iterator[tuple[str, str, str]]:
    printed = ["", *run.split(" "), ""]
    plain = [word.replace(ZWNJ, "") for word in printed]
    for before, word, letters, after in zip(plain, printed[1:], plain[1:], plain[2:], strict=False):
        if letters.endswith("های"):
            yield before, word, after


def _pairs(run: str) -> Iterator[tuple[str, str, str, bool]]:
    pieces = [*re.split(f"([ {ZWNJ}])", run), "", ""]
    for left, between, right, following in zip(pieces[::2], pieces[1::2], pieces[2::2], pieces[4::2], strict=False):
        yield left, right, following, between == ZWNJ


def hazm_data(name: str) -> list[str]:
    """Return the lines of a data file of the installed hazm. Raises FileNotFoundError where hazm is not installed."""
    spec = find_spec("hazm")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("hazm is not installed: its lexicon is part of the training data (pip install hazm)")
    return (Path(spec.origin).parent / "data" / name).read_text(encoding="utf-8").splitlines()


def hazm_words() -> dict[str, str]:
    """Return hazm's lexicon: each word and its class. Entries of neither frequency nor part of speech are debris."""
    words = {}
    for line in hazm_data("words.dat"):
        word, frequency, speech = line.split("\t")
        if frequency != "0" or speech != "0":
            words[_loose(bare(word)).strip(ZWNJ)] = _part_of_speech(speech) + str(len(frequency) if frequency != "0" else 0)
    return words


def _loose(word: str) -> str:
    """`word` without a ZWNJ where the letter before does not join: the Academy's spelling has none there."""
    return re.sub(f"(?<=[ادذرزژو]){ZWNJ}", "", word)


def _part_of_speech(speech: str) -> str:
    tags = speech.split(",")
    if "N" in tags and "AJ" in tags:
        return "B"
    return next((_POS[tag] for tag in tags if tag in _POS), "O")


def hazm_verb_stems() -> tuple[list[str], list[str]]:
    """Return the past and the present stems of hazm's verbs."""
    past: set[str] = set()
    present: set[str] = set()
    for line in hazm_data("verbs.dat"):
        if "#" in line:
            first, second = line.split("#")[:2]
            past.update(stem for stem in first.strip().split(" یا ") if stem)
            present.update(stem for stem in second.strip().split(" یا ") if stem)
    return sorted(past), sorted(present)
