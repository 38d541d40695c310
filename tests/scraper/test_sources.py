"""The publishers that ship: enough of them, small, and readable."""

from __future__ import annotations

from pathlib import Path

import pytest

import scraper
from scraper.registry import load_publishers

SOURCES = sorted((Path(scraper.__file__).parent / "sources").glob("*.toml"))


def test_thirty_publishers_and_more_are_declared_and_hold() -> None:
    assert len(load_publishers()) >= 31


@pytest.mark.parametrize("source", [s for s in SOURCES if s.stem != "sample"], ids=lambda s: s.stem)
def test_a_publisher_is_small_and_named_after_its_slug(source: Path) -> None:
    publisher = load_publishers().get(source.stem)
    assert publisher.discover
    lines = source.read_text(encoding="utf-8").splitlines()
    assert len(lines) <= 16
