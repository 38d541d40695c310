"""Instruments: one canonical title for all variants, unlisted titles as far as they run."""

from __future__ import annotations

import re

import pytest
from rooms import citations_and_instruments

from parsers.facts.view import view
from parsers.grammar.instrument_titles import listed
from parsers.grammar.title_end import bare_end
from parsers.lexicon import load
from parsers.persian.letters import fold

ZWNJ = "\u200c"
INSTRUMENTS = load("instruments")["instrument"]
NAMED = [instrument for instrument in INSTRUMENTS if instrument.get("bare", True)]
POLICY = "سیاست‌ها و اقدامات ساماندهی پیام‌رسان‌های اجتماعی"


@pytest.mark.parametrize("joint", [ZWNJ, " ", ""])
def test_every_title_and_alias_leads_to_its_instrument(joint: str) -> None:
    for instrument in NAMED:
        for name in (instrument["title"], *instrument.get("aliases", ())):
            found = listed(name.replace(ZWNJ, joint))
            assert found is not None
            assert found.uri == instrument["uri"], name


def test_clause_before_a_title_cites_that_instrument() -> None:
    for instrument in NAMED:
        (reference, *_), _ = citations_and_instruments([view(f"ماده ۳ {instrument['title']} اصلاح شد")])
        assert reference.instrument == instrument["title"]


@pytest.mark.parametrize(
    "printed",
    [
        POLICY, f"«{POLICY}»", f"مصوبه {POLICY}", f"مصوبه «{POLICY}»", f"مصوبه‌ی «{POLICY}»", f"سند «{POLICY}»",
        POLICY.replace(ZWNJ, ""), f'مصوبه "{POLICY.replace(ZWNJ, " ")}"', POLICY.replace("ی", "ي"),
    ],
)  # fmt: skip
def test_variants_of_the_policy_are_one_instrument(printed: str) -> None:
    (reference,), (instrument,) = citations_and_instruments([view(f"بند ۱۱ {printed} ابلاغ شد.")])
    assert reference.instrument == instrument.title == POLICY
    assert instrument.body == "شورای عالی فضای مجازی"


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("دستورالعمل ثبت دامنه | به شرکت‌ها رسید", 0),
        ("قانون حمایت از پژوهشگران جوان | اصلاح می‌شود", 0),
        ("آیین‌نامه صدور پروانه | و ماده ۵ قانون کار", 0),
        ("قانون مدیریت پسماند | را", 0),
        ("سند توسعه صنایع دستی |، بند ۲", 0),
        ("لایحه رسیدگی به تخلفات پزشکی | رد شد", 0),
        ("قانون نظارت بر بازار خودرو | هنوز اجرا نشده", 0),
    ],
)
def test_bare_title_ends_where_the_sentence_goes_on(text: str, end: int) -> None:
    before, after = text.split(" |")
    first = before.index(" ")
    assert bare_end(fold(before + after), first + end) == len(before)


@pytest.mark.parametrize(
    "text",
    [
        "طبق ماده ۲ قانون حمایت از توسعه شهری | ثبت این سکوها الزامی است.",
        "طبق ماده ۴ قانون حفاظت از داده‌های شخصی | انتشار اطلاعات خصوصی ممنوع است.",
        "طبق ماده ۴ قانون حفاظت از داده‌های شخصی | افشای هرگونه اطلاعات جرم است.",
        "ماده ۳ قانون ساماندهی بازار اجاره | اجازه این کار را نمی‌دهد.",
        "ماده ۳ قانون ساماندهی بازار اجاره | چنین اجازه‌ای نمی‌دهد.",
        "به موجب ماده ۷ دستورالعمل احراز هویت کاربران | کلیه اپراتورها باید ثبت شوند.",
        "براساس ماده ۵ قانون مدیریت پسماند | شهرداری‌ها موظف‌اند زباله را تفکیک کنند.",
        "براساس ماده ۵ قانون مدیریت پسماند | وزارت بهداشت موظف است گزارش دهد.",
        "مطابق ماده ۱۲ سند ملی هوش مصنوعی | دولت باید زیرساخت فراهم کند.",
        "براساس ماده ۱۲ قانون نظام رسانه‌ای | خبرنگاران می‌توانند شکایت کنند.",
        "براساس ماده ۱۲ قانون نظام رسانه‌ای | مجازات متخلفان تشدید شد.",
        "در ماده ۳ قانون ساماندهی بازار اجاره | آمده است.",
        "شهرداری‌ها طبق ماده ۵ قانون حمایت از کارگران ساختمانی | موظف‌اند بیمه بپردازند.",
        "دولت طبق ماده ۵ قانون تشکیل وزارت انرژی | موظف است گزارش دهد.",
        "طبق ماده ۵ قانون اهداف و وظایف وزارت انرژی | باید گزارش داد.",
        "طبق ماده ۵ آیین‌نامه اجرایی صدور مجوز نشریات | ممنوع است.",
        "طبق ماده ۵ قانون نحوه انتشار آثار صوتی | ممنوع است.",
        "طبق ماده ۵ قانون حمایت از مصرف‌کنندگان | موظف است.",
        "ماده ۲ آیین‌نامه واردات مواد اولیه دارویی | ابلاغ شد.",
        "ماده ۲ قانون حمایت از بخش کشاورزی | را",
        "ماده ۲ ضوابط و مقررات سکوهای نشر دیجیتال | را",
        "ماده ۲ دستورالعمل نظارت بر سکوها | ابلاغ و لازم‌الاجرا شد",
        "ماده ۲ آیین‌نامه تهیه و توزیع کتاب درسی | تصویب و ابلاغ شد",
        "ماده ۲ آیین‌نامه شرایط مدیر مسئول نشریات | ابلاغ شد",
        "ماده ۲ لایحه حمایت از سالمندان در برابر خشونت | تصویب شد",
        "ماده ۲ لایحه پیشگیری از خشونت علیه زنان | در مجلس",
        "ماده ۲ قانون حمایت از کتاب و نشر | و مواد آن",
        "ماده ۲ قانون مدیریت پسماند | و تبصره‌های آن",
        "ماده ۲ قانون الحاق موادی به قانون مطبوعات | ابلاغ شد",
    ],
)
def test_bare_title_leaves_the_subject_to_its_clause(text: str) -> None:
    before, after = text.split(" |")
    (reference,), _ = citations_and_instruments([view(before + after)])
    assert reference.instrument is not None
    assert before.endswith(reference.instrument)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("قرارداد تابع ماده ۲۱۹ ق.م است", "قانون مدنی"),
        ("نشریه به استناد بند ۸ ماده ۶ ق.م توقیف شد", "قانون مطبوعات"),
        ("ماده ۱۲ ق.ت", "قانون تجارت"),
        ("ماده ۷ ق. آ. د. ک.", "قانون آیین دادرسی کیفری"),
        ("ماده ۷ قانون ج.ر", "قانون جرایم رایانه‌ای"),
        ("ماده ۷ ق.ص.ض", None),
        ("ماده ۷ قانون بودجه ۹۸", "قانون بودجه سال ۱۳۹۸ کل کشور"),
        ("ماده ۷ لایحه بودجه سال ۱۴۰۳", "لایحه بودجه سال ۱۴۰۳ کل کشور"),
        ("ماده ۵ قانون اساسی ژاپن", "قانون اساسی ژاپن"),
        ("ماده ۵ قانون الحاق یک تبصره به ماده ۴ قانون کار است", "قانون الحاق یک تبصره به ماده ۴ قانون کار"),
        ("ماده ۵ قانون حذف ماده ۴ و اصلاح ماده ۶ قانون کار", "قانون حذف ماده ۴ و اصلاح ماده ۶ قانون کار"),
        ("ماده ۵ ق. مطبوعات", "قانون مطبوعات"),
        ("ماده ۵ ق کار", "قانون کار"),
    ],
)
def test_abbreviation_budget_and_country_tell_the_instrument(text: str, title: str | None) -> None:
    assert citations_and_instruments([view(text)])[0][0].instrument == title


def test_lexicon_is_sound() -> None:
    uris = [instrument["uri"] for instrument in INSTRUMENTS]
    assert len(set(uris)) == len(uris)
    bodies = {body["slug"] for body in load("bodies")["body"]}
    for instrument in INSTRUMENTS:
        assert instrument.get("body", "scc") in bodies
        assert re.fullmatch(r"/[a-z]+(/[a-z0-9-]+)+", instrument["uri"])
        for day in ("approved", "communicated", "gazette"):
            assert re.fullmatch(r"1[34]\d\d-\d\d-\d\d", instrument.get(day, "1400-01-01"))
