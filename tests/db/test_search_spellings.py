"""Spellings that readers take for the same word find each other, and are shown as they are printed."""

from __future__ import annotations

import pytest
from archive_pages import page

Z = "\u200c"
# "~" is a ZWNJ. All spellings on a line are one word.
SAME = [
    "مسئول مسؤول مسوول", "مسئولیت مسؤولیت مسوولیت", "شئون شؤون شوون", "رئوف رؤوف", "هیئت هیأت هیات",
    "جرئت جرأت جرات", "مسئله مسأله مساله", "نشئت نشأت نشات", "سؤال سئوال سوال", "رئیس رییس",
    "مسائل مسایل", "قائم قایم", "دائم دایم", "تأثیر تاثیر", "مؤثر موثر", "مؤمن مومن", "رأی رای",
    "رؤیا رویا", "لؤلؤ لولو", "مأمور مامور", "منشأ منشا", "مبدأ مبدا", "امضاء امضا", "اجراء اجرا",
    "ابتلاء ابتلا", "ارتقاء ارتقا", "انشاء انشا", "علماء علما", "وکلاء وکلا", "خلأ خلاء خلا", "سوء سو",
    "قرائت قراءت قرایت", "برائت براءت برایت", "جزئیات جزییات", "زیبائی زیبایی", "آمریکائی آمریکایی",
    "سوئد سوید", "ژوئن ژوین", "ژوئیه ژوییه", "اسرائیل اسراییل", "ویدئو ویدیو", "استودئو استودیو",
    "تئاتر تیاتر", "إمام امام", "قرآن قران", "مآخذ ماخذ", "داوود داود", "طاووس طاوس",
    "ﮐﺘﺎﺑﺨﺎﻧﻪ کتابخانه", "ﻣﺠﻠﺲ مجلس", "شوراے شورای", "كميسيون کمیسیون", "مصوبة مصوبه",
    "بیانیه~ی بیانیۀ بیانیهٔ", "خانه~ی خانۀ خانه", "هیئت~های هیأت~های", "پیام~رسان پیامرسان",
    "شماره٣٦ شماره۳۶", "ۀزاره هزاره", "مُقرّرات مقررات", "جمـهوری جمهوری", "کۆچه کوچه",
]  # fmt: skip
PAIRS = [
    (query.replace("~", Z), printed.replace("~", Z))
    for line in SAME
    for query in line.split(" ")
    for printed in line.split(" ")
    if query != printed
]
DIFFERENT = ["توری تئوری", "مالیات هیئت", "سیر سئول", "امید امضا", "شور شورا", "موثر منشا", "رای رویا"]


@pytest.fixture(scope="module")
def printed_archive(tmp_path_factory):
    from db import Archive

    with Archive(tmp_path_factory.mktemp("spellings") / "archive.db") as archive:
        words = sorted({printed for pair in PAIRS for printed in pair})
        for n, word in enumerate(words):
            archive.store(*page(f"https://sobh.example/{n}", title=f"سند {n}", body=f"در متن {word} آمد و رفت"))
        yield archive


@pytest.mark.parametrize(("query", "printed"), PAIRS)
def test_spellings_find_each_other_and_are_shown_as_printed(printed_archive, query, printed):
    shown = {hit.snippet[a:b] for hit in printed_archive.search(query, limit=50).hits for a, b in hit.highlights}
    assert printed.removesuffix(f"{Z}ی") in {each.removesuffix(f"{Z}ی") for each in shown}


@pytest.mark.parametrize("pair", DIFFERENT)
def test_other_words_stay_other_words(archive, pair):
    one, other = pair.split(" ")
    archive.store(*page("https://sobh.example/1", title="سند", body=f"در متن {other} آمد"))
    assert archive.search(one).total == 0
