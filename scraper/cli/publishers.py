"""The publishers that a command names: found, checked, and the sample newsroom served."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from scraper.registry import Publisher, Registry

SAMPLE = "sample"


class _ServedSample:
    """The sample newsroom, served while the block runs; gives its publisher at the address where it answers."""

    def __init__(self, publisher: Publisher) -> None:
        from scraper.newsroom import Newsroom, newsroom_port

        self._newsroom = Newsroom(newsroom_port())
        base = publisher.homepage.rstrip("/")
        moved = tuple(replace(d, url=d.url.replace(base, self._newsroom.base, 1)) for d in publisher.discover)
        self._publisher = replace(publisher, homepage=f"{self._newsroom.base}/", discover=moved)

    def __enter__(self) -> Publisher:
        self._newsroom.__enter__()
        return self._publisher

    def __exit__(self, *error: object) -> None:
        self._newsroom.__exit__(None, None, None)


@contextmanager
def served(publishers: Sequence[Publisher]) -> Iterator[list[Publisher]]:
    """Serve the sample newsroom while the block runs, if it is among the publishers; give all with their addresses."""
    with ExitStack() as stack:
        yield [stack.enter_context(_ServedSample(p)) if p.slug == SAMPLE else p for p in publishers]


def chosen(registry: Registry, slugs: tuple[str, ...]) -> list[Publisher]:
    """Return the publishers named, each once; all but the sample where none is named."""
    if slugs:
        return [registry.get(slug) for slug in dict.fromkeys(slugs)]
    return [publisher for publisher in registry if publisher.slug != SAMPLE]


def check_access(publishers: Sequence[Publisher]) -> None:
    """Raise UsageError where a publisher's `[access]` cannot be used, before anything is opened."""
    import ssl

    from scraper.access import AccessError, tls_context

    for publisher in publishers:
        try:
            tls_context(publisher.access.resolved(publisher.homepage).ca, ssl.create_default_context())
        except AccessError as error:
            raise click.UsageError(f"{publisher.slug}: {error}") from error
