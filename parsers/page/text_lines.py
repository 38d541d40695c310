"""Kinds of lines in page text: sentences, labels, bylines, sources, paths."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from parsers.expressions import expression
from parsers.page.bylines import line_authors
from parsers.page.comparison import comparable
from parsers.page.printed_moment import is_date_line, printed_time, words_besides_time
from parsers.page.time_labels import opens_with_label

_ENDS_SENTENCE = expression(r"[.!؟?…:؛][\s»\")\]]*$|[.!؟?]\S?$")
_ADDRESS = expression(r"(?:https?://|www\.)\S+", re.IGNORECASE)
_YEAR = expression(r"(?<!\d)(?:1[34]\d\d|20\d\d)(?!\d)")
_SHORTEST_PROSE = 45
_LONG_LINE = 150
_LONGEST_LABEL = 120
_LONGEST_SOURCE = 70
_NAME_WORDS = 4


@dataclass(frozen=True, slots=True)
class LinePatterns:
    """The compiled patterns of `plain_text.toml`."""

    code: re.Pattern[str]
    clock: re.Pattern[str]
    tags: re.Pattern[str]
    crumbs: re.Pattern[str]
    crumb_split: re.Pattern[str]
    byline: re.Pattern[str]
    source: re.Pattern[str]
    printing: re.Pattern[str]
    instrument: re.Pattern[str]
    stops: re.Pattern[str]
    paths: frozenset[str]
    reports: tuple[str, ...]


@cache
def line_patterns() -> LinePatterns:
    """Return the patterns, read once."""
    table = tomllib.loads((resources.files(__package__) / "plain_text.toml").read_text(encoding="utf-8"))
    return LinePatterns(
        stops=expression("|".join(f"(?:{one})" for one in table.pop("stops")), re.IGNORECASE),
        paths=frozenset(table.pop("paths")),
        reports=tuple(table.pop("reports")),
        **{name: expression(text, re.IGNORECASE) for name, text in table.items()},
    )


def is_prose(line: str) -> bool:
    """Return whether a line is a sentence or more, rather than a headline, a menu entry or a row of headlines."""
    if len(line) < _SHORTEST_PROSE or is_label(line):
        return False
    if ends_sentence(line):
        return True
    return len(line) >= _LONG_LINE and sum(map(line.count, "،.")) * 200 >= len(line)


def ends_sentence(line: str) -> bool:
    """Return whether a line ends as sentences do."""
    return _ENDS_SENTENCE.search(line) is not None


def is_label(line: str) -> bool:
    """Return whether a line says something about the article (code, time, path, writer, source) and is none of its text."""
    if len(line) >= _LONGEST_LABEL:
        return False
    flat, patterns = comparable(line), line_patterns()
    return bool(
        patterns.code.fullmatch(flat)
        or opens_with_label(flat)
        or patterns.clock.fullmatch(flat)
        or is_date_line(flat)
        or patterns.crumbs.match(flat)
        or _ADDRESS.fullmatch(flat)
        or patterns.byline.match(flat)
        or patterns.source.match(flat)
        or line_authors(line)
        or _is_dated_source(flat)
    )


def _is_dated_source(flat: str) -> bool:
    """Return whether a line is a day with its year and at most a name: «پیک کوهپایه سه شنبه 23 خرداد 1402 - 09:53»."""
    if len(flat) > _LONGEST_SOURCE or not _YEAR.search(flat) or ends_sentence(flat):
        return False
    return len(words_besides_time(flat)) <= _NAME_WORDS and printed_time(flat) is not None
