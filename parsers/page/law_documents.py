"""Laws that come without a portal: Word files, PDFs, text files. Any other document is read as page text is."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.files import UnreadableDocument, document_kind, document_lines
from parsers.law.recognition import is_title, law_text
from parsers.law.vocabulary import article_units, containers, note_units
from parsers.models import Issue
from parsers.page.decode import Decoded
from parsers.page.fields import code_in_url
from parsers.page.language import is_persian
from parsers.page.law_pages import approval_below, law_time, read_pairs
from parsers.page.models import Page
from parsers.page.size_limits import cut_paragraphs
from parsers.page.stated_facts import stated_of
from parsers.page.urls import publisher_of
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from parsers.law.clause_counts import LawText
    from parsers.models import Capture
    from parsers.page.paragraphs import Block

_LABELLED = 200
_BEGINNING = 40
_NUMBERED = expression(r"\d+\s*[-–—ـ.)]")
_MARKS = " «\"'([\u200c\u200e\u200f-–—ـ*•"


def read_document(capture: Capture) -> Decoded:
    """Return the text of a Word file or PDF, a paragraph a line; what cannot be read is an issue."""
    try:
        return Decoded("\n".join(document_lines(capture.body)), "document", tuple(_of_scan(capture)))
    except UnreadableDocument as error:
        return Decoded("", "binary", (Issue("warning", "unreadable_document", str(error)),))


def _of_scan(capture: Capture) -> Iterator[Issue]:
    """Yield what a text from pictures has to say of itself."""
    if document_kind(capture.body) == "scan":
        from parsers.files.scanned import told_of_scan

        told, is_unsure = told_of_scan(capture.body)
        yield Issue("warning" if is_unsure else "info", "ocr_text", told)


def law_page(capture: Capture, decoded: Decoded, url: str | None) -> Page | None:
    """Return the law that a text is, None where it is none."""
    lines = [line for line in decoded.text.split("\n") if line.strip()]
    stated = stated_of(capture)
    found = (law_text(lines, stated.title, certain=True) if stated.title else None) or law_text(lines, is_file=True)
    found = _named_by_file(found, stated.file) if found else None
    if found is None or not is_persian(" ".join(found.lines[:60])):
        return None
    labels = {**read_pairs(lines[:_LABELLED]), **stated.labels()}
    paragraphs, cut = cut_paragraphs(list(found.lines))
    moment = law_time(labels, f"{found.title} {approval_below(found.title, lines)}")
    return Page(
        verdict="law",
        evidence=f"a text of {found.clauses} clauses",
        cms="text",
        publisher=capture.publisher or publisher_of(url),
        url=url,
        news_code=code_in_url(url),
        title=found.title,
        paragraphs=tuple(paragraphs),
        category=tuple(filter(None, (labels.get("kind"),))),
        published_at=moment.iso if moment else None,
        published_jalali=moment.jalali if moment else None,
        published_from="labelled" if moment else None,
        issues=(*decoded.issues, *cut, *_untitled(found)),
        charset=decoded.charset,
        labels=labels,
    )


def _named_by_file(found: LawText, file: str | None) -> LawText:
    """Return a text without a title takes the name of its file where that is a title, else it stands in the working name."""
    if found.titled or not file:
        return found
    stem = PurePath(file).stem.replace("_", " ").strip()
    if is_title(stem):
        return replace(found, title=stem, titled=True)
    return replace(found, title=f"{found.title} ({stem})")


def _untitled(found: LawText) -> tuple[Issue, ...]:
    if found.titled:
        return ()
    message = f"no title before the first clause, stored as «{found.title}»; add it again with --title"
    return (Issue("warning", "law_without_title", message),)


def reads_as_law(title: str | None, paragraphs: Sequence[str]) -> bool:
    """Return whether a page of no known family is the text of a law: under its title, or from its first line on."""
    if not any(map(_may_be_clause, paragraphs)):
        return False
    if title and is_title(title):
        return law_text(paragraphs, title) is not None
    return law_text(paragraphs) is not None


def _may_be_clause(paragraph: str) -> bool:
    """Return whether a paragraph begins with a number or the word of a unit; most pages have none that does."""
    begins = fold(paragraph[:_BEGINNING]).lstrip(_MARKS)
    return _NUMBERED.match(begins) is not None or begins.startswith(_unit_words())


@cache
def _unit_words() -> tuple[str, ...]:
    return tuple(word.split()[0] for word in (*article_units(), *note_units(), *containers()))


def numbered(block: Block) -> str:
    """Return a paragraph with the number that a browser prints before it."""
    return f"{block.number}- {block.text}" if block.number is not None else block.text
