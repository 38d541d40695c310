"""What speaks for a title going on before a word, and what against: which nouns govern a preposition, which words open a clause.

Two sources: lists made by hand (`lexicon/titles.toml`), and shares counted in news (`lexicon/title_evidence.toml`).
"""

from __future__ import annotations

from functools import cache

from parsers.grammar.names import key_of
from parsers.grammar.words_around import keys
from parsers.lexicon import load

_LISTED = 60  # per cent: what a noun of the list made by hand counts for at least
_OPENS = 70
_GOVERNS = 25


@cache
def prepositions() -> frozenset[str]:
    """Return the prepositions that nouns of titles govern, folded."""
    return frozenset(load("titles")["governs"])


def governed(noun: str, preposition: str, following: str, *, earlier: str = "") -> bool:
    """Return whether «noun preposition following» goes on with a title: «مقابله با تقلب در تهیه …», but not «… تقلب | در صحن».

    The noun's share of having the preposition after it counts for it; the share of the next word of having it before it against.
    `earlier` is the word before the noun, which may govern the preposition too: «ازدواج زنان با …».
    """
    if not (noun and following):
        return False
    if earlier and any(key_of(part) in _listed(preposition) for part in earlier.split(" ")):
        return _located(preposition, following) < _LISTED
    return key_of(following) in _within(preposition) or _governs(noun, preposition) > _located(preposition, following)


def _governs(noun: str, preposition: str) -> int:
    shares: dict[str, int] = load("title_evidence")["governs"].get(preposition, {})
    parts = (key_of(noun), key_of(noun.partition("\u200c")[0]))
    share = max(shares.get(part, 0) for part in parts)
    listed = _LISTED if any(part in _listed(preposition) for part in parts) else 0
    return max(share if share >= _GOVERNS else 0, listed)


def _located(preposition: str, following: str) -> int:
    share: int = load("title_evidence")["located"].get(preposition, {}).get(key_of(following), 0)
    return share


@cache
def _listed(preposition: str) -> frozenset[str]:
    return keys(load("titles")["governs"][preposition])


@cache
def _within(preposition: str) -> frozenset[str]:
    return keys(load("titles")["within"].get(preposition, ()))


def is_listed_governor(word: str, preposition: str) -> bool:
    """Return whether a word is known to govern a preposition inside titles: «مربوط به», «حمایت از»."""
    return preposition in load("titles")["governs"] and key_of(word) in _listed(preposition)


def opens_clause(word: str) -> bool:
    """Return whether a word mostly stands at the beginning of a clause: «وی», «سخنگوی», «البته»."""
    return int(load("title_evidence")["opens"].get(key_of(word), 0)) >= _OPENS
