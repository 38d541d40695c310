"""How whole laws are read that somebody has cut into articles: are they laws, and is every printed label a clause?

    python benchmarks/printed_laws.py DIRECTORY

DIRECTORY holds JSON files, each a law: a list of objects with `Title` («ماده ۵») and `Text`. Such files come with apps for
lawyers; none is part of the project. A law is given as plain text without its title, a line for each label. Clauses of a law
that is printed within another one count too. A line for each law that is not read whole, then the sums.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from parsers import Capture, parse
from parsers.persian.letters import fold

_LABEL = re.compile(r"(?:ماده|اصل)[ \u200c\u0640]*[0-9]+(?:[ \u200c\u0640-]*مکرر(?: *[0-9]+)?)?")


def labels_of(rows: list[dict[str, str]]) -> list[str]:
    """Return the labels of articles that the titles begin with, without blanks and marks."""
    return [label for row in rows if (label := _bare((row.get("Title") or "").strip()))]


def missed(rows: list[dict[str, str]]) -> list[str] | None:
    """Return the labels that are no clause of the law; None where the text is no law."""
    lines = [f"{(row.get('Title') or '').strip()} - {(row.get('Text') or '').strip()}" for row in rows]
    record = parse(Capture("\n".join(lines).encode()))
    if record.law is None:
        return None
    read = Counter(label for clause in record.law.clauses if (label := _bare(clause.label)))
    wanted = Counter(labels_of(rows))
    return [label for label, times in (wanted - read).items() for _ in range(times)]


def _bare(label: str) -> str:
    """Return the label that a text begins with, without blanks and marks; an empty string if it begins with none."""
    found = _LABEL.match(fold(label))
    return re.sub(r"[^\w]|_|\u0640", "", found[0]) if found else ""


def main() -> None:
    """Print what is not read whole, and the sums."""
    if len(sys.argv) != 2 or not (files := sorted(Path(sys.argv[1]).glob("*.json"))):
        sys.exit(__doc__)
    labels = lost = laws = 0
    for file in files:
        rows = json.loads(file.read_text("utf-8-sig"))
        found = missed(rows)
        labels += len(labels_of(rows))
        if found is None:
            print(f"{file.stem}: no law")
            lost += len(labels_of(rows))
            continue
        laws += 1
        lost += len(found)
        if found:
            print(f"{file.stem}: {len(found)} of {len(labels_of(rows))} labels are no clause: {', '.join(found[:5])}")
    print(f"{laws} of {len(files)} are laws; {labels - lost} of {labels} labels of articles are clauses")


if __name__ == "__main__":
    main()
