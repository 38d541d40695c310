"""How well lost ZWNJ come back: this project next to hazm, shekar and parsivar, in one run.

    python benchmarks/zwnj.py                            the systems this Python has
    python benchmarks/zwnj.py --peer-python PATH         and those another Python has (pip install shekar parsivar)
    python benchmarks/zwnj.py --gold FILE …              other text with correct ZWNJ, one sentence a line

F1 is of ZWNJ boundaries: text whose ZWNJ were all deleted, all made blanks, or kept, deleted and spaced at random, named to
this project and (in the row "untold") left for it to find out from documents of 25 lines. Harm is wrong boundaries per 10,000
on text that was right; letters is letters added, lost or exchanged, quotes and harakat among them; digits
of all scripts are held equal. Every system runs in
a process of its own: load is the import and the first call, MB/s are of UTF-8 on text never seen and seen, both in processor
time of one core.

First time is what a crawl pays, which sees no page twice: documents of real news, each met once, as printed and with every
ZWNJ deleted, their damage untold, in millions of letters a second. This project and hazm take turns in one process, document by
document, so that what else the machine does hits both; the others have a process each.
"""

from __future__ import annotations

import argparse
import difflib
import gzip
import json
import random
import resource
import subprocess
import sys
import time
import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).resolve().parent.parent
GOLD = ROOT / "../shared/gold/zwnj"
NEWS = ROOT / "../shared/real_texts/news.jsonl.gz"
ZWNJ = "\u200c"
MODES = ("deleted", "spaced", "mixed", "clean")
SYSTEMS = ("bayegan", "bayegan untold", "hazm", "shekar", "parsivar")
IN_TURNS = ("bayegan untold", "hazm")
DOCUMENT = 25
DIGITS = {chr(zero + i): str(i) for zero in (0x06F0, 0x0660) for i in range(10)}
FIRST = "می شود و بررسیهای تازه"


def main() -> int:
    """Measure and print one table for each gold file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs="+", type=Path, help="files; by default the development sets next to the project")
    parser.add_argument("--peer-python", type=Path, help="a Python that has the peers this one lacks")
    parser.add_argument("--news", type=Path, default=NEWS, help='documents that are met once, {"text"} a line, gzipped')
    parser.add_argument("--documents", type=int, default=2_000, help="how many of them; 0 for none")
    parser.add_argument("--limit", type=int, help="only so many lines of each file")
    parser.add_argument("--worker", choices=SYSTEMS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.worker:
        work(options.worker)
        return 0
    files = options.gold or sorted(GOLD.glob("*_dev*.txt"))
    missing = [str(file) for file in files if not file.is_file()]
    if missing or not files:
        print(f"no gold text at {', '.join(missing) or GOLD.resolve()}: name files with --gold", file=sys.stderr)
        return 2
    pythons = [Path(sys.executable), *([options.peer_python] if options.peer_python else [])]
    for file in files:
        table(file, [canonical(x) for x in file.read_text(encoding="utf-8").splitlines()[: options.limit]], pythons)
    if options.documents and options.news.is_file():
        first_time(options.news, options.documents, pythons)
    return 0


def first_time(file: Path, count: int, pythons: list[Path]) -> None:
    """Print how fast each system repairs documents that it meets for the first time."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    chosen = texts[:: max(1, len(texts) // count)]
    letters = sum(map(len, chosen)) / 1e6
    print(f"\nfirst time: {len(chosen):,} documents, {letters:.2f} M letters\n", flush=True)
    print("| system | as printed, M letters/s | ZWNJ deleted, M letters/s |")
    print("|---|---|---|")
    for systems in (IN_TURNS, *((system,) for system in SYSTEMS if system not in {"bayegan", *IN_TURNS})):
        took = []
        for documents in (chosen, [text.replace(ZWNJ, "") for text in chosen]):
            damaged = {"first": documents, "systems": [*systems]}
            took.append(next(filter(None, (ask(python, systems[0], damaged) for python in pythons)), None))
        for k, system in enumerate(systems):
            speeds = [f"{letters / each['first'][k]:.2f}" if each else "not installed" for each in took]
            print(f"| {system} | {' | '.join(speeds)} |", flush=True)
        if len(systems) > 1:
            ratios = [f"{each['first'][1] / each['first'][0]:.2f}" if each else "" for each in took]
            print(f"| the one by the other | {' | '.join(ratios)} |", flush=True)


def table(file: Path, lines: list[str], pythons: list[Path]) -> None:
    """Print the figures of every system on one gold file as a markdown table."""
    lines = [line for line in lines if len(line) > 1]
    damaged = {mode: damage(lines, mode) for mode in MODES}
    print(f"\n{file.stem}: {len(lines):,} lines, {sum(x.count(ZWNJ) for x in lines):,} ZWNJ\n", flush=True)
    print("| system | deleted | spaced | mixed | harm / 10,000 | letters | MB/s cold | MB/s warm | load s | memory MB |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for system in SYSTEMS:
        answer = next(filter(None, (ask(python, system, damaged) for python in pythons)), None)
        if answer is None:
            print(f"| {system} | not installed |")
            continue
        scores = {mode: score(lines, answer["texts"][mode]) for mode in MODES}
        figures = [*(f"{scores[mode].f1:.4f}" for mode in MODES[:3]), f"{scores['clean'].harm:.1f}"]
        letters = sum(each.letters for each in scores.values())
        print(
            f"| {system} | {' | '.join(figures)} | {letters:,} | {answer['cold']:.2f} | {answer['warm']:.2f} "
            f"| {answer['load']:.2f} | {answer['memory']:.0f} |",
            flush=True,
        )


def canonical(line: str) -> str:
    """A gold line with one form of ye and kaf, single blanks, and ZWNJ only between letters."""
    line = unicodedata.normalize("NFC", line).replace("ي", "ی").replace("ك", "ک").replace("\u0640", "")
    words = (word.strip(ZWNJ) for word in line.split())
    return " ".join(word for word in words if word)


def damage(lines: list[str], mode: str) -> list[str]:
    """The lines with their ZWNJ lost in one way; the same every time."""
    chance = random.Random(13)
    choices = {"deleted": ("",), "spaced": (" ",), "mixed": (ZWNJ, "", " "), "clean": (ZWNJ,)}[mode]
    return ["".join(chance.choice(choices) if letter == ZWNJ else letter for letter in line) for line in lines]


def ask(python: Path, system: str, damaged: dict[str, list[str]]) -> dict[str, Any] | None:
    """Run one system over all texts in a process of its own; None where it is not installed."""
    command = [str(python), str(Path(__file__).resolve()), "--worker", system]
    done = subprocess.run(command, input=json.dumps(damaged), capture_output=True, text=True, cwd=ROOT, check=False)
    if done.returncode == 3:
        return None
    if done.returncode:
        raise SystemExit(f"{system} failed: {done.stderr.strip().splitlines()[-1:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def work(system: str) -> None:
    """Read texts from stdin, repair them, and write texts and figures to stdout; exit status 3 where it is not installed."""
    sys.path[0] = str(ROOT)
    started = time.process_time()
    try:
        repair = repairer(system)
    except ImportError:
        sys.exit(3)
    repair([FIRST], "mixed")
    load = time.process_time() - started
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    damaged: dict[str, list[str]] = json.load(sys.stdin)
    if "first" in damaged:
        print(json.dumps({"first": in_turns(damaged["systems"], damaged["first"])}))
        return
    size = sum(len(line.encode()) + 1 for line in damaged["deleted"]) / 1e6
    took = []
    for _ in range(2):
        started = time.process_time()
        repair(damaged["deleted"], "deleted")
        took.append(time.process_time() - started)
    texts = {mode: repair(lines, mode) for mode, lines in damaged.items()}
    figures = {"cold": size / took[0], "warm": size / took[1], "load": load, "memory": memory, "texts": texts}
    print(json.dumps(figures))


def in_turns(systems: list[str], documents: list[str]) -> list[float]:
    """Return the processor seconds that each system takes for all documents, each met once; exit status 3 as `work` does."""
    try:
        repairers = [repairer(system) for system in systems]
    except ImportError:
        sys.exit(3)
    for repair in repairers:
        repair([FIRST], "auto")
    took = [0.0] * len(systems)
    for document in documents:
        for k, repair in enumerate(repairers):
            started = time.process_time()
            repair([document], "auto")
            took[k] += time.process_time() - started
    return took


def repairer(system: str) -> Callable[[list[str], str], list[str]]:
    """A function from lines and what happened to them to repaired lines. Raises ImportError."""
    if system.startswith("bayegan"):
        return told() if system == "bayegan" else untold()
    if system == "hazm":
        from hazm import Normalizer
    elif system == "shekar":
        from shekar import Normalizer
    else:
        from parsivar import Normalizer
    normalizer = Normalizer()
    # The document a line belongs to makes no difference to them; line breaks would.
    return lambda lines, _: [normalizer.normalize(line) for line in lines]


def told() -> Callable[[list[str], str], list[str]]:
    from parsers.persian import normalize

    def repair(lines: list[str], mode: str) -> list[str]:
        return normalize("\n".join(lines), "none" if mode == "clean" else mode).text.split("\n")  # type: ignore[arg-type]

    return repair


def untold() -> Callable[[list[str], str], list[str]]:
    from parsers.persian import normalize

    def repair(lines: list[str], _: str) -> list[str]:
        documents = ("\n".join(lines[i : i + DOCUMENT]) for i in range(0, len(lines), DOCUMENT))
        return [line for document in documents for line in normalize(document).text.split("\n")]

    return repair


@dataclass(slots=True)
class Score:
    """Counts over boundaries between neighbouring letters."""

    right: int = 0
    extra: int = 0
    missed: int = 0
    wrong: int = 0
    boundaries: int = 0
    letters: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / max(2 * self.right + self.extra + self.missed, 1)

    @property
    def harm(self) -> float:
        return 10_000 * self.wrong / max(self.boundaries, 1)


def score(gold: Iterable[str], repaired: Iterable[str]) -> Score:
    """Compare repaired lines with right ones, boundary by boundary."""
    total = Score()
    for want, got in zip(gold, repaired, strict=True):
        compare(total, want, got)
    return total


def compare(total: Score, want: str, got: str) -> None:
    letters, boundaries = taken_apart(want)
    others, found = taken_apart(got)
    places, edits = aligned(letters, others)
    total.letters += edits
    for (here, there), expected in zip(pairwise(places), boundaries, strict=False):
        kind = found[here] if here >= 0 and there == here + 1 else ""
        total.boundaries += 1
        total.wrong += kind != expected
        total.right += expected == kind == ZWNJ
        total.extra += kind == ZWNJ != expected
        total.missed += expected == ZWNJ != kind


def taken_apart(text: str) -> tuple[str, list[str]]:
    """The letters of a text, and what stands after each: nothing, a ZWNJ or a blank."""
    letters: list[str] = []
    behind: list[str] = []
    for letter in text:
        if letter == ZWNJ or letter.isspace():
            if behind and behind[-1] != " ":
                behind[-1] = ZWNJ if letter == ZWNJ else " "
        else:
            letters.append(DIGITS.get(letter, letter))
            behind.append("")
    return "".join(letters), behind


def aligned(letters: str, others: str) -> tuple[list[int], int]:
    """For each letter its place among the others, -1 for none, and how many letters differ."""
    if letters == others:
        return list(range(len(letters))), 0
    places = [-1] * len(letters)
    same = 0
    for block in difflib.SequenceMatcher(None, letters, others, autojunk=False).get_matching_blocks():
        places[block.a : block.a + block.size] = range(block.b, block.b + block.size)
        same += block.size
    return places, len(letters) + len(others) - 2 * same


if __name__ == "__main__":
    sys.exit(main())
