"""A document or a clause as reference managers take it: CSL-JSON, BibTeX, RIS. Days are in both calendars."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from persiantools.jdatetime import JalaliDate

# What BibTeX reads as its own; a backslash and braces need words of TeX.
_TEX = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}
_TEX |= {sign: f"\\{sign}" for sign in "&%$#_"}
_KINDS = {"news": ("article-newspaper", "misc", "NEWS"), "law": ("legislation", "misc", "STAT")}


@dataclass(frozen=True, slots=True)
class BibliographyEntry:
    """What is cited: `kind` is "news" or "law"; `issued` and `accessed` are ISO days, "" where nobody knows them.

    `key` names it in a bibliography (Latin letters and digits); `number` is a news code; `section` the clause of a law.
    """

    key: str
    kind: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    issued: str
    accessed: str
    url: str
    permalink: str
    number: str = ""
    section: str = ""


def jalali_day(day: str) -> str:
    """Return the Jalali day "1398-02-15" of an ISO day; "" of none."""
    return str(JalaliDate.to_jalali(date.fromisoformat(day))) if day else ""  # type: ignore[no-untyped-call]


def csl_json(reference: BibliographyEntry) -> str:
    """Return the reference as a list of one CSL-JSON item."""
    item: dict[str, Any] = {
        "id": reference.key, "type": _KINDS[reference.kind][0], "title": reference.title, "language": "fa",
        "author": [{"literal": name} for name in reference.authors],
        "container-title": reference.publisher if reference.kind == "news" else "",
        "authority": reference.publisher if reference.kind == "law" else "",
        "issued": _csl_day(reference.issued), "accessed": _csl_day(reference.accessed),
        "URL": reference.url, "archive": "bayegan", "archive_location": reference.permalink, "number": reference.number,
        "section": reference.section, "note": _note(reference),
    }  # fmt: skip
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=2) + "\n"


def bibtex(reference: BibliographyEntry) -> str:
    """Return the reference as a BibTeX entry, with the names that biblatex knows besides."""
    year, month, day = [*reference.issued.split("-"), "", "", ""][:3]
    fields = {
        "title": f"{{{_tex(_title(reference))}}}", "author": " and ".join(f"{{{_tex(name)}}}" for name in reference.authors),
        "howpublished": _tex(reference.publisher), "year": year, "month": month.lstrip("0"), "day": day.lstrip("0"),
        "date": reference.issued, "url": reference.url, "urldate": reference.accessed, "number": _tex(reference.number),
        "note": _tex(_note(reference)), "langid": "persian",
    }  # fmt: skip
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{_KINDS[reference.kind][1]}{{{reference.key},", *lines, "}", ""])


def ris(reference: BibliographyEntry) -> str:
    """Return the reference as a RIS record."""
    fields = [
        ("TY", _KINDS[reference.kind][2]), ("ID", reference.key), ("TI", _title(reference)),
        *(("AU", name) for name in reference.authors),
        ("T2", reference.publisher if reference.kind == "news" else ""),
        ("PB", reference.publisher if reference.kind == "law" else ""),
        ("PY", reference.issued[:4]), ("DA", reference.issued.replace("-", "/")), ("Y2", reference.accessed.replace("-", "/")),
        ("UR", reference.url), ("L2", reference.permalink), ("SE", reference.section), ("M1", reference.number), ("LA", "fa"),
        ("N1", _note(reference)),
    ]  # fmt: skip
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in fields if value) + "ER  - \r\n"


def _title(reference: BibliographyEntry) -> str:
    return f"{reference.section}، {reference.title}" if reference.section else reference.title


def _note(reference: BibliographyEntry) -> str:
    days = [
        f"{name} {jalali_day(day)} (Jalali), {day} (Gregorian)"
        for name, day in (("published", reference.issued), ("captured", reference.accessed)) if day
    ]  # fmt: skip
    return "; ".join([*days, f"archived: {reference.permalink}"])


def _csl_day(day: str) -> dict[str, list[list[int]]]:
    return {"date-parts": [[int(part) for part in day.split("-")]]} if day else {}


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in _line(text))


def _line(text: str) -> str:
    """Return a text on one line: a line feed would begin a field of its own."""
    return re.sub(r"\s*[\r\n\u2028\u2029]+\s*", " ", text)
