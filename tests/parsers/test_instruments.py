"""Instruments: one canonical title for all variants, unlisted titles as far as they run."""

from __future__ import annotations

import re

import pytest
from rooms import citations_and_instruments

from parsers.facts.view import view
from parsers.grammar.instrument_titles import listed
from parsers.grammar.names import key_of
from parsers.grammar.title_end import bare_end
from parsers.lexicon import load
from parsers.persian import normalize
from parsers.persian.letters import fold

ZWNJ = "\u200c"
INSTRUMENTS = load("instruments")["instrument"]
NAMED = [instrument for instrument in INSTRUMENTS if instrument.get("bare", True)]
POLICY = "سیاست‌ها و اقدامات ساماندهی پیام‌رسان‌های اجتماعی"


def test_hundreds_of_instruments_are_known() -> None:
    assert len(NAMED) >= 400


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
        "طبق ماده ۵ قانون حمایت از گردشگران | موظف است.",
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


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("کلیات |لایحه حمایت از سالمندان|، دیروز تصویب شد.", "bare_title"),
        ("بررسی |لایحه مبارزه با سرقت آثار هنری، اسناد و اشیای تاریخی| پایان یافت.", "bare_title"),
        ("درباره |لایحه موافقت~نامه همکاری بین دولت ایران و هند| بحث شد.", "bare_title"),
        ("اجرای |قانون حمایت از باغداران| در استان آغاز شد.", "bare_title"),
        ("نمایندگان مجلس بررسی |طرح تشکیل سازمان پارک~های ملی| را آغاز کردند.", "bare_title"),
        ("دبیر گفت |اساسنامه فدراسیون جهانی چوگان| تغییر کرد.", "bare_title"),
        ("تصویب |آیین~نامه تأمین مالی صادرکنندگان|، کار را آسان کرد.", "bare_title"),
        ("به موجب |قانون مدیریت منابع آبی| مصوب ۱۳۹۵ اقدام شد.", "bare_title"),
        ("گفت که |لایحه کاهش ساعت کار| تقدیم مجلس شده است.", "bare_title"),
        ("|قانون نحوه خرید خدمت مشمولان غایب| اجرا شد.", "bare_title"),
        ("قانون «|قانون انتخابات مجلس شورای اسلامی| مصوب ۱۳۷۸ با اصلاحات بعدی» ماند.", "quoted_title"),
        ("پیش~نویس |قانون مالیات بر خانه~های خالی| تهیه شد.", "bare_title"),
        ("گفتند |قانون انتخابات| فعلی ایراد دارد.", "listed_title"),
        ("|قانون هدفمندی یارانه ها| می تواند اصلاح شود.", "short_name"),
        ("پارلمان عراق |قانون انتخابات| این کشور را اصلاح کرد.", "of_this_country"),
        ("طبق |قانون اساسی جدید عراق| رفتار شد.", "of_country"),
        ("|لایحه قانون ثبت احوال| رسید.", "bill_of_law"),
        ("رسیدگی به لایحه اصلاح ماده ۵ |قانون کار| ماند.", "listed_title"),
        ("بررسی طرح اصلاح موادی از |قانون کار| ماند.", "listed_title"),
    ],
)
def test_title_is_found_without_a_clause(text: str, found: str) -> None:
    before, title, after = text.replace("~", ZWNJ).split("|")
    _, instruments = citations_and_instruments([view(before + title + after)])
    assert [(one.start, one.surface, one.rule) for one in instruments] == [(len(before), title, found)]


@pytest.mark.parametrize(
    "text",
    [
        "لایحه شدیدا نقد شد.", "این لایحه اواخر سال رسید.", "قانون گذار باید بداند.", "ما با کمبود قانون مواجه نیستیم.",
        "مردم به قانون احترام بگذارند.", "این قانون وارد مجلس شد.", "اگر قانون نتواند کاری کند چاره چیست.",
        "طبق قانون، مجازات او حبس است.", "در طرح توسعه کارخانه کویر سرمایه گذاشتند.", "طرح «نگارخانه محله» برگزار شد.",
        "اساسنامه صندوق تایید شد.", "دستورالعمل وزارت نیرو رسید.", "بخشنامه متوقف شد.", "سند دار کردن املاک ادامه دارد.",
        "طرح صیانت و توسعه جنگل‌های شمال آغاز شد.",
    ],
)  # fmt: skip
def test_words_after_a_head_are_no_title(text: str) -> None:
    assert citations_and_instruments([view(text)])[1] == []


# An instrument that its clause, or a sentence, names in a way that a shorter or another title could be read from.
NAMED_WHOLE = [
    ("ماده ۲ قانون تعزیرات حکومتی امور بهداشتی و درمانی", "قانون تعزیرات حکومتی امور بهداشتی و درمانی"),
    ("ماده ۲ قانون حمایت از حقوق مصرف‌کنندگان خودرو", "قانون حمایت از حقوق مصرف‌کنندگان خودرو"),
    ("ماده ۲ قانون حمایت از مصرف‌کنندگان و تولیدکنندگان کوچک،", "قانون حمایت از مصرف‌کنندگان و تولیدکنندگان کوچک"),
    ("ماده ۱۸ کنوانسیون وین راجع به حقوق معاهدات", "کنوانسیون وین درباره حقوق معاهدات"),
    ("ضمیمه ۹ کنوانسیون شیکاگو شرایط ورود را گفته است", "کنوانسیون هواپیمایی کشوری بین‌المللی"),
    ("ماده ۲ کنوانسیون بازل موادی را نام برده", "کنوانسیون بازل"),
    ("ماده ۲۳ آیین‌نامه اجرایی قانون انتخابات مجلس خبرگان رهبری", "آیین‌نامه اجرایی قانون انتخابات مجلس خبرگان رهبری"),
    ("ماده ۴۹ قانون بازار و اوراق بهادار است", "قانون بازار اوراق بهادار"),
    ("یکی از آن‌ها لایحه مالیات بر ارزش افزوده بود", "لایحه مالیات بر ارزش افزوده"),
    ("آنچه ماند لایحه حمایت از اطفال و نوجوانان است", "لایحه حمایت از اطفال و نوجوانان"),
    ("وزیر درباره لایحه نظام وظیفه اجباری در مجلس گفت", "لایحه نظام وظیفه اجباری"),
    ("فصل ۷ اساسنامه سازمان بهداشت جهانی بود", "اساسنامه سازمان بهداشت جهانی"),
    ("فصل ۷ منشور اتحادیه جنوب قرار بگیریم", "منشور اتحادیه جنوب"),
    ("ما از لایحه جامع رسانه‌های همگانی انتقاد کرده‌ایم", "لایحه جامع رسانه‌های همگانی"),
    ("من از لایحه جامع رسانه‌های همگانی استفاده کرده‌ام.", "لایحه جامع رسانه‌های همگانی"),
    ("شما به لایحه جامع رسانه‌های همگانی ایراد گرفته‌اید!", "لایحه جامع رسانه‌های همگانی"),
    ("آنان بر لایحه جامع رسانه‌های همگانی تأکید داشته‌اند", "لایحه جامع رسانه‌های همگانی"),
]


@pytest.mark.parametrize("joint", [ZWNJ, " ", ""])
@pytest.mark.parametrize(("text", "title"), NAMED_WHOLE)
def test_title_is_named_whole(text: str, title: str, joint: str) -> None:
    damaged = view(normalize(text.replace(ZWNJ, joint)).text)
    assert [key_of(found.title) for found in citations_and_instruments([damaged])[1]] == [key_of(title)]


@pytest.mark.parametrize(
    "text",
    [
        'رئیس ائتلاف "دولت قانون" برای دیدار آمد و ائتلاف "فتح" رفت',
        'ائتلاف "دولت قانون"، گروه "فتح" و دیگران آمدند',
        "از «رعیت» به «قانون و شهروند» رسیدیم",
        "نیروی انتظامی از طرح مبارزه با مواد مخدر در پنج استان خبر داد",
        "این دستورالعمل چند نکته دارد. در بند یک این ابلاغیه آمده است",
        "در ماده ۱۲ میثاق ح. ا. ف. آمده است",
    ],
)
def test_marks_and_words_after_a_head_make_no_title(text: str) -> None:
    assert citations_and_instruments([view(text)])[1] == []


def test_law_is_another_countrys_where_the_document_never_speaks_of_iran() -> None:
    text = "قانون اساسی مصر رفت و قانون اساسی تازه‌ای آمد."
    _, instruments = citations_and_instruments([view(text)])
    assert [(one.title, one.certain) for one in instruments] == [("قانون اساسی مصر", True), ("قانون اساسی مصر", False)]
    _, instruments = citations_and_instruments([view("ایران: " + text)])
    assert [one.title for one in instruments] == ["قانون اساسی مصر", "قانون اساسی"]


def test_title_printed_in_full_in_the_lead_settles_where_it_ends_in_the_body() -> None:
    lead = view("آیین‌نامه «ساماندهی سفره‌خانه‌های شهر» ابلاغ شد.", "lead")
    body = view("ماده ۲ آیین‌نامه ساماندهی سفره‌خانه‌های شهر وزن تازه‌ای دارد.", "body")
    references, instruments = citations_and_instruments([lead, body])
    assert references[0].instrument == instruments[0].title == instruments[1].title == "آیین‌نامه ساماندهی سفره‌خانه‌های شهر"


@pytest.mark.parametrize(
    ("text", "certain"),
    [
        ("ماده ۲ آیین‌نامه صدور پروانه صیادی، ابلاغ شد.", True),
        ("ماده ۲ آیین‌نامه صدور پروانه صیادی مصوب ۱۳۹۰", True),
        ("ماده ۲ آیین‌نامه صدور پروانه صیادی ابلاغ شد.", False),
        ("ماده ۲۱۹ ق.م", False),
        ("اصل ۵ و ماده ۷ قانون کار", False),
        ("ماده ۵ قانون کار", True),
        ("قانون کار بد است. ماده ۵ آن را خواندیم.", False),
        ("قانون کار بد است و ماده ۵ آن را خواندیم.", True),
    ],
)
def test_reference_is_certain_unless_it_rests_on_an_inference(text: str, certain: bool) -> None:
    (reference, *_), _ = citations_and_instruments([view(text)])
    assert reference.certain is certain


def test_a_year_of_no_law_of_that_name_leaves_the_one_in_force_but_uncertain() -> None:
    (reference,), _ = citations_and_instruments([view("ماده ۵ قانون حمایت خانواده مصوب ۱۳۶۰")])
    assert (reference.instrument, reference.certain) == ("قانون حمایت خانواده", False)


def test_lexicon_is_sound() -> None:
    uris = [instrument["uri"] for instrument in INSTRUMENTS]
    assert len(set(uris)) == len(uris)
    bodies = {body["slug"] for body in load("bodies")["body"]}
    for instrument in INSTRUMENTS:
        assert instrument.get("body", "scc") in bodies
        assert re.fullmatch(r"/[a-z]+(/[a-z0-9-]+)+", instrument["uri"])
        for day in ("approved", "communicated", "gazette"):
            assert re.fullmatch(r"1[34]\d\d-\d\d-\d\d", instrument.get(day, "1400-01-01"))
