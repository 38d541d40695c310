"""How a known page is asked for again; when, the view `frontier` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.crawl.frontier import FrontierUrl

# A server that says «not modified» may lie: now and then the page is fetched whole.
_WHOLE_AFTER = 20


def validators(url: FrontierUrl) -> dict[str, str]:
    """Return the headers that ask for the page only if it has changed, as far as the publisher gave what they need."""
    if url.state != "done" or url.repeats >= _WHOLE_AFTER:
        return {}
    headers = {"If-None-Match": url.etag, "If-Modified-Since": url.last_modified}
    return {name: value for name, value in headers.items() if value}
