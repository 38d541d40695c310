"""Furniture for the test pages: menus, sidebars, related boxes, comments and footers around an article, always the same.

A saved page holds its article region with real markup and marks such as `<!-- furniture:top -->`; `furnish` puts what sites
really have there, so that every page weighs 60 KB or more. The headlines are invented, and many name messengers, clauses
and sessions: none of them may be found in what a page says.
"""

from __future__ import annotations

import random
import re

SUBJECTS = (
    "سخنگوی اتحادیه فروشندگان", "شهردار یکی از شهرهای شمالی", "مدیرکل هواشناسی", "سرمربی تیم امید", "رئیس صندوق بازنشستگان",
    "یک استاد دانشگاه", "مدیر روابط عمومی آب منطقه‌ای", "فرمانده پلیس راه", "دبیر انجمن ناشران", "نماینده کارگران",
)  # fmt: skip
VERBS = (
    "از کاهش قیمت خبر داد", "به شایعه‌ها پاسخ داد", "استعفا داد", "جزئیات تازه‌ای گفت", "وعده داد", "به دادگاه رفت", "قرارداد بست",
    "هشدار داد", "مهمان برنامه شد", "گلایه کرد",
)  # fmt: skip
TRAPS = (
    "بند ۴۱ مصوبه جلسه ۹۹ شورای عالی فضای مجازی در پیام‌رسان روبیکا بازنشر شد",
    "کانال تلگرام ما را دنبال کنید؛ پیام‌رسان ایتا هم هست",
    "ماده ۵۵ قانون نمونه و تبصره ۳ آن؛ سروش پلاس و آی‌گپ چه می‌گویند",
    "واتساپ فیلتر می‌ماند؟ پاسخ دبیر شورای عالی فضای مجازی در جلسه ۸۸",
    "خبری که درباره پیام‌رسان گپ منتشر شده بود حذف شد",
    "برای دیدن بازی وارد ورزشگاه شوید؛ گزارش هواداران از صف بلیت",
    "صفحه ۴۰۴ تقویم؛ روزی که پیدا نشد",
)
SECTIONS = ("سیاسی", "اقتصادی", "اجتماعی", "فرهنگی", "ورزشی", "بین‌الملل", "دانش و فناوری", "استان‌ها", "عکس", "فیلم", "گفت‌وگو")
MARK = re.compile(r"<!-- furniture:([a-z]+) -->")


def headline(rng: random.Random) -> str:
    """One invented headline; every fifth is a trap."""
    return rng.choice(TRAPS) if rng.random() < 0.2 else f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)}؛ {rng.randint(2, 98)} نکته"


def link(rng: random.Random) -> str:
    """A headline with its address, thumbnail and title, as lists print it."""
    text, code = headline(rng), rng.randint(100_000, 999_999)
    slug = text.replace(" ", "-").replace("؛", "")
    return (
        f'<li class="news linear_news" data-conf="{{&quot;id&quot;:{code}}}"><figure><a href="/fa/news/{code}/{slug}" class="picLink" title="{text}">'
        f'<img src="/files/thumb/{code}_{rng.randint(1, 9)}.jpg" alt="{text}" width="80" height="60"></a></figure>'
        f'<div class="desc"><h3><a href="/fa/news/{code}/{slug}" target="_blank" title="{text}">{text}</a></h3></div></li>'
    )


def listing(rng: random.Random, title: str, count: int, wrapper: str = "section") -> str:
    """A box of headlines under a title."""
    items = "\n".join(link(rng) for _ in range(count))
    return f'<{wrapper} class="box list list-bullets"><header><h2><span>{title}</span></h2></header><div><ul>{items}</ul></div></{wrapper}>'


def top(rng: random.Random) -> str:
    """Logo, clock, menus of two levels, a ticker of headlines, a search form."""
    menu = "".join(
        f'<li class="nav_link"><a href="/fa/service/{i}">{name}</a><ul>' + "".join(f'<li><a href="/fa/service/{i}/{j}">{name} {sub}</a></li>' for j, sub in enumerate(("ایران", "جهان", "تهران")))
        + "</ul></li>" for i, name in enumerate(SECTIONS)
    )  # fmt: skip
    ticker = "".join(f'<a href="/fa/news/{rng.randint(10_000, 99_999)}">{headline(rng)}</a> ' for _ in range(8))
    return (
        '<div class="header"><div class="top_nav"><span class="clock">به روز شده در: ۲ آذر ۱۴۰۵ - ۰۸:۱۵</span>'
        '<form action="/fa/search" method="get"><input type="text" name="q" placeholder="جستجو"><button>جستجو</button></form></div>'
        f'<nav class="main-menu"><ul>{menu}</ul></nav><div class="ticker">{ticker}</div>'
        '<ul class="social-links"><li><a href="https://t.me/nemuneh">تلگرام</a></li><li><a href="https://eitaa.com/nemuneh">ایتا</a></li></ul></div>'
        f"<script>var menu = {list(range(2500))}; if (1 < 2) {{ document.write('<p>بند ۹۹ ساختگی</p>'); }}</script>"
    )


def side(rng: random.Random) -> str:
    """The margins: most read, latest, opinions with leads, a poll."""
    leads = "".join(
        f'<div class="item"><div class="rutitr">{rng.choice(SUBJECTS)}:</div><h3 class="title">{headline(rng)}</h3><div class="lead2 subtitle">{headline(rng)}. '
        f'{headline(rng)} و این گزارش همچنان ادامه دارد تا خواننده را به صفحه دیگر بکشاند.</div></div>' for _ in range(7)
    )  # fmt: skip
    return (
        '<div class="col-md-4 sidebar">' + listing(rng, "پربازدیدها", 18) + listing(rng, "آخرین اخبار", 16, "aside") + f'<div class="opinions">{leads}</div>'
        '<form class="poll"><p>نظر شما درباره پیام‌رسان بله چیست؟</p><label><input type="radio" name="v">خوب</label></form></div>'
    )  # fmt: skip


def related(rng: random.Random) -> str:
    """The box of related headlines under the article."""
    return listing(rng, "مطالب مرتبط", 6)


def comments(rng: random.Random) -> str:
    """Readers' comments, and the form for one more."""
    said = "".join(
        f'<li class="comments_item"><div class="comm_info_name">کاربر {i}</div><div class="comm_info_date">۰۹:۱{i} - ۱۴۰۵/۰۹/۰{i + 1}</div>'
        f'<div class="comments-body comment-body"><p>به نظر من {headline(rng)}. در تلگرام هم همین را خواندم و بند ۶۶ را قبول ندارم.</p></div></li>' for i in range(7)
    )  # fmt: skip
    return (
        f'<section class="box comments comments-list" id="comments"><header><h2>نظرات</h2></header><ul>{said}</ul></section>'
        '<section class="box comment-form"><header><h2>نظر شما</h2></header><form method="post" action="/rest/comment"><p>نظرات حاوی توهین منتشر نمی‌شود.</p>'
        '<input name="name"><textarea name="body"></textarea><button>ارسال</button></form></section>'
    )


def bottom(rng: random.Random) -> str:
    """The footer, with one more list and a script."""
    return (
        f'<footer class="footer"><div class="container">{listing(rng, "پیشنهاد سردبیر", 10, "div")}<p>تمام حقوق مادی و معنوی این سایت محفوظ است.</p>'
        '<p>ما را در پیام‌رسان‌های ایتا، بله و سروش پلاس دنبال کنید.</p></div></footer>'
        f"<script>(function(){{var counters={list(range(2600))};}})();</script>"
    )  # fmt: skip


_PARTS = {"top": top, "side": side, "related": related, "comments": comments, "bottom": bottom}


def furnish(html: str, seed: str) -> str:
    """The page with every mark replaced; a page without marks comes back as it is."""
    rng = random.Random(seed)
    return MARK.sub(lambda mark: _PARTS[mark[1]](rng), html)
