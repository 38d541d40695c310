"""Page text, as web corpora and WET files hold it: lines without markup, the site's furniture before and after.

The article is the densest run of prose; its headline stands above it, between the two at most lines such as code and date.
Menus are short lines, lists of headlines are lines that never end a sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from parsers.page.boilerplate import is_furniture, opens_related
from parsers.page.squash import one_line, squash
from parsers.page.times import Moment, is_date_line, printed_time

_CODE = re.compile(
    r"(?:کد (?:خبر|مطلب|مقاله)?|کدخبر|شناسه (?:خبر|مطلب)?|شماره خبر|news ?(?:id|code))\s*[:：]?\s*(\d{2,12})\b.{0,40}",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"(?:(?:تاریخ|زمان) ?(?:انتشار|درج|مخابره|خبر|ثبت)?|انتشار|منتشر شده(?: در)?)\s*[:：]\s*(.{4,80})"
)
_UPDATED = re.compile(
    r"(?:(?:تاریخ |آخرین |زمان )?(?:به ?روز ?رسانی|ویرایش|بروزرسانی|اصلاح|ویرایش شده)(?: در)?)\s*[:：]\s*(.{4,80})"
)
_CLOCK = re.compile(r"(?:به ?روز شده|بروز شده|امروز|اکنون|ساعت)\b.{0,80}")
_TAGS = re.compile(r"(?:برچسب ?ها|برچسب|کلید ?واژه ?ها|تگ ?ها|کلمات کلیدی)\s*[:：]\s*(.+)")
_CRUMBS = re.compile(r"(?:صفحه (?:نخست|اصلی|اول)|خانه)\s*[»›>/«]\s*(.+)")
_ENDS_SENTENCE = re.compile(r"[.!؟?…:؛][\s»\")\]]*$|[.!؟?]\S?$")
_STOPS = re.compile(
    r"ارسال (?:به دوستان|نظر|دیدگاه|پاسخ)|(?:ورود )?کد امنیتی|نظر شما|نظرات (?:کاربران|بینندگان|خوانندگان|شما)|دیدگاه ?(?:ها|تان|شما)|(?:انتهای|پایان) پیام|"
    r"برچسب|لینک کوتاه|کپی لینک|captcha|نسخه چاپی|مطالب مرتبط|اخبار مرتبط|پربازدید|پربیننده|آخرین (?:اخبار|خبرها)|اشتراک ?گذاری|کلیه حقوق|تمام(?:ی)? حقوق|"
    r"(?:غیر ?قابل انتشار|در انتظار بررسی|انتشار یافته)\s*:|نام و نام خانوادگی|©|copyright",
    re.IGNORECASE,
)
_SHORTEST_PROSE = 45
_LONGEST_TITLE = 220
_LONGEST_LEAD = 700
_REPORTS = ("به گزارش", "به نقل از", "به گفته", "بهگزارش")


@dataclass(slots=True)
class TextArticle:
    """What was found in page text; everything empty where there is no article."""

    kicker: str | None = None
    title: str | None = None
    lead: str | None = None
    paragraphs: list[str] = field(default_factory=list)
    news_code: str | None = None
    published: Moment | None = None
    modified: Moment | None = None
    category: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


def read_text(text: str) -> TextArticle:
    """The article in page text."""
    lines = [line for line in map(one_line, text.split("\n")) if line]
    start, end = _main_run(lines)
    article = TextArticle()
    if start == end:
        return article
    article.paragraphs = [line for line in lines[start:end] if not is_furniture(line)]
    above = lines[:start]
    _read_labels(article, above, lines[end:])
    place = _title_place(above, lines[0])
    if place is not None:
        article.title = lines[place]
        before = above[place - 1] if place else ""
        if before and squash(before).endswith(("؛", ":")) and len(before) < 120 and not _is_label(before):
            article.kicker = before
    _take_lead(article)
    return article


def _main_run(lines: list[str]) -> tuple[int, int]:
    """First and last line (exclusive) of the run of prose that holds most text."""
    best, best_size = (0, 0), 0
    start, size, last = None, 0, 0
    for place, line in enumerate([*lines, ""]):
        stops = not line or _STOPS.match(squash(line)) is not None or opens_related(line)
        if is_prose(line) and not stops:
            start = place if start is None else start
            size, last = size + len(line), place + 1
            continue
        if start is not None and (stops or _breaks(line, place - last)):
            if size > best_size:
                best, best_size = (start, last), size
            start, size = None, 0
    return best


def _breaks(line: str, since: int) -> bool:
    """Whether a line that is no prose ends the article: a list of headlines, or the third short line in a row."""
    return len(line) > _LONGEST_TITLE or since >= 3


def is_prose(line: str) -> bool:
    """Whether a line is a sentence or more, rather than a headline, a menu entry or a row of headlines."""
    if len(line) < _SHORTEST_PROSE or _is_label(line):
        return False
    if _ENDS_SENTENCE.search(line):
        return True
    return len(line) >= 150 and sum(map(line.count, "،.")) * 200 >= len(line)


def _is_label(line: str) -> bool:
    flat = squash(line)
    return bool(
        len(line) < 120
        and (
            _CODE.fullmatch(flat)
            or _PUBLISHED.fullmatch(flat)
            or _UPDATED.fullmatch(flat)
            or _CLOCK.fullmatch(flat)
            or is_date_line(flat)
            or _CRUMBS.match(flat)
        )
    )


def _read_labels(article: TextArticle, above: list[str], below: list[str]) -> None:
    """Code and times from the labelled lines nearest to the article, then from a bare date above it."""
    for line in [*reversed(above), *below[:8]]:
        flat = squash(line)
        code, published, updated, tags, crumbs = (p.match(flat) for p in (_CODE, _PUBLISHED, _UPDATED, _TAGS, _CRUMBS))
        if code and article.news_code is None:
            article.news_code = code[1]
        if published and article.published is None:
            article.published = printed_time(published[1])
        elif updated and article.modified is None:
            article.modified = printed_time(updated[1])
        if tags and not article.tags:
            article.tags = tuple(
                tag.strip("# ") for tag in re.split(r"[،,]", line.split(":", 1)[-1]) if tag.strip("# ")
            )
        if crumbs and not article.category:
            article.category = tuple(crumb.strip() for crumb in re.split(r"[»›>/«]", line)[1:] if crumb.strip())
    if article.published is None:
        near = [line for line in reversed(above[-6:]) if is_date_line(line)]
        article.published = next(filter(None, map(printed_time, near)), None)


def _title_place(above: list[str], first: str) -> int | None:
    """The line of the headline: one that the page's <title> (often the first line) repeats, else the nearest that can be one."""
    able = [i for i in range(len(above) - 1, -1, -1) if _can_be_title(above[i])]
    page_title = squash(first)
    repeated = [i for i in able if i and len(above[i]) > 15 and squash(above[i]) in page_title]
    if repeated:
        return repeated[0]
    return able[0] if able and len(above) - able[0] <= 8 else None


def _can_be_title(line: str) -> bool:
    return (
        8 <= len(line) <= _LONGEST_TITLE
        and not _is_label(line)
        and not is_furniture(line)
        and any(c.isalpha() for c in line)
    )


def _take_lead(article: TextArticle) -> None:
    """The first paragraph is the lead, unless it is all there is or opens the report itself."""
    if len(article.paragraphs) < 2:
        return
    first = article.paragraphs[0]
    if len(first) <= _LONGEST_LEAD and not squash(first).startswith(_REPORTS):
        article.lead = first
        del article.paragraphs[0]
