"""HAR files in: each entry is read, or counted and named by its reason; text is what the browser decoded."""

from __future__ import annotations

import base64
import gzip
import json
from collections import Counter
from io import BytesIO

import pytest
from fault_server import article
from forked_command import bayegan
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.har import is_har, read_har
from scraper.input_files import InputError, captures
from scraper.record_checks import UnreadableArchive

ONE, TWO = "http://a.ir/1", "http://a.ir/2"
TEXT = article(1)
STARTED = "2026-11-01T10:00:00.123Z"


def entry(url: str = ONE, *, status: object = 200, method: str = "GET", started: str = STARTED, kind: str = "text/html",
          headers: dict[str, str] | None = None, **content: object) -> dict[str, object]:  # fmt: skip
    content = content or {"text": TEXT}
    return {
        "startedDateTime": started, "time": 12.5, "cache": {}, "timings": {"wait": 1},
        "request": {"method": method, "url": url, "headers": [{"name": "Cookie", "value": "secret=1"}], "cookies": []},
        "response": {
            "status": status, "headers": [{"name": name, "value": value} for name, value in (headers or {}).items()],
            "content": {"size": 1, "mimeType": kind, **content},
        },
    }  # fmt: skip


GOOD = entry(TWO)


def har(*entries: object, indent: int | None = None) -> bytes:
    pages = [{"id": "page_1", "title": "[entries] {", "startedDateTime": STARTED, "entries": [{"x": 1}]}]
    log = {"version": "1.2", "creator": {"name": "x", "version": "1"}, "pages": pages, "entries": entries, "comment": "}"}
    return json.dumps({"log": log}, ensure_ascii=False, indent=indent).encode()


def read(data: bytes) -> tuple[list[str | None], Counter[str], list[str]]:
    passed_over: Counter[str] = Counter()
    complaints: list[str] = []
    found = [capture.url for capture in read_har(BytesIO(data), "x.har", complaints.append, passed_over)]
    return found, passed_over, complaints


OLD = article(1).replace("utf-8", "windows-1256")
READ = {
    "text": ({"text": TEXT}, {}),
    "base64": ({"text": base64.b64encode(TEXT.encode()).decode(), "encoding": "base64"}, {}),
    "base64 of gzip": ({"text": base64.b64encode(gzip.compress(TEXT.encode())).decode(), "encoding": "base64"}, {}),
    "headers of the wire": ({"text": TEXT}, {"Content-Encoding": "br", "Transfer-Encoding": "chunked", ":status": "200"}),
    "a type in the header": ({"text": TEXT, "kind": ""}, {"Content-Type": "TEXT/HTML; charset=windows-1256"}),
    "no type": ({"text": TEXT, "kind": "x-unknown"}, {}),
}  # fmt: skip


@pytest.mark.parametrize(("content", "headers"), READ.values(), ids=READ)
@pytest.mark.parametrize("indent", [None, 2])
def test_a_page_is_read_however_it_was_saved(content, headers, indent):
    (found, other) = read_har(BytesIO(har(entry(headers=headers, **content), GOOD, indent=indent)), "x")
    assert (found.url, found.body.decode(), other.url) == (ONE, TEXT, TWO)
    assert found.fetched_at == "2026-11-01T13:30:00+03:30"
    assert not {"content-encoding", "transfer-encoding", ":status", "cookie"} & set(found.headers)


def test_text_is_utf8_whatever_was_on_the_wire():
    (found,) = read_har(BytesIO(har(entry(text=OLD, headers={"content-type": "text/html;charset=windows-1256"}))), "x")
    assert found.headers["content-type"] == "text/html; charset=utf-8"


PASSED_OVER = {
    "a picture": (entry(kind="image/png"), "image/png"),
    "data of a page": (entry(kind="application/json"), "application/json"),
    "an error": (entry(status=404), "status 404"),
    "an answer that never came": (entry(status=0), "status 0"),
    "from the browser's cache": (entry(status=304), "status 304"),
    "a form": (entry(method="post"), "POST request"),
    "a body that was not saved": (entry(size=0), "body not saved"),
    "an empty body": (entry(text=""), "empty body"),
    "data in the address": (entry("data:text/html,x"), "data: address"),
    "an extension": (entry("chrome-extension://x/y.html"), "chrome-extension: address"),
}


@pytest.mark.parametrize(("bad", "reason"), PASSED_OVER.values(), ids=PASSED_OVER)
def test_what_is_no_page_is_counted_by_its_reason_and_is_no_failure(bad, reason):
    assert read(har(bad, GOOD)) == ([TWO], Counter({reason: 1}), [])


BAD = {
    "no request": ({**GOOD, "request": None}, "an entry without its request"),
    "no content": ({**GOOD, "response": {"status": 200}}, "an entry without its content"),
    "no address": (entry(None), "an entry without an address and a status"),  # type: ignore[arg-type]
    "no status": (entry(status=None), "an entry without an address and a status"),
    "half an address": (entry("http://[::1/x"), "an address that is none"),
    "no base64": (entry(text="a", encoding="base64"), "a body that is no base64"),
}


@pytest.mark.parametrize(("bad", "reason"), BAD.values(), ids=BAD)
def test_what_cannot_be_read_is_named_and_the_rest_is_read(bad, reason):
    found, _, complaints = read(har(bad, GOOD))
    assert found == [TWO]
    assert [complaint.partition("read: ")[2] for complaint in complaints] == [reason]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [(b'"GET"', b"GET", "an entry that is no JSON"), (b'"time": 12.5', b'"time": ' + b"[" * 900 + b"]" * 899, "cut off"),
     (b'"wait": 1}', b'"wait": 1', "cut off"), (b'"cache"', b'"cache', "cut off")],
)  # fmt: skip
def test_damage_is_named_and_what_stands_before_it_is_read(old, new, says):
    whole = har(GOOD, entry())
    place = whole.rindex(old)
    found, _, complaints = read(whole[:place] + new + whole[place + len(old) :])
    assert (found, bool(complaints), says in str(complaints)) == ([TWO], True, True)


@settings(max_examples=60, deadline=None)
@given(st.integers(1, len(har(GOOD, entry(), GOOD))))
def test_a_file_cut_anywhere_gives_the_whole_entries_before_the_cut(cut):
    whole = har(GOOD, entry(), GOOD)
    try:
        found, _, complaints = read(whole[:cut])
    except UnreadableArchive:
        return
    assert found == [TWO, ONE, TWO][: len(found)]
    assert bool(complaints) == (cut < len(whole) - len(b'], "comment": "}"}}') + 1)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=60), st.integers(0, 3000))
def test_no_bytes_in_a_file_raise_anything_else(noise, place):
    whole = har(GOOD, entry())
    try:
        assert all(read(whole[:place] + noise + whole[place:])[0])
    except UnreadableArchive:
        return


@pytest.mark.parametrize("log", [b"{}}", b"""{"entries": []}}""", b"""{"entries": [""", b"{" + b"[" * 90_000])
def test_a_har_file_without_a_readable_entry_is_refused(tmp_path, log):
    path = tmp_path / "x.har"
    data = b'{"log": ' + log
    path.write_bytes(data)
    assert is_har(data)
    with pytest.raises(InputError, match="without a record that can be read"):
        list(captures(str(path)))


@pytest.mark.parametrize("data", [b"{}", b'{"urls": []}', b'{"log": 1}', b"<html>", b'["log", {"entries": []}]'])
def test_other_json_is_no_har_file(data):
    assert not is_har(data)


@pytest.mark.parametrize("pack", [bytes, gzip.compress, lambda data: b"\xef\xbb\xbf" + data], ids=["plain", "gzipped", "mark"])
def test_a_har_file_is_added(tmp_path, pack):
    path = tmp_path / "visit.har"
    path.write_bytes(pack(har(entry(), GOOD, *(bad for bad, _ in PASSED_OVER.values()))))
    done = bayegan("--db", tmp_path / "a.db", "add", path, "--json")
    assert (done.returncode, json.loads(done.stdout)["inserted"]) == (0, 2), done.stderr
    assert "1 status 404" in done.stderr.decode()
