"""A scanner finds what its expression finds, wherever the text is cut and whatever letters it has."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from parsers import beginnings, string_search
from parsers.beginnings import beginnings_of
from parsers.facts.agencies.names import agency_names
from parsers.facts.dates.triggers import triggers
from parsers.facts.messengers.names import names as messenger_names
from parsers.facts.sessions import session_words
from parsers.grammar import clause_labels, instrument_titles
from parsers.page.families import families
from parsers.page.family_detection import detect
from parsers.persian.letters import ZWNJ, fold
from parsers.scanner import Scanner
from parsers.string_search import StringSearch

if TYPE_CHECKING:
    from collections.abc import Callable

SCANNERS: dict[str, Callable[[], Scanner]] = {
    "messengers": lambda: messenger_names().scanner,
    "agencies": lambda: agency_names().scanner,
    "dates": lambda: triggers(relative=True).scanner,
    "days without relative ones": lambda: triggers(relative=False).scanner,
    "sessions": session_words._scanner,
    "clauses": clause_labels._scanner,
    "instruments": instrument_titles.trigger,
}
WORDS = [
    "بله", "تلگرام", f"تل{ZWNJ}گرام", "تلگرامی", "WhatsApp", "واتس اپ", "ایسنا", "خبرگزاری فارس", "ایرنا", "جلسه", "جلسات",
    "نشست", "ماده", "بند", "تبصره", "مادهٔ", "ق. م. ا", "قانون", "آیین‌نامه", "آئین نامه", "مصوبه", "دی", "دیروز", "مهر",
    "۱۲ مهر", "هفتهٔ پیش", "هفته ی پیش", "January", "may", "سال", "شنبه", "سه شنبه", "پنج‌شنبه", "و", "در",
    ".", "،", "(", "\n", " ", ZWNJ, "ـ", "😀", "ﷲ", "ı", "ſ", "K", "x",
]  # fmt: skip
TEXTS = st.lists(st.one_of(st.sampled_from(WORDS), st.text(alphabet="بلهتگرامسیجندوKıſ .،\u200c", max_size=4)), max_size=40)
PATTERNS = [
    (r"ab|cd+e?", 0), (r"(?:ab|a?c)[de]x", 0), (r"(?i)kiss", 0), (r"(?i)ſa", 0), (r"(?i)ıx", 0), (r"(?i)\u212aa|İ", 0),
    (r"(?i:s)ee|[b-d]{2,3}x", 0), (r"a{0,2}b", 0),
    (r"(?>ab|a)c", 0), (r"a(?=b)|b(?<=ab)c", 0), (r"a.c|b\d", 0), (r"(?x) a [ ] b # c", 0), (r"(a)(?:b|\1)", 0),
    (r"x*+y", 0), (r"[^a]b", 0), (r"\bab", 0),
    (r"a|", 0), (r"(?:a?){6}b", 0), (r"(?:a?b?){2,}c", 0), (r"kiss", re.IGNORECASE), (r"[a-z]b", 0), (r"a[0-9]", 0),
]  # fmt: skip


def _spans(found: object) -> list[tuple[int, int]]:
    return [match.span() for match in found]  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", SCANNERS)
def test_the_expressions_of_the_program_say_how_their_matches_begin(name: str) -> None:
    assert SCANNERS[name]()._search is not None


@pytest.mark.parametrize("name", SCANNERS)
@given(TEXTS)
@example(["بله", "بله"])
def test_a_scanner_of_the_program_finds_what_its_expression_finds(name: str, words: list[str]) -> None:
    scanner, text = SCANNERS[name](), fold("".join(words))
    assert _spans(scanner.finditer(text)) == _spans(scanner.pattern.finditer(text))


@pytest.mark.parametrize(("pattern", "flags"), PATTERNS)
@given(st.text(alphabet="abcdexyz ksiKSIıİſK019😀", max_size=30))
def test_any_scanner_finds_what_its_expression_finds(pattern: str, flags: int, text: str) -> None:
    compiled = re.compile(pattern, flags)
    assert _spans(Scanner(compiled).finditer(text)) == _spans(compiled.finditer(text))


@given(st.text(alphabet="ab ,.\n", max_size=30))
def test_a_letter_before_the_first_ones_is_looked_at_too(text: str) -> None:
    compiled = re.compile(r"(?:[^ab]|\A)(ab|ba+)")
    assert _spans(Scanner(compiled, lead=1).finditer(text)) == _spans(compiled.finditer(text))


@pytest.mark.parametrize(
    ("pattern", "first"),
    [
        ("abcdef|abcdxyz", {"abcd"}),
        ("ab?c", {"ac", "abc"}),
        ("a[bc]", {"ab", "ac"}),
        ("ab|abc", {"ab"}),
        ("a.b", {"a"}),
        ("(?i)ab", {"ab", "aB", "Ab", "AB"}),
        (".a", set()),
        ("a?", set()),
        ("(?=a)b", {"b"}),
    ],
)
def test_beginnings_are_read_off_an_expression(pattern: str, first: set[str]) -> None:
    assert beginnings_of(re.compile(pattern)) == first


def test_too_many_beginnings_end_early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "_MOST", 8)
    assert {len(each) for each in beginnings_of(re.compile("[ab][cd][ef][gh]"))} == {3}


def test_without_the_parser_of_this_python_every_letter_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beginnings, "_PARSER", None)
    assert _spans(Scanner(re.compile("without|a parser")).finditer("not without a parser")) == [(4, 11), (12, 20)]


@given(st.lists(st.binary(min_size=1, max_size=3), min_size=1, max_size=6), st.binary(max_size=60), st.integers(1, 9))
def test_strings_are_found_wherever_a_text_is_cut(strings: list[bytes], text: bytes, piece: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(string_search, "_PIECE", piece)
        search = StringSearch(strings)
        assert search.found(text) == {each for each in strings if each in text}
        assert [*search.places(text)] == [at for at in range(len(text)) if text.startswith(tuple(strings), at)]


def test_an_empty_string_is_refused() -> None:
    with pytest.raises(ValueError, match="pattern"):
        StringSearch([b"a", b""])


@pytest.mark.parametrize("family", [family for family in families() if family.markers], ids=lambda family: family.name)
def test_every_marker_tells_its_family_wherever_it_stands(family: object) -> None:
    for marker in family.markers:  # type: ignore[attr-defined]
        assert detect(f"<p>متن{marker}متن</p>" + "\ud800", None).order <= family.order  # type: ignore[attr-defined]
