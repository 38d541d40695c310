"""The time of publication: how it is printed, and which of the many moments of a page is the article's."""

from __future__ import annotations

import base64
import quopri
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.models import Capture
from parsers.page import read_page
from parsers.page.models import Page
from parsers.page.printed_moment import is_date_line, machine_time, printed_time

PRINTED = [
    ("13:45 31 / 05 /1396", "2017-08-22T13:45:00+04:30"),
    ("۱۳۹۱ خرداد ۶, شنبه", "2012-05-26"),
    ("چهارشنبه ۱۲ تیر ۱۳۹۸ ساعت ۹ و ۱۳ دقیقه", "2019-07-03T09:13:00+04:30"),
    ("مهر ۱۲, ۱۴۰۵ ۱۹:۲۴ Asia/Tehran", "2026-10-04T19:24:00+03:30"),
    ("۰۳ اسفند ۱۴۰۰ - ۱۷:۰۲ 22 February 2022", "2022-02-22T17:02:00+03:30"),
    ("سه~شنبه ۲۳ خرداد ۱۴۰۲ - 09:53", "2023-06-13T09:53:00+03:30"),
    ("سه~شنبه / ۱۹ آبان ۱۴۰۵ / ۰۹:۱۲", "2026-11-10T09:12:00+03:30"),
    ("29/2/95", "2016-05-18"),
    ("15:09 - 15-02-1398", "2019-05-05T15:09:00+04:30"),
    ("۹ آذر ۱۴۰۱ | ۱۳:۱۰", "2022-11-30T13:10:00+03:30"),
    ("Jul 3, 2019 9:13 PM", "2019-07-03T21:13:00+04:30"),
    ("۱۳۹۸/۴/۱۲ ۰۹:۱۳:۲۲ ب.ظ", "2019-07-03T21:13:22+04:30"),
    ("ساعت ۹ صبح ۱۲ تیر ۱۳۹۸", "2019-07-03T09:00:00+04:30"),
    ("پنجشنبه 5 / دی / 1398", "2019-12-26"),
    ("۱۹ مرداد ۱۳۹۷ - ۱۴:۲۰", "2018-08-10T14:20:00+04:30"),
    ("۱۹ بهمن ۱۴۰۲، ۹:۳۰", "2024-02-08T09:30:00+03:30"),
    ("کد خبر: 4512", None),
    ("ساعت ۱۲:۳۰", None),
]
DIGITS = [str.maketrans("", ""), str.maketrans("۰۱۲۳۴۵۶۷۸۹", "0123456789"), str.maketrans("۰۱۲۳۴۵۶۷۸۹یک", "٠١٢٣٤٥٦٧٨٩يك")]


@pytest.mark.parametrize("letters", DIGITS, ids=["Persian", "ASCII", "Arabic"])
@pytest.mark.parametrize("joint", ["\u200c", "", " "], ids=["present", "deleted", "spaced"])
@pytest.mark.parametrize(("text", "iso"), PRINTED)
def test_a_moment_is_read_however_it_is_printed(text: str, iso: str | None, joint: str, letters: dict[int, int]) -> None:
    moment = printed_time(text.replace("~", joint).translate(letters))
    assert (moment and (moment.iso if moment.exact else moment.iso[:10])) == iso


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2019-07-03T23:49:01.2300000+04:30", "2019-07-03T23:49:01+04:30"),
        ("2019-07-03T19:19:01Z", "2019-07-03T23:49:01+04:30"),
        ("Wed, 03 Jul 2019 19:19:01 GMT", "2019-07-03T23:49:01+04:30"),
        ("1398-04-12T23:49:01", "2019-07-03T23:49:01+04:30"),
        ("2019-05-05T25:00:00Z", None),
        ("0001-01-01T00:00:00+14:00", None),
    ],
)
def test_metadata_are_read_in_the_time_of_tehran(text: str, iso: str | None) -> None:
    moment = machine_time(text)
    assert (moment and moment.iso) == iso or (iso is None and moment is not None and not moment.exact)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="۰۱۳۹139/-.:+TZ \u200cسالمرداد", max_size=40) | st.datetimes().map(lambda at: f"{at.isoformat()}+14:00"))
def test_no_text_is_too_strange_for_a_moment(text: str) -> None:
    for moment in (printed_time(text), machine_time(text)):
        assert moment is None or moment.at.utcoffset() is not None
    assert is_date_line(text) in (True, False)


TITLE = "سی چشمه کوهستان لایروبی می‌شود"
BODY = "<p>مدیر آب دهستان گفت که لایروبی سی چشمه از هفته آینده آغاز می‌شود و تا پایان پاییز ادامه دارد.</p>" * 3
TODAY = "دوشنبه ۲۶ آبان ۱۴۰۴"
MENU = "<ul><li><a href='/a'>سیاست</a></li><li><a href='/b'>اقتصاد</a></li><li><a href='/c'>ورزش</a></li></ul>"
COMMENTS = (
    "<div class='x9'><h4>نظرات کاربران</h4><div><b>مریم</b> <span class='date'>۲۰ آبان ۱۴۰۴ - ۱۰:۱۰</span>"
    "<p>کاش چشمه‌های ما را هم لایروبی می‌کردند؛ سال‌هاست که کسی به آنها سر نزده است.</p></div></div>"
)
RELATED = (
    "<div class='x7'><ul><li><a href='/news/1234/x'>نوبت آب تغییر کرد و کشاورزان خبر نداشتند</a>"
    "<span class='date'>۲۱ آبان ۱۴۰۴</span></li></ul></div>"
)
FOOTER = "<footer><time datetime='2025-11-18T10:00:00'>امروز</time> تاریخ: ۲۷ آبان ۱۴۰۴</footer>"
# Each family's own marks, headline and body; «{time}» is where it prints its time.
FAMILIES = tomllib.loads((Path(__file__).resolve().parents[1] / "pages" / "skeletons.toml").read_text("utf-8"))


def read(
    article: str, *, head: str = "", before: str = "", after: str = "", url: str = "https://www.example-news.ir/news/4512/x"
) -> Page:
    html = f"<html><head><title>{TITLE}</title>{head}</head><body>{before}{article}{after}</body></html>"
    return read_page(Capture(html.encode(), url=url))


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("clock", ["<div class='header'><span class='date'>{}</span></div>", "<header><time>{}</time></header>"])
def test_the_moments_of_header_comments_related_and_footer_are_never_the_articles(family: str, clock: str) -> None:
    before, after = clock.format(TODAY) + MENU, COMMENTS + RELATED + FOOTER
    article = FAMILIES[family].format(title=TITLE, body=BODY, time="۱۲ تیر ۱۳۹۸ - ۲۲:۵۳")
    page = read(article, before=before, after=after)
    assert (page.title, page.published_at) == (TITLE, "2019-07-03T22:53:00+04:30")
    assert page.published_from
    assert "کاش چشمه" not in " ".join(page.paragraphs)
    assert len(page.paragraphs) == 3
    silent = read(FAMILIES[family].format(title=TITLE, body=BODY, time=""), before=before, after=after)
    assert (silent.published_at, silent.published_from) == (None, None)


@pytest.mark.parametrize("family", FAMILIES)
def test_exact_metadata_stand_in_where_the_article_prints_nothing(family: str) -> None:
    head = '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-06-19T16:15:00+03:30"}</script>'
    before = f"<div class='header'><span class='date'>{TODAY}</span></div>{MENU}"
    page = read(FAMILIES[family].format(title=TITLE, body=BODY, time=""), head=head, before=before, after=COMMENTS + RELATED)
    assert page.published_at == "2024-06-19T16:15:00+03:30"
    assert page.published_from == "json_ld"


@pytest.mark.parametrize(
    ("line", "iso"),
    [
        ("کد خبر: <b>45</b> زمان: <b>23:55 1398/04/12</b> بازدید: <b>25045</b>", "2019-07-03T23:55:00+04:30"),
        ("تاریخ انتشار: ۱۲ تیر ۱۳۹۸ | به~روزرسانی: ۱۴ تیر ۱۳۹۸ - ۱۰:۰۰", "2019-07-03T00:00:00+04:30"),
        ("به~روز شده در: ۱۴ تیر ۱۳۹۸ - ۱۰:۰۰ / منتشر شده در ۱۲ تیر ۱۳۹۸ - ۰۹:۰۰", "2019-07-03T09:00:00+04:30"),
        ("تاریخ چاپ: ۱۴ تیر ۱۳۹۸", None),
        ("چهارشنبه ۱۲ تیر ۱۳۹۸ - ۱۶:۱۵", "2019-07-03T16:15:00+04:30"),
        ("نوشته شده توسط مریم دشتی | ۱۲ تیر ۱۳۹۸ | ۱۶:۱۵", "2019-07-03T16:15:00+04:30"),
    ],
)
@pytest.mark.parametrize("joint", ["\u200c", "", " "], ids=["present", "deleted", "spaced"])
def test_a_box_without_a_name_gives_what_its_labels_say(line: str, iso: str | None, joint: str) -> None:
    article = f"<main><h1>{TITLE}</h1><div class='k1'>{line.replace('~', joint)}</div><div class='k2'>{BODY}</div></main>"
    assert read(article, after=COMMENTS + RELATED + FOOTER).published_at == iso


def test_a_labelled_day_beats_metadata_of_another_and_the_conflict_is_kept() -> None:
    head = "<meta property='article:published_time' content='2024-06-19T16:15:00+03:30'>"
    article = f"<main><h1>{TITLE}</h1><div class='k1'>تاریخ انتشار: ۱۲ تیر ۱۳۹۸</div><div class='k2'>{BODY}</div></main>"
    page = read(article, head=head)
    assert page.published_at == "2019-07-03T00:00:00+04:30"
    assert [issue.code for issue in page.issues] == ["date_conflict"]


def test_metadata_of_comments_and_of_the_site_are_not_the_articles() -> None:
    head = (
        '<script type="application/ld+json">[{"@type":"Comment","datePublished":"2025-01-01T10:00:00Z"},'
        '{"@type":"WebSite","datePublished":"2001-01-01"}]</script>'
    )
    assert read(f"<main><h1>{TITLE}</h1><div>{BODY}</div></main>", head=head).published_at is None


def test_the_day_in_the_address_stands_where_nothing_else_tells() -> None:
    page = read(f"<main><h1>{TITLE}</h1><div>{BODY}</div></main>", url="https://www.example-news.ir/fa/news/1398/04/12/20459/x")
    assert (page.published_at, page.published_from) == ("2019-07-03T00:00:00+04:30", "address")


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
def test_a_page_saved_whole_is_its_html_at_its_own_address(encoding: str) -> None:
    html = f"<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1><div>{BODY}</div></main></body></html>"
    coded = quopri.encodestring(html.encode()) if encoding == "quoted-printable" else base64.encodebytes(html.encode())
    head = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://www.example-news.ir/fa/news/1398/04/12/20459/x\r\n"
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="x"\r\n\r\n--x\r\n'
        f"Content-Type: text/html\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n"
    )
    page = read_page(Capture(head.encode() + coded + b"\r\n--x--\r\n"))
    assert (page.verdict, page.title, page.publisher) == ("article", TITLE, "example-news")
    assert page.published_at == "2019-07-03T00:00:00+04:30"


def test_comments_and_polls_without_a_telling_class_stay_out_of_the_article() -> None:
    poll = "<p>نظرسنجی</p><p>آیا لایروبی چشمه‌ها پیش از پاییز به پایان می‌رسد؟</p><ul><li>آری</li><li>خیر</li></ul>"
    comments = "<p>نظرات شما</p><p>ناشناس</p><p>کاش چشمه‌های ما را هم لایروبی می‌کردند؛ سال‌هاست که کسی سر نزده است.</p>"
    page = read(
        f"<main><h1>{TITLE}</h1><div class='k2'>{BODY}{poll}"
        f"<p>این کار هر سال در آغاز پاییز انجام می‌شود.</p>{comments}</div></main>"
    )
    assert [len(page.paragraphs), page.paragraphs[-1]] == [4, "این کار هر سال در آغاز پاییز انجام می‌شود."]


def test_breadcrumbs_of_json_ld_are_the_category() -> None:
    head = (
        '<script type="application/ld+json">{"@type":"BreadcrumbList","itemListElement":[{"position":2,"name":"آب"},'
        '{"position":1,"item":{"name":"استان‌ها"}}]}</script>'
    )
    assert read(f"<main><h1>{TITLE}</h1><div>{BODY}</div></main>", head=head).category == ("استان‌ها", "آب")
