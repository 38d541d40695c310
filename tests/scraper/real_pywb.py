"""A real pywb on loopback with one collection, where there is one."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replaying(folder: Path, file: str, *options: str) -> Iterator[str]:
    """Yield the address of a collection that holds a web archive of the folder; skip the test where pywb is missing.

    Its `wayback` may be named by the environment variable PYWB.
    """
    wayback = os.environ.get("PYWB") or shutil.which("wayback")
    if not wayback:
        pytest.skip("pywb is not installed: name its `wayback` in PYWB")
    manager = str(Path(wayback).with_name("wb-manager"))
    for line in (["init", "news"], ["add", *options, "news", file]):
        subprocess.run([manager, *line], cwd=folder, check=True, capture_output=True, timeout=60)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with subprocess.Popen([wayback, "-p", str(port), "-b", "127.0.0.1"], cwd=folder, stdout=subprocess.DEVNULL,
                          stderr=subprocess.DEVNULL) as process:  # fmt: skip
        try:
            for _ in range(400):
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", port)) == 0:
                        break
                time.sleep(0.05)
            yield f"http://127.0.0.1:{port}/news/"
        finally:
            process.terminate()
