"""Evidence for and against ambiguous names, compiled from messenger_cues.toml.

A `Place` is one occurrence with what stands around it in its sentence; a `Cues` answers questions about a place for one
name. Contexts are cut to a window, so that a judgement costs the same in any text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.grammar.spellings import WORD, phrases, spellings
from parsers.lexicon import known_keys, load, optional, require, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_FILE = "messenger_cues"
_WHERE = f"{_FILE}.toml"
_WINDOW = 300
_NEAR = 90
_SENTENCE_END = re.compile(r"[.!؟?؛\n](?!(?<=\.)\w)")
# A class is found faster than a boundary; contexts begin with a blank, so that the first word has one before it too.
_START = r"[\W_]"
_END = rf"(?!{WORD})"
_NAME_KEYS = {
    "governors", "nouns", "bare", "alone", "adjective", "unmodified", "subject", "rare", "exclusive", "answer", "domain",
    "domain_only", "veto", "doubt",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A name in its sentence: `before` and `after` are the sentence's parts around it, underscores read as blanks."""

    before: str
    after: str

    @property
    def near(self) -> str:
        """The words right before the name."""
        return self.before[-_NEAR:]

    @property
    def sentence(self) -> str:
        """The sentence without the name."""
        return f"{self.before} \n {self.after}"


def place(text: str, start: int, end: int) -> Place:
    """The surroundings of text[start:end] within its sentence."""
    before = text[max(0, start - _WINDOW) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    after = text[end : end + _WINDOW]
    stop = _SENTENCE_END.search(after)
    return Place(
        " " + before[ends[-1] if ends else 0 :].replace("_", " "),
        (after[: stop.end()] if stop else after).replace("_", " "),
    )


class Late:
    """A regular expression that is compiled when it is first asked: most names never come up, and theirs are long."""

    __slots__ = ("_made", "_write")

    def __init__(self, write: Callable[[], str]) -> None:
        self._write = write
        self._made: re.Pattern[str] | None = None

    def search(self, text: str) -> re.Match[str] | None:
        """What `re.search` finds."""
        if self._made is None:
            self._made = re.compile(self._write())
        return self._made.search(text)


class Grammar:
    """What all names share: endings, adjectives, links, quotes, prepositions and the words that leave a name bare."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.plurals = f"(?:\u200c?{phrases(words(table, 'plurals', _WHERE))})?"
        self.endings = f"(?:\u200c?{phrases(words(table, 'endings', _WHERE))})?"
        self.quotes = re.escape(require(table, "quotes", str, _WHERE))
        adjective = rf"(?:{phrases(words(table, 'adjectives', _WHERE))}|(?!برای|روی|سوی|طی|یعنی){WORD}+(?:\u200c{WORD}+)*ی)"
        links = phrases(words(table, "links", _WHERE))
        adjectives = rf"{_END}(?: +{adjective}{_END}){{0,3}}"
        led = rf"\s*،?\s+{links}[\s:{self.quotes}]*$"
        self.ezafe = rf"(?P<plural>{self.plurals}){adjectives}(?:{led}|[\s{self.quotes}#]*$)"
        self.listing = rf"{adjectives}(?:{led}|\s*[(:][\s{self.quotes}]*$)"
        self.opening = rf"[\s{self.quotes}#]*$"
        self.closing = rf"^[\s{self.quotes}]*"
        preposition = phrases(words(table, "prepositions", _WHERE))
        self.preposition = re.compile(_START + preposition + self.opening)
        self.no_noun = re.compile(rf"(?:^|[^\w\s]|{_START}(?:{preposition}|و|که|را|یا|گفت|گفته|افزود|اینکه|آیا))\s*$")
        bare = phrases(words(table, "bare", _WHERE))
        verb = rf"(?:{phrases(words(table, 'light_verbs', _WHERE))}){_END}"
        compound = rf"{WORD}+(?:\u200c{WORD}+)*(?:(?<!ی)|(?<=گاری|ذاری|دازی|سازی|گیری|یابی))[ ]+(?:{verb}|ن?می[ \u200c]{WORD})"
        counted = phrases(words(table, "counted", _WHERE))
        self.counted = re.compile(rf"{self.closing}(?:[\w\u200c]+[ ]+){{0,5}}{counted}{_END}")
        past = rf"{WORD}+(?:ید|رد|ست|فت|خت|شت|ند|اد)(?:یم|ند)"
        self.bare = re.compile(rf"^\s*(?:$|[^\w\s#]|(?:{bare}|{past}|ن?می[ \u200c]?{WORD}+){_END}|{compound})")
        self.peer = re.compile(rf"{_START}{phrases(words(table, 'peers', _WHERE))}{_END}\s*(?:،|و|یا)\s+$")
        self._and = re.compile(r"\s+و\s")
        self._and_trade = re.compile(rf"\s+و\s+(?:سایر |دیگر |این |آن )?{phrases(words(table, 'domain', _WHERE))}")
        self.domain = words(table, "domain", _WHERE)
        filler = phrases(words(table, "fillers", _WHERE))
        self.predicate = re.compile(
            rf"{self.closing}(?:{filler} +(?:{WORD}+[ \u200c]+)?){{0,2}}"
            rf"{phrases(words(table, 'predicates', _WHERE))}{_END}(?:[ ]+{WORD}+)?[ ]+(?:{verb}|ن?می[ \u200c]?{WORD})"
        )

    def another_adjective(self, at: Place) -> bool:
        """Whether «و» follows with something that is not of the domain."""
        return bool(self._and.match(at.after)) and not self._and_trade.match(at.after)

    def noun_before(self, nouns: Iterable[str]) -> Late:
        """Matches at the end of `before` where one of the nouns governs the name; group `plural` says whether many."""
        nouns = tuple(nouns)

        def write() -> str:
            many = "|".join([rf"{phrases(nouns)}\u200c?های?", *(phrases([noun]) for noun in nouns if "های " in noun)])
            return rf"{_START}(?:{phrases(nouns)}{self.ezafe}|(?:{many}){self.listing})"

        return Late(write)

    def vocabulary(self, known: Iterable[str]) -> Late:
        """Matches any of the words with any ending."""
        found = tuple(known)
        return Late(lambda: rf"{_START}{phrases(found)}{self.endings}{_END}")

    def previous(self, known: Iterable[str]) -> Late:
        """Matches at the end of `before` where one of the words stands directly before the name."""
        found = tuple(known)
        return Late(lambda: rf"{_START}{phrases(found)}(?:[ \u200c]|[\s{self.quotes}:])+$")

    def next(self, known: Iterable[str]) -> Late:
        """Matches at the start of `after` where one of the words stands directly behind the name."""
        found = tuple(known)
        return Late(lambda: rf"^[\s\u200c{self.quotes}]*{phrases(found)}{_END}")


class Cues:
    """What speaks for and against one ambiguous name. Every question is about a `Place` of that name."""

    def __init__(
        self, name: str, table: Mapping[str, Any], nouns: Mapping[str, tuple[str, ...]], app: Late, grammar: Grammar
    ) -> None:
        where = f"{_WHERE}: names.{name}"
        known_keys(table, _NAME_KEYS, where)
        groups = {group: _group(nouns, group, where) for group in words(table, "governors", where)}
        groups["nouns"] = words(table, "nouns", where)
        bare = set(words(table, "bare", where))
        known_keys(dict.fromkeys(bare), set(groups), f"{where}: bare")
        veto, doubt = (optional(table, key, dict[str, Any](), where) for key in ("veto", "doubt"))
        self._grammar = grammar
        self._app = app
        self._free = grammar.noun_before(w for group, found in groups.items() if group not in bare for w in found)
        self._strict = grammar.noun_before(w for group, found in groups.items() if group in bare for w in found)
        self._alone = grammar.previous(words(table, "alone", where))
        own = words(table, "domain_only", where)
        self._domain = grammar.vocabulary(own or (*grammar.domain, *words(table, "domain", where)))
        self._veto_next = grammar.next(words(veto, "next", where))
        self._veto_previous = grammar.previous(words(veto, "previous", where))
        self._doubt_next = grammar.next(words(doubt, "next", where))
        self._doubt_previous = grammar.previous(words(doubt, "previous", where))
        self._doubt_sentence = grammar.vocabulary(words(doubt, "sentence", where))
        self._adjective = optional(table, "adjective", False, where)
        self.unmodified = optional(table, "unmodified", False, where)
        self.exclusive = optional(table, "exclusive", False, where)
        self.rare = optional(table, "rare", False, where)
        self.subject = optional(table, "subject", False, where)
        self.answers = optional(table, "answer", False, where)
        known_keys(veto, {"next", "previous"}, f"{where}: veto")
        known_keys(doubt, {"next", "previous", "sentence"}, f"{where}: doubt")

    def vetoed(self, at: Place) -> bool:
        """Whether a neighbouring word makes it something else, whatever else is said."""
        return bool(self._veto_next.search(at.after) or self._veto_previous.search(at.near))

    def named_by_app(self, at: Place) -> bool:
        """Whether a noun that only platforms have stands before it: «پیام‌رسان», «اپلیکیشن» …"""
        match = self._app.search(at.near)
        return match is not None and not (self._adjective and _is_plural(match))

    def governed(self, at: Place) -> bool:
        """Whether another noun of its groups stands before it."""
        before = at.near
        if self._free.search(before):
            return True
        match = self._strict.search(before)
        return match is not None and self.is_bare(at) and not (self._adjective and _is_plural(match))

    def out_of_place(self, at: Place) -> bool:
        """Whether the sentence is about something else."""
        return bool(self._doubt_sentence.search(at.sentence))

    def doubted(self, at: Place) -> bool:
        """Whether a neighbouring word speaks against it."""
        return bool(self._doubt_next.search(at.after) or self._doubt_previous.search(at.near))

    def is_bare(self, at: Place) -> bool:
        """Whether nothing modifies the name: closed classes, verbs or punctuation follow it."""
        if self._adjective and self._grammar.another_adjective(at) and not self.preposition_suffices(at):
            return False
        return self.unmodified or bool(self._grammar.bare.search(at.after))

    def opens_as_noun(self, at: Place) -> bool:
        """Whether what is otherwise an adjective opens the sentence, where none stands."""
        return self._adjective and not at.before.strip() and not self._grammar.another_adjective(at)

    def may_stand(self, at: Place) -> bool:
        """Whether nothing here speaks against a sense that the document has settled."""
        if self.out_of_place(at) or not self.is_bare(at):
            return False
        return not self._adjective or bool(self._grammar.no_noun.search(at.near))

    def in_domain(self, at: Place) -> bool:
        """Whether its sentence speaks of messengers."""
        return "@" in at.sentence or bool(self._domain.search(at.sentence))

    def after_preposition(self, at: Place) -> bool:
        """Whether any preposition stands before it."""
        return bool(self._grammar.preposition.search(at.near))

    def preposition_suffices(self, at: Place) -> bool:
        """Whether one stands before it that its ordinary sense does not take."""
        return bool(self._alone.search(at.near))

    def no_adjective_here(self, at: Place) -> bool:
        """Whether what is otherwise an adjective stands where none can, «در شاد کلاس دارند», and its trade is spoken of."""
        return self._adjective and self.in_domain(at) and not self._grammar.another_adjective(at)

    def beside_peer(self, at: Place) -> bool:
        """Whether it is coordinated with a firm of the trade: «یاهو و لاین»."""
        return self._grammar.peer.search(at.near) is not None and self.is_bare(at)

    def has_predicate(self, at: Place) -> bool:
        """Whether what follows is said of platforms only: «فیلتر شد», «میلیون کاربر» …"""
        return bool(self._grammar.predicate.search(at.after) or self._grammar.counted.search(at.after))


def _is_plural(match: re.Match[str]) -> bool:
    return bool(match["plural"]) or match.group().lstrip().split()[0].endswith("های")


def _group(nouns: Mapping[str, tuple[str, ...]], group: str, where: str) -> tuple[str, ...]:
    known_keys({group: None}, set(nouns), f"{where}: governors")
    return nouns[group]


@cache
def cues() -> dict[str, Cues]:
    """The cues of every ambiguous name, by slug."""
    table = load(_FILE)
    nouns = {group: words(table["nouns"], group, f"{_WHERE}: nouns") for group in require(table, "nouns", dict, _WHERE)}
    grammar = Grammar(table)
    app = grammar.noun_before(nouns["app"])
    return {name: Cues(name, own, nouns, app, grammar) for name, own in require(table, "names", dict, _WHERE).items()}


@dataclass(frozen=True, slots=True)
class Chance:
    """Neighbours that turn a distinct spelling into something else: «وی چت می‌کند»."""

    next: Late
    previous: Late

    def holds(self, at: Place) -> bool:
        """Whether it is something else here."""
        return bool(self.next.search(at.after) or self.previous.search(at.near))


@cache
def chances() -> dict[str, Chance]:
    """By spelling, the distinct names that need a look at their neighbours."""
    table = load(_FILE)
    grammar = Grammar(table)
    found: dict[str, Chance] = {}
    for number, entry in enumerate(require(table, "chance", list, _WHERE)):
        where = f"{_WHERE}: chance[{number}]"
        known_keys(entry, {"alias", "next", "previous"}, where)
        chance = Chance(grammar.next(words(entry, "next", where)), grammar.previous(words(entry, "previous", where)))
        found |= dict.fromkeys(spellings(require(entry, "alias", str, where)), chance)
    return found
