"""Full-text search: a query becomes an FTS5 expression that cannot be malformed, its hits snippets in the original spelling."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from db.search.query import AllOf, AnyOf, QueryNode, QueryWords, read_query
from db.search.ranking import Match, newest, ranked
from db.search.snippets import Highlighter
from db.search.word_lemmas import lemma_of
from db.search.wrong_values import check
from db.statements import statement
from parsers.persian.lemmas import load as load_lemmas

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlite_utils import Database

_PRINTED = "title lead body joined"  # the columns of what is printed
_PLURALS = frozenset(["ها", "های", "هایی", "هایش", "هایشان", "هایم", "هایت"])
_VERB_PREFIXES = ("می", "نمی")  # a column has «می‌کند» in two words
_MAX_RUN = 3  # words that are tried as one
_LAST = "\U0010ffff"  # after every letter
_MIN_SPLIT = 2  # letters of each half of a word that is tried as two
_HIT = statement("search/documents_hit")
_FACETS = {
    "publisher": statement("search/documents_facets_publisher"),
    "messenger": statement("search/documents_facets_messenger"),
    "date": statement("search/documents_facets_date"),
}
MOST_COUNTED = 10_000  # documents that facets are counted in


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that was found. `highlights` are spans of `snippet`, `title_highlights` of `title`, in code points."""

    document_id: int
    publisher: str
    url: str
    title: str | None
    published_jalali: str | None
    snippet: str
    highlights: tuple[tuple[int, int], ...]
    title_highlights: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """How many documents match, and the best of them, best first (without words: the newest first)."""

    total: int
    hits: tuple[Hit, ...]


def search(db: Database, text: str, limit: int = 20, offset: int = 0) -> SearchResult:
    """Return the documents that a query finds; see db.search.query for the language.

    Raises SearchError where the query names a publisher, messenger or day that does not exist.
    """
    query = read_query(text)
    check(db, query)
    expression = Expression(db).of(query.expression) if query.expression else Match(None, None)
    if expression.nothing and not query.filters:
        return SearchResult(0, ())
    total, ids = ranked(db, expression, query.filters, max(limit, 0), max(offset, 0))
    highlighter = Highlighter(_needles(query.expression))
    return SearchResult(total, tuple(_hit(db, document_id, highlighter) for document_id in ids))


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the documents found are of one kind: `field` and `value` as in the language of searches, `name` for people."""

    field: str
    value: str
    name: str
    documents: int


def facets(db: Database, text: str, limit: int = 12) -> tuple[Facet, ...]:
    """Return what the documents found have in common: publishers, messengers, Jalali years, each with the commonest first.

    Not only those that are shown count, but all that match, or the newest `MOST_COUNTED` of them. Years come in their order.
    Raises SearchError.
    """
    query = read_query(text)
    check(db, query)
    expression = Expression(db).of(query.expression) if query.expression else Match(None, None)
    if expression.nothing and not query.filters:
        return ()
    found = json.dumps(newest(db, expression, query.filters, MOST_COUNTED))
    rows = []
    for field, sql in _FACETS.items():
        rows += [Facet(field, *row) for row in db.execute(sql, {"found": found, "limit": limit}).fetchall()]
    return tuple(rows)


class Expression:
    """Turns a query's nodes into FTS5 syntax; asks the index which words are compounds."""

    def __init__(self, db: Database) -> None:
        self._db = db
        self._has_phrases = False
        # Whether other forms of the words are left out.
        self._is_exact = False

    def of(self, node: QueryNode) -> Match:
        """Return the expression of a whole query. Excluding alone is possible at the top only."""
        if isinstance(node, AllOf) and not node.wanted:
            return Match(None, self._any(self._unwanted(node.unwanted)))
        wanted = self._node(node)
        self._is_exact = True
        exact = self._node(node)
        self._is_exact = False
        return Match(wanted, None, exact=exact, has_phrases=self._has_phrases)

    def _unwanted(self, nodes: Sequence[QueryNode]) -> list[str | None]:
        """Return what must not match: these forms, not others."""
        before, self._is_exact = self._is_exact, True
        found = [self._node(part) for part in self._runs(nodes)]
        self._is_exact = before
        return found

    def _node(self, node: QueryNode) -> str | None:
        if isinstance(node, QueryWords):
            return self._words(node)
        if isinstance(node, AnyOf):
            return self._any([self._node(part) for part in node.nodes])
        wanted = [found for part in self._runs(node.wanted) if (found := self._node(part))]
        if not wanted:
            return None
        unwanted = self._any(self._unwanted(node.unwanted))
        together = " AND ".join(f"({part})" for part in wanted)
        return f"({together}) NOT ({unwanted})" if unwanted else together

    @staticmethod
    def _any(parts: Sequence[str | None]) -> str | None:
        return " OR ".join(f"({part})" for part in parts if part) or None

    def _runs(self, nodes: Sequence[QueryNode]) -> Iterator[QueryNode]:
        """Neighbouring words that the archive knows written as one become one word in parts: «پیام رسان»."""
        at = 0
        while at < len(nodes):
            size = next((n for n in range(_MAX_RUN, 1, -1) if self._is_compound(nodes[at : at + n], n)), 1)
            run = [node for node in nodes[at : at + size] if isinstance(node, QueryWords)]
            yield replace(run[-1], parts=tuple(word.parts[0] for word in run)) if size > 1 else nodes[at]
            at += size

    def _is_compound(self, run: Sequence[QueryNode], size: int) -> bool:
        words = [node for node in run if isinstance(node, QueryWords) and node.kind == "word" and len(node.parts) == 1]
        if len(words) < size or len({word.column for word in words}) > 1 or any(word.prefix for word in words[:-1]):
            return False
        return self._is_joined("".join(word.parts[0] for word in words), prefix=words[-1].prefix)

    def _is_joined(self, word: str, *, prefix: bool = False) -> bool:
        """Return whether some document writes this word with ZWNJ."""
        sql = "SELECT 1 FROM joined_words WHERE word >= ? AND word <= ? LIMIT 1"
        return self._db.execute(sql, [word, f"{word}{_LAST}" if prefix else word]).fetchone() is not None

    def _words(self, words: QueryWords) -> str:
        spellings = self._spellings(words)
        self._has_phrases = self._has_phrases or any(len(parts) > 1 for parts in spellings)
        lemmas = [*_lemmas(words)] if words.is_inflected else []
        if words.column and words.is_inflected and not self._is_exact:
            lemmas += _other_forms(words)
        is_exact = words.forms != "lemma" and (self._is_exact or not words.is_inflected)
        found = " OR ".join(_phrase(parts, prefix=words.prefix) for parts in [*spellings, *([] if is_exact else lemmas)])
        # The column of lemmas has words that the document has in another form; words in parts stand in no lemma.
        may_be_lemma = len(words.parts) == 1 or bool(lemmas)
        columns = words.column or (_PRINTED if is_exact and may_be_lemma else "")
        return f"{{{columns}}} : ({found})" if columns else found

    def _spellings(self, words: QueryWords) -> list[tuple[str, ...]]:
        """Return the words as they are, in one piece, and in two, as far as they are one word."""
        parts = words.parts
        if words.kind == "phrase":
            return [parts, *self._phrase_spellings(parts)]
        if len(parts) > 1:
            return [parts, ("".join(parts),)]
        return [parts, *self._halves(parts[0], prefix=words.prefix)]

    def _phrase_spellings(self, parts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
        """Yield a phrase with one of its words in two, or with two of its words as one."""
        for at, word in enumerate(parts):
            for half in self._halves(word):
                yield (*parts[:at], *half, *parts[at + 1 :])
            if at + 1 < len(parts) and self._is_joined(word + parts[at + 1]):
                yield (*parts[:at], word + parts[at + 1], *parts[at + 2 :])

    def _halves(self, word: str, *, prefix: bool = False) -> list[tuple[str, ...]]:
        if len(word) < 2 * _MIN_SPLIT or prefix or not self._is_joined(word):
            return []
        return [(word[:at], word[at:]) for at in range(_MIN_SPLIT, len(word) - _MIN_SPLIT + 1)]


def _phrase(parts: tuple[str, ...], *, prefix: bool) -> str:
    return f'"{" ".join(parts)}"{" *" if prefix else ""}'


def _lemmas(words: QueryWords) -> Iterator[tuple[str, ...]]:
    """Yield what is looked for besides the words: their lemma, and a compound without the plural's ending."""
    parts = words.parts
    whole = "".join(parts)
    lemma = lemma_of[whole]
    if lemma != whole:
        yield (lemma,)
    if len(parts) > 1 and parts[-1] in _PLURALS:
        yield parts[:-1]


def _other_forms(words: QueryWords) -> list[tuple[str, ...]]:
    """Return the other forms of a word, for a search in one column: the index has lemmas of the document, not of its columns."""
    whole = "".join(words.parts)
    forms = [form for form in load_lemmas().forms_of(lemma_of[whole]) if form != whole]
    in_parts = [(prefix, form.removeprefix(prefix)) for form in forms for prefix in _VERB_PREFIXES if form.startswith(prefix)]
    return [*((form,) for form in forms), *in_parts]


def _needles(node: QueryNode | None) -> tuple[QueryWords, ...]:
    """Return the words whose places are shown: those that were asked for, not those that were excluded."""
    if node is None:
        return ()
    if isinstance(node, QueryWords):
        return (node,)
    parts = node.wanted if isinstance(node, AllOf) else node.nodes
    return tuple(words for part in parts for words in _needles(part))


def hit(db: Database, document_id: int, text: str) -> Hit:
    """Return how a document is shown for a query, whether or not it matches."""
    return _hit(db, document_id, Highlighter(_needles(read_query(text).expression)))


def _hit(db: Database, document_id: int, highlighter: Highlighter) -> Hit:
    publisher, url, title, lead, body, jalali = db.execute(_HIT, [document_id]).fetchone()
    in_title = highlighter.spans(title or "")
    snippet, highlights = highlighter.snippet([lead or "", body], other_forms=not in_title)
    in_title = in_title or (() if highlighter.spans(snippet) else highlighter.other_forms(title or ""))
    return Hit(document_id, publisher, url, title, jalali, snippet, highlights, in_title)
