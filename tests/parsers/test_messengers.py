"""Messengers in sentences: ambiguous words on evidence only, exact spans, every spelling."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rooms import found_by

from parsers.facts import messengers as room
from parsers.facts.messengers.names import messengers, names
from parsers.facts.view import view

ZWNJ = "\u200c"
SENTENCES = Path(__file__).with_name("messengers.txt").read_text(encoding="utf-8").splitlines()
CASES = [line.replace("~", ZWNJ) for line in SENTENCES if line and not line.startswith("# ")]
ARABIC = str.maketrans("یک", "يك")
RARE = {"ایتا", "زلو"}
AMBIGUOUS = sorted({name for one in messengers().values() for name in one.ambiguous if not name.isascii()})


def annotated(line: str) -> tuple[str, list[str]]:
    """The sentence, and the names in brackets with their places: ["12:تلگرام", …]."""
    text, marked = "", []
    for part in re.split(r"(\[[^\]]*\])", line):
        if part.startswith("["):
            marked.append(f"{len(text)}:{part[1:-1]}")
        text += part.strip("[]") if part.startswith("[") else part
    return text, marked


def found(text: str) -> list[str]:
    return [f"{mention.start}:{mention.surface}" for mention in found_by(room, [view(text)])]


def slugs(*sections: str) -> list[str]:
    return [mention.slug for mention in found_by(room, [view(section) for section in sections])]


def rules(*sections: str) -> list[str]:
    return [mention.rule for mention in found_by(room, [view(section) for section in sections])]


@pytest.mark.parametrize("line", CASES)
def test_a_sentence_names_its_messengers_and_nothing_else(line):
    text, marked = annotated(line)
    assert found(text) == marked


def test_arabic_letters_change_nothing():
    for line in CASES:
        text, marked = annotated(line.translate(ARABIC))
        assert found(text) == marked


@pytest.mark.parametrize("one", messengers().values(), ids=lambda one: one.slug)
def test_every_spelling_is_found_behind_a_governing_noun(one):
    for spelling in (spelling for spelling, slug in names().slugs.items() if slug == one.slug):
        text = f"پیام{ZWNJ}رسان {spelling} به{ZWNJ}روز شد."
        expected = [] if one.kind == "appstore" else [f"10:{spelling}"]
        assert found(text) == expected, spelling


@pytest.mark.parametrize("name", AMBIGUOUS)
@pytest.mark.parametrize("frame", ["{}", "نه {} نه چیز دیگر.", "او {} را دید.", "{} خوب است.", "این {} است"])
def test_an_ambiguous_name_without_evidence_is_a_word(name, frame):
    if name not in RARE:
        assert slugs(frame.format(name)) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("تلگرام مسدود است.", "name"),
        ("پیام\u200cرسان گپ به\u200cروز شد.", "governor"),
        ("کاربران ایتا بیشتر شدند.", "governor"),
        ("وزیر در «بله» کانال دارد.", "quoted"),
        ("این خبر در بله منتشر شد.", "preposition"),
        ("سیگنال فیلتر شد.", "predicate"),
        ("گپ، پیام\u200cرسان ایرانی، نسخه تازه\u200cای داد.", "predicate"),
        ("نخستین بار سیگنال از کاربران خواست نسخه را به\u200cروز کنند.", "subject"),
    ],
)
def test_the_rule_says_on_which_evidence(text, rule):
    assert rules(text) == [rule]


def test_one_sense_holds_for_the_document_in_both_directions():
    title, body = "مدیرعامل پیام\u200cرسان گپ استعفا داد", "گپ از سه سال پیش زیان می\u200cدهد. او گپ را ترک کرد."
    assert rules(title, body) == ["governor", "one_sense", "one_sense"]
    assert rules(body, title) == ["one_sense", "one_sense", "governor"]


def test_a_document_with_both_senses_needs_evidence_for_each():
    assert slugs("عبدالکریم سروش سخن گفت.", "پیام\u200cرسان سروش قطع شد.", "سروش را همه می\u200cشناسند.") == ["soroush"]


def test_one_sense_does_not_make_an_answer_a_messenger():
    assert slugs("پیام\u200cرسان بله رایگان است؟", "مدیر شرکت گفت: بله، همیشه رایگان است.") == ["bale"]


DOCUMENTS = [
    (
        "پیام~رسان [بله] چگونه رشد کرد؟\nمدیر شرکت گفت: «بله، ما رشد کردیم.» آیا [بله] فیلتر می~شود؟ پاسخ داد: بله، شاید روزی.\n"
        "[بله] برای کودکان هم نسخه~ای دارد."
    ),
    (
        "[شاد]؛ شبکه~ای که همه می~شناسند\nشبکه [شاد] از فروردین آغاز شد. دانش~آموزان شاد نبودند. [شاد] در هفته اول قطع شد."
        " معلمان از [شاد] گلایه داشتند. وزیر گفت [شاد] رایگان است. جشن شاد مدرسه برگزار شد."
    ),
    "گپ~وگفت با مدیرعامل پیام~رسان [گپ]\nدر یک گپ دوستانه از [گپ] پرسیدیم. [گپ] ده سال پیش آغاز شد. گپ زدن با او ساده است.",
    "سروش صحت گفت از پیام~رسان [سروش] استفاده نمی~کند. سروش مجری خوبی است.",
    "پیام~رسان [سیگنال] فیلتر شد. [سیگنال] از سال ۲۰۱۴ فعال است. این سیگنال بدی برای کاربران بود. سیگنال گوشی~ها قطع شد.",
    "[لاین]، پیام~رسان ژاپنی، به یاهو پیوست. خودروها در لاین دوم ماندند. [لاین] در تایوان پرطرفدار است.",
]


@pytest.mark.parametrize("document", DOCUMENTS)
def test_a_document_keeps_a_sense_but_not_for_the_word(document):
    text, marked = annotated(document.replace("~", ZWNJ))
    assert found(text) == marked


def test_a_list_on_separate_lines_is_a_list():
    text = "پیام\u200cرسان\u200cهای مجاز:\n• تلگرام\n• بله\n• گپ\nبله، همین سه تا."
    assert slugs(text) == ["telegram", "bale", "gap"]


def test_an_answer_on_the_line_after_a_name_is_no_name():
    assert slugs("تلگرام\nبله") == ["telegram", "bale"]
    assert slugs("از تلگرام\nبله، درست است.") == ["telegram"]


def test_an_answer_before_a_foreign_name_is_no_list():
    assert slugs("بله، تلگرام و واتساپ فیلتر می\u200cمانند.") == ["telegram", "whatsapp"]
    assert slugs("بله، ایتا و سروش از فردا به هم وصل می\u200cشوند.") == ["bale", "eitaa", "soroush"]


@pytest.mark.parametrize(
    ("text", "surfaces"),
    [
        ("تلگـرام و تِردز", ["تلگـرام", "تِردز"]),
        ("واتس\u200cاپ، واتس اپ، واتساپ و واتس آپ", ["واتس\u200cاپ", "واتس اپ", "واتساپ", "واتس آپ"]),
        ("کانال\u200cهای تلگرامی\u200cها", ["تلگرام"]),
        ("سروش+ و گوگل+", ["سروش+", "گوگل+"]),
        ("ضد\u200cتلگرام", ["تلگرام"]),
        ("#رفع_فیلتر_اینستاگرام", ["اینستاگرام"]),
        ("تلگرام/واتساپ", ["تلگرام", "واتساپ"]),
        ("TELEGRAM and whatsapp", ["TELEGRAM", "whatsapp"]),
        ("مسنجر فیسبوک و فیسبوک", ["مسنجر فیسبوک", "فیسبوک"]),
    ],
)
def test_the_surface_is_the_name_without_its_endings(text, surfaces):
    mentions = found_by(room, [view(text)])
    assert [mention.surface for mention in mentions] == surfaces
    assert all(text[mention.start : mention.end] == mention.surface for mention in mentions)


@pytest.mark.parametrize(
    "text",
    [
        "https://t.me/telegram/12",
        "instagram.com/akkasi",
        "@Telegram",
        "info@whatsapp.com",
        "www.Facebook.com",
        "https://fa.example.org/تلگرام",
        "نشانی: Telegram.org/apps",
    ],
)
def test_addresses_and_handles_are_links_and_no_mentions(text):
    assert found(text) == []


def test_a_name_after_an_address_is_no_part_of_it():
    assert found("نشانی https://fa.example.org/a تلگرام") == ["31:تلگرام"]


def test_sections_keep_their_names_and_offsets():
    mentions = found_by(room, [view("تلگرام", "title"), view("خبر تلگرام", "body")])
    assert [(mention.section, mention.start, mention.end) for mention in mentions] == [("title", 0, 6), ("body", 4, 10)]


PIECES = [
    "بله",
    "گپ",
    "شاد",
    "سروش",
    "لاین",
    "تلگرام",
    "پیام\u200cرسان",
    "«",
    "»",
    "،",
    " ",
    " و ",
    "\n",
    "ـ",
    "ً",
    "در ",
    "؟",
    "(",
    ")",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_spans_are_exact_and_in_order_on_any_text(text):
    mentions = found_by(room, [view(text)])
    assert [text[mention.start : mention.end] for mention in mentions] == [mention.surface for mention in mentions]
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@pytest.mark.parametrize(
    "piece", ["بله ", "گپ و ", "«شاد» ", "پیام\u200cرسان ", "سروش، ", "لاین\n", "در ", "آ" * 50, "ی ", "((", "ـ"]
)
def test_long_runs_of_anything_end(piece):
    found_by(room, [view(piece * 2000)])
