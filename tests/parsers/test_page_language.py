"""Which language a page is in, where its words alone hardly tell."""

from __future__ import annotations

import pytest

from parsers.models import Capture
from parsers.page import read_page
from parsers.page.language import is_persian

NAMES = "قانون پسماند و پساب و فاضلاب و گازها و چشمه و چاه و قنات و برکه و آبگیر و دریاچه و رود و جوی و باغ و پل"
OTHER_NAMES = (
    "النفايات و الغازات و الماء و البئر و القناة و البركة و البحيرة و النهر و الساقية و البستان و الجسر و الغابة و القرية"
)


@pytest.mark.parametrize(
    ("text", "persian"),
    [
        (f"{NAMES} و کشتزار و مرتع", True),
        (OTHER_NAMES, False),
        ("ذخیره فایل CSV در SQL Server را در این نوشته با BULK INSERT Sales FROM sales CSV WITH FIRSTROW نشان می‌دهم", True),
        ("Bulk insert of CSV files into SQL Server: schema, first row, terminators, و چند واژه دیگر", False),
        ("The springs of the village are dredged by forty workers every year. درباره ما تماس با ما", False),
        ("", False),
    ],
)
def test_common_words_tell_the_language_and_letters_where_they_do_not(text: str, persian: bool) -> None:
    assert is_persian(text) is persian


def test_a_law_that_begins_with_names_is_a_law() -> None:
    clauses = "".join(
        f"<br>ماده {number}<br>بهره‌برداران چشمه شماره {number} باید هر سال آن را لایروبی کنند و هزینه را بپردازند."
        for number in range(1, 9)
    )
    names = "<br>".join(
        ["قانون‌نما", "قوانین‌کاربردی", "دریافت اپلیکیشن", "شبکه‌های اجتماعی", "ورود", "قوانین و مقررات", "آب و خاک"]
    )
    title = "آیین‌نامه لایروبی چشمه و قنات و جوی و برکه"
    text = f"{names}<br>{title}<br>{title}<br>چشمه‌های کوهستان و قنات‌های دشت<br>بخش نخست<br>کلیات{clauses}"
    html = f'<html><head><meta charset="utf-8"><title>متن</title></head><body><div>{text}</div></body></html>'
    assert read_page(Capture(html.encode(), url="https://www.nemuneh.ir/rules/9")).verdict == "law"
