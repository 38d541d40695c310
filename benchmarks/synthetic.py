"""Invented pages with facts, as many as asked for: what benchmarks/sql.py and the tests of questions store.

Words are made of Persian letters with Zipf's frequencies, so that the index has the shape of a real one; names, clauses,
sessions and dates are set between them with their offsets. The same seed gives the same pages.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from persiantools.jdatetime import JalaliDate

from parsers.models import (
    AgencyMention,
    Article,
    Capture,
    DateMention,
    Facts,
    InstrumentMention,
    Mention,
    Record,
    Reference,
    SessionMention,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

ZWNJ = "\u200c"
LETTERS = "ابپتثجچحخدذرزژسشصضطظعغفقکگلمنوهی"
SCC = "شورای عالی فضای مجازی"
POLICY = f"سیاست{ZWNJ}ها و اقدامات ساماندهی پیام{ZWNJ}رسان{ZWNJ}های اجتماعی"
INSTRUMENTS = (
    (POLICY, "resolution", SCC),
    (f"قانون جرایم رایانه{ZWNJ}ای", "law", "مجلس شورای اسلامی"),
    ("قانون مجازات اسلامی", "law", "مجلس شورای اسلامی"),
    ("قانون مطبوعات", "law", "مجلس شورای اسلامی"),
    ("قانون اساسی", "law", None),
)
MESSENGERS = (
    ("تلگرام", "telegram"), (f"واتس{ZWNJ}اپ", "whatsapp"), ("اینستاگرام", "instagram"), ("بله", "bale"), ("ایتا", "eitaa"),
    ("سروش", "soroush"), ("روبیکا", "rubika"), ("گپ", "gap"), (f"آی{ZWNJ}گپ", "igap"),
)  # fmt: skip
FIRST_SESSION = date(2012, 4, 7)
PUBLISHERS = tuple(f"khabar{n}" for n in range(1, 21))
RULES = ("governor",) * 8 + ("list", "one_sense")
AGENCIES = ("irna", "isna", "mehr", "fars", "tasnim")


@dataclass
class _Text:
    """A body being written, with the facts in it."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    facts: dict[str, list[Any]] = field(default_factory=dict)

    def add(self, text: str) -> tuple[int, int, str]:
        start = self.length
        self.parts.append(text)
        self.length += len(text)
        return start, self.length, text

    def fact(self, kind: str, fact: object) -> None:
        self.facts.setdefault(kind, []).append(fact)


class Newsroom:
    """Pages from one seed."""

    def __init__(self, seed: int = 1, vocabulary: int = 30_000) -> None:
        self.random = random.Random(seed)
        words = [self._word() for _ in range(vocabulary)]
        weights = [1 / (rank + 3) for rank in range(vocabulary)]
        stream = self.random.choices(words, weights, k=200_000)
        self.paragraphs = [" ".join(stream[i : i + 55]) for i in range(0, len(stream), 55)]
        self.words = words

    def pages(self, count: int) -> Iterator[tuple[Capture, Record]]:
        for n in range(count):
            yield self.page(n)

    def page(self, n: int) -> tuple[Capture, Record]:
        """A page of about 2,500 characters of text in 16 kB of HTML."""
        pick = self.random
        publisher = PUBLISHERS[n % len(PUBLISHERS)]
        day = date(2016, 3, 20) + timedelta(days=pick.randrange(3400))
        title = " ".join(pick.choices(self.words[:8000], k=8))
        text = _Text()
        for _ in range(6):
            text.add(pick.choice(self.paragraphs))
            self._name_something(text, day)
            text.add("\n")
        body = "".join(text.parts).rstrip("\n")
        url = f"https://{publisher}.example/news/{n}"
        article = Article(
            publisher=publisher, cms="generic", url=url, canonical_url=url, news_code=str(n), title=title, body=body,
            lead=pick.choice(self.paragraphs)[:160], paragraphs=tuple(body.split("\n")), category=("فناوری",),
            published_at=f"{day}T12:00:00+03:30", published_jalali=JalaliDate(day).isoformat(), agency=pick.choice(AGENCIES),
        )  # fmt: skip
        html = f"<html><head><title>{title}</title></head><body>{self._furniture(n)}<article>{body}</article></body></html>"
        facts = Facts(**{kind: tuple(found) for kind, found in text.facts.items()})
        capture = Capture(html.encode(), url=url, headers={"content-type": "text/html"}, fetched_at=f"{day}T13:00:00+03:30")
        return capture, Record("article", article, facts)

    def _name_something(self, text: _Text, day: date) -> None:
        pick = self.random
        kinds = pick.sample((self._messengers, self._citation, self._session, self._date, self._agency), k=2)
        for write in kinds:
            text.add(" ")
            write(text, day)

    def _messengers(self, text: _Text, _: date) -> None:
        text.add(f"پیام{ZWNJ}رسان{ZWNJ}های ")
        for name, slug in self.random.sample(MESSENGERS, k=3):
            text.fact("mentions", Mention(*text.add(name), slug, self.random.choice(RULES), "body"))
            text.add(" و ")

    def _citation(self, text: _Text, _: date) -> None:
        title, kind, body = self.random.choice(INSTRUMENTS)
        number = self.random.randint(1, 60)
        unit, prefix = ("بند", "cl") if kind == "resolution" else ("ماده", "art")
        span = text.add(f"{unit} {number}")
        text.fact("references", Reference(*span, unit, (number,), (), title, body, (f"{prefix}_{number}",), "body"))
        text.add(" ")
        text.fact("instruments", InstrumentMention(*text.add(title), title, kind, body, "body"))

    def _session(self, text: _Text, day: date) -> None:
        number = max(1, (day - FIRST_SESSION).days // 30 - self.random.choice((0, 0, 0, 1, 5)))
        held = FIRST_SESSION + timedelta(days=30 * number)
        text.fact("sessions", SessionMention(*text.add(f"جلسه {number}"), SCC, (number,), held.isoformat(), "body"))

    def _date(self, text: _Text, day: date) -> None:
        valid = self.random.random() > 0.02
        span = text.add(JalaliDate(day).strftime("%Y/%m/%d"))
        text.fact("dates", DateMention(*span, day.isoformat() if valid else None, "day", "jalali", valid, section="body"))

    def _agency(self, text: _Text, _: date) -> None:
        slug = self.random.choice(AGENCIES)
        text.fact("agencies", AgencyMention(*text.add(slug), slug, "body"))

    def _word(self) -> str:
        word = "".join(self.random.choices(LETTERS, k=self.random.randint(2, 8)))
        if self.random.random() < 0.08:
            word = f"{word}{ZWNJ}{self.random.choice(('ها', 'های', 'رسان', 'نامه', 'شود'))}"
        return word

    def _furniture(self, n: int) -> str:
        links = "".join(
            f'<li><a href="/news/{n - i}">{self.paragraphs[(n + i) % len(self.paragraphs)][:60]}</a></li>' for i in range(60)
        )
        return f"<nav><ul>{links}</ul></nav>"
