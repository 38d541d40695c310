"""A name in its sentence: what stands before and after it, cut to a window, so that a decision costs the same in any text."""

from __future__ import annotations

from dataclasses import dataclass

from parsers.expressions import expression

_WINDOW = 300
_NEAR = 90
_SENTENCE_END = expression(r"[.!؟?؛\n](?!(?<=\.)\w)")


@dataclass(frozen=True, slots=True)
class NameContext:
    """A name in its sentence: `before` and `after` are the sentence's parts around it, underscores read as blanks.

    `before` begins with a blank, so that its first word has one before it too.
    """

    before: str
    after: str

    @property
    def near(self) -> str:
        """The words right before the name."""
        return self.before[-_NEAR:]

    @property
    def sentence(self) -> str:
        """The sentence without the name."""
        return f"{self.before} \n {self.after}"


def context_of(text: str, start: int, end: int) -> NameContext:
    """Return the surroundings of text[start:end] within its sentence."""
    before = text[max(0, start - _WINDOW) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    after = text[end : end + _WINDOW]
    stop = _SENTENCE_END.search(after)
    return NameContext(
        " " + before[ends[-1] if ends else 0 :].replace("_", " "),
        (after[: stop.end()] if stop else after).replace("_", " "),
    )
