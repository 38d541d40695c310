"""What one sentence of an amending law does: its verbs, each with the stretch of the sentence that it governs.

«مواد (۲۲) و (۲۳) قانون لغو و ماده (۲۴) به شرح زیر جایگزین آنها می‌شود» is two acts: one cancels, one amends.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, WORD_START
from parsers.grammar.joints import AND
from parsers.law.act import Act
from parsers.law.instructions import MASK
from parsers.law.vocabulary import data, words
from parsers.law.word_changes import word_changes
from parsers.scanner import Scanner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.law.instructions import Instruction
    from parsers.law_models import Change, RelationKind

_KINDS: tuple[RelationKind, ...] = ("repeals", "cancels", "inserts", "amends")


def acts(instruction: Instruction) -> Iterator[Act]:
    """Yield what a sentence does, in its order."""
    at = 0
    waiting: Act | None = None
    for kind, noun, end in _verbs(instruction.masked):
        for act in _acts_of(instruction, kind, at, noun, end):
            if waiting and act.change == "replace" and act.new:  # «عبارت … حذف و عبارت … جایگزین آن می‌شود»
                yield replace(waiting, change="replace_words", new=act.new, end=act.end)
                waiting = None
                continue
            if waiting:
                yield waiting
            waiting = act if act.change == "delete_words" else None
            if waiting is None:
                yield act
        at = end
    if waiting:
        yield waiting


def _verbs(masked: str) -> list[tuple[RelationKind | None, re.Match[str], int]]:
    """Return (kind, noun, end of the verb) of each verb: a noun with its auxiliary, or one that shares the next one's."""
    found: list[tuple[RelationKind | None, re.Match[str], int]] = []
    nouns = sorted(
        ((noun.start(), kind, noun) for kind in (*_KINDS, None) for noun in _noun(kind).finditer(masked)), key=lambda n: n[0]
    )
    shared = False
    for _, kind, noun in reversed(nouns):
        if _not_verbal().search(masked, max(0, noun.start() - 20), noun.start()):
            continue
        if _only_of_words().fullmatch(noun[0]) and not _of_words().search(masked, 0, noun.start()):
            continue
        auxiliary = _auxiliary().match(masked, noun.end()) or _far_auxiliary(masked, noun)
        joined = _and().match(masked, noun.end()) if shared else None
        if auxiliary or joined:
            found.append((kind, noun, (auxiliary or joined or noun).end()))
            shared = True
    return found[::-1]


def _acts_of(instruction: Instruction, kind: RelationKind | None, at: int, noun: re.Match[str], end: int) -> list[Act]:
    start = instruction.start
    low, high, verb = start + at, start + end, start + noun.start()
    quotes = [span for span in instruction.quotes if low <= span[0] < high]
    masked = instruction.masked
    if kind is not None and quotes and _of_words().search(masked, at, end):
        return word_changes(instruction, kind, low, high, verb, quotes)
    if kind is None:
        return [Act(None, "replace", low, high, verb)]
    change: Change = {"repeals": "repeal", "cancels": "repeal", "inserts": "insert", "amends": "replace"}[kind]  # type: ignore[assignment]
    if kind == "amends" and _extends().search(masked, at, end):
        change = "extend"
    if kind == "amends" and _renames().search(masked, at, end):
        change = "rename"
    return [Act(kind, change, low, high, verb, new=quotes[-1] if change == "rename" and quotes else None)]


@cache
def _noun(kind: RelationKind | None) -> Scanner:
    return Scanner(expression(f"{WORD_START}{words('relations', kind or 'keeps')}"))


def _far_auxiliary(masked: str, noun: re.Match[str]) -> re.Match[str] | None:
    """«متن زیر جایگزین ماده (۱۱) قانون می‌گردد»: what is replaced stands between the noun and its auxiliary."""
    return _to_the_end().match(masked, noun.end()) if _replaces().fullmatch(noun[0]) else None


@cache
def _replaces() -> re.Pattern[str]:
    return expression(words("amendments", "replaces"))


@cache
def _to_the_end() -> re.Pattern[str]:
    return expression(f"[^\n.؛:]{{0,90}}?{words('amendments', 'passive')}{GAP}(?=[:.]|\\Z)")


@cache
def _auxiliary() -> re.Pattern[str]:
    """Return the pattern for the auxiliary after a noun, with «آنها» or the replaced words between."""
    names = f"(?:{words('amendments', 'them')}|{words('units', 'number_sign')})"
    between = f"(?:{names}{GAP}|(?:{words('amendments', 'words')})?{GAP}«{MASK}*»{GAP}){{0,2}}"
    itself = f"(?<={'|'.join(map(re.escape, data()['amendments']['changes_itself']))}){GAP}{between}{words('amendments', 'does')}"
    return expression(f"{GAP}{between}{words('amendments', 'passive')}|{itself}")


@cache
def _not_verbal() -> re.Pattern[str]:
    """Return the pattern for what makes a noun no verb: «قابل اصلاح است»."""
    return expression(f"{words('amendments', 'not_verbal')}{GAP}\\Z")


@cache
def _and() -> re.Pattern[str]:
    return expression(f"{GAP}{AND}")


@cache
def _of_words() -> re.Pattern[str]:
    names = "|".join(words("amendments", name) for name in ("words", "next_to", "instead"))
    return expression(f"{WORD_START}(?:{names})[^«]{{0,12}}«")


@cache
def _only_of_words() -> re.Pattern[str]:
    """Return the pattern for nouns that change only quoted words: «قرار می‌گیرد», «منظور می‌شود»."""
    return expression(words("amendments", "only_of_words"))


@cache
def _extends() -> re.Pattern[str]:
    return expression(f"{WORD_START}{words('amendments', 'extends')}")


@cache
def _renames() -> re.Pattern[str]:
    return expression(f"{WORD_START}{words('amendments', 'renames')}")
