"""How long a stranger waits for the first answer, and how much is installed: wheel, clean environment, sample, first page.

    python benchmarks/install.py [pip uv pipx ...]     # pip alone without arguments; uv and pipx are installed for it

Wall time; the packages are those of the registry that pip is set up for, or of its cache. MB are files on disk.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def environment(place: Path) -> dict[str, str]:
    """Return an environment in which nothing of this checkout is found, and tools install into the place."""
    kept = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    own = {"UV_TOOL_DIR": "tools", "UV_TOOL_BIN_DIR": "bin", "PIPX_HOME": "tools", "PIPX_BIN_DIR": "bin"}
    return kept | {name: str(place / folder) for name, folder in own.items()} | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"}


def run(*command: str | Path, place: Path) -> float:
    """Run a command; return the seconds that it took."""
    begin = time.perf_counter()
    subprocess.run([str(part) for part in command], cwd=place, check=True, env=environment(place), stdout=subprocess.DEVNULL)
    return time.perf_counter() - begin


def build(place: Path) -> Path:
    """Return a wheel of this checkout."""
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", place, ROOT, place=place)
    return next(place.glob("bayegan-*.whl"))


def installed(way: str, wheel: Path, place: Path) -> tuple[float, Path, Path]:
    """Install in one way; return the seconds, the command, and the folder with all that was installed."""
    wanted = f"{wheel}[web]"
    if way == "pip":
        seconds = run(sys.executable, "-m", "venv", "tools", place=place)
        seconds += run(place / "tools/bin/pip", "install", "-q", wanted, place=place)
        return seconds, place / "tools/bin/bayegan", place / "tools"
    venv.create(place / "helper", with_pip=True)
    run(place / "helper/bin/pip", "install", "-q", way, place=place)
    words = ("tool", "install", "-q", "--python", sys.executable) if way == "uv" else ("install", "--python", sys.executable)
    seconds = run(place / "helper/bin" / way, *words, wanted, place=place)
    return seconds, place / "bin/bayegan", place / "tools"


def megabytes(folder: Path) -> float:
    """Return what the files of a folder take; what several names share counts once."""
    sizes = {(found.st_dev, found.st_ino): found.st_size for path in folder.rglob("*") if (found := path.lstat())}
    return sum(sizes.values()) / 1e6


def first_page(command: Path, place: Path) -> float:
    """Return the seconds from `bayegan serve` to its first page."""
    begin = time.perf_counter()
    words = [command, "--db", "archive.db", "serve", "--port", "0"]
    with subprocess.Popen(words, cwd=place, env=environment(place), stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        address = server.stdout.readline().split()[0]
        with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own server
            assert answer.status == 200
        seconds = time.perf_counter() - begin
        server.terminate()
    return seconds


def main(ways: list[str]) -> None:
    """Print a row for each way."""
    print("| installed with | s | MB | crawl sample, s | first page, s | all, s |\n|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        wheel = build(Path(folder))
        for way in ways:
            place = Path(folder) / way
            place.mkdir()
            seconds, command, tools = installed(way, wheel, place)
            crawl = run(command, "--db", "archive.db", "crawl", "sample", place=place)
            page = first_page(command, place)
            row = (way, seconds, megabytes(tools), crawl, page, seconds + crawl + page)
            print("| {} | {:.1f} | {:.0f} | {:.1f} | {:.1f} | {:.1f} |".format(*row), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:] or ["pip"])
