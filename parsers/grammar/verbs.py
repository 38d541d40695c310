"""Words that say something of a title or name and are therefore no part of it: verbs, what somebody is obliged to, judgements."""

from __future__ import annotations

import re
from typing import Any

from parsers.grammar.blanks import LETTER
from parsers.grammar.joints import any_word
from parsers.grammar.names import key_of
from parsers.grammar.words_around import cue
from parsers.lexicon import load
from parsers.persian.letters import ZWNJ

_VERBS: dict[str, Any] = load("titles")["verbs"]
_PRESENT = f"(?:{'|'.join(_VERBS['present'])})"
_VERB = re.compile(f"{_PRESENT}{ZWNJ}|{any_word(_VERBS['future'])}|{_PRESENT}(?:{'|'.join(_VERBS['stems'])})")
_LIGHT = re.compile(f"{_PRESENT}{ZWNJ}?(?:{'|'.join(_VERBS['light_stems'])})")
_COPULA = re.compile(f"{ZWNJ}?{any_word(_VERBS['copula'])}\\Z")
_WORDS = re.compile(f"{LETTER}+(?:{ZWNJ}{LETTER}+)*")


def is_verb(word: str) -> bool:
    """Return whether a word is a verb by its beginning: «می‌شود», «خواهد»."""
    return bool(_VERB.match(word))


def is_light(word: str) -> bool:
    """Return whether a word is a verb that finishes a compound: «شد», «می‌کند»."""
    return bool(word) and (key_of(word) in cue("titles.words", "light") or bool(_LIGHT.match(word)))


def is_predicate(word: str, *names: str) -> bool:
    """Return whether somebody is obliged or something judged by the word: «موظف‌اند», «مکلفند», «ممنوع».

    `names` are lists of `titles.toml`; without them «obliged» and «judged».
    """
    bare = {key_of(word), key_of(_COPULA.sub("", word))}
    return any(bare & cue("titles.words", name) for name in names or ("obliged", "judged"))


def has_verb(text: str) -> bool:
    """Return whether a text says something: it holds a finite verb or «را», as no title does."""
    return any(is_light(word) or word == _VERBS["object"] for word in _WORDS.findall(text))
