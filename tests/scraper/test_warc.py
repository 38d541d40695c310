"""Web archives in: each record is read, or counted and named by its reason; no record ends the file or the run."""

from __future__ import annotations

import gzip
import hashlib
import json
import zipfile
import zlib
from collections import Counter
from io import BytesIO

import brotli
import pytest
import zstandard
from fault_server import BODY, article
from forked_command import bayegan
from hypothesis import example, given, settings
from hypothesis import strategies as st

from parsers.models import Capture
from scraper.input_files import InputError, captures
from scraper.record_checks import UnreadableArchive
from scraper.surt import sort_key
from scraper.warc import is_warc, read_warc
from scraper.warc_write import write_wacz

DATE = "2026-11-01T10:00:00Z"
PACKS = {"plain": bytes, "gzipped": gzip.compress, "zstd": zstandard.compress}


def http(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def record(block: bytes, url: str = "http://a.ir/1", kind: str = "response", date: str = DATE, length: int | str | None = None,
           **more: str) -> bytes:  # fmt: skip
    size = len(block) if length is None else length
    header = f"WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\nContent-Length: {size}\r\n"
    header += "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in more.items())
    return header.encode() + b"\r\n" + block + b"\r\n\r\n"


def page(number: int, **headers: str) -> bytes:
    return http(article(number).encode(), **(headers or {"Content_Type": "text/html"}))


def read(data: bytes) -> tuple[list[str | None], Counter[str], list[str]]:
    passed_over: Counter[str] = Counter()
    complaints: list[str] = []
    found = [capture.url for capture in read_warc(BytesIO(data), "x.warc", complaints.append, passed_over)]
    return found, passed_over, complaints


GOOD = record(page(2), "http://a.ir/2")
ONE, TWO = "http://a.ir/1", "http://a.ir/2"
TEXT = article(1).encode()
CHUNKS = b"%x\r\n%b\r\n0\r\n\r\n" % (len(TEXT), TEXT)
READ = {
    "brotli": http(brotli.compress(TEXT), Content_Type="text/html", Content_Encoding="br"),
    "zstd": http(zstandard.compress(TEXT), Content_Type="text/html", Content_Encoding="zstd"),
    "deflate": http(zlib.compress(TEXT), Content_Type="text/html", Content_Encoding="deflate"),
    "raw deflate": http(zlib.compress(TEXT, wbits=-15), Content_Type="text/html", Content_Encoding="deflate"),
    "gzip in capitals": http(gzip.compress(TEXT), CONTENT_TYPE="TEXT/HTML", CONTENT_ENCODING="GZIP"),
    "an encoding that was taken off": http(TEXT, Content_Type="text/html", Content_Encoding="br"),
    "a type in capitals": http(TEXT, Content_Type="TEXT/HTML; Charset=UTF-8"),
    "no type": http(TEXT),
    "an unknown type": http(TEXT, Content_Type="application/octet-stream"),
    "chunks": http(CHUNKS, Content_Type="text/html", Transfer_Encoding="Chunked"),
    "chunks that were taken off": http(TEXT, Content_Type="text/html", Transfer_Encoding="chunked"),
    "bare newlines": http(TEXT, Content_Type="text/html").replace(b"\r\n", b"\n"),
    "HTTP/2": http(TEXT, Content_Type="text/html").replace(b"HTTP/1.1 200 OK", b"HTTP/2 200"),
}


@pytest.mark.parametrize("block", READ.values(), ids=READ)
@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_a_page_is_read_however_it_is_wrapped(block, pack):
    found = list(read_warc(BytesIO(pack(record(block)) + pack(GOOD)), "x"))
    assert [capture.url for capture in found] == [ONE, TWO]
    assert found[0].body == TEXT
    assert found[0].fetched_at == "2026-11-01T13:30:00+03:30"


PASSED_OVER = {
    "request": (record(b"GET / HTTP/1.1\r\n\r\n", kind="request"), "request"),
    "metadata of wget": (record(b"x", "metadata://gnu.org/software/wget/warc/MANIFEST.txt", "metadata"), "metadata"),
    "resource of wget": (record(b"x", "metadata://gnu.org/software/wget/warc/wget.log", "resource"), "metadata: address"),
    "dns": (record(b"x", "dns:a.ir", "response"), "dns: address"),
    "a picture": (record(http(b"\x89PNG", Content_Type="image/png")), "image/png"),
    "an error": (record(http(b"no", "404 Not Found", Content_Type="text/html")), "status 404"),
    "a redirect": (record(http(b"", "301 Moved", Location="/2")), "status 301"),
    "a revisit": (record(http(b"", Content_Type="text/html"), kind="revisit"), "revisit"),
    "an empty page": (record(http(b"", Content_Type="text/html")), "empty body"),
    "bytes of no type": (record(http(b"\x00\x01\x02")), "no type, and no markup"),
    "a continuation": (record(b"x", kind="response", WARC_Segment_Number="2"), "continuation"),
    "warcinfo": (record(b"software: x", kind="warcinfo"), "warcinfo"),
    "a record of no type": (record(b"x", kind=""), "record of no type"),
}


@pytest.mark.parametrize(("bad", "reason"), PASSED_OVER.values(), ids=PASSED_OVER)
def test_what_is_no_page_is_counted_by_its_reason_and_is_no_failure(bad, reason):
    assert read(bad + GOOD) == ([TWO], Counter({reason: 1}), [])


LONG = b"X-Long: " + b"x" * 200_000
DAMAGED = {
    "a status with a letter": (record(page(1).replace(b"200 OK", b"2x0 OK")), "the status «2x0»"),
    "a status of other digits": (record(page(1).replace(b"200 OK", "²³¹".encode() + b" OK")), "the status «²³¹»"),
    "no length": (record(page(1), length="many"), "no length in its header"),
    "a negative length": (record(page(1), length=-5), "no length in its header"),
    "a length of other digits": (record(page(1), length="۵"), "no length in its header"),
    "a length that is too short": (record(page(1), length=900), "bytes between the records"),
    "half an address": (record(page(1), "http://[::1/x"), "an address that is none"),
    "an address without a host": (record(page(1), "http:///x"), "an address that is none"),
    "noise said to be brotli": (record(http(bytes(range(256)) * 9, Content_Type="text/html", Content_Encoding="br")),
                                "the body is not what Content-Encoding says"),
    "a header line without end": (record(page(1)).replace(b"WARC-Date", LONG + b"\r\nWARC-Date"),
                                  "a header line of more than 64 kB"),
    "a header of many lines": (record(page(1)).replace(b"WARC-Date", b"X: y\r\n" * 2000 + b"WARC-Date"),
                               "a header of more than 1000 lines"),
    "noise in between": (b"\x00noise\n\n", "bytes between the records"),
}  # fmt: skip


@pytest.mark.survives("bad records", "`add` of WARC, ARC, WACZ", "named by reason; the rest is read")
@pytest.mark.parametrize(("bad", "reason"), DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_what_cannot_be_read_is_named_and_the_rest_is_read(bad, reason, pack):
    first = record(page(3), "http://a.ir/3")
    found, _, complaints = read(pack(first) + pack(bad) + pack(GOOD))
    assert [url for url in found if url != ONE] == ["http://a.ir/3", TWO]
    assert [complaint.partition("read: ")[2] for complaint in complaints] == [reason]


@pytest.mark.parametrize("date", ["9999-12-31T23:59:59Z", "2091-01-01T00:00:00Z", "0000-00-00", "", "yesterday"])
def test_a_moment_that_cannot_be_is_none_and_the_page_is_read(date):
    (found,) = read_warc(BytesIO(record(page(1), date=date)), "x")
    assert found.fetched_at is None


def test_a_header_line_of_fifty_megabytes_costs_its_record_only():
    bad = record(page(1)).replace(b"WARC-Date", b"X: " + b"x" * 50_000_000 + b"\r\nWARC-Date")
    found, _, complaints = read(gzip.compress(bad, 1) + gzip.compress(GOOD))
    assert (found, len(complaints)) == ([TWO], 1)


@pytest.mark.parametrize("pack", [gzip.compress, zstandard.compress], ids=["gzipped", "zstd"])
def test_a_damaged_member_costs_its_record_only(pack):
    members = [pack(record(page(n), f"http://a.ir/{n}")) for n in range(5)]
    members[2] = members[2][:100] + b"\xff\x00" * 20 + members[2][140:]
    found, _, complaints = read(b"".join(members))
    assert found == [f"http://a.ir/{n}" for n in (0, 1, 3, 4)]
    assert len(complaints) == 1


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_a_file_that_is_packed_as_a_whole_is_read(pack):
    assert read(pack(GOOD + record(page(1))))[0] == [TWO, ONE]


def skippable(data: bytes, magic: bytes = b"\x5d\x2a\x4d\x18") -> bytes:
    return magic + len(data).to_bytes(4, "little") + data


TRAINED = zstandard.train_dictionary(4096, [record(page(n), f"http://a.ir/{n}") for n in range(40)])
DICTIONARIES = {
    "as it is": skippable(TRAINED.as_bytes()),
    "packed itself": skippable(zstandard.compress(TRAINED.as_bytes())),
    "before a frame to skip": skippable(TRAINED.as_bytes()) + skippable(b"padding" * 20_000, b"\x50\x2a\x4d\x18"),
}


@pytest.mark.parametrize("front", DICTIONARIES.values(), ids=DICTIONARIES)
def test_records_that_are_packed_with_the_dictionary_of_their_file_are_read(tmp_path, front):
    packer = zstandard.ZstdCompressor(dict_data=TRAINED)
    path = tmp_path / "x.warc.zst"
    path.write_bytes(front + b"".join(packer.compress(record(page(n), f"http://a.ir/{n}")) for n in range(3)))
    assert [capture.url for capture in captures(str(path))] == [f"http://a.ir/{n}" for n in range(3)]


@pytest.mark.parametrize(
    ("front", "says"),
    [(skippable(b"")[:6], "cut off"), (skippable(zstandard.compress(b"x" * 17_000_000)), "a zstd dictionary that cannot be read"),
     (b"\x5d\x2a\x4d\x18\xff\xff\xff\xff", "a zstd dictionary of more than 16 MB"), (b"", "zstd")],
)  # fmt: skip
def test_a_dictionary_that_is_missing_or_cannot_be_read_is_named(front, says):
    records = b"" if "cut" in says else zstandard.ZstdCompressor(dict_data=TRAINED).compress(record(page(1)))
    with pytest.raises(UnreadableArchive, match=says):
        read(front + records)


@pytest.mark.survives("a file that is cut off", "`add` of WARC, ARC, WACZ", "the whole records before the cut")
@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_file_cut_anywhere_gives_the_whole_records_before_the_cut(pack, data):
    parts = [pack(record(page(n), f"http://a.ir/{n}")) for n in range(4)]
    whole = b"".join(parts)
    cut = data.draw(st.integers(1, len(whole)))
    ends = [sum(map(len, parts[: n + 1])) for n in range(4)]
    try:
        found = read(whole[:cut])[0]
    except UnreadableArchive:
        found = []
    assert found == [f"http://a.ir/{n}" for n in range(4)][: len(found)]
    assert len(found) >= sum(end <= cut for end in ends)


@settings(max_examples=60, deadline=None)
@example(b"\x00\n\t\x00", 0)  # a folded line after one that is no header
@given(st.binary(max_size=400), st.integers(0, 3000))
def test_no_bytes_in_a_file_raise_anything_else(noise, place):
    whole = GOOD + record(page(1))
    for data in (whole[:place] + noise + whole[place:], b"WARC/1.0\r\n" + noise):
        try:
            assert all(url in (ONE, TWO) or url for url in read(data)[0])
        except UnreadableArchive:
            continue


def arc(*pages: tuple[str, bytes]) -> bytes:
    version = b"1 0 InternetArchive\nURL IP-address Archive-date Content-type Archive-length\n"
    head = f"filedesc://x.arc 0.0.0.0 20061101100000 text/plain {len(version)}\n".encode() + version + b"\n"
    rows = (f"{url} 1.2.3.4 20061101100000 text/html {len(block)}\n".encode() + block + b"\n" for url, block in pages)
    return head + b"".join(rows)


@pytest.mark.parametrize("pack", PACKS.values(), ids=PACKS)
def test_an_arc_file_of_three_pages_gives_three(tmp_path, pack):
    path = tmp_path / "x.arc"
    path.write_bytes(pack(arc(*((f"http://a.ir/{n}", page(n)) for n in range(3)))))
    found = list(captures(str(path)))
    assert [capture.url for capture in found] == [f"http://a.ir/{n}" for n in range(3)]
    assert {capture.fetched_at for capture in found} == {"2006-11-01T13:30:00+03:30"}


def wacz(*, digest: str | None = None, package: bytes | None = None) -> bytes:
    data = gzip.compress(record(page(1))) + gzip.compress(GOOD)
    digest = digest or f"sha256:{hashlib.sha256(data).hexdigest()}"
    table = {"profile": "data-package", "resources": [{"path": "archive/data.warc.gz", "hash": digest, "bytes": len(data)}]}
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("archive/data.warc.gz", data)
        archive.writestr("pages/pages.jsonl", "{}")
        archive.writestr("datapackage.json", json.dumps(table).encode() if package is None else package)
    return out.getvalue()


@pytest.mark.parametrize(
    ("given", "says"),
    [({}, []), ({"digest": "sha256:00"}, ["is not what its digest says"]), ({"package": b"{"}, ["cannot be read"]),
     ({"package": b'{"resources": []}'}, ["is not in datapackage.json"]), ({"package": b"[" * 100_000}, ["cannot be read"])],
)  # fmt: skip
def test_a_wacz_is_read_and_its_digests_are_checked(tmp_path, given, says):
    path = tmp_path / "x.wacz"
    path.write_bytes(wacz(**given))
    complaints: list[str] = []
    assert [capture.url for capture in captures(str(path), complaints.append)] == [ONE, TWO]
    assert len(complaints) == len(says)
    assert all(words in complaint for words, complaint in zip(says, complaints, strict=True))


@pytest.mark.parametrize("data", [b"WARC/1.0 what is this", b"WARC/1.0\r\n\r\n", gzip.compress(b"WARC/1.0\r\n", mtime=0)])
def test_a_web_archive_without_a_readable_record_is_refused(tmp_path, data):
    path = tmp_path / "x.warc"
    path.write_bytes(data)
    assert is_warc(data)
    with pytest.raises(InputError, match="without a record that can be read"):
        list(captures(str(path)))


@pytest.mark.survives("bad records", "the run", "goes on, ends in a state that is true")
def test_one_bad_record_never_ends_an_add_and_the_run_says_what_is_true(tmp_path):
    (tmp_path / "x.warc").write_bytes(b"".join(bad for bad, _ in [*DAMAGED.values(), *PASSED_OVER.values()]) + GOOD)
    done = bayegan("--db", tmp_path / "a.db", "add", tmp_path / "x.warc")
    said = done.stderr.decode()
    assert done.returncode == 1
    assert "the status «2x0»" in said
    assert "passed over: " in said
    runs = json.loads(bayegan("--db", tmp_path / "a.db", "--json", "runs").stdout)
    assert (runs[0]["status"], runs[0]["inserted"] >= 1, runs[0]["failed"] >= 6) == ("failed", True, True)


def test_days_of_a_web_archive_are_chosen_by_when_it_was_fetched(tmp_path):
    days = [f"2026-11-0{n}T22:00:00Z" for n in (1, 2, 3)]
    pages = (record(page(n), f"http://a.ir/{n}", date=date) for n, date in enumerate(days))
    (tmp_path / "x.warc").write_bytes(b"".join(pages))
    done = bayegan(
        "--db", tmp_path / "a.db", "add", tmp_path / "x.warc", "--since", "1405-08-12", "--until", "2026-11-03", "--json"
    )
    assert (done.returncode, json.loads(done.stdout)["inserted"]) == (0, 1)
    assert "2 not of these days" in done.stderr.decode()


@pytest.mark.parametrize("url", ["ftp://a.ir/x", "file:///etc/passwd", "a.ir/x", "http://[::1", "http:///x", "javascript:x"])
@pytest.mark.parametrize("command", ["add", "parse"])
def test_an_address_that_is_given_is_of_the_web(tmp_path, command, url):
    (tmp_path / "x.html").write_text(article(1, BODY), encoding="utf-8")
    done = bayegan("--db", tmp_path / "a.db", command, tmp_path / "x.html", "--url", url)
    assert (done.returncode, "not an http or https address" in done.stderr.decode()) == (2, True)
    assert not (tmp_path / "a.db").exists()


def kept(number: int, url: str) -> Capture:
    return Capture(article(number).encode(), url, {"content-type": "text/html"}, f"2026-11-0{number}T10:00:00+03:30",
                   request_headers={"User-Agent": "x"})  # fmt: skip


URLS = ["http://www.a.ir/2", "http://a.ir:8080/1?b=2&a=1", "http://a.ir/", "http://127.0.0.1/x"]


def test_a_wacz_that_is_written_is_read_back_and_its_index_leads_to_each_record(tmp_path):
    path = tmp_path / "out.wacz"
    with path.open("wb") as stream:
        assert write_wacz((kept(n, url) for n, url in enumerate(URLS, 1)), stream) == 4
    complaints: list[str] = []
    found = list(captures(str(path), complaints.append))
    assert ([capture.url for capture in found], complaints) == (URLS, [])
    with zipfile.ZipFile(path) as archive:
        data = archive.read("archive/data.warc.gz")
        index = archive.read("indexes/index.cdx").decode().splitlines()
        pages = archive.read("pages/pages.jsonl").decode().splitlines()
        package = archive.read("datapackage.json")
        digest = json.loads(archive.read("datapackage-digest.json"))["hash"]
    assert digest == f"sha256:{hashlib.sha256(package).hexdigest()}"
    assert (len(pages), index) == (5, sorted(index))
    for line in index:
        key, timestamp, table = line.split(" ", 2)
        row = json.loads(table)
        start = int(row["offset"])
        (capture,) = read_warc(BytesIO(data[start : start + int(row["length"])]), "x")
        assert (capture.url, sort_key(capture.url or ""), timestamp[:8]) == (row["url"], key, row_day(capture))


def row_day(capture: Capture) -> str:
    return (capture.fetched_at or "")[:10].replace("-", "")


def test_an_archive_is_exported_as_wacz(tmp_path):
    (tmp_path / "x.warc").write_bytes(record(page(1)) + GOOD)
    bayegan("--db", tmp_path / "a.db", "add", tmp_path / "x.warc")
    done = bayegan("--db", tmp_path / "a.db", "export", "--format", "wacz", "-o", tmp_path / "o.wacz")
    assert done.returncode == 0, done.stderr
    assert {capture.url for capture in captures(str(tmp_path / "o.wacz"))} == {ONE, TWO}


KEYS = {  # as the `surt` program of the Internet Archive prints them
    "http://www.example.ir/Path/?b=2&a=1": "ir,example)/path?a=1&b=2",
    "https://a.co.ir:8443/x/": "ir,co,a:8443)/x",
    "http://a.ir": "ir,a)/",
    "http://a.ir/?q": "ir,a)/?q",
    "http://a.ir/x%D8%AE": "ir,a)/x%d8%ae",
    "http://user@www2.A.ir/c?B=1&a=%20#f": "ir,a)/c?a=%20&b=1",
    "http://xn--mgba3a4f16a.ir/?utm_source=x": "ir,xn--mgba3a4f16a)/?utm_source=x",
    "http://a.ir/a%252Fb": "ir,a)/a/b",
    "http://a.ir//x//y/./z/../w": "ir,a)/x/y/w",
    "http://a.ir/?q=%26%3D+%2520&%61=1": "ir,a)/?=+%20&a=1&q=",
    "http://a.ir/a%23b": "ir,a)/a%23b",
    "http://a.ir/خبر": "ir,a)/%d8%ae%d8%a8%d8%b1",
    "http://a.ir/?b&a&": "ir,a)/?&a&b",
    "http://a.ir/x?PHPSESSID=0123456789abcdefghijklmnopqrstuv&a=1": "ir,a)/x?a=1",
    "http://a.ir/a b": "ir,a)/a%20b",
    "http://127.0.0.1:8080/x": "1,0,0,127:8080)/x",
    "http://a.ir/a%ffb": "ir,a)/a%ffb",
    "https://a.ir:443/X?": "ir,a)/x",
}


@pytest.mark.parametrize(("url", "key"), KEYS.items())
def test_keys_of_the_index_are_those_of_other_tools(url, key):
    assert sort_key(url) == key


LAW = "ماده ۱ – میوه رسیده فروخته می\u200cشود.\nماده ۲ – ترازو درست باشد.\nماده ۳ – کودکان معاف\u200cاند.\n"
NEWS = "تیتر نوشته\n\nوزیر گفت: پیام\u200cرسان بله تا پایان سال آماده می\u200cشود و همه آن را خواهند دید.\n"


def documents(archive):
    rows = json.loads(bayegan("--db", archive, "export", "--format", "jsonl", "--sql", (
        "SELECT json_group_array(json_array(publisher, url, title, kind, first_seen_at)) AS rows FROM "
        "(SELECT * FROM articles ORDER BY url)"
    )).stdout)  # fmt: skip
    return json.loads(rows["rows"])


@pytest.mark.parametrize("form", ["warc", "wacz"])
def test_what_was_added_from_files_comes_back_as_the_same_documents(tmp_path, form):
    """Pages without an address were passed over: an archive of laws came back empty."""
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    for name, text, options in (
        ("fruit-law.txt", LAW, ()),
        ("titled.txt", LAW.replace("میوه", "سبزی"), ("--title", "قانون سبزی", "--approved", "1390-02-03")),
        ("news.txt", NEWS, ("--publisher", "sample")),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        bayegan("--db", first, "add", tmp_path / name, *options)
    bayegan("--db", first, "law", "edit", "قانون سبزی", "--out", tmp_path / "edited.txt")
    edited = (tmp_path / "edited.txt").read_text("utf-8").replace("ترازو", "باسکول")
    (tmp_path / "edited.txt").write_text(edited, encoding="utf-8")
    assert bayegan("--db", first, "law", "edit", "قانون سبزی", tmp_path / "edited.txt").returncode == 0
    assert len(documents(first)) == 4
    out = tmp_path / f"out.{form}"
    assert bayegan("--db", first, "export", "--format", form, "-o", out).returncode == 0
    said = bayegan("--db", second, "add", out).stderr.decode()
    assert "address" not in said
    assert documents(second) == documents(first)


def test_an_output_that_is_a_dash_is_standard_output(tmp_path):
    (tmp_path / "news.txt").write_text(NEWS, encoding="utf-8")
    bayegan("--db", tmp_path / "a.db", "add", tmp_path / "news.txt")
    done = bayegan("--db", tmp_path / "a.db", "export", "--format", "csv", "-o", "-", cwd=tmp_path)
    assert done.stdout.decode().startswith("document_id,")
    assert not (tmp_path / "-").exists()
