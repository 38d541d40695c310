"""What a sentence says of a name that is a messenger: «گپ، پیام‌رسان ایرانی، …», «نام این برنامه را شاد گذاشتند»."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.spellings import WORD, phrases
from parsers.lexicon import load

if TYPE_CHECKING:
    import re

    from parsers.facts.messengers.candidates import NameCandidate

_NEAR = 60
_HANDLE = expression(r"[»”\"*`]*\s*[:：-]?\s*@[A-Za-z]")
_HANDLE_AFTER_COLON = expression(r"[»”\"*`]*\s*[:：]\s*@[A-Za-z]")


def is_in_apposition(one: NameCandidate) -> bool:
    """Return whether what follows says what the name is: «گپ، نخستین پیام‌رسان ایرانی», «**گپ**: پیام‌رسان …»,
    «گپ؛ پیام‌رسانی که …».

    The last does not hold for a name that answers: «بله، پیام‌رسانی که …».
    """
    if _apposition().search(one.at.after):
        return True
    if (one.quoted or not one.evidence.answers) and _definition().match(one.at.after):
        return True
    return not one.evidence.answers and bool(_one_of_them().search(one.text[one.end : one.end + _NEAR]))


def has_handle(one: NameCandidate) -> bool:
    """Return whether an account follows the name: «گپ @khabar», «بله: @khabar»; after a name that answers with a colon only."""
    return (_HANDLE_AFTER_COLON if one.evidence.answers else _HANDLE).match(one.at.after) is not None


def is_called(one: NameCandidate) -> bool:
    """Return whether something is called by the name: «نام این برنامه را شاد گذاشتند»."""
    return bool(_name_of().search(one.at.before) and _called().match(one.at.after))


@cache
def _apposition() -> re.Pattern[str]:
    first, kinds = _said("first"), _said("kinds")
    return expression(
        rf"""(?x)
        ^[\s»”\"]* (?: [،,(–-] \s* (?:{_said("that")}\s+)? {first}? | {first} | )
            \s* {kinds} (?!{WORD}|\u200c{_said("kinds_plural")})
        | ^[\s»”\"]* {_said("as")} [ ] (?:\w+[ ])? {kinds}
        | ^[\s»”\"]* (?:،\s*)? {_said("one_of")} [ ] (?:\w+[ ]){{0,2}} {kinds}
        """,
    )


@cache
def _definition() -> re.Pattern[str]:
    return expression(rf"[»”\"*`]*\s*:[\s*]*{_said('first')}?\s*{_said('kinds')}(?!{WORD})")


@cache
def _one_of_them() -> re.Pattern[str]:
    return expression(rf"^[\s»”\"]*[،؛]\s*{_said('first')}?\s*{_said('kinds')}[ \u200c]?{_said('indefinite')}(?!{WORD})")


@cache
def _name_of() -> re.Pattern[str]:
    return expression(rf"{_said('name')}(?!{WORD}).{{0,60}} {_said('object')}[\s«“\"]*$")


@cache
def _called() -> re.Pattern[str]:
    present = "|".join(load("messenger_cues")["verbs"]["present"])
    return expression(rf"^[\s»”\"]*(?:(?:{present})[ \u200c]?)?{_said('called')}")


def _said(name: str) -> str:
    return phrases(load("messenger_cues")["said"][name])
