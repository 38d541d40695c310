"""A newsroom on loopback that misbehaves on request: raw sockets, one thread, every request noted."""

from __future__ import annotations

import asyncio
import ssl
import threading
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Self

Handler = Callable[["Request", asyncio.StreamWriter], Awaitable[None]]
BODY = (
    "وزیر ارتباطات امروز در نشست خبری گفت که شبکه ملی اطلاعات در ده استان به بهره‌برداری رسیده است. "
    "به گفته او سرعت دسترسی در شهرهای کوچک نیز بیشتر شده و کاربران می‌توانند گزارش خود را ثبت کنند."
)


@dataclass(frozen=True)
class Request:
    path: str
    headers: dict[str, str]
    at: float


@dataclass
class FaultServer:
    """`pages` maps a path to a handler; whatever it does not hold is answered with 404."""

    host: str = "127.0.7.1"
    pages: dict[str, Handler] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    tls: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        self._loop = asyncio.new_event_loop()
        ready = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(ready,), daemon=True)
        self._thread.start()
        ready.wait()
        return self

    def __exit__(self, *error: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()

    def _run(self, ready: threading.Event) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.set_exception_handler(lambda _loop, _context: None)
        server = self._loop.run_until_complete(asyncio.start_server(self._serve, self.host, 0, ssl=self.tls))
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        self._loop.run_forever()
        server.close()
        left = asyncio.all_tasks(self._loop)
        for task in left:
            task.cancel()
        self._loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        self._loop.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                lines = head.decode("latin-1").split("\r\n")
                pairs = (line.partition(":") for line in lines[1:] if line)
                request = Request(lines[0].split()[1], {k.lower(): v.strip() for k, _, v in pairs}, time.time())
                self.requests.append(request)
                await self.pages.get(request.path, reply(b"not here", 404))(request, writer)
                await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    @property
    def base(self) -> str:
        return f"http{'s' if self.tls else ''}://{self.host}:{self.port}"

    def paths(self) -> list[str]:
        return [request.path for request in self.requests]

    def feed(self, *paths: str, extra: str = "") -> None:
        """Lists these paths (or whole addresses) in the RSS feed."""
        links = (path if "://" in path or path.startswith("//") else self.base + path for path in paths)
        items = "".join(f"<item><title>خبر</title><link>{link}</link></item>" for link in links)
        self.pages["/rss"] = reply(f"<rss><channel>{items}</channel></rss>{extra}", kind="text/xml")


def article(
    number: int, text: str = BODY, canonical: str | None = None, head: str = "", printed: str = "۱۰:۳۰ - ۱۵ مهر ۱۴۰۴"
) -> str:
    link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
    return (
        f'<!DOCTYPE html><html lang="fa"><head><meta charset="utf-8"><title>خبر {number}</title>{link}{head}'
        '<script src="/client/themes/fa/main/js/lib.iransamaneh_1.js"></script></head><body><div class="gutter_news">'
        f'<div class="news_nav news_id_c"><span class="news_nav_title">کد خبر: </span>{number}</div>'
        '<div class="news_nav news_pdate_c"><span class="news_nav_title">تاریخ انتشار: </span>'
        f'{printed}</div><h1 class="title">گزارش شماره {number} از شبکه ملی اطلاعات</h1>'
        f'<div class="subtitle">آنچه در نشست خبری گذشت</div><div class="body"><p>{text}</p><p>{text[:90]}</p></div>'
        "</div></body></html>"
    )


def reply(
    body: bytes | str = b"", status: int = 200, kind: str = "text/html; charset=utf-8", length: int | None = None, **headers: str
) -> Handler:
    """An answer as it should be; `length` is what it announces, if that is a lie."""
    data = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status} Said", f"Content-Type: {kind}", f"Content-Length: {len(data) if length is None else length}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]

    async def answer(_request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + data)
        if length is not None and length > len(data):
            await writer.drain()
            writer.close()

    return answer


def redirect(target: str) -> Handler:
    return reply(b"", 302, Location=target)


def raw(data: bytes) -> Handler:
    async def answer(_request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(data)
        await writer.drain()
        writer.close()

    return answer


async def reset(_request: Request, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def hang(_request: Request, _writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


async def drip(_request: Request, writer: asyncio.StreamWriter) -> None:
    """A byte now and then: never silent for long, never done."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 100000\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.05)


async def endless(_request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"<p>x</p>" * 8192)
        await writer.drain()


def in_turn(*handlers: Handler) -> Handler:
    """One handler after another, the last for ever."""
    left = list(handlers)

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(request, writer)

    return answer


async def slow_head(_request: Request, writer: asyncio.StreamWriter) -> None:
    """Headers that never end, one at a time."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"X-More: and more\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


async def endless_head(_request: Request, writer: asyncio.StreamWriter) -> None:
    """Headers that never end, as fast as they are taken."""
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while not writer.is_closing():
        writer.write(b"X-More: and more\r\n" * 4096)
        await writer.drain()


async def endless_chunks(_request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not writer.is_closing():
        writer.write(b"1000\r\n" + b"x" * 4096 + b"\r\n")
        await writer.drain()


async def endless_interim(_request: Request, writer: asyncio.StreamWriter) -> None:
    """«Wait a little», again and again."""
    while not writer.is_closing():
        writer.write(b"HTTP/1.1 102 Processing\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0.05)


def chunked(data: bytes, size: int = 1000) -> Handler:
    """An answer in chunks, as it should be."""
    chunks = b"".join(b"%x\r\n%b\r\n" % (len(data[i : i + size]), data[i : i + size]) for i in range(0, len(data), size))
    return raw(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
