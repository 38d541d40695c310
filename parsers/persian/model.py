"""The model on disk and in memory: lexicon, weights of the evidence, and what is settled without weighing.

One lzma file of text sections that `parsers.persian.train` writes and `load` reads. It holds what was compiled from hazm's
lexicon too, so that nothing of hazm is imported or parsed when a page is repaired.
"""

from __future__ import annotations

import lzma
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.persian.letters import ZWNJ
from parsers.persian.word_lexicon import Lexicon, verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

MODEL_PATH = Path(__file__).with_name("zwnj.bin")
# Weights are stored as whole numbers of this fraction.
SCALE = 32
_SECTION = "\x1d"
_SETTLED = "!"


@dataclass(slots=True)
class Model:
    """All that restoration needs. Weights are log-odds of a ZWNJ times `SCALE`.

    `settled` has the answer for words that need no weighing; `pairs` for two pieces with a blank between ("می شود") and the
    auxiliary behind them. `transitions` are the weights of neighbouring places being none-none, none-ZWNJ, ZWNJ-none, ZWNJ-ZWNJ.
    """

    lexicon: Lexicon
    word_weights: Mapping[str, int] = field(default_factory=dict)
    blank_weights: Mapping[str, int] = field(default_factory=dict)
    transitions: tuple[int, int, int, int] = (0, 0, 0, 0)
    settled: dict[str, tuple[int, ...]] = field(default_factory=dict)
    pairs: Mapping[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entries:
    """What goes into a model file. `words` have their class ("" for none) and whether they are settled."""

    words: Mapping[str, tuple[str, bool]]
    stems: tuple[Iterable[str], Iterable[str]]
    affixes: Mapping[str, list[str]]
    word_weights: Mapping[str, int]
    blank_weights: Mapping[str, int]
    transitions: tuple[int, int, int, int]
    pairs: Mapping[str, bool]


AFFIX_LISTS = ("suffixes", "suffix_kinds", "endings", "auxiliaries", "verb_prefixes", "past_endings", "present_endings")


def save(entries: Entries, path: Path) -> None:
    """Write a model file; the same entries give the same bytes."""
    sections = [_word_lines(entries.words), *entries.stems, *(entries.affixes[name] for name in AFFIX_LISTS)]
    sections += [_weight_lines(entries.word_weights), _weight_lines(entries.blank_weights)]
    sections += [map(str, entries.transitions), (f"{pair}\t{joined:d}" for pair, joined in sorted(entries.pairs.items()))]
    text = _SECTION.join("\n".join(lines) for lines in sections)
    path.write_bytes(lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME))


def _weight_lines(weights: Mapping[str, int]) -> list[str]:
    """Weights grouped by value, so that each is written once: "12<TAB>feature<TAB>feature…"."""
    groups: dict[int, list[str]] = {}
    for name in sorted(weights):
        groups.setdefault(weights[name], []).append(name)
    return ["\t".join([str(value), *names]) for value, names in sorted(groups.items())]


@cache
def load(path: Path = MODEL_PATH) -> Model:
    """The model shipped with the package, read once. Raises FileNotFoundError, LZMAError or ValueError for a broken install."""
    sections = [part.split("\n") for part in lzma.decompress(path.read_bytes()).decode().split(_SECTION)]
    words, past, present, suffixes, kinds, endings, auxiliaries, prefixes, past_endings, present_endings, *learned = sections
    lexicon = Lexicon(
        verbs=verb_forms(past, present, past_endings, present_endings),
        participles=frozenset(stem + "ه" for stem in past),
        suffixes=frozenset(suffixes),
        suffix_kinds=tuple(kinds),
        endings=frozenset(endings),
        auxiliaries=frozenset(auxiliaries),
        verb_prefixes=frozenset(prefixes),
    )
    settled = _read_words(words, lexicon)
    word_weights, blank_weights, transitions, pairs = learned
    first, second, third, fourth = map(int, transitions)
    return Model(
        lexicon=lexicon,
        word_weights=_read_weights(word_weights),
        blank_weights=_read_weights(blank_weights),
        transitions=(first, second, third, fourth),
        settled=settled,
        pairs={pair: joined == "1" for pair, _, joined in (line.partition("\t") for line in pairs)},
    )


def _word_lines(words: Mapping[str, tuple[str, bool]]) -> list[str]:
    """Words grouped by class, settled ones apart: "N4!<TAB>word<TAB>word…"."""
    groups: dict[str, list[str]] = {}
    for word in sorted(words):
        found, settled = words[word]
        groups.setdefault(found + _SETTLED * settled, []).append(word)
    return ["\t".join([name, *group]) for name, group in sorted(groups.items())]


def _read_words(lines: list[str], lexicon: Lexicon) -> dict[str, tuple[int, ...]]:
    settled: dict[str, tuple[int, ...]] = {}
    compounds: dict[str, str] = {}
    in_pieces = []
    for line in lines:
        name, *words = line.split("\t")
        found = name.removesuffix(_SETTLED)
        plain = [word for word in words if ZWNJ not in word]
        if found:
            lexicon.classes.update(dict.fromkeys(plain, found))
        if name != found:
            settled.update(dict.fromkeys(plain, ()))
        for word in words if len(plain) < len(words) else ():
            pieces = word.split(ZWNJ)
            if len(pieces) == 1:
                continue
            in_pieces.append(pieces)
            bare, places = "".join(pieces), tuple(accumulate(map(len, pieces[:-1])))
            if found:
                lexicon.compounds[bare] = places
                compounds[bare] = "Z" + found[1]
            if name != found:
                settled[bare] = places
    lexicon.add_pieces(in_pieces)
    lexicon.classes = {**compounds, **lexicon.classes}
    return settled


def _read_weights(lines: list[str]) -> dict[str, int]:
    weights: dict[str, int] = {}
    for line in lines:
        value, *names = line.split("\t")
        weights.update(dict.fromkeys(names, int(value)))
    return weights
