from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from archive_pages import new_archive

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.archive import Archive


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with new_archive(tmp_path / "archive.db") as opened:
        yield opened
