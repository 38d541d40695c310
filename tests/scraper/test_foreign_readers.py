"""Exports of captures are read, checked and replayed by the programs of others: warcio, FastWARC, pywb."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from urllib.request import ProxyHandler, build_opener

import pytest
from fault_server import article
from forked_command import bayegan
from real_pywb import replaying
from test_warc import http, record

URLS = [
    "http://sobhgah.example/fa/news/1",
    "http://sobhgah.example/",
    "http://sobhgah.example/n?b=2&a=%CE%C8%D1",
    "https://sobhgah.example/a%2Fb",
]
BODIES = {url: article(n).encode() for n, url in enumerate(URLS, 1)}


@pytest.fixture(scope="module")
def exports(tmp_path_factory):
    """Export an archive of four captures; return the folder with o.warc.gz, o.wacz and, out of that, data.warc.gz."""
    folder = tmp_path_factory.mktemp("exports")
    records = (record(http(body, Content_Type="text/html"), url) for url, body in BODIES.items())
    (folder / "x.warc").write_bytes(b"".join(records))
    assert bayegan("--db", folder / "a.db", "add", folder / "x.warc").returncode == 0
    for form, name in (("warc", "o.warc.gz"), ("wacz", "o.wacz")):
        done = bayegan("--db", folder / "a.db", "export", "--format", form, "-o", folder / name)
        assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / "o.wacz") as archive:
        (folder / "data.warc.gz").write_bytes(archive.read("archive/data.warc.gz"))
    return folder


@pytest.mark.parametrize("name", ["o.warc.gz", "data.warc.gz"])
def test_warcio_finds_every_digest_right(exports, name):
    done = subprocess.run([sys.executable, "-m", "warcio.cli", "check", "-v", exports / name], capture_output=True, text=True,
                          check=False, timeout=60)  # fmt: skip
    assert (done.returncode, "digest pass" in done.stdout, "fail" in done.stdout) == (0, True, False), done.stdout


@pytest.mark.parametrize("name", ["o.warc.gz", "data.warc.gz"])
def test_fastwarc_reads_every_page_and_finds_its_digests_right(exports, name):
    fastwarc = pytest.importorskip("fastwarc.warc", reason="FastWARC is not installed")
    found = {}
    with (exports / name).open("rb") as stream:
        assert all(one.verify_block_digest() for one in fastwarc.ArchiveIterator(stream, parse_http=False))
        stream.seek(0)
        for one in fastwarc.ArchiveIterator(stream, record_types=fastwarc.WarcRecordType.response):
            assert one.verify_payload_digest()
            found[one.headers["WARC-Target-URI"]] = one.reader.read()
    assert found == BODIES


@pytest.mark.parametrize(("name", "options"), [("o.warc.gz", ()), ("o.wacz", ("--unpack-wacz",))])
def test_pywb_replays_every_page(exports, tmp_path, name, options):
    (tmp_path / name).write_bytes((exports / name).read_bytes())
    browser = build_opener(ProxyHandler({}))
    with replaying(tmp_path, name, *options) as address:
        for url, body in BODIES.items():
            with browser.open(f"{address}20261101100000id_/{url}", timeout=20) as answer:
                assert (answer.status, answer.read(), answer.headers["memento-datetime"]) == (
                    200, body, "Sun, 01 Nov 2026 10:00:00 GMT",
                )  # fmt: skip
