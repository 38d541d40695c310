"""Whatever write of a crawl, an add, a reparse, a merge or an upgrade fails: every page is as before or as after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from fault_server import FaultServer
from faulty_disk import FaultyDisk, NoFaults
from faulty_jobs import Bench, jobs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLACES = 8  # of each job; benchmarks/faulty_writes.py goes through all


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[FaultyDisk]:
    try:
        with FaultyDisk(tmp_path).mounted() as mounted:
            yield mounted
    except NoFaults as error:
        pytest.skip(str(error))


@pytest.mark.survives(
    "a write, sync or truncation of the disk fails, once or from then on",
    "crawl, `add`, `reparse`, merging, `upgrade`",
    "every document is as before or as after; the same command again brings the rest",
)
@pytest.mark.parametrize("name", ["crawl", "add", "reparse", "merge", "upgrade"])
def test_a_write_that_fails_leaves_every_page_as_before_or_as_after(tmp_path: Path, disk: FaultyDisk, name: str) -> None:
    with FaultServer() as server:
        bench = Bench(jobs(server)[name], tmp_path, disk)
        assert bench.places > 100
        for place in range(1, bench.places, bench.places // PLACES):
            bench.fail_at(place)
