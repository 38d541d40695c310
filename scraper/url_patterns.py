"""Patterns that publishers' files give for addresses, matched by the clock: none can hang a run, whatever it is made of."""

from __future__ import annotations

from functools import lru_cache

import regex

_SECONDS = 1.0  # for one address; a fair pattern takes microseconds


class UrlPattern:
    """One pattern. `is_too_slow` once an address took longer than its time: from then on it fits none."""

    def __init__(self, pattern: str) -> None:
        self._compiled = regex.compile(pattern)
        self.is_too_slow = False

    def fits(self, path: str) -> bool:
        """Return whether the pattern is found in a path."""
        if self.is_too_slow:
            return False
        try:
            return self._compiled.search(path, timeout=_SECONDS) is not None
        except TimeoutError:
            self.is_too_slow = True
            return False


@lru_cache(maxsize=1000)
def url_pattern(pattern: str) -> UrlPattern:
    """Return a pattern of a publisher's file. Raises ValueError if it is no regular expression."""
    try:
        return UrlPattern(pattern)
    except (regex.error, RecursionError, OverflowError) as error:
        raise ValueError(f"no regular expression: {error}") from error
