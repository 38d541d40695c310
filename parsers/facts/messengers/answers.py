"""Names that answer, «آیا …؟ بله، …», and the same names where they answer nobody."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts.messengers.names import messengers
from parsers.grammar.joints import AND
from parsers.grammar.spellings import WORD, phrases
from parsers.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Sequence

    from parsers.facts.messengers.candidates import NameCandidate

# Somebody asked, and not for names: «آیا …؟», «در پاسخ به …»; «کدام پیام‌رسان‌ها …؟» may well be answered by a list.
_QUESTION = expression(r"[؟?][\s»”\"–—-]*$")
_ANSWER = expression(r"(?:^|[:؟?!–-]|^[«“\"]|[:؟?]\s*[«“\"])\s*$")
_JOINED = expression(rf"»? {AND} ")
_BEFORE = 160


def is_answer(candidate: NameCandidate) -> bool:
    """Return whether «بله» answers: at the start of a sentence or of speech, and neither preposition nor joint after it."""
    if not candidate.evidence.answers or not _ANSWER.search(candidate.at.before):
        return False
    return not _joint_after().match(candidate.at.after)


def opens_statement(one: NameCandidate) -> bool:
    """Return whether a settled name opens a sentence, «بله برای کودکان نسخه‌ای دارد.»: no question before, no pause after."""
    before = one.text[max(0, one.start - 20) : one.start].rstrip(' \n«"')
    pause = re.match(r"\s*(?:$|[^\w\s])", one.at.after)
    doubted = one.evidence.doubted(one.at) or before.endswith(("؟", "?", ":", "–", "-"))
    return not (doubted or pause or starts_adverb(one.at.after))


def answers_to_nobody(one: NameCandidate, members: Sequence[NameCandidate]) -> bool:
    """Return whether «بله» is a name in a list: «بله، ایتا و سروش …» if nobody asked; «بله، تلگرام …» answers a question."""
    if one.introduced:
        return True
    if one is members[0] and not is_joined(one) and _was_asked(one):
        return False
    if one.quoted != members[-1].quoted:
        return one is not members[0]
    if is_joined(one):
        return True
    others = [member for member in members if member.slug != one.slug]
    domestic = all(messengers()[member.slug].domestic for member in others)
    return one is not members[0] or (len(others) > 1 and domestic)


def is_joined(one: NameCandidate) -> bool:
    """Return whether «و» follows in a sentence about messengers, «وزیر گفت: بله و ایتا …»: an answer has a pause after it."""
    return not one.sure and one.evidence.answers and _JOINED.match(one.at.after) is not None and one.evidence.in_domain(one.at)


def starts_adverb(after: str) -> bool:
    """Return whether an adverb of the answer follows: «بله | در این باره …», not «بله | در میان پیام‌رسان‌ها …»."""
    return _adverb().match(after) is not None


def _was_asked(one: NameCandidate) -> bool:
    """Return whether a question that yes or no answers stands before, or its sentence says that it is an answer."""
    earlier = one.text[max(0, one.start - _BEFORE) : one.start]
    sentence = one.at.before
    question = earlier[: len(earlier) - len(sentence.lstrip())] if len(sentence) <= len(earlier) else ""
    if _QUESTION.search(question.rstrip()):
        asked = re.split(r"[.!؟?\n]", question.rstrip(' \n»”"؟?–—-'))[-1]
        return not _word("which").search(asked)
    return bool(_word("asked").search(sentence)) and not _word("which").search(sentence)


@cache
def _word(name: str) -> re.Pattern[str]:
    return expression(rf"(?<!{WORD}){_answers(name)}(?!{WORD})")


@cache
def _joint_after() -> re.Pattern[str]:
    return expression(rf"[\s»”\"]+{_answers('not_after')}\s")


@cache
def _adverb() -> re.Pattern[str]:
    adverbs = rf"{_answers('adverbs')}\s+{_answers('adverb_nouns')}"
    return expression(rf"\s+(?:{adverbs}|{_answers('particles')})(?!{WORD})")


def _answers(name: str) -> str:
    return phrases(load("messenger_cues")["answers"][name])
