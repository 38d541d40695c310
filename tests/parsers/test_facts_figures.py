"""The figures of benchmarks/facts.py do not fall unnoticed."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
GOLD = ROOT / "tests" / "gold"


@pytest.fixture(scope="module")
def benchmark():
    spec = importlib.util.spec_from_file_location("facts_benchmark", ROOT / "benchmarks/facts.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_accepted_figures_name_every_kind(benchmark):
    assert set(benchmark.accepted()) == {kind.name for kind in benchmark.KINDS}


def test_no_figure_falls_below_the_accepted_one(benchmark):
    fallen = [sentence for fell, sentence in benchmark.changes(benchmark.measure(GOLD)) if fell]
    assert not fallen, "\n".join(fallen)


def test_what_was_gained_and_lost_is_told_by_case(benchmark):
    result = benchmark.Result()
    result.whole.add("a", {1}, {1})
    result.whole.add("b", {1}, {2})
    benchmark.accepted = lambda: {"kind": {"f1": 0.9, "wrong": ["a"]}}
    assert list(benchmark.changes({"kind": result})) == [
        (True, "kind: F1 0.9000 -> 0.5000; gained a; lost b"),
    ]
