"""The model as a process has it in memory, kept for the next one (`kept_files`): reading the file takes four times as long."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from dataclasses import fields
from functools import cache
from typing import Any

from parsers import kept_files
from parsers.kept_files import NotKept
from parsers.persian import decisions, letter_repair, letters, model, word_codes, word_lexicon
from parsers.persian.decisions import Decision, DecisionTable
from parsers.persian.model import MODEL_PATH, Model, read
from parsers.persian.word_lexicon import Lexicon

_NAME = "zwnj"
# What reads the file: a change of one of these makes what is kept stale.
_READERS = (decisions, letter_repair, letters, model, word_codes, word_lexicon)
_COUNTED = ("starts", "ends")
_PLAIN = ("word_weights", "blank_weights", "context_weights", "transitions", "settled", "pairs", "signs")


@cache
def load() -> Model:
    """Return the model shipped with the package, loaded once. Raises as `read` does."""
    digest = kept_files.digest_of_files(MODEL_PATH, __file__, *(module.__file__ for module in _READERS))
    with suppress(NotKept, TypeError, ValueError, KeyError):
        return _of_plain(kept_files.read(_NAME, digest))
    found = read(MODEL_PATH)
    kept_files.write(_NAME, digest, _as_plain(found))
    return found


def _as_plain(found: Model) -> tuple[Any, ...]:
    """Return what a model holds in dictionaries, sets and tuples."""
    words = {each.name: getattr(found.lexicon, each.name) for each in fields(found.lexicon)}
    counted = {name: dict(words[name]) for name in _COUNTED}
    decided = [tuple(decision) for decision in found.decisions.decisions]
    return {**words, **counted}, found.decisions.blocks, decided, {name: getattr(found, name) for name in _PLAIN}


def _of_plain(parts: tuple[Any, ...]) -> Model:
    """Return the model of which `_as_plain` gave the parts."""
    words, blocks, decided, others = parts
    lexicon = Lexicon(**{**words, **{name: Counter(words[name]) for name in _COUNTED}})
    return Model(lexicon=lexicon, decisions=DecisionTable(blocks, [Decision(*each) for each in decided]), **others)
