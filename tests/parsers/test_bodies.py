"""Bodies by any spelling, unlisted ones by their first word, and short forms left open."""

from __future__ import annotations

import pytest

from parsers.facts.bodies import body_by_slug, find_bodies
from parsers.facts.view import view
from parsers.lexicon import load

ZWNJ = "\u200c"


def named(text: str) -> list[str | None]:
    return [mention.body.name if mention.body else None for mention in find_bodies(view(text))]


@pytest.mark.parametrize("joint", [ZWNJ, " ", ""])
@pytest.mark.parametrize("name", [body["name"] for body in load("bodies")["body"] if body.get("bare", True)])
def test_every_listed_body_is_found_however_its_parts_are_joined(name: str, joint: str) -> None:
    assert named(f"دبیر {name.replace(ZWNJ, joint)} سخن گفت")[0] == name


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("شورایعالی فضای مجازی", "شورای عالی فضای مجازی"),
        ("شوراي عالي فضاي مجازي كشور", "شورای عالی فضای مجازی"),
        ("هیأت وزیران", "هیئت وزیران"),
        ("هیات دولت", "هیئت دولت"),
        ("کمیسیون اصل 90 مجلس", "کمیسیون اصل ۹۰ مجلس"),
        ("قوه قضائیه", "قوه قضاییه"),
        ("ستاد ساماندهی سواحل در ساری", "ستاد ساماندهی سواحل"),
        ("کارگروه سازگاری با کم‌آبی را تشکیل داد", "کارگروه سازگاری با کم‌آبی"),
        ("مجلس نمایندگان عراق", "مجلس نمایندگان عراق"),
    ],
)
def test_spelling_leads_to_the_body(text: str, expected: str) -> None:
    assert named(text) == [expected]


def test_bare_council_is_left_to_the_document() -> None:
    assert named("این شورا تصمیم گرفت") == [None]


def test_same_as_and_slugs_lead_to_listed_bodies() -> None:
    for body in load("bodies")["body"]:
        assert body_by_slug(body.get("same_as", "scc"))
