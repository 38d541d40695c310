"""Lines of an article box that are none of the article: what sites ask of readers, say of films, and link to."""

from __future__ import annotations

import pytest

from parsers.models import Capture
from parsers.page import read_page
from parsers.page.boilerplate import is_furniture, opens_related

FURNITURE = """
این مطلب برایم مفید است
12 نفر این پست را پسندیده‌اند
مدت زمان مطالعه: ۳ دقیقه
زمان تقریبی مطالعه ۵ دقیقه
خواندن ۵ دقیقه
A+ A-
اندازه متن
کد ویدیو
دانلود فیلم اصلی
حجم ویدیو: 4.81M | مدت زمان ویدیو: 00:00:34
مشاهده این پست در اینستاگرام
A post shared by کاربر (@user)
تماشای ویدیو در آپارات
برای مشاهده ویدیو اینجا را کلیک کنید.
چقدر این پست مفید بود؟
روی یک ستاره کلیک کنید تا به آن امتیاز دهید!
تا الان رای نیامده! اولین نفری باشید که به این پست امتیاز می‌دهید.
۵/۵ - (۱ امتیاز)
میانگین امتیاز 0 / 5. شمارش آرا: 0
فهرست مطالب
آنچه در این مقاله می‌خوانید
نظر بدهید
نظر خود را بنویسید
عضویت در خبرنامه
دانلود اپلیکیشن
بازنشر مطالب با ذکر منبع مجاز است.
کلیه حقوق این سایت متعلق به پیک نمونه است.
این خبر را به اشتراک بگذارید
اشتراک‌گذاری این مطلب در شبکه‌های اجتماعی
لینک کوتاه خبر: https://nemuneh.ir/xyz
کپی شد!
ارسال به تلگرام
عکاس: رضا کریمی
کد مطلب: 1234 | بازدید: 12
دسته‌بندی: اخبار
ادامه مطلب ←
← نوشته قبلی
#آب #چشمه_ها
برای دنبال کردن اخبار ما به کانال تلگرام بپیوندید
به روز باشید و آخرین اخبار را در ای-میل خود دریافت کنید
"""
TEXT = """
مطالعه این گزارش برایم مفید بود، زیرا از چشمه‌های روستا می‌گوید.
۱۲ نفر این کار را در سه روز انجام دادند
فیلم اصلی جشنواره امسال درباره چشمه‌های کوهستان است.
دانلود این فیلم در ایران ممکن نیست، اما نسخه‌ای از آن در کتابخانه روستا هست.
فهرست مطالبات کشاورزان به دهدار داده شد
نظر خود را درباره لایروبی گفت
عکس/ لایروبی چشمه‌های کوهستان
کلیه حقوق کارگران تا پایان ماه پرداخت می‌شود.
ادامه مطلب را از زبان دهدار بخوانید: آب چشمه‌ها نیم شده است.
کد ملی کشاورزان ثبت شد
"""
RELATED = """
پیشنهاد می‌کنیم بخوانید:
حتما بخوانید: زمستان پربرف
مطالعه کنید: نوبت آب باغ‌ها
در این باره بیشتر بخوانید
خبر مرتبط: قنات کهن
پست‌های مرتبط
"""


@pytest.mark.parametrize("line", FURNITURE.strip().split("\n"))
@pytest.mark.parametrize("joiner", ["\u200c", "", " "])
def test_what_sites_put_into_articles_is_furniture(line: str, joiner: str) -> None:
    assert is_furniture(line.replace("\u200c", joiner))


@pytest.mark.parametrize("line", TEXT.strip().split("\n"))
def test_sentences_of_the_same_words_are_text(line: str) -> None:
    assert not is_furniture(line)


@pytest.mark.parametrize("line", RELATED.strip().split("\n"))
def test_what_leads_to_other_articles_opens_related_links(line: str) -> None:
    assert opens_related(line)


def test_a_table_of_contents_is_no_text() -> None:
    sentence = "اهالی می‌گویند که آب چشمه‌ها در ده سال گذشته نیم شده است و باغ‌ها تنها با همین آب زنده می‌مانند."
    contents = '<div><p>فهرست محتوا</p><ul><li><a href="#a">چشمه‌ها</a></li><li><a href="#b">قنات‌ها</a></li></ul></div>'
    body = f'{contents}<h2 id="a">چشمه‌ها</h2><p>{sentence}</p><h2 id="b">قنات‌ها</h2><p>{sentence}</p>'
    html = f'<html><body><article><h1>آب در کوهستان شمالی</h1><div class="entry-content">{body}</div></article></body></html>'
    page = read_page(Capture(html.encode(), url="https://www.nemuneh.ir/news/1"))
    assert page.paragraphs == ("چشمه‌ها", sentence, "قنات‌ها", sentence)
