"""The order in which files run: those that start many processes begin, so that no core waits for another at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

LONGEST_FIRST = [
    "test_tutorial",
    "test_furniture",
    "test_bulk",
    "test_parser_limits",
    "test_faulty_writes",
    "test_alerts",
    "test_backfill",
    "test_readme",
    "test_browser",
    "test_schedule",
    "test_feeds",
    "test_cli_terminal",
    "test_cli",
    "test_crawl_faults",
    "test_crawl_again",
    "test_wrong_inputs",
    "test_public_names",
    "test_upkeep",
    "test_failed_writes",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files that take longest first; the others, and the tests of a file, keep their order."""
    places = {name: place for place, name in enumerate(LONGEST_FIRST)}
    items.sort(key=lambda item: places.get(item.path.stem, len(places)))
