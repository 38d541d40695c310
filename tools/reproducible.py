"""Builds the sdist and the wheel so that the same files give the same bytes."""

from __future__ import annotations

import datetime
import gzip
import io
import os
import re
import subprocess
import sys
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def day_of(version: str, changes: str) -> int:
    """Return midnight UTC of the day of `version` in `changes`, in seconds since 1970. Raises ValueError where it has no day."""
    found = re.search(rf"^## {re.escape(version)} \((\d{{4}}-\d\d-\d\d)\)", changes, re.MULTILINE)
    if found is None:
        raise ValueError(f"CHANGELOG.md gives no day for {version}")
    return int(datetime.datetime.fromisoformat(found[1]).replace(tzinfo=datetime.UTC).timestamp())


def build(source: Path, target: Path, moment: int) -> None:
    """Build sdist and wheel of `source` into `target`, every time in them being `moment`. Raises CalledProcessError.

    The build takes setuptools from the environment, where constraints.txt pins it; another version may write other bytes.
    """
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(target), str(source)]
    subprocess.run(command, check=True, env=kept | {"SOURCE_DATE_EPOCH": str(moment)}, umask=0o022, stdout=subprocess.DEVNULL)
    for sdist in target.glob("*.tar.gz"):
        _level(sdist, moment)


def _level(sdist: Path, moment: int) -> None:
    """Write an sdist anew in the order of names, without the times, owners and modes of this machine."""
    plain = io.BytesIO()
    with tarfile.open(sdist) as old, tarfile.open(fileobj=plain, mode="w", format=tarfile.PAX_FORMAT) as new:
        for entry in sorted(old.getmembers(), key=lambda member: member.name):
            level = tarfile.TarInfo(entry.name)
            level.type, level.size, level.linkname, level.mtime = entry.type, entry.size, entry.linkname, moment
            level.mode = 0o755 if entry.isdir() or entry.mode & 0o100 else 0o644
            new.addfile(level, old.extractfile(entry) if entry.isfile() else None)
    sdist.write_bytes(gzip.compress(plain.getvalue(), mtime=moment))
