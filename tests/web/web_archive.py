"""An archive with a story that changed, a law that is cited, and a page that means harm."""

from __future__ import annotations

from parsers.models import Capture

Z = "\u200c"
HARM = "<script>alert('harm')</script>"
LAW = f"قانون ساماندهی پیام{Z}رسان{Z}های شهری"
LAW_LINES = (
    f"ماده ۱ – پیام{Z}رسان شهری سکویی است که شهرداری آن را ثبت کرده است.",
    "ماده ۲ – ثبت سکو رایگان است.",
    "تبصره – سکوهای خارجی ثبت نمی" + Z + "شوند.",
)
STORY = (
    f"به گزارش ایرنا، شهرداری نامه{Z}های خود را در پیام{Z}رسان{Z}های «بله»، «گپ» و «سروش» می{Z}فرستد و سامانه{Z}ای ساخته است.",
    f"بر اساس ماده ۲ «{LAW}» ثبت این سکوها رایگان است. شورای عالی فضای مجازی در جلسات ۳۶ تا ۴۰ خود درباره آن گفت{Z}وگو کرد.",
)
OTHER = f"تیتر این خبر برنامه{Z}ای است که نباید اجرا شود."


def _article(number: int, title: str, paragraphs: tuple[str, ...], day: str, publisher: str = "sobh") -> Capture:
    body = "".join(f"<p>{text}</p>" for text in paragraphs)
    html = (
        f'<html lang="fa"><head><title>{title}</title><meta property="og:type" content="article">'
        f'<meta property="article:published_time" content="{day}T10:00:00+03:30"></head><body id="news">'
        f'<div class="title"><h1>{title}</h1></div><div class="body">{body}</div></body></html>'
    )
    address = f"https://{publisher}.example/fa/news/{number}"
    return Capture(html.encode(), address, fetched_at=f"{day}T12:00:00+03:30", publisher=publisher)


def _law() -> Capture:
    body = "".join(f"<p>{line}</p>" for line in LAW_LINES)
    html = (
        f'<html><body><div class="details_right"><div class="title"><h1>{LAW}</h1></div><table><tr><td>تاریخ تصویب:</td>'
        f"<td>مصوب ۱۳۹۹/۰۲/۰۳</td></tr><tr><td>مرجع تصویب:</td><td>مجلس شورای اسلامی</td></tr></table>"
        f'<div class="matn">{body}</div></div></body></html>'
    )
    return Capture(html.encode(), "https://majales.example/law/1", fetched_at="2026-10-01T08:00:00+03:30", publisher="majales")


LONG = f"گزارش پیام{Z}رسان{Z}های داخلی و خارجی " * 20
ADDRESS = "https://www.example.com/" + "very/long/address/" * 12 + "?token=abcdefghijklmnopqrstuvwxyz0123456789"
ENGLISH = "<b>Bale</b> and Telegram: an English headline"


def _odd(number: int, title: str, *paragraphs: str, day: str = "2026-10-01") -> Capture:
    return _article(number, title.replace("<", "&lt;").replace(">", "&gt;"), paragraphs, day, publisher="odd")


_ORDINALS = ("یکم", "دوم", "سوم", "چهارم", "پنجم", "ششم")
_PARAGRAPHS = tuple(f"پاراگراف {word} درباره سامانه{Z}ای است که شهرداری ساخته است." for word in _ORDINALS)
ODD = (
    _odd(1, LONG, STORY[0], f"نشانی آن {ADDRESS} است و پیام{Z}رسان بله در آن هست.",
         "The rest of it is in English and runs left to right."),
    _odd(2, ENGLISH, f"پیام{Z}رسان بله", STORY[1]),
    _odd(3, f"پیام{Z}رسان بله عوض شد", *_PARAGRAPHS, STORY[0], f"نشانی {ADDRESS}"),
    _odd(3, f"پیام{Z}رسان بله دگرگون شد", *_PARAGRAPHS, "این پاراگراف تازه است و پیش از این نبود.",
         STORY[0].replace("«گپ» و ", "").replace("ساخته", "خریده"), f"نشانی {ADDRESS}", day="2026-10-02"),
    Capture(
        (f"ماده ۱- {f'دستگاه{Z}های_شهرداری_' * 9}نشانی خانه{Z}ها را ثبت می{Z}کنند.\nماده ۲- ثبت نشانی رایگان است.\n"
         f"ماده ۳- آیین{Z}نامه این قانون را شورا می{Z}نویسد.\n").encode(),
        headers={"x-bayegan-file": "very-long-name-of-a-file-that-somebody-has-saved-in-a-folder.txt"},
        fetched_at="2026-10-03T08:00:00+03:30", publisher="odd",
    ),
)  # fmt: skip

CAPTURES = (
    _law(),
    _article(1, f"شهرداری به پیام{Z}رسان{Z}های داخلی رفت", STORY, "2026-10-05"),
    _article(1, f"شهرداری به پیام{Z}رسان{Z}های داخلی رفت", (STORY[0].replace("«گپ» و ", ""), STORY[1]), "2026-10-06"),
    _article(2, HARM.replace("<", "&lt;").replace(">", "&gt;"), (STORY[0], OTHER), "2026-11-02"),
    _article(5, f"نامه{Z}های شهرداری در پیام{Z}رسان{Z}ها", STORY, "2026-10-06", publisher="asr"),
)
