"""What a run shows while it goes: JSON lines in a file, a live table on a terminal, no secret in either."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest
from fault_server import article, reply
from forked_command import bayegan

from scraper.cli.progress import redact


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("http://h/a?token=abc&b=1", "http://h/a?token=***&b=1"),
        ("http://h/a?b=1&access_token=abc#x", "http://h/a?b=1&access_token=***#x"),
        ("http://h/a#id_token=abc", "http://h/a#id_token=***"),
        ("http://h/a;jsessionid=1F;b", "http://h/a;jsessionid=***;b"),
        ("http://h/a?API-Key=abc", "http://h/a?API-Key=***"),
        ("http://h/a?X-Amz-Signature=abc&X-Amz-Credential=d", "http://h/a?X-Amz-Signature=***&X-Amz-Credential=***"),
        ("http://desk:pa@ss@h/a", "http://***@h/a"),
        ("redirects to http://desk:pass@h/ and http://h/?key=1 again", "redirects to http://***@h/ and http://h/?key=*** again"),
        ("http://h/Laws/ShowLaw.aspx?Code=13490", "http://h/Laws/ShowLaw.aspx?Code=13490"),
        ("http://h/a?author=b&keyword=c", "http://h/a?author=b&keyword=c"),
        ("http://h/a@b?c=d", "http://h/a@b?c=d"),
    ],
)
def test_secrets_are_left_out_and_nothing_else(text, shown):
    assert redact(text) == shown


@pytest.fixture
def line(bench, server, tmp_path):
    server.feed("/fa/news/1", "/fa/news/2?token=hidden")
    server.pages["/fa/news/1"] = reply(article(1))
    (tmp_path / "sobhgah.toml").write_text(
        f'slug = "sobhgah"\nname = "صبحگاه"\nhomepage = "{server.base}/"\nallow_private = true\n'
        '[politeness]\ndelay = 0.3\n[[discover]]\nkind = "rss"\nurl = "/rss"\n',
        encoding="utf-8",
    )
    return ["--db", str(bench.path), "--sources", str(tmp_path), "crawl", "sobhgah"]


def test_a_log_says_in_json_lines_what_happened_in_which_run(line, tmp_path):
    log = tmp_path / "log.jsonl"
    for _ in range(2):
        assert bayegan(*line, "--log", log).returncode == 1
    text = log.read_text("utf-8")
    rows = [json.loads(row) for row in text.splitlines()]
    assert [row["event"] for row in rows] == ["start", "begin", "issue", "end", "done"] * 2
    assert [row["run_id"] for row in rows] == [1] * 5 + [2] * 5
    assert (rows[2]["code"], rows[4]["exit_code"], rows[4]["inserted"]) == ("http_error", 1, 1)
    assert "hidden" not in text


def test_a_terminal_shows_the_counts_as_they_grow(line):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", "from scraper.cli import main; main()", *line]
    run = subprocess.Popen(command, stdout=theirs, stderr=theirs, env={**os.environ, "TERM": "xterm", "COLUMNS": "140"})
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 65536)
        except OSError:  # the run has closed its end
            break
    os.close(ours)
    assert run.wait() == 1
    text = shown.decode()
    assert "sobhgah" in text
    assert "not modified" in text
    assert "hidden" not in text
    assert "run 1: 2 discovered, 1 fetched, 1 new, 1 failed" in text
