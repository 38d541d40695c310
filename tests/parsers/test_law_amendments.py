"""What an amending law says it does: to which clause of which law, which words it changes, which new text it brings."""

from __future__ import annotations

import pytest

from parsers.models import Capture
from parsers.record import parse

ZWNJ = "\u200c"
TITLE = "قانون اصلاح قانون باغچه‌های نمونه"
CHANGED = "قانون باغچه‌های نمونه"

# sentence, then (kind, change, eId, old words, new words, words next to which they are put)
WORDS = [
    ("در ماده (۱۵) قانون عبارت «شش ماه» به عبارت «یک سال» تغییر می‌یابد.",
     ("amends", "replace_words", "art_15", "شش ماه", "یک سال", None)),
    ("در ماده ۱۵ عبارت «شش ماه» به «یک سال» اصلاح می‌شود.", ("amends", "replace_words", "art_15", "شش ماه", "یک سال", None)),
    ("در تبصره ماده (۱۶) قانون عبارت «هرس» جایگزین کلمه «قطع» می‌شود.",
     ("amends", "replace_words", "art_16__note", "قطع", "هرس", None)),
    ("در تبصره (۲) ماده (۱۶) به جای عبارت «قطع» عبارت «هرس» جایگزین می‌گردد.",
     ("amends", "replace_words", "art_16__note_2", "قطع", "هرس", None)),
    ("در ماده ۱۶ عبارت «هرس» به جای کلمه «قطع» قرار می‌گیرد.", ("amends", "replace_words", "art_16", "قطع", "هرس", None)),
    ("در بند (ب) ماده (۲۹) قانون عبارت «شهرداری» بعد از عبارت «دهیاری» اضافه می‌شود.",
     ("amends", "insert_words", "art_29__cl_b", None, "شهرداری", "دهیاری")),
    ("در بند (ب) ماده (۲۹) پس از کلمه «دهیاری» عبارت «و شهرداری» الحاق می‌شود.",
     ("amends", "insert_words", "art_29__cl_b", None, "و شهرداری", "دهیاری")),
    ("به انتهای ماده (۳۰) قانون عبارت «و آب» اضافه می‌شود.", ("amends", "insert_words", "art_30", None, "و آب", None)),
    ("در ماده (۳) عبارت «الف» حذف و عبارت «ب» جایگزین آن می‌شود.", ("amends", "replace_words", "art_3", "الف", "ب", None)),
    ("در بند «الف» ماده (۳) قانون رقم «۱۰» به «۲۰» تغییر یافت.", ("amends", "replace_words", "art_3__cl_a", "۱۰", "۲۰", None)),
    ("عبارت «مالک» در ماده (۴) به «مالک یا نماینده» اصلاح می‌گردد.",
     ("amends", "replace_words", "art_4", "مالک", "مالک یا نماینده", None)),
    ("ماده (۵۰) مکرر قانون حذف می‌شود.", ("repeals", "repeal", "art_50-bis", None, None, None)),
    ("از انتهای ماده (۲۵) قانون عبارت «در تابستان» حذف می‌شود.", ("amends", "delete_words", "art_25", "در تابستان", None, None)),
    ("تبصره ماده (۱۹) قانون حذف می‌شود.", ("repeals", "repeal", "art_19__note", None, None, None)),
    ("ماده (۲۰) قانون نسخ می‌گردد.", ("repeals", "repeal", "art_20", None, None, None)),
    ("بند (پ) ماده (۲۰) قانون لغو می‌شود.", ("cancels", "repeal", "art_20__cl_p", None, None, None)),
    ("مهلت مقرر در ماده (۲۶) قانون تا پایان سال ۱۴۰۵ تمدید می‌شود.", ("amends", "extend", "art_26", None, None, None)),
    ("عنوان قانون به «قانون بوستان‌های نمونه» تغییر می‌یابد.", ("amends", "rename", None, None, "قانون بوستان‌های نمونه", None)),
]  # fmt: skip


def changes(*lines, title=TITLE):
    record = parse(
        Capture("\n".join((title, "ماده ۱- این قانون برای باغچه‌ها است.", "ماده ۲- شهرداری مجری است.", *lines)).encode())
    )
    assert record.law is not None, record.evidence
    return [r for r in record.law.relations if r.section == "body"]


def shown(relation):
    return (relation.kind, relation.change, relation.eid, relation.old, relation.new, relation.beside)


@pytest.mark.parametrize(("sentence", "expected"), WORDS)
def test_a_sentence_says_which_clause_and_which_words_it_changes(sentence, expected):
    (found,) = changes(f"ماده ۳- {sentence}")
    assert shown(found) == expected
    assert (found.title, found.source) == (CHANGED, "art_3")


@pytest.mark.parametrize(("sentence", "expected"), WORDS)
@pytest.mark.parametrize("zwnj", ["", " "])
def test_lost_zwnj_arabic_letters_and_other_digits_make_no_other_change(sentence, expected, zwnj):
    digits = str.maketrans("۰۱۲۳۴۵۶۷۸۹یک", "٠١٢٣٤٥٦٧٨٩يك")
    for changed in (sentence.replace(ZWNJ, zwnj), sentence.translate(digits)):
        assert [shown(r)[:3] for r in changes(f"ماده ۳- {changed}")] == [expected[:3]]


TEXTS = [
    (("ماده ۳- ماده (۱۷) قانون به شرح زیر اصلاح می‌شود:", "«ماده ۱۷- باغچه سبز است.\nتبصره- سبز رنگ برگ است.»"),
     [("amends", "replace", "art_17", ["art_17", "art_17__note"])]),
    (("ماده ۳- ماده (۱۷) قانون به شرح زیر اصلاح می‌شود:", "ماده (۱۷)- باغچه:", "الف- سبز؛", "ب- زرد.", "تبصره- زرد پاییز است."),
     [("amends", "replace", "art_17", ["art_17", "art_17__cl_a", "art_17__cl_b", "art_17__note"])]),
    (("ماده ۳- یک تبصره به شرح زیر به عنوان تبصره (۲) به ماده (۱۸) قانون الحاق می‌شود:", "«تبصره ۲- باغچه کوچک است.»"),
     [("inserts", "insert", "art_18__note_2", ["art_18__note_2"])]),
    (("ماده ۳- یک تبصره به شرح زیر به ماده (۱۸) قانون الحاق می‌شود:", "تبصره- باغچه کوچک است."),
     [("inserts", "insert", "art_18__note", ["art_18__note"])]),
    (("ماده ۳- متن زیر به عنوان ماده (۲۱) مکرر به قانون الحاق می‌شود:", "«ماده ۲۱ مکرر- شهرداری آب می‌دهد.»"),
     [("inserts", "insert", "art_21-bis", ["art_21-bis"])]),
    (("ماده ۳- مواد (۲۲) و (۲۳) قانون لغو و ماده (۲۴) به شرح زیر جایگزین آنها می‌شود:", "«ماده ۲۴- درخت مال است.»"),
     [("cancels", "repeal", "art_22", []), ("cancels", "repeal", "art_23", []), ("amends", "replace", "art_24", ["art_24"])]),
    (("ماده ۳- متن زیر جایگزین تبصره (۲) ماده (۱۱) قانون می‌شود:", "«تبصره ۲- باغ سبز است.»"),
     [("amends", "replace", "art_11__note_2", ["art_11__note_2"])]),
    (("ماده ۳- یک بند به عنوان بند (ز) به ماده (۴) اضافه می‌شود:", "ز- آب پاک."),
     [("inserts", "insert", "art_4__cl_z", ["art_4__cl_z"])]),
    (("ماده ۳- به ماده (۸) دو تبصره به شرح زیر اضافه می‌شود:", "تبصره ۱- باغ.", "تبصره ۲- بوستان."),
     [("inserts", "insert", "art_8__note_1", ["art_8__note_1"]), ("inserts", "insert", "art_8__note_2", ["art_8__note_2"])]),
    (("ماده ۳- صدر ماده (۲۵) قانون به شرح زیر اصلاح و تبصره آن ابقا می‌شود:", "ماده ۲۵- درخت کاج است."),
     [("amends", "replace_own", "art_25", ["art_25"])]),
    (("ماده ۳- ماده (۲۶) قانون به شرح زیر اصلاح و تبصره آن حذف می‌شود:", "ماده ۲۶- درخت سرو است."),
     [("amends", "replace", "art_26", ["art_26"]), ("repeals", "repeal", "art_26__note", [])]),
    (("ماده ۳- دو تبصره به عنوان تبصره‌های (۲) و (۳) به ماده (۲۷) قانون الحاق می‌شود:", "تبصره ۲- برگ سبز است.", "تبصره ۳- شاخه."),
     [("inserts", "insert", "art_27__note_2", ["art_27__note_2"]), ("inserts", "insert", "art_27__note_3", ["art_27__note_3"])]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), TEXTS)
def test_new_text_belongs_to_the_changed_law_under_the_identifiers_that_it_has_there(lines, expected):
    found = changes(*lines)
    assert [(r.kind, r.change, r.eid, [c.eid for c in r.clauses]) for r in found] == expected
    assert {r.title for r in found} == {CHANGED}


def test_the_law_that_a_sentence_names_is_meant_with_its_year_and_else_the_one_named_last():
    found = changes(
        "ماده ۳- ماده (۵) قانون بوستان‌های نمونه مصوب ۱۳۸۰ حذف می‌شود.",
        "ماده ۴- ماده (۶) قانون بازارهای نمونه مصوب ۱۲/۳/۱۳۸۱ نسخ می‌شود و تبصره ماده (۷) آن لغو می‌گردد.",
        title="قانون باغچه‌های شهر",
    )
    assert [(r.title, r.year, r.eid, r.kind) for r in found] == [
        ("قانون بوستان‌های نمونه", 1380, "art_5", "repeals"),
        ("قانون بازارهای نمونه", 1381, "art_6", "repeals"),
        ("قانون بازارهای نمونه", 1381, "art_7__note", "cancels"),
    ]


JOINED = [
    ("ماده (۵) و مواد (۱۲) و (۱۴) قانون بازارهای نمونه", ["art_5", "art_12", "art_14"]),
    ("بندهای (۱) و (۲) ماده (۳)، ماده (۸) و همچنین تبصره ماده (۹) قانون بازارهای نمونه",
     ["art_3__cl_1", "art_3__cl_2", "art_8", "art_9__note"]),
    ("ماده (۴) قانون بازارهای نمونه به استثنای تبصره (۱) آن", ["art_4"]),
]  # fmt: skip


@pytest.mark.parametrize(("clauses", "eids"), JOINED)
def test_clauses_that_share_a_law_are_of_the_law_named_after_the_last_and_exceptions_stay(clauses, eids):
    found = changes(
        "ماده ۳- ماده (۲) قانون بوستان‌های نمونه مصوب ۱۳۸۰ حذف می‌شود.", f"ماده ۴- {clauses} لغو می‌شود.", title="قانون باغچه‌های شهر"
    )
    assert [(r.title, r.eid) for r in found[1:]] == [("قانون بازارهای نمونه", eid) for eid in eids]


@pytest.mark.parametrize(
    "words", ["به استثناء موارد زیر نسخ می‌گردند", "به جز مواد ذیل نسخ مي گردد", "باستثنای موارد زير لغو می شود"]
)
def test_items_of_a_list_of_what_stays_are_not_repealed(words):
    found = changes(
        f"ماده ۳- قانون بازارهای نمونه مصوب ۱۳۸۱/۹/۱ و اصلاحات بعدی آن {words}:",
        "۱- مواد (۱۱)، (۱۴) و (۱۸) مصوب ۱۳۸۱/۹/۱",
        "۲- ماده (۴۱) قانون بوستان‌های نمونه مصوب ۱۳۸۵",
        "ماده ۴- ماده (۶) قانون آبیاری نمونه مصوب ۱۳۷۰ نسخ می‌شود.",
        title="قانون باغچه‌های شهر",
    )
    assert [(r.title, r.eid) for r in found] == [("قانون بازارهای نمونه", None), ("قانون آبیاری نمونه", "art_6")]


def test_each_item_of_a_list_of_repealed_laws_is_the_law_that_it_begins_with():
    found = changes(
        "ماده ۳- قوانین زیر نسخ می‌شود:",
        "۱- قانون الزام کاشت نهال نارنج در کوچه‌ها قبل از پاییز مصوب ۱۳۶۷/۱/۲۳",
        "۲- قانون اصلاح مقررات مربوط به آبیاری مصوب ۱۳۷۱/۱۲/۲۱ به جز بند (ب) تبصره (۶) آن",
        "۳- بند‌های (۱) و (۲) ماده (۲) و ماده (۹) قانون بازارهای نمونه مصوب ۱۳۸۱",
        "۴- قانون اختصاص باغچه‌های موجود به باغچه‌های موضوع اصل بیست و یکم (۲۱) قانون اساسی مصوب ۱۳۷۶/۵/۸",
        "۵- در صورتی که ناشر مشمول ماده ۱۴۱ قانون بازارهای نمونه شود؛",
        title="قانون باغچه‌های شهر",
    )
    assert [(r.title, r.eid, r.year) for r in found] == [
        ("قانون الزام کاشت نهال نارنج در کوچه‌ها قبل از پاییز", None, 1367),
        ("قانون اصلاح مقررات مربوط به آبیاری", None, 1371),
        ("قانون بازارهای نمونه", "art_2__cl_1", 1381),
        ("قانون بازارهای نمونه", "art_2__cl_2", 1381),
        ("قانون بازارهای نمونه", "art_9", 1381),
        ("قانون اختصاص باغچه‌های موجود به باغچه‌های موضوع اصل بیست و یکم (۲۱) قانون اساسی", None, 1376),
    ]


def test_a_law_whose_title_begins_with_a_verb_is_no_bare_word():
    found = changes("ماده ۳- ماده (۶۹) قانون اصلاح نظام باغداری کشور مصوب ۱۳۹۲ نسخ می‌شود.", title="قانون باغچه‌های شهر")
    assert [(r.title, r.eid) for r in found] == [("قانون اصلاح نظام باغداری کشور", "art_69")]


def test_a_bylaw_of_an_amending_law_changes_nothing_by_its_title():
    assert changes("ماده ۳- باغ سبز است.", title="آیین‌نامه اجرایی قانون اصلاح قانون باغچه‌های نمونه") == []


def test_one_verb_may_change_several_words():
    found = changes(
        "ماده ۳- در ماده (۵) بعد از عبارت «شهر» عبارت «و روستا» و بعد از «باغ» عبارت «و بوستان» اضافه و کلمه «ده» حذف می‌شود."
    )
    assert [(r.change, r.eid, r.old, r.new, r.beside) for r in found] == [
        ("insert_words", "art_5", None, "و روستا", "شهر"), ("insert_words", "art_5", None, "و بوستان", "باغ"),
        ("delete_words", "art_5", "ده", None, None),
    ]  # fmt: skip


NONE = [
    "آیین‌نامه اجرایی این قانون ظرف سه ماه اصلاح می‌شود.",
    "ماده ۵ این قانون هر سال اصلاح می‌شود.",
    "به استناد ماده ۵ قانون بازارهای نمونه پروانه لغو می‌شود.",
    "در صورت اصلاح ماده ۵ قانون بازارهای نمونه شهرداری خبر می‌دهد.",
    "(طبق ماده ۵۷۰ قانون بوستان‌های نمونه مصوب ۱۳۹۲ نسخ شده است) باغچه زمینی است سبز.",
    "پیشنهاد لغو ماده ۵ قانون بازارهای نمونه در شورا بررسی می‌شود.",
]


@pytest.mark.parametrize("sentence", NONE)
def test_what_changes_no_other_law_is_no_relation(sentence):
    assert changes(f"ماده ۳- {sentence}", title="قانون باغچه‌های شهر") == []
