"""What of an article box is not the article: related links, share rows, newsroom codes, invitations to channels.

The patterns are data (`boilerplate.toml`); here stands only the order in which they are asked.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.page.bylines import line_authors
from parsers.page.comment_sections import opens_comments
from parsers.page.comparison import comparable
from parsers.page.printed_moment import is_date_line, printed_time, words_besides_time
from parsers.page.sign_offs import is_end, without_sign_off
from parsers.page.time_labels import opens_with_label

if TYPE_CHECKING:
    from parsers.page.paragraphs import Block

_ARTICLE_ADDRESS = expression(r"/(?:news|photo|video|film|media|fa|post|p)/?.*\d{4,}|\d{5,}|/\d{4}/\d\d?/|[?&](?:p|id)=\d+")
_SENTENCE_END = expression(r"[.!؟?:»]\s*$")
_LONGEST_FURNITURE = 160
_LONGEST_HEADING = 60
_LONGEST_ANSWER = 40
_COMMENT_LINES = 6
_NAME_WORDS = 4
_PROSE = 80
_TEASERS = 2
_ALL_TEASERS = 3  # a page of nothing else is a list
_SHORTEST_TEASER = 12
_SUMMARY_LINES = 3
_LONGEST_SUMMARY = 250


@dataclass(frozen=True, slots=True)
class Patterns:
    """The compiled patterns of `boilerplate.toml`."""

    related: re.Pattern[str]
    polls: re.Pattern[str]
    comment_signs: re.Pattern[str]
    whole: re.Pattern[str]
    code: re.Pattern[str]


@cache
def patterns() -> Patterns:
    """Return the patterns, read once."""
    data = tomllib.loads((resources.files(__package__) / "boilerplate.toml").read_text(encoding="utf-8"))
    return Patterns(
        related=_either(data["related"]),
        polls=_either(data["polls"]),
        comment_signs=_either(data["comment_signs"]),
        whole=_either(data["whole"]),
        code=expression(data["code"]),
    )


def _either(alternatives: list[str]) -> re.Pattern[str]:
    return expression("|".join(f"(?:{pattern})" for pattern in alternatives), re.IGNORECASE)


def clean(blocks: list[Block]) -> list[Block]:
    """Return the blocks that are the article's own, the last one without the newsroom's code at its end."""
    return without_sign_off(_without_labels(_article_blocks(_without_teasers(blocks))))


def is_furniture(text: str) -> bool:
    """Return whether a line is none of the article: a label, a share row, an invitation."""
    return len(text) <= _LONGEST_FURNITURE and (patterns().whole.fullmatch(comparable(text)) is not None or is_end(text))


def opens_related(text: str) -> bool:
    """Return whether a line introduces links to other articles."""
    return len(text) <= _LONGEST_FURNITURE and patterns().related.match(comparable(text)) is not None


def _article_blocks(blocks: list[Block]) -> list[Block]:
    kept: list[Block] = []
    in_related = in_poll = False
    for place, block in enumerate(blocks):
        if kept and _begins_comments(blocks, place):
            break
        if _opens_related_links(block):
            in_related = True
            continue
        in_related = in_related and _continues_related(block)
        in_poll = _opens_poll(block) or (in_poll and _continues_poll(block))
        if not (in_related or in_poll or is_furniture(block.text) or _is_teaser(block) or _is_of_contents(block)):
            kept.append(block)
    return kept


def _without_labels(blocks: list[Block]) -> list[Block]:
    """Return the blocks without what precedes the first prose and follows the last: times, labels, bylines, links to sections."""
    prose = [place for place, block in enumerate(blocks) if len(block.text) >= _PROSE]
    if not prose:
        return blocks
    return [
        block
        for place, block in enumerate(blocks)
        if prose[0] <= place <= prose[-1] or not (_is_label(block) or (place < prose[0] and _is_byline(block)))
    ]


def _is_label(block: Block) -> bool:
    flat = comparable(block.text)
    if len(flat) <= _LONGEST_FURNITURE:
        flat = patterns().code.sub(" ", flat).strip(" |")
    return is_date_line(flat) or opens_with_label(flat)


def _is_byline(block: Block) -> bool:
    return block.is_link or bool(line_authors(block.text))


def _without_teasers(blocks: list[Block]) -> list[Block]:
    """Return the blocks up to a run of other articles at their end: link, summary, day, link, summary, day …"""
    heads = [place for place, block in enumerate(blocks) if block.is_link and len(block.text) > _SHORTEST_TEASER]
    first, last, summaries = len(heads), len(blocks), 0
    while first and _is_summary(between := blocks[heads[first - 1] + 1 : last]):
        first, last, summaries = first - 1, heads[first - 1], summaries + bool(between)
    return blocks[:last] if summaries >= (_TEASERS if last else _ALL_TEASERS) else blocks


def _is_summary(blocks: list[Block]) -> bool:
    """Return whether the blocks after a link are no more than a summary and a day."""
    return len(blocks) <= _SUMMARY_LINES and sum(len(block.text) for block in blocks) <= _LONGEST_SUMMARY


def _opens_related_links(block: Block) -> bool:
    return opens_related(block.text) and bool(
        block.is_link or block.hrefs or len(block.text) < _LONGEST_HEADING or not _SENTENCE_END.search(block.text)
    )


def _begins_comments(blocks: list[Block], place: int) -> bool:
    """Return whether readers' comments begin at a block: a heading, or a line after which comments look like comments."""
    if not opens_comments(blocks[place].text):
        return False
    after = [comparable(one.text) for one in blocks[place + 1 : place + 1 + _COMMENT_LINES]]
    signs = any(_is_of_comment(line) for line in after)
    return blocks[place].kind == "heading" or not after or signs


def _is_of_comment(line: str) -> bool:
    """Return whether a comparable line is what stands above a comment: a day, a name with a day, a sign of `boilerplate.toml`."""
    if is_date_line(line) or patterns().comment_signs.fullmatch(line):
        return True
    short = len(line) <= _LONGEST_HEADING and any(map(str.isdigit, line)) and len(words_besides_time(line)) <= _NAME_WORDS
    return short and printed_time(line) is not None


def _opens_poll(block: Block) -> bool:
    return len(block.text) <= _LONGEST_HEADING and patterns().polls.fullmatch(comparable(block.text)) is not None


def _continues_poll(block: Block) -> bool:
    return block.kind == "li" or len(block.text) < _LONGEST_ANSWER or comparable(block.text).endswith("؟")


def _continues_related(block: Block) -> bool:
    return block.is_link or (block.linked > 0 and block.linked * 2 >= len(block.text)) or is_furniture(block.text)


def _is_of_contents(block: Block) -> bool:
    """Return whether a paragraph is a link to a place of its page: a line of a table of contents."""
    return block.is_link and bool(block.hrefs) and all(href.startswith("#") for href in block.hrefs)


def _is_teaser(block: Block) -> bool:
    """Return whether a paragraph is one link to another article."""
    return block.is_link and len(block.text) > _SHORTEST_TEASER and any(_ARTICLE_ADDRESS.search(href) for href in block.hrefs)
