"""How fast laws are read, stored and asked for.

    python benchmarks/laws.py [CLAUSES]

Trees per second on the texts of tests/laws and on one law of CLAUSES articles (1000), each with two clauses and a note; then that
law in an archive beside 500 articles that cite it: storing it, opening it, the five questions of lawyers. Processor time of
one core, the best of three.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from db import Archive
from db.law.tree import clause, tree
from parsers.law import read_tree
from parsers.models import Article, Capture, Facts, Record, Reference
from parsers.record import parse

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[1]
TITLE = "قانون نمونه سنجش"
QUESTIONS = (
    "what_sessions_passed", "clauses_never_cited", "what_repealed_this", "clause_on_a_day", "citations_of_repealed_clauses",
)  # fmt: skip
ARTICLES = 500


def best(work: Callable[[], object], times: int = 3) -> float:
    """Seconds of processor time of the fastest run."""
    spent = []
    for _ in range(times):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


def long_law(articles: int) -> str:
    """A law of many articles."""
    return "\n".join(
        f"ماده {n} – دستگاه‌ها باید کار شماره {n} را انجام دهند:\nالف – در شهر؛\nب – در روستا.\n"
        f"تبصره – ماده {n} هر سال بازبینی می‌شود."
        for n in range(1, articles + 1)
    )


def citing(n: int, articles: int) -> tuple[Capture, Record]:
    """An article that cites one clause of the law."""
    article = n % articles + 1
    url = f"https://sobh.example/fa/news/{n}"
    cited = Reference(0, 4, "ماده", "ماده", (article,), instrument=TITLE, eids=(f"art_{article}",), section="body")
    text = f"ماده {article} {TITLE} خوانده شد."
    article_of = Article("sobh", url=url, title=f"گزارش {n}", body=text, paragraphs=(text,))
    record = Record("article", article_of, Facts(references=(cited,)))
    return Capture(text.encode(), url=url, fetched_at="2026-11-01T12:00:00+03:30"), record


def main() -> None:
    """Prints the figures."""
    articles = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    texts = [file.read_text("utf-8").partition("\n=====\n")[0] for file in sorted((ROOT / "tests/laws").glob("*.txt"))]
    spent = best(lambda: [read_tree(text) for text in texts])
    print(f"{len(texts) / spent:8,.0f} trees/s   {len(texts)} texts of tests/laws")
    text = long_law(articles)
    spent = best(lambda: read_tree(text))
    clauses = len(read_tree(text).clauses)
    print(f"{clauses / spent:8,.0f} clauses/s one law of {clauses:,} clauses, {len(text):,} characters: {spent:.2f} s")
    with tempfile.TemporaryDirectory() as directory, Archive(Path(directory) / "a.db") as archive:
        stored(archive, articles, f"{TITLE}\n{text}")


def stored(archive: Archive, articles: int, text: str) -> None:
    """The law in an archive: late, after the articles that cite it."""
    pages = [citing(n, articles) for n in range(ARTICLES)]
    spent = best(lambda: [archive.store(*page) for page in pages], 1)
    print(f"{ARTICLES / spent:8,.0f} articles/s stored, each citing a clause of a law that is not there")
    capture = Capture(text.encode(), fetched_at="2026-11-02T12:00:00+03:30")
    start = time.process_time()
    record = parse(capture)
    parsed = time.process_time()
    archive.store(capture, record)
    print(f"{parsed - start:8.2f} s to parse the law with its facts, {time.process_time() - parsed:.2f} s to store it")
    uri = archive.db.execute("SELECT uri FROM laws_list").fetchone()[0]
    print(f"{1000 * best(lambda: tree(archive.db, uri)):8.0f} ms for its tree")
    print(f"{1000 * best(lambda: clause(archive.db, uri, 'art_7')):8.0f} ms for a clause and who cites it")
    for question in QUESTIONS:
        parameters = {"uri": uri} if "uri" in _parameters(question) else {}
        print(f"{1000 * best(lambda q=question, p=parameters: archive.ask(q, **p)):8.0f} ms {question}")


def _parameters(question: str) -> set[str]:
    from db.read.questions import questions

    return set(questions()[question].parameters)


if __name__ == "__main__":
    main()
