"""Restoring lost ZWNJ by kind: the ezafe ye, two readings, plurals with «است», names, and whole words that look like two."""

from __future__ import annotations

import pytest

from parsers.persian import assess, normalize

Z = "\u200c"


def spelled(text: str) -> str:
    """A readable spelling of the tests: "~" is a ZWNJ, "-" a soft hyphen."""
    return text.replace("~", Z).replace("-", "\u00ad")


# «~» is deleted and made a blank in turn: both come back.
LOST = [
    "هفته~ی گذشته",
    "خانه~ی ما",
    "برنامه~ی تازه",
    "آیین~نامه~ی اجرایی",
    "نتیجه~ی کار",
    "پرونده~ی او",
]


@pytest.mark.parametrize("text", LOST)
@pytest.mark.parametrize("instead", ["", " "])
def test_the_ezafe_ye_comes_back_after_a_silent_he(text: str, instead: str) -> None:
    assert normalize(spelled(text).replace(Z, instead), "mixed").text == spelled(text)


@pytest.mark.parametrize(
    "text", ["گروهی از مردم", "توجهی نکرد", "کوهی بلند", "دانشگاهی نو", "فرماندهی نیرو", "راهی شد", "کتاب ی"]
)
def test_other_ye_are_left_as_they_are(text: str) -> None:
    assert normalize(text, "mixed").text == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("از حرفهای وزیر", "از حرف~های وزیر"),
        ("حرفهای او", "حرف~های او"),
        ("این حرفهای تازه", "این حرف~های تازه"),
        ("بازیکنان حرفهای و جوان", "بازیکنان حرفه~ای و جوان"),
        ("به صورت حرفهای دنبال کرد", "به صورت حرفه~ای دنبال کرد"),
        ("سالهای گذشته", "سال~های گذشته"),
        ("برندهای معروف", "برندهای معروف"),
        ("کارکردهای مغز", "کارکردهای مغز"),
        ("نهادهای دولتی", "نهادهای دولتی"),
        ("شهرهای بزرگ", "شهرهای بزرگ"),
        ("پدیدهای تازه", "پدیده~ای تازه"),
        ("ایرلاینهای خارجی", "ایرلاین~های خارجی"),
        # No ezafe stands before a verb of two words, and one word alone says nothing.
        ("مسابقات حرفهای برگزار شد", "مسابقات حرفه~ای برگزار شد"),
        ("دوره حرفهای آغاز می شود", "دوره حرفه~ای آغاز می شود"),
        ("عملکردهای", "عملکردهای"),
        ("برندهای", "برندهای"),
    ],
)
def test_a_plural_and_another_noun_with_he_are_told_apart(text: str, expected: str) -> None:
    assert normalize(text, "deleted").text == spelled(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("تحقیقات میدانی", "تحقیقات میدانی"), ("بررسی میدانی بازار", "بررسی میدانی بازار"), ("تو میدانی که", "تو می~دانی که")],
)
def test_an_adjective_that_looks_like_a_verb_is_one_unless_its_neighbours_say_otherwise(text: str, expected: str) -> None:
    assert normalize(text, "deleted").text == spelled(expected)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("سالهاست", "سال~هاست"),
        ("دلهاست", "دل~هاست"),
        ("مدتهاست", "مدت~هاست"),
        ("سریالهاست", "سریال~هاست"),
        ("کارهاست", "کارهاست"),
        ("گفتهاست", "گفته~است"),
        ("کروناست", "کروناست"),
        ("دنیاست", "دنیاست"),
        ("تنهاست", "تنهاست"),
    ],
)
def test_plurals_before_the_copula_are_plurals(word: str, expected: str) -> None:
    assert normalize(word, "deleted").text == spelled(expected)


@pytest.mark.parametrize(
    "word",
    [
        "ترمینال", "ششصدهزار", "هفتصدهزار", "میرسلیم", "میرحسین", "کوهپایه", "تاتنهام", "بیرمنگام", "میشله", "میلان",
        "میتسوبیشی", "میکلانژ", "همتای", "همپای", "آلومینیوم", "سمینار", "هیمالیا", "ویتنام",
    ],
)  # fmt: skip
def test_whole_words_are_not_cut(word: str) -> None:
    assert normalize(word, "deleted").text == word


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("در ماه می سال جاری می روند", "در ماه می سال جاری می~روند"),
        ("دوم می سال ۲۰۲۰", "دوم می سال ۲۰۲۰"),
        ("آقای هاست", "آقای هاست"),
        ("کمپانی ام~کی", "کمپانی ام~کی"),
        ("کار ها", "کارها"),
        ("کتاب ها", "کتاب~ها"),
    ],
)
def test_blanks_before_names_and_nouns_stay(text: str, expected: str) -> None:
    assert normalize(spelled(text), "spaced").text == spelled(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("حرف-هاست", "حرف~هاست"), ("می-شود", "می~شود"), ("کار-ها", "کارها")],
)
def test_a_soft_hyphen_in_a_word_is_a_zwnj_where_letters_join(text: str, expected: str) -> None:
    assert normalize(spelled(text), "none").text == spelled(expected)


CAREFUL = (
    "نمایشگاه تازه~ای در شهر گشوده شد و خانواده~ها از آن دیدن می~کنند. این نشست بین المللی هم اکنون برپاست و "
    "نتیجه~ی داوری~ها که اعلام شده بود به~روز می~شود."
)


@pytest.mark.parametrize(
    "text",
    [
        CAREFUL,
        CAREFUL.replace("می~کنند", "میکنند"),
        "باشگاه تاتنهام برد",
        "میشله در لندن ماند",
        "رشد بین المللی",
        "تیم دورتموند آمد",
    ],
)
def test_careful_text_is_left_alone(text: str) -> None:
    assert assess(spelled(text)) == "none"
    assert normalize(spelled(text)).text == spelled(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("همه کتابها رسید", "همه کتاب~ها رسید"),
        ("وزیر می گوید", "وزیر می~گوید"),
        (
            "کتاب های تازه می رسند و همه آنها را می خرند و شما میتوانید سلولهای باتری را بخرید",
            "کتاب~های تازه می~رسند و همه آنها را می~خرند و شما می~توانید سلول~های باتری را بخرید",
        ),
    ],
)
def test_what_is_never_right_is_repaired_in_both_ways(text: str, expected: str) -> None:
    assert normalize(text).text == spelled(expected)


@pytest.mark.parametrize("name", ["شنگهای", "بنیدورم", "سرینگر", "بیدستان", "شنگهایی"])
def test_names_of_places_are_not_cut(name: str) -> None:
    assert normalize(f"در {name} برف بارید", "mixed").text == f"در {name} برف بارید"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("خالدبنولید", "خالدبن~ولید"),
        ("آبوهوایی", "آب~وهوایی"),
        ("بحثهائی", "بحث~هائی"),
        ("آنتیبادیهای", "آنتی~بادی~های"),
    ],
)
def test_pieces_that_few_words_have_are_found(text: str, expected: str) -> None:
    assert normalize(text, "deleted").text == spelled(expected)


CAREFUL = "خانواده~ها هر سال به روستا می~روند، میوه~های تازه می~چینند و از همسایه~ها می~پرسند که چه کرده~اند و چه خواسته~اند."


def test_joined_plurals_are_the_style_of_a_careful_hand() -> None:
    assert assess(spelled(f"{CAREFUL} کتابها و دفترهای نو در کلاسها ماند. {CAREFUL}")) == "none"


def test_a_few_loose_blanks_in_a_text_that_lost_its_zwnj_by_deletion_are_left() -> None:
    assert assess(f"{CAREFUL} این نامه ای از دوست بود. {CAREFUL}".replace("~", "")) == "deleted"
