"""How newsrooms end an article: «انتهای پیام», the initials of its makers, numbers of an inner system."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.comparison import comparable

if TYPE_CHECKING:
    import re

    from parsers.page.paragraphs import Block

_LONGEST = 60
_TAIL = 80


@dataclass(frozen=True, slots=True)
class _Patterns:
    end: re.Pattern[str]  # «انتهای پیام/ز»
    line: re.Pattern[str]  # a whole line that is any sign-off
    tail: re.Pattern[str]  # the same after the last sentence


@cache
def _patterns() -> _Patterns:
    data = tomllib.loads((resources.files(__package__) / "boilerplate.toml").read_text(encoding="utf-8"))["sign_off"]
    sign, letter = data["sign"], data["letter"]
    initials = rf"(?<!{letter}){letter}{{1,2}}(?!{letter})"
    code = rf"(?:{sign}|\d|{initials})*"
    # Two digits in a row, or initials with a sign between or after them: a lone letter or digit is a word of the text.
    coded = rf"(?={code}$)(?:{sign}*\d{{2,}}|{sign}*{initials}\s*[/.*]|{sign}*[/*]\s*(?:{initials}|\d)|{sign}*{initials}\d){code}"
    makers = rf"(?:{sign}|\d|[()]|(?<!{letter}){letter}{{1,4}}(?!{letter}))*"
    ended = rf"[/(\[*\s]*(?:{data['end']}[)\]]?|{data['end_in_brackets']}){makers}"
    labelled = rf"(?:{data['label']})\s*[:：]?{sign}*\d{code}"
    return _Patterns(
        end=expression(ended),
        line=expression(rf"(?:{ended}|{labelled}|{coded})"),
        tail=expression(rf"(?:(?<=[.!؟»:/)…])\s*(?:{ended}|{labelled})|(?<=[.!؟»/)…])\s*{coded})$"),
    )


def is_end(text: str) -> bool:
    """Return whether a line is «انتهای پیام» with whatever code follows it."""
    return len(text) <= _LONGEST and _patterns().end.fullmatch(comparable(text)) is not None


def is_sign_off(text: str) -> bool:
    """Return whether a line is a newsroom's end mark, initials or number, and nothing else."""
    return len(text) <= _LONGEST and _patterns().line.fullmatch(comparable(text)) is not None


def without_sign_off(blocks: list[Block]) -> list[Block]:
    """Return the paragraphs without the sign-offs at their end, the last one without the sign-off after its last sentence."""
    kept = list(blocks)
    while kept and kept[-1].kind != "row" and is_sign_off(kept[-1].text):
        kept.pop()
    if not kept or kept[-1].kind == "row":
        return kept
    text = without_tail(kept[-1].text)
    if text == kept[-1].text:
        return kept
    return without_sign_off([*kept[:-1], replace(kept[-1], text=text)]) if text else kept[:-1]


def without_tail(text: str) -> str:
    """Return a paragraph without the sign-off after its last sentence."""
    found = _patterns().tail.search(comparable(text[-_TAIL:]))
    wanted = len(found[0].replace(" ", "")) if found else 0
    if not wanted:
        return text
    text = text.rstrip()
    while wanted and text:
        wanted -= len(comparable(text[-1]))
        text = text[:-1]
    return text.rstrip()
