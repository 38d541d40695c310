"""Lemmas for search: which words are forms of one another, and which only look so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers.persian.lemmas import LEMMAS_PATH, Lemmas, load, save
from parsers.persian.letters import fold_index

if TYPE_CHECKING:
    from pathlib import Path

# Singular and plural, ZWNJ left out.
PLURALS = [
    "کاربر کاربران", "نماینده نمایندگان", "دانشجو دانشجویان", "خبرنگار خبرنگاران", "مدیر مدیران",
    "مسئول مسئولان", "مسئول مسئولین", "محقق محققان", "متخصص متخصصین", "ایرانی ایرانیان", "زن زنان",
    "دختر دختران", "رهبر رهبران", "همسایه همسایگان", "آقا آقایان", "روحانی روحانیون", "مصوبه مصوبات",
    "اقدام اقدامات", "حمله حملات", "خدمت خدمات", "روایت روایات", "مذاکره مذاکرات", "قانون قوانین", "ماده مواد",
    "اصل اصول", "حکم احکام", "مرکز مراکز", "منبع منابع", "وظیفه وظایف", "لایحه لوایح", "وزیر وزرا", "عضو اعضای",
    "سند اسناد", "صنعت صنایع", "استاد اساتید", "مسئله مسائل", "کشور کشورها", "کار کارهای", "شهر شهرهایی",
    "کتاب کتابهایش", "شورا شورای", "نیرو نیروهای",
]  # fmt: skip
DIFFERENT = [
    "بار باران", "تهر تهران", "جهان جه", "درم درمان", "زند زندان", "دست دستان", "است استان", "داس داستان",
    "زبان زب", "مال مالیات", "ماش ماشین", "زم زمین", "تن تنها", "کار کاروان", "پای پایان", "شهر شهرستان",
    "آسمان آسم", "انس انسان", "گر گران", "میز میزان", "مهر مهران", "سر سران", "خواه خواهان", "بی بیان",
    "کتاب کتابت", "امام امامت", "آب آبان", "شیر شیراز", "بند بندر", "کرد کردستان",
]  # fmt: skip
VERBS = [
    "می‌کند کردن",
    "نمی‌کنند کردن",
    "کردند کردن",
    "بروند رفتن",
    "می‌روم رفتن",
    "گفت گفتن",
    "می‌گوید گفتن",
    "می‌شود شدن",
    "داشتند داشتن",
]


def lemma(word: str) -> str:
    return load().lemma(fold_index(word.replace("\u200c", "")))


@pytest.mark.parametrize("pair", PLURALS)
def test_a_plural_has_the_lemma_of_its_singular(pair: str) -> None:
    singular, plural = pair.split(" ")
    assert lemma(plural) == lemma(singular)


@pytest.mark.parametrize("pair", DIFFERENT)
def test_words_that_only_look_like_plurals_have_other_lemmas(pair: str) -> None:
    one, other = pair.split(" ")
    assert lemma(one) != lemma(other)


@pytest.mark.parametrize("pair", VERBS)
def test_a_form_of_a_verb_has_the_infinitive(pair: str) -> None:
    form, infinitive = pair.split(" ")
    assert lemma(form) == lemma(infinitive) == infinitive


@pytest.mark.parametrize("pair", PLURALS)
def test_forms_of_a_lemma_have_its_plural(pair: str) -> None:
    plural = fold_index(pair.split(" ")[1])
    lemmas = load()
    assert plural in {lemmas.lemma(plural), *lemmas.forms_of(lemmas.lemma(plural))}
    assert all(lemmas.lemma(form) == lemmas.lemma(plural) for form in lemmas.forms_of(lemmas.lemma(plural)))


@given(st.text(st.sampled_from("ابتدیهنگموشرک")))
def test_a_lemma_is_its_own_lemma(word: str) -> None:
    assert load().lemma(load().lemma(word)) == load().lemma(word)


def test_lemmas_read_back_as_they_were_written(tmp_path: Path) -> None:
    lemmas = Lemmas(frozenset(["کتاب"]), {"کتب": "کتاب", "رفت": "رفتن"}, frozenset(["زن"]), ("گر", "کار"), frozenset(["باران"]))
    save(lemmas, tmp_path / "lemmas.bin")
    assert load(tmp_path / "lemmas.bin") == lemmas


def test_the_lemmas_are_small_enough_to_ship() -> None:
    assert LEMMAS_PATH.stat().st_size <= 1_000_000
