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

    `compounds` maps a word without its ZWNJ to the places of them; `starts` and `ends` count the pieces before and after one;
    `joined` has every two neighbouring pieces, written together.
    """

    classes: dict[str, str] = field(default_factory=dict)
    compounds: dict[str, tuple[int, ...]] = field(default_factory=dict)
    verbs: dict[str, str] = field(default_factory=dict)
    participles: frozenset[str] = frozenset()
    suffixes: frozenset[str] = frozenset()
    endings: frozenset[str] = frozenset()
    last_letters: frozenset[str] = frozenset()
    suffix_kinds: tuple[str, ...] = ()
    auxiliaries: frozenset[str] = frozenset()
    verb_prefixes: frozenset[str] = frozenset()
    pronounced_he: tuple[str, ...] = ()
    plurals: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    before_verbs: frozenset[str] = frozenset()
    after_verbs: frozenset[str] = frozenset()
    preverbs: frozenset[str] = frozenset()
    light_verbs: frozenset[str] = frozenset()
    starts: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    joined: set[str] = field(default_factory=set)

    def set_affixes(self, lists: Mapping[str, list[str]]) -> None:
        """Take over the lists of affixes.toml."""
        self.suffixes, self.endings = frozenset(lists["suffixes"]), frozenset(lists["endings"])
        self.last_letters = frozenset(affix[-1] for affix in (*self.suffixes, *self.endings))
        self.suffix_kinds, self.pronounced_he = tuple(lists["suffix_kinds"]), tuple(lists["pronounced_he"])
        self.auxiliaries, self.verb_prefixes = frozenset(lists["auxiliaries"]), frozenset(lists["verb_prefixes"])
        self.plurals, self.titles = frozenset(lists["plurals"]), frozenset(lists["titles"])
        self.before_verbs, self.after_verbs = frozenset(lists["before_verbs"]), frozenset(lists["after_verbs"])
        self.preverbs, self.light_verbs = frozenset(lists["preverbs"]), frozenset(lists["light_verbs"])

    def add_pieces(self, words: list[list[str]]) -> None:
        """Note the pieces of words with ZWNJ as such that stand before and after one."""
        self.starts.update(chain.from_iterable(pieces[:-1] for pieces in words))
        self.ends.update(chain.from_iterable(pieces[1:] for pieces in words))
        pairs = {*chain.from_iterable(map(add, pieces, pieces[1:]) for pieces in words)}
        self.joined |= pairs
        self.joined.update(pair + _HAMZA for pair in pairs if pair[-1] == _HE)

    def may_join(self, left: str, right: str) -> bool:
        """Return whether a blank between two pieces can have been a ZWNJ at all: most pairs need no weighing."""
        if right in self.suffixes or left in self.verb_prefixes:
            return True
        return self.may_be_compound(self.starts.get(left, 0), self.endings_met(right))

    def endings_met(self, right: str) -> int:
        """Return how many words end in a piece after a ZWNJ, or in its stem."""
        return self.ends.get(right) or self.ends.get(self.split_ending(right)[0], 0)

    @staticmethod
    def may_be_compound(starts: int, ends: int) -> bool:
        """Return whether two pieces may be a compound, of which the one begins so many words and the other ends so many."""
        return (starts > 0 and ends > 0) or starts >= PRODUCTIVE_START or ends >= PRODUCTIVE_END

    def may_end(self, piece: str) -> bool:
        """Return whether a piece, or its stem, has been met after a ZWNJ."""
        return piece in self.ends or self.split_ending(piece)[0] in self.ends

    def context(self, right: str, following: str) -> str:
        """Return `following` if it is an auxiliary and `right` may be a participle, "" otherwise."""
        return following if right[-1:] == _HE and following in self.auxiliaries else ""

    def split_ending(self, word: str) -> tuple[str, str]:
        """Return the stem and the longest joined ending of `word`, both empty if it has none."""
        if word[-1:] in self.last_letters:
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

    def forget(self, word: str) -> str | None:
        """Remove the class of `word` and return it; None where it has none."""
        return self.classes.pop(word, None)

    def remember(self, word: str, found: str) -> None:
        """Give `word` a class."""
        self.classes[word] = found

    def splits(self, word: str) -> list[tuple[int, str]]:
        """Return where the suffixes ("~") and joined endings ("+") begin that `word` may end in, the longest of each first."""
        if word[-1:] not in self.last_letters:
            return []
        n, suffixes, endings = len(word), self.suffixes, self.endings
        last = range(max(n - LONGEST_SUFFIX, 3), n)
        splits = [(start, "~") for start in last if word[start:] in suffixes]
        last = range(max(n - LONGEST_ENDING, 3), n)
        return splits + [(start, "+") for start in last if word[start:] in endings]

    def tail(self, word: str, start: int, splits: list[tuple[int, str]]) -> str:
        """Return what `analyse_tail` says of the rest of `word` after a place; `splits` are those of the word."""
        rest = word[start:]
        if rest in self.suffixes:
            return "=" + rest
        found = self.classify(rest)
        if found != NONE:
            return found
        for end, sign in splits:
            if end - start > 1:
                found = self.classify(word[start:end])
                if found != NONE:
                    return f"{found if sign == '~' else found[0]}{sign}{word[end:]}"
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
