"""Every time that a page names for its publication, with what names it.

What stands outside the article (`surroundings`) is no candidate at all. `publication_times.judge_time` chooses among the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

from parsers.expressions import expression
from parsers.page.bylines import line_authors
from parsers.page.comparison import comparable, one_line
from parsers.page.families import common
from parsers.page.html_tree import names_of, select_first
from parsers.page.printed_moment import (
    PageTime,
    machine_time,
    moment_words,
    printed_time,
    words_besides_time,
)
from parsers.page.stated_facts import listed_of
from parsers.page.structured_data import article_text
from parsers.page.surroundings import ZONES
from parsers.page.time_labels import label_kind, labelled_times, without_label
from parsers.page.time_texts import has_digit, is_foreign_label, time_of, whole, with_clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

    from parsers.models import Capture
    from parsers.page.article_box import ArticleElements
    from parsers.page.families import Family
    from parsers.page.html_tree import Head
    from parsers.page.surroundings import Neighbourhood, Run

Source = Literal["labelled", "printed", "metadata", "json_ld", "microdata", "address", "feed", "sitemap"]
_BYLINE_WORDS = 8
_IN_PATH = expression(r"/(1[34]\d\d|20\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/?#-]|$)")


@dataclass(frozen=True, slots=True)
class TimeCandidate:
    """A time and what names it. `certain` is false for a printed time that may be the page's clock."""

    moment: PageTime
    source: Source
    certain: bool = True


@dataclass(slots=True)
class PageTimes:
    """The candidates for the time of publication and those for the time of the last change, the best ones first."""

    published: list[TimeCandidate] = field(default_factory=list)
    modified: list[PageTime] = field(default_factory=list)


def page_times(
    head: Head, elements: ArticleElements, around: Neighbourhood, family: Family, url: str | None, *, own_selectors: bool
) -> PageTimes:
    """Return every candidate of a page; `own_selectors` if the publisher's file names where its times stand."""
    times = PageTimes()
    known = own_selectors or family.name != "generic"
    _read_selected(times, elements, around, known=known)
    stated = [*_in_head(head), *_in_address(url)]
    # The labels of a law say much more than when it was printed; `law_pages` reads them.
    if family.kind != "law" and not _is_settled(times.published, stated):
        _read_surroundings(times, around)
    times.published += stated
    times.modified = [*_stated(head, "modified_at", "dateModified"), *times.modified]
    return times


def _is_settled(printed: list[TimeCandidate], stated: list[TimeCandidate]) -> bool:
    """Return whether a labelled day has its clock already, so that nothing else in the page can change the judgement."""
    days = {one.moment.at.date() for one in (*printed, *stated) if one.moment.exact}
    return any(one.source == "labelled" and one.moment.at.date() in days for one in printed)


def _read_selected(times: PageTimes, elements: ArticleElements, around: Neighbourhood, *, known: bool) -> None:
    """Add the times of elements that selectors name, where they are the article's; a known system is as good as a label."""
    published = elements.nodes.get("published_at", [])
    for node in published:
        if not around.is_own(node):
            continue
        flat = comparable(one_line(node.text(deep=True, separator=" ")))
        kind = label_kind(flat)
        if kind in (None, "published") and not _is_named_modified(node):
            moment = printed_time(without_label(flat))
            if moment and (known or kind or not around.stands_after_body(node)):
                times.published.append(TimeCandidate(moment, "labelled" if known or kind else "printed"))
            stated = _machine_time(node)
            if stated:
                times.published.append(TimeCandidate(stated, "microdata"))
    first = {node.mem_id for node in published}
    for node in elements.nodes.get("modified_at", ()):
        if node.mem_id not in first:
            found = _machine_time(node) or printed_time(without_label(comparable(one_line(node.text(deep=True, separator=" ")))))
            times.modified += [found] if found else []


def _machine_time(node: LexborNode) -> PageTime | None:
    """Return the time in an element's attributes, or in those of the `<time>` in it."""
    for one in (node, select_first(node, "time[datetime]")):
        if one is not None:
            found = next(filter(None, (machine_time(one.attrs.get(name)) for name in ("datetime", "content", "title"))), None)
            if found:
                return found
    return None


def _read_surroundings(times: PageTimes, around: Neighbourhood) -> None:
    """Add the labelled times near the article, then the texts near its headline that are nothing but a time."""
    for zone in ZONES:
        runs = around.runs[zone]
        used = _read_labelled(times, runs)
        if zone in ("between", "opening", "before"):
            _read_unlabelled(times, around, whole([run for place, run in enumerate(runs) if place not in used]), runs)
        if zone in ("after", "closing"):
            times.published += [TimeCandidate(moment, "printed") for run in runs if (moment := _of_byline(run))]
    if not times.published:
        _read_close(times, around.close_runs)


def _of_byline(run: Run) -> PageTime | None:
    """Return the moment in the byline at the end of a post: «نویسنده: نام - پنجشنبه ۱۳ تیر ۱۳۸۷»."""
    few = has_digit(run.flat) and len(words_besides_time(run.flat)) <= _BYLINE_WORDS
    return printed_time(run.flat) if few and line_authors(run.text) else None


def _read_close(times: PageTimes, runs: list[Run]) -> None:
    """Add the labelled times right before and after the article's box, unless they differ: a list of articles has many."""
    close = PageTimes()
    _read_labelled(close, runs)
    if len({one.moment.at.date() for one in close.published}) == 1:
        times.published += close.published


def _read_labelled(times: PageTimes, runs: list[Run]) -> set[int]:
    """Add the labelled times of some texts; return the places of the texts that labels and values take."""
    if not any(map(has_digit, (run.flat for run in runs))):
        return set()
    text = "\n".join(run.flat for run in runs)
    starts, at = [], 0
    for run in runs:
        starts.append(at)
        at += len(run.flat) + 1
    used: set[int] = set()
    for found in labelled_times(text):
        taken = {place for place, start in enumerate(starts) if start < found.end and start + len(runs[place].flat) > found.start}
        if found.kind == "published":
            times.published.append(TimeCandidate(found.moment, "labelled"))
        elif found.kind == "modified":
            times.modified.append(found.moment)
        used |= taken
    return used


def _read_unlabelled(times: PageTimes, around: Neighbourhood, runs: list[Run], everything: list[Run]) -> None:
    before = {run.node.mem_id: everything[place - 1] if place else None for place, run in reversed(list(enumerate(everything)))}
    for place, run in enumerate(runs):
        label = before[run.node.mem_id]
        if not has_digit(run.flat) or (label is not None and is_foreign_label(label.flat)):
            continue
        moment = time_of(run)
        if moment is None:
            continue
        if _is_named_modified(run.node):
            times.modified.append(moment)
            continue
        if not moment.exact:
            moment = with_clock(moment, [*runs[max(0, place - 1) : place], *runs[place + 1 : place + 2]])
        times.published.append(TimeCandidate(moment, "printed", certain=around.is_certain(run)))


@cache
def _modified_names() -> re.Pattern[str]:
    return expression(moment_words()["modified_names"], re.IGNORECASE)


def _is_named_modified(node: LexborNode) -> bool:
    """Return whether the class or id of an element, or of the one around it, says that it is the time of a change alone."""
    around = [node, node.parent] if node.parent is not None else [node]
    return any(bool(_modified_names().search(names_of(one))) for one in around)


def _stated(head: Head, field_name: str, ld_name: str) -> Iterator[PageTime]:
    """Yield the time in the metadata, then the one in JSON-LD."""
    for name in common().meta[field_name]:
        found = next(filter(None, map(machine_time, head.metas.get(name, ()))), None)
        if found:
            yield found
            break
    stated = machine_time(article_text(head, ld_name))
    if stated:
        yield stated


def _in_head(head: Head) -> Iterator[TimeCandidate]:
    for name in common().meta["published_at"]:
        found = next(filter(None, map(machine_time, head.metas.get(name, ()))), None)
        if found:
            yield TimeCandidate(found, "metadata")
            break
    stated = machine_time(article_text(head, "datePublished"))
    if stated:
        yield TimeCandidate(stated, "json_ld")


def in_lists(capture: Capture) -> list[TimeCandidate]:
    """Return the time that a feed or sitemap named for the article, if any."""
    listed = listed_of(capture)
    moment = machine_time(listed.at) if listed else None
    return [TimeCandidate(moment, listed.by)] if listed and moment else []


def _in_address(url: str | None) -> Iterator[TimeCandidate]:
    """Yield the day that the address names: /1398/04/12/, /2019/07/03/."""
    found = _IN_PATH.search(url or "")
    moment = machine_time("-".join(found.groups())) if found else None
    if moment:
        yield TimeCandidate(moment, "address")
