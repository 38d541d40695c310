"""Many names, one regular expression.

A name is matched however its parts are joined: a blank or ZWNJ in it stands for a blank, a ZWNJ or nothing, and letters
that writers exchange (ا أ آ, ی ئ, و ؤ, ه ة, هیئت هیأت هیات) match each other. The names share prefixes in a trie, so the
expression tries each letter once, and prefers the longest name that ends at a word's end.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_TWINS = ("اأآإٱ", "یئ", "وؤ", "هة")
_REPRESENTATIVE = str.maketrans({twin: twins[0] for twins in _TWINS for twin in twins})
_CLASSES = {twins[0]: f"[{twins}]" for twins in _TWINS}
_SEAT = "\0"  # stands for the hamza of هیئت in whatever seat
_HEYAT = re.compile("هی[یا]ت(?!\\w)|هی[یا]ت(?=امنا|مدیره|وزیر|دولت|عالی|نظارت|عامل|رییس|عمومی)")
_EZAFE = re.compile("(?<=ه)[ \u200c]?ی(?= )")  # «برنامه‌ی ششم»
_COMPOUND = re.compile("(?<=[^\\W\\d_])(?=نامه|العمل|دهی|رسان)")  # «اساس‌نامه», «دستور العمل» are written too
_JOINTS = re.compile("[ \u200c\u0640\u0654\u064b-\u0652\n]+")
_JOINT = "(?:(?<=ه)[ \u200c]?ی |[ \u200c\u0640\u064b-\u0654]{0,3})"
_END = "(?:(?<=ه)[ \u200c]?ی(?![\\w\u200c]))?(?!\\w|\u200c\\w)"
_STOP = ""


@lru_cache(maxsize=16384)
def key_of(name: str) -> str:
    """What all spellings of a name have in common: folded, joints dropped, exchangeable letters unified."""
    return _HEYAT.sub("هییت", _JOINTS.sub("", _EZAFE.sub("", fold(name)).translate(_REPRESENTATIVE)))


def look_up[T](table: Mapping[str, T], matched: str) -> T | None:
    """The entry of a table of keys for a matched name, its ezafe («مصوبه‌ی») left out."""
    key = key_of(matched)
    return table.get(key) or table.get(key.removesuffix("ی"))


def any_of(names: Iterable[str]) -> str:
    """A regular expression for folded text that matches the longest of the names, up to a word's end."""
    root: dict[str, Any] = {}
    for name in names:
        node = root
        for part in _parts(name):
            node = node.setdefault(part, {})
        node[_STOP] = {}
    return _render(root) if root else "(?!)"


def openings_of(names: Iterable[str], length: int = 5) -> str:
    """A regular expression for where any of the names may begin, by their first letters; literals, so that it is fast."""
    stems = {fold(name)[:length] for name in names}
    grown = {twin + stem[1:] for stem in stems for twin in _twins_of(stem[0])}
    by_letter: dict[str, list[str]] = {}
    for stem in sorted(grown):
        by_letter.setdefault(stem[0], []).append("".join(_loose(letter) for letter in stem[1:]))
    return "|".join(f"{letter}(?:{'|'.join(sorted(set(rests)))})" for letter, rests in by_letter.items())


def _twins_of(letter: str) -> str:
    return next((twins for twins in _TWINS if letter in twins), letter)


def _loose(letter: str) -> str:
    twins = _twins_of(letter)
    return _JOINT if letter in " \u200c" else f"[{twins}]" if len(twins) > 1 else re.escape(letter)


def _parts(name: str) -> list[str]:
    joined = _HEYAT.sub(f"هی{_SEAT}ت", _JOINTS.sub(" ", fold(name).strip().translate(_REPRESENTATIVE)))
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
        return "[ئیأا]"
    return _JOINT if part == " " else _CLASSES.get(part, re.escape(part))


def starts_word(folded: str, at: int) -> bool:
    """Whether a word may begin at `at`: no letter or digit before it, nor a ZWNJ that ties it to one."""
    if at == 0:
        return True
    before = folded[at - 1]
    if before == "\u200c":
        return at == 1 or not folded[at - 2].isalnum()
    return not (before.isalnum() or "\u064b" <= before <= "\u0654" or before in "_\u0640")
