"""`make audit`: asks pip-audit for known vulnerabilities of what constraints.txt pins, and says what could not be asked."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TOOL = ROOT / "build/supply/bin/pip-audit"
_ARGUMENTS = (
    "--format",
    "json",
    "--progress-spinner",
    "off",
    "--timeout",
    "10",
    "--no-deps",
    "--disable-pip",
    "-r",
    "constraints.txt",
)


def main() -> int:
    """Run pip-audit and print the outcome; return 1 where a vulnerability is known."""
    done = subprocess.run([TOOL, *_ARGUMENTS], cwd=ROOT, capture_output=True, text=True, check=False)
    lines, code = outcome(done.stdout, done.stderr)
    print("\n".join(lines))
    return code


def outcome(report: str, errors: str) -> tuple[list[str], int]:
    """Return what to print for pip-audit's JSON report, and the exit code: 1 where a vulnerability is known, else 0.

    pip-audit itself answers «no known vulnerabilities» where its database had no word on any package, so those are counted.
    """
    try:
        packages = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        last = (errors.strip().splitlines() or ["no output"])[-1]
        return [f"audit: NOT AUDITED: pip-audit got no answer ({last})"], 0
    skipped = [package for package in packages if "skip_reason" in package]
    asked = [package for package in packages if "skip_reason" not in package]
    hit = [package for package in asked if package["vulns"]]
    if not asked:
        return [
            f"audit: NOT AUDITED: the database of vulnerabilities could not be asked; {len(skipped)} packages not looked up"
        ], 0
    lines = [f"{package['name']} {package['version']}: {vuln['id']}" for package in hit for vuln in package["vulns"]]
    lines += [f"not looked up: {package['skip_reason']}" for package in skipped]
    return [
        *lines,
        f"audit: {len(asked)} packages looked up, {len(hit)} with known vulnerabilities, {len(skipped)} not looked up",
    ], int(bool(hit))


if __name__ == "__main__":
    sys.exit(main())
