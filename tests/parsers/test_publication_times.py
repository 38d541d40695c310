"""When a page was published: all times that it names are judged by where they stand, for every family alike."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from parsers.models import Capture
from parsers.page import read_page
from parsers.page.frames import framed, own_address
from parsers.page.printed_moment import printed_time

PAGES = Path(__file__).resolve().parents[1] / "pages"
DATED = [
    path
    for path in sorted(PAGES.glob("*/*.html"))
    if json.loads(path.with_suffix(".json").read_text("utf-8")).get("published_at")
]
PARAGRAPHS = "".join(
    f"<p>{text}</p>"
    for text in (
        "شورای آب استان نمونه در نشست خود برنامه بازسازی سی حلقه چاه را بررسی کرد و قرار شد کار از روستاهای بالادست آغاز شود.",
        "مدیر این طرح گفت که اعتبار لازم تأمین شده است و پیمانکاران تا پایان پاییز فرصت دارند گزارش کار خود را بدهند.",
        "کشاورزان منطقه نیز در جلسه‌های هفتگی شرکت می‌کنند و پیشنهادهای آنان در نقشه نهایی آورده خواهد شد.",
    )
)
CLOCKS = (
    '<div class="header"><span class="date">دوشنبه ۲۶ آبان ۱۴۰۴</span></div>',
    '<header><div class="today">امروز: ۲۶ آبان ۱۴۰۴ - ۱۰:۱۱</div></header>',
    '<div class="top-bar"><time datetime="2025-11-17T10:11:00+03:30">۱۴۰۴/۰۸/۲۶</time></div>',
)
BELOW = (
    '<div class="comments"><h3>نظرها</h3><div class="comment"><span class="date">۲۷ آبان ۱۴۰۴ - ۰۸:۱۲</span>به</div></div>',
    '<div class="nazarat"><span>۲۷ آبان ۱۴۰۴ - ۰۸:۱۲</span><p>سپاس از خبر خوب شما و همکارانتان.</p></div>',
    '<div class="related"><ul><li><a href="/news/9/x">خبری دیگر</a><span class="date">۲۰ آبان ۱۴۰۴</span></li></ul></div>',
    "<footer><p>به‌روزرسانی: ۲۶ آبان ۱۴۰۴ - ۱۰:۱۱</p></footer>",
)


def published(html: str, url: str = "https://www.nemuneh.ir/news/4512/x") -> tuple[str | None, str | None]:
    page = read_page(Capture(html.encode(), url=url))
    return page.published_at, page.published_from


def article(before: str = "", after: str = "", head: str = "", scope: str = "main") -> str:
    title = "سی چاه قدیمی بازسازی می‌شود"
    return (
        f'<!DOCTYPE html><html lang="fa"><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>'
        f'{CLOCKS[0]}<ul class="menu"><li><a href="/a">سیاست</a></li><li><a href="/b">اقتصاد</a></li></ul>'
        f'<{scope}><h1>{title}</h1>{before}<div class="c2">{PARAGRAPHS}</div>{after}</{scope}>{BELOW[0]}{BELOW[2]}</body></html>'
    )


@pytest.mark.parametrize("saved", DATED, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_false_times_around_a_page_of_any_family_change_nothing(saved):
    wanted = json.loads(saved.with_suffix(".json").read_text("utf-8"))
    html = re.sub(r"(<body[^>]*>)", lambda tag: tag[1] + "".join(CLOCKS), saved.read_text("utf-8"), count=1)
    html = html.replace("</body>", "".join(BELOW) + "</body>")
    at = published(html, wanted["url"])[0] or ""
    assert at[:16] == wanted["published_at"][:16]  # to the minute: a gallery without a text has its time from metadata


@pytest.mark.parametrize(
    ("printed", "iso"),
    [
        ("13:45 31 / 05 /1396", "2017-08-22T13:45:00+04:30"),
        ("23:55 1398/04/12", "2019-07-03T23:55:00+04:30"),
        ("۱۳۹۱ خرداد ۶, شنبه", "2012-05-26T00:00:00+04:30"),
        ("چهارشنبه ۱۲ تیر ۱۳۹۸ ساعت ۹ و ۱۳ دقیقه", "2019-07-03T09:13:00+04:30"),
        ("چهارشنبه / ۱۲ تیر ۱۳۹۸ / ۰۰:۲۰", "2019-07-03T00:20:00+04:30"),
        ("١٢ تير ١٣٩٨ - ٢٢:٥٣", "2019-07-03T22:53:00+04:30"),
        ("12/04/1398 - 22:53", "2019-07-03T22:53:00+04:30"),
        ("2019-07-03T20:19:00Z", "2019-07-04T00:49:00+04:30"),
        ("۹ و ۱۳ دقیقه", None),
    ],
)
def test_every_printed_form_is_read(printed, iso):
    moment = printed_time(printed)
    assert (moment.iso if moment else None) == iso


JSON_LD = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-06-19T16:15:00+03:30"}</script>'
META = '<meta property="article:published_time" content="2024-06-19T16:15:00+03:30">'
OG_META = '<meta property="og:article:published_time" content="2024-06-19T16:15:00.1200000+03:30">'
EXACT = "2024-06-19T16:15:00+03:30"


@pytest.mark.parametrize(
    ("page", "at", "source"),
    [
        (article(), None, None),
        (article(head=META), EXACT, "metadata"),
        (article(head=OG_META), EXACT, "metadata"),
        (article(head=JSON_LD), EXACT, "json_ld"),
        (article("<div class=c1>چهارشنبه ۳۰ خرداد ۱۴۰۳ - ۱۶:۱۵</div>"), EXACT, "printed"),
        (article("<div class=c1>تاریخ انتشار: ۳۰ خرداد ۱۴۰۳ ساعت ۱۶:۱۵</div>"), EXACT, "labelled"),
        (article("<p class=x>کد خبر: ۴۵۱۲ زمان: ۱۶:۱۵ ۱۴۰۳/۰۳/۳۰ بازدید: ۲۵</p>"), EXACT, "labelled"),
        (article("<div>منتشر شده در ۳۰ خرداد ۱۴۰۳ ۱۶:۱۵</div>"), EXACT, "labelled"),
        # A bare day without a label yields to exact metadata; with one it is the newsroom's own, completed by them.
        (article("<div class=c1>۲۹ خرداد ۱۴۰۳</div>", head=META), EXACT, "metadata"),
        (article("<div class=c1>تاریخ انتشار: ۲۹ خرداد ۱۴۰۳</div>", head=META), "2024-06-18T00:00:00+03:30", "labelled"),
        (article("<div class=c1>تاریخ انتشار: ۳۰ خرداد ۱۴۰۳</div>", head=META), EXACT, "labelled"),
        # The day of an update is no day of publication.
        (article("<div>آخرین به‌روزرسانی: ۲۶ آبان ۱۴۰۴ - ۱۰:۰۰</div>"), None, None),
        (article("<div>آخرین به‌روزرسانی: ۲۶ آبان ۱۴۰۴ - ۱۰:۰۰</div>", head=META), EXACT, "metadata"),
        # What stands after the article, or in another article's box, is not its own.
        (article(after=BELOW[1]), None, None),
        (article(after=BELOW[2], scope="article"), None, None),
        (article(after=BELOW[0], scope="div", head=META), EXACT, "metadata"),
    ],
)
def test_the_time_is_told_by_where_it_stands(page, at, source):
    assert published(page) == (at, source)


def test_a_day_in_the_address_counts_where_nothing_else_does():
    assert published(article(), "https://www.nemuneh.ir/fa/news/1403/03/30/4512/x") == ("2024-06-19T00:00:00+03:30", "address")
    assert published(article(head=META), "https://www.nemuneh.ir/fa/news/1403/03/29/4512/x")[1] == "metadata"


def test_a_day_as_the_heading_of_its_post_is_the_posts():
    title = "<h3 class='post-title entry-title'>سی چاه قدیمی بازسازی می‌شود</h3>"
    post = f"<div class='post'>{title}<div class='post-body entry-content'>{PARAGRAPHS}</div></div>"
    day = "<h2 class='date-header'><span>۱۳۹۱ خرداد ۶, شنبه</span></h2>"
    html = f"<html><body><div class='date-outer'>{day}{post}</div></body></html>"
    assert published(html) == ("2012-05-26T00:00:00+04:30", "printed")


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://web.archive.org/web/20190615101112/https://www.isna.ir/news/1/x", "https://www.isna.ir/news/1/x"),
        ("http://web.archive.org/web/20190615101112id_/http:/www.isna.ir/n?a=1", "http://www.isna.ir/n?a=1"),
        ("http://localhost:8080/coll/20190615101112mp_/https://nemuneh.ir/", "https://nemuneh.ir/"),
        ("https://www.isna.ir/news/98041203723/https", "https://www.isna.ir/news/98041203723/https"),
        ("https://nemuneh.ir/go?to=https://other.ir/", "https://nemuneh.ir/go?to=https://other.ir/"),
        (None, None),
    ],
)
def test_a_page_in_a_web_archive_has_its_own_address(address, own):
    assert own_address(address) == own


def test_the_frame_tells_when_the_page_was_captured():
    found = framed("https://web.archive.org/web/20190615101112/https://www.isna.ir/news/1/x")
    assert found is not None
    assert found.timestamp == "20190615101112"
    page = read_page(
        Capture(article(head=META).encode(), url="https://web.archive.org/web/20240701000000/https://www.isna.ir/news/1/x")
    )
    assert (page.publisher, page.url) == ("isna", "https://www.isna.ir/news/1/x")


TEXT = "\n".join(re.findall("<p>(.*?)</p>", PARAGRAPHS))


@pytest.mark.parametrize(
    ("lines", "title", "at", "authors"),
    [
        ("سی چاه قدیمی بازسازی می‌شود\n\nپیک نمونه سه شنبه 23 خرداد 1402 - 09:53", None, "2023-06-13T09:53:00+03:30", ()),
        ("سی چاه قدیمی بازسازی می‌شود\nگروه استانها- پروانه نمونه", None, None, ()),
        (
            "سی چاه قدیمی بازسازی می‌شود\nنویسنده: پروانه نمونه\n۲۳ خرداد ۱۴۰۲",
            None,
            "2023-06-13T00:00:00+03:30",
            ("پروانه نمونه",),
        ),
        (
            "سی چاه قدیمی بازسازی می‌شود\nدانشنامه\nچهارشنبه 25 دی 1398\nhttps://nemuneh.ir/x\nپنجشنبه 4 اردیبهشت 1404\nچاپ شده",
            None,
            "2020-01-15T00:00:00+03:30",
            (),
        ),
        (
            "سی چاه قدیمی بازسازی می‌شود\nنوشته شده توسط پروانه نمونه | ۹ آذر ۱۴۰۱ | ۱۳:۱۰",
            None,
            "2022-11-30T13:10:00+03:30",
            ("پروانه نمونه",),
        ),
        (
            "آیا سی چاه قدیمی تا پایان پاییز بازسازی می‌شود؟\n۲۳ خرداد ۱۴۰۲",
            "آیا سی چاه قدیمی تا پایان پاییز بازسازی می‌شود؟",
            "2023-06-13T00:00:00+03:30",
            (),
        ),
    ],
)
def test_page_text_has_its_headline_and_not_the_lines_under_it(lines, title, at, authors):
    page = read_page(Capture(f"{lines}\n{TEXT}\n".encode()))
    assert page.title == (title or "سی چاه قدیمی بازسازی می‌شود")
    assert (page.published_at, page.authors) == (at, authors)


def test_page_text_without_a_newline_at_its_end_keeps_its_last_line():
    for ending in ("", "\n"):
        page = read_page(Capture(f"سی چاه قدیمی بازسازی می‌شود\n{TEXT}{ending}".encode()))
        assert page.paragraphs[-1].startswith("کشاورزان منطقه")


@pytest.mark.parametrize("line", ["اشتراک‌گذاری", "ارسال به دوستان", "کد خبر: ۱۲۳۴", "بازدید: ۱۲ نفر"])
def test_a_line_of_furniture_is_no_headline(line):
    page = read_page(Capture(f"سی چاه قدیمی بازسازی می‌شود\n{line}\n{TEXT}\n".encode()))
    assert page.title == "سی چاه قدیمی بازسازی می‌شود"


@pytest.mark.parametrize(
    "sign",
    ["انتهای پیام/", "انتهای پیام/ز", "انتهای پیام/ ۷۷۱۲/م", "/انتهای پیام/", "پایان پیام/ت", "(پایان خبر)", "انتهای پیام.*"],
)
def test_a_sign_off_of_any_newsroom_is_dropped(sign):
    page = read_page(
        Capture(article().replace("</div></main>", f"<p>{sign}</p></div></main>").encode(), url="https://nemuneh.ir/news/1")
    )
    assert len(page.paragraphs) == 3


def test_a_sentence_about_an_end_is_no_sign_off():
    line = "پایان پیام رئیس شورا به مردم استان نمونه روز گذشته خوانده شد."
    page = read_page(
        Capture(article().replace("</div></main>", f"<p>{line}</p></div></main>").encode(), url="https://nemuneh.ir/news/1")
    )
    assert page.paragraphs[-1] == line


@pytest.mark.parametrize(
    "paragraph",
    [
        "قانون آب (مصوب ۲/۳/۱۳۷۶) لغو می‌شود.",
        "آیین‌نامه اجرایی آب (مصوب ۲/۳/۱۳۷۶) از این پس اجرا نمی‌شود و دستگاه‌ها باید آیین‌نامه تازه را بنویسند.",
        "این برنامه از ۲۳ خرداد ۱۴۰۲ آغاز شد.",
        "این ماده در ۱۳۷۶/۰۳/۰۲ تصویب شد؛",
    ],
)
def test_a_short_paragraph_with_a_day_is_a_paragraph_and_no_day_of_publication(paragraph):
    first, *rest = TEXT.split("\n")
    page = read_page(Capture("\n".join(["سی چاه قدیمی بازسازی می‌شود", first, paragraph, *rest]).encode()))
    assert paragraph in page.paragraphs
    assert page.published_at is None
