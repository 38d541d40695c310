"""How the crawler's readers fare on the test suites of others; their folders are given, nothing is fetched and nothing kept.

    python benchmarks/peers.py [--feedparser DIR] [--usp DIR] [--robotstxt DIR] [--w3lib DIR] [--courlan DIR] [--misses]

Cases are read out of the suites' own files: links, titles and moments that feedparser expects of its feeds, dates of its parsers,
what Google's robots.txt tests allow, the addresses that w3lib's `safe_url_string` and `canonicalize_url` and courlan's
`normalize_url` tests expect. The sites of ultimate-sitemap-parser's tests are given to its own program and to ours.
"""

from __future__ import annotations

import argparse
import ast
import calendar
import html
import inspect
import logging
import re
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

sys.path[:0] = [str(Path(__file__).parents[1])]

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_EXPECTED = re.compile(
    r"""entries\[(\d)\](?:\[['"]|\.)(link|title|published_parsed|updated_parsed)(?:['"]\])? == u?('[^']*'|"[^"]*"|\([\d, ]+\))"""
)
_ENTRY = re.compile(rb"<(?:entry|item)(?:\s[^<>]*)?(?<!/)>", re.IGNORECASE)
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
    """What feedparser's feeds expect of their entries: addresses, titles as text, moments; for these each is given an address."""
    from scraper.feed_types import UnreadableFeed
    from scraper.feeds import read_feed

    scores = {name: Score(f"feedparser: {name} of entries") for name in ("link", "title", "moment")}
    for path in sorted((folder / "tests").rglob("*.xml")):
        data = path.read_bytes()
        text = data[:3000].decode("utf-8", "replace")
        header = re.search(r"Header:\s+Content-[Tt]ype:\s*(.*)", text)
        for n, name, literal in _EXPECTED.findall(text.partition("-->")[0]):
            expected = _plain(ast.literal_eval(literal))
            if expected == "":
                continue
            addressed = data if name == "link" else _ENTRY.sub(rb'\g<0><link href="http://a.ir/"/>', data)
            try:
                entries = read_feed(addressed, BASE, header[1] if header else "").entries
            except UnreadableFeed:
                entries = ()
            entry = entries[int(n)] if int(n) < len(entries) else None
            found = {"link": entry.url, "title": entry.title, "moment": entry.at and int(entry.at.timestamp())} if entry else {}
            kind = name if name in scores else "moment"
            scores[kind].add(f"{path.name} [{n}]", found.get(kind), expected)
    yield from scores.values()


def _plain(expected: object) -> object:
    if isinstance(expected, tuple):
        return calendar.timegm(expected)  # type: ignore[arg-type]
    return " ".join(html.unescape(re.sub(r"<[^<>]*>", " ", str(expected))).split())


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


def usp(folder: Path) -> Iterator[Score]:
    """Pages that ultimate-sitemap-parser finds in the sites of its tests, from robots.txt on; its program needs `requests`."""
    sys.path[:0] = [str(folder)]
    sys.modules["usp"] = ModuleType("usp")  # its own begins with asking for its installed version
    sys.modules["usp"].__version__ = "0"  # type: ignore[attr-defined]
    sys.modules["usp"].__path__ = [str(folder / "usp")]
    sys.modules["requests_mock"] = ModuleType("requests_mock")
    from usp.tree import sitemap_tree_for_homepage  # type: ignore[import-not-found]

    logging.disable(logging.CRITICAL)
    score = Score("ultimate-sitemap-parser: pages of a site")
    for path in sorted((folder / "tests" / "tree").glob("test_*.py")):
        module = import_module(f"tests.tree.{path.stem}")
        for kind in vars(module).values():
            if not isinstance(kind, type) or kind.__module__ != module.__name__:
                continue
            for name, method in vars(kind).items():
                site = SiteOfTest()
                wanted = (
                    [one for one in inspect.signature(method).parameters if one != "self"] if name.startswith("test_") else []
                )
                if "requests_mock" not in wanted:
                    continue
                module.sitemap_tree_for_homepage = site.stop  # type: ignore[attr-defined]
                with suppress(Exception):
                    method(kind(), **dict.fromkeys(wanted, site))
                tree = sitemap_tree_for_homepage(site.home, web_client=site.client(), use_known_paths=False)
                pages = sorted({page.url for page in tree.all_pages()})
                score.add(name, sorted(set(site.pages(f"{site.home}/robots.txt", set()))), pages)
    yield score


class SiteOfTest:
    """Takes the answers that a test sets up, and gives them to the programs."""

    def __init__(self) -> None:
        self.home = ""
        self.answers: dict[str, bytes] = {}

    def get(self, url: str, text: str = "", content: bytes = b"", status_code: int = 200, **_more: object) -> None:
        if status_code == 200:
            self.answers[url] = content or text.encode()

    def add_matcher(self, _matcher: object) -> None:
        """What nothing is set up for is missing."""

    def stop(self, homepage_url: str = "", **_more: object) -> None:
        self.home = homepage_url.rstrip("/")
        raise RuntimeError

    def client(self) -> object:
        from usp.web_client import abstract_client as web  # type: ignore[import-not-found]

        site = self

        class Response(web.AbstractWebClientSuccessResponse):  # type: ignore[misc]
            def __init__(self, address: str) -> None:
                self._address = address

            def status_code(self) -> int:
                return 200

            def status_message(self) -> str:
                return "OK"

            def header(self, _name: str) -> None:
                return None

            def raw_data(self) -> bytes:
                return site.answers[self._address]

            def url(self) -> str:
                return self._address

        class Client(web.AbstractWebClient):  # type: ignore[misc]
            def set_max_response_data_length(self, length: int | None) -> None:
                """Every answer is short."""

            def get(self, url: str) -> object:
                return Response(url) if url in site.answers else web.WebClientErrorResponse(message="404", retryable=False)

        return Client()

    def pages(self, url: str, above: set[str]) -> list[str]:
        from scraper.content_encoding import gunzip, is_gzip
        from scraper.feed_types import UnreadableFeed
        from scraper.feeds import read_feed, read_robots_sitemaps

        data = self.answers.get(url)
        if data is None or url in above or len(above) > 6:
            return []
        try:
            data = gunzip(data, 10_000_000) if is_gzip(data) else data
            feed = (read_robots_sitemaps if url.endswith("/robots.txt") else read_feed)(data, url, "")
        except UnreadableFeed:
            return []
        found = [entry.url for entry in feed.entries]
        return found if feed.kind != "index" else [page for one in found for page in self.pages(one, above | {url})]


def w3lib(folder: Path) -> Iterator[Score]:
    """Addresses that w3lib's tests expect; `canonicalize_url` sorts parameters, which the key must not."""
    from parsers.page.urls import canonicalize, fetchable

    yield from _compared(
        folder / "tests" / "test_url.py", "w3lib", {"safe_url_string": fetchable, "canonicalize_url": canonicalize}
    )


def courlan(folder: Path) -> Iterator[Score]:
    """Addresses that courlan's tests expect; `normalize_url` sorts parameters too, and writes hosts in their script."""
    from parsers.page.urls import canonicalize

    yield from _compared(folder / "tests" / "unit_tests.py", "courlan", {"normalize_url": canonicalize})


def _compared(path: Path, suite: str, ours: dict[str, Callable[[str], str]]) -> Iterator[Score]:
    scores = {name: Score(f"{suite}: {name}") for name in ours}
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Compare) or not isinstance(node.left, ast.Call) or not isinstance(node.left.func, ast.Name):
            continue
        name, arguments = node.left.func.id, [*node.left.args, *node.comparators]
        plain = len(arguments) == 2 and not node.left.keywords and all(isinstance(a, ast.Constant) for a in arguments)
        if name in scores and plain:
            given, expected = (argument.value for argument in arguments if isinstance(argument, ast.Constant))
            if isinstance(given, str) and given.lower().startswith("http"):
                scores[name].add(given, ours[name](given), expected)
    yield from scores.values()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    suites = {
        "feedparser": (feedparser_feeds, feedparser_dates),
        "usp": (usp,),
        "robotstxt": (robotstxt,),
        "w3lib": (w3lib,),
        "courlan": (courlan,),
    }
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
