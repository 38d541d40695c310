"""Page text, as web corpora and WET files hold it: lines without markup, the site's furniture before and after.

The article is the densest run of prose; its headline stands above it, between the two at most lines such as code and date.
Menus are short lines, lists of headlines are lines that never end a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from parsers.page.boilerplate import is_furniture, opens_related
from parsers.page.comparison import comparable, one_line
from parsers.page.law_pages import is_pair
from parsers.page.printed_moment import PageTime, is_date_line, printed_time, words_besides_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.page.time_candidates import Source

_CODE_LABELS = "کد (?:خبر|مطلب|مقاله)?|کدخبر|شناسه (?:خبر|مطلب)?|شماره خبر|news ?(?:id|code)"
_CODE = re.compile(
    rf"(?:{_CODE_LABELS})\s*[:：]?\s*(\d{{2,12}})\b.{{0,40}}",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(r"(?:(?:تاریخ|زمان) ?(?:انتشار|درج|مخابره|خبر|ثبت)?|انتشار|منتشر شده(?: در)?)\s*[:：]\s*(.{4,80})")
_UPDATES = "به ?روز ?رسانی|ویرایش|بروزرسانی|اصلاح|ویرایش شده"
_UPDATED = re.compile(rf"(?:تاریخ |آخرین |زمان )?(?:{_UPDATES})(?: در)?\s*[:：]\s*(.{{4,80}})")
_CLOCK = re.compile(r"(?:به ?روز شده|بروز شده|امروز|اکنون|ساعت)\b.{0,80}")
_TAGS = re.compile(r"(?:برچسب ?ها|برچسب|کلید ?واژه ?ها|تگ ?ها|کلمات کلیدی)\s*[:：]\s*(.+)")
_CRUMBS = re.compile(r"(?:صفحه (?:نخست|اصلی|اول)|خانه)\s*[»›>/«]\s*(.+)")
_ENDS_SENTENCE = re.compile(r"[.!؟?…:؛][\s»\")\]]*$|[.!؟?]\S?$")
_LAWS = "قانون|اساسنامه|اصلاح|الحاق|موافقتنامه|لایحه|طرح"
_DECISIONS = "آیین ?نامه|مصوبه|تصویب ?نامه|بخشنامه|دستور ?العمل|سیاست ?های|سند|رای|نظر شورا"
_INSTRUMENT = re.compile(f"(?:{_LAWS}|{_DECISIONS}) ")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)
# «گروه استانها- نام», «نوشته شده توسط نام | روز», «خبرنگار: نام».
_DESK = r"(?:گروه|سرویس|بخش) [^-–:.]{2,30}[-–:] ?[^-–:.]{3,40}$"
_WRITTEN_BY = r"نوشته شده (?:توسط|به دست)|به قلم|(?:نویسنده|خبرنگار|گزارشگر|نگارنده) ?[:：]"
_BYLINE = re.compile(rf"{_DESK}|{_WRITTEN_BY}|مترجم ?[:：]")
_AUTHOR = re.compile(rf"(?:{_WRITTEN_BY}) ?([^|/،:\d]{{3,50}})")
_PRINTING = re.compile(r"چاپ شده|تاریخ چاپ|چاپ در|printed", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(?:1[34]\d\d|20\d\d)(?!\d)")
_NAME_WORDS = 4
_LONGEST_SOURCE = 70
# What begins the part of a page after its article: its comments, its tools, other articles, its rights.
_COMMENTS = "|".join(
    (
        "ارسال (?:به دوستان|نظر|دیدگاه|پاسخ)",
        "(?:ورود )?کد امنیتی|captcha",
        "نظر شما|نظرات (?:کاربران|بینندگان|خوانندگان|شما)|دیدگاه ?(?:ها|تان|شما)",
        r"(?:غیر ?قابل انتشار|در انتظار بررسی|انتشار یافته)\s*:|نام و نام خانوادگی",
    )
)
_TOOLS = "(?:انتهای|پایان) پیام|برچسب|لینک کوتاه|کپی لینک|نسخه چاپی|اشتراک ?گذاری"
_OTHERS = "پربازدید|پربیننده|آخرین (?:اخبار|خبرها)"
_RIGHTS = "کلیه حقوق|تمام(?:ی)? حقوق|©|copyright"
_STOPS = re.compile(f"{_COMMENTS}|{_TOOLS}|{_OTHERS}|{_RIGHTS}", re.IGNORECASE)
_SHORTEST_PROSE = 45
_SHORT_LINES = 5
_BELOW_TITLE = 12
_DENSE = 0.5
_CELL = 25
_SHORT_SENTENCE = re.compile(r"^.{12,}[.!؟][»\")]?$")
_PATHS = frozenset(("خانه", "صفحه نخست", "صفحه اصلی", "صفحه اول"))
_LONGEST_TITLE = 220
_LONGEST_QUESTION = 160
_LONGEST_LEAD = 700
_REPORTS = ("به گزارش", "به نقل از", "به گفته", "بهگزارش")


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


@dataclass(frozen=True, slots=True)
class _Run:
    """Lines `start` to `end` (exclusive): sentences with at most a few other lines between."""

    start: int
    end: int
    characters: int
    sentences: int

    @property
    def density(self) -> float:
        """The share of lines that are sentences: rows of teasers have much text, but a headline or two for every sentence."""
        return self.sentences / (self.end - self.start)


def read_text(text: str) -> TextArticle:
    """Return the article in page text."""
    lines = [line for line in map(one_line, text.split("\n")) if line]
    article = TextArticle()
    run, headline = _main_run(lines)
    if run is None:
        return article
    article.paragraphs = list(_own_lines(lines[run.start : run.end]))
    above = lines[: run.start]
    _read_labels(article, [*above, *lines[run.start : run.end]], lines[run.end :])
    place = headline if headline is not None else _title_place(above)
    if place is not None:
        article.title = without_site_name(lines[place], lines)
        article.anchored = headline is not None
        before = above[place - 1] if place else ""
        if before and comparable(before).endswith(("؛", ":")) and len(before) < 120 and not _is_label(before):
            article.kicker = before
        article.around = " ".join(line for line in lines[place : run.end + _SHORT_LINES] if line not in article.paragraphs)
    if article.title is None:
        _take_title(article)
    _take_lead(article)
    return article


def _take_title(article: TextArticle) -> None:
    """A headline that is a whole sentence, a question as a rule, stands before the first paragraph like one of them."""
    first = article.paragraphs[0] if len(article.paragraphs) > 1 else ""
    if 0 < len(first) <= _LONGEST_QUESTION and first.rstrip('»"').endswith(("؟", "?", "!")):
        article.title = article.paragraphs.pop(0)


def _own_lines(lines: list[str]) -> Iterator[str]:
    """Yield the lines of a run without labels, share rows, and the headlines after «بیشتر بخوانید» or a path."""
    skipping = False
    for line in lines:
        if is_prose(line):
            skipping = False
        elif opens_related(line) or comparable(line) in _PATHS:
            skipping = True
        if not skipping and not is_furniture(line) and not _is_label(line):
            yield line


def without_site_name(title: str, lines: list[str]) -> str:
    """Return a headline as the page prints it: a first line that is `headline - site` yields to a line that is the headline."""
    return next((line for line in lines[1:] if len(line) > 15 and line != title and title.startswith(line)), title)


def _main_run(lines: list[str]) -> tuple[_Run | None, int | None]:
    """The run of the article, and the line of its headline where the page's <title>, its first line, tells which that is."""
    runs = list(_runs(lines))
    repeated = _repeated(lines)
    for headline in repeated:
        near = [run for run in runs if 0 < run.start - headline <= _BELOW_TITLE]
        if near:
            return near[0], headline
    dense = [run for run in runs if run.density > _DENSE]
    return max(dense, key=lambda run: run.characters * run.density, default=None), None


def _repeated(lines: list[str]) -> list[int]:
    """Return the lines that the page's title begins with, the last one first: a headline may be repeated in a path above it."""
    if not lines:
        return []
    page_title = comparable(lines[0])
    return [i for i in range(len(lines) - 1, 0, -1) if len(lines[i]) > 15 and page_title.startswith(comparable(lines[i]))]


def _runs(lines: list[str]) -> Iterator[_Run]:
    start, end, characters, sentences, gap = -1, 0, 0, 0, 0.0
    for place, line in enumerate([*lines, ""]):
        stops = not line or _STOPS.match(comparable(line)) is not None or _is_headlines(line)
        if not stops and (is_prose(line) or (start >= 0 and gap < 1 and _SHORT_SENTENCE.search(line))):
            start = place if start < 0 else start
            end, characters, sentences, gap = place + 1, characters + len(line), sentences + 1, 0.0
            continue
        # The cells of a table are many and very short; a list of headlines is neither.
        gap += 1 if len(line) > _CELL else 0.3
        if start >= 0 and (stops or gap >= _SHORT_LINES):
            yield _Run(start, end, characters, sentences)
            start, characters, sentences = -1, 0, 0


def _is_headlines(line: str) -> bool:
    """Headlines in a row: long, and never the end of a sentence."""
    return len(line) > _LONGEST_TITLE and not is_prose(line)


def is_prose(line: str) -> bool:
    """Return whether a line is a sentence or more, rather than a headline, a menu entry or a row of headlines."""
    if len(line) < _SHORTEST_PROSE or _is_label(line):
        return False
    if _ENDS_SENTENCE.search(line):
        return True
    return len(line) >= 150 and sum(map(line.count, "،.")) * 200 >= len(line)


def _is_label(line: str) -> bool:
    flat = comparable(line)
    return bool(
        len(line) < 120
        and (
            _CODE.fullmatch(flat)
            or _PUBLISHED.fullmatch(flat)
            or _UPDATED.fullmatch(flat)
            or _CLOCK.fullmatch(flat)
            or is_date_line(flat)
            or _CRUMBS.match(flat)
            or _ADDRESS.fullmatch(flat)
            or _BYLINE.match(flat)
            or _is_source_line(flat)
        )
    )


def _is_source_line(flat: str) -> bool:
    """Return whether a line is a day with its year and at most a name: «پیک کوهپایه سه شنبه 23 خرداد 1402 - 09:53»."""
    if len(flat) > _LONGEST_SOURCE or not _YEAR.search(flat) or _ENDS_SENTENCE.search(flat):
        return False
    return len(words_besides_time(flat)) <= _NAME_WORDS and printed_time(flat) is not None


def _read_labels(article: TextArticle, above: list[str], below: list[str]) -> None:
    """Code and times from the labelled lines nearest to the article, then from a bare date above it."""
    for line in [*reversed(above), *below[:8]]:
        flat = comparable(line)
        code, published, updated, tags, crumbs = (p.match(flat) for p in (_CODE, _PUBLISHED, _UPDATED, _TAGS, _CRUMBS))
        if code and article.news_code is None:
            article.news_code = code[1]
        if published and article.published is None:
            article.published = printed_time(published[1])
        elif updated and article.modified is None:
            article.modified = printed_time(updated[1])
        if tags and not article.tags:
            article.tags = tuple(tag.strip("# ") for tag in re.split(r"[،,]", line.split(":", 1)[-1]) if tag.strip("# "))
        if crumbs and not article.category:
            article.category = tuple(crumb.strip() for crumb in re.split(r"[»›>/«]", line)[1:] if crumb.strip())
        author = _AUTHOR.match(flat)
        if author and not article.authors:
            article.authors = (one_line(author[1]),)
            article.published = article.published or printed_time(flat[author.end() :])
    if article.published is not None:
        article.published_from = "labelled"
    else:
        near = [
            line
            for line in (*_without_printing(above[-_BELOW_TITLE:]), *below[:4])
            if len(line) < 80 and not _CLOCK.fullmatch(comparable(line)) and not _ENDS_SENTENCE.search(line)
        ]
        dates = [line for line in near if is_date_line(line)] or [line for line in near if re.search(r"\d{4}", line)]
        article.published = next(filter(None, map(printed_time, dates)), None)


def _without_printing(above: list[str]) -> list[str]:
    """Return the lines above the article, the nearest first, without the day on which the page was printed."""
    kept = [
        line
        for place, line in enumerate(above)
        if not any(_PRINTING.search(comparable(near)) for near in above[max(0, place - 1) : place + 2])
    ]
    return kept[::-1]


def _title_place(above: list[str]) -> int | None:
    """Return the nearest line above that can be a headline."""
    last = len(above) - 1
    able = [i for i in range(last, max(last - _BELOW_TITLE, -1), -1) if _can_be_title(above[i])]
    named = [i for i in able if _INSTRUMENT.match(comparable(above[i]))]
    return next(iter(named or _without_source(above, able)), None)


def _without_source(above: list[str], able: list[int]) -> list[int]:
    """Return the lines without the name of the site that stands between the headline and its day."""
    if len(able) < 2 or able[0] != able[1] + 1:
        return able
    nearest, dated = above[able[0]], above[able[0] + 1 : able[0] + 2]
    is_name = len(nearest.split()) < _NAME_WORDS <= len(above[able[1]].split())
    return able[1:] if is_name and dated and is_date_line(dated[0]) else able


def _can_be_title(line: str) -> bool:
    if not 8 <= len(line) <= _LONGEST_TITLE or not any(c.isalpha() for c in line):
        return False
    return not (is_pair(line) or _is_label(line) or is_furniture(line))


def _take_lead(article: TextArticle) -> None:
    """The first paragraph is the lead, unless it is all there is or opens the report itself."""
    if len(article.paragraphs) < 2:
        return
    first = article.paragraphs[0]
    if len(first) <= _LONGEST_LEAD and not comparable(first).startswith(_REPORTS):
        article.lead = first
        del article.paragraphs[0]
