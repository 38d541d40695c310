"""What an address answered in the end, or why it gave nothing; the last of them are kept."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from parsers.models import Capture
from parsers.page.stated_facts import of_the_server
from scraper.clock import now_in_tehran

if TYPE_CHECKING:
    from collections.abc import Mapping

_MAX_RECENT = 4_000_000


class FetchError(Exception):
    """An address gave nothing. `code` is the issue's: timeout, connection, too_large, redirect_loop, forbidden_address,
    bad_encoding, robots_disallowed, host_given_up, host_put_off."""  # fmt: skip

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered in the end. `body` is unpacked; `honest` is false where Content-Encoding lied."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    honest: bool
    request_headers: Mapping[str, str]
    hops: tuple[str, ...] = ()

    @property
    def is_missing(self) -> bool:
        """Whether the publisher says that there is nothing at the address, or nothing any more."""
        return self.status in (404, 410)

    def capture(self, asked: str, publisher: str) -> Capture:
        """Return the capture that is parsed and stored, fetched now; `asked` is the address before any redirect."""
        return Capture(
            self.body, asked, of_the_server(self.headers), now_in_tehran(), publisher, self.status,
            self.url if self.url != asked else None, self.request_headers,
        )  # fmt: skip


class RecentAnswers:
    """The last answers of a run, a few megabytes of them: an address that many others redirect to is asked for once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[object, Answer | FetchError] = OrderedDict()
        self._bytes = 0

    def get(self, key: object) -> Answer | None:
        """Return the answer kept under the key. Raises the FetchError that was."""
        found = self._kept.get(key)
        if isinstance(found, FetchError):
            raise FetchError(found.code, str(found))
        return found

    def keep(self, key: object, outcome: Answer | FetchError) -> None:
        """Keep an outcome, and drop the oldest ones where they add up to too much."""
        self._kept[key] = outcome
        self._bytes += _weight(outcome)
        while self._bytes > _MAX_RECENT:
            self._bytes -= _weight(self._kept.popitem(last=False)[1])


def _weight(outcome: Answer | FetchError) -> int:
    return 2_000 + (len(outcome.body) if isinstance(outcome, Answer) else 0)
