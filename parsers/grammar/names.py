"""Many names, one regular expression.

A name is matched however its parts are joined: a blank or ZWNJ in it stands for a blank, a ZWNJ or nothing, and letters
that writers exchange (ا أ آ, ی ئ, و ؤ, ه ة, هیئت هیأت هیات) match each other. The names share prefixes in a trie, so the
expression tries each letter once, and prefers the longest name that ends at a word's end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.blanks import BLANK, HARAKAT, LETTER
from parsers.grammar.kept_patterns import kept_pattern
from parsers.lexicon import load
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TABLE = load("spellings")
_TWINS: tuple[str, ...] = tuple(_TABLE["twins"])
_REPRESENTATIVE = str.maketrans({twin: twins[0] for twins in _TWINS for twin in twins})
_SINGLE = {twin: twins[0] for twins in _TWINS for twin in twins}
_CLASSES = {twins[0]: f"[{twins}]" for twins in _TWINS}
_SEAT = "\0"  # stands for the hamza of هیئت in whatever seat
_HAMZA: dict[str, Any] = _TABLE["hamza"]
_FOLDED_SEATS = "".join(dict.fromkeys(_HAMZA["seats"].translate(_REPRESENTATIVE)))
_HEYAT = expression(rf"{_HAMZA['before']}[{_FOLDED_SEATS}]{_HAMZA['after']}(?:(?!\w)|(?={'|'.join(_HAMZA['joined'])}))")
_YE = rf"(?<={_TABLE['ezafe_after']}){BLANK}?{_TABLE['ezafe']}"  # «برنامه‌ی ششم»
_EZAFE = expression(f"{_YE}(?= )")
_COMPOUND = expression(f"(?<={LETTER})(?={'|'.join(_TABLE['compound'])})")
_MARKS = f"{HARAKAT}\u0653\u0654"
_JOINTS = expression(f"(?:{BLANK}|[{_MARKS}\n])+")
_JOINT = f"(?:{_YE} |(?:{BLANK}|[{_MARKS}]){{0,40}}+)"
_END = rf"(?:{_YE}(?![\w\u200c]))?(?!\w|\u200c\w)"
_STOP = ""


@lru_cache(maxsize=16384)
def key_of(name: str) -> str:
    """Return what all spellings of a name have in common: folded, blanks and harakat dropped, exchangeable letters unified."""
    return _HEYAT.sub(_HAMZA["written"], _JOINTS.sub("", _EZAFE.sub("", fold(name)).translate(_REPRESENTATIVE)))


def representative(letter: str) -> str:
    """Return the letter that stands in keys for this folded one: «ا» for «آ», «ی» for «ئ»."""
    return _SINGLE.get(letter, letter)


def letter_class(letter: str) -> str:
    """Return a pattern for a letter of a key in every spelling: «[اأآإٱ]» for «ا»."""
    return _CLASSES.get(letter, re.escape(letter))


def look_up[T](table: Mapping[str, T], matched: str) -> T | None:
    """Return the entry of a table of keys for a matched name, with or without its ezafe («مصوبه‌ی»); None if there is none."""
    key = key_of(matched)
    return table.get(key) or table.get(key.removesuffix(_TABLE["ezafe"]))


@kept_pattern
def any_of(names: Iterable[str]) -> str:
    """Return a regular expression for folded text that matches the longest of the names, up to the end of a word."""
    root: dict[str, Any] = {}
    for name in names:
        node = root
        for part in _parts(name):
            node = node.setdefault(part, {})
        node[_STOP] = {}
    return _render(root) if root else "(?!)"


def openings_of(names: Iterable[str], length: int = 5) -> str:
    """Return a regular expression for where any of the names may begin: their first letters as literals, which is fast."""
    stems = {fold(name)[:length] for name in names}
    grown = {twin + stem[1:] for stem in stems for twin in twins_of(stem[0])}
    by_letter: dict[str, list[str]] = {}
    for stem in sorted(grown):
        by_letter.setdefault(stem[0], []).append("".join(_loose(letter) for letter in stem[1:]))
    return "|".join(f"{letter}(?:{'|'.join(sorted(set(rests)))})" for letter, rests in by_letter.items())


def twins_of(letter: str) -> str:
    """Return the letters that writers exchange with this one, itself among them."""
    return next((twins for twins in _TWINS if letter in twins), letter)


def _loose(letter: str) -> str:
    twins = twins_of(letter)
    return _JOINT if letter in " \u200c" else f"[{twins}]" if len(twins) > 1 else re.escape(letter)


def _parts(name: str) -> list[str]:
    joined = _HEYAT.sub(
        f"{_HAMZA['before']}{_SEAT}{_HAMZA['after']}", _JOINTS.sub(" ", fold(name).strip().translate(_REPRESENTATIVE))
    )
    return list(_COMPOUND.sub(" ", joined))


def _render(node: dict[str, Any]) -> str:
    branches = [_part(part) + _render(child) for part, child in node.items() if part != _STOP]
    if not branches:
        return _END
    if _STOP in node:
        branches.append(_END)
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


def _part(part: str) -> str:
    if part == _SEAT:
        return f"[{_HAMZA['seats']}]"
    return _JOINT if part == " " else _CLASSES.get(part, re.escape(part))


def starts_word(folded: str, at: int) -> bool:
    """Return whether a word may begin at `at`: no letter or digit before it, nor a ZWNJ that ties it to one."""
    if at == 0:
        return True
    before = folded[at - 1]
    if before == "\u200c":
        return at == 1 or not folded[at - 2].isalnum()
    return not (before.isalnum() or "\u064b" <= before <= "\u0654" or before in "_\u0640")
