"""Pages that mean harm: 20 MB of each nastiness through `parse`, in a process of its own; seconds and memory.

    python benchmarks/hostile.py [NAME...]

What must hold: within two seconds of processor time and 300 MB, whatever the bytes.
"""

from __future__ import annotations

import os
import random
import resource
import sys
import time
from typing import TYPE_CHECKING

from parsers import Capture, parse

if TYPE_CHECKING:
    from collections.abc import Callable

SIZE = 20_000_000
SENTENCE = "مدیر میدان میوه گفت چهار پایگاه تازه از هفته آینده آغاز می\u200cکنند. "
PLAIN = SENTENCE.replace("\u200c", "").replace("ی", "ي").replace("ک", "ك")
BODY = "<html><body>"


def filled(before: str, unit: str, behind: str = "") -> Callable[[], bytes]:
    return lambda: before.encode() + unit.encode() * (SIZE // len(unit.encode())) + behind.encode()


PAGES: dict[str, Callable[[], bytes]] = {
    "one paragraph": filled(f"{BODY}<p>", SENTENCE),
    "paragraphs": filled(f"{BODY}<div class=body>", f"<p>{SENTENCE}</p>"),
    "lines": filled(f"{BODY}<div class=body>", f"{SENTENCE}<br>"),
    "line breaks": filled('<html><body id="news"><div class="body">', "<br>"),
    "depth": filled(BODY, "<div>", SENTENCE),
    "open links": filled(BODY, "<b><i><a href=x>"),
    "attributes": filled(f"{BODY}<p ", 'a="x" ', f">{SENTENCE}"),
    "links": filled(BODY, f'<a href="/x">{SENTENCE}</a>'),
    "a script": filled("<html><script>", 'var a="<p>";', f"</script><body>{SENTENCE}"),
    "comments": filled(BODY, "<!-- x -->"),
    "open comment": filled(f"{BODY}<!--", "<p>"),
    "brackets": filled(BODY, "<"),
    "references": filled(f"{BODY}<p>", "&zwnj;&#1740;"),
    "JSON-LD": filled('<html><script type="application/ld+json">', "[", "</script>"),
    "metadata": filled("<html><head>", '<meta property="og:title" content="x">'),
    "a table": filled(f"{BODY}<table>", f"<tr><td>{SENTENCE}</td><td>x</td></tr>"),
    "options": filled(f"{BODY}<select>", "<option>x"),
    "NUL": filled(BODY, "\0"),
    "noise": lambda: random.Random(1).randbytes(SIZE),
    "windows-1256": lambda: BODY.encode() + PLAIN.encode("cp1256") * (SIZE // len(PLAIN)),
    "text": filled("", f"{SENTENCE}\n"),
    "text on one line": filled("", SENTENCE),
    "clauses": filled("", "بند ۱۱ و بند و بند "),
    "a law": filled("", "ماده ۱ – این است.\nتبصره ۲ – آن.\n"),
    "dates": filled("", "۱۳۹۸/۰۲/۱۵ "),
    "a title": filled("<html><title>", SENTENCE),
    "headlines": filled(BODY, f"<h1>{SENTENCE}</h1>"),
}


def measured(name: str) -> None:
    body = PAGES[name]()
    parse(Capture(b"<p>x"))
    began = time.process_time()
    record = parse(Capture(body, "https://x.example/fa/news/1"))
    seconds = time.process_time() - began
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{name:18} {seconds:5.2f} s  {used:4} MB  {record.verdict}", flush=True)


def main() -> None:
    for name in sys.argv[1:] or PAGES:
        child = os.fork()
        if not child:
            measured(name)
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
