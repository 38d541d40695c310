"""Bodies by any spelling, unlisted ones by their first word, and short forms left open."""

from __future__ import annotations

import pytest

from parsers.facts.bodies import body_by_slug, find_bodies, holder_at
from parsers.facts.view import view
from parsers.lexicon import load

ZWNJ = "\u200c"


def named(text: str) -> list[str | None]:
    return [mention.body.name if mention.body else None for mention in find_bodies(view(text))]


@pytest.mark.parametrize("joint", [ZWNJ, " ", ""])
@pytest.mark.parametrize("name", [body["name"] for body in load("bodies")["body"] if body.get("bare", True)])
def test_every_listed_body_is_found_however_its_parts_are_joined(name: str, joint: str) -> None:
    assert named(f"دبیر {name.replace(ZWNJ, joint)} سخن گفت")[0] == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شورایعالی فضای مجازی", "شورای عالی فضای مجازی"),
        ("شوراي عالي فضاي مجازي كشور", "شورای عالی فضای مجازی"),
        ("هیأت وزیران", "هیئت وزیران"),
        ("هیات دولت", "هیئت دولت"),
        ("کمیسیون اصل 90 مجلس", "کمیسیون اصل ۹۰ مجلس"),
        ("قوه قضائیه", "قوه قضاییه"),
        ("ستاد ساماندهی سواحل در ساری", "ستاد ساماندهی سواحل"),
        ("کارگروه سازگاری با کم‌آبی را تشکیل داد", "کارگروه سازگاری با کم‌آبی"),
        ("مجلس نمایندگان عراق", "مجلس نمایندگان عراق"),
        ("کمیسیون فرهنگی ابتدا لایحه را بررسی کرد", "کمیسیون فرهنگی"),
        ("فراکسیون نمایندگان ولایی، اظهار داشت", "فراکسیون نمایندگان ولایی"),
        ("پارلمان عراق رأی داد", "پارلمان عراق"),
        ("کمیسیون کشاورزی طرح بیمه را پذیرفت", "کمیسیون کشاورزی"),
        ("کمیسیون ویژه طرح بیمه محصولات", "کمیسیون ویژه طرح بیمه محصولات"),
        ("هیئت مدیره شرکت نوین متشکل از پنج نفر است", "هیئت مدیره شرکت نوین"),
        ("شورای اسلامی شهر ساوه رضا کریمی را برگزید", "شورای اسلامی شهر ساوه"),
        ("شورای اسلامی شهر ساوه گفت", "شورای اسلامی شهر ساوه"),
        ("شورای تأمین شهرستان خوی برگزار شد", "شورای تأمین شهرستان خوی"),
        ("شورای اداری استان چهارمحال و بختیاری تشکیل شد", "شورای اداری استان چهارمحال و بختیاری"),
        ("رئیس شورای اسلامی شهر", "شورای اسلامی شهر"),
        ("شورای شهر سال آینده برگزیده می‌شود", "شورای شهر"),
        ("شورای شهر امروز جلسه دارد", "شورای شهر"),
        ("شورای اسلامی شهر و روستا", "شورای اسلامی شهر و روستا"),
        ("شورای اسلامی شهر و رئیس دادگستری", "شورای اسلامی شهر"),
        ("شورای سیاست‌گذاری سراسر کشور سعید رضایی", "شورای سیاست‌گذاری سراسر کشور"),
        ("کمیته برگزاری مراسم ۲۲ بهمن خبر داد", "کمیته برگزاری مراسم ۲۲ بهمن"),
        ("شورای فرهنگ عمومی خراسان رضوی تصویب کرد", "شورای فرهنگ عمومی خراسان رضوی"),
        ("شورای فرهنگ عمومی تصویب کرد", "شورای فرهنگ عمومی"),
        ("فراکسیون کارگری مجلس گفت", "فراکسیون کارگری مجلس"),
        ("کمیسیون بهداشت و درمان مجلس گفت", "کمیسیون بهداشت و درمان مجلس"),
        ("سازمان کشورهای صادرکننده نفت", "اوپک"),
    ],
)
def test_spelling_leads_to_the_body(text: str, expected: str) -> None:
    assert named(text) == [expected]


def test_bare_council_is_left_to_the_document() -> None:
    assert named("این شورا تصمیم گرفت") == [None]


def test_same_as_and_slugs_lead_to_listed_bodies() -> None:
    for body in load("bodies")["body"]:
        assert body_by_slug(body.get("same_as", "scc"))


@pytest.mark.parametrize("text", ["همشورای رقابت", "بی‌شورای رقابت", "دوکمیسیون تلفیق", "شوراییان", "مجلسی‌ها", "ستادی", "کمیته‌ها"])
def test_name_inside_a_word_is_no_body(text: str) -> None:
    assert find_bodies(view(text)) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("سازمان غذا و دارو در تهران", "سازمان غذا و دارو"),
        ("اتحادیه طلا و جواهر گفت", "اتحادیه طلا و جواهر"),
        ("شرکت‌کنندگان در همایش", None),
        ("این سازمان", None),
        ("سازمان", None),
    ],
)
def test_other_holders_of_sessions_are_read_where_they_are_asked_for(text: str, name: str | None) -> None:
    found = holder_at(view(text), 0)
    assert (found.body.name if found and found.body else None) == name
