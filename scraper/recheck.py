"""When a known document is looked at again: hot pages soon, old ones rarely."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.frontier import FrontierUrl

# Age of the page, and how long it is left alone; newsrooms mend a text mostly on its first day.
_PATIENCE = (
    (timedelta(days=1), timedelta(hours=3)),
    (timedelta(days=7), timedelta(days=1)),
    (timedelta(days=60), timedelta(days=14)),
)
_OLD = timedelta(days=90)
# A server that says «not modified» may lie: now and then the page is fetched whole.
_WHOLE_AFTER = 20


def is_due(url: FrontierUrl, recheck: float | None, now: datetime) -> bool:
    """Whether the document is asked for again now; `recheck` are the publisher's seconds, None goes by the page's age."""
    asked = _moment(url.asked_at)
    if asked is None:
        return True
    if recheck is not None:
        return now - asked >= timedelta(seconds=recheck)
    age = now - (_moment(url.printed_at) or asked)
    patience = next((wait for limit, wait in _PATIENCE if age <= limit), _OLD)
    return now - asked >= patience


def validators(url: FrontierUrl) -> dict[str, str]:
    """The headers that ask for the page only if it has changed, as far as the publisher gave what they need."""
    if url.state != "done" or url.repeats >= _WHOLE_AFTER:
        return {}
    headers = {"If-None-Match": url.etag, "If-Modified-Since": url.last_modified}
    return {name: value for name, value in headers.items() if value}


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text).astimezone(UTC) if text else None
