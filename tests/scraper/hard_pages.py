"""Captures at whose headers the parsers hang, swell or crash: in another process than the one that made them."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

from fault_server import article

from parsers.models import Capture


class Harmless(dict):
    """Headers that do harm where they are sent to."""

    def __init__(self, maker: int | None = None) -> None:
        super().__init__()
        self.maker = maker

    def __reduce__(self):
        return type(self), (os.getpid(),)

    def get(self, *_name):
        if self.maker not in (None, os.getpid()):
            self.harm()

    items = __iter__ = keys = get

    def __repr__(self) -> str:
        return type(self).__name__


class Hanging(Harmless):
    def harm(self):
        time.sleep(600)


class Swelling(Harmless):
    def harm(self):
        return [bytes(50_000_000) for _ in range(100)]


class Crashing(Harmless):
    def harm(self):
        os.kill(os.getpid(), signal.SIGSEGV)


class Raising(Harmless):
    def harm(self):
        raise ZeroDivisionError("no such page")


def good(n: int) -> Capture:
    return Capture(article(n).encode(), f"http://127.0.7.1/fa/news/{n}", fetched_at="2026-10-01T10:00:00+03:30")


def hard(kind: type[Harmless], n: int) -> Capture:
    return replace(good(n), headers=kind())
