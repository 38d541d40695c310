"""`make release`: build sdist and wheel into dist/, install the wheel in a clean environment, crawl the sample newsroom."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DIST = ROOT / "dist"


def main() -> int:
    """Build, install, crawl; return 0 where the installed command did its work, else 1 with a line that says what failed."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    if f"## {version} (" not in changes:
        return _failed(f"CHANGELOG.md has no dated section «## {version} (YYYY-MM-DD)»")
    for old in DIST.glob("bayegan-*"):
        old.unlink()
    run(sys.executable, "-m", "build", "--outdir", DIST, ROOT)
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
    print(f"{wheel.name} and {sdist.name} are in {DIST.relative_to(ROOT)}/, and the wheel works")
    return 0


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
