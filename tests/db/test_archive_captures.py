from __future__ import annotations

import random

import pytest
from archive_pages import page

from db.archive import ArchiveError
from parsers.models import Capture


def test_a_capture_comes_out_as_it_went_in(archive):
    capture, record = page()
    capture = Capture(
        b"\x00\xff" * 50, "https://sobh.example/news/1", {"ETag": '"x"', "X-نام": "مقدار"}, None, "sobh", 203,
        "https://sobh.example/final", {"Accept": "*/*"},
    )  # fmt: skip
    archive.store(capture, record)
    assert archive.captures.read(1) == capture


def test_a_publisher_that_nobody_gave_is_not_given_back(archive):
    archive.store(*page())
    assert archive.captures.read(1).publisher is None


@pytest.mark.parametrize("body", [b"", b"x", bytes(range(256)) * 40])
def test_any_bytes_are_kept(archive, body):
    archive.store(*page(html=body))
    assert archive.captures.read(1).body == body


def test_later_versions_lean_on_the_ones_before_and_the_chain_has_an_end(archive):
    noise = random.Random(1).randbytes(20_000)
    bodies = [noise + f"<p>{n}".encode() for n in range(60)]
    for n, body in enumerate(bodies):
        archive.store(*page(title=f"خبر {n}", html=body))
    assert [capture.body for _, capture in archive.captures_to_reparse()] == bodies
    sizes = [row[0] for row in archive.db.execute("select length(data) from blobs where base_id is not null").fetchall()]
    assert max(sizes) < 200
    assert archive.db.execute("select max(depth), count(*) filter (where base_id is null) from blobs").fetchone() == (24, 3)


def test_the_same_bytes_are_kept_once(archive):
    for day, title in enumerate(("یک", "دو", "یک"), 1):
        archive.store(*page(title=title, html=title.encode(), at=f"2026-11-0{day}T10:00:00Z"))
    assert archive.db.execute("select count(*) from blobs").fetchone() == (2,)
    assert archive.db.execute("select count(*) from captures").fetchone() == (3,)


def test_damaged_bytes_are_said_to_be_damaged(archive):
    archive.store(*page())
    archive.db.execute("update blobs set data = zeroblob(40)")
    with pytest.raises(ArchiveError, match="damaged"):
        archive.captures.read(1)
    with pytest.raises(ArchiveError, match="no capture 9"):
        archive.captures.read(9)
