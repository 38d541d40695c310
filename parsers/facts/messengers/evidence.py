"""Evidence for and against each ambiguous name, compiled from `lexicon/messenger_cues.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.facts.messengers.evidence_patterns import FILE, WHERE, GoverningNouns, LazyPattern, evidence_patterns
from parsers.grammar.spellings import spellings
from parsers.lexicon import known_keys, load, optional, require, words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.facts.messengers.contexts import NameContext

_NAME_KEYS = {
    "governors", "nouns", "bare", "alone", "adjective", "unmodified", "subject", "rare", "exclusive", "answer", "domain",
    "domain_only", "veto", "doubt", "acts",
}  # fmt: skip


class NameEvidence:
    """What speaks for and against one ambiguous name. Every question is about one context of that name."""

    def __init__(self, name: str, table: Mapping[str, Any], nouns: Mapping[str, tuple[str, ...]], app: GoverningNouns) -> None:
        where, shared = f"{WHERE}: names.{name}", evidence_patterns()
        known_keys(table, _NAME_KEYS, where)
        groups = {group: _group(nouns, group, where) for group in words(table, "governors", where)}
        groups["nouns"] = words(table, "nouns", where)
        bare = set(words(table, "bare", where))
        known_keys(dict.fromkeys(bare), set(groups), f"{where}: bare")
        veto, doubt = (optional(table, key, dict[str, Any](), where) for key in ("veto", "doubt"))
        self._shared = shared
        self._app = app
        self._free = GoverningNouns((w for group, found in groups.items() if group not in bare for w in found), shared)
        self._strict = GoverningNouns((w for group, found in groups.items() if group in bare for w in found), shared)
        self._alone = shared.previous(words(table, "alone", where))
        own = words(table, "domain_only", where)
        self._domain = shared.vocabulary(own or (*shared.domain, *words(table, "domain", where)))
        self._veto_next = shared.next(words(veto, "next", where))
        self._veto_previous = shared.previous(words(veto, "previous", where))
        self._doubt_next = shared.next(words(doubt, "next", where))
        self._doubt_previous = shared.previous(words(doubt, "previous", where))
        self._doubt_sentence = shared.vocabulary(words(doubt, "sentence", where))
        self._adjective = optional(table, "adjective", False, where)
        self.unmodified = optional(table, "unmodified", False, where)
        self.exclusive = optional(table, "exclusive", False, where)
        self.rare = optional(table, "rare", False, where)
        self.subject = optional(table, "subject", False, where)
        self._acts = optional(table, "acts", False, where)
        self.answers = optional(table, "answer", False, where)
        known_keys(veto, {"next", "previous"}, f"{where}: veto")
        known_keys(doubt, {"next", "previous", "sentence"}, f"{where}: doubt")

    def vetoed(self, at: NameContext) -> bool:
        """Return whether a neighbouring word makes it something else, whatever else is said."""
        return bool(self._veto_next.search(at.after) or self._veto_previous.search(at.near))

    def named_by_app(self, at: NameContext) -> bool:
        """Return whether a noun that only platforms have stands before it: «پیام‌رسان», «اپلیکیشن» …"""
        match = self._app.search(at.near)
        return match is not None and not (self._adjective and self._app.is_plural(match))

    def governed(self, at: NameContext) -> bool:
        """Return whether another noun of its groups stands before it."""
        before = at.near
        if self._free.search(before):
            return True
        match = self._strict.search(before)
        return match is not None and self.is_bare(at) and not (self._adjective and self._strict.is_plural(match))

    def out_of_place(self, at: NameContext) -> bool:
        """Return whether the sentence is about something else."""
        return bool(self._doubt_sentence.search(at.sentence))

    def doubted(self, at: NameContext) -> bool:
        """Return whether a neighbouring word speaks against it."""
        return bool(self._doubt_next.search(at.after) or self._doubt_previous.search(at.near))

    def is_bare(self, at: NameContext) -> bool:
        """Return whether nothing modifies the name: closed classes, verbs or punctuation follow it."""
        if self._adjective and self._shared.another_adjective(at) and not self.preposition_suffices(at):
            return False
        return self.unmodified or bool(self._shared.bare.search(at.after))

    def opens_as_noun(self, at: NameContext) -> bool:
        """Return whether what is otherwise an adjective opens the sentence, where none stands."""
        return self._adjective and not at.before.strip() and not self._shared.another_adjective(at)

    def may_stand(self, at: NameContext) -> bool:
        """Return whether nothing here speaks against a sense that the document has settled."""
        if self.out_of_place(at) or not self.is_bare(at):
            return False
        return not self._adjective or bool(self._shared.no_noun.search(at.near))

    def in_domain(self, at: NameContext) -> bool:
        """Return whether its sentence speaks of messengers."""
        return "@" in at.sentence or bool(self._domain.search(at.sentence))

    def after_preposition(self, at: NameContext) -> bool:
        """Return whether any preposition stands before it."""
        return bool(self._shared.preposition.search(at.near))

    def preposition_suffices(self, at: NameContext) -> bool:
        """Return whether one stands before it that its ordinary sense does not take."""
        return bool(self._alone.search(at.near))

    def acted_on(self, at: NameContext) -> bool:
        """Return whether somebody does with it what one does with platforms: «به شاد مراجعه کنند»."""
        return self._acts and self._shared.acted_on(at)

    def no_adjective_here(self, at: NameContext) -> bool:
        """Return whether what is otherwise an adjective stands where none can, «در شاد کلاس دارند», in its domain."""
        return self._adjective and self.in_domain(at) and not self._shared.another_adjective(at)

    def beside_peer(self, at: NameContext) -> bool:
        """Return whether it is coordinated with a firm of the trade: «یاهو و لاین»."""
        return self._shared.peer.search(at.near) is not None and self.is_bare(at)

    def has_predicate(self, at: NameContext) -> bool:
        """Return whether what follows is said of platforms only: «فیلتر شد», «میلیون کاربر» …"""
        return bool(self._shared.predicate.search(at.after) or self._shared.counted.search(at.after))


def _group(nouns: Mapping[str, tuple[str, ...]], group: str, where: str) -> tuple[str, ...]:
    known_keys({group: None}, set(nouns), f"{where}: governors")
    return nouns[group]


@cache
def name_evidence() -> dict[str, NameEvidence]:
    """Return the evidence of every ambiguous name, by slug. Raises LexiconError for an entry that does not hold."""
    table = load(FILE)
    nouns = {group: words(table["nouns"], group, f"{WHERE}: nouns") for group in require(table, "nouns", dict, WHERE)}
    app = GoverningNouns(nouns["app"], evidence_patterns())
    return {name: NameEvidence(name, own, nouns, app) for name, own in require(table, "names", dict, WHERE).items()}


@dataclass(frozen=True, slots=True)
class Homograph:
    """Neighbours that turn a distinct spelling into other words: «وی چت می‌کند»."""

    next: LazyPattern
    previous: LazyPattern

    def is_other_words(self, at: NameContext) -> bool:
        """Return whether it is something else here."""
        return bool(self.next.search(at.after) or self.previous.search(at.near))


@cache
def homographs() -> dict[str, Homograph]:
    """Return, by spelling, the distinct names that need a look at their neighbours."""
    table, shared = load(FILE), evidence_patterns()
    found: dict[str, Homograph] = {}
    for number, entry in enumerate(require(table, "homographs", list, WHERE)):
        where = f"{WHERE}: homographs[{number}]"
        known_keys(entry, {"alias", "next", "previous"}, where)
        homograph = Homograph(shared.next(words(entry, "next", where)), shared.previous(words(entry, "previous", where)))
        found |= dict.fromkeys(spellings(require(entry, "alias", str, where)), homograph)
    return found
