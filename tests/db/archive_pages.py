"""Small invented pages for the tests of the archive."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from db.archive import Archive
from db.connection import open_writer
from db.migrations import migrations
from parsers.models import Article, Capture, Facts, Mention, Record

ZWNJ = "\u200c"
MESSENGERS = f"پیام{ZWNJ}رسان"


@cache
def _empty() -> bytes:
    """The bytes of an archive without documents: made once, since the schema and the lexicon cost more than most tests."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "archive.db"
        Archive(path).close()
        return path.read_bytes()


def new_archive(path: Path) -> Archive:
    """A new archive at this path."""
    path.write_bytes(_empty())
    return Archive(path)


def page(
    url: str | None = "https://sobh.example/news/1",
    title: str = f"{MESSENGERS} بله رایگان شد",
    body: str = f"مدیر {MESSENGERS} بله خبر داد.",
    *,
    facts: Facts | None = None,
    html: bytes | None = None,
    at: str | None = "2026-11-01T10:00:00+03:30",
    verdict: str = "article",
    **article: Any,
) -> tuple[Capture, Record]:
    """A capture and its record."""
    fields: dict[str, Any] = {
        "publisher": "sobh",
        "url": url,
        "title": title,
        "body": body,
        "paragraphs": tuple(body.split("\n")),
        "published_at": "2026-11-01T09:00:00+03:30",
        "published_jalali": "1405-08-10",
    }
    raw = html if html is not None else f"<html><h1>{title}</h1><p>{body}</p></html>".encode()
    capture = Capture(raw, url=url, fetched_at=at, headers={"Content-Type": "text/html"})
    return capture, Record(verdict, Article(**(fields | article)), facts or Facts())  # type: ignore[arg-type]


def named(record: Record, word: str, slug: str, section: str = "body") -> Record:
    """The record with every place of a word in one section as a mention."""
    text = getattr(record.article, section)
    starts = [at for at in range(len(text)) if text.startswith(word, at)]
    mentions = tuple(Mention(at, at + len(word), word, slug, "governor", section) for at in starts)  # type: ignore[arg-type]
    return replace(record, facts=replace(record.facts, mentions=record.facts.mentions + mentions))


def make_older(archive: Archive, step: str, *made: str) -> None:
    """Closes an archive as it was before a step, without what that step made («table x», «index y»)."""
    for each in made:
        archive.db.execute(f"drop {each}")
    archive.db.execute("delete from _sqlite_migrations where name = ?", [step])
    archive.close()
    old = open_writer(archive.path)
    assert [pending.name for pending in migrations.pending(old)] == [step]
    old.close()
