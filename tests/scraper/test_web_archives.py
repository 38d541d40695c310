"""Web archives as sources: indexes of every kind, captures under their own address and moment, resumed by month; a real pywb."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest
from fault_server import BODY, article, in_turn, redirect, reply
from real_pywb import replaying

from parsers.models import Capture
from scraper.publication_windows import Window
from scraper.warc_write import write_warc
from scraper.web_archives import COMMON_CRAWL, WAYBACK, collections, query, read_index, web_archive

PRINTED = "۱۰:۳۰ - ۱۵ فروردین ۱۴۰۲"
HTML = {"content-type": "text/html"}
SPRING = Window(date(2024, 3, 20), date(2024, 6, 20))
LINE = {"urlkey": "ir,a)/1", "timestamp": "20240501100000", "url": "http://a.ir/1", "mime": "text/html", "status": "200",
        "digest": "AAA", "length": "100", "offset": "7", "filename": "x/y.warc.gz"}  # fmt: skip


def as_lines(*rows: dict[str, str]) -> bytes:
    return "".join(json.dumps(row) + "\n" for row in rows).encode()


def as_cdxj(*rows: dict[str, str]) -> bytes:
    skip = ("urlkey", "timestamp")
    return "".join(f"{row['urlkey']} {row['timestamp']} {json.dumps({k: v for k, v in row.items() if k not in skip})}\n"
                   for row in rows).encode()  # fmt: skip


def as_table(*rows: dict[str, str]) -> bytes:
    names = {"url": "original", "mime": "mimetype", "status": "statuscode"}
    columns = ["urlkey", "timestamp", "url", "mime", "status", "digest", "length"]
    return json.dumps([[names.get(n, n) for n in columns], *([row[n] for n in columns] for row in rows)]).encode()


def as_fields(*rows: dict[str, str]) -> bytes:
    columns = ["urlkey", "timestamp", "url", "mime", "status", "digest", "length"]
    return "".join(" ".join(row[n] for n in columns) + "\n" for row in rows).encode()


@pytest.mark.parametrize("form", [as_lines, as_cdxj, as_table, as_fields])
def test_an_index_is_read_in_every_form(form):
    rows = (LINE, {**LINE, "digest": "BBB", "timestamp": "20240502100000"}, LINE, {**LINE, "status": "404"},
            {**LINE, "mime": "image/png"}, {**LINE, "timestamp": "20240231000000"}, {**LINE, "url": "dns:a.ir"})  # fmt: skip
    found, count = read_index(form(*rows), WAYBACK)
    base = "https://web.archive.org/web/"
    assert [one.address for one in found] == [f"{base}20240501100000id_/http://a.ir/1", f"{base}20240502100000id_/http://a.ir/1"]
    assert count == 7
    assert found[0].at.isoformat() == "2024-05-01T10:00:00+00:00"


@pytest.mark.parametrize(
    "body", [b"", b"[", b"[]", b"[1]", b'[["x"], ["y", "z"]]', b"{", b"hello\n", b"\xff\xfe\n" * 9, b"[" * 99_999]
)
def test_an_index_that_is_none_gives_nothing(body):
    assert read_index(body, WAYBACK)[0] == []


@pytest.mark.parametrize("wrong", [{"offset": "x"}, {"length": "-1"}, {"filename": ""}, {"filename": "../../etc"}])
def test_a_range_that_is_none_is_left_out(wrong):
    assert read_index(as_lines(LINE), COMMON_CRAWL)[0][0].address == "https://data.commoncrawl.org/x/y.warc.gz#7-106"
    assert read_index(as_lines({**LINE, **wrong}), COMMON_CRAWL)[0] == []


@pytest.mark.parametrize("name", ["", "way back", "ftp://a.ir/", "a.ir"])
def test_an_archive_that_is_none_is_refused(name):
    with pytest.raises(ValueError, match="neither"):
        web_archive(name)


def test_collections_are_chosen_by_their_weeks():
    ids = ["CC-MAIN-2024-10", "CC-MAIN-2024-18", "CC-MAIN-2023-50", "CC-MAIN-2024-99", "odd"]
    table = json.dumps([{"id": one, "cdx-api": one} for one in ids]).encode()
    assert list(collections(table, Window(date(2024, 5, 1), date(2024, 5, 9)))) == ["CC-MAIN-2024-18"]


def test_a_query_asks_for_the_days_and_for_pages_only():
    asked = query(WAYBACK.index, "a.ir", SPRING)
    assert asked.startswith("https://web.archive.org/cdx/search/cdx?url=a.ir/*&")
    for words in ("from=20240320000000", "to=20240620235959", "filter=statuscode:200", "collapse=digest"):
        assert words in asked


class Replay:
    """A web archive on the bench's server: an index by month, captures by timestamp and address."""

    def __init__(self, bench, server, *captures: tuple[str, str, str]) -> None:
        self.base = f"{server.base}/coll/"
        self.rows = []
        for path, timestamp, text in captures:
            url = f"http://sobhgah.example{path}"
            self.rows.append({**LINE, "url": url, "timestamp": timestamp, "digest": text})
            server.pages[f"/coll/{timestamp}id_/{url}"] = reply(
                article(int(path.rpartition("/")[2]), f"{BODY} {text}", printed=PRINTED)
            )
        bench.set(homepage="http://sobhgah.example/", allow_private=False, recheck=None)
        server.pages["/robots.txt"] = reply("no", 404)
        for asked in self.months(SPRING):
            first, last = asked.ends
            inside = [row for row in self.rows if f"{first:%Y%m%d}" <= row["timestamp"][:8] <= f"{last:%Y%m%d}"]
            server.pages[self.index(server, asked)] = reply(as_lines(*inside), kind="text/x-ndjson")
        self.server = server

    @staticmethod
    def months(window: Window) -> list[Window]:
        from scraper.publication_windows import months

        return list(months(window))

    def index(self, server, days: Window) -> str:
        return query(f"{self.base}cdx", "sobhgah.example", days).removeprefix(server.base)

    def asked(self) -> list[str]:
        return [path for path in self.server.paths() if "id_/" in path]


def test_captures_are_stored_under_their_own_address_as_of_their_own_moment(bench, server):
    replay = Replay(bench, server, ("/fa/news/1", "20240501100000", "الف"), ("/fa/news/1", "20240401100000", "ب"),
                    ("/fa/news/2", "20240601100000", "ج"))  # fmt: skip
    assert bench.crawl(window=SPRING, via=web_archive(replay.base)).exit_code == 0
    assert bench.rows("SELECT url, revisions FROM articles ORDER BY url") == [
        ("http://sobhgah.example/fa/news/1", 2), ("http://sobhgah.example/fa/news/2", 1),
    ]  # fmt: skip
    assert "الف" in str(bench.rows("SELECT body FROM articles WHERE url LIKE '%/1'"))  # the newest capture is the current text
    moments = bench.rows("SELECT fetched_at, headers FROM captures WHERE url LIKE '%/1' ORDER BY fetched_at")
    assert [moment for moment, _ in moments] == ["2024-04-01T13:30:00+03:30", "2024-05-01T13:30:00+03:30"]
    assert all(f'"x-archive-url": "{replay.base}2024' in headers for _, headers in moments)
    server.requests.clear()
    assert bench.crawl(window=SPRING, via=web_archive(replay.base)).exit_code == 0
    assert (replay.asked(), [path for path in server.paths() if "/cdx" in path]) == ([], [])


def test_a_run_that_is_cut_short_goes_on_with_its_month(bench, server):
    captures = [(f"/fa/news/{n}", f"20240{4 + n % 3}0{n + 1}100000", "متن") for n in range(6)]
    replay = Replay(bench, server, *captures)
    seen = []
    for _ in range(4):
        server.requests.clear()
        bench.crawl(window=SPRING, via=web_archive(replay.base), limit=2)
        seen += replay.asked()
    assert len(seen) == len(set(seen)) == 6
    assert bench.documents() == 6


def test_a_capture_that_is_answered_by_another_keeps_the_others_moment(bench, server):
    replay = Replay(bench, server, ("/fa/news/1", "20240501100000", "الف"))
    path = "/coll/20240501100000id_/http://sobhgah.example/fa/news/1"
    server.pages["/coll/20240430080000id_/http://sobhgah.example/fa/news/1"] = server.pages[path]
    server.pages[path] = redirect("/coll/20240430080000id_/http://sobhgah.example/fa/news/1")
    assert bench.crawl(window=SPRING, via=web_archive(replay.base)).exit_code == 0
    assert bench.rows("SELECT fetched_at FROM captures") == [("2024-04-30T11:30:00+03:30",)]


def test_an_index_that_fails_is_asked_again_and_a_capture_that_is_lost_is_an_issue(bench, server):
    replay = Replay(bench, server, ("/fa/news/1", "20240501100000", "الف"), ("/fa/news/2", "20240501110000", "ب"))
    month = next(one for one in replay.months(SPRING) if one.meets(Window(date(2024, 5, 1), date(2024, 5, 1))))
    index = replay.index(server, month)
    server.pages[index] = in_turn(reply("no", 500), reply("no", 500), server.pages[index])
    del server.pages["/coll/20240501110000id_/http://sobhgah.example/fa/news/2"]
    assert bench.crawl(window=SPRING, via=web_archive(replay.base)).exit_code == 1
    assert bench.documents() == 0
    assert bench.crawl(window=SPRING, via=web_archive(replay.base)).exit_code == 1
    assert (bench.documents(), bench.issues()) == (1, {"http_error": "error"})


def test_captures_of_common_crawl_are_ranges_of_its_files(bench, server, monkeypatch):
    from dataclasses import replace

    out = BytesIO()
    urls = [f"http://sobhgah.example/fa/news/{n}" for n in range(3)]
    pages = (Capture(article(n, printed=PRINTED).encode(), url, {"content-type": "text/html"}, f"2024-05-0{n + 1}T10:00:00+03:30")
             for n, url in enumerate(urls))  # fmt: skip
    from scraper.warc_write import _write_all

    lines = list(_write_all(pages, out))
    data = out.getvalue()
    rows = [{**LINE, "url": line.url, "timestamp": line.timestamp, "digest": line.digest, "offset": str(line.offset),
             "length": str(line.length), "filename": "data/x.warc.gz"} for line in lines]  # fmt: skip

    async def file(request, writer):
        start, end = map(int, request.headers["range"].removeprefix("bytes=").split("-"))
        await reply(data[start : end + 1], 206, kind="application/octet-stream")(request, writer)

    archive = replace(COMMON_CRAWL, index=f"{server.base}/collinfo.json", base=f"{server.base}/")
    bench.set(homepage="http://sobhgah.example/", allow_private=False)
    server.pages |= {"/data/x.warc.gz": file, "/collinfo.json": reply(json.dumps([
        {"id": "CC-MAIN-2024-18", "cdx-api": f"{server.base}/CC-MAIN-2024-18-index"}]))}  # fmt: skip
    days = Window(date(2024, 5, 1), date(2024, 5, 9))
    asked = query(f"{server.base}/CC-MAIN-2024-18-index", "sobhgah.example", days).removeprefix(server.base)
    server.pages[asked] = reply(as_lines(*rows))
    assert bench.crawl(window=days, via=archive).exit_code == 0
    assert bench.rows("SELECT url, fetched_at FROM captures ORDER BY url") == [
        (url, f"2024-05-0{n + 1}T10:00:00+03:30") for n, url in enumerate(urls)
    ]


def test_a_publishers_file_may_name_archives_for_its_backfills(bench, server):
    from scraper.registry import Discovery

    replay = Replay(bench, server, ("/fa/news/1", "20240501100000", "الف"))
    bench.set(allow_private=True, discover=(Discovery("cdx", replay.base, backfill=True),))
    assert bench.crawl(window=SPRING).exit_code == 0
    assert bench.documents() == 1


@pytest.fixture
def pywb(tmp_path):
    """A real pywb with a collection of three captures."""
    kept = ((1, "الف", "2024-04-05T10:00:00+03:30"), (1, "ب", "2024-05-05T10:00:00+03:30"), (2, "ج", "2024-05-06T10:00:00+03:30"))
    pages = [
        Capture(article(n, f"{BODY} {text}", printed=PRINTED).encode(), f"http://sobhgah.example/fa/news/{n}", HTML, at)
        for n, text, at in kept
    ]
    with (tmp_path / "x.warc.gz").open("wb") as stream:
        write_warc(pages, stream)
    with replaying(tmp_path, "x.warc.gz") as address:
        yield address


def test_a_crawl_goes_through_a_real_pywb(bench, pywb):
    bench.set(homepage="http://sobhgah.example/", allow_private=False)
    bench.set(politeness=type(bench.publisher.politeness)(delay=0.01, timeout=10, deadline=20))
    assert bench.crawl(window=SPRING, via=web_archive(pywb)).exit_code == 0, bench.issues()
    assert bench.rows("SELECT url, revisions FROM articles ORDER BY url") == [
        ("http://sobhgah.example/fa/news/1", 2), ("http://sobhgah.example/fa/news/2", 1),
    ]  # fmt: skip
    assert bench.rows("SELECT fetched_at FROM captures ORDER BY 1") == [
        ("2024-04-05T10:00:00+03:30",), ("2024-05-05T10:00:00+03:30",), ("2024-05-06T10:00:00+03:30",),
    ]  # fmt: skip
    assert bench.crawl(window=SPRING, via=web_archive(pywb)).exit_code == 0
    assert bench.log("discovered", "fetched") == (0, 0)
