"""WACZ in: a ZIP of web archives with a description, whose digests are checked."""

from __future__ import annotations

import hashlib
import json
import zipfile
from typing import TYPE_CHECKING, BinaryIO

from scraper.record_checks import UnreadableArchive
from scraper.warc import read_warc

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Iterator

    from parsers.models import Capture

_PACKAGE = "datapackage.json"
_LONGEST_PACKAGE = 20_000_000
_READ = 1 << 20
_SUFFIXES = (".warc", ".warc.gz", ".warc.zst", ".arc", ".arc.gz")


def is_wacz(stream: BinaryIO) -> bool:
    """Return whether a file is a ZIP with web archives in it; the stream is left at its beginning."""
    try:
        with zipfile.ZipFile(stream) as archive:
            return bool(_members(archive))
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False
    finally:
        stream.seek(0)


def read_wacz(
    stream: BinaryIO, name: str, complain: Callable[[str], None] | None = None, passed_over: Counter[str] | None = None
) -> Iterator[Capture]:
    """Yield the pages of every web archive in the ZIP. A digest that does not fit is reported, the archive read all the same.

    Raises UnreadableArchive where none of them can be read.
    """
    tell = complain or (lambda _message: None)
    readable = 0
    with zipfile.ZipFile(stream) as archive:
        members = _members(archive)
        for problem in _problems(archive, members):
            tell(f"{name}: {problem}")
        for member in members:
            try:
                with archive.open(member) as opened:
                    yield from read_warc(opened, f"{name}: {member}", complain, passed_over)  # type: ignore[arg-type]
                readable += 1
            except (UnreadableArchive, zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError) as error:
                tell(f"{name}: {member}: {error}")
    if not readable:
        raise UnreadableArchive(f"{name}: none of its web archives can be read")


def _members(archive: zipfile.ZipFile) -> list[str]:
    return [info.filename for info in archive.infolist() if info.filename.lower().endswith(_SUFFIXES) and not info.is_dir()]


def _problems(archive: zipfile.ZipFile, members: list[str]) -> Iterator[str]:
    """Yield what the description and the files do not agree on."""
    try:
        if archive.getinfo(_PACKAGE).file_size > _LONGEST_PACKAGE:
            yield f"{_PACKAGE} is too large to be read"
            return
        table = json.loads(archive.read(_PACKAGE))
        resources = {str(row["path"]): str(row.get("hash", "")) for row in table["resources"]}
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, zipfile.BadZipFile, OSError) as error:
        yield f"{_PACKAGE} cannot be read: {type(error).__name__}"
        return
    for member in members:
        digest = resources.get(member)
        if digest is None:
            yield f"{member} is not in {_PACKAGE}"
        elif digest.startswith("sha256:") and digest.removeprefix("sha256:") != _sha256(archive, member):
            yield f"{member} is not what its digest says"


def _sha256(archive: zipfile.ZipFile, member: str) -> str | None:
    digest = hashlib.sha256()
    try:
        with archive.open(member) as opened:
            while piece := opened.read(_READ):
                digest.update(piece)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError):
        return None
    return digest.hexdigest()
