"""The lexicon's loader: what is wrong with a file is said with the file and the key."""

from __future__ import annotations

from datetime import date

import pytest

from parsers import lexicon
from parsers.facts.messengers.evidence import name_evidence
from parsers.facts.messengers.names import messengers
from parsers.lexicon import LexiconError, known_keys, load, optional, require, words


def test_a_missing_file_is_named():
    with pytest.raises(LexiconError, match=r"nowhere.toml: no such lexicon"):
        load("nowhere")


def test_broken_toml_is_named(tmp_path, monkeypatch):
    (tmp_path / "broken.toml").write_text("key = ", encoding="utf-8")
    monkeypatch.setattr(lexicon.resources, "files", lambda _: tmp_path)
    with pytest.raises(LexiconError, match=r"broken.toml: "):
        load("broken")


@pytest.mark.parametrize(
    ("check", "message"),
    [
        (lambda: require({}, "name", str, "a.toml: bale"), "a.toml: bale: `name` is missing"),
        (lambda: require({"name": 3}, "name", str, "a.toml: bale"), "a.toml: bale: `name` should be str, not int"),
        (lambda: require({"n": True}, "n", int, "a.toml"), "a.toml: `n` should be int, not bool"),
        (lambda: optional({"n": "x"}, "n", 1, "a.toml"), "a.toml: `n` should be int, not str"),
        (lambda: words({"list": ["بله", " "]}, "list", "a.toml"), "a.toml: `list` holds ' ', which is no word"),
        (lambda: words({"list": "بله"}, "list", "a.toml"), "a.toml: `list` should be list, not str"),
        (lambda: known_keys({"nmae": 1}, {"name"}, "a.toml: bale"), "a.toml: bale: unknown key `nmae`"),
    ],
)
def test_a_wrong_key_is_named_with_its_place(check, message):
    with pytest.raises(LexiconError, match=f"^{message.replace('`', '.')}"):
        check()


def test_what_is_missing_has_its_default():
    assert optional({}, "n", 7, "a.toml") == 7
    assert words({}, "list", "a.toml") == ()


def test_every_ambiguous_messenger_has_cues_and_every_cue_a_messenger():
    assert {one.slug for one in messengers().values() if one.ambiguous} == set(name_evidence())


def test_messengers_hold_what_the_archive_needs():
    assert len(messengers()) == 54
    for one in messengers().values():
        assert one.aliases or one.ambiguous
        assert 0 <= one.ambiguity <= 3
        for event in one.events:
            assert (event.on is None) != (event.when is None)
            assert event.on is None or date.fromisoformat(event.on)
