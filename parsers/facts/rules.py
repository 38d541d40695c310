"""The rules by which facts are found, each with examples: `python -m parsers.facts.rules > docs/rules.md`.

Every fact names in `rule` what found it. The names, what each rule reads, and texts in which it finds something stand in
`lexicon/rules_<room>.toml`, one file for each room of facts; a test finds every example.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cache
from typing import Any

from parsers.lexicon import known_keys, load, optional, require

# The room of facts (its file), and the field of `Facts` where what it finds stands.
ROOMS = {
    "messengers": "mentions",
    "instruments": "instruments",
    "citations": "references",
    "sessions": "sessions",
    "dates": "dates",
    "agencies": "agencies",
}


@dataclass(frozen=True, slots=True)
class Example:
    """A text in which a rule finds `finds`; `published` is its day of publication as ISO 8601, where the rule needs one."""

    text: str
    finds: str
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of a room. `certain` is false where what it finds rests on an inference."""

    room: str
    name: str
    reads: str
    examples: tuple[Example, ...]
    certain: bool = True


@cache
def rules(room: str) -> dict[str, Rule]:
    """Return the rules of a room by their names. Raises LexiconError for a file that does not hold."""
    file = f"rules_{room}"
    return {name: _rule(room, name, table, f"{file}.toml: {name}") for name, table in load(file).items()}


def _rule(room: str, name: str, table: dict[str, Any], where: str) -> Rule:
    known_keys(table, {"reads", "examples", "certain"}, where)
    examples = tuple(_example(entry, where) for entry in require(table, "examples", list, where))
    return Rule(room, name, require(table, "reads", str, where), examples, optional(table, "certain", default=True, where=where))


def _example(entry: dict[str, Any], where: str) -> Example:
    known_keys(entry, {"text", "finds", "published"}, f"{where}: examples")
    published = optional(entry, "published", "", where) or None
    return Example(require(entry, "text", str, where), require(entry, "finds", str, where), published)


def page() -> str:
    """Return docs/rules.md: every rule of every room with its examples."""
    lines = [
        "# What finds what",
        "",
        "Every fact says in `rule` what found it, and in `certain` whether it rests on an inference (`false`). These are the",
        "rules, room by room; in each example what the rule finds is marked. A test finds every example anew.",
    ]
    for room in ROOMS:
        lines += ["", f"## {room.capitalize()}", "", "| rule | reads | example |", "|---|---|---|"]
        lines += [_row(rule) for rule in rules(room).values()]
    return "\n".join(lines) + "\n"


def _row(rule: Rule) -> str:
    doubt = "" if rule.certain else " *(not certain)*"
    return f"| `{rule.name}` | {rule.reads}{doubt} | {'<br>'.join(_marked(example) for example in rule.examples)} |"


def _marked(example: Example) -> str:
    day = f" ({example.published})" if example.published else ""
    marked = example.text.replace(example.finds, f"**{example.finds}**", 1)
    return f"{marked}{day}".replace("|", "\\|").replace("\n", " ↵ ")


if __name__ == "__main__":
    sys.stdout.write(page())
