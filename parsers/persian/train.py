"""The training program: `python -m parsers.persian.train CORPUS [-o MODEL]`.

CORPUS is text with correct ZWNJ, one sentence a line. Lexicon and verbs come from the installed hazm, affixes from affixes.toml.
The same corpus and the same hazm give the same model, byte for byte.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter, defaultdict
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pycrfsuite

from parsers.persian.context import context_features, plural_breaks, plural_lead, plural_stem
from parsers.persian.corpus import Corpus, hazm_verb_stems, hazm_words, read_corpus
from parsers.persian.enclitics import COPULA
from parsers.persian.features import blank_features, word_features
from parsers.persian.frequent_forms import frequent_forms
from parsers.persian.letters import ZWNJ
from parsers.persian.model import MODEL_PATH, SCALE, Entries, Model, read, save
from parsers.persian.reading import sign_of
from parsers.persian.word_evidence import DOUBT
from parsers.persian.word_lexicon import Lexicon, breaks_of, verb_forms
from parsers.persian.word_lists import (
    forms_of_joined,
    joined_numbers,
    plain,
    read_affixes,
    read_compounds,
    read_gazetteer,
    read_joined,
    read_names,
)
from parsers.persian.word_repair import LONGEST_WORD, WordRepair, with_breaks
from parsers.persian.zwnj import Restorer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.persian.decisions import Decision

_PIECE = "t"
# The class of our own compounds: nouns, common.
_OWN = "N4"
# The weight of a break that leaves an unknown piece, in log-odds. A page has more names that no lexicon knows, most of them
# written joined, than the training text; chosen on the development sets.
_DOUBT = -1.25


class Trainer:
    """Learns a model from a corpus and hazm's lexicon."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self.affixes = read_affixes()
        self.stems = hazm_verb_stems()
        self.joined = read_joined()
        self.pieces = Counter(piece for word in corpus.words for piece in set(word.split(ZWNJ)))
        self._set_words([])

    def _set_words(self, names: list[str]) -> None:
        """Set hazm's lexicon, the compounds it has not, and `names`, as what is known of words."""
        whole = [*self.joined, *names]
        found = {**dict.fromkeys(whole, _OWN), **dict.fromkeys(read_compounds(), _OWN), **hazm_words()}
        self.joined, known = whole, set(whole)
        self.hazm = {word: each for word, each in found.items() if ZWNJ not in word or plain(word) not in known}
        self.lexicon = self._lexicon()

    def _lexicon(self) -> Lexicon:
        affixes = self.affixes
        classes = {word: found for word, found in self.hazm.items() if ZWNJ not in word}
        classes.update((plain(w), "Z" + found[1]) for w, found in self.hazm.items() if plain(w) not in classes)
        classes.update((piece, _PIECE) for piece in self.pieces if piece not in classes)
        lexicon = Lexicon(
            classes=classes,
            compounds={word.replace(ZWNJ, ""): breaks_of(word) for word in self.hazm if ZWNJ in word},
            verbs=verb_forms(*self.stems, affixes["past_endings"], affixes["present_endings"]),
            participles=frozenset(stem + "ه" for stem in self.stems[0]),
        )
        lexicon.set_affixes(affixes)
        lexicon.add_pieces([word.split(ZWNJ) for word in sorted({*self.corpus.words, *self.hazm}) if ZWNJ in word])
        return lexicon

    @contextmanager
    def without(self, word: str) -> Iterator[None]:
        """Make the lexicon as if `word` had not been in the corpus: pieces met in no other word are unknown."""
        classes = self.lexicon.classes
        hidden = [p for p in word.split(ZWNJ) if classes.get(p) == _PIECE and self.pieces[p] == 1]
        for piece in hidden:
            self.lexicon.forget(piece)
        yield
        for piece in hidden:
            self.lexicon.remember(piece, _PIECE)

    def learn(self) -> Entries:
        """Return all that goes into the model file."""
        word_weights, transitions = self._fit_words()
        blank_weights = self._fit_blanks()
        # Names come after the weights: there are many of them, and they would teach that unknown words have no ZWNJ.
        self._set_words([*read_names(), *joined_numbers()])
        context_weights = self._fit_context(WordRepair(Model(self.lexicon, word_weights, transitions=transitions), {}))
        model = Model(self.lexicon, word_weights, blank_weights, context_weights, transitions)
        restorer = Restorer(model)
        words = self._entries(restorer)
        model.settled.update((plain(word), breaks_of(word)) for word, (_, is_settled) in words.items() if is_settled)
        return Entries(
            words=words,
            stems=self.stems,
            affixes=self.affixes,
            word_weights=word_weights,
            blank_weights=blank_weights,
            context_weights=context_weights,
            transitions=transitions,
            pairs=self._pairs(restorer),
            decisions=self._decisions(Restorer(model)),
            signs={},
            frequent=self._frequent(),
        )

    def _fit_words(self) -> tuple[dict[str, int], tuple[int, int, int, int]]:
        trainer = _crf(c1=0.08, c2=0.01, rounds=200)
        for word, count in sorted(self.corpus.words.items()):
            with self.without(word):
                _append_word(trainer, word, self.lexicon, _copies(count))
        for word in self._lessons():
            with self.unknown(plain(word)):
                _append_word(trainer, word, self.lexicon, 1)
        weights, transitions = _learned(trainer)
        labels = (("0", "0"), ("0", "1"), ("1", "0"), ("1", "1"))
        first, second, third, fourth = (transitions.get(pair, 0) for pair in labels)
        weights[DOUBT] = round(_DOUBT * SCALE)
        return weights, (first, second, third, fourth)

    def _lessons(self) -> list[str]:
        """Words of hazm's lexicon to learn from besides the corpus: all with ZWNJ, and the common ones without."""
        common = (w for w, found in self.hazm.items() if ZWNJ in w or found[1] >= "3")
        return sorted(w for w in common if w not in self.corpus.words and len(w) <= LONGEST_WORD)

    @contextmanager
    def unknown(self, word: str) -> Iterator[None]:
        """Make the lexicon as if it did not have `word` (bare) as a word or a compound, as if it were met for the first time."""
        lexicon = self.lexicon
        compound, found = lexicon.compounds.pop(word, None), lexicon.forget(word)
        yield
        if compound is not None:
            lexicon.compounds[word] = compound
        if found is not None:
            lexicon.remember(word, found)

    def _fit_blanks(self) -> dict[str, int]:
        trainer = _crf(c1=0.3, c2=0.05, rounds=100)
        for (left, right, following, joined), count in sorted(self._blanks().items()):
            if joined or self.lexicon.may_join(left, right):
                with self.without(left + ZWNJ + right):
                    sequence = pycrfsuite.ItemSequence([blank_features(left, right, following, self.lexicon)])
                for _ in range(min(count, 6)):
                    trainer.append(sequence, ["1" if joined else "0"])
        return _learned(trainer)[0]

    def _fit_context(self, repair: WordRepair) -> dict[str, int]:
        trainer = _crf(c1=0.2, c2=0.1, rounds=100)
        for (before, word, after), count in sorted(self.corpus.plurals.items()):
            stem = plural_stem(plain(word), self.lexicon)
            if stem:
                with self.without(word):
                    lead = plural_lead(stem, repair.score)
                features = context_features(before, stem, after, self.lexicon, lead)
                sequence = pycrfsuite.ItemSequence([features])
                is_plural = breaks_of(word)[-1:] == plural_breaks(stem)
                for _ in range(min(count, 6)):
                    trainer.append(sequence, ["1" if is_plural else "0"])
        return _learned(trainer)[0]

    def _blanks(self) -> Counter[tuple[str, str, str, bool]]:
        """Return the corpus' pairs with what follows them, as far as that matters."""
        blanks: Counter[tuple[str, str, str, bool]] = Counter()
        for (left, right, following, joined), count in self.corpus.pairs.items():
            blanks[left, right, self.lexicon.context(right, following), joined] += count
        return blanks

    def _entries(self, restorer: Restorer) -> dict[str, tuple[str, bool]]:
        """Return every word with its class, and whether nothing is left to weigh."""
        spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for word, count in self.corpus.words.items():
            spellings[plain(word)][word] += count
        usual = {bare: max(found, key=lambda word: (found[word], word)) for bare, found in spellings.items()}
        usual.update((plain(form), form) for word in self.joined for form in forms_of_joined(word))
        words = {w for w, found in self.lexicon.classes.items() if found[0] != "Z"}
        entries = {}
        # In order: of two spellings that are both settled the last one counts.
        for word in sorted({*words, *self.hazm, *usual.values()}):
            bare = plain(word)
            if bare in usual:
                settled = usual[bare] == word
            else:
                only_so = ZWNJ in word and bare not in self.hazm
                settled = only_so or restorer.words.weigh(bare) == breaks_of(word)
            found = self.hazm.get(word, "") if ZWNJ in word else self.lexicon.classes.get(word, "")
            entries[word] = ("" if found[:1] == "Z" else found, settled)
        return entries

    def _decisions(self, restorer: Restorer) -> dict[str, Decision]:
        """Return what is decided about every word that pages are likely to have, with its ZWNJ and without."""
        decisions = {}
        for letters in sorted(frequent_forms(self.lexicon, self.corpus.words)):
            decision = decisions[letters] = restorer.decide(letters)
            if decision.missing:
                repaired = with_breaks(letters, decision.missing)
                decisions[repaired] = restorer.decide(repaired)
        for word in self.corpus.words:
            decisions[word] = restorer.decide(word)
        for name in read_gazetteer():
            decisions.setdefault(name, restorer.decide_whole(name))
        return decisions

    def _frequent(self) -> list[str]:
        """Return the words of the corpus with their ZWNJ and without, the commonest first."""
        counts = Counter(self.corpus.words)
        for word, count in self.corpus.words.items():
            if ZWNJ in word:
                counts[plain(word)] += count
        return sorted(counts, key=lambda word: (-counts[word], word))

    def _pairs(self, restorer: Restorer) -> dict[str, bool]:
        """Pairs the corpus decides otherwise than the weights do."""
        leads: dict[tuple[str, str, str], int] = defaultdict(int)
        for (left, right, following, joined), count in self._blanks().items():
            leads[left, right, following] += count if joined else -count
        # The copula has a rule of its own: the corpus spells it in other ways.
        decided = [(pair, lead) for pair, lead in leads.items() if lead and pair[1] != COPULA]
        return {" ".join(pair): lead > 0 for pair, lead in decided if restorer.blanks.joins(*pair) != (lead > 0)}


def signs_of(model: Model) -> dict[str, int]:
    """Return the signs of all words about which the finished model holds a decision."""
    decided = ((word, model.decisions.get(word)) for word in model.decisions.words())
    return {word: sign_of(word, decision, model.lexicon) for word, decision in decided if decision is not None}


def _append_word(trainer: pycrfsuite.Trainer, word: str, lexicon: Lexicon, copies: int) -> None:
    places, rows = word_features(word.replace(ZWNJ, ""), lexicon)
    if not places:
        return
    breaks = breaks_of(word)
    sequence = pycrfsuite.ItemSequence([[name for name in row if name != DOUBT] for row in rows])
    for _ in range(copies):
        trainer.append(sequence, ["1" if place in breaks else "0" for place in places])


def _copies(count: int) -> int:
    return 1 if count == 1 else 2 if count < 4 else 3 if count < 20 else 4


def _crf(*, c1: float, c2: float, rounds: int) -> pycrfsuite.Trainer:
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params({"c1": c1, "c2": c2, "max_iterations": rounds, "feature.possible_transitions": True})
    return trainer


def _learned(trainer: pycrfsuite.Trainer) -> tuple[dict[str, int], dict[tuple[str, str], int]]:
    """Log-odds of label "1" for every feature, and the transitions, in whole units of 1 / SCALE."""
    with tempfile.NamedTemporaryFile(suffix=".crfsuite") as file:
        trainer.train(file.name)
        tagger = pycrfsuite.Tagger()
        with tagger.open(file.name):
            info = tagger.info()
    odds: dict[str, float] = defaultdict(float)
    for (name, label), weight in info.state_features.items():
        odds[name] += weight if label == "1" else -weight
    weights = {name: round(weight * SCALE) for name, weight in odds.items()}
    return {n: w for n, w in weights.items() if w}, {pair: round(w * SCALE) for pair, w in info.transitions.items()}


def main(arguments: list[str] | None = None) -> int:
    """Train on the corpus named in `arguments` and write the model."""
    parser = argparse.ArgumentParser(prog="python -m parsers.persian.train", description=__doc__)
    parser.add_argument("corpus", type=Path, help="text with correct ZWNJ, one sentence a line")
    parser.add_argument("-o", "--output", type=Path, default=MODEL_PATH)
    options = parser.parse_args(arguments)
    with options.corpus.open(encoding="utf-8") as lines:
        corpus = read_corpus(lines)
    entries = Trainer(corpus).learn()
    save(entries, options.output)
    # Signs are those that the finished model gives.
    save(replace(entries, signs=signs_of(read(options.output))), options.output)
    sys.stdout.write(f"{options.output}: {options.output.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
