"""Lines that a publisher prints on every page: learned, kept out of facts, shown, undone by a reparse."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from forked_command import bayegan
from hypothesis import given
from hypothesis import strategies as st

from db import Archive
from parsers.persian.lines import is_furniture, line_keys, without_furniture

SHARE = "این گزارش را در پیام‌رسان واتساپ بفرستید"
LONG = "خوانندگان گرامی می‌توانند خبر شماره {} را با دوستان خود در پیام‌رسان تلگرام به اشتراک بگذارند"
WORDS = ["شهرداری", "پروژه", "خیابان", "بودجه", "مدرسه", "کتابخانه", "ورزشگاه", "بیمارستان", "پارک", "میدان", "بازار", "نمایشگاه"]


def story(number: int, *, tail: str) -> str:
    word, other = WORDS[number % len(WORDS)], WORDS[(number * 5 + 3) % len(WORDS)]
    first = f"{word} تازه شماره {number} امروز در شهر نمونه با حضور مردم و مدیران {other} به کار خود آغاز کرد و ادامه دارد."
    second = f"مدیر {other} گفت که برای {word} در نوبت {number} برنامه‌ای تازه نوشته شده است و تا پایان سال انجام می‌شود."
    return (
        f"<html><head><title>{word} {number}</title></head><body><article><h1>{word} و {other} شماره {number}</h1>"
        + "".join(f"<p>{text}</p>" for text in (first, second, *tail.split("\n")) if text)
        + "</article></body></html>"
    )


def add(folder: Path, numbers: range, tail: str):
    paths = []
    for number in numbers:
        paths.append(folder / f"{number}.html")
        paths[-1].write_text(story(number, tail=tail.format(number) if "{}" in tail else tail), encoding="utf-8")
        done = bayegan("add", paths[-1], "--url", f"https://nemuneh.example/news/{number}", cwd=folder, BAYEGAN_DB="a.db")
        assert done.returncode == 0, done.stderr.decode()


def mentions(folder: Path) -> list[tuple[object, ...]]:
    with Archive(folder / "a.db", readonly=True) as archive:
        sql = "SELECT document_id, messenger FROM messenger_mentions ORDER BY 1, 2"
        return archive.db.execute(sql).fetchall()


def health(folder: Path) -> dict[str, str]:
    rows = json.loads(bayegan("health", "--json", cwd=folder, BAYEGAN_DB="a.db").stdout)
    return {row["code"]: row["message"] for row in rows if row["code"].startswith("furniture")}


@pytest.mark.parametrize(("tail", "slug"), [(SHARE, "whatsapp"), (LONG, "telegram"), (f"{SHARE}\n{LONG}", "whatsapp")])
def test_what_stands_on_every_page_is_no_mention(tmp_path, tail, slug):
    add(tmp_path, range(1, 8), tail)
    assert {messenger for _, messenger in mentions(tmp_path)} >= {slug}
    assert health(tmp_path) == {}
    add(tmp_path, range(8, 10), tail)
    assert "run `bayegan reparse`" in health(tmp_path)["furniture_facts"]
    before = mentions(tmp_path)
    add(tmp_path, range(10, 13), tail)
    assert mentions(tmp_path) == before
    assert bayegan("reparse", cwd=tmp_path, BAYEGAN_DB="a.db").returncode == 0
    assert mentions(tmp_path) == []
    assert "kept out of facts" in health(tmp_path)["furniture"]
    again = bayegan("reparse", "--json", cwd=tmp_path, BAYEGAN_DB="a.db").stdout
    assert json.loads(again)["updated"] == 0


def test_a_true_mention_on_a_page_with_furniture_is_found_where_it_stands(tmp_path):
    add(tmp_path, range(1, 12), SHARE)
    true = "سخنگوی شرکت گفت پیام‌رسان بله از امروز در مدرسه‌های شهر نمونه به کار می‌رود."
    add(tmp_path, range(12, 13), f"{true}\n{SHARE}")
    with Archive(tmp_path / "a.db", readonly=True) as archive:
        sql = (
            'SELECT messenger, surface, substr(body, start + 1, "end" - start) FROM messenger_mentions '
            "JOIN articles USING (document_id) WHERE document_id = 12"
        )
        assert archive.db.execute(sql).fetchall() == [("bale", "بله", "بله")]


def test_what_many_articles_say_in_words_of_their_own_is_no_furniture(tmp_path):
    for number in range(1, 13):
        one, two, three = (WORDS[at % 12] for at in (number, number + 4, -number))
        text = f"به گفته مدیر {one} نشانی پیام‌رسان بله شماره {two} در {three} تازه شد."
        add(tmp_path, range(number, number + 1), text)
    assert health(tmp_path) == {}
    assert len(mentions(tmp_path)) == 12


def test_the_same_article_many_times_teaches_nothing(tmp_path):
    (tmp_path / "one.html").write_text(story(1, tail=SHARE), encoding="utf-8")
    for number in range(12):
        url = f"https://nemuneh.example/news/{number}"
        assert bayegan("add", "one.html", "--url", url, cwd=tmp_path, BAYEGAN_DB="a.db").returncode == 0
    assert health(tmp_path) == {}


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (SHARE, SHARE.replace("ی", "ي"), True),
        (SHARE, SHARE.replace("\u200c", " "), True),
        ("۱۲ نظر", "345 نظر", True),
        (LONG.format(5), LONG.format("۱۲۳"), True),
        (SHARE, SHARE + " دوست", True),
        ("نظر شما", "نظر شما چیست", False),
        ("پیام‌رسان بله", "پیام‌رسان گپ", False),
    ],
)
def test_two_prints_of_a_line_are_known_as_one(one, other, same):
    assert is_furniture(other, frozenset(line_keys(one))) is same


@given(st.lists(st.text(alphabet="ابپ ۱2\u200c.", max_size=40), max_size=6), st.integers(0, 5))
def test_a_text_keeps_its_length_and_its_lines(lines, at):
    text = "\n".join(lines)
    known = frozenset(line_keys(lines[at])) if at < len(lines) else frozenset()
    cleared = without_furniture(text, known)
    assert [len(line) for line in cleared.split("\n")] == [len(line) for line in text.split("\n")]
    assert all(mine in (char, " ") for mine, char in zip(cleared, text, strict=True))
