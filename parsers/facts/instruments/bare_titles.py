"""Whether an unlisted, unquoted title next to no clause is one: «لایحه حمایت از محیط‌بانان», not «قانون مواجه نیستیم».

Evidence is added up: the word that opens the title, what governs its head, how it ends. The weights are in
`lexicon/titles.toml`; the opening words are learned from the titles of the register.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.facts.instruments.models import after_gap
from parsers.grammar.approval_years import approval_year
from parsers.grammar.blanks import WORD_END
from parsers.grammar.clause_labels import locator_at
from parsers.grammar.instrument_titles import kind_of_head, opening_words, this
from parsers.grammar.names import key_of
from parsers.grammar.title_end import is_sure_end, last_in_title, next_in_title
from parsers.grammar.units import is_unit
from parsers.grammar.verbs import is_adverb, is_light, is_verb
from parsers.grammar.words_around import cue, keys, mentioned, next_word, previous_word, sentence_around
from parsers.lexicon import load

if TYPE_CHECKING:
    from parsers.facts.instruments.models import TitleMention
    from parsers.facts.view import View

_EVIDENCE: dict[str, Any] = load("titles")["evidence"]
_WORDS = expression(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*")
_MOST_WORDS = 12
_SOON = 200


@dataclass(frozen=True, slots=True)
class _Bare:
    """A title with what stands around it; `first` is the word after its head, `before` the one before."""

    view: View
    mention: TitleMention
    head_end: int
    first: str
    before: str

    @property
    def count(self) -> int:
        """How many words it has after its head."""
        return len(_WORDS.findall(self.view.folded, self.head_end, self.mention.end))


def may_be_title(view: View, start: int, head_end: int) -> bool:
    """Return whether a title may follow the head at start..head_end, by the words next to it: cheap, before the title is read.

    «این قانون …» points back, «قانون نتواند …» says something of the law, «قانون گذار» is somebody.
    """
    folded = view.folded
    first = next_in_title(folded, head_end)
    if not first or _of_head(key_of(folded[start:head_end])) < int(_EVIDENCE["least_head"]):
        return False
    key = key_of(first)
    if key in cue("titles.evidence", "not_first") or key in cue("titles.evidence", "compounds"):
        return False
    if is_verb(first) or is_light(first) or is_adverb(first):
        return False
    return not is_determined(folded, start)


def is_determined(folded: str, start: int) -> bool:
    """Return whether the word before a head points back: «این دستورالعمل چند نکته دارد»."""
    return key_of(previous_word(folded, start) or "") in cue("titles.evidence", "determined")


def is_title(view: View, mention: TitleMention, head_end: int) -> bool:
    """Return whether the words of `mention` are a title; its head ends at `head_end`, and a title may follow it."""
    folded = view.folded
    bare = _Bare(view, mention, head_end, next_in_title(folded, head_end), previous_word(folded, mention.start) or "")
    return bool(bare.first) and not _is_no_title(bare) and _weight(bare) >= int(_EVIDENCE["enough"])


def _is_no_title(bare: _Bare) -> bool:
    """Whether what it changes is named, or its only word is the noun of a compound verb."""
    if key_of(bare.first) in cue("titles.evidence", "changes") and _changes_another(bare):
        return True
    following = next_word(bare.view.folded, bare.mention.end)
    return bare.count == 1 and following is not None and (is_light(following[0]) or is_verb(following[0]))


def _changes_another(bare: _Bare) -> bool:
    """«لایحه اصلاح | ماده ۵ قانون …», «طرح اصلاح موادی | از قانون …»: what it changes is named, it is not."""
    folded, last = bare.view.folded, last_in_title(bare.view.folded, bare.mention.end)
    part = key_of(last) in cue("titles.evidence", "parts")
    following = next_in_title(folded, bare.mention.end)
    added = following in load("instruments")["title"]["counts"]
    another = added or kind_of_head(following) is not None or locator_at(folded, after_gap(folded, bare.mention.end)) is not None
    return part or (bare.count <= 2 and (another or is_unit(following)))


def _weight(bare: _Bare) -> int:
    weights: dict[str, int] = _EVIDENCE["weights"]
    view, mention, key = bare.view, bare.mention, key_of(bare.first)
    of_body = mention.kind == "statute" and key in _bodies()
    seen = {
        "opening": not of_body and (key in opening_words(mention.kind) or key in cue("titles.evidence", "opening")),
        "governed": key_of(bare.before) in cue("titles.evidence", "governors"),
        "sure_end": is_sure_end(view.folded, mention.end),
        "year": approval_year(view.folded, mention.end) is not None,
        "parliament": mention.kind == "bill_or_plan" and _in_parliament(bare),
        "of_body": of_body,
        "acted": key_of(next_in_title(view.folded, mention.end)) in cue("titles.evidence", "acted"),
        "referred": mention.kind == "bill_or_plan" and _is_referred_to(bare),
        "one_word": bare.count == 1,
        "long": bare.count > _MOST_WORDS,
    }
    head = key_of(view.folded[mention.start : bare.head_end])
    return _of_head(head) + sum(weights[name] for name, holds in seen.items() if holds)


@cache
def _heads() -> dict[str, int]:
    return {key_of(head): weight for head, weight in _EVIDENCE["heads"].items()}


def _of_head(head: str) -> int:
    return _heads().get(head, int(_EVIDENCE["other_heads"]))


@cache
def _bodies() -> frozenset[str]:
    return keys(_EVIDENCE["bodies"])


def _in_parliament(bare: _Bare) -> bool:
    """Return whether the sentence speaks of a parliament."""
    folded = bare.view.folded
    low, high = sentence_around(folded, bare.mention.start, bare.mention.end)
    return mentioned(folded, low, high, "titles.evidence", "parliament")


def _is_referred_to(bare: _Bare) -> bool:
    """Return whether «این طرح» follows soon."""
    folded, low = bare.view.folded, bare.mention.end
    head = re.escape(folded[bare.mention.start : bare.head_end])
    return re.compile(f"{this().pattern}{head}{WORD_END}").search(folded, low, low + _SOON) is not None
