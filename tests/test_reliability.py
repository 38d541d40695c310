"""docs/reliability.md says what the tests show, no more and no less."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
spec = importlib.util.spec_from_file_location("reliability", ROOT / "tools" / "reliability.py")
assert spec
assert spec.loader
reliability = importlib.util.module_from_spec(spec)
sys.modules["reliability"] = reliability
spec.loader.exec_module(reliability)


def test_the_page_is_up_to_date():
    assert reliability.page() == reliability.PAGE.read_text(encoding="utf-8"), "python tools/reliability.py"


def test_the_table_has_rows_for_every_kind_of_fault():
    faults = {row.fault for row in reliability.proofs()}
    assert len(faults) >= 15
