"""How well facts are found in real Persian: labelled passages and news outside the project, scored with this code.

The passages, the news and what they are compared with (`score_real.py`) stand in ../shared, outside the project.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from parsers import extract

SHARED = Path(__file__).resolve().parents[1] / "../shared"


@dataclass(frozen=True)
class RealFigure:
    """Precision, recall and F1 of one kind of fact; of years only the share that is right, as `f1`."""

    name: str
    precision: float
    recall: float
    f1: float
    right: int
    wanted: int

    def __str__(self) -> str:
        return f"P {self.precision:.3f} R {self.recall:.3f} F1 {self.f1:.3f}, {self.right} of {self.wanted}"


def real_figures(shared: Path = SHARED) -> dict[str, RealFigure]:
    """Return the figures by kind, years last. Raises FileNotFoundError where the real texts are not there (../shared)."""
    scoring = _scoring(shared / "tools" / "score_real.py")
    rows = [
        json.loads(line) for line in (shared / "gold/real/facts.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()
    ]
    cases = [(row, row["text"], extract(row["text"], row["published"]).to_dict()) for row in rows]
    figures = [_figure(scoring, kind, cases) for kind in scoring.FLOORS]
    return {figure.name: figure for figure in [*figures, _years(scoring, shared / "real_texts/news.jsonl.gz")]}


def _scoring(path: Path) -> Any:
    if not path.exists():
        raise FileNotFoundError(f"{path.resolve()}: the real texts are not there (../shared)")
    spec = importlib.util.spec_from_file_location("score_real", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _figure(scoring: Any, kind: str, cases: list[Any]) -> RealFigure:
    precision, recall, f1, right, _, missed, _ = scoring.score(kind, cases)
    return RealFigure(kind, precision, recall, f1, right, right + missed)


def _years(scoring: Any, news: Path) -> RealFigure:
    """Days and months without a year, whose printed weekday proves it and was taken out of the text."""
    with gzip.open(news, "rt", encoding="utf-8") as file:
        documents = [(one["text"], one["published"]) for one in map(json.loads, file)]
    right = wanted = 0
    for text, published, place, want in scoring.held_out_weekdays(documents):
        found = [d.iso for d in extract(text, published).dates if d.start <= place + 3 and d.end > place + 1]
        right += bool(found) and found[0] == want
        wanted += 1
    share = right / max(wanted, 1)
    return RealFigure("years", share, share, share, right, wanted)
