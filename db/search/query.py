"""The language of searches, and its reading. Any string can be read: what makes no sense as syntax is read as words.

A value that a field cannot have (`date:1403-13`), or a misspelt field, is noted in `Query.wrong`.

پیام رسان            both words; joined, spaced or with ZWNJ, as one word where the archive knows it as one
"مکاتبات اداری"      the words in this order; «…» does the same
فیلتر*               words that begin so
بله OR ایتا           either; AND is understood; NOT or a leading - excludes; ( ) group
title:بله             in the title (lead:, body:)
exact:کاربران          this form alone, not «کاربر»; a word finds all its forms, the form itself first
lemma:کاربر            all forms alike
publisher:asriran  messenger:bale  date:1398  date:1398-02..1398-04  from:1398/02/15  to:2019-06-01
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from db.search.index import index_words
from parsers.persian.letters import fold_search

MAX_LENGTH = 1000  # characters of a query that are read
_MAX_NESTING = 12
_TOKEN = re.compile(
    r"""(?P<negation>-(?=[\w"«(]))?
    (?:(?P<field>title|lead|body|exact|lemma|publisher|messenger|date|from|to):(?=[^\s:()]))?
    (?:"(?P<phrase>[^"]*)"?|«(?P<quoted>[^»]*)»?|(?P<bracket>[()])|(?P<word>[^\s"«()]+))""",
    re.VERBOSE,
)
_DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?")

Column = Literal["title", "lead", "body"]
Forms = Literal["first", "exact", "lemma"]
FilterKind = Literal["publisher", "messenger", "from", "to", "days"]
WrongReason = Literal["unknown", "no_day", "reversed", "no_value", "no_field"]
_FIELDS = ("title", "lead", "body", "exact", "lemma", "publisher", "messenger", "date", "from", "to")
_LIKE_A_FIELD = re.compile(r"([a-z]{2,12}):([^\s/:]\S*)?")
_NEAR = 0.75  # of two names of which one is the other misspelt


@dataclass(frozen=True, slots=True)
class QueryWords:
    """Folded words next to each other: one word, a word in parts (ZWNJ), or a phrase.

    `forms` says which forms of a word are found: all, with this one first; this one alone (`exact`); all alike (`lemma`).
    """

    parts: tuple[str, ...]
    kind: Literal["word", "phrase"] = "word"
    prefix: bool = False
    column: Column | None = None
    forms: Forms = "first"

    @property
    def is_inflected(self) -> bool:
        """Return whether other forms are looked for."""
        return self.kind == "word" and not self.prefix and self.forms != "exact"


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of `wanted`, none of `unwanted`."""

    wanted: tuple[QueryNode, ...]
    unwanted: tuple[QueryNode, ...] = ()


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one."""

    nodes: tuple[QueryNode, ...]


QueryNode = QueryWords | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Filter:
    """What the document's row must hold: a publisher, a messenger, a first or a last day, or `first/last` (ISO)."""

    kind: FilterKind
    value: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class WrongValue:
    """A field and its value that cannot be meant, why, and what may be meant instead of the field."""

    field: str
    value: str
    why: WrongReason
    close: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A query that was read: an expression over words (None: any document) and filters, all of which must hold."""

    expression: QueryNode | None
    filters: tuple[Filter, ...]
    wrong: tuple[WrongValue, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: Literal["words", "(", ")", "AND", "OR", "NOT"]
    words: QueryWords | None = None


def read_query(text: str) -> Query:
    """Read a query; never raises."""
    filters: list[Filter | WrongValue] = []
    tokens: list[_Token] = []
    for match in _TOKEN.finditer(text[:MAX_LENGTH].replace("\0", " ")):
        tokens.extend(_token(match, filters))
    reader = _Reader(tokens)
    wrong = tuple(one for one in filters if isinstance(one, WrongValue))
    return Query(reader.alternatives(0), tuple(one for one in filters if isinstance(one, Filter)), wrong)


def _token(match: re.Match[str], filters: list[Filter | WrongValue]) -> list[_Token]:
    found = match.groupdict()
    negation = [_Token("NOT")] if found["negation"] else []
    if found["bracket"]:
        return [*negation, _Token("(" if found["bracket"] == "(" else ")")]
    word, field = found["word"], found["field"]
    phrase = found["phrase"] if found["phrase"] is not None else found["quoted"]
    if word in {"AND", "OR", "NOT"} and not field:
        return [_Token("AND" if word == "AND" else "OR" if word == "OR" else "NOT")]
    value = word if phrase is None else phrase
    if word and not field and (misspelt := _misspelt(word)):
        filters.append(misspelt)
        return []
    made = _filters(field, value, negated=bool(negation)) if field else None
    if made is not None:
        filters.extend(made)
        return []
    column = field if field in {"title", "lead", "body"} else None
    forms = field if field in {"exact", "lemma"} else "first"
    shown = value if not field or column or forms == field else f"{field} {value}"
    parts = _without_ezafe(tuple(index_words(shown)))
    if not parts:
        return []
    kind: Literal["word", "phrase"] = "word" if phrase is None else "phrase"
    return [*negation, _Token("words", QueryWords(parts, kind, bool(word) and value.endswith("*"), column, forms))]  # type: ignore[arg-type]


def _without_ezafe(parts: tuple[str, ...]) -> tuple[str, ...]:
    """Return the parts without the ye of an ezafe: «بیانیه‌ی» is «بیانیۀ» and «بیانیه»."""
    return parts[:-1] if len(parts) > 1 and parts[-1] == "ی" and parts[-2].endswith("ه") else parts


def _misspelt(word: str) -> WrongValue | None:
    """Return what is wrong with a word that looks like a field and its value, None where it is just a word."""
    found = _LIKE_A_FIELD.fullmatch(word)
    if not found:
        return None
    if found[1] in _FIELDS:
        return WrongValue(found[1], "", "no_value") if not found[2] else None
    close = difflib.get_close_matches(found[1], _FIELDS, n=1, cutoff=_NEAR)
    return WrongValue(found[1], found[2] or "", "no_field", tuple(close)) if close else None


def _filters(field: str, value: str, *, negated: bool) -> list[Filter | WrongValue] | None:
    """Return the filters that a field and its value make; None where the field is one of words."""
    if field in {"publisher", "messenger"}:
        return [Filter(field, value, negated)]  # type: ignore[arg-type]
    if field in {"title", "lead", "body", "exact", "lemma"}:
        return None
    first, dots, last = fold_search(value).partition("..")
    if field != "date" or not dots:
        last = first
    days = _days(first) if first else None, _days(last) if last else None
    if (first and not days[0]) or (last and not days[1]) or not (first or last):
        return [WrongValue(field, value, "no_day")]
    begin = days[0][0] if days[0] and field != "to" else None
    end = days[1][1] if days[1] and field != "from" else None
    if begin and end:
        return (
            [_within(begin, end, value, negated=negated)]
            if negated or begin > end
            else [Filter("from", begin), Filter("to", end)]
        )
    return [Filter("from", begin, negated) if begin else Filter("to", end or "", negated)]


def _within(begin: str, end: str, value: str, *, negated: bool) -> Filter | WrongValue:
    return WrongValue("date", value, "reversed") if begin > end else Filter("days", f"{begin}/{end}", negated)


def _days(printed: str) -> tuple[str, str] | None:
    """First and last ISO day of a day, month or year, Jalali below 1700; None where no calendar has it."""
    from persiantools.jdatetime import JalaliDate

    found = _DAY.fullmatch(printed)
    if not found:
        return None
    year, month, day = (int(part or 0) for part in found.groups())

    def make(*ymd: int) -> date:
        return JalaliDate(*ymd).to_gregorian() if year < 1700 else date(*ymd)  # type: ignore[no-untyped-call]

    try:
        first = make(year, month or 1, day or 1)
        month_after = make(year, month + 1, 1) if 0 < month < 12 else make(year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None
    last = first if day else month_after - timedelta(days=1)
    return first.isoformat(), last.isoformat()


class _Reader:
    """Recursive descent over the tokens: OR binds least, neighbours are AND, brackets that do not match are passed over."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0

    def alternatives(self, depth: int) -> QueryNode | None:
        """Read `a b OR c`, up to the closing bracket (or, outermost, to the end)."""
        groups = [self._group(depth)]
        while self._at < len(self._tokens):
            kind = self._tokens[self._at].kind
            if kind == ")" and depth:
                break
            self._at += 1 if kind in {"OR", ")"} else 0
            groups.append(self._group(depth))
        nodes = tuple(group for group in groups if group)
        return AnyOf(nodes) if len(nodes) > 1 else nodes[0] if nodes else None

    def _group(self, depth: int) -> QueryNode | None:
        wanted: list[QueryNode] = []
        unwanted: list[QueryNode] = []
        negated = False
        while self._at < len(self._tokens) and (kind := self._tokens[self._at].kind) not in {"OR", ")"}:
            token = self._tokens[self._at]
            self._at += 1
            if kind in {"NOT", "AND"}:
                negated = kind == "NOT" or negated
                continue
            node = self._bracket(depth) if kind == "(" else token.words
            if node:
                (unwanted if negated else wanted).append(node)
            negated = False
        return AllOf(tuple(wanted), tuple(unwanted)) if wanted or unwanted else None

    def _bracket(self, depth: int) -> QueryNode | None:
        if depth >= _MAX_NESTING:
            return None
        node = self.alternatives(depth + 1)
        self._at += 1
        return node
