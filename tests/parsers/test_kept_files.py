"""What is kept from process to process is what a new one would make, whatever stands in the kept file."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import expressions, extract, kept_files, kept_table
from parsers.expressions import Expressions, expression, longest_first
from parsers.facts import bodies
from parsers.grammar import kept_patterns
from parsers.grammar.blanks import WORD_END
from parsers.grammar.instrument_titles import this
from parsers.grammar.names import any_of
from parsers.grammar.spellings import phrases
from parsers.lexicon import read_toml
from parsers.persian import letter_repair, loaded_model, model

EXPRESSIONS = [
    (r"(?P<number>[0-9]{1,3})\u200c?(?P<unit>روز|ماه)?", 0),
    (r"(?x) بند [ ]? ([0-9]+)   # a clause", 0),
    ("telegram|بله", re.IGNORECASE),
    ("(?m:^)[اأآإٱ]لف$", 0),
]
ROOT = Path(__file__).resolve().parents[2]
ARTICLE = ROOT / "tests/pages/nastooh/mehr_article.html"
FIRST_ARTICLE = (
    "import sys; from parsers import Capture, parse; "
    "parse(Capture(open(sys.argv[1], 'rb').read(), url='https://www.nemuneh.ir/fa/news/4512'))"
)
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


def _kept_by_another_process(*written: tuple[str, int]) -> None:
    process = Expressions()
    for pattern, flags in written:
        process.compiled(pattern, flags)
    process.keep()


@pytest.mark.parametrize(("pattern", "flags"), EXPRESSIONS)
def test_a_kept_expression_finds_what_a_new_one_finds(folder: Path, pattern: str, flags: int) -> None:
    new = re.compile(pattern, flags)
    _kept_by_another_process(*EXPRESSIONS)
    assert len(_files(folder)) == 1
    for found in (Expressions().compiled(pattern, flags), expression(pattern, flags)):
        assert _found(found) == _found(new)
        assert (found.pattern, found.flags, found.groups, found.groupindex) == (
            new.pattern, new.flags, new.groups, new.groupindex,
        )  # fmt: skip


def test_an_expression_of_bytes_is_none_of_letters(folder: Path) -> None:
    first = Expressions()
    assert first.compiled(b"[a-c]+").findall(b"abcd") == [b"abc"]
    assert first.compiled("[a-c]+").findall("abcd") == ["abc"]
    first.keep()
    again = Expressions()
    assert again.compiled("[a-c]+").findall("abcd") == ["abc"]
    assert again.compiled(b"[a-c]+").findall(b"abcd") == [b"abc"]
    assert folder


@pytest.mark.usefixtures("folder")
def test_the_next_process_compiles_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    _kept_by_another_process(*EXPRESSIONS)
    monkeypatch.setattr(expressions, "_compiled", lambda *_: pytest.fail("compiled again"))
    process = Expressions()
    for pattern, flags in EXPRESSIONS:
        assert _found(process.compiled(pattern, flags)) == _found(re.compile(pattern, flags))
        assert process.compiled(pattern, flags) is process.compiled(pattern, flags)


@pytest.mark.usefixtures("folder")
def test_what_processes_compile_beside_each_other_is_all_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = Expressions(), Expressions()
    one.compiled(*EXPRESSIONS[0])
    other.compiled(*EXPRESSIONS[1])
    one.keep()
    other.keep()
    monkeypatch.setattr(expressions, "_compiled", lambda *_: pytest.fail("compiled again"))
    process = Expressions()
    assert [_found(process.compiled(*each)) for each in EXPRESSIONS[:2]] == [
        _found(re.compile(*each)) for each in EXPRESSIONS[:2]
    ]


def test_what_took_long_to_compile_is_kept_at_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_table, "_WORTH_KEEPING", 0)
    Expressions().compiled(*EXPRESSIONS[0])
    assert len(_files(folder)) == 1


def test_a_file_with_more_expressions_than_a_version_has_begins_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_table, "_MOST", 3)
    _kept_by_another_process(*EXPRESSIONS[:3])
    _kept_by_another_process(EXPRESSIONS[3])
    assert [*Expressions()._parts.read()] == [EXPRESSIONS[3]]
    assert folder


def test_a_large_file_begins_anew(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _kept_by_another_process(*EXPRESSIONS[:3])
    monkeypatch.setattr(kept_table, "_LARGEST", _files(folder)[0].stat().st_size - 1)
    _kept_by_another_process(EXPRESSIONS[3])
    assert [*Expressions()._parts.read()] == [EXPRESSIONS[3]]


def test_who_may_read_the_program_may_read_what_is_kept(folder: Path) -> None:
    _kept_by_another_process(EXPRESSIONS[0])
    readable = Path(kept_files.__file__).stat().st_mode & 0o444
    assert _files(folder)[0].stat().st_mode & 0o444 == readable | 0o400


def test_what_a_killed_process_left_is_removed(folder: Path) -> None:
    _kept_by_another_process(EXPRESSIONS[0])
    old, new = (_files(folder)[0].with_name(f"{name}.kept.part") for name in ("old", "new"))
    old.touch()
    new.touch()
    os.utime(old, (0, 0))
    _kept_by_another_process(EXPRESSIONS[1])
    assert not old.exists()
    assert new.exists()


def test_what_cannot_be_read_is_never_what_was_kept(tmp_path: Path) -> None:
    missing = tmp_path / "packed.py"
    assert kept_files.digest_of_files(missing) != kept_files.digest_of_files(missing)
    missing.touch()
    assert kept_files.digest_of_files(missing) == kept_files.digest_of_files(missing)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_a_damaged_file_is_compiled_again(damage: bytes, at: int) -> None:
    with tempfile.TemporaryDirectory() as name, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "pycache_prefix", name)
        patch.setattr(sys, "dont_write_bytecode", False)
        _kept_by_another_process(EXPRESSIONS[0])
        (path,) = _files(Path(name))
        data = path.read_bytes()
        path.write_bytes(data[:at] + damage + data[at + len(damage) :])
        assert _found(Expressions().compiled(*EXPRESSIONS[0])) == _found(re.compile(*EXPRESSIONS[0]))


def test_nothing_is_written_where_python_writes_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    _kept_by_another_process(EXPRESSIONS[0])
    assert _files(folder) == []


def test_a_folder_that_takes_no_file_costs_nothing_but_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "file"))
    _kept_by_another_process(EXPRESSIONS[0])
    assert _found(Expressions().compiled(*EXPRESSIONS[0])) == _found(re.compile(*EXPRESSIONS[0]))


def test_without_the_engine_of_this_python_expressions_are_compiled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expressions, "_CAN_KEEP", False)
    monkeypatch.setattr(kept_table, "_WORTH_KEEPING", 0)
    assert _found(expression(r"روز(?:های)?", re.DOTALL)) == _found(re.compile(r"روز(?:های)?", re.DOTALL))
    assert _files(folder) == []


def test_this_python_can_keep_expressions() -> None:
    assert expressions._CAN_KEEP


@pytest.mark.usefixtures("folder")
def test_the_largest_expression_is_the_same_when_read_back() -> None:
    made = bodies._pattern()
    _kept_by_another_process((made.pattern, 0))
    read = Expressions().compiled(made.pattern)
    text = "در جلسه شورای عالی فضای مجازی و هیأت وزیران، مجلس شورای اسلامی حاضر بود"
    assert [found.span() for found in made.finditer(text)] == [found.span() for found in read.finditer(text)] != []


def test_a_process_compiles_the_expressions_that_another_has_compiled(tmp_path: Path) -> None:
    """However Python orders its sets: an expression that came out otherwise each time would be kept anew each time."""
    sizes = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONDONTWRITEBYTECODE": ""}
        subprocess.run([sys.executable, "-c", FIRST_ARTICLE, str(ARTICLE)], env=environment, cwd=ROOT, check=True)
        (kept,) = tmp_path.rglob("expressions.*.kept")
        sizes.append(kept.stat().st_size)
    assert sizes[0] == sizes[1] > 0


def test_the_longest_words_come_first_and_each_once() -> None:
    assert longest_first(["بند", "ماده", "تبصره", "بند", "جزء"]) == ["تبصره", "ماده", "بند", "جزء"]


def test_the_head_of_a_title_on_a_page_makes_no_expression_of_the_program() -> None:
    found = extract("نمایندگان مجلس طرح زرنگارسازی معابر را تصویب کردند. این طرح در مجلس بررسی شد.").instruments
    assert [one.rule for one in found] == ["bare_title"]
    assert not [pattern for pattern, _ in expressions._program._made if pattern == f"{this().pattern}طرح{WORD_END}"]


@pytest.mark.usefixtures("folder")
def test_a_model_kept_by_other_modules_is_read_anew(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    loaded_model.load.__wrapped__()
    changed = tmp_path / "letter_repair.py"
    changed.write_text("# another alphabet", encoding="utf-8")
    monkeypatch.setattr(letter_repair, "__file__", str(changed))
    monkeypatch.setattr(loaded_model, "read", lambda *_: "read anew")
    monkeypatch.setattr(loaded_model, "_as_plain", lambda _: ())
    assert loaded_model.load.__wrapped__() == "read anew"


@pytest.mark.usefixtures("folder")
def test_a_kept_model_is_the_one_that_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded_model.load.__wrapped__()
    monkeypatch.setattr(loaded_model, "read", lambda *_: pytest.fail("read again"))
    assert loaded_model.load.__wrapped__() == model.read(model.MODEL_PATH)


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


NAMES = st.lists(st.sampled_from(["هیئت وزیران", "بانک", "بانک مرکزی", "سروش پلاس", "eitaa", "آی گپ"]), max_size=5)


def _pattern_function(make: Callable[[Iterable[str]], str]) -> Callable[[Iterable[str]], str]:
    """As a new process has it."""
    return kept_patterns.kept_pattern(make.__wrapped__)  # type: ignore[attr-defined]


@pytest.mark.parametrize("make", [any_of, phrases])
@given(NAMES)
def test_a_kept_pattern_is_the_one_that_would_be_made(make: Callable[[Iterable[str]], str], names: list[str]) -> None:
    with tempfile.TemporaryDirectory() as prefix, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "pycache_prefix", prefix)
        patch.setattr(sys, "dont_write_bytecode", False)
        patch.setattr(kept_table, "_WORTH_KEEPING", 0)
        made = make.__wrapped__(names)  # type: ignore[attr-defined]
        assert [_pattern_function(make)(iter(names)) for _ in range(2)] == [made, made]
        assert len(_files(Path(prefix))) == 1


@pytest.mark.usefixtures("folder")
def test_a_pattern_kept_for_other_spellings_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_table, "_WORTH_KEEPING", 0)
    calls = []

    def counted(names: Iterable[str]) -> str:
        calls.append(names)
        return "|".join(names)

    for language in ("spellings", "spellings", "others"):
        monkeypatch.setattr(kept_patterns, "_LANGUAGE", language)
        assert kept_patterns.kept_pattern(counted)(["بانک", "بورس"]) == "بانک|بورس"
    assert len(calls) == 2
