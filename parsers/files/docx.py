"""Word files (ECMA-376): paragraphs, rows of tables, footnotes, and the numbers that Word itself counts before paragraphs.

A footnote or endnote is a mark `[1]` where it is referred to, and a line after the text.

Read straight from the zip with bounds on what it may unpack to, for a file may be a bomb; python-docx has none, and leaves the
automatic numbers («ماده ۱ـ» as a list style) to be guessed.
"""

from __future__ import annotations

import zipfile
from collections import Counter
from dataclasses import dataclass, field
from io import BytesIO
from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from parsers.files import UnreadableDocument
from parsers.law.vocabulary import data

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST = 40_000_000
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-", f"{_W}softHyphen": ""}
_SKIPPED = {f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", f"{_W}pPr", f"{_W}rPr", f"{_W}tbl"}
_NOTES = ("footnote", "endnote")
_REFERENCES = {f"{_W}{kind}Reference": kind for kind in _NOTES}
_ABJAD = "ابجدهوزحطیکلمنسعفصقرشتثخذضظغ"
_ALPHABET = "ابتثجحخدذرزسشصضطظعغفقکلمنهوی"


_NOTE: str = data()["closing"]["note"]


@dataclass(slots=True)
class _Level:
    """How one level of a list is numbered: `form` is Word's name of the numerals, `text` such as «ماده %1ـ»."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class _Lists:
    """Levels by list, and how far each list has counted; `notes` are those referred to so far, as (kind, id), in order."""

    levels: dict[str, dict[int, _Level]] = field(default_factory=dict)
    styles: dict[str, tuple[str, int]] = field(default_factory=dict)
    counts: dict[str, Counter[int]] = field(default_factory=dict)
    notes: dict[tuple[str, str], int] = field(default_factory=dict)


def docx_lines(body: bytes) -> list[str]:
    """Return the paragraphs in order, with their automatic numbers. Raises UnreadableDocument."""
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            document = _part(archive, "word/document.xml")
            lists = _Lists()
            if "word/numbering.xml" in archive.namelist():
                _read_lists(_part(archive, "word/numbering.xml"), lists)
            if "word/styles.xml" in archive.namelist():
                _read_styles(_part(archive, "word/styles.xml"), lists)
            notes = {
                kind: _part(archive, f"word/{kind}s.xml") for kind in _NOTES if f"word/{kind}s.xml" in archive.namelist()
            }  # fmt: skip
    except (zipfile.BadZipFile, KeyError, OSError, ParseError, DefusedXmlException, RuntimeError, NotImplementedError) as error:
        raise UnreadableDocument(f"a damaged or encrypted Word file ({type(error).__name__})") from error
    main = document.find(f"{_W}body")
    if main is None:
        raise UnreadableDocument("a Word file without a body")
    lines = [line for text in _blocks(main, lists) for line in text.split("\n") if line.strip()]
    return [*lines, *_note_lines(notes, lists)]


def _note_lines(notes: Mapping[str, Element], lists: _Lists) -> Iterator[str]:
    """Yield the notes that the text refers to, one a line, in the order in which it does."""
    found = {
        (kind, note.get(f"{_W}id") or ""): note for kind, root in notes.items() for note in root.findall(f"{_W}{kind}")
    }  # fmt: skip
    for key, number in list(lists.notes.items()):
        if key in found:
            words = " ".join(" ".join(_blocks(found[key], lists)).split())
            yield f"{_NOTE} {number}: {words}" if words else f"{_NOTE} {number}"


def _part(archive: zipfile.ZipFile, name: str) -> Element:
    with archive.open(name) as stream:
        data = stream.read(_MOST + 1)
    if len(data) > _MOST:
        raise UnreadableDocument(f"a Word file of more than {_MOST // 1_000_000} MB")
    root: Element = fromstring(data)
    return root


def _blocks(parent: Element, lists: _Lists) -> Iterator[str]:
    """Paragraphs and rows, in order; content controls and insertions are looked through. Iterative: depth costs no stack."""
    todo = [iter(parent)]
    while todo:
        element = next(todo[-1], None)
        if element is None:
            todo.pop()
        elif element.tag == f"{_W}p":
            yield _paragraph(element, lists)
        elif element.tag == f"{_W}tr":
            yield from _row(element, lists)
        elif element.tag not in _SKIPPED - {f"{_W}tbl"}:
            todo.append(iter(element))


def _row(row: Element, lists: _Lists) -> Iterator[str]:
    """Yield one line for a row; a single cell is a frame around paragraphs of their own."""
    cells = list(row.iter(f"{_W}tc"))
    if len(cells) == 1:
        yield from (_paragraph(paragraph, lists) for paragraph in cells[0].iter(f"{_W}p"))
    else:
        yield "\t".join(_cell(cell, lists) for cell in cells)


def _cell(cell: Element, lists: _Lists) -> str:
    return " ".join(filter(None, (_paragraph(p, lists).replace("\n", " ").strip() for p in cell.iter(f"{_W}p"))))


def _paragraph(paragraph: Element, lists: _Lists) -> str:
    return _number(paragraph, lists) + "".join(_text(paragraph, lists))


def _text(element: Element, lists: _Lists) -> Iterator[str]:
    todo = list(reversed(list(element)))
    while todo:
        node = todo.pop()
        if node.tag == f"{_W}t":
            yield node.text or ""
        elif node.tag in _BREAKS:
            yield _BREAKS[node.tag]
        elif node.tag in _REFERENCES:
            key = (_REFERENCES[node.tag], node.get(f"{_W}id") or "")
            yield f"[{lists.notes.setdefault(key, len(lists.notes) + 1)}]"
        elif node.tag not in _SKIPPED:
            todo.extend(reversed(list(node)))


def _read_lists(numbering: Element, lists: _Lists) -> None:
    abstract: dict[str, dict[int, _Level]] = {}
    for found in numbering.findall(f"{_W}abstractNum"):
        levels = {}
        for level in found.findall(f"{_W}lvl"):
            form, text, start = (_value(level, name) for name in ("numFmt", "lvlText", "start"))
            levels[_int(level.get(f"{_W}ilvl"))] = _Level(form or "decimal", text or "", _int(start) or 1)
        abstract[found.get(f"{_W}abstractNumId") or ""] = levels
    for number in numbering.findall(f"{_W}num"):
        lists.levels[number.get(f"{_W}numId") or ""] = abstract.get(_value(number, "abstractNumId") or "", {})


def _read_styles(styles: Element, lists: _Lists) -> None:
    for style in styles.findall(f"{_W}style"):
        properties = style.find(f"{_W}pPr/{_W}numPr")
        if properties is not None and _value(properties, "numId"):
            lists.styles[style.get(f"{_W}styleId") or ""] = (_value(properties, "numId") or "", _int(_value(properties, "ilvl")))


def _number(paragraph: Element, lists: _Lists) -> str:
    """Return the number that Word counts before a paragraph, as it prints it; an empty string for bullets and none."""
    properties = paragraph.find(f"{_W}pPr")
    if properties is None:
        return ""
    own = properties.find(f"{_W}numPr")
    if own is not None:
        list_id, level = _value(own, "numId") or "0", _int(_value(own, "ilvl"))
    else:
        list_id, level = lists.styles.get(_value(properties, "pStyle") or "", ("0", 0))
    levels = lists.levels.get(list_id, {})
    if level not in levels or levels[level].form in ("bullet", "none"):
        return ""
    counts = lists.counts.setdefault(list_id, Counter())
    counts[level] += 1
    for deeper in [other for other in counts if other > level]:
        del counts[deeper]
    text = levels[level].text
    for place in range(level + 1):
        at = levels.get(place, levels[level])
        text = text.replace(f"%{place + 1}", _numeral(at.form, at.start + max(counts[place], 1) - 1))
    return f"{text} " if text else ""


def _numeral(form: str, number: int) -> str:
    letters = {"arabicAbjad": _ABJAD, "arabicAlpha": _ALPHABET}.get(form)
    if letters and number <= len(letters):
        return "الف" if number == 1 else letters[number - 1]
    return str(number)


def _value(element: Element, name: str) -> str | None:
    found = element.find(f"{_W}{name}")
    return found.get(f"{_W}val") if found is not None else None


def _int(text: str | None) -> int:
    return int(text) if text and text.isdigit() else 0
