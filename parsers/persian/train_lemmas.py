"""The program that compiles the lemmas: `python -m parsers.persian.train_lemmas [-o FILE]`.

What is a word, and the forms of its verbs, are what the installed hazm's Lemmatizer knows; irregular plurals are in plurals.toml.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path

from parsers.persian.corpus import hazm_words
from parsers.persian.lemmas import LEMMAS_PATH, Lemmas, save
from parsers.persian.letters import ZWNJ, fold_index

_HOME = Path(__file__).parent
_NOMINAL = "NABM"
# Words that are noun and adjective are what people are («محقق», «متهم»); short ones look like too many others.
_NOUN_AND_ADJECTIVE, _LONG = "B", 4
# Bare stems and forms in «ی» are nouns as often («ساز», «سازی»): of verbs, only forms with a prefix or a longer ending count.
_SHORTEST_ENDING = ("ند", "یم", "ید")
_PREFIXES = ("می", "نمی")


def compile_lemmas() -> Lemmas:
    """Return all that goes into the file."""
    listed = tomllib.loads((_HOME / "plurals.toml").read_text(encoding="utf-8"))
    nouns = {_plain(word) for word, found in hazm_words().items() if found[0] in _NOMINAL}
    rows = [line.split() for line in listed["broken"].splitlines() if line]
    broken = {_plain(form): _plain(word) for word, *forms in rows for form in forms}
    verbs = {form: lemma for form, lemma in _verb_forms().items() if form not in nouns}
    animate = {_plain(word) for word, found in hazm_words().items() if found[0] == _NOUN_AND_ADJECTIVE and len(word) >= _LONG}
    return Lemmas(
        nouns=frozenset(nouns | set(broken.values())),
        forms={**verbs, **broken},
        animate=frozenset(animate | set(map(_plain, listed["animate"]["words"].split()))),
        animate_endings=tuple(listed["animate"]["endings"]),
        single=frozenset(map(_plain, listed["single"]["words"].split())),
    )


def _verb_forms() -> dict[str, str]:
    """Forms of hazm's verbs, each with its infinitive: {"میکند": "کردن", "کردند": "کردن", …}."""
    from hazm import Lemmatizer

    forms: dict[str, str] = {}
    for form, verb in sorted(Lemmatizer().verbs.items()):
        past = verb.partition("#")[0]
        if not past or " " in form or "_" in form:
            continue
        plain, infinitive = _plain(form), _plain(past + "ن")
        if plain == _plain(past) or plain.startswith(_PREFIXES) or plain.endswith(_SHORTEST_ENDING):
            forms.setdefault(plain, infinitive)
    return forms


def _plain(word: str) -> str:
    return fold_index(word.replace(ZWNJ, ""))


def main(arguments: list[str] | None = None) -> int:
    """Compile the lemmas and write them."""
    parser = argparse.ArgumentParser(prog="python -m parsers.persian.train_lemmas", description=__doc__)
    parser.add_argument("-o", "--output", type=Path, default=LEMMAS_PATH)
    options = parser.parse_args(arguments)
    save(compile_lemmas(), options.output)
    sys.stdout.write(f"{options.output}: {options.output.stat().st_size:,} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
