"""A table of what takes long to make, in one kept file: a process reads it whole and adds what it had to make itself."""

from __future__ import annotations

import atexit
from contextlib import suppress
from typing import TYPE_CHECKING

from parsers import kept_files
from parsers.kept_files import NotKept

if TYPE_CHECKING:
    from collections.abc import Hashable

# Seconds of making after which a process keeps what it has made; the rest is kept at its end, if it comes to an orderly one.
_WORTH_KEEPING = 0.05
# A file with more entries or bytes than any version's begins anew: each change of the lexicon leaves those of the last.
_MOST, _LARGEST = 1500, 6_000_000


class KeptTable[Key: Hashable, Value]:
    """Values by their keys, both of plain numbers, texts and tuples (`kept_files.write`).

    What was made by another Python, or by what `made_by` tells apart, counts as missing.
    """

    def __init__(self, name: str, *made_by: object) -> None:
        self._name, self._made_by = name, made_by
        self._kept: dict[Key, Value] | None = None
        self._new: dict[Key, Value] = {}
        self._took = 0.0

    def take(self, key: Key) -> Value | None:
        """Return the kept value of a key, once: it is not held any longer. None where it has to be made."""
        if self._kept is None:
            self._kept = self.read()
        return self._kept.pop(key, None)

    def add(self, key: Key, value: Value, took: float) -> None:
        """Take over what was made in so many seconds."""
        self._new[key] = value
        self._took += took
        if self._took >= _WORTH_KEEPING:
            self.keep()
        elif len(self._new) == 1:
            atexit.register(self.keep)

    def keep(self) -> None:
        """Write what is new to the kept file, next to what other processes have written there since."""
        atexit.unregister(self.keep)
        new, self._new, self._took = self._new, {}, 0.0
        if new:
            known = self.read() if kept_files.size_of(self._name) <= _LARGEST else {}
            beside = known if len(known) + len(new) <= _MOST else {}
            kept_files.write(self._name, self._digest(), {**beside, **new})

    def read(self) -> dict[Key, Value]:
        """Return all that the kept file has."""
        with suppress(NotKept):
            found: dict[Key, Value] = kept_files.read(self._name, self._digest())
            return found
        return {}

    def _digest(self) -> bytes:
        return kept_files.digest_of(*self._made_by)
