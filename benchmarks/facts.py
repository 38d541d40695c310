"""How well facts are found: precision, recall and F1 by kind and class on gold cases, and characters per second.

    python benchmarks/facts.py                  figures, and what was gained and lost against the accepted ones
    python benchmarks/facts.py --classes        the same by class of case
    python benchmarks/facts.py --errors 20      up to 20 wrong cases of each kind, what was missed and what is extra
    python benchmarks/facts.py --accept         writes today's figures to facts_accepted.toml
    python benchmarks/facts.py --real           the same kinds in real news and decisions next to them (../shared)
    python benchmarks/facts.py --speed [FILE]   characters per second, by kind, on a plain text

Gold is tests/gold, or --gold. The exit status is 1 when a figure is below the accepted.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from parsers import extract
from parsers.facts import agencies, citations, dates, find_facts, messengers, sessions
from parsers.facts.memory import Memory
from parsers.facts.view import view
from parsers.persian.letters import ZWNJ, fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

HERE = Path(__file__).resolve().parent
GOLD = HERE.parent / "tests" / "gold"
PLAIN = HERE.parent / "../shared/gold/zwnj/perdt_train.txt"
ACCEPTED = HERE / "facts_accepted.toml"
LOOSE = str.maketrans("", "", f'{ZWNJ} \u0640«»"')


def loose(value: object) -> str | None:
    """A value as it is compared: blanks, ZWNJ, quotation marks and forms of letters and digits do not count."""
    return None if value is None else fold(str(value)).translate(LOOSE)


def path_of(reference: Mapping[str, Any]) -> tuple[tuple[str | None, str | None], ...]:
    return tuple((loose(step["unit"]), loose(step["number"])) for step in reference.get("path", ()))


@dataclass(frozen=True)
class Kind:
    """What is compared: a field of the facts, the file of its cases, and what of a fact must agree."""

    name: str
    file: str
    facts: str
    key: Callable[[Mapping[str, Any]], tuple[Any, ...]]


KINDS = (
    Kind("messengers", "messengers", "mentions", lambda m: (m["start"], m["end"], m["slug"])),
    Kind(
        "references", "citations", "references",
        lambda r: (r["start"], r["end"], loose(r["unit"]), tuple(map(loose, r["numbers"])), path_of(r)),
    ),
    Kind(
        "cited instruments", "citations", "references",
        lambda r: (r["start"], loose(r["unit"]), loose(r["instrument"])),
    ),
    Kind("sessions", "sessions", "sessions", lambda s: (loose(s["body"]), tuple(s["numbers"]), s["date"])),
    Kind("session spans", "sessions", "sessions", lambda s: (s["start"], s["end"])),
    Kind(
        "dates", "dates", "dates",
        lambda d: (d["start"], d["end"], d.get("iso"), tuple(d.get("iso_range") or ()), d["valid"]),
    ),
)  # fmt: skip


@dataclass
class Tally:
    """Facts found rightly, wrongly and not at all, and the cases that were not exactly right."""

    right: int = 0
    extra: int = 0
    missed: int = 0
    wrong: list[str] = field(default_factory=list)

    def add(self, case: str, want: set[Any], got: set[Any]) -> None:
        self.right += len(want & got)
        self.extra += len(got - want)
        self.missed += len(want - got)
        if want != got:
            self.wrong.append(case)

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.extra, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + self.extra + self.missed, 1)

    def __str__(self) -> str:
        return f"P {self.precision:.4f} R {self.recall:.4f} F1 {self.f1:.4f}, {len(self.wrong)} cases wrong"


@dataclass
class Result:
    """The tally of a kind, of each of its classes, and its errors in words."""

    whole: Tally = field(default_factory=Tally)
    classes: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    errors: list[str] = field(default_factory=list)


def read(gold: Path, name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (gold / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(gold: Path = GOLD) -> dict[str, Result]:
    """The result of every kind."""
    cases = {name: read(gold, name) for name in {kind.file for kind in KINDS}}
    found = {name: [extract(c["text"], c.get("published")).to_dict() for c in rows] for name, rows in cases.items()}
    return {kind.name: _measure(kind, cases[kind.file], found[kind.file]) for kind in KINDS}


def _measure(kind: Kind, cases: list[dict[str, Any]], found: list[dict[str, Any]]) -> Result:
    result = Result()
    for case, facts in zip(cases, found, strict=True):
        want, got = ({kind.key(fact) for fact in table[kind.facts]} for table in (case, facts))
        label = case.get("class") or case.get("tag") or "-"
        for tally in (result.whole, result.classes[label]):
            tally.add(case["id"], want, got)
        if want != got:
            missed, extra = (sorted(map(str, these)) for these in (want - got, got - want))
            result.errors.append(f"{case['id']} {label}: {case['text']}\n    missed {missed}\n    extra  {extra}")
    return result


def accepted() -> dict[str, dict[str, Any]]:
    """The figures last accepted: by kind, `f1` and the ids of the cases that were `wrong`."""
    return tomllib.loads(ACCEPTED.read_text(encoding="utf-8")) if ACCEPTED.exists() else {}


def changes(results: Mapping[str, Result]) -> Iterator[tuple[bool, str]]:
    """For every kind that is not as accepted: whether its figure fell, and a sentence on what was gained and lost."""
    before = accepted()
    for name, result in results.items():
        old = before.get(name, {"f1": 0.0, "wrong": []})
        gained, lost = set(old["wrong"]) - set(result.whole.wrong), set(result.whole.wrong) - set(old["wrong"])
        fell = round(result.whole.f1, 4) < old["f1"]
        if fell or gained or lost:
            yield (
                fell,
                (
                    f"{name}: F1 {old['f1']:.4f} -> {result.whole.f1:.4f}; "
                    f"gained {', '.join(sorted(gained)) or 'nothing'}; lost {', '.join(sorted(lost)) or 'nothing'}"
                ),
            )


def accept(results: Mapping[str, Result]) -> None:
    """Writes the figures of these results to the file of accepted ones."""
    lines = ["# Written by `python benchmarks/facts.py --accept`; a test fails when a figure falls below these."]
    for name, result in results.items():
        wrong = ", ".join(f'"{case}"' for case in sorted(result.whole.wrong))
        lines += ["", f'["{name}"]', f"f1 = {round(result.whole.f1, 4)}", f"wrong = [{wrong}]"]
    ACCEPTED.write_text("\n".join(lines) + "\n", encoding="utf-8")


def documents_of(text: str, lines: int = 25) -> list[str]:
    """The text in documents of so many lines."""
    all_lines = text.splitlines()
    return ["\n".join(all_lines[first : first + lines]) for first in range(0, len(all_lines), lines)]


def speed(documents: list[str], find: Callable[[str], object], repeats: int = 5) -> float:
    """Characters per second of one core, warm: the best of several passes over the documents."""
    best = float("inf")
    for _ in range(repeats):
        started = time.perf_counter()
        for document in documents:
            find(document)
        best = min(best, time.perf_counter() - started)
    return sum(map(len, documents)) / best


def _of(room: Any) -> Callable[[str], object]:
    """One room by itself, on a document of one section."""

    def find(document: str) -> object:
        section = view(document)
        return room.find(section, Memory([section]))

    return find


def print_speeds(text: str) -> None:
    documents = documents_of(text)
    finders: dict[str, Callable[[str], object]] = {
        "messengers": _of(messengers),
        "agencies": _of(agencies),
        "citations": _of(citations),
        "sessions": _of(sessions),
        "dates": _of(dates),
        "all facts": lambda document: find_facts([(None, document)]),
        "extract": extract,
    }
    for name, find in finders.items():
        print(f"{name:12} {speed(documents, find) / 1e6:6.2f} million characters per second")


# What a kind of the constructed cases is called in the real ones.
REAL = {
    "messengers": "mentions",
    "references": "references",
    "cited instruments": "references+instrument",
    "sessions": "sessions",
    "dates": "dates",
}


def print_real(results: Mapping[str, Result]) -> int:
    """Prints the figures of real texts next to the constructed ones; 2 where there are no real texts."""
    from real_facts import real_figures  # only where it is asked for: it is a file next to this script, in no package

    try:
        figures = real_figures()
    except FileNotFoundError as error:
        print(f"--real: {error}", file=sys.stderr)
        return 2
    constructed = {real: results[name].whole.f1 for name, real in REAL.items()}
    print(f"{'kind':24} constructed F1   real")
    for name, figure in figures.items():
        other = f"{constructed[name]:.3f}" if name in constructed else "-"
        print(f"{name:24} {other:>14}   {figure}")
    return 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", type=Path, default=GOLD)
    parser.add_argument("--classes", action="store_true", help="figures by class of case")
    parser.add_argument("--errors", type=int, default=0, metavar="N", help="show up to N wrong cases of each kind")
    parser.add_argument("--accept", action="store_true", help="accept today's figures")
    parser.add_argument("--real", action="store_true", help="figures of real texts next to the constructed ones")
    parser.add_argument("--speed", type=Path, nargs="?", const=PLAIN, metavar="FILE", help="measure speed instead")
    args = parser.parse_args()
    if args.speed:
        print_speeds(args.speed.read_text(encoding="utf-8")[:1_000_000])
        return 0
    results = measure(args.gold)
    if args.real:
        return print_real(results)
    for name, result in results.items():
        print(f"{name:18} {result.whole}")
        for label, tally in sorted(result.classes.items()) if args.classes else ():
            print(f"    {label:24} {tally}")
        for error in result.errors[: args.errors]:
            print(f"  {error}")
    differences = list(changes(results))
    for fell, sentence in differences:
        print("FELL" if fell else "    ", sentence)
    if args.accept:
        accept(results)
    return int(any(fell for fell, _ in differences) and not args.accept)


if __name__ == "__main__":
    sys.exit(main())
