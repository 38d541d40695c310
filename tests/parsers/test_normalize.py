"""What `normalize` changes in letters, digits and invisible characters, what it never touches, and the way back."""

from __future__ import annotations

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.persian import assess, normalize
from parsers.persian.offsets import Offsets

Z = "\u200c"

UNTOUCHED = [
    "جلسه ۱۵-۰۲-۱۳۹۸ بود",
    "تاریخ 1398/02/15 ثبت شد",
    "ساعت 10:30 آغاز شد",
    "نسبت ۳.۱۴ و 3.14 و ۳٫۱۴",
    "مبلغ 12,500 و ۱۲٬۵۰۰ ریال",
    "نشانی https://example.ir/خبر/بررسيهاي-تازه را ببینید",
    "سایت www.example.ir/a/1 و نامه info@example.ir",
    "برچسب #کتابهای_تازه و @کانال_خبر",
    '«متن» در گیومه و "نقل"',
    "مثلاً رأی مؤسسهٔ مسئول",
    "iPhone 12 و Windows 10 در COVID-19",
    "سطر یک\nسطر دو\r\nسطر سه\n\n",
    "  دو  فاصله  و\tجهش ",
]


@pytest.mark.parametrize("text", UNTOUCHED)
@pytest.mark.parametrize("damage", ["auto", "none"])
def test_what_is_right_comes_out_as_it_went_in(text: str, damage: str) -> None:
    assert normalize(text, damage).text == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given_text", "expected"),
    [
        ("علي و كتاب", "علی و کتاب"),
        ("موسى", "موسی"),
        ("\ufedb\ufe98\ufe8e\ufe8f", "کتاب"),
        ("\ufefb", "لا"),
        ("سال 1398 بود", "سال ۱۳۹۸ بود"),
        ("سال ١٣٩٨.", "سال ۱۳۹۸."),
        ("(5 نفر)", "(۵ نفر)"),
        ("ماده 10: متن", "ماده ۱۰: متن"),
        ("20% تخفیف", "۲۰% تخفیف"),
        ("سلام\u200f دنیا\u200e", "سلام دنیا"),
        ("\ufeffسلام", "سلام"),
        ("کتاب\u200bها", f"کتاب{Z}ها"),
        (f"کتاب{Z}{Z}ها", f"کتاب{Z}ها"),
        (f"کتاب{Z} ها{Z}.", "کتاب ها."),
        (f"PDF{Z}ها و ۵{Z}ساله", f"PDF{Z}ها و ۵{Z}ساله"),
    ],
)
def test_letters_digits_and_strays_become_persian(given_text: str, expected: str) -> None:
    assert normalize(given_text, "none").text == expected


@pytest.mark.parametrize("symbol", ["\ufdfc", "\ufdfa", "\ufdf2", "👨\u200d👩\u200d👧", "क्\u200cष", "ه\u200d.ش"])
def test_symbols_and_other_scripts_keep_their_characters(symbol: str) -> None:
    assert normalize(symbol, "none").text == symbol


def test_offsets_lead_back_to_every_character() -> None:
    source = "\ufeffعلي پیام رسان \ufefb می شود"
    result = normalize(source, "spaced")
    assert len(result.offsets) == len(result.text)
    assert [source[i] for i in result.offsets][:3] == ["ع", "ل", "ي"]
    assert result.text.endswith(f"می{Z}شود")
    place = result.text.index("لا")
    assert source[result.offsets[place]] == source[result.offsets[place + 1]] == "\ufefb"
    assert result.offsets[-1] == len(source) - 1


def test_changes_rebuild_the_output() -> None:
    source = "علي می شود و \ufefb\u200f تمام 12"
    result = normalize(source, "mixed")
    rebuilt, place = "", 0
    for change in result.changes:
        assert source[change.start : change.end] == change.before
        rebuilt += source[place : change.start] + change.after
        place = change.end
    assert rebuilt + source[place:] == result.text


def test_another_damage_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match="broken"):
        normalize("متن", "broken")  # type: ignore[arg-type]


PERSIAN = st.text(
    st.sampled_from("ابپتدرسشکگلمنوهیآئءأكيةۀ\u064b\u0651\u0640\u200c\u200d\u200e\u200b  \n.،:«»()/-۱۲3٤a@#\ufefb\ufedb")
)
ANY = st.one_of(st.text(), PERSIAN)
DAMAGES = st.sampled_from(["auto", "deleted", "spaced", "mixed", "none"])


@pytest.mark.parametrize(
    ("text", "damage"),
    [
        ("\u200b0\ufef5", "none"),
        ("0\u200bب", "none"),
        ("ب0\u200e", "none"),
        (f"دبیر{Z}گفتپیامدبیر", "deleted"),
    ],
)
def test_what_an_invisible_character_hid_is_seen_at_once(text: str, damage: str) -> None:
    once = normalize(text, damage).text  # type: ignore[arg-type]
    assert normalize(once, damage).text == once  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(text=ANY, damage=DAMAGES)
def test_normalizing_twice_is_normalizing_once(text: str, damage: str) -> None:
    once = normalize(text, damage).text  # type: ignore[arg-type]
    assert normalize(once, damage).text == once  # type: ignore[arg-type]


@settings(max_examples=150, deadline=None)
@given(text=ANY, damage=DAMAGES)
def test_offsets_and_changes_hold_for_any_text(text: str, damage: str) -> None:
    result = normalize(text, damage)  # type: ignore[arg-type]
    places = list(result.offsets)
    assert len(places) == len(result.text)
    assert places == sorted(places)
    assert all(0 <= place < len(text) for place in places)
    assert [result.offsets[i] for i in range(len(places))] == places
    rebuilt, place = "", 0
    for change in result.changes:
        rebuilt += text[place : change.start] + change.after
        place = change.end
    assert rebuilt + text[place:] == result.text


@settings(max_examples=100, deadline=None)
@given(text=st.text())
def test_lines_stay_lines(text: str) -> None:
    result = normalize(text)
    assert result.text.count("\n") == text.count("\n")
    assert result.text.count("\r") == text.count("\r")


@settings(max_examples=60, deadline=None)
@given(text=st.text())
def test_assessing_never_raises(text: str) -> None:
    assert assess(text) in {"deleted", "spaced", "mixed", "none"}


LONG_LINES = {
    "one word": "ا" * 200_000,
    "one pair": "می " * 70_000,
    "mail-like": "a" * 200_000 + "@",
    "digits": "1" * 200_000,
    "invisible": Z * 200_000,
    "anchors": "/w#@" * 50_000,
    "host-like": "a.b" * 60_000 + "/",
    "marks": "\u064b" * 200_000,
}


@pytest.mark.parametrize("text", LONG_LINES.values(), ids=LONG_LINES)
def test_long_lines_of_one_kind_are_no_trouble(text: str) -> None:
    assert normalize(text).text is not None


def test_offsets_of_two_rewritings_are_one_map() -> None:
    first = Offsets.of_edits(6, [(1, 2, ""), (4, 4, "xy")])
    second = Offsets.of_edits(len(first), [(0, 0, "z"), (3, 5, "")])
    composed = second.after(first)
    assert list(composed) == [first[i] for i in second]
    assert len(composed) == len(second)


def test_offsets_nobody_asked_for_yet_are_copied_as_a_map() -> None:
    offsets = Offsets.of_edits(5, [(2, 2, "z")]).after(Offsets.of_edits(6, [(0, 1, "")]))
    assert list(copy.deepcopy(offsets)) == list(offsets) == [1, 2, 3, 3, 4, 5]


def test_offsets_read_like_a_list() -> None:
    offsets = Offsets.of_edits(5, [(2, 2, "z")])
    assert list(offsets) == [0, 1, 2, 2, 3, 4]
    assert offsets[-1] == 4
    assert offsets[1:4] == [1, 2, 2]
    assert offsets == [0, 1, 2, 2, 3, 4]
    with pytest.raises(IndexError):
        offsets[6]
