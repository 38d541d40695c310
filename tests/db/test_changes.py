from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def test_blanks_alone_are_nothing_that_two_texts_share():
    """A wholly rewritten text of 900 words took most of a minute: every blank was compared with every other."""
    old, new = (" ".join(f"{word}{place}" for place in range(900)) for word in ("واژه", "نامه"))
    assert count_changes(old, new) == (len(new) - 1, len(old) - 1) or count_changes(old, new) == (len(new), len(old))
