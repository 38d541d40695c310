"""Crawls that are killed and whose clocks are wrong leave the archive that undisturbed crawls leave."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from clocked_command import ClockedCommands, NoFakeClock
from rough_crawls import TROUBLES, RoughCrawls
from rough_site import BEGIN, Newsroom

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# benchmarks/rough_crawls.py goes through all of them, again and again.
NAMES = (
    "SIGKILL", "clock at 1970", "clock 10 years ahead", "clock 3 h behind", "set 40 days back in the crawl", "clock 20 h ahead",
    "SIGKILL, clock at 1970", "clock 1 year behind", "SIGTERM", "clock at 1970, set right in the crawl", "clock 5 s behind",
    "set 10 years forward in the crawl", "none",
)  # fmt: skip


@pytest.fixture
def commands(tmp_path: Path) -> Iterator[ClockedCommands]:
    try:
        with ClockedCommands(tmp_path) as running:
            yield running
    except NoFakeClock as error:
        pytest.skip(str(error))


@pytest.mark.survives(
    "kills, clocks wrong by seconds to decades, clocks that are set in the crawl",
    "a dozen crawls of a site that goes on",
    "the archive of undisturbed crawls: pages, revisions in order, facts",
)
def test_rough_crawls_leave_the_archive_of_undisturbed_ones(tmp_path: Path, commands: ClockedCommands) -> None:
    troubles = {trouble.name: trouble for trouble in TROUBLES}
    with Newsroom(random.Random(5), BEGIN) as newsroom:
        crawls = RoughCrawls(tmp_path, newsroom, commands, seed=5)
        for name in NAMES:
            # Ten days further each time: over the year's end, the leap day, Nowruz.
            done = crawls.crawl(troubles[name], hours=240)
            assert (done.differs, done.off, name) == ((), 0, name)
            assert done.megabytes < 400
        assert crawls.disturbed.damage() == []
        edited = [revision for revision in crawls.disturbed.content()["revisions"] if revision[1] > 1]
    assert len(edited) > 10
