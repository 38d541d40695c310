"""Messengers and social networks named in a document, ambiguous names on evidence only.

«بله», «گپ», «سروش», «شاد», «لاین» … are ordinary words. Each occurrence is looked at in its sentence
(parsers.facts.messengers.decision); what was accepted carries over to its neighbours in a list, and at last to the rest of the
document. The rules are in lexicon/rules_messengers.toml.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.messengers.candidates import NameCandidate
from parsers.facts.messengers.contexts import context_of
from parsers.facts.messengers.decision import decide
from parsers.facts.messengers.evidence import homographs
from parsers.facts.messengers.names import messengers, names
from parsers.facts.rules import rules
from parsers.grammar.spellings import key_of, plain
from parsers.models import Mention

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Sequence

    from parsers.facts.view import View
    from parsers.grammar.spellings import Plain

_ADDRESS_BEFORE = expression(r"[A-Za-z0-9@._/:%?=&#~+-]*$")
_ADDRESS_AFTER = expression(r"[A-Za-z0-9@._/:%?=&#~+-]*")
_ADDRESS = expression(r"://|@|www\.|[A-Za-z0-9]\.[a-z]{2,}|/.+/")
_FAR = 200


def find_messengers(views: Sequence[View]) -> list[list[Mention]]:
    """Return the messengers named in each section of one document, in order. App stores are context and not reported."""
    texts = [plain(view.folded) for view in views]
    candidates = [found for number, text in enumerate(texts) for found in _candidates(number, text.text)]
    found: list[list[Mention]] = [[] for _ in views]
    if candidates:
        decide(candidates)
    for candidate in candidates:
        if candidate.rule and messengers()[candidate.slug].kind != "appstore":
            place = candidate.section
            found[place].append(_mention(candidate, views[place], texts[place]))
    return found


def _mention(candidate: NameCandidate, view: View, text: Plain) -> Mention:
    start, end = text.span(candidate.start, candidate.end)
    rule = candidate.rule or ""
    certain = rules("messengers")[rule].certain
    return Mention(start, end, view.text[start:end], candidate.slug, rule, view.section, certain=certain)


def _candidates(section: int, text: str) -> Iterator[NameCandidate]:
    known = names()
    for match in known.scanner.finditer(f" {text}"):
        start, end = match.start(), match.end() - 1
        spelling = key_of(text[start:end])
        sure = spelling in known.sure
        if not (sure or _stands_alone(text, start, end, known.whole)) or _in_address(text, start, end):
            continue
        homograph = homographs().get(spelling) if sure else None
        if homograph is None or not homograph.is_other_words(context_of(text, start, end)):
            yield NameCandidate(section, start, end, known.slugs[spelling], sure, text)


def _stands_alone(text: str, start: int, end: int, whole: re.Pattern[str]) -> bool:
    """Return whether nothing is tied to it: «ضد‌تلگرام» names a messenger, «آن‌لاین» and «شادی» do not."""
    tied = start > 1 and text[start - 1] == "\u200c" and text[start - 2].isalnum()
    return not tied and whole.match(text, end) is not None


def _in_address(text: str, start: int, end: int) -> bool:
    """Return whether it is part of a URL, a handle or an e-mail address: a link, not a mention."""
    before = text[max(0, start - _FAR) : start]
    if not text[start].isascii():
        return "://" in before and not before[-1].isspace() and "://" in before.split()[-1]
    left, right = _ADDRESS_BEFORE.search(before), _ADDRESS_AFTER.match(text, end, end + _FAR)
    token = f"{left.group() if left else ''}{text[start:end]}{right.group() if right else ''}"
    return bool(_ADDRESS.search(token.strip(".:/?")))
