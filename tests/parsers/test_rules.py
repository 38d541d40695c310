"""Every rule has an example in which it finds what it says, and every fact names a rule that is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from parsers import extract
from parsers.facts.rules import ROOMS, page, rules

PAGE = Path(__file__).resolve().parents[2] / "docs" / "rules.md"
EXAMPLES = [(room, rule.name, example) for room in ROOMS for rule in rules(room).values() for example in rule.examples]


@pytest.mark.parametrize(("room", "name", "example"), EXAMPLES, ids=[f"{room}-{name}" for room, name, _ in EXAMPLES])
def test_a_rule_finds_its_example(room, name, example):
    facts = getattr(extract(example.text, example.published), ROOMS[room])
    found = [fact for fact in facts if fact.surface == example.finds]
    assert [fact.rule for fact in found] == [name], [(fact.surface, fact.rule) for fact in facts]
    assert found[0].certain is rules(room)[name].certain


@pytest.mark.parametrize("room", ROOMS)
def test_every_rule_has_an_example(room):
    assert [rule.name for rule in rules(room).values() if not rule.examples] == []


def test_every_fact_names_a_rule_that_is_known():
    texts = [(example.text, example.published) for _, _, example in EXAMPLES]
    named = [(room, fact.rule) for text in texts for room, kind in ROOMS.items() for fact in getattr(extract(*text), kind)]
    assert sorted({f"{room}: {rule}" for room, rule in named if rule not in rules(room)}) == []


def test_the_page_of_rules_is_up_to_date():
    assert PAGE.read_text(encoding="utf-8") == page(), "run `python -m parsers.facts.rules > docs/rules.md`"
