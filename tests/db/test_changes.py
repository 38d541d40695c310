from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.read.word_diff import as_written_in, lines
from db.write.change_counts import count_changes

TEXT = st.text(alphabet="ab \n", max_size=60)


@pytest.mark.parametrize(
    ("old", "new", "changes"),
    [
        ("", "", (0, 0)),
        ("بند ۷", "بند ۷", (0, 0)),
        ("بند ۷ آن", "بند ۱۱ آن", (2, 1)),
        ("یک دو سه", "یک سه", (0, 3)),
        ("یک سه", "یک دو سه", (3, 0)),
        ("", "همه نو", (6, 0)),
        ("الف " * 3000, "ب " * 3000, (5999, 11999)),
        ("خط\n" * 700_000, "خط\n" * 700_000 + "تازه", (4, 0)),
    ],
)
def test_changes_are_counted_by_whole_words(old, new, changes):
    added, removed = count_changes(old, new)
    assert (added - removed) == len(new) - len(old)
    assert (added, removed) == changes


@settings(max_examples=100)
@given(old=TEXT, new=TEXT)
def test_what_came_in_less_what_went_is_the_difference_in_length(old, new):
    added, removed = count_changes(old, new)
    assert added - removed == len(new) - len(old)
    assert (added, removed) == (0, 0) or old != new


Z = "\u200c"
SPELLINGS = [
    (f"شورای{Z}عالی", "شورایعالی"),
    (f"پیام{Z}رسان{Z}ها", "پیام رسان ها"),
    (f"پیام{Z}رسان{Z}ها", "پیامرسان ها"),
    (f"می{Z}شود", "می شود"),
]


@pytest.mark.parametrize(("one", "other"), [*SPELLINGS, *(pair[::-1] for pair in SPELLINGS)])
def test_what_differs_in_its_joiners_alone_has_not_changed(one, other):
    old, new = f"وزیر گفت {one} امروز است.\nخبر دیگر {one}", f"وزیر گفت {other} امروز است.\nخبر دیگر {other}"
    assert count_changes(old, new) == (0, 0)
    assert [[kind for kind, _ in line] for line in lines(old, new)] == [["same"], ["same"]]
    assert as_written_in(new.split("\n"), old.split("\n")) == new.split("\n")
    added = f"{new}\nو این بند تازه است."
    assert count_changes(old, added) == (len(added) - len(new), 0)
    assert [line for line in lines(old, added) if line[0][0] != "same"] == [[("added", "و این بند تازه است.")]]


@pytest.mark.parametrize(("one", "other"), [("در خانه", "درخانه"), (f"خانه{Z}ای", "خانه ما"), (f"می{Z}شود", f"نمی{Z}شود")])
def test_other_letters_and_blanks_without_a_joiner_are_changes(one, other):
    assert count_changes(f"وزیر {one} بود", f"وزیر {other} بود") != (0, 0)
    assert {kind for line in lines(f"وزیر {one} بود", f"وزیر {other} بود") for kind, _ in line} == {"same", "removed", "added"}


def test_a_changed_word_next_to_others_that_lost_their_joiners_is_told_alone():
    old, new = f"می{Z}شود که پیام{Z}رسان{Z}ها بسته بمانند", "میشود که پیامرسانها باز بمانند"
    assert [part for line in lines(old, new) for part in line if part[0] != "same"] == [("removed", "بسته "), ("added", "باز ")]
    assert count_changes(old, new) == (3, 4)


def test_blanks_alone_are_nothing_that_two_texts_share():
    """A wholly rewritten text of 900 words took most of a minute: every blank was compared with every other."""
    old, new = (" ".join(f"{word}{place}" for place in range(900)) for word in ("واژه", "نامه"))
    assert count_changes(old, new) == (len(new) - 1, len(old) - 1) or count_changes(old, new) == (len(new), len(old))
