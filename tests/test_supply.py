"""What is installed is listed with its licence, two builds are equal, and an audit that asked nobody says so."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[1]


def tool(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


licences, reproducible, audit = tool("licences"), tool("reproducible"), tool("audit")


def listed() -> dict[str, tuple[str, str]]:
    rows = re.findall(r"^\| ([a-z0-9-]+) \| (\S+) \| (.+?) \| \w+ \|$", licences.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    return {name: (version, licence) for name, version, licence in rows}


def test_the_licences_are_those_of_the_pinned_versions():
    pinned = licences.pinned()
    assert len(listed()) > 50
    assert {name: version for name, (version, _) in listed().items()} == {name: pinned.get(name) for name in listed()}


def test_the_page_lists_every_package_that_is_installed_for_a_user():
    assert set(listed()) == {row.name for row in licences.rows()}, "python tools/licences.py"


def test_the_licences_are_what_the_packages_state():
    same = [row for row in licences.rows() if row.version == listed()[row.name][0]]
    assert {row.name: row.licence for row in same} == {row.name: listed()[row.name][1] for row in same}, (
        "python tools/licences.py"
    )


@pytest.mark.skipif(importlib.util.find_spec("setuptools") is None, reason="the build backend, setuptools, is not installed")
@pytest.mark.skipif(importlib.util.find_spec("build") is None, reason="build is not installed")
def test_two_builds_give_the_same_bytes(tmp_path):
    moment = reproducible.day_of("0.2.0", "## 0.2.0 (2026-11-29)")
    for number, mode in (("first", 0o644), ("second", 0o664)):
        source = tmp_path / number / "source"
        source.mkdir(parents=True)
        for name in ("pyproject.toml", "README.md", "LICENSE", "NOTICE"):
            shutil.copyfile(ROOT / name, source / name)
            (source / name).chmod(mode)
        shutil.copytree(ROOT / "parsers" / "grammar", source / "parsers" / "grammar", copy_function=shutil.copyfile)
        (source / "parsers" / "__init__.py").write_text("", encoding="utf-8")
        reproducible.build(source, tmp_path / number / "dist", moment)
    first, second = (
        {file.name: file.read_bytes() for file in (tmp_path / number / "dist").iterdir()} for number in ("first", "second")
    )
    assert sorted(name.rsplit(".", 1)[-1] for name in first) == ["gz", "whl"]
    assert first == second


def test_a_version_without_a_day_cannot_be_built():
    with pytest.raises(ValueError, match="no day"):
        reproducible.day_of("0.3.0", "## 0.2.0 (2026-11-29)\n## 0.3.0 (unreleased)")


FREE = {"name": "a", "version": "1", "vulns": []}
HIT = {"name": "b", "version": "2", "vulns": [{"id": "PYSEC-1"}]}
SKIPPED = {"name": "c", "skip_reason": "not found"}


@pytest.mark.parametrize(
    ("packages", "last", "code"),
    [
        ([FREE, HIT], "2 packages looked up, 1 with known vulnerabilities, 0 not", 1),
        ([FREE, SKIPPED], "1 packages looked up, 0 with known vulnerabilities, 1 not", 0),
        ([SKIPPED, SKIPPED], "NOT AUDITED", 0),
        (None, "NOT AUDITED", 0),
    ],
)
def test_an_audit_that_could_not_ask_says_so(packages, last, code):
    lines, found = audit.outcome("" if packages is None else json.dumps({"dependencies": packages}), "no route to host")
    assert last in lines[-1]
    assert found == code
