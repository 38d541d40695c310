"""The lists of words that the training program reads: affixes, compounds, names, numbers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers.lexicon import load as load_lexicon
from parsers.persian.letters import NON_JOINING, ZWNJ
from parsers.persian.model import AFFIX_LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_HOME = Path(__file__).parent
# What makes further forms of a word that is written joined, after a ZWNJ where its last letter joins.
_PLURALS = ("ها", "های", "هایی")


def read_affixes(path: Path = _HOME / "affixes.toml") -> dict[str, list[str]]:
    """Return the lists of affixes.toml. Raises ValueError that names file and key where one is missing or is no list of words."""
    found: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    for key in AFFIX_LISTS:
        words = found.get(key)
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise ValueError(f"{path.name}: {key} must be a list of words")
    return found


def read_compounds(path: Path = _HOME / "compounds.toml") -> list[str]:
    """Return the compounds of compounds.toml with their ZWNJ. Raises ValueError that names file and key for one without."""
    words = list(_listed(path, "words"))
    for key, word in words:
        if "_" not in word.strip("_"):
            raise ValueError(f"{path.name}: words.{key}: {word} has no _ for a ZWNJ")
    return [word.replace("_", ZWNJ) for _, word in words]


def read_joined(path: Path = _HOME / "compounds.toml") -> list[str]:
    """Return the words of compounds.toml that have no ZWNJ. Raises ValueError that names file and key for one with."""
    words = list(_listed(path, "joined"))
    for key, word in words:
        if "_" in word or ZWNJ in word:
            raise ValueError(f"{path.name}: joined.{key}: {word} is to be written joined")
    return [word for _, word in words]


def read_names(path: Path = _HOME / "names.toml") -> list[str]:
    """Return the names and foreign words of names.toml. Raises ValueError that names file and key for one with a ZWNJ."""
    words = list(_listed(path, "names"))
    for key, word in words:
        if ZWNJ in word:
            raise ValueError(f"{path.name}: names.{key}: {word} is to be written joined")
    return [word for _, word in words]


def read_gazetteer(path: Path = _HOME / "gazetteer.toml") -> list[str]:
    """Return the names of gazetteer.toml, and each with the ye that makes an adjective of it. Raises as `read_names` does."""
    return [form for name in read_names(path) for form in (name, name + "ی")]


def joined_numbers() -> list[str]:
    """Return the numbers that are written in one word: «ششصدهزار»."""
    table = load_lexicon("numbers")
    # «یک‌هزار» is written in both ways.
    values = [word for value, words in table["values"].items() if int(value) > 1 for word in words]
    scales = [word for words in table["scales"].values() for word in words]
    return [value + scale for value in values for scale in scales if not {" ", ZWNJ} & {*value, *scale}]


def _listed(path: Path, table: str) -> Iterator[tuple[str, str]]:
    """Key and word, for every word of a table of lists."""
    lists: dict[str, str] = tomllib.loads(path.read_text(encoding="utf-8")).get(table, {})
    for key, words in lists.items():
        yield from ((key, word) for word in words.split())


def forms_of_joined(word: str) -> list[str]:
    """Return a word that is written joined, and its forms: with ye, and the plurals of both."""
    after = "" if word[-1] in NON_JOINING else ZWNJ
    if word[-1] == "ه":
        return [word, *(word + ZWNJ + ending for ending in ("ای", *_PLURALS))]
    plurals = [*(after + plural for plural in _PLURALS), *("ی" + ZWNJ + plural for plural in _PLURALS)]
    return [word, word + "ی", *(word + plural for plural in plurals)]


def plain(word: str) -> str:
    """Return `word` without its ZWNJ."""
    return word.replace(ZWNJ, "")
