"""The model on disk and in memory: lexicon, weights of the evidence, and what is settled without weighing.

One zstandard file of text sections that `parsers.persian.train` writes and `read` reads. It holds what was compiled from
hazm's lexicon too, so that nothing of hazm is imported or parsed when a page is repaired.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.persian.decisions import Decision, DecisionTable
from parsers.persian.letters import ZWNJ
from parsers.persian.word_codes import codes_of
from parsers.persian.word_lexicon import Lexicon, verb_forms

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MODEL_PATH = Path(__file__).with_name("zwnj.bin")
# Weights are stored as whole numbers of this fraction.
SCALE = 32
_SECTION = "\x1d"
_SETTLED = "!"
_FIRST_SIGN = 0x28


@dataclass(slots=True)
class Model:
    """All that restoration needs. Weights are log-odds of a ZWNJ times `SCALE`.

    `settled` has the places for words that need no weighing, `decisions` all that is decided about frequent words, and `pairs`
    whether two pieces with a blank between ("می شود"), and the auxiliary after them, are one word. `transitions` are the
    weights of neighbouring places being none-none, none-ZWNJ, ZWNJ-none, ZWNJ-ZWNJ.
    """

    lexicon: Lexicon
    word_weights: Mapping[str, int] = field(default_factory=dict)
    blank_weights: Mapping[str, int] = field(default_factory=dict)
    context_weights: Mapping[str, int] = field(default_factory=dict)
    transitions: tuple[int, int, int, int] = (0, 0, 0, 0)
    settled: dict[str, tuple[int, ...]] = field(default_factory=dict)
    pairs: Mapping[str, bool] = field(default_factory=dict)
    decisions: DecisionTable = field(default_factory=DecisionTable)
    signs: Mapping[bytes, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entries:
    """What goes into a model file. `words` have their class ("" for none) and whether they are settled.

    The words of `decisions` have `signs`; those of the `frequent` ones, the commonest first, are in memory from the start.
    """

    words: Mapping[str, tuple[str, bool]]
    stems: tuple[Iterable[str], Iterable[str]]
    affixes: Mapping[str, list[str]]
    word_weights: Mapping[str, int]
    blank_weights: Mapping[str, int]
    context_weights: Mapping[str, int]
    transitions: tuple[int, int, int, int]
    pairs: Mapping[str, bool]
    decisions: Mapping[str, Decision]
    signs: Mapping[str, int]
    frequent: Sequence[str]


AFFIX_LISTS = (
    "suffixes", "suffix_kinds", "endings", "auxiliaries", "verb_prefixes", "past_endings", "present_endings", "pronounced_he",
    "plurals", "titles", "before_verbs", "after_verbs", "preverbs", "light_verbs",
)  # fmt: skip


def save(entries: Entries, path: Path) -> None:
    """Write a model file; the same entries give the same bytes."""
    import zstandard

    sections = [_word_lines(entries.words), *entries.stems, *(entries.affixes[name] for name in AFFIX_LISTS)]
    sections += map(_lines_by_value, (entries.word_weights, entries.blank_weights, entries.context_weights))
    sections += [map(str, entries.transitions), (f"{pair}\t{joined:d}" for pair, joined in sorted(entries.pairs.items()))]
    blocks, decided = DecisionTable.of(entries.decisions, entries.signs).written()
    sections += [_sign_lines([word for word in entries.frequent if word in entries.signs], entries.signs), decided]
    text = _SECTION.join("\n".join(lines) for lines in sections)
    path.write_bytes(zstandard.ZstdCompressor(level=19).compress(text.encode() + _SECTION.encode() + blocks))


def _sign_lines(words: list[str], signs: Mapping[str, int]) -> list[str]:
    """Two lines: words, and a letter for the sign of each."""
    return ["\t".join(words), "".join(chr(_FIRST_SIGN + signs[word]) for word in words)]


def _lines_by_value(values: Mapping[str, int]) -> list[str]:
    """Names grouped by value, so that each value is written once: "12<TAB>name<TAB>name…"."""
    groups: dict[int, list[str]] = {}
    for name in sorted(values):
        groups.setdefault(values[name], []).append(name)
    return ["\t".join([str(value), *names]) for value, names in sorted(groups.items())]


def read(path: Path) -> Model:
    """Return the model in a file.

    Raises FileNotFoundError, zstandard.ZstdError or ValueError where the file is missing or broken.
    """
    import zstandard  # most processes read what an earlier one has kept

    text, _, blocks = zstandard.ZstdDecompressor().decompress(path.read_bytes()).rpartition(_SECTION.encode())
    words, past, present, *others = (part.split("\n") for part in text.decode().split(_SECTION))
    affixes = dict(zip(AFFIX_LISTS, others, strict=False))
    word_weights, blank_weights, context_weights, transitions, pairs, signs, decisions = others[len(AFFIX_LISTS) :]
    lexicon = Lexicon(
        verbs=verb_forms(past, present, affixes["past_endings"], affixes["present_endings"]),
        participles=frozenset(stem + "ه" for stem in past),
    )
    lexicon.set_affixes(affixes)
    settled = _read_words(words, lexicon)
    first, second, third, fourth = map(int, transitions)
    return Model(
        lexicon=lexicon,
        word_weights=_read_weights(word_weights),
        blank_weights=_read_weights(blank_weights),
        context_weights=_read_weights(context_weights),
        transitions=(first, second, third, fourth),
        settled=settled,
        pairs={pair: joined == "1" for pair, _, joined in (line.partition("\t") for line in pairs)},
        decisions=DecisionTable.read(blocks, decisions),
        signs=_read_signs(signs),
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


def _read_signs(lines: list[str]) -> dict[bytes, int]:
    """Return the signs by the codes of their words, the commonest first: they are in the processor's cache together."""
    words, signs = lines
    return {code: ord(sign) - _FIRST_SIGN for code, sign in zip(codes_of(words.split("\t")), signs, strict=True)} if signs else {}
