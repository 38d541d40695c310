"""What is kept from process to process is what a new one would make, whatever stands in the kept file."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import kept_files
from parsers.facts import bodies
from parsers.grammar import kept_expressions
from parsers.grammar.kept_expressions import kept
from parsers.lexicon import read_toml

EXPRESSIONS = [
    (r"(?P<number>[0-9]{1,3})\u200c?(?P<unit>روز|ماه)?", 0),
    (r"(?x) بند [ ]? ([0-9]+)   # a clause", 0),
    ("telegram|بله", re.IGNORECASE),
    ("(?m:^)[اأآإٱ]لف$", 0),
]
TEXTS = ["۱۲ روز، 30ماه و 7\u200cماه", "بند 12 و بند3", "TELEGRAM و بله", "الف\nألف", ""]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path


def _found(expression: re.Pattern[str]) -> list[object]:
    return [
        (match.span(), match.groups(), match.groupdict(), match.lastgroup)
        for text in TEXTS
        for match in expression.finditer(text)
    ]


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.kept"))


@pytest.mark.parametrize(("pattern", "flags"), EXPRESSIONS)
def test_a_kept_expression_finds_what_a_new_one_finds(folder: Path, pattern: str, flags: int) -> None:
    new = re.compile(pattern, flags)
    first, again = kept("one", pattern, flags), kept("one", pattern, flags)
    assert len(_files(folder)) == 1
    for expression in (first, again):
        assert _found(expression) == _found(new)
        assert (expression.pattern, expression.flags, expression.groups, expression.groupindex) == (
            new.pattern, new.flags, new.groups, new.groupindex,
        )  # fmt: skip


def test_the_second_time_nothing_is_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept("one", *EXPRESSIONS[0])
    monkeypatch.setattr(kept_expressions, "_compiled", lambda *_: pytest.fail("compiled again"))
    assert _found(kept("one", *EXPRESSIONS[0])) == _found(re.compile(*EXPRESSIONS[0]))
    assert folder


@given(st.binary(max_size=200), st.integers(0, 400))
def test_a_damaged_file_is_compiled_again(damage: bytes, at: int) -> None:
    kept("damaged_in_a_test", *EXPRESSIONS[0])
    path = kept_files.path_of("expression-damaged_in_a_test")
    if not path.exists():  # Python may not write here
        return
    try:
        data = path.read_bytes()
        path.write_bytes(data[:at] + damage + data[at + len(damage) :])
        assert _found(kept("damaged_in_a_test", *EXPRESSIONS[0])) == _found(re.compile(*EXPRESSIONS[0]))
    finally:
        path.unlink(missing_ok=True)


def test_another_expression_of_the_name_replaces_the_kept_one(folder: Path) -> None:
    for pattern, flags in EXPRESSIONS:
        assert _found(kept("one", pattern, flags)) == _found(re.compile(pattern, flags))
    assert len(_files(folder)) == 1


def test_nothing_is_written_where_python_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert _found(kept("one", *EXPRESSIONS[0])) == _found(re.compile(*EXPRESSIONS[0]))
    assert _files(folder) == []


def test_a_folder_that_takes_no_file_costs_nothing_but_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    assert _found(kept("one", *EXPRESSIONS[0])) == _found(re.compile(*EXPRESSIONS[0]))


def test_without_the_engine_of_this_python_expressions_are_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_expressions, "_CAN_KEEP", False)
    assert _found(kept("one", *EXPRESSIONS[0])) == _found(re.compile(*EXPRESSIONS[0]))
    assert _files(folder) == []


def test_this_python_can_keep_expressions() -> None:
    assert kept_expressions._CAN_KEEP


def test_the_largest_expression_is_the_same_when_read_back(folder: Path) -> None:
    bodies._pattern.cache_clear()
    made = bodies._pattern()
    bodies._pattern.cache_clear()
    read = bodies._pattern()
    text = "در جلسه شورای عالی فضای مجازی و هیأت وزیران، مجلس شورای اسلامی حاضر بود"
    assert [found.span() for found in made.finditer(text)] == [found.span() for found in read.finditer(text)] != []
    assert len(_files(folder)) == 1


def test_a_kept_toml_says_what_the_text_says(folder: Path) -> None:
    for text in ("a = 1\n[b]\nc = ['بله', 2.5, true]\n", "a = 2", "a = 2"):
        assert read_toml("one", text) == tomllib.loads(text)
    assert len(_files(folder)) == 1


def test_a_toml_with_what_cannot_be_kept_is_read_each_time(folder: Path) -> None:
    text = "day = 2026-11-29"
    assert read_toml("one", text) == read_toml("one", text) == tomllib.loads(text)
    assert _files(folder) == []


def test_a_toml_that_does_not_hold_raises_each_time(folder: Path) -> None:
    for _ in range(2):
        with pytest.raises(tomllib.TOMLDecodeError):
            read_toml("one", "a = ")
    assert _files(folder) == []
