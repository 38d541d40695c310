"""Page text, as web corpora and WET files hold it: lines without markup, the site's furniture before and after.

The article is the densest run of prose; its headline stands above it, between the two at most lines such as code and date.
Menus are short lines, lists of headlines are lines that never end a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.page.boilerplate import is_furniture, opens_related
from parsers.page.bylines import line_authors
from parsers.page.comparison import comparable, one_line
from parsers.page.law_pages import is_pair
from parsers.page.printed_moment import PageTime, is_date_line, printed_time
from parsers.page.sign_offs import is_sign_off, without_tail
from parsers.page.text_lines import ends_sentence, is_label, is_prose, line_patterns
from parsers.page.text_runs import BELOW_TITLE, LONGEST_TITLE, main_run
from parsers.page.time_labels import labelled_times

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.page.time_candidates import Source

_AROUND = 5
_LINES_BELOW = 8
_DATES_BELOW = 4
_ABOVE_TITLE = 2
_LONGEST_LABEL = 120
_LONGEST_DATED = 80
_NAME_WORDS = 4
_LONGEST_QUESTION = 220
_LONGEST_LEAD = 700


@dataclass(slots=True)
class TextArticle:
    """What was found in page text; everything empty where there is no article.

    `anchored`: the page's own title says which line is the headline; `around`: the lines near the article that are not its own.
    """

    kicker: str | None = None
    title: str | None = None
    lead: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    news_code: str | None = None
    published: PageTime | None = None
    published_from: Source = "printed"
    modified: PageTime | None = None
    authors: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    anchored: bool = False
    around: str = ""


def read_text(text: str) -> TextArticle:
    """Return the article in page text."""
    lines = [line for line in map(one_line, text.split("\n")) if line]
    article = TextArticle()
    run, headline = main_run(lines)
    if run is None:
        return article
    article.paragraphs = _without_sign_off(list(_own_lines(lines[run.start : run.end])))
    above, below = lines[: run.start], lines[run.end :]
    place = headline if headline is not None else _title_place(above)
    if place is not None:
        article.title = without_site_name(lines[place], lines)
        article.anchored = headline is not None
        article.kicker = _kicker(above[place - 1]) if 0 < place <= len(above) else None
        article.around = " ".join(line for line in lines[place : run.end + _AROUND] if line not in article.paragraphs)
    _read_labels(article, [*reversed([*above, *lines[run.start : run.end]]), *below[:_LINES_BELOW]])
    if article.published is None:
        _read_bare_day(article, above, place, [*filter(is_date_line, lines[run.start : run.end]), *below[:_DATES_BELOW]])
    if article.title is None:
        _take_title(article)
    _take_lead(article)
    return article


def _kicker(before: str) -> str | None:
    ends = comparable(before).endswith(("؛", ":"))
    return before if ends and len(before) < _LONGEST_LABEL and not is_label(before) else None


def _take_title(article: TextArticle) -> None:
    """Take a headline that is a whole sentence, a question as a rule, from the paragraphs."""
    first = article.paragraphs[0] if len(article.paragraphs) > 1 else ""
    if 0 < len(first) <= _LONGEST_QUESTION and first.rstrip('»"').endswith(("؟", "?", "!")):
        article.title = article.paragraphs.pop(0)


def _without_sign_off(lines: list[str]) -> list[str]:
    while lines and is_sign_off(lines[-1]):
        lines.pop()
    return [*lines[:-1], without_tail(lines[-1])] if lines else lines


def _own_lines(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a run without labels, share rows, and the headlines after «بیشتر بخوانید» or a path."""
    skipping = False
    for line in lines:
        if is_prose(line):
            skipping = False
        elif opens_related(line) or comparable(line) in line_patterns().paths:
            skipping = True
        if not skipping and not is_furniture(line) and not is_label(line):
            yield line


def without_site_name(title: str, lines: list[str]) -> str:
    """Return a headline as the page prints it: a first line that is `headline - site` yields to a line that is the headline."""
    return next((line for line in lines[1:] if len(line) > 15 and line != title and title.startswith(line)), title)


def _read_labels(article: TextArticle, lines: list[str]) -> None:
    """Read code, times, tags, path and writers from labelled lines, the nearest to the article first."""
    patterns = line_patterns()
    for line in lines:
        flat = comparable(line)
        code, tags, crumbs = (pattern.match(flat) for pattern in (patterns.code, patterns.tags, patterns.crumbs))
        if code and article.news_code is None:
            article.news_code = code[1]
        if tags and not article.tags:
            article.tags = tuple(tag.strip("# ") for tag in re.split(r"[،,]", line.split(":", 1)[-1]) if tag.strip("# "))
        if crumbs and not article.category:
            article.category = tuple(crumb.strip() for crumb in patterns.crumb_split.split(line)[1:] if crumb.strip())
        if len(line) < _LONGEST_LABEL:
            _read_times(article, flat)
            _read_byline(article, line, flat)


def _read_times(article: TextArticle, flat: str) -> None:
    for found in labelled_times(flat):
        if found.kind == "published" and article.published is None:
            article.published, article.published_from = found.moment, "labelled"
        elif found.kind == "modified" and article.modified is None:
            article.modified = found.moment


def _read_byline(article: TextArticle, line: str, flat: str) -> None:
    """Read the writers that a line names, and the day between its bars: «نوشته شده توسط نام | روز | ساعت»."""
    found = line_authors(line)
    if found and not article.authors:
        article.authors = found
        article.published = article.published or printed_time(flat)


def _read_bare_day(article: TextArticle, above: list[str], place: int | None, below: list[str]) -> None:
    """Read a line that is a day, between headline and text as a rule; the clock of a site stands farther above."""
    first = max(0, (len(above) - BELOW_TITLE) if place is None else place - _ABOVE_TITLE)
    near = [*_without_printing(above[first:]), *below]
    short = [line for line in near if len(line) < _LONGEST_DATED and not ends_sentence(line)]
    able = [line for line in short if not line_patterns().clock.fullmatch(comparable(line))]
    dates = [line for line in able if is_date_line(line)] or [line for line in able if re.search(r"\d{4}", line)]
    article.published = next(filter(None, map(printed_time, dates)), None)


def _without_printing(above: list[str]) -> list[str]:
    """Return the lines above the article, the nearest first, without the day on which the page was printed."""
    printing = line_patterns().printing
    kept = [
        line
        for place, line in enumerate(above)
        if not any(printing.search(comparable(near)) for near in above[max(0, place - 1) : place + 2])
    ]
    return kept[::-1]


def _title_place(above: list[str]) -> int | None:
    """Return the nearest line above that can be a headline."""
    last = len(above) - 1
    able = [place for place in range(last, max(last - BELOW_TITLE, -1), -1) if _can_be_title(above[place])]
    named = [place for place in able if line_patterns().instrument.match(comparable(above[place]))]
    return next(iter(named or _without_source(above, able)), None)


def _without_source(above: list[str], able: list[int]) -> list[int]:
    """Return the lines without the name of the site that stands between the headline and its day."""
    if len(able) < 2 or able[0] != able[1] + 1:
        return able
    nearest, dated = above[able[0]], above[able[0] + 1 : able[0] + 2]
    is_name = len(nearest.split()) < _NAME_WORDS <= len(above[able[1]].split())
    return able[1:] if is_name and dated and is_date_line(dated[0]) else able


def _can_be_title(line: str) -> bool:
    if not 8 <= len(line) <= LONGEST_TITLE or not any(letter.isalpha() for letter in line):
        return False
    return not (is_pair(line) or is_label(line) or is_furniture(line))


def _take_lead(article: TextArticle) -> None:
    """Take the first paragraph as the lead, unless it is all there is or opens the report itself."""
    if len(article.paragraphs) < 2:
        return
    first = article.paragraphs[0]
    if len(first) <= _LONGEST_LEAD and not comparable(first).startswith(line_patterns().reports):
        article.lead = first
        del article.paragraphs[0]
