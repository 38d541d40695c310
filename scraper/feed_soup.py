"""XML that no strict parser reads, as the events of one that does: tags are closed where their parents end, the rest is text.

Everything is found by searches that only go forwards, so that a hostile file costs no more than its length.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

_NAME = r"[A-Za-z_\u0080-\uffff][^\s<>/=\"']*+"
_TAG = re.compile(
    rf"""<(?: (?P<start>{_NAME}) (?P<attributes>(?:[^<>"']++|"[^"]*+"|'[^']*+')*+) >
    | (?P<broken>{_NAME}) (?P<rest>[^<>]*+) >
    | /\s* (?P<end>{_NAME}) [^<>]*+ (?:>|(?=<)) )""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([^\s=/"'<>]+)\s*=\s*(?:"([^"]*)"?|'([^']*)'?|([^\s"'<>]+))""")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,30});")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_COMMENT, _COMMENT_END = "<!--", "-->"
# Elements that hold no others of these: one that is still open ends where the next begins.
_LEAVES = frozenset({"title", "link", "guid", "id", "pubdate", "published", "updated", "loc", "lastmod"})
_MAX_TEXT = 16_384  # characters of one piece of text that are given on


class XmlTarget(Protocol):
    """What takes the events."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""

    def data(self, text: str) -> None:
        """A piece of text follows."""

    def end(self, tag: str) -> None:
        """An element ends."""


@dataclass(slots=True)
class _Open:
    """An open element: its name in lower case as it was written, its tag, the default namespace inside of it."""

    name: str
    tag: str
    space: str


def read_soup(text: str, target: XmlTarget, entries: frozenset[str]) -> None:
    """Give the events of an XML document to `target`, up to the end of its root element.

    An element of one of the names in `entries` (lower case, without a prefix) ends where the next of that name begins.
    What is still open at the end of the text is not ended. Whatever `target` raises comes through.
    """
    _Soup(text, target, entries).read()


class _Soup:
    def __init__(self, text: str, target: XmlTarget, entries: frozenset[str]) -> None:
        self._text = text
        self._target = target
        self._entries = entries
        self._open: list[_Open] = []
        self._names: Counter[str] = Counter()  # of open elements, with their prefixes and without
        self._begun = False
        self._spaces: dict[str, str] = {}  # by prefix; the last declaration holds
        self._sought: dict[str, int] = {}  # ends that are not found from a place on

    def read(self) -> None:
        place = 0
        while place < len(self._text):
            mark = self._text.find("<", place)
            self._data(place, mark if mark >= 0 else len(self._text))
            if mark < 0:
                return
            place = self._markup(mark)
            if place < 0:
                return

    def _markup(self, place: int) -> int:
        """Read what begins with this bracket; return where it ends, -1 after the root element."""
        if self._text.startswith(_CDATA, place):
            end = self._find(_CDATA_END, place)
            self._target.data(_CONTROL.sub("", self._text[place + len(_CDATA) : min(end, place + _MAX_TEXT)]))
            return end + len(_CDATA_END)
        if self._text.startswith(_COMMENT, place):
            end = self._find(_COMMENT_END, place)
            return end + len(_COMMENT_END) if end < len(self._text) else place + len(_COMMENT)
        if self._text.startswith(("<?", "<!"), place):
            return self._find(">", place) + 1
        found = _TAG.match(self._text, place)
        if found is None:
            self._target.data("<")
            return place + 1
        if found["end"]:
            self._end(found["end"].lower())
        else:
            self._start(found["start"] or found["broken"], found["attributes"] if found["start"] else found["rest"])
        return found.end() if self._open or not self._begun else -1

    def _find(self, mark: str, place: int) -> int:
        """Return where a mark stands next, the end of the text if it does not; what is not there is sought once."""
        if self._sought.get(mark, len(self._text)) <= place:
            return len(self._text)
        found = self._text.find(mark, place)
        if found < 0:
            self._sought[mark] = place
            return len(self._text)
        return found

    def _data(self, start: int, end: int) -> None:
        if end > start:
            self._target.data(unescaped(self._text[start : min(end, start + _MAX_TEXT)]))

    def _start(self, name: str, printed: str) -> None:
        attributes: dict[str, str] = {}
        for found in _ATTRIBUTE.finditer(printed):
            attributes.setdefault(found[1], unescaped(found[2] or found[3] or found[4] or ""))
        local = name.rpartition(":")[2].lower()
        if local in self._entries and self._names[f":{local}"]:
            while self._pop() != local:
                pass
        if self._open and name.lower() in _LEAVES and self._open[-1].name in _LEAVES:
            self._pop()
        space = attributes.get("xmlns", self._open[-1].space if self._open else "")
        self._spaces |= {key[6:]: value for key, value in attributes.items() if key.startswith("xmlns:")}
        element = _Open(name.lower(), self._tag(name, space), space)
        self._open.append(element)
        self._names.update((element.name, f":{local}"))
        self._begun = True
        self._target.start(element.tag, {self._tag(key, ""): value for key, value in attributes.items()})
        if printed.endswith("/"):
            self._pop()

    def _tag(self, name: str, space: str) -> str:
        prefix, colon, local = name.partition(":")
        if colon:
            return f"{{{self._spaces[prefix]}}}{local}" if prefix in self._spaces else name
        return f"{{{space}}}{name}" if space else name

    def _end(self, name: str) -> None:
        """End the innermost open element of this name, and all that is open inside of it; an end of nothing is passed over."""
        while self._names[name]:
            if self._open[-1].name == name:
                self._pop()
                return
            self._pop()

    def _pop(self) -> str:
        """End the innermost element; return its name in lower case, without a prefix."""
        element = self._open.pop()
        local = element.name.rpartition(":")[2]
        self._names.subtract((element.name, f":{local}"))
        self._target.end(element.tag)
        return local


def unescaped(text: str) -> str:
    """Return text with the entities of XML and HTML resolved; ampersands of anything else, and unknown ones, are themselves."""
    return _CONTROL.sub("", _ENTITY.sub(lambda found: html.unescape(found[0]), text) if "&" in text else text)
