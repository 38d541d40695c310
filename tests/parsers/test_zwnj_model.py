"""The model file, the corpus it is learned from, and the lists that go into it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parsers.persian.blank_scores import BlankScores
from parsers.persian.corpus import hazm_verb_stems, hazm_words, read_corpus
from parsers.persian.decisions import Decision, DecisionCache, DecisionTable
from parsers.persian.features import blank_features, word_features
from parsers.persian.letter_repair import LETTERS
from parsers.persian.loaded_model import load
from parsers.persian.model import AFFIX_LISTS, Entries, read, save
from parsers.persian.pair_filter import PairFilter
from parsers.persian.reading import WordSigns, sign_of
from parsers.persian.word_codes import code_of, codes_in, word_of
from parsers.persian.word_evidence import WordEvidence
from parsers.persian.word_lexicon import breaks_of
from parsers.persian.word_lists import joined_numbers, read_affixes, read_compounds, read_gazetteer, read_names
from parsers.persian.word_scores import HOPELESS, WordScores
from parsers.persian.zwnj import restorer

if TYPE_CHECKING:
    from pathlib import Path

Z = "\u200c"
ENTRIES = Entries(
    words={"کتاب": ("N5", True), f"پیش{Z}بینی": ("N4", True), f"می{Z}شود": ("", True), "بار": ("N3", False)},
    stems=(["شد"], ["شو"]),
    affixes={name: ["ها", "های"] for name in AFFIX_LISTS},
    word_weights={"b": -40, "Lمی": 33},
    blank_weights={"cb": -60},
    context_weights={"b0": 12},
    transitions=(1, -2, 3, -4),
    pairs={"می شود ": True, "بار کتاب ": False},
    decisions={"میشود": Decision((2,), 1, 0, -16, 10_000), "بار": Decision((), 0, 0, 32, -48, ambiguous=True)},
    signs={"بار": 72, "میشود": 144},
    frequent=["میشود", "بار", "کتاب"],
)


def test_a_model_reads_back_as_it_was_written(tmp_path: Path) -> None:
    save(ENTRIES, tmp_path / "one.bin")
    model = read(tmp_path / "one.bin")
    assert model.settled == {"کتاب": (), "پیشبینی": (3,), "میشود": (2,)}
    assert model.lexicon.classes == {"کتاب": "N5", "بار": "N3", "پیشبینی": "Z4"}
    assert model.lexicon.compounds == {"پیشبینی": (3,)}
    assert model.lexicon.joined == {"پیشبینی", "میشود"}
    assert model.lexicon.verbs == {"شدها": "P", "شدهای": "P", "شوها": "R", "شوهای": "R", "شویها": "R", "شویهای": "R"}
    assert dict(model.word_weights) == dict(ENTRIES.word_weights)
    assert dict(model.blank_weights) == dict(ENTRIES.blank_weights)
    assert dict(model.context_weights) == dict(ENTRIES.context_weights)
    assert {word: model.decisions.get(word) for word in model.decisions.words()} == dict(ENTRIES.decisions)
    assert {word: model.decisions.sign(code_of(word)) for word in model.decisions.words()} == dict(ENTRIES.signs)
    assert [*model.signs.items()] == [(code_of("میشود"), 144), (code_of("بار"), 72)]
    assert model.transitions == ENTRIES.transitions
    assert dict(model.pairs) == dict(ENTRIES.pairs)


def test_an_empty_table_of_decisions_reads_back(tmp_path: Path) -> None:
    save(replace(ENTRIES, decisions={}), tmp_path / "one.bin")
    table = read(tmp_path / "one.bin").decisions
    assert (list(table.words()), table.get("میشود")) == ([], None)


def test_the_same_entries_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.bin", "two.bin"):
        save(ENTRIES, tmp_path / name)
    assert (tmp_path / "one.bin").read_bytes() == (tmp_path / "two.bin").read_bytes()


def test_a_corpus_counts_words_and_what_stood_between_pieces() -> None:
    corpus = read_corpus([f"پیش{Z}بینی{Z} شده{Z}اند،", "پیشِ او"])
    assert corpus.words == {f"پیش{Z}بینی": 1, f"شده{Z}اند": 1, "پیش": 1, "او": 1}
    assert corpus.pairs == {
        ("پیش", "بینی", "شده", True): 1,
        ("بینی", "شده", "اند", False): 1,
        ("شده", "اند", "", True): 1,
        ("پیش", "او", "", False): 1,
    }


def test_hazm_gives_its_lexicon_without_being_imported() -> None:
    words = hazm_words()
    past, present = hazm_verb_stems()
    assert words["کتاب"][0] in "NB"
    assert "میشود" not in words
    assert "رفت" in past
    assert "رو" in present


def test_lists_with_a_mistake_are_refused_with_file_and_key(tmp_path: Path) -> None:
    file = tmp_path / "affixes.toml"
    file.write_text('suffixes = "ها"', encoding="utf-8")
    with pytest.raises(ValueError, match=r"affixes\.toml: suffixes"):
        read_affixes(file)
    file = tmp_path / "compounds.toml"
    file.write_text('[words]\nnews = "خبرنامه"', encoding="utf-8")
    with pytest.raises(ValueError, match=r"compounds\.toml: words\.news"):
        read_compounds(file)


def test_shipped_lists_are_right() -> None:
    assert set(AFFIX_LISTS) <= set(read_affixes())
    assert all(breaks_of(word) for word in read_compounds())


def test_names_are_written_in_one_piece_and_numbers_too() -> None:
    assert not any(Z in name for name in [*read_names(), *read_gazetteer()])
    assert {"ششصدهزار", "سیصدمیلیون"} <= set(joined_numbers())
    assert "یکهزار" not in joined_numbers()


@given(
    words=st.lists(st.text("ابپتیه\u200c", min_size=1, max_size=6), unique=True, max_size=200),
    other=st.text("ابپتیه\u200c", max_size=6),
)
def test_every_word_of_the_table_is_found_and_no_other(words: list[str], other: str) -> None:
    decisions = {word: Decision((len(word),), closing=i % 7) for i, word in enumerate(words)}
    signs = {word: i % 216 for i, word in enumerate(words)}
    table = DecisionTable.read(*DecisionTable.of(decisions, signs).written())
    assert {word: table.get(word) for word in words} == decisions
    assert {word: table.sign(code_of(word)) for word in words} == signs
    assert (table.get(other), table.sign(code_of(other))) == (decisions.get(other), signs.get(other))
    assert sorted(table.words()) == sorted(words)


def test_signs_of_words_that_are_not_shipped_are_computed_once() -> None:
    computed: list[str] = []

    def compute(code: bytes) -> int:
        computed.append(word_of(code))
        return 1

    signs = WordSigns({code_of("می"): 16}, compute)
    assert [signs[code_of(word)] for word in ("می", "نو", "نو")] == [16, 1, 1]
    assert computed == ["نو"]


def test_shipped_signs_and_decisions_agree() -> None:
    model = load()
    for code in sorted(model.signs)[::50]:
        sign = sign_of(word_of(code), restorer().decisions[word_of(code)], model.lexicon)
        assert model.signs[code] == model.decisions.sign(code) == sign


WORDS = st.lists(st.text("ابپکهیءۀ\u064b\u200c\ufd3c", max_size=6), max_size=9)


@given(words=WORDS, between=st.text(" \n.،۳x😀\u00a0\u2003\U0001f468", min_size=1, max_size=2))
def test_a_text_is_cut_where_no_word_goes_on(words: list[str], between: str) -> None:
    text = between.join(words)
    found = codes_in(text)
    assert [word_of(code) for code in found if code] == [word for word in words if word]
    assert sum(map(len, found)) + len(found) - 1 == len(text)
    assert [code_of(word) for word in words if word] == [code for code in found if code]


def test_every_letter_of_words_has_a_code() -> None:
    for letter in filter(re.compile(f"[{LETTERS}{Z}]").match, map(chr, range(0x0600, 0x0700))):
        assert word_of(code_of(letter)) == letter


@given(word=st.text("ابپتیهسوند", min_size=1, max_size=9))
def test_places_without_hope_are_those_that_no_weight_can_make_likely(word: str) -> None:
    evidence = WordEvidence(word, load().lexicon)
    hopeful = evidence.hopeful_places()
    assert set(hopeful) <= set(evidence.joining_places())
    assert all(i in hopeful for i in evidence.joining_places() if evidence.tail(i)[0] == "=")
    assert set(restorer().words.weigh(word)) <= set(hopeful)


def test_sums_of_weights_are_those_of_the_evidence() -> None:
    model = load()
    words, blanks = WordScores(model), BlankScores(model)
    for word in ("کتابهایشان", "میدانستهاند", "ارائهکنندگان", "سیبزمینیها", "تحریمهای"):
        places, rows = word_features(word, model.lexicon)
        sums = [sum(model.word_weights.get(name, 0) for name in row) for row in rows]
        found, scores = words.of(word)
        assert found == places
        assert all(score in {wanted, HOPELESS} for score, wanted in zip(scores, sums, strict=True))
        assert scores != [HOPELESS] * len(places)
    for left, right, following in (("کتاب", "ها", ""), ("می", "شود", ""), ("انجام", "شده", "است"), ("بین", "المللی", "")):
        names = blank_features(left, right, following, model.lexicon)
        assert blanks.of(left, right, following) == sum(model.blank_weights.get(name, 0) for name in names)


def test_a_full_memory_keeps_what_is_asked_for_again_and_stays_bounded() -> None:
    computed: list[str] = []

    def length(word: str) -> int:
        computed.append(word)
        return len(word)

    memory = DecisionCache(length, 3)
    assert [memory[word] for word in ("a", "bb", "ccc", "", "a", "", "bb")] == [1, 2, 3, 0, 1, 0, 2]
    assert computed == ["a", "bb", "ccc", ""]
    assert len(memory) <= 3


def pieces(kind: str) -> st.SearchStrategy[str]:
    """Pieces that stand before a ZWNJ (starts) or after one (ends), some of them with an ending."""
    known = sorted(getattr(load().lexicon, kind))
    return st.builds(str.__add__, st.sampled_from(known), st.sampled_from(["", "ی", "ان"]))


@settings(max_examples=300)
@given(left=st.deferred(lambda: pieces("starts")), right=st.deferred(lambda: pieces("ends")))
def test_pairs_that_are_passed_over_have_no_zwnj_between_them(left: str, right: str) -> None:
    blanks, joined = restorer().blanks, load().lexicon.joined
    if not (blanks.is_affix(left, right) or left + right in joined):
        assert PairFilter(load(), blanks.scores).may_join(code_of(left), code_of(right)) or not blanks.joins(left, right, "")
