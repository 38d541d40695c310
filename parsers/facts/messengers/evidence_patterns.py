"""The patterns of evidence that all ambiguous names share, compiled from `lexicon/messenger_cues.toml`."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.joints import AND, COMMA
from parsers.grammar.spellings import WORD, phrases
from parsers.lexicon import load, require, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from parsers.facts.messengers.contexts import NameContext

FILE = "messenger_cues"
WHERE = f"{FILE}.toml"
# A class is found faster than a boundary; contexts begin with a blank, so that the first word has one before it too.
START = r"[\W_]"
END = rf"(?!{WORD})"


class LazyPattern:
    """A regular expression that is compiled when it is first asked: most names never come up, and theirs are long."""

    __slots__ = ("_compiled", "_write")

    def __init__(self, write: Callable[[], str]) -> None:
        self._write = write
        self._compiled: re.Pattern[str] | None = None

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """Return what `re.search` finds from `at` on."""
        if self._compiled is None:
            written = self._write()
            self._compiled = expression(written)
        return self._compiled.search(text, at)


class GoverningNouns:
    """Nouns that govern a name after them: «پیام‌رسان | بله», «شبکه‌های اجتماعی مانند | بله», «پیام‌رسان‌ها: | بله»."""

    __slots__ = ("_many", "_pattern")

    def __init__(self, nouns: Iterable[str], patterns: EvidencePatterns) -> None:
        known = tuple(nouns)
        self._many = patterns.many
        self._pattern = LazyPattern(lambda: rf"{START}(?P<noun>{phrases(known)}){patterns.to_name}" if known else "(?!)")

    def search(self, before: str) -> re.Match[str] | None:
        """Return the noun that governs the name after `before`; a colon or bracket may follow many of them only."""
        found = self._pattern.search(before)
        while found is not None and not self._holds(found):
            found = self._pattern.search(before, found.start() + 1)
        return found

    def _holds(self, found: re.Match[str]) -> bool:
        if found["opens_list"] is None:
            return found["listed"] is None or found["link"] is not None
        many = found["listed"] or (found["plural"] or "").startswith(self._many) or f"{self._many} " in found["noun"]
        return bool(many)

    def is_plural(self, found: re.Match[str]) -> bool:
        """Return whether many are spoken of: «شبکه‌های اجتماعی»."""
        return bool(found["plural"]) or found["noun"].split()[0].endswith(self._many)


class EvidencePatterns:
    """What all names share: endings, adjectives, links, quotes, prepositions and the words that leave a name bare."""

    def __init__(self, table: Mapping[str, Any]) -> None:
        self.quotes = re.escape(require(table, "quotes", str, WHERE))
        self.domain = words(table, "domain", WHERE)
        self.endings = f"(?:\u200c?{_any(table, 'endings')})?"
        self.opening = rf"[\s{self.quotes}#]*$"
        self.closing = rf"^[\s{self.quotes}]*"
        verbs = table["verbs"]
        self._present = rf"(?:{'|'.join(verbs['present'])})"
        self._verb = rf"(?:{_any(table, 'light_verbs')}){END}"
        self.many = require(table["lists"], "many", str, WHERE)
        self.to_name = self._between_noun_and_name(table)
        preposition = _any(table, "prepositions")
        self.preposition = expression(START + preposition + self.opening)
        self.no_noun = expression(rf"(?:^|[^\w\s]|{START}(?:{preposition}|{_any(table, 'no_noun')}))\s*$")
        self.counted = expression(rf"{self.closing}(?:[\w\u200c]+[ ]+){{0,5}}{_any(table, 'counted')}{END}")
        self.bare = expression(self._no_modifier(table, verbs))
        self.peer = expression(rf"{START}{_any(table, 'peers')}{END}\s*(?:{COMMA}|{_any(table['answers'], 'and')})\s+$")
        self.predicate = expression(self._said_of_platforms(table))
        self._actions = [(self.previous([word]), self.next(deeds)) for word, deeds in table["actions"].items()]
        self._and = expression(rf"\s+{AND}\s")
        self._and_trade = expression(rf"\s+{AND}\s+(?:{_any(table['lists'], 'others')} )?{phrases(self.domain)}")

    def acted_on(self, at: NameContext) -> bool:
        """Return whether somebody does with the name what one does with platforms: «به شاد مراجعه کنند»."""
        return any(before.search(at.near) and after.search(at.after) for before, after in self._actions)

    def another_adjective(self, at: NameContext) -> bool:
        """Return whether «و» follows with something that is not of the domain."""
        return bool(self._and.match(at.after)) and not self._and_trade.match(at.after)

    def vocabulary(self, known: Iterable[str]) -> LazyPattern:
        """Return what matches any of the words with any ending."""
        found = tuple(known)
        return LazyPattern(lambda: rf"{START}{phrases(found)}{self.endings}{END}")

    def previous(self, known: Iterable[str]) -> LazyPattern:
        """Return what matches at the end of `before` where one of the words stands directly before the name."""
        found = tuple(known)
        return LazyPattern(lambda: rf"{START}{phrases(found)}(?:[ \u200c]|[\s{self.quotes}:])+$")

    def next(self, known: Iterable[str]) -> LazyPattern:
        """Return what matches at the start of `after` where one of the words stands directly after the name."""
        found = tuple(known)
        return LazyPattern(lambda: rf"^[\s\u200c{self.quotes}]*{phrases(found)}{END}")

    def _between_noun_and_name(self, table: Mapping[str, Any]) -> str:
        """«پیام‌رسان | محبوب ایرانی | بله», «شبکه | های | اجتماعی مانند | بله», «پیام‌رسان | ها: | بله»."""
        no_adjectives = "|".join(table["no_adjectives"])
        ending = table["verbs"]["adjective_ending"]
        adjective = rf"(?:{_any(table, 'adjectives')}|(?!{no_adjectives}){WORD}+(?:\u200c{WORD}+)*{ending})"
        return rf"""(?x:
            (?: \u200c? (?: (?P<plural>{_any(table, "plurals")}) | (?P<listed>{_any(table["lists"], "plural")}) ) )?
            {END} (?: [ ]+{adjective}{END} ){{0,3}}
            (?: (?P<link> \s*،?\s+{_any(table, "links")}[\s:{self.quotes}]*$ )
              | [\s{self.quotes}\#]*$
              | (?P<opens_list> \s*[(:][\s{self.quotes}]*$ ) ) )"""

    def _no_modifier(self, table: Mapping[str, Any], verbs: Mapping[str, Any]) -> str:
        """Return what follows a name that nothing modifies: punctuation, a closed class, a verb, a compound verb."""
        past = rf"{WORD}+(?:{'|'.join(verbs['past_stems'])})(?:{'|'.join(verbs['past_persons'])})"
        present = rf"{self._present}[ \u200c]?{WORD}+"
        nouns = rf"(?:(?<!{verbs['adjective_ending']})|{'|'.join(f'(?<={ending})' for ending in verbs['noun_endings'])})"
        compound = rf"{WORD}+(?:\u200c{WORD}+)*{nouns}[ ]+(?:{self._verb}|{self._present}[ \u200c]{WORD})"
        return rf"^\s*(?:$|[^\w\s#]|(?:{_any(table, 'bare')}|{past}|{present}){END}|{compound})"

    def _said_of_platforms(self, table: Mapping[str, Any]) -> str:
        """«فیلتر شد», «در روسیه مسدود می‌شود»."""
        return (
            rf"{self.closing}(?:{_any(table, 'fillers')} +(?:{WORD}+[ \u200c]+)?){{0,2}}"
            rf"{_any(table, 'predicates')}{END}(?:[ ]+{WORD}+)?[ ]+(?:{self._verb}|{self._present}[ \u200c]?{WORD})"
        )


def _any(table: Mapping[str, Any], key: str) -> str:
    return phrases(words(table, key, WHERE))


@cache
def evidence_patterns() -> EvidencePatterns:
    """Return the patterns, compiled once. Raises LexiconError where a list is missing."""
    return EvidencePatterns(load(FILE))
