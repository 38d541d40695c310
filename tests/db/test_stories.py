"""One story in several publishers' words: found whatever the order, never between a template's fillings."""

from __future__ import annotations

import random
from dataclasses import replace
from importlib import resources
from typing import TYPE_CHECKING, Any

import pytest
from archive_pages import page

from db.archive import Archive
from db.migrations import statements
from db.write import stories
from db.write.minhash import minhash, similarity

if TYPE_CHECKING:
    from pathlib import Path

Z = "\u200c"
SENTENCES = (
    f"رئیس اتحادیه میوه{Z}فروشان از افتتاح سه میدان تازه در شمال شهر خبر داد.",
    f"این میدان{Z}ها از هفته آینده هر روز جز جمعه{Z}ها از ساعت هشت بامداد باز می{Z}شوند و تا غروب میوه و سبزی تازه می{Z}فروشند.",
    f"به گفته او قیمت{Z}ها در این میدان{Z}ها یک پنجم کمتر از مغازه{Z}های شهر خواهد بود و کشاورزان بی{Z}واسطه می{Z}فروشند.",
    "شهرداری نیز سه خط اتوبوس برای رسیدن به میدان ها راه انداخته و پارکینگ کنار هر میدان رایگان است.",
    f"پیش از این خریداران از دوری میدان{Z}ها گله داشتند و انجمن محله خواستار گشایش بازارچه{Z}های کوچک شده بود.",
)
STORY = "\n".join(SENTENCES)
OTHER = "\n".join(
    (
        f"باران دیشب جاده{Z}های کوهستانی را بست و راهداران تا سپیده{Z}دم برف و گل را از گردنه{Z}ها پاک کردند.",
        f"پلیس راه می{Z}گوید رانندگان تا فردا از این جاده{Z}ها نروند و زنجیر چرخ همراه داشته باشند.",
        "مدرسه های سه شهر کوچک هم امروز بسته ماند و کلاس ها از دور برگزار شد.",
    )
)


def _article(publisher: str, body: str, n: int = 1, day: str = "2026-11-01", hour: str = "09", **more: Any) -> Any:
    url = f"https://{publisher}.example/{n}"
    at = f"{day}T{hour}:00:00+03:30"
    return page(url, more.pop("title", f"تیتر {publisher}"), body, publisher=publisher, published_at=at, **more)


def _stories(archive: Archive) -> list[tuple[str, str]]:
    """Address of each article in a story, and of the one published first."""
    archive.group_stories()
    sql = (
        "SELECT d.url, f.url FROM stories s JOIN documents d ON d.id = s.document_id "
        "JOIN documents f ON f.id = s.first_document_id ORDER BY d.url"
    )
    return [tuple(row) for row in archive.db.execute(sql).fetchall()]


def _in_four_orders(folder: Path, articles: list[Any]) -> list[list[tuple[str, str]]]:
    """The stories of these articles, which came in four orders and were grouped now and then meanwhile."""
    found = []
    for seed in range(4):
        rng = random.Random(seed)
        rng.shuffle(articles)
        with Archive(folder / f"{seed}.db") as archive:
            for article in articles:
                archive.store(*article)
                if rng.random() < 0.4:
                    archive.group_stories()
            found.append(_stories(archive))
    return found


COPIES = {
    "another headline": STORY,
    "a line behind": f"{STORY}\nانتهای پیام و پایان خبر از میدان میوه",
    "cut": "\n".join(SENTENCES[:4]),
    "its first sentence gone": "\n".join(SENTENCES[1:]),
    "every ZWNJ lost": STORY.replace(Z, ""),
    "Arabic letters": STORY.replace("ی", "ي").replace("ک", "ك"),
}


@pytest.mark.parametrize("change", COPIES)
def test_a_copy_of_another_publisher_is_the_same_story(archive: Archive, change: str) -> None:
    archive.store(*_article("sobh", STORY, hour="08"))
    archive.store(*_article("asr", COPIES[change], hour="10"))
    archive.store(*_article("shab", OTHER))
    assert _stories(archive) == [("https://asr.example/1", "https://sobh.example/1"), ("https://sobh.example/1",) * 2]
    assert archive.db.execute("SELECT min(similarity), max(similarity) FROM stories").fetchone()[1] == 1.0


@pytest.mark.parametrize(
    "second",
    [
        _article("asr", OTHER),
        _article("asr", "\n".join((SENTENCES[0], OTHER))),
        _article("asr", STORY, day="2026-11-20"),
        _article("sobh", STORY, n=2),
        _article("asr", " ".join(STORY.split()[:15])),
    ],
    ids=["other words", "one sentence of five", "weeks later", "the same publisher", "too short to tell"],
)
def test_these_are_no_copies(archive: Archive, second: Any) -> None:
    archive.store(*_article("sobh", STORY))
    archive.store(*second)
    assert _stories(archive) == []


def test_stories_do_not_depend_on_the_order_in_which_articles_came(tmp_path: Path) -> None:
    names = ["sobh", "asr", "shab", "zohr", "bamdad"]
    bodies = [*COPIES.values()]
    articles = [_article(name, bodies[n], hour=f"{8 + n:02d}") for n, name in enumerate(names)]
    articles += [_article(name, OTHER, n=2, hour=f"{20 - n}") for n, name in enumerate(names[:3])]
    found = _in_four_orders(tmp_path, articles)
    assert len(found[0]) == 8
    assert found == [found[0]] * 4


def test_what_a_publisher_prints_all_day_is_a_template_whatever_the_order(tmp_path: Path) -> None:
    form = "\n".join(SENTENCES[1:])
    articles = [_article("sobh", f"{form}\nنوبت {n}", n=n) for n in range(40)]
    articles += [_article("asr", form, n=1), _article("asr", form, n=2), _article("shab", form)]
    articles += [_article("asr", form, n=3, day="2026-11-03"), _article("sobh", f"{form}\nفردا", n=40, day="2026-11-02")]
    found = _in_four_orders(tmp_path, articles)
    assert [url for url, _ in found[0]] == [f"https://{name}" for name in (
        "asr.example/1", "asr.example/2", "asr.example/3", "shab.example/1", "sobh.example/40"
    )]  # fmt: skip
    assert found == [found[0]] * 4


def test_ten_copies_a_day_are_a_story_still(archive: Archive) -> None:
    for n in range(10):
        archive.store(*_article("sobh", STORY, n=n))
    archive.store(*_article("asr", STORY))
    assert len(_stories(archive)) == 11


def test_a_text_that_a_reparse_reads_otherwise_is_compared_anew(archive: Archive) -> None:
    archive.store(*_article("sobh", STORY))
    archive.store(*_article("asr", OTHER))
    assert _stories(archive) == []
    captures = {capture.url: capture_id for capture_id, capture in archive.captures_to_reparse()}
    archive.replace(captures["https://asr.example/1"], _article("asr", STORY)[1])
    archive.finish_reparse()
    assert len(_stories(archive)) == 2
    archive.replace(captures["https://asr.example/1"], _article("asr", STORY, day="2026-11-20")[1])
    assert _stories(archive) == []


def test_an_article_without_a_day_stands_alone(archive: Archive) -> None:
    archive.store(*_article("sobh", STORY))
    archive.store(*page("https://asr.example/1", "تیتر", STORY, publisher="asr", published_at=None, published_jalali=None))
    assert _stories(archive) == []


def test_an_article_that_loses_its_day_leaves_its_story_wherever_it_is_read(archive: Archive, monkeypatch: Any) -> None:
    monkeypatch.setattr(stories, "_CHUNK", 1)
    for name in ("sobh", "asr"):
        archive.store(*_article(name, STORY))
    assert len(_stories(archive)) == 2
    captures = {capture.url: capture_id for capture_id, capture in archive.captures_to_reparse()}
    undated = replace(_article("asr", STORY)[1].article, published_at=None, published_jalali=None)
    archive.replace(captures["https://sobh.example/1"], _article("sobh", f"{STORY}\nو دیگر هیچ")[1])
    archive.replace(captures["https://asr.example/1"], replace(_article("asr", STORY)[1], article=undated))
    assert _stories(archive) == []


def test_a_page_that_turns_out_to_be_no_article_leaves_its_story(archive: Archive) -> None:
    for name in ("sobh", "asr"):
        archive.store(*_article(name, STORY))
    assert len(_stories(archive)) == 2
    captures = {capture.url: capture_id for capture_id, capture in archive.captures_to_reparse()}
    archive.replace(captures["https://asr.example/1"], replace(_article("asr", STORY)[1], verdict="media"))
    assert _stories(archive) == []


def test_an_archive_of_an_earlier_version_has_its_stories_again_after_the_next_job(archive: Archive) -> None:
    for name in ("sobh", "asr"):
        archive.store(*_article(name, STORY))
    expected = _stories(archive)
    for table in ("story_bands", "story_prints", "story_templates"):
        archive.db.execute(f"DROP TABLE {table}")
    steps = (resources.files("db") / "migration_steps" / "0003_stories.sql").read_text("utf-8")
    for statement in statements(steps):
        if "story_prints" in statement or "story_bands" in statement:
            archive.db.execute(statement)
    archive.db.execute("DELETE FROM _sqlite_migrations WHERE name = 'stories_by_day'")
    archive.close()
    with Archive(archive.path) as again:
        assert again.db.execute("SELECT count(*) FROM stories").fetchone() == (0,)
        assert _stories(again) == expected != []


def test_a_changed_text_leaves_its_story_and_the_rest_of_it_stays(archive: Archive) -> None:
    for name in ("sobh", "asr", "shab"):
        archive.store(*_article(name, STORY))
    assert len(_stories(archive)) == 3
    archive.store(*_article("sobh", OTHER), fetched="now")
    assert [url for url, _ in _stories(archive)] == ["https://asr.example/1", "https://shab.example/1"]
    archive.store(*_article("asr", OTHER), fetched="now")
    assert _stories(archive) == [("https://asr.example/1",) * 2, ("https://sobh.example/1", "https://asr.example/1")]
    archive.store(*_article("asr", STORY, at="2026-11-02T10:00:00+03:30"), fetched="now")
    assert [url for url, _ in _stories(archive)] == ["https://asr.example/1", "https://shab.example/1"]


def test_a_document_that_goes_leaves_no_story_of_one(archive: Archive) -> None:
    for name in ("asr", "sobh", "shab"):
        archive.store(*_article(name, STORY))
    assert len(_stories(archive)) == 3
    for address in ("https://asr.example/1", "https://sobh.example/1"):
        with archive.transaction():
            archive.db.execute("UPDATE captures SET document_id = NULL WHERE url = ?", [address])
            archive.db.execute("DELETE FROM documents WHERE url = ?", [address])
        left = _stories(archive)
    assert left == []


def test_nothing_is_read_twice(archive: Archive) -> None:
    archive.store(*_article("sobh", STORY))
    assert archive.group_stories() == 1
    assert archive.group_stories() == 0


def test_a_print_estimates_what_texts_have_in_common() -> None:
    made, other = minhash(STORY), minhash(OTHER)
    assert made
    assert other
    assert similarity(made, made) == 1.0
    assert similarity(made, other) < 0.1
    assert minhash(STORY.replace(Z, "")) == made
    assert minhash("چند واژه") is None
