"""A small newsroom that goes on while it is crawled: its pages are edited, taken away and brought back, its days go by."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, Self

from fault_server import FaultServer, article, reply
from faulty_jobs import CITING

from parsers.persian.calendar import TEHRAN, gregorian_to_jalali

if TYPE_CHECKING:
    import asyncio
    import random

    from fault_server import Handler, Request

BEGIN = datetime(2027, 12, 20, 8, tzinfo=UTC)  # the year's end, a leap day and Nowruz are within a hundred days
HOSTS = {"sobhgah": "127.0.7.1", "asrgah": "127.0.7.2"}
_MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


@dataclass
class Page:
    """What stands at an address. `edition` is which of its texts; 0: nothing."""

    number: int
    edition: int
    published: datetime
    answers_unchanged: bool

    def mark(self) -> str:
        """Return words of the text that no other edition has."""
        return f"این خبر {self.edition} بار ویرایش شد.".translate(_DIGITS)

    def html(self) -> str:
        text = CITING.format(n=self.number, m=self.number + self.edition) + f"{self.mark()} " * 3
        return article(self.number, text, printed=_printed(self.published))


def _printed(moment: datetime) -> str:
    local = moment.astimezone(TEHRAN)
    year, month, day = gregorian_to_jalali(local.date())
    return f"{local:%H:%M} - {day} {_MONTHS[month - 1]} {year}".translate(_DIGITS)


@dataclass
class Newsroom:
    """Two hosts with pages; `now` is the true time."""

    chance: random.Random
    now: datetime
    pages: dict[str, list[Page]] = field(default_factory=lambda: {slug: [] for slug in HOSTS})
    servers: dict[str, FaultServer] = field(default_factory=dict)

    def __enter__(self) -> Self:
        self._open = ExitStack()
        self.servers = {slug: self._open.enter_context(FaultServer(host=host)) for slug, host in HOSTS.items()}
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def go_on(self, hours: float) -> None:
        """Let time go by: new pages, edits, reverts, pages that are taken away or come back."""
        self.now += timedelta(hours=hours)
        for slug, pages in self.pages.items():
            for page in pages:
                if self.chance.random() < 0.3:
                    page.edition = self.chance.choice((0, 1, 2, 3, page.edition + 1))
            while len(pages) < 4 or (len(pages) < 12 and self.chance.random() < 0.3):
                number = 100 * (1 + list(HOSTS).index(slug)) + len(pages)
                pages.append(Page(number, 1, self.now - timedelta(hours=1), self.chance.random() < 0.5))
            self._serve(self.servers[slug], pages)

    def state(self) -> list[tuple[str, Page]]:
        """Return every address with the page that stands there now."""
        return [(f"{self.servers[slug].base}/fa/news/{page.number}", page) for slug in HOSTS for page in self.pages[slug]]

    def _serve(self, server: FaultServer, pages: list[Page]) -> None:
        server.pages.clear()
        server.feed(*(f"/fa/news/{page.number}" for page in pages if page.edition or page.number % 2))
        server.pages["/rss"] = self._dated(server.pages["/rss"])
        server.pages["/robots.txt"] = self._dated(reply("", 404))
        for page in pages:
            server.pages[f"/fa/news/{page.number}"] = self._dated(_answer(page))

    def _dated(self, answer: Handler) -> Handler:
        """Have an answer say what time it is, as servers do."""
        date = f"Date: {format_datetime(self.now, usegmt=True)}\r\n".encode()

        async def dated(request: Request, writer: asyncio.StreamWriter) -> None:
            await answer(request, _Dating(writer, date))  # type: ignore[arg-type]

        return dated


class _Dating:
    """A writer that puts a header after the first line of an answer."""

    def __init__(self, writer: asyncio.StreamWriter, header: bytes) -> None:
        self._writer, self._header = writer, header

    def write(self, data: bytes) -> None:
        first, end, rest = data.partition(b"\r\n")
        self._writer.write(first + end + self._header + rest)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)


def _answer(page: Page) -> Handler:
    if not page.edition:
        return reply("", 404 if page.number % 3 else 410)
    tag = f'"{page.number}-{page.edition}"'

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        known = page.answers_unchanged and request.headers.get("if-none-match") == tag
        headers = {"ETag": tag} if page.answers_unchanged else {}
        await reply("" if known else page.html(), 304 if known else 200, **headers)(request, writer)

    return answer
