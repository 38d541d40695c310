"""`make release`: build sdist and wheel twice, compare, try the wheel in a clean environment, write an SBOM."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from reproducible import build, day_of

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"


def main() -> int:
    """Build, compare, install, crawl, list; return 0 where all of it worked, else 1 with a line that says what failed."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if f"## {version} (" not in changes:
        return _failed(f"CHANGELOG.md has no dated section «## {version} (YYYY-MM-DD)»")
    for old in DIST.glob("bayegan-*"):
        old.unlink()
    moment = day_of(version, changes)
    build(ROOT, DIST, moment)
    with tempfile.TemporaryDirectory() as again:
        build(ROOT, Path(again), moment)
        differing = [file.name for file in Path(again).iterdir() if file.read_bytes() != (DIST / file.name).read_bytes()]
    if differing:
        return _failed(f"two builds differ: {', '.join(differing)}")
    wheel, sdist = DIST / f"bayegan-{version}-py3-none-any.whl", DIST / f"bayegan-{version}.tar.gz"
    if not (wheel.is_file() and sdist.is_file()):
        return _failed(f"{DIST} does not hold the wheel and the sdist of {version}")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        venv.create(place / "venv", with_pip=True)
        python, command = place / "venv/bin/python", place / "venv/bin/bayegan"
        run(python, "-m", "pip", "install", "-q", "-c", ROOT / "constraints.txt", wheel)
        run(command, "--version", cwd=place)
        run(command, "--db", place / "archive.db", "crawl", "sample", cwd=place)
        run(command, "--db", place / "archive.db", "search", "پیام رسان", cwd=place)
        listed = write_sbom(python, DIST / f"bayegan-{version}.cdx.json")
    print(f"{wheel.name} and {sdist.name} are in {DIST.relative_to(ROOT)}/, two builds are equal, and the wheel works")
    print(f"bayegan-{version}.cdx.json names the {listed} packages of that install")
    return 0


def write_sbom(python: Path, file: Path) -> int:
    """Write what `python`'s environment holds as CycloneDX JSON and return how many packages it names."""
    tool = ROOT / "build/supply/bin/cyclonedx-py"
    run(tool, "environment", "--pyproject", ROOT / "pyproject.toml", "--output-reproducible", "--of", "JSON", "-o", file, python)
    return len(json.loads(file.read_text(encoding="utf-8"))["components"])


def run(*command: str | Path, cwd: Path = ROOT) -> None:
    """Run a command outside the checkout's own environment. Raises CalledProcessError where it fails."""
    print("$", *(str(part) for part in command[:4]), "…" if len(command) > 4 else "", flush=True)
    subprocess.run([str(part) for part in command], cwd=cwd, check=True, env=_environment())


def _environment() -> dict[str, str]:
    import os

    return {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}


def _failed(why: str) -> int:
    print(f"release: {why}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
