"""The lemmas that the search index holds of a text, each once: those of its inflected words, unless the text has them itself."""

from __future__ import annotations

from parsers.persian.lemmas import load as load_lemmas
from parsers.persian.letters import decode, encode

_MAX_REMEMBERED = 150_000  # words, about 40 MB
_MAX_WORD = 60  # letters of a word that is remembered


class _LemmaOf(dict[str, str]):
    """Folded words and their lemmas."""

    def __missing__(self, word: str) -> str:
        lemma = load_lemmas().lemma(word)
        if len(word) <= _MAX_WORD:
            if len(self) >= _MAX_REMEMBERED:
                self.clear()
            self[word] = lemma
        return lemma


class _Inflected(dict[bytes, tuple[bytes, str]]):
    """Encoded words that are no lemmas themselves, and their lemmas, encoded and plain."""

    def __missing__(self, word: bytes) -> tuple[bytes, str]:
        lemma = lemma_of[decode(word)]
        found = (encode(lemma) or _NO_WORD, lemma)
        if found[0] != word and len(word) <= _MAX_WORD:
            if len(self) >= _MAX_REMEMBERED:
                self.clear()
            self[word] = found
        return found


lemma_of = _LemmaOf()
_inflected = _Inflected()
_own: set[bytes] = set()  # encoded words that are their own lemmas: most of a text
_NO_WORD = b"\xff"


def line(printed: set[str]) -> str:
    """Return the lemmas of a text's words that are not among them, in order, blanks between them."""
    return " ".join(sorted({*map(lemma_of.__getitem__, printed)} - printed))


def line_of_encoded(words: set[bytes], joined: str) -> str:
    """Return the same of encoded words and, in `joined`, of further words with blanks between them."""
    glued = {*joined.split()}
    found = {lemma for lemma in map(lemma_of.__getitem__, glued) if lemma not in glued and encode(lemma) not in words}
    for word in words - _own:
        encoded, lemma = _inflected[word]
        if encoded == word:
            _remember(word)
        elif encoded not in words and lemma not in glued:
            found.add(lemma)
    return " ".join(sorted(found))


def _remember(word: bytes) -> None:
    if len(word) <= _MAX_WORD:
        if len(_own) >= _MAX_REMEMBERED:
            _own.clear()
        _own.add(word)
