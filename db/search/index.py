"""What the search index holds: folded words, every word written with ZWNJ once more without it, and lemmas.

«پیام‌رسان‌های» is indexed as «پیام رسان های» and, in the column `joined`, as «پیامرسان», «رسانهای», «پیامرسانهای», so
that whichever way a reader joins it, one of them is there. Text is cut into words here, so that FTS5 only has to split at
blanks; words with letters that `parsers.persian.letters` has no byte for are folded one by one and remembered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from db.meta import get_meta, set_meta
from db.search import fast_folding, word_lemmas
from db.search.fast_folding import BLANK
from parsers.persian.letters import ZWNJ, decode, encode, fold_index

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils import Database

VERSION = "3"  # raised whenever the same text would be indexed differently
Texts = tuple[str | None, str | None, str | None, str]  # kicker, title, lead, body
_WORD = re.compile(r"[^\W_]+")
_MAX_PARTS = 6  # of one compound; a longer one is no word
_MAX_REMEMBERED = 150_000  # words, about 40 MB
_MAX_WORD = 60  # letters of a word that is remembered
_BETWEEN = "\0"  # parts of an encoded text
_ADD = "INSERT INTO search (rowid, title, lead, body, joined, lemmas) VALUES (?, ?, ?, ?, ?, ?)"
_ADD_JOINED = "INSERT OR IGNORE INTO joined_words VALUES (?)"
_REMOVE = "INSERT INTO search (search, rowid, title, lead, body, joined, lemmas) VALUES ('delete', ?, ?, ?, ?, ?, ?)"


def index_words(text: str) -> list[str]:
    """Return the words of a text or query as the index holds them: folded, without marks and punctuation."""
    return _WORD.findall(fold_index(text))


def folded_word(printed: str) -> str:
    """Return the letters of one printed word as the index holds it in one piece; remembered."""
    return _folded[printed].replace(" ", "")


def indexed(text: str) -> str:
    """Return the same as one line, faster where a text is long."""
    encoded = encode(text)
    if encoded is not None:
        return fast_folding.fold(encoded)
    return " ".join(map(_folded.__getitem__, text.split()))


def inserts(document_id: int, texts: Texts, known: set[str]) -> Iterator[tuple[str, list[tuple[int | str, ...]]]]:
    """Yield the statements that index a document's text, with their rows; `known`, the archive's joined words, grows."""
    columns = columns_of(texts)
    yield _ADD, [(document_id, *columns)]
    new = set(columns[3].split()) - known
    if len(known) > _MAX_REMEMBERED:
        known.clear()
    known |= new
    yield _ADD_JOINED, [(word,) for word in sorted(new)]


def add(db: Database, document_id: int, texts: Texts) -> None:
    """Index a document's text."""
    for insert, rows in inserts(document_id, texts, set()):
        db.conn.executemany(insert, rows)


def remove(db: Database, document_id: int, texts: Texts) -> None:
    """Take a document out; `texts` must be exactly what it was indexed with."""
    db.execute(_REMOVE, [document_id, *columns_of(texts)])


def remove_unused_words(db: Database) -> None:
    """Remove joined words that no document has any more."""
    db.execute("CREATE VIRTUAL TABLE temp.indexed_words USING fts5vocab('main', 'search', 'col')")
    db.execute("DELETE FROM joined_words WHERE word NOT IN (SELECT term FROM temp.indexed_words WHERE col = 'joined')")
    db.execute("DROP TABLE temp.indexed_words")


def refresh(db: Database) -> None:
    """Make the whole index again if it was made by another version of this module."""
    if get_meta(db, "search") == VERSION:
        return
    with db.atomic():
        rebuild(db)
        set_meta(db, "search", VERSION)


def rebuild(db: Database) -> None:
    """Make the whole index again from the current texts, inside a transaction."""
    db.execute("INSERT INTO search (search) VALUES ('delete-all')")
    sql = "SELECT d.id, r.kicker, r.title, r.lead, r.body FROM documents d JOIN revisions r ON r.id = d.revision_id"
    for document_id, *texts in db.execute(sql):
        add(db, document_id, tuple(texts))


class _Remembered(dict[str, str]):
    """Printed words (from blank to blank) and what the index holds of them."""

    def __missing__(self, printed: str) -> str:
        found = self.make(printed)
        if len(printed) <= _MAX_WORD:
            if len(self) >= _MAX_REMEMBERED:
                self.clear()
            self[printed] = found
        return found

    @staticmethod
    def make(printed: str) -> str:
        return " ".join(index_words(printed))


class _Joined(_Remembered):
    """The same for every run of two or more neighbouring parts of a compound, glued."""

    @staticmethod
    def make(printed: str) -> str:
        return " ".join(run for parts in _compounds(printed) for run in _runs(parts[:_MAX_PARTS]))


def _compounds(printed: str) -> Iterator[list[str]]:
    """Yield the folded parts of each compound; a sign between two words parts them as well."""
    parts: list[str] = []
    for piece in printed.split(ZWNJ):
        words = index_words(piece)
        parts += words[:1]
        if len(words) != 1:
            yield parts
            parts = words[1:][-1:]
    yield parts


def _runs(parts: list[str]) -> Iterator[str]:
    return ("".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 2, len(parts) + 1))


_folded = _Remembered()
_joined = _Joined()


def columns_of(texts: Texts) -> tuple[str, str, str, str, str]:
    """Return what each column of the index holds of a text: words with blanks between them."""
    kicker, title, lead, body = texts
    columns = (f"{kicker}\n{title or ''}" if kicker else title or "", lead or "", body)
    encoded = encode(_BETWEEN.join(columns))
    if encoded is not None and encoded.count(0) == len(columns) - 1:
        return _columns_of_encoded(encoded)
    compounds: dict[str, None] = {}
    head, first, rest = (_column(text, compounds) for text in columns)
    joined = " ".join(map(_joined.__getitem__, compounds))
    return head, first, rest, joined, word_lemmas.line({*f"{head} {first} {rest} {joined}".split()})


def _columns_of_encoded(encoded: bytes) -> tuple[str, str, str, str, str]:
    """Return the same of an encoded text with a NUL between its parts. A third of the time: known words are not decoded."""
    compounds = dict.fromkeys(fast_folding.with_zwnj(encoded.replace(b"\0", BLANK)))
    joined = " ".join(map(_joined.__getitem__, compounds))
    folded = fast_folding.fold_parts(encoded)
    head, first, rest = decode(folded).split(_BETWEEN)
    words = {*folded.replace(b"\0", BLANK).split(BLANK)}
    return head, first, rest, joined, word_lemmas.line_of_encoded(words, joined)


def _column(text: str, compounds: dict[str, None]) -> str:
    """Return the words of a text as the index holds them; those written with ZWNJ join the compounds."""
    words = text.split()
    compounds.update((word, None) for word in words if ZWNJ in word)
    return " ".join(map(_folded.__getitem__, words))
