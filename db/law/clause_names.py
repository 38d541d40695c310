"""Under which identifiers a clause may be cited: its own, and shorter ones that no other clause could mean.

A news text says «تبصره ۲ قانون …» of a law with one article, «بند ب فصل دوم», «جزء ۱ ماده ۵» without the بند between, «تبصره ۱»
of an article whose only تبصره has no number. What two clauses could mean is left to neither.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations
from typing import TYPE_CHECKING

from parsers.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_DEEPEST = 5


def other_names(eids: Iterable[str]) -> dict[str, str]:
    """Identifier as cited to the clause's own, for all that are unambiguous; own identifiers are left out.

    Shorter forms of exact steps come before forms whose last step is spelt otherwise.
    """
    own = list(eids)
    taken = set(own)
    names: dict[str, str] = {}
    for forms in (_shortened, _respelt):
        found: dict[str, set[str]] = {}
        for eid in own:
            for name in forms(eid, taken):
                found.setdefault(name, set()).add(eid)
        fresh = {name: next(iter(meant)) for name, meant in found.items() if len(meant) == 1 and name not in taken}
        names |= {name: eid for name, eid in fresh.items() if name not in names}
    return names


def without_containers(cited: Iterable[str], own: Iterable[str], names: Mapping[str, str]) -> dict[str, str]:
    """Return the clause's own eId for each that is cited with a chapter or book before it: «ماده ۶۳۹ کتاب پنجم».

    `own` are the eIds of a law, `names` the other ways to cite them. Articles carry no chapter, unless they begin anew in each.
    """
    taken = set(own)
    found = {}
    for eid in cited:
        steps = eid.split("__")
        inner = [step for step in steps[:-1] if step.partition("_")[0] not in _containers()] + steps[-1:]
        name = "__".join(inner)
        meant = name if name in taken else names.get(name)
        if len(inner) < len(steps) and meant and eid not in taken and eid not in names:
            found[eid] = meant
    return found


def names_container(eid: str) -> bool:
    """Return whether an eId has a chapter, book or the like before its last step."""
    return any(step.partition("_")[0] in _containers() for step in eid.split("__")[:-1])


@cache
def _containers() -> frozenset[str]:
    """Return the prefixes of units that hold articles; an annex has articles of its own."""
    units = load("units")["unit"].values()
    return frozenset(unit["eid"] for unit in units if unit["rank"] > 3 and unit["eid"] not in ("annex", "table"))


def _shortened(eid: str, _taken: set[str]) -> Iterator[str]:
    """Yield the last step with any of those before it."""
    steps = eid.split("__")
    if len(steps) > _DEEPEST:
        return
    for kept in range(len(steps) - 1):
        for before in combinations(steps[:-1], kept):
            yield "__".join((*before, steps[-1]))


def _respelt(eid: str, taken: set[str]) -> Iterator[str]:
    """Yield a sole clause with and without its number; a جزء called بند."""
    *before, last = eid.split("__")
    prefix, _, number = last.partition("_")
    path = before if len(before) < _DEEPEST else before[-1:]
    variants = []
    if prefix in ("note", "art") and not number:
        variants.append(f"{prefix}_1")
    if prefix == "note" and number == "1" and "__".join([*before, "note_2"]) not in taken:
        variants.append("note")
    if prefix in ("subcl", "indent"):
        variants.append(f"cl_{number}")
    if prefix == "cl":
        variants.append(f"subcl_{number}")
    for variant in variants:
        for kept in range(len(path) + 1):
            for steps in combinations(path, kept):
                yield "__".join((*steps, variant))
