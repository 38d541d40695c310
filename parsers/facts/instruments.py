"""Instruments named in a text: listed ones by title, alias or abbreviation, others by the word that opens a title.

`instrument_at` reads the one that stands at a place (after a clause); `find_instruments` finds those that any reader would
recognize without a clause: listed titles and quoted ones.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from parsers.facts import register
from parsers.facts.bodies import body_at
from parsers.facts.locators import locator_at, units
from parsers.facts.register import ABBREVIATION_START, GAP
from parsers.facts.runon import before_clause
from parsers.facts.titles import bare_end, has_verb, last_in_title, next_in_title, opens
from parsers.facts.trie import key_of, look_up, starts_word
from parsers.lexicon import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.facts.view import View


@dataclass(frozen=True, slots=True)
class Named:
    """An instrument with a title, at start..end; `listed` when the lexicon knows it, `foreign` when it would be but for a
    country's name after it.
    """

    start: int
    end: int
    title: str
    kind: str
    body: str | None = None
    listed: bool = False
    quoted: bool = False
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Anaphor:
    """«آن» (kind None), «این قانون», «مصوبه مذکور»; or with `weak` a bare «مصوبه», «قانون» that names no title."""

    start: int
    end: int
    kind: str | None
    weak: bool = False
    body: str | None = None


_QUOTED = re.compile(f"{GAP}([«\"“'(]){GAP}([^»\"”()\n]{{2,200}}?){GAP}([»\"”')])")
_OPENING = re.compile(f"{GAP}[«\"“'(\\[]{GAP}")
_IT = re.compile("آن(?![\\w\u200c])(?!چه|که)")
_ABBREVIATION = re.compile(
    f"(?:قانون{GAP}(?=[^\\W\\d_]{GAP}\\.{GAP}[^\\W\\d_]))?[^\\W\\d_](?:{GAP}\\.{GAP}[^\\W\\d_]){{1,4}}(?![\\w\u200c])"
)
_DOTTED = re.compile(f"\\.{GAP}[^\\W\\d_](?!\\w)")
_SPACED = re.compile("ق(?:[ \u200c.]{1,2}[^\\W\\d_](?!\\w)){1,4}")
_BUDGET = re.compile(
    f"(قانون|لایحه){GAP}بودجه{GAP}(?:ی{GAP})?(?:سال{GAP})?((?:1[34])?[0-9]{{2}})(?![0-9])"
    f"(?:{GAP}کل)?(?:{GAP}کشور(?![\\w\u200c]))?"
)
_NUMBER = re.compile(f"{GAP}(?:شماره|مورخ|مورخه|سال|[0-9(])")
_CLOSES = {"«": "»", "“": "”", '"': '"', "'": "'", "(": ")"}
_CLAUSES = re.compile(f"{GAP}(?:(?:و|از|ذیل|به|،){GAP})?(?:(?:اصلاح|الحاق|حذف){GAP})?")
_LAW = "قانون "
_REACH = 90
_MAX_CLAUSES = 8
_MAX_DEPTH = 3
_BLANKS = re.compile(GAP)
_ISSUED = re.compile(f"{GAP}(?:[»\"”)]{GAP})?(?:(?:مصوب|مصوبه|ابلاغی){GAP})?")
_PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")


def find_instruments(view: View, *, bare: bool = False) -> Iterator[Named]:
    """Listed and quoted instruments from left to right; with `bare` other titles too, which may be antecedents at most."""
    at = 0
    for found in register.trigger().finditer(view.folded):
        start = found.start()
        named = _standing_alone(view, start, bare=bare) if start >= at and starts_word(view.folded, start) else None
        if named is not None:
            at = named.end
            yield named


def _standing_alone(view: View, at: int, *, bare: bool) -> Named | None:
    folded = view.folded
    if folded[at] == "ق":
        special = _abbreviation(view, at)
        if special is not None:
            return special
    found = register.names().match(folded, at)
    if found is None:
        return None
    kind = look_up(register.heads(), found[0])
    if kind is None:
        return _listed_named(view, found)
    budget = _BUDGET.match(folded, at)
    if budget is not None:
        return _budget(budget)
    return _head_alone(view, at, found, kind, bare=bare)


def _head_alone(view: View, at: int, found: re.Match[str], kind: str, *, bare: bool) -> Named | None:
    """A quoted title after its head, or around it; a bare one if wanted."""
    folded = view.folded
    if not {key_of(found[0]), key_of(found[0]).removesuffix("ی")} & register.anaphora("quotable"):
        return None
    quoted = _quoted(view, at, found.end(), kind) or _enclosed(view, _quote_before(folded, at))
    if quoted is not None or not bare or kind in ("resolution", "decree"):
        return quoted
    unquoted = _after_head(view, at, found.end(), kind, _MAX_DEPTH)
    return unquoted if isinstance(unquoted, Named) else None


def instrument_at(view: View, at: int) -> Named | Anaphor | None:
    """The instrument, or the anaphor of one, that begins at `at` (which is a word's beginning or a quotation mark)."""
    folded = view.folded
    opening = _OPENING.match(folded, at)
    if opening is not None:
        inner = _enclosed(view, at) or _at_word(view, opening.end())
        return inner if isinstance(inner, Named) else None
    return _short_of(view, at) or _this_one(view, at) or _at_word(view, at)


def _short_of(view: View, at: int) -> Named | Anaphor | None:
    """«آن», «ق م ا» without dots, or an abbreviation that nobody listed."""
    folded = view.folded
    spaced = _SPACED.match(folded, at)
    known = register.lexicon()[1].get(key_of(spaced[0])) if spaced else None
    if spaced is not None and known is not None:
        return Named(at, spaced.end(), known.title, known.kind, known.body, listed=True)
    it = _IT.match(folded, at)
    if it is not None:
        return Anaphor(at, it.end(), None)
    law = _without_head(view, at)
    if law is not None:
        return law
    unknown = ABBREVIATION_START.match(folded, at) if _abbreviation(view, at) is None else None
    return Anaphor(at, unknown.end(), "unknown", weak=True) if unknown else None


def _without_head(view: View, at: int) -> Named | None:
    """A law called without «قانون» after its clause: «ماده ۵۰۰ تعزیرات», «تبصره ۱۴ بودجه ۱۴۰۲»."""
    called = _LAW + view.folded[at : at + _REACH]
    budget = _BUDGET.match(called)
    if budget is not None:
        named = _budget(budget)
        return replace(named, start=at, end=at + budget.end() - len(_LAW))
    found = register.without_head(view.folded, at)
    if found is None:
        return None
    known, end = found
    return _known_after(view, end) or Named(at, end, known.title, known.kind, known.body, listed=True)


def _this_one(view: View, at: int) -> Anaphor | None:
    """«این قانون», «همان مصوبه»."""
    this = register.this_one().match(view.folded, at)
    inner = _at_word(view, this.end(), anaphoric=True) if this else None
    return Anaphor(at, inner.end, inner.kind) if isinstance(inner, Anaphor) and inner.kind else None


def _at_word(view: View, at: int, *, anaphoric: bool = False, depth: int = 0) -> Named | Anaphor | None:
    folded = view.folded
    abbreviation = _abbreviation(view, at)
    if abbreviation is not None:
        return abbreviation
    budget = _BUDGET.match(folded, at)
    if budget is not None and not anaphoric:
        return _budget(budget)
    found = register.names().match(folded, at)
    if found is None:
        return None
    kind = look_up(register.heads(), found[0])
    if kind is None:
        return _listed_named(view, found)
    if anaphoric:
        return Anaphor(at, found.end(), kind)
    return _after_head(view, at, found.end(), kind, depth)


def _listed_named(view: View, found: re.Match[str]) -> Named:
    """The listed instrument that was matched, unless a country makes it another: «قانون اساسی فرانسه»."""
    known = register.listed(found[0])
    if known is None:
        raise LookupError(found[0])
    country = register.country().match(view.folded, found.end()) if known.uri.startswith("/ir/") else None
    if country is not None:
        return Named(found.start(), country.end(), _title(view, found.start(), country.end()), known.kind, foreign=True)
    return Named(found.start(), found.end(), known.title, known.kind, known.body, listed=True)


def _budget(found: re.Match[str]) -> Named:
    year = int(found[2]) if len(found[2]) == 4 else int(found[2]) + (1300 if int(found[2]) > 30 else 1400)
    title = f"{found[1]} بودجه سال {year} کل کشور".translate(_PERSIAN_DIGITS)
    return Named(found.start(), found.end(), title, "law" if found[1] == "قانون" else "bill_or_plan", listed=True)


def _abbreviation(view: View, at: int) -> Named | None:
    found = _ABBREVIATION.match(view.folded, at)
    if found is None:
        return None
    ends = [dot.end() for dot in _DOTTED.finditer(found[0])]
    for end in reversed(ends):  # «ق.م.ا. و …»: the last letter may be a word of its own; «ق.ا.ا.م» is not ق.ا
        if end < ends[-1] and (" " not in found[0][end:] or " " in found[0][:end].removeprefix("قانون ")):
            break
        letters = key_of(re.sub("[.\\s\u200c]", "", found[0][:end].removeprefix("قانون")))
        known = register.lexicon()[1].get(letters)
        if known is not None:
            return Named(at, at + end, known.title, known.kind, known.body, listed=True)
        if letters in load("instruments")["ambiguous"]:
            return Named(at, at + end, letters, "ambiguous", listed=True)
    return None


def _after_head(view: View, start: int, end: int, kind: str, depth: int) -> Named | Anaphor:
    """What follows «قانون», «آیین‌نامه» …: an anaphoric adjective, a quoted title, a body, a bare title, or nothing."""
    folded = view.folded
    mentioned = register.mentioned().match(folded, end)
    told = Anaphor(start, mentioned.end(), kind) if mentioned else _quoted(view, start, end, kind)
    if told is not None:
        return told
    following = next_in_title(folded, end)
    if not following or _NUMBER.match(folded, end) or key_of(following) in register.anaphora("generic"):
        return Anaphor(start, end, kind, weak=True, body=_body_after(view, end))
    untitled = kind in ("resolution", "decree")
    body = _body_after(view, end) if untitled or kind == "directive" else None
    letter = folded.startswith(("بخشنامه", "ابلاغیه"), start)
    if body is not None or (letter and key_of(following) in register.anaphora("issuers")):
        return Anaphor(start, end, kind, weak=True, body=body)
    known = _known_after(view, end) if untitled else None
    if known is not None:
        return known
    return _bare(view, start, end, kind, depth)


def _bare(view: View, start: int, end: int, kind: str, depth: int) -> Named | Anaphor:
    """An unquoted, unlisted title after its head; after «مصوبه» only words that open one."""
    folded, untitled = view.folded, kind in ("resolution", "decree")
    title_end = bare_end(folded, end)
    opens = key_of(next_in_title(folded, end).partition("\u200c")[0]) in register.anaphora("opening")
    if title_end == end or (untitled and not opens):
        return Anaphor(start, end, kind, weak=True)
    title_end = _with_clause(view, end, before_clause(folded, end, title_end), depth)
    begin = _after_gap(folded, end) if untitled else start
    return Named(begin, title_end, _title(view, begin, title_end), kind, _body_after(view, title_end))


def _with_clause(view: View, start: int, end: int, depth: int) -> int:
    """The end of a title that goes on with a clause: «آیین‌نامه اجرایی ماده ۵ قانون مطبوعات», «قانون الحاق یک تبصره به …»."""
    folded, adds = view.folded, opens(view.folded, start, end, "به")
    if depth >= _MAX_DEPTH or not (adds or key_of(last_in_title(folded, end)) in register.anaphora("of_clause")):
        return end
    at = _after_gap(folded, end)
    for _ in range(_MAX_CLAUSES):
        locator = locator_at(folded, at)
        added = _addition().match(folded, at) if adds and locator is None else None
        if locator is None and added is None:
            break
        link = _CLAUSES.match(folded, locator.end) if locator else added
        at = link.end() if link else at
    inner = _at_word(view, at, depth=depth + 1)
    return inner.end if isinstance(inner, Named) else end


@cache
def _addition() -> re.Pattern[str]:
    """«| یک تبصره به ماده ۴», «| بندی به …» behind «قانون الحاق»."""
    unit = f"(?:{'|'.join(sorted(units(), key=len, reverse=True))})(?:\u200c?ای|ی)?(?!\\w)"
    return re.compile(f"{GAP}(?:(?:یک|دو|سه|چند|[0-9]{{1,2}}){GAP})?(?:{unit}{GAP})?به(?!\\w){GAP}")


def _quoted(view: View, start: int, end: int, kind: str) -> Named | None:
    """«قانون «…»»: the title is what is quoted, after its head unless it brings its own or the head is مصوبه."""
    found = _QUOTED.match(view.folded, end)
    if found is None or (found[1] == "(" and register.listed(found[2]) is None):
        return None
    inner, low, high = found[2], found.start(2), found.end(2)
    known = register.listed(inner) or register.listed(view.folded[start:end] + " " + inner)
    if known is not None:
        return Named(low, high, known.title, known.kind, known.body, listed=True, quoted=True)
    if kind == "resolution" or register.names().match(view.folded, low):
        return Named(low, high, _title(view, low, high), kind, _body_after(view, found.end()), quoted=True)
    title = f"{_title(view, start, end)} {_title(view, low, high)}"
    return Named(start, found.end(), title, kind, _body_after(view, found.end()), quoted=True)


def _enclosed(view: View, at: int) -> Named | None:
    """A title in quotation marks that open at `at`: «قانون اصلاح ماده ۵ قانون مطبوعات», whole, whatever it holds."""
    found = _QUOTED.match(view.folded, at) if at >= 0 else None
    if found is None or found[1] == "(" or _CLOSES[found[1]] != found[3]:
        return None
    head = register.names().match(view.folded, found.start(2))
    if head is None or head.end() >= found.end(2) or has_verb(found[2]):
        return None
    known = register.listed(found[2])
    if known is not None:
        return Named(found.start(2), found.end(2), known.title, known.kind, known.body, listed=True, quoted=True)
    beginning = register.listed(head[0])
    kind = look_up(register.heads(), head[0]) or (beginning.kind if beginning else "law")
    title = _title(view, found.start(2), found.end(2))
    return Named(found.start(2), found.end(2), title, kind, _body_after(view, found.end()), quoted=True)


def _quote_before(folded: str, at: int) -> int:
    """Where the quotation mark stands that opens right before `at`; -1 if there is none."""
    while at and folded[at - 1] in " \u200c":
        at -= 1
    if not at or folded[at - 1] not in "«“\"":
        return -1
    return at - 1 if folded[at - 1] != '"' or at == 1 or folded[at - 2].isspace() else -1


def _known_after(view: View, at: int) -> Named | None:
    """A listed title right after its head: «مصوبه سیاست‌ها و اقدامات …»."""
    inner = _at_word(view, _after_gap(view.folded, at))
    return inner if isinstance(inner, Named) and inner.listed else None


def _after_gap(folded: str, at: int) -> int:
    gap = _BLANKS.match(folded, at)
    return gap.end() if gap else at


def _body_after(view: View, at: int) -> str | None:
    """The body that a title is followed by: «… شورای عالی فضای مجازی», «مصوب هیئت وزیران»."""
    gap = _ISSUED.match(view.folded, at)
    mention = body_at(view, gap.end() if gap else at)
    return mention.body.name if mention and mention.body else None


def _title(view: View, start: int, end: int) -> str:
    """A title as printed, in Persian letters, blanks single."""
    printed = re.sub("[\u064d\u064f\u0650\u0651\u0652]", "", view.text[start:end]).translate(str.maketrans("يكى", "یکی"))
    return re.sub("\\s+", " ", printed).replace("آئین", "آیین").strip(" \u200c")
