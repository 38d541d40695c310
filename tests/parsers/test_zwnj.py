"""Restoring lost ZWNJ: what comes back, what is left alone, and what the gate decides for a document."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.persian import assess, normalize
from parsers.persian.letters import NON_JOINING
from parsers.persian.model import MODEL_PATH
from parsers.persian.zwnj import restorer

Z = "\u200c"


def spelled(text: str) -> str:
    """A readable spelling of the tests: "~" is a ZWNJ."""
    return text.replace("~", Z)


# Invented sentences; "~" is the ZWNJ. Each is tried with every ZWNJ deleted and with every one a blank.
SENTENCES = [
    "دبیر شورا گفت پیام~رسان~های داخلی می~توانند خدمات تازه~ای ارائه کنند.",
    "هیچ یک از نماینده~ها نمی~خواهند بودجه~های عمرانی را کم کنند.",
    "کارکنان خسته~اند ولی ناامید نشده~اند و کار را رها نمی~کنند.",
    "بزرگ~ترین کتابخانهٔ شهر برنامه~ریزی دقیق~تری می~خواهد.",
    "سرمایه~گذاری در نرم~افزار و سخت~افزار بی~نتیجه نبود.",
    "بچه~هایشان در خانه~های کوچک~تری زندگی می~کردند.",
    "آیت~الله در نشست بین~المللی دربارهٔ سیاست~گذاری سخن گفت.",
    "شرکت~کنندگان پیش~نویس آیین~نامه را نپذیرفته~اند.",
    "اگر می~آمدی، برنامه~ات را عوض نمی~کردم.",
    "ماهواره~ای که ساخته~ایم از مدار بیرون نمی~رود.",
    "کارگران ناراضی~اند، مالیات~دهندگان موظف~اند و دیگران معاف~اند.",
    "سخنان تازه آنان را نترساند و به نتیجه نرساند.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize(("damage", "instead"), [("deleted", ""), ("spaced", " ")])
def test_lost_zwnj_come_back(sentence: str, damage: str, instead: str) -> None:
    right = spelled(sentence)
    assert normalize(right.replace(Z, instead), damage).text == right  # type: ignore[arg-type]


@pytest.mark.parametrize("sentence", SENTENCES)
@pytest.mark.parametrize("damage", ["auto", "deleted", "spaced", "mixed", "none"])
def test_right_text_stays_as_it_is(sentence: str, damage: str) -> None:
    right = spelled(sentence)
    assert normalize(right, damage).text == right  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "deleted", "mixed"),
    [
        ("از پیام رسانهای داخلی", "از پیام رسان~های داخلی", "از پیام~رسان~های داخلی"),
        ("سیاست پیام رسانهای، اجتماعی", "سیاست پیام رسان~های، اجتماعی", "سیاست پیام~رسان~های، اجتماعی"),
        ("آتش نشانهای تهران", "آتش نشان~های تهران", "آتش~نشان~های تهران"),
        ("سواد رسانهای مردم", "سواد رسانه~ای مردم", "سواد رسانه~ای مردم"),
        ("نشانهای از باران", "نشانه~ای از باران", "نشانه~ای از باران"),
        ("بیمه نامهای تازه", "بیمه نامه~ای تازه", "بیمه~نامه~ای تازه"),
    ],
)
def test_behind_the_first_part_of_a_compound_he_begins_a_plural(text: str, deleted: str, mixed: str) -> None:
    assert normalize(text, "deleted").text == spelled(deleted)
    assert normalize(text, "mixed").text == spelled(mixed)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("میشود", "می~شود"),
        ("نمیتوانستهاند", "نمی~توانسته~اند"),
        ("کتابهایشان", "کتاب~هایشان"),
        ("خانهای", "خانه~ای"),
        ("کارها", "کارها"),
        ("مسئولاناند", "مسئولان~اند"),
        ("ایرانیاند", "ایرانی~اند"),
        ("برساند", "برساند"),
        ("نچسباند", "نچسباند"),
        ("اسکاتلاند", "اسکاتلاند"),
        ("میز", "میز"),
        ("میدان", "میدان"),
        ("تنها", "تنها"),
        ("نهایی", "نهایی"),
        ("بهعنوان", "به~عنوان"),
        ("می\u0651شود", "می\u0651~شود"),
        ("همهٔ", "همهٔ"),
        ("پیام~رسانهای", "پیام~رسان~های"),
    ],
)
def test_words_are_taken_apart_as_their_parts_say(word: str, expected: str) -> None:
    assert normalize(spelled(word), "deleted").text == spelled(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("می شود", "می~شود"),
        ("کتاب ها", "کتاب~ها"),
        ("رفته اند", "رفته~اند"),
        ("به خانه رفت", "به خانه رفت"),
        ("این کتاب را خواند", "این کتاب را خواند"),
        ("می\nشود", "می\nشود"),
        ("می  شود", "می  شود"),
        ("کتاب، ها", "کتاب، ها"),
    ],
)
def test_only_a_single_blank_between_parts_of_a_word_is_joined(text: str, expected: str) -> None:
    assert normalize(text, "spaced").text == spelled(expected)


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("دبیر شورا گفت پیامرسانهای داخلی میتوانند خدمات تازهای ارائه کنند", "deleted"),
        ("دبیر شورا گفت پیام رسان های داخلی می توانند خدمات تازه ای ارائه کنند", "spaced"),
        ("شرکتها می توانند خدمات تازهای به خانه ها برسانند و نمیخواهند", "mixed"),
        (spelled("دبیر شورا گفت پیام~رسان~های داخلی می~توانند خدمات تازه~ای ارائه کنند"), "none"),
        ("وزیر به تهران آمد", "none"),
        ("", "none"),
        ("plain English text, nothing else", "none"),
    ],
)
def test_the_gate_names_the_damage(text: str, damage: str) -> None:
    assert assess(text) == damage
    assert normalize(text).damage == damage


def test_one_slip_in_a_careful_document_is_no_damage() -> None:
    document = spelled("\n".join(SENTENCES)) + "\nاو هم میآید."
    assert assess(document) == "none"
    assert normalize(document).text == document


def test_a_headline_is_repaired_for_the_damage_of_its_document() -> None:
    document = "\n".join(SENTENCES).replace("~", "")
    assert normalize("بررسی پرونده ای تازه", assess(document)).text == "بررسی پرونده ای تازه"


def test_no_zwnj_is_put_where_letters_do_not_join() -> None:
    for sentence in SENTENCES:
        text = normalize(sentence.replace("~", ""), "deleted").text
        assert not any(before in NON_JOINING for before, behind in pairwise(text) if behind == Z)


WORDS = st.sampled_from(" ".join(SENTENCES).replace("~", " ").split())
GLUE = st.sampled_from(["", " ", Z, " ", "، ", "\n"])


@st.composite
def jumbled(draw: st.DrawFn) -> str:
    """Real pieces of words with anything between them."""
    return "".join(word + draw(GLUE) for word in draw(st.lists(WORDS, max_size=14)))


@settings(max_examples=150, deadline=None)
@given(text=jumbled(), damage=st.sampled_from(["deleted", "spaced", "mixed", "auto"]))
def test_letters_are_never_changed_and_once_is_enough(text: str, damage: str) -> None:
    once = normalize(text, damage).text  # type: ignore[arg-type]
    strip = str.maketrans("", "", Z + " ")
    assert once.translate(strip) == text.translate(strip)
    assert normalize(once, damage).text == once  # type: ignore[arg-type]


def test_what_is_settled_agrees_with_its_own_repair() -> None:
    shipped = restorer()
    for word in ("می" + Z + "شود", "نرم" + Z + "افزار"):
        assert shipped.words.missing(word) == ()
        assert shipped.words.missing(word.replace(Z, ""))


def test_the_model_is_small_enough_to_ship() -> None:
    assert MODEL_PATH.stat().st_size <= 8_000_000
