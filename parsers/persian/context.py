"""Words with two readings, between which only their neighbours decide.

«حرفهای» is «حرفه‌ای» in «لیگ حرفهای آغاز شد» and «حرف‌های» in «حرفهای او»: where a noun with «های» and another with he and «ای»
have the same letters, a small logistic model weighs the word before, the word after, and the word itself. «میدانی» is an
adjective in «تحقیقات میدانی» and a verb in «تو میدانی که»: there a rule looks for the few words that stand next to verbs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.persian.decisions import DecisionCache
from parsers.persian.letters import NON_JOINING
from parsers.persian.model import SCALE

if TYPE_CHECKING:
    from collections.abc import Callable

    from parsers.persian.model import Model
    from parsers.persian.word_lexicon import Lexicon

_HE, _YE, _PLURAL = "ه", "ی", "های"
_VERBAL = ("P", "R")
_MOST = 5
_STEMS_REMEMBERED = 1 << 14
_LEVELS = range(1 - _MOST, _MOST + 1)
_COMMON = "3"  # digits of a frequency from which a word of the lexicon counts


def plural_stem(word: str, lexicon: Lexicon) -> str:
    """Return the noun before «های» where the word may as well be another noun with he and «ای»; "" otherwise."""
    stem = word.removesuffix(_PLURAL)
    if len(stem) < 2 or stem == word:
        return ""
    return stem if _is_nominal(stem, lexicon) and _is_nominal(stem + _HE, lexicon) else ""


def may_be_read_twice(word: str, lexicon: Lexicon) -> bool:
    """Return whether the neighbours of `word` (bare letters) must be asked: it has two readings, or ends compounds."""
    if not word.endswith(_YE):
        return False
    if word.endswith(_PLURAL) and word.removesuffix(_PLURAL) in lexicon.ends:
        return True
    return bool(plural_stem(word, lexicon) or verb_prefix(word, lexicon))


def verb_prefix(word: str, lexicon: Lexicon) -> str:
    """Return the prefix of a verb form that may as well be a noun with ye («میدانی»); "" otherwise."""
    for prefix in ("می", "نمی"):
        if word.startswith(prefix) and word.endswith("ی") and word[len(prefix) :] in lexicon.verbs:
            return prefix if _is_nominal(word[:-1], lexicon) else ""
    return ""


def plural_breaks(stem: str) -> tuple[int, ...]:
    """Return the places of ZWNJ in the plural reading of a word in two readings."""
    return () if stem[-1] in NON_JOINING else (len(stem),)


class NeighbourReading:
    """Decides between two readings with one model. `score` says how likely places of ZWNJ are in a word without neighbours."""

    def __init__(self, model: Model, score: Callable[[str, tuple[int, ...]], int]) -> None:
        self._model = model
        # Whether a word has two readings by itself; the others end compounds.
        self._is_read_twice: DecisionCache[str, bool] = DecisionCache(self._has_two_readings, _STEMS_REMEMBERED)
        # By how much the plural of a stem is likelier without neighbours.
        self._leads: DecisionCache[str, int] = DecisionCache(lambda stem: plural_lead(stem, score), _STEMS_REMEMBERED)

    def _has_two_readings(self, word: str) -> bool:
        return bool(plural_stem(word, self._model.lexicon) or verb_prefix(word, self._model.lexicon))

    def may_decide(self, before: str, word: str) -> bool:
        """Return whether the neighbours of `word` (bare letters) can say something, from the word before alone: most cannot."""
        if self._is_read_twice[word]:
            return True
        joined, stem = self._model.lexicon.joined, word.removesuffix(_PLURAL)
        return before + stem in joined or before + stem + _HE in joined

    def breaks(self, before: str, word: str, after: str, following: str) -> tuple[int, ...] | None:
        """Return the places of ZWNJ in `word` (bare letters), None where it has one reading only.

        `before` and `after` are the words around it, `following` is the one after them.
        """
        lexicon = self._model.lexicon
        prefix = verb_prefix(word, lexicon)
        if prefix:
            is_verb = before in lexicon.before_verbs or after in lexicon.after_verbs
            return (len(prefix),) if is_verb else ()
        is_plural = self._is_plural_in_compound(before, word)
        stem = plural_stem(word, lexicon)
        if is_plural is None and stem and stem[-1] in NON_JOINING and not before and not after:
            is_plural = True  # nothing says anything: as it stands
        if is_plural is None and stem and after in lexicon.preverbs and following in lexicon.light_verbs:
            is_plural = False
        if is_plural is None and stem:
            is_plural = self.weigh(before, stem, after) > 0
        if is_plural is None:
            return None
        stem = word.removesuffix(_PLURAL)
        return plural_breaks(stem) if is_plural else (len(stem) + 1,)

    def _is_plural_in_compound(self, before: str, word: str) -> bool | None:
        """Return which of the nouns ends a compound that the word before begins («پیام رسانهای»); None for both or neither."""
        joined, stem = self._model.lexicon.joined, word.removesuffix(_PLURAL)
        with_stem, with_he = before + stem in joined, before + stem + _HE in joined
        return with_stem if before and with_stem != with_he else None

    def weigh(self, before: str, stem: str, after: str) -> int:
        """Return the log-odds, times the model's scale, of the plural."""
        lead = 0 if stem[-1] in NON_JOINING else self._leads[stem]
        features = context_features(before, stem, after, self._model.lexicon, lead)
        return sum([self._model.context_weights.get(name, 0) for name in features])


def plural_lead(stem: str, score: Callable[[str, tuple[int, ...]], int]) -> int:
    """Return by how much the plural is likelier without neighbours, from -5 to 5 in log-odds."""
    word = stem + _PLURAL
    lead = score(word, plural_breaks(stem)) - score(word, (len(stem) + 1,))
    return max(-_MOST, min(_MOST, round(lead / SCALE)))


def context_features(before: str, stem: str, after: str, lexicon: Lexicon, lead: int) -> list[str]:
    """Return what speaks for the plural of `stem` or for the other noun: the word alone, the two words around it, their kinds."""
    kind_before, kind_after = _kind(before, lexicon), _kind(after, lexicon)
    is_loose, kind, use = stem[-1] in NON_JOINING, _lead(stem, lexicon), _use(stem, lexicon)
    row = [
        f"b{is_loose:d}", f"s{is_loose:d}{use}", f"t{kind}{use}",
        "w" + stem, f"l{is_loose:d}{kind}",
        "p" + before, "q" + before[-2:], "k" + kind_before, "h" + before[-3:],
        "n" + after, "m" + after[:2], "j" + kind_after, "i" + after[-2:],
        f"x{kind_before}|{kind_after}", f"y{kind}|{kind_before}", f"z{kind}|{kind_after}", f"u{stem}|{kind_before}",
        f"v{stem}|{kind_after}",
    ]  # fmt: skip
    return row if is_loose else [*row, f"o{lead}", *(f"r{level}" for level in _LEVELS if lead >= level)]


def _lead(stem: str, lexicon: Lexicon) -> str:
    """Return how much commoner the one noun is than the other, in digits of their frequencies."""
    return str(_digits(lexicon.classify(stem)) - _digits(lexicon.classify(stem + _HE)))


def _use(stem: str, lexicon: Lexicon) -> str:
    """Return whether the plural of `stem` is known in other forms, and how often the other noun stands before a ZWNJ."""
    is_plural_known = any(lexicon.classify(stem + plural) != "-" for plural in ("ها", "هایی", "هایش"))
    return f"{is_plural_known:d}{min(lexicon.starts[stem + _HE], 3)}"


def _digits(found: str) -> int:
    return int(found[1]) if found[1:2].isdigit() else 0


def _kind(word: str, lexicon: Lexicon) -> str:
    if not word:
        return "#"
    if word.startswith(("می", "نمی")) and len(word) > 3:
        return "V"
    if word.endswith((_PLURAL, "هایی")):
        return "+"
    found = lexicon.classify(word)
    if found == "-":
        return lexicon.analyse(word)[0]
    return "v" if found[-1] in _VERBAL and found[0] not in "NAB" else found[0]


def _is_nominal(word: str, lexicon: Lexicon) -> bool:
    found = lexicon.classify(word)
    return found[0] in "NABM" and (found[1:2] >= _COMMON or word in lexicon.participles)
