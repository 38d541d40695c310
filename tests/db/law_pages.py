"""Small invented laws and articles as captures with their records, for the tests of the archive."""

from __future__ import annotations

from parsers.models import Capture, Record
from parsers.record import parse

LAW = "قانون میدان‌های میوه"
LINES = (
    "ماده ۱ – میوه رسیده فروخته می‌شود.",
    "ماده ۲ – شرط‌ها:",
    "الف – ترازو؛",
    "ب – پروانه.",
    "تبصره – کودکان معاف‌اند.",
    "ماده ۳ – میدان جمعه بسته است.",
)


def law(
    *lines: str, title: str = LAW, n: int = 1, at: str = "2026-11-02", approved: str = "مصوب ۱۳۹۹/۰۲/۰۳",
    issuer: str = "مجلس شورای اسلامی",
) -> tuple[Capture, Record]:  # fmt: skip
    """A law as a portal prints it."""
    body = "".join(f"<p>{line}</p>" for line in lines or LINES)
    html = (
        f'<html><body><div class="details_right"><div class="title"><h1>{title}</h1></div>'
        f"<table><tr><td>تاریخ تصویب:</td><td>{approved}</td></tr><tr><td>مرجع تصویب:</td><td>{issuer}</td></tr></table>"
        f'<div class="matn">{body}</div></div></body></html>'
    )
    return captured(html, f"https://majales.example/law/{n}", at)


def news(text: str, *, n: int = 1, at: str = "2026-11-01") -> tuple[Capture, Record]:
    """An article that says this, after a sentence that makes it long enough."""
    padding = "این گزارش درباره بازار میوه شهر است و گفته‌های مدیران بازار و خریداران را از آغاز تا پایان روز بازگو می‌کند. " * 2
    html = (
        f'<html><head><meta property="og:type" content="article"></head><body id="news"><div class="title"><h1>گزارش {n} از '
        f'بازار میوه</h1></div><div class="body"><p>{padding}</p><p>{text}</p></div></body></html>'
    )
    return captured(html, f"https://sobh.example/fa/news/{n}", at)


def captured(html: str, url: str, at: str) -> tuple[Capture, Record]:
    """A page fetched at noon of a day."""
    capture = Capture(html.encode(), url=url, fetched_at=f"{at}T12:00:00+03:30", headers={"Content-Type": "text/html"})
    return capture, parse(capture)
