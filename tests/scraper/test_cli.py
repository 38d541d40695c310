"""The `bayegan` command as people and jobs use it: real processes, exit codes, one line of complaint."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from forked_command import bayegan

BAYEGAN = Path(sys.executable).with_name("bayegan")
ZWNJ = "\u200c"
type Done = subprocess.CompletedProcess[bytes]
PAGE = """کد خبر ۱۲۳۴۵
تاریخ انتشار: ۱۰:۳۰ - ۱۲-۰۷-۱۴۰۵

وزیر از پیامرسانهای تازه گفت

وزیر ارتباطات در نشستی خبری از آماده شدن دو پیامرسان تازه برای کارمندان دولت خبر داد.

به گزارش ایسنا، وزیر گفت: پیامرسان بله و پیامرسان گپ تا پایان سال به خدمات دولت وصل میشوند و مردم نامهها را با آنها میفرستند.

او افزود: بر پایه بند ۴ مصوبه جلسه ۷۲ شورای عالی فضای مجازی، دستگاهها باید تا پایان سال به این شبکه بپیوندند و گزارش آن را بدهند.
"""


def complaint(done: Done) -> str:
    lines = done.stderr.decode().splitlines()
    assert len(lines) == 1, lines
    assert lines[0].startswith("bayegan: ")
    return lines[0]


@pytest.fixture
def page(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """An archive with the page in it, made once by the command as it is installed."""
    folder = tmp_path_factory.mktemp("added")
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    command = [BAYEGAN, "--db", folder / "archive.db", "add", folder / "page.txt", "--publisher", "asriran"]
    assert subprocess.run(command, timeout=60, check=False).returncode == 0
    return folder / "archive.db"


@pytest.fixture
def archive(tmp_path, added):
    return Path(shutil.copy(added, tmp_path / "archive.db"))


def rows(archive: Path, sql: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(archive) as db:
        return db.execute(sql).fetchall()


def test_a_second_writer_ends_at_once_with_3(archive, page):
    from db import Archive

    with Archive(archive):
        done = bayegan("--db", archive, "add", page)
    assert done.returncode == 3
    assert "another run" in complaint(done)


def test_facts_of_an_added_page_are_there_in_sql(archive):
    assert rows(archive, "select messenger, count(*) from messenger_mentions group by 1") == [("bale", 1), ("gap", 1)]
    assert rows(archive, "select unit, number from clause_citations") == [("بند", 4)]
    assert rows(archive, "select body, number from session_mentions") == [("شورای عالی فضای مجازی", 72)]
    assert rows(archive, "select published_at, agency from articles") == [("2026-10-04T10:30:00+03:30", "isna")]


def test_offsets_in_the_views_index_the_stored_text(archive):
    found = rows(
        archive,
        "select surface, substr(case section when 'body' then body when 'lead' then lead else title end, start + 1, "
        "m.end - start) from messenger_mentions m join articles using (document_id)",
    )
    assert found
    assert all(surface == cut for surface, cut in found)


def test_adding_the_same_page_again_changes_nothing(archive, page):
    done = bayegan("--db", archive, "add", page, "--publisher", "asriran", "--json")
    assert json.loads(done.stdout)["unchanged"] == 1
    assert rows(archive, "select count(*), max(revisions) from articles") == [(1, 1)]


@pytest.mark.parametrize("query", [f"پیام{ZWNJ}رسان", "پیام رسان", "پیامرسان", "پيام رسان"])
def test_search_finds_the_same_however_it_is_spelt(archive, query):
    found = json.loads(bayegan("--db", archive, "search", query, "--json").stdout)
    assert [hit["document_id"] for hit in found["hits"]] == [1]


@pytest.mark.parametrize("query", ['"', "AND", "(", "a:b", "*", "'; drop table documents; --", "NEAR(", "\u200c", ""])
def test_any_string_is_a_query(archive, query):
    assert bayegan("--db", archive, "search", "--", query).returncode == 0


def test_options_are_taken_before_and_after_the_command(archive):
    before = bayegan("--db", archive, "--json", "runs")
    after = bayegan("runs", "--json", "--db", archive)
    assert before.stdout == after.stdout
    assert json.loads(before.stdout)[0]["command"] == "add"


def test_show_prints_the_text_and_what_was_found_in_it(archive):
    shown = bayegan("--db", archive, "show", "12345").stdout.decode()
    assert f"پیام{ZWNJ}رسان بله" in shown
    assert "شورای عالی فضای مجازی" in shown


def test_parse_prints_the_record_and_stores_nothing(tmp_path, page):
    done = bayegan("parse", page, "--publisher", "asriran", cwd=tmp_path)
    record = json.loads(done.stdout)
    assert record["verdict"] == "article"
    assert record["article"]["title"] == f"وزیر از پیام{ZWNJ}رسان{ZWNJ}های تازه گفت"
    assert not (tmp_path / "archive.db").exists()


def test_parse_reads_stdin(page):
    assert json.loads(bayegan("parse", "-", stdin=page.read_bytes()).stdout)["article"]["news_code"] == "12345"


def test_normalize_is_a_filter():
    done = bayegan("normalize", stdin="پیامرسانهای تازه میآیند\n".encode())
    assert done.stdout.decode() == f"پیام{ZWNJ}رسان{ZWNJ}های تازه می{ZWNJ}آیند\n"


def test_normalize_shows_its_changes():
    done = bayegan("normalize", "--show-changes", "--damage", "deleted", stdin="کتابها\n".encode())
    assert done.stdout.decode() == "کتاب{+¦+}ها\n"


def test_normalize_explains_its_changes():
    done = bayegan("normalize", "--explain", "--damage", "deleted", stdin="هفتهی ما\n".encode())
    assert done.stdout.decode() == "4\tهفته{+¦+}ی ما \tezafe after a silent he\n"


def test_jsonl_filters_answer_in_order():
    lines = "".join(json.dumps({"id": str(i), "text": f"بند {i} قانون مطبوعات"}, ensure_ascii=False) + "\n" for i in (3, 1, 2))
    for command in ("extract", "normalize"):
        answers = [json.loads(line) for line in bayegan(command, "--jsonl", stdin=lines.encode()).stdout.splitlines()]
        assert [answer["id"] for answer in answers] == ["3", "1", "2"]


@pytest.mark.parametrize(
    ("line", "says"),
    [(b"{", "line 1: not JSON"), (b'{"id": "1"}', '"text"'), (b"[1]", '"text"'), (b"\xff\xfe\n", "line 1: not JSON"),
     ('{"id":"1","text":"x","published":"دیروز"}'.encode(), "document '1'")],
)  # fmt: skip
def test_a_line_that_is_no_document_is_named(line, says):
    done = bayegan("extract", "--jsonl", stdin=line)
    assert done.returncode == 2
    assert says in complaint(done)


def test_text_that_is_not_utf8_is_told_from_text():
    done = bayegan("normalize", stdin="سلام".encode("windows-1256"))
    assert done.returncode == 2
    assert "not UTF-8" in complaint(done)


def test_persian_comes_out_under_any_locale(page):
    done = bayegan("parse", page, LC_ALL="C", LANG="C", PYTHONIOENCODING="ascii")
    assert "وزیر" in done.stdout.decode("utf-8")


@pytest.mark.parametrize("args", ["show 1", "export --format jsonl", "export --format csv", "sources list", "--help", "runs"])
def test_a_reader_that_goes_away_is_no_error(archive, args):
    script = f"set -o pipefail; '{BAYEGAN}' --db '{archive}' {args} | true"
    done = subprocess.run(["/bin/bash", "-c", script], capture_output=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_without_a_command_the_help_is_printed_as_it_is_written():
    for args in ((), ("sources",), ("law",)):
        done = bayegan(*args)
        assert done.returncode == 2
        assert done.stderr.decode().startswith("Usage: bayegan")
        assert "\nCommands:\n" in done.stderr.decode()


def test_an_interrupt_is_one_line_also_while_modules_are_loaded(tmp_path):
    """A signal comes with the first import, in place of a clock that would make the test depend on the machine."""
    program = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"  # a shell's job in the background ignores it
        "class Interrupting:\n"
        "    def find_spec(self, name, *rest):\n"
        "        if name == sys.argv[1]:\n"
        "            os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.meta_path.insert(0, Interrupting())\n"
        "from scraper.command import main\n"
        "main(sys.argv[2:])\n"
    )
    for module in ("scraper.cli.main", "click", "scraper.cli.jobs", "db", "scraper.crawl"):
        command = [sys.executable, "-c", program, module, "--db", str(tmp_path / "a.db"), "crawl", "sample"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr.strip()) == (130, "bayegan: stopped"), module


def test_reparse_changes_nothing_and_jobs_make_no_difference(archive):
    def content() -> list[object]:
        views = ("articles", "messenger_mentions", "clause_citations", "session_mentions", "date_mentions", "captures_list")
        return [rows(archive, f"select * from {view}") for view in views]

    before = content()
    for jobs in (1, 2):
        assert bayegan("--db", archive, "reparse", "--jobs", jobs).returncode == 0
        assert content() == before


def test_a_crawl_that_gets_nothing_says_why(tmp_path):
    folder = tmp_path / "sources"
    folder.mkdir()
    text = 'slug = "nemuneh"\nname = "نمونه"\nhomepage = "http://127.0.0.1:9/"\nallow_private = true\n'
    quick = '[politeness]\nretries = 0\ndelay = 0\n[[discover]]\nkind = "rss"\nurl = "/rss"\n'
    (folder / "nemuneh.toml").write_text(text + quick, encoding="utf-8")
    done = bayegan("--db", tmp_path / "a.db", "--sources", folder, "crawl", "nemuneh")
    assert done.returncode == 4
    lines = done.stderr.decode().splitlines()
    assert lines[0].startswith("bayegan: nemuneh: ")
    assert "refused" in done.stderr.decode().lower() or "connect" in done.stderr.decode().lower()


def test_help_names_every_command_without_loading_what_is_heavy():
    assert b"crawl" in bayegan("--help").stdout
    probe = """if True:
        import sys
        from scraper.cli.main import bayegan
        bayegan.main(["--help"], standalone_mode=False)
        print({"hazm", "datasette", "trafilatura", "httpx", "bs4", "rich", "sqlite_utils"} & set(sys.modules), file=sys.stderr)
    """
    done = subprocess.run([sys.executable, "-c", probe], capture_output=True, timeout=60, check=True)
    assert done.stderr.decode().strip() == "set()"


def test_every_command_has_help():
    for command in bayegan("--help").stdout.decode().split("Commands:")[1].split("\n"):
        if command.strip():
            assert bayegan(command.split()[0], "--help").returncode == 0


def test_the_sample_newsroom_is_crawled_whole_and_then_unchanged(tmp_path):
    port = _free_port()
    archive = tmp_path / "sample.db"
    first = bayegan("--db", archive, "crawl", "sample", BAYEGAN_SAMPLE_PORT=port)
    second = bayegan("--db", archive, "crawl", "sample", BAYEGAN_SAMPLE_PORT=port)
    assert (first.returncode, second.returncode) == (0, 0), first.stderr.decode()
    log = rows(archive, "select discovered, fetched, not_modified, inserted, failed, status from run_log order by run_id")
    assert log == [(18, 18, 0, 18, 0, "done"), (18, 0, 18, 0, 0, "done")]
    assert rows(archive, "select code, level, count from open_issues") == [("missing_clause", "info", 1)]
    opened = "select count(*) >= 10 from clause_citations where clause_text is not null and url like '%/fa/news/%'"
    assert rows(archive, opened) == [(1,)]
    assert rows(archive, "select count(distinct messenger) >= 10 from messenger_mentions") == [(1,)]
    assert rows(archive, "select count(*) from messenger_mentions where section = 'body' and surface = 'گپ' and document_id in "
                         "(select document_id from articles where news_code = '1002')") == [(0,)]  # fmt: skip


def _free_port() -> str:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def test_the_command_loads_nothing_that_it_has_no_use_for(tmp_path):
    program = (
        "import sys\nfrom scraper.cli import main\ntry:\n    main(['--db', sys.argv[1], 'crawl', 'sample', '--limit', '1'])\n"
        "finally:\n    print([name for name in ('pandas', 'pyarrow', 'hazm', 'datasette') if sys.modules.get(name)])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path / "a.db")], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "[]"), done.stderr
