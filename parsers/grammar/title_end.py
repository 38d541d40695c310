"""How far an unquoted title or name runs: «دستورالعمل احراز هویت | به اپراتورها ابلاغ شد».

Persian puts nothing at a title's end, so it is where something begins that no title holds: punctuation, a verb or the noun of a
compound verb, a pronoun, a preposition that no word of the title governs, a date, another clause or instrument.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.grammar.blanks import GAP, HARAKAT, LETTER
from parsers.grammar.clause_labels import locator_at
from parsers.grammar.joints import COMMA, any_word, joint_words
from parsers.grammar.names import key_of
from parsers.grammar.title_evidence import governed, is_listed_governor, opens_clause, prepositions
from parsers.grammar.units import is_unit
from parsers.grammar.verbs import has_copula, is_adverb, is_light, is_predicate, is_verb
from parsers.grammar.words_around import cue, keys
from parsers.lexicon import load
from parsers.persian.letters import ZWNJ

if TYPE_CHECKING:
    import re

_TIMES: dict[str, Any] = load("titles")["times"]
_MARKS = f"{HARAKAT}\u0653\u0654"
_WORD = expression(f"{GAP}((?:{LETTER}|[{_MARKS}\u0640](?=\\w)|{ZWNJ}(?={LETTER}))+[{_MARKS}ء]*)")
_LAST = expression(f"{LETTER}+\\Z")
_YEAR = expression(f"{GAP}(?:{_TIMES['year']}{GAP})?((?:1[34])?[0-9]{{2}})(?![0-9])")
_AND_WORDS = joint_words("and")
_COMMA = expression(f"{GAP}{COMMA}{GAP}")
_MAX_WORDS = 18
_MOST_ITEMS = 6
_ITEM_WORDS = 7


@cache
def _on_a_day() -> re.Pattern[str]:
    """Return a day on which something happens: «شورای اداری استان | صبح امروز», «| روز شنبه»; «ائمه جمعه» is a word of a name."""
    *others, friday = load("dates")["weekdays"].values()
    weekday = any_word(word.replace("~", " ") for words in others for word in words)
    day = f"(?:{weekday}|{any_word(friday)}|{any_word(_TIMES['named_day'])}|[0-9])"
    return expression(f"{GAP}(?:{weekday}|{any_word(_TIMES['day'])}{GAP}(?:{any_word(_TIMES['of_day'])}{GAP})?{day})")


@cache
def _openers() -> dict[str, frozenset[str]]:
    return {preposition: keys(words) for preposition, words in load("titles")["opens"].items()}


@cache
def _boundary(*, joined: bool) -> frozenset[str]:
    """Words that begin another instrument; after «و» (`joined`) also ضوابط and others that titles hold."""
    lexicon = load("instruments")
    heads = lexicon["anaphora"]["boundary"]
    if joined:
        heads = [*heads, *(head for names in lexicon["heads"].values() for head in names)]
    return keys([*heads, *load("titles")["words"]["clause_words"]])


def _begins_another(folded: str, at: int, word: str, *, joined: bool = False) -> bool:
    """Whether another instrument or its clause begins here, as «مواد ۲ و ۳», «مواد آن» do; «مواد مخدر» are words of titles."""
    if key_of(word) in _boundary(joined=joined) or locator_at(folded, at) is not None:
        return True
    return is_unit(word) and key_of(next_in_title(folded, at + len(word))) in cue("titles.words", "determiners")


def bare_end(folded: str, at: int, *, limit: int = _MAX_WORDS) -> int:
    """Return the end of the title that begins at or right after `at`, at most `limit` words; `at` itself when there is none."""
    solid = end = at
    previous = earlier = ""
    due = {preposition for preposition, words in _openers().items() if key_of(next_in_title(folded, at)) in words}
    for _ in range(limit):
        found = _WORD.match(folded, end)
        if found is None:
            break
        if found[1] in due and previous and next_in_title(folded, found.end()):
            due.remove(found[1])
        elif _stops(folded, found, previous, earlier):
            break
        earlier = "" if previous in prepositions() else f"{earlier} {previous}".strip()
        end, previous = _after_honorific(folded, found.end()), found[1]
        if previous == _TIMES["year"] and (year := _YEAR.match(folded, end)):
            end = year.end()
        if previous not in _AND_WORDS and previous not in prepositions():
            solid = end
    return solid


def list_end(folded: str, end: int) -> int:
    """Return the end of a list that a title goes on with after a comma: «… قاچاق کالا | ، ارز و اوراق بهادار»; else `end`.

    Each item has few words, and the last is joined by «و». What is said of the last item, or a subject, makes it no list.
    """
    at, items = end, 0
    while (comma := _COMMA.match(folded, at)) and items < _MOST_ITEMS:
        item = bare_end(folded, comma.end(), limit=_ITEM_WORDS)
        if item == comma.end() or _begins_clause(folded, comma.end()):
            return end
        at, items = item, items + 1
    last = folded[end:at]
    joined = any(found[1] in _AND_WORDS for found in _WORD.finditer(last, _last_comma(last)))
    following = next_in_title(folded, at)
    said = is_light(following) or is_verb(following) or is_predicate(following)
    return at if items and joined and not said else end


def _last_comma(items: str) -> int:
    return max(items.rfind(mark) for mark in "،,") + 1


def _begins_clause(folded: str, at: int) -> bool:
    word = next_in_title(folded, at)
    subject = (
        key_of(word) in cue("titles.words", "actors") or opens_clause(word) or key_of(word) in cue("titles.words", "after_and")
    )
    return subject or _begins_another(folded, folded.index(word, at), word, joined=True)


def is_sure_end(folded: str, end: int) -> bool:
    """Return whether what follows a title can only stand after its end: punctuation, «مصوب», «را», or nothing."""
    return _after_title().match(folded, end) is not None


@cache
def _after_title() -> re.Pattern[str]:
    return expression(f"{GAP}(?:\\Z|[^\\w\\s(]|\n|{any_word(load('titles')['times']['after_title'])})")


def _after_honorific(folded: str, end: int) -> int:
    """Return the end with the honorific in brackets of a saint: «امام رضا (ع)»."""
    found = _honorific().match(folded, end)
    return found.end() if found else end


@cache
def _honorific() -> re.Pattern[str]:
    return expression(f"{GAP}\\({GAP}(?:{any_word(_TIMES['honorifics'])}){GAP}\\)")


def opens(folded: str, start: int, end: int, preposition: str) -> bool:
    """Return whether a word of the title at `start:end` asks for a preposition later in it: «الحاق … به»."""
    return any(key_of(found[1]) in _openers()[preposition] for found in _WORD.finditer(folded, start, end))


def after_word(folded: str, at: int) -> int:
    """Return the end of the word at or after `at`; `at` where there is none."""
    found = _WORD.match(folded, at)
    return found.end() if found else at


def next_in_title(folded: str, at: int) -> str:
    """Return the word that follows, or an empty string."""
    found = _WORD.match(folded, at)
    return found[1] if found else ""


def lacks_title(folded: str, at: int) -> bool:
    """Return whether what follows a head says that it has no title: «قانون جدید», «بخشنامه‌ای»; «قانون مربوط به …» has one."""
    first = next_in_title(folded, at)
    if not first:
        return True
    if key_of(first) not in keys(load("instruments")["anaphora"]["generic"]):
        return False
    return not _governs_next(folded, at)


def last_in_title(folded: str, end: int) -> str:
    """Return the word that ends at `end`, or an empty string."""
    found = _LAST.search(folded, max(0, end - 30), end)
    return found[0] if found else ""


def _governs_next(folded: str, at: int) -> bool:
    """Return whether the first word of a title governs the preposition after it: «مربوط به ورود …»."""
    return is_listed_governor(next_in_title(folded, at), next_in_title(folded, after_word(folded, at)))


def _stops(folded: str, found: re.Match[str], previous: str, earlier: str) -> bool:
    """Whether the title has ended before this word; `earlier` words stand before the previous one, after any preposition."""
    word = found[1]
    following = next_in_title(folded, found.end())
    if word in _AND_WORDS:
        return not previous or _stops_at_and(folded, found, following)
    if word in prepositions():
        return not governed(previous, word, following, earlier=earlier)
    if _is_pronoun(previous) or (previous in prepositions() and _is_pronoun(word)):
        return _is_pronoun(previous)  # «… ناشی از آن»: the last word
    if _on_a_day().match(folded, found.start()):
        return True
    if not previous and _governs_next(folded, found.start()):
        return False
    if previous and key_of(word) in cue("titles.words", "apart"):
        return False
    noun = previous in prepositions() and not is_verb(word)  # «حفاظت از داده»: no verb after a preposition
    if _is_stop(word) if noun else _ends(word, first=not previous or previous in _AND_WORDS):
        return True
    if _begins_another(folded, found.start(1), word) or _is_deed(folded, found, following):
        return True
    return is_light(following) and not _is_told(word, following)


def _stops_at_and(folded: str, found: re.Match[str], following: str) -> bool:
    """Return whether «و» joins a clause or another instrument to the title, not a word of it."""
    if not following or _ends(following, first=True) or key_of(following) in cue("titles.words", "after_and"):
        return True
    after = folded.index(following, found.end())
    return _begins_another(folded, after, following, joined=True) or _verbal(folded, found.end())


def _is_deed(folded: str, found: re.Match[str], following: str) -> bool:
    """«… سکوها | ابلاغ و منتشر شد», «… ساعت کار | تقدیم مجلس شد»: a noun that shares its verb, or has a word before it."""
    if not following or key_of(found[1]) not in cue("titles.words", "deeds"):
        return False
    after = folded.index(following, found.end()) + len(following)
    if following in _AND_WORDS:
        return _verbal(folded, after)
    return key_of(following) in cue("titles.words", "actors") and is_light(next_in_title(folded, after))


def _is_pronoun(word: str) -> bool:
    return key_of(word) in cue("titles.words", "pronouns")


def _is_told(word: str, following: str) -> bool:
    """«در قانون بازار اجاره | آمده است»: the verb stands alone; «فراهم آمده» is a compound, «وزیر گفت» has its subject."""
    if key_of(following) not in cue("titles.words", "told") or opens_clause(word):
        return False
    return not any(key_of(word) in cue("titles.words", name) for name in ("comes", "actors"))


def _verbal(folded: str, at: int) -> bool:
    """Return whether a compound verb stands at `at`: «و اصلاح شد»."""
    found = _WORD.match(folded, at)
    if found is None:
        return False
    following = next_in_title(folded, found.end())
    return is_light(found[1]) or (is_light(following) and key_of(following) not in cue("titles.words", "no_compound"))


def _ends(word: str, *, first: bool) -> bool:
    """Return whether a word is no part of a title; the `first` word of one may be a noun that often opens clauses («معاون»)."""
    verbal = is_light(word) or is_verb(word) or has_copula(word)
    return verbal or _is_stop(word) or is_adverb(word) or (not first and opens_clause(word))


def _is_stop(word: str) -> bool:
    key = key_of(word)
    return key in cue("titles.words", "stop") or key in cue("titles.words", "prepositions") or is_predicate(word, "obliged")
