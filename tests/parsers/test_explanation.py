"""Each change of a repaired text names the rule or the weight that made it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.persian import normalize
from parsers.persian.explanation import explain


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("كتاب", "letter as Persian types it"),
        ("سال 3 بود", "digits alone between Persian words"),
        ("کتاب\u200f ما", "stray invisible character"),
        ("می\u200bشود", "invisible character between two letters"),
        ("هفتهی ما", "ezafe after a silent he"),
        ("خانه ی ما", "ezafe after a silent he"),
        ("سالهاست", "plural before «است»"),
        ("حرفهای او", "neighbours decide between two readings"),
        ("میشود", "settled: the training text or the lexicon writes it so"),
        ("بسیار موظف اند", "copula after a noun or adjective"),
    ],
)
def test_a_change_by_rule_names_it(text: str, rule: str) -> None:
    (found,) = explain(normalize(text, "mixed"))
    assert (found.rule, found.log_odds) == (rule, None)


@pytest.mark.parametrize(
    ("text", "rule"), [("می شود", "weights after the prefix of a verb"), ("کتاب ها", "weights before a suffix")]
)
def test_a_change_by_weight_has_its_log_odds(text: str, rule: str) -> None:
    (found,) = explain(normalize(text, "spaced"))
    assert found.rule == rule
    assert found.log_odds is not None
    assert found.log_odds > 0


@settings(max_examples=50, deadline=None)
@given(st.text(st.sampled_from("می شودکتابهاي3\u200c\u200b\u00ad،")))
def test_every_change_is_explained_once(text: str) -> None:
    result = normalize(text, "mixed")
    assert [found.change for found in explain(result)] == list(result.changes)
