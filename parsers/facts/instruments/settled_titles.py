"""What a document says elsewhere settles what a title means: whose constitution, and where a title ends."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts.instruments.laws_abroad import names_countries
from parsers.grammar.name_tree import NameTree
from parsers.grammar.names import key_of
from parsers.grammar.words_around import keys
from parsers.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.facts.instruments.models import TitleMention
    from parsers.facts.memory import Memory
    from parsers.facts.view import View

_SOME = 2


def settled(mentions: Sequence[TitleMention], view: View, memory: Memory) -> list[TitleMention]:
    """Return the mentions of a section with what its document settles.

    A listed law is another country's where the document names that country's law of the name and never Iran; an unlisted title
    whose end was guessed ends where the same title ends for sure.
    """
    known = memory.state(_Settled)
    known.note(mentions)
    return [known.settle(mention, view, memory) for mention in mentions]


def settled_one(mention: TitleMention, view: View, memory: Memory) -> TitleMention:
    """Return one mention with what its document has settled so far."""
    return memory.state(_Settled).settle(mention, view, memory)


class _Settled:
    """Titles of a document that are certain."""

    def __init__(self) -> None:
        self._sure: dict[str, str] = {}
        self._tree: NameTree[str] | None = None
        self._abroad: dict[str, TitleMention] = {}
        self._countries: dict[int, int] = {}
        self._of_iran: bool | None = None

    def note(self, mentions: Sequence[TitleMention]) -> None:
        """Keep what is certain."""
        for mention in mentions:
            if mention.foreign:
                self._abroad.setdefault(key_of(mention.title.rsplit(" ", 1)[0]), mention)
            elif not mention.listed and mention.certain:
                self._sure[mention.title] = mention.title
                self._tree = None

    def settle(self, mention: TitleMention, view: View, memory: Memory) -> TitleMention:
        """Return the mention as the document settles it."""
        abroad = self._abroad.get(key_of(mention.title)) if mention.listed else None
        if abroad is not None and not self._speaks_of_iran(memory):
            rule, title = "of_country_named", abroad.title
            return replace(mention, title=title, body=None, listed=False, foreign=True, rule=rule, certain=False)
        if mention.listed and key_of(mention.title) in _of_any_country() and self._is_abroad(view, memory):
            return replace(mention, certain=False)
        if not self._sure or mention.certain or mention.listed:
            return mention
        self._tree = self._tree or NameTree(self._sure)
        found = self._tree.longest_at(view.folded, mention.start)
        if found is None:
            return mention
        return replace(mention, end=found.end, title=found.value, rule="title_printed_elsewhere", certain=True)

    def _is_abroad(self, view: View, memory: Memory) -> bool:
        """Return whether the section names other countries and the document never Iran."""
        if self._speaks_of_iran(memory):
            return False
        if id(view) not in self._countries:
            self._countries[id(view)] = names_countries(view)
        return self._countries[id(view)] >= _SOME

    def _speaks_of_iran(self, memory: Memory) -> bool:
        if self._of_iran is None:
            words = load("instruments")["anaphora"]["iran"]
            self._of_iran = any(word in view.folded for view in memory.views for word in words)
        return self._of_iran


@cache
def _of_any_country() -> frozenset[str]:
    return keys(load("instruments")["anaphora"]["of_any_country"])
