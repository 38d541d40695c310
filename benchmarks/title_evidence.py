"""Where titles end, learned from news: `python benchmarks/title_evidence.py NEWS.jsonl.gz > parsers/lexicon/title_evidence.toml`.

Counts, over a corpus of news, three things that tell whether a title goes on before a word (`parsers.grammar.title_end`):
how often a noun has a preposition after it (it governs that), how often a word has a preposition before it (both together are an
adverbial of the clause, not of a noun), and how often a word opens a clause.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from parsers.grammar.names import key_of
from parsers.grammar.verbs import is_light, is_verb
from parsers.lexicon import load
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

TOKEN = re.compile(r"[^\W\d_]+(?:[\u200c\u064b-\u0654]+[^\W\d_]+)*|[0-9]+|[^\w\s\u200c]|\n")
PERSIAN = re.compile(r"[\u0620-\u06d3\u200c]{2,}")
PREPOSITIONS = [word for word in load("titles")["words"]["prepositions"] if word not in ("طی", "ضمن", "درون")] + ["علیه"]
MOST_WORDS = 400
SEEN_ENOUGH = 15
GOVERNS, LOCATED, OPENS = 0.25, 0.25, 0.7


class Counts:
    """What was counted; words as keys."""

    def __init__(self) -> None:
        self.words: Counter[str] = Counter()
        self.opens: Counter[str] = Counter()
        self.before: Counter[tuple[str, str]] = Counter()
        self.after: Counter[tuple[str, str]] = Counter()

    def read(self, text: str) -> None:
        """Count the words of a text."""
        tokens = ["\n", *TOKEN.findall(fold(text)), "\n"]
        for before, word, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
            if not PERSIAN.fullmatch(word) or is_light(word) or is_verb(word):
                continue
            key = key_of(word)
            self.words[key] += 1
            self.opens[key] += (not PERSIAN.fullmatch(before) and not before.isdigit()) or is_light(before) or is_verb(before)
            self.after[key, after] += after in PREPOSITIONS
            self.before[before, key] += before in PREPOSITIONS

    def shares(self, pairs: Iterable[tuple[str, int]], least: float) -> dict[str, int]:
        """Words with their share in per cent, the most frequent words of those with at least that share."""
        known = [(word, count) for word, count in pairs if self.words[word] >= SEEN_ENOUGH and count / self.words[word] >= least]
        known.sort(key=lambda pair: (-pair[1], pair[0]))
        return {word: round(100 * count / self.words[word]) for word, count in sorted(known[:MOST_WORDS])}


def _texts(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def _table(name: str, shares: Mapping[str, int]) -> list[str]:
    return ["", f"[{name}]", *(f'"{word}" = {share}' for word, share in shares.items())]


def main() -> None:
    """Print the TOML."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("news", type=Path)
    counts = Counts()
    for text in _texts(parser.parse_args().news):
        counts.read(text)
    lines = ["# What `benchmarks/title_evidence.py` counted in news: shares in per cent, words as keys."]
    for word in PREPOSITIONS:
        governed = ((key, n) for (key, after), n in counts.after.items() if after == word)
        lines += _table(f'governs."{word}"', counts.shares(governed, GOVERNS))
    for word in PREPOSITIONS:
        located = ((key, n) for (before, key), n in counts.before.items() if before == word)
        lines += _table(f'located."{word}"', counts.shares(located, LOCATED))
    lines += _table("opens", counts.shares(counts.opens.items(), OPENS))
    print("\n".join(lines))


if __name__ == "__main__":
    main()
