"""Words that say something of a title or name and are therefore no part of it: verbs, what somebody is obliged to, judgements."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from parsers.expressions import expression
from parsers.grammar.blanks import LETTER
from parsers.grammar.joints import any_word
from parsers.grammar.names import key_of
from parsers.grammar.words_around import cue
from parsers.lexicon import load
from parsers.persian.letters import ZWNJ
from parsers.persian.loaded_model import load as load_model

_VERBS: dict[str, Any] = load("titles")["verbs"]
_PRESENT = f"(?:{'|'.join(_VERBS['present'])})"
_VERB = expression(f"{_PRESENT}(?:{ZWNJ}|\\Z)|{any_word(_VERBS['future'])}|{_PRESENT}(?:{'|'.join(_VERBS['stems'])})")
_PERSONAL: tuple[str, ...] = tuple(_VERBS["personal"])
_PREFIXES: str = _VERBS["prefixes"]
_PIECE = "t"  # the class of words that are known from texts alone
_TANWIN = "\u064b"
_LIGHT = expression(f"{_PRESENT}{ZWNJ}?(?:{'|'.join(_VERBS['light_stems'])})")
_COPULA = expression(f"{ZWNJ}?{any_word(_VERBS['copula'])}\\Z")
_PERFECT = expression(f"{ZWNJ}(?:{'|'.join(_VERBS['perfect'])})\\Z")
_FIRST_PERSONS = tuple(f"{ZWNJ}{ending}" for ending in _VERBS["first_persons"])
_PARTICIPLE: str = load("titles")["endings"]["no_ezafe_after"]
_WORDS = expression(f"{LETTER}+(?:{ZWNJ}{LETTER}+)*")


@lru_cache(maxsize=8192)
def is_verb(word: str) -> bool:
    """Return whether a word is a verb: by its beginning («می‌شود», «خواهد»), or a form that no noun has («نتواند»)."""
    return bool(_VERB.match(word)) or _is_form(word) or _is_perfect(word)


def _is_perfect(word: str) -> bool:
    """«کرده‌ایم», «دیده‌ام»."""
    ending = next((ending for ending in _FIRST_PERSONS if word.endswith(ending)), "")
    return bool(ending) and word.removesuffix(ending).endswith(_PARTICIPLE)


def _is_form(word: str) -> bool:
    """Whether a word is a form of a verb in the lexicon of the repair, with a personal ending, and not known as anything else."""
    lexicon = load_model().lexicon
    if not word.endswith(_PERSONAL) or lexicon.classes.get(word, _PIECE) != _PIECE:
        return False
    return word in lexicon.verbs or (word[0] in _PREFIXES and word[1:] in lexicon.verbs)


@lru_cache(maxsize=4096)
def has_copula(word: str) -> bool:
    """Return whether «است» is joined to a noun: «معناست», «ماست»; «سیاست» is a noun."""
    lexicon, noun = load_model().lexicon, _COPULA.sub("", word)
    return noun != word and word not in lexicon.classes and lexicon.classes.get(noun, _PIECE) != _PIECE


@lru_cache(maxsize=4096)
def is_adverb(word: str) -> bool:
    """Return whether a word is an adverb: «عملاً», «بدواً», «ابتدا», «بلافاصله»."""
    if _TANWIN in word or key_of(word) in cue("titles.words", "adverbs"):
        return True
    return load_model().lexicon.classes.get(word, "").startswith("D")


@lru_cache(maxsize=8192)
def is_light(word: str) -> bool:
    """Return whether a word is a verb that finishes a compound: «شد», «می‌کند», «کرده‌ایم»."""
    word = _PERFECT.sub("", word)
    if not word:
        return False
    return (
        word in _VERBS["present"] or key_of(word) in cue("titles.words", "light") or bool(_LIGHT.match(word)) or _is_negated(word)
    )


def _is_negated(word: str) -> bool:
    """«ننموده»; «نبرد» is a noun."""
    known = load_model().lexicon.classes.get(word, _PIECE)
    return word[0] == _PREFIXES[0] and known == _PIECE and key_of(word[1:]) in cue("titles.words", "light")


def is_predicate(word: str, *names: str) -> bool:
    """Return whether somebody is obliged or something judged by the word: «موظف‌اند», «مکلفند», «ممنوع».

    `names` are lists of `titles.toml`; without them «obliged» and «judged».
    """
    bare = {key_of(word), key_of(_COPULA.sub("", word))}
    return any(bare & cue("titles.words", name) for name in names or ("obliged", "judged"))


def has_verb(text: str) -> bool:
    """Return whether a text says something: it holds a finite verb or «را», as no title does."""
    return any(is_light(word) or word == _VERBS["object"] for word in _WORDS.findall(text))
