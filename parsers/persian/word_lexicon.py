"""What is known of Persian words, as the restoration asks for it: classes, compounds, verb forms, affixes.

The class of a word is a letter for its part of speech and a digit for its frequency, "N4"; a word met only as a piece of the
training text has the class "t", a compound without its ZWNJ "Z" and the frequency. A verb form adds P (past) or R (present).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain
from operator import add
from typing import TYPE_CHECKING

from parsers.persian.letters import ZWNJ

if TYPE_CHECKING:
    from collections.abc import Mapping

NONE = "-"
LONGEST_ENDING, LONGEST_SUFFIX = 5, 8
# A piece that begins (ends) this many words is productive: it joins words never seen with it.
PRODUCTIVE_START, PRODUCTIVE_END = 20, 6
_HE, _HAMZA = "ه", "\u0654"
_VOWELS = frozenset("او")


@dataclass(slots=True)
class Lexicon:
    """Words and affixes.

    `compounds` maps a word without its ZWNJ to the places of them; `starts` and `ends` count the pieces before and behind one;
    `joined` has every two neighbouring pieces, written together.
    """

    classes: dict[str, str] = field(default_factory=dict)
    compounds: dict[str, tuple[int, ...]] = field(default_factory=dict)
    verbs: dict[str, str] = field(default_factory=dict)
    participles: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    suffix_kinds: tuple[str, ...] = ()
    auxiliaries: frozenset[str] = frozenset()
    verb_prefixes: frozenset[str] = frozenset()
    pronounced_he: tuple[str, ...] = ()
    plurals: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    before_verbs: frozenset[str] = frozenset()
    after_verbs: frozenset[str] = frozenset()
    starts: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    joined: set[str] = field(default_factory=set)

    def set_affixes(self, lists: Mapping[str, list[str]]) -> None:
        """Take over the lists of affixes.toml."""
        self.suffixes, self.endings = frozenset(lists["suffixes"]), frozenset(lists["endings"])
        self.suffix_kinds, self.pronounced_he = tuple(lists["suffix_kinds"]), tuple(lists["pronounced_he"])
        self.auxiliaries, self.verb_prefixes = frozenset(lists["auxiliaries"]), frozenset(lists["verb_prefixes"])
        self.plurals, self.titles = frozenset(lists["plurals"]), frozenset(lists["titles"])
        self.before_verbs, self.after_verbs = frozenset(lists["before_verbs"]), frozenset(lists["after_verbs"])

    def add_pieces(self, words: list[list[str]]) -> None:
        """Note the pieces of words with ZWNJ as such that stand before and behind one."""
        self.starts.update(chain.from_iterable(pieces[:-1] for pieces in words))
        self.ends.update(chain.from_iterable(pieces[1:] for pieces in words))
        pairs = {*chain.from_iterable(map(add, pieces, pieces[1:]) for pieces in words)}
        self.joined |= pairs
        self.joined.update(pair + _HAMZA for pair in pairs if pair[-1] == _HE)

    def may_join(self, left: str, right: str) -> bool:
        """Return whether a blank between two pieces can have been a ZWNJ at all: most pairs need no weighing."""
        if right in self.suffixes or left in self.verb_prefixes:
            return True
        opening = self.starts.get(left, 0)
        closing = self.ends.get(right) or self.ends.get(self.split_ending(right)[0], 0)
        return (opening > 0 and closing > 0) or opening >= PRODUCTIVE_START or closing >= PRODUCTIVE_END

    def context(self, right: str, following: str) -> str:
        """Return `following` if it is an auxiliary and `right` may be a participle, "" otherwise."""
        return following if right[-1:] == _HE and following in self.auxiliaries else ""

    def split_ending(self, word: str) -> tuple[str, str]:
        """Return the stem and the longest joined ending of `word`, both empty if it has none."""
        for length in range(min(LONGEST_ENDING, len(word) - 2), 0, -1):
            if word[-length:] in self.endings:
                return word[:-length], word[-length:]
        return "", ""

    def suffix_kind(self, word: str) -> str:
        """Return what a suffix begins with, for the kinds that have many members; the suffix itself, and "" for no suffix."""
        if word not in self.suffixes:
            return ""
        return next((kind for kind in self.suffix_kinds if word.startswith(kind)), word)

    def classify(self, word: str) -> str:
        """Return the class of `word` as it stands; "-" for an unknown one."""
        known, verb = self.classes.get(word), self.verbs.get(word)
        if verb:
            return known + verb if known else verb
        return known or NONE

    def analyse(self, word: str) -> str:
        """Return the class of `word`, or else of its stem with the joined ending: "N+ی"."""
        found = self.classify(word)
        if found != NONE:
            return found
        for length in range(min(LONGEST_ENDING, len(word) - 2), 0, -1):
            ending = word[-length:]
            if ending in self.endings:
                found = self.classify(word[:-length])
                if found != NONE:
                    return f"{found[0]}+{ending}"
        return NONE

    def sides(self, word: str) -> tuple[list[str], list[str], str]:
        """Return what `analyse` says of every beginning of `word`, `analyse_tail` of every rest, and `analyse` of the whole.

        The lists are indexed by the place of the cut, from 0 to the last letter; place 0 means nothing.
        """
        n = len(word)
        heads = self._heads(word, n)
        return heads, self._tails(word, n), heads[n]

    def _heads(self, word: str, n: int) -> list[str]:
        heads, endings = [NONE] * (n + 1), self.endings
        found = [(end, known) for end in range(1, n + 1) if (known := self.classify(word[:end])) != NONE]
        for start, known in found:
            for end in range(start + 1, min(start + LONGEST_ENDING, n) + 1) if start > 1 else ():
                if heads[end] == NONE and word[start:end] in endings:
                    heads[end] = f"{known[0]}+{word[start:end]}"
        for end, known in found:
            heads[end] = known
        return heads

    def _tails(self, word: str, n: int) -> list[str]:
        tails, suffixes, endings = [NONE] * n, self.suffixes, self.endings
        last = range(max(n - LONGEST_SUFFIX, 3), n)
        splits = [(start, "~") for start in last if word[start:] in suffixes]
        splits += [(start, "+") for start in last if n - start <= LONGEST_ENDING and word[start:] in endings]
        for start in range(1, n):
            rest = word[start:]
            known = "=" + rest if rest in suffixes else self.classify(rest)
            if known == NONE and splits:
                known = self._with_ending(word, start, splits)
            tails[start] = known
        return tails

    def _with_ending(self, word: str, start: int, splits: list[tuple[int, str]]) -> str:
        for end, sign in splits:
            if end - start > 1:
                known = self.classify(word[start:end])
                if known != NONE:
                    return f"{known if sign == '~' else known[0]}{sign}{word[end:]}"
        return NONE

    def analyse_tail(self, word: str) -> str:
        """Return the class of what follows a boundary: a suffix ("=های"), a word, or a word with suffix ("N4~های")."""
        if word in self.suffixes:
            return "=" + word
        found = self.classify(word)
        if found != NONE:
            return found
        for length in range(min(LONGEST_SUFFIX, len(word) - 2), 0, -1):
            if word[-length:] in self.suffixes:
                found = self.classify(word[:-length])
                if found != NONE:
                    return f"{found}~{word[-length:]}"
        return self.analyse(word)


def breaks_of(word: str) -> tuple[int, ...]:
    """Return the places of ZWNJ in `word`, counted in the word without them: (2,) for «می\u200cشود»."""
    if ZWNJ not in word:
        return ()
    places, place = [], 0
    for letter in word:
        if letter == ZWNJ:
            places.append(place)
        else:
            place += 1
    return tuple(places)


def verb_forms(past: list[str], present: list[str], past_endings: list[str], present_endings: list[str]) -> dict[str, str]:
    """Return every form of the stems that can follow «می»: P for the past stem, R for the present stem."""
    forms = {stem + ending: "P" for stem in past for ending in past_endings}
    for stem in present:
        stems = {stem}
        if stem[-1] in _VOWELS:
            stems.add(stem + "ی")
        if stem[-2:] in {"ای", "وی"}:
            stems.add(stem[:-1])
        for each in stems:
            for ending in present_endings:
                forms.setdefault(each + ending, "R")
    return forms
