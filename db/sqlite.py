"""sqlite-utils without pandas, which it would load wherever it is installed: a second and 90 MB for nothing."""

from __future__ import annotations

import sys

_is_absent = "pandas" not in sys.modules
if _is_absent:
    sys.modules["pandas"] = None  # type: ignore[assignment]
try:
    from sqlite_utils import Database, Migrations
finally:
    if _is_absent:
        del sys.modules["pandas"]

__all__ = ["Database", "Migrations"]
