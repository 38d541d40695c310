"""The sample newsroom's laws, from `laws.toml` and `law.html`: invented ones, one of each shape."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING, Any

from scraper.newsroom.rendering import damaged, day_and_clock, moment, persian

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class PrintedLaw:
    """One law as its page prints it; `labels` are pairs of label and value."""

    code: int
    published: datetime
    jalali: str
    title: str
    labels: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]

    @property
    def path(self) -> str:
        """Where the newsroom publishes it."""
        return f"/fa/law/{self.code}"


@cache
def laws() -> tuple[PrintedLaw, ...]:
    """Return the newsroom's laws in the order of their codes."""
    table = tomllib.loads(files(__package__).joinpath("laws.toml").read_text(encoding="utf-8"))
    return tuple(_law(entry) for entry in table["law"])


def law_page(law: PrintedLaw, base: str) -> str:
    """Return the page of a law at the newsroom whose address is `base`."""
    template = Template(files(__package__).joinpath("law.html").read_text(encoding="utf-8"))
    return template.substitute(
        address=base + law.path,
        code=persian(law.code),
        jalali=law.jalali,
        title=escape(law.title),
        labels="\n".join(f"<tr><td>{escape(label)}:</td><td>{escape(value)}</td></tr>" for label, value in law.labels),
        body="\n".join(_block(line) for line in law.lines),
    )


def _block(line: str) -> str:
    """Return a paragraph, or a row of a table where the line has tabs."""
    if "\t" not in line:
        return f"<p>{escape(line)}</p>"
    return f"<table><tr>{''.join(f'<td>{escape(cell)}</td>' for cell in line.split('\t'))}</tr></table>"


def _law(entry: dict[str, Any]) -> PrintedLaw:
    def printed(text: str) -> str:
        return damaged(text, entry["damage"])

    (year, month, day), _ = day_and_clock(entry["published"])
    return PrintedLaw(
        code=entry["code"],
        published=moment(entry["published"]),
        jalali=persian(f"{year}/{month:02}/{day:02}"),
        title=printed(entry["title"]),
        labels=tuple((label, printed(value)) for label, value in entry["labels"]),
        lines=tuple(printed(line) for line in entry["text"].strip().split("\n")),
    )
