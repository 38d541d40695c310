"""Captures at whose headers the parsers hang, swell or crash, in whatever process they are read."""

from __future__ import annotations

import os
import signal
import time
from dataclasses import replace

from fault_server import article

from parsers.models import Capture


class Hanging(dict):
    def __reduce__(self):  # sent without being looked at
        return type(self), ()

    def get(self, *_name):
        time.sleep(600)

    items = __iter__ = keys = get


class Swelling(Hanging):
    def get(self, *_name):
        return [bytes(50_000_000) for _ in range(100)]

    items = __iter__ = keys = get


class Crashing(Hanging):
    def get(self, *_name):
        os.kill(os.getpid(), signal.SIGSEGV)

    items = __iter__ = keys = get


class Raising(Hanging):
    def get(self, *_name):
        raise ZeroDivisionError("no such page")

    items = __iter__ = keys = get


def good(n: int) -> Capture:
    return Capture(article(n).encode(), f"http://127.0.7.1/fa/news/{n}", fetched_at="2026-10-01T10:00:00+03:30")


def hard(kind: type[Hanging], n: int) -> Capture:
    return replace(good(n), headers=kind())
