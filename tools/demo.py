"""`make demo`: archives the sample newsroom, shows what was found in it and what to try next."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import sqlite_utils

BIN = Path(sys.executable).parent
ARCHIVE = Path(os.environ.get("BAYEGAN_DB", "archive.db"))

SAMPLE = "document_id in (select document_id from articles where publisher = 'sample')"
FOUND = (
    (
        "Messengers named (mentions, name, slug):",
        f"select count(*) as n, name, messenger from messenger_mentions where {SAMPLE} group by messenger order by n desc, 3",
    ),
    (
        "Clauses cited (articles, clause, of which instrument):",
        "select count(distinct document_id) as n, unit || ' ' || coalesce(number, '') as clause, coalesce(instrument, '-') "
        f"from clause_citations where {SAMPLE} group by instrument, unit, number order by n desc, instrument is null, 3, 2",
    ),
    (
        "Sessions (body, number or date):",
        "select distinct coalesce(body, '-') as body, coalesce(number, held_on) as session "
        f"from session_mentions where {SAMPLE} order by 1, 2",
    ),
)
# One clause of a law before and after another law of the newsroom changed it.
LAW = "قانون مدیریت داده‌ها"
DAYS = (
    ("law", "show", LAW, "art_3", "--on", "1402-01-01"),
    ("law", "show", LAW, "art_3", "--on", "1405-01-01"),
    ("law", "diff", LAW, "1402-01-01", "1405-01-01"),
)
NEXT = """
Try next:
  {bin}/bayegan --db {db} search 'پیام رسان'
  {bin}/bayegan --db {db} show 1
  {bin}/bayegan --db {db} serve                         # in a browser
  {bin}/sqlite-utils {db} "select messenger, count(*) from messenger_mentions group by 1" --table
  {bin}/bayegan --db {db} crawl asriran --limit 20      # the real thing; needs the network"""


def main() -> int:
    """Crawls, reports, suggests; returns the crawl's exit code."""
    print(f"$ bayegan --db {ARCHIVE} crawl sample", flush=True)
    code = subprocess.run([BIN / "bayegan", "--db", ARCHIVE, "crawl", "sample"], check=False).returncode
    if code:
        return code
    db = sqlite_utils.Database(ARCHIVE)
    for heading, sql in FOUND:
        print(f"\n{heading}")
        for row in db.query(sql):
            print("  " + "  ".join(str(value) for value in row.values()))
    for command in DAYS:
        print(f"\n$ bayegan --db {ARCHIVE} {shlex.join(command)}", flush=True)
        subprocess.run([BIN / "bayegan", "--db", ARCHIVE, *command], check=True)
    print(NEXT.format(bin=BIN.relative_to(Path.cwd()) if BIN.is_relative_to(Path.cwd()) else BIN, db=ARCHIVE))
    return 0


if __name__ == "__main__":
    sys.exit(main())
