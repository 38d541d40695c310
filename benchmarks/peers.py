"""How the crawler's readers fare on the test suites of others; their folders are given, nothing is fetched and nothing kept.

    python benchmarks/peers.py [--feedparser DIR] [--robotstxt DIR] [--w3lib DIR] [--misses]

Cases are read out of the suites' own files: links that feedparser expects of its feeds, dates of its parsers, what Google's
robots.txt tests allow, the addresses that w3lib's `safe_url_string` and `canonicalize_url` tests expect.
"""

from __future__ import annotations

import argparse
import ast
import calendar
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).parents[1])]

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINK = re.compile(r"""entries\[(\d)\](?:\[['"]link['"]\]|\.link) == u?['"]([^'"]+)['"]""")
_CPP_STRING = re.compile(r"(?:absl::string_view|std::string|char\*?) (\w+)(?:\[\])? ?=\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+);")
_CPP_CASE = re.compile(r'EXPECT_(TRUE|FALSE)\(\s*IsUserAgentAllowed\(\s*(\w+|""),\s*"FooBot",\s*(\w+|"[^"]*")\s*\)')
BASE = "http://127.0.0.1:8097/"


class Score:
    """Right answers of a suite, and the cases that were missed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.right = self.total = 0
        self.misses: list[str] = []

    def add(self, case: str, given: object, expected: object) -> None:
        self.total += 1
        self.right += given == expected
        if given != expected:
            self.misses.append(f"{case}: {given!r}, not {expected!r}")


def feedparser_feeds(folder: Path) -> Iterator[Score]:
    """Links that feedparser's feeds expect of their entries."""
    from scraper.feed_types import UnreadableFeed
    from scraper.feeds import read_feed

    links = Score("feedparser: links of entries")
    for path in sorted((folder / "tests").rglob("*.xml")):
        data = path.read_bytes()
        text = data[:3000].decode("utf-8", "replace")
        header = re.search(r"Header:\s+Content-[Tt]ype:\s*(.*)", text)
        for n, link in _LINK.findall(text):
            try:
                entries = read_feed(data, BASE, header[1] if header else "").entries
            except UnreadableFeed:
                entries = ()
            links.add(f"{path.name} [{n}]", entries[int(n)].url if int(n) < len(entries) else None, link)
    yield links


def feedparser_dates(folder: Path) -> Iterator[Score]:
    """Dates in the tables of feedparser's tests, without those in Greek and Hungarian words and in formats of single programs."""
    from scraper.feed_dates import read_moment

    score = Score("feedparser: dates (days and moments)")
    for node in ast.walk(ast.parse((folder / "tests" / "test_date_parsers.py").read_text("utf-8"))):
        if not isinstance(node, ast.Tuple) or len(node.elts) != 3 or not isinstance(node.elts[0], ast.Name):
            continue
        if any(word in node.elts[0].id for word in ("greek", "hungarian", "nate", "onblog", "perforce")):
            continue
        try:
            text, expected = (ast.literal_eval(part) for part in node.elts[1:])
        except ValueError:
            continue
        if isinstance(text, str) and (expected is None or len(expected) > 5):
            found = read_moment(text)
            score.add(text, int(found.timestamp()) if found else None, calendar.timegm(expected) if expected else None)
    yield score


def robotstxt(folder: Path) -> Iterator[Score]:
    """What Google's tests allow the agent FooBot."""
    from scraper.robots import read_robots

    score = Score("google/robotstxt: allowed or not")
    texts: dict[str, str] = {}
    statements = re.compile(f"{_CPP_STRING.pattern}|{_CPP_CASE.pattern}")
    for found in statements.finditer((folder / "robots_test.cc").read_text("utf-8")):
        name, value, expected, text, url = found.groups()
        if name:
            texts[name] = _joined(value)
            continue
        address = texts.get(url, url.strip('"'))
        if address.startswith("http"):
            robots = re.sub("foobot", "bayegan", texts.get(text, ""), flags=re.IGNORECASE)
            score.add(f"{robots!r} {address}", read_robots(robots.encode()).can_fetch(address, "bayegan"), expected == "TRUE")
    yield score


def _joined(strings: str) -> str:
    return "".join(ast.literal_eval(found) for found in re.findall(r'"(?:[^"\\]|\\.)*"', strings))


def w3lib(folder: Path) -> Iterator[Score]:
    """Addresses that w3lib's tests expect; `canonicalize_url` sorts parameters, which the key must not."""
    from parsers.page.urls import canonicalize, fetchable

    scores = {"safe_url_string": Score("w3lib: safe_url_string"), "canonicalize_url": Score("w3lib: canonicalize_url")}
    ours = {"safe_url_string": fetchable, "canonicalize_url": canonicalize}
    for node in ast.walk(ast.parse((folder / "tests" / "test_url.py").read_text("utf-8"))):
        if not isinstance(node, ast.Compare) or not isinstance(node.left, ast.Call) or not isinstance(node.left.func, ast.Name):
            continue
        name, arguments = node.left.func.id, [*node.left.args, *node.comparators]
        if (
            name in scores
            and len(arguments) == 2
            and not node.left.keywords
            and all(isinstance(a, ast.Constant) for a in arguments)
        ):
            given, expected = (argument.value for argument in arguments if isinstance(argument, ast.Constant))
            if isinstance(given, str) and given.startswith("http"):
                scores[name].add(given, ours[name](given), expected)
    yield from scores.values()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    suites = {"feedparser": (feedparser_feeds, feedparser_dates), "robotstxt": (robotstxt,), "w3lib": (w3lib,)}
    for name in suites:
        parser.add_argument(f"--{name}", type=Path, metavar="DIR", help=f"A copy of {name}'s repository.")
    parser.add_argument("--misses", action="store_true", help="Print what was missed, too.")
    arguments = parser.parse_args()
    for name, readers in suites.items():
        folder = getattr(arguments, name)
        for score in (score for reader in readers for score in reader(folder)) if folder else ():
            print(f"{score.name}: {score.right} of {score.total}")
            for miss in score.misses if arguments.misses else ():
                print(f"    {miss[:160]}")


if __name__ == "__main__":
    main()
