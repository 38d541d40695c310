"""What a law is called: its title without what is printed around it, its kind, other names that the text gives it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from parsers.expressions import expression
from parsers.facts.bodies import body_by_slug
from parsers.grammar.blanks import GAP
from parsers.grammar.instrument_titles import Listed, heads, kind_of_head, name_at
from parsers.grammar.names import key_of
from parsers.law.vocabulary import pattern, words
from parsers.law.whole_law import kinds
from parsers.persian.letters import fold

_QUOTED = expression('[«"“]([^«»"“”\n]{3,300})[»"”]')
_DAY = "(?:1[34][0-9]{2}[/-][0-9]{1,2}[/-][0-9]{1,2}|[0-9]{1,2}[/-][0-9]{1,2}[/-]1[34][0-9]{2})"
_SITE = expression(" [|»] .{2,60}\\Z| [-–—] [^-–—]{2,40}\\Z")
_QUOTES = expression('[«»"“”]')
_PARTS = expression(" [-–—|+] |: ")
_MOST = 300
LAW = "law"
_FEWEST = 2  # words of a shorter name; «قانون ثبت» could be any


@dataclass(frozen=True, slots=True)
class Title:
    """`name` is canonical where the lexicon lists the law; `others` are more names of the same law."""

    name: str
    kind: str
    body: str | None = None
    others: tuple[str, ...] = ()


def read_title(printed: str, printed_kind: str | None = None, preamble: str = "", year: int | None = None) -> Title:
    """Return what the printed title says.

    `printed_kind` is what the page's label calls the kind, if it has one; `year` (Jalali) tells laws of one name apart.
    """
    whole = " ".join(printed.split())[:_MOST]
    plain = _plain(_as_below(whole, preamble))
    quoted = _QUOTED.search(plain)
    inner = _plain(quoted[1]) if quoted and _is_frame(plain, quoted) else ""
    unquoted = _QUOTES.sub("", plain)
    known = next(filter(None, (_listed(name, year) for name in (whole, plain, unquoted, inner) if name)), None)
    others = [name for name in (whole, plain, inner, *_called(preamble), *_shorter(plain)) if len(name) > 7]
    if known:
        body = body_by_slug(known.body).name if known.body else None
        return Title(known.title, known.kind, body, _distinct(known.title, others))
    name = inner or plain
    return Title(name, _kind(plain, printed_kind), None, _distinct(name, others))


def _as_below(printed: str, preamble: str) -> str:
    """Return what a page's headline shares with a line above the clauses: «قانون پل‌ها – دفتر نمونه» is «قانون پل‌ها» there."""
    for part in _PARTS.finditer(printed):
        name = printed[: part.start()].strip()
        if _head_at(fold(name), 0) and not _is_bare(name) and any(key_of(line) == key_of(name) for line in preamble.split("\n")):
            return name
    return printed


def _is_bare(name: str) -> bool:
    """Return whether a name is nothing but the word for a kind: «آیین‌نامه»."""
    return kind_of_head(name) is not None or key_of(name) in heads()


def _listed(name: str, year: int | None) -> Listed | None:
    """Return the instrument of the lexicon that a whole name means; brackets and marks at its end aside."""
    folded = fold(name)
    found = name_at(folded, 0)
    return found.value.of_year(year) if found and not folded[found.end :].strip(' )]»".،') else None


def _shorter(title: str) -> list[str]:
    """Return what people call a law: its title without «نحوه اجرای», «راجع به», or what follows «به عنوان».

    A shorter name that the lexicon knows for another law is left to that one.
    """
    folded = fold(title)
    head = name_at(folded, 0)
    if head is None or not head.value.kind:
        return []
    cut = _dispensable().match(folded, head.end)
    ending = _as_what().search(folded, head.end)
    whole = title[: ending.start()] if ending else title
    named = [f"{title[: head.end]} {whole[cut.end() :]}"] if cut and cut.end() < len(whole) else []
    named += [whole] if ending else []
    return [name for name in named if len(name.split()) > _FEWEST and _listed(name, None) is None]


def _distinct(name: str, others: list[str]) -> tuple[str, ...]:
    found = {key_of(other): other for other in others}
    found.pop(key_of(name), None)
    return tuple(found.values())


def _plain(title: str) -> str:
    """Return the title without «متن کامل», «مصوب ۱۳۹۰», «با اصلاحات بعدی», and the site's name."""
    before = True
    while before:
        before = False
        folded = fold(title)
        opening = _openings().match(folded)
        if opening and _head_at(folded, opening.end()):
            title, before = title[opening.end() :], True
            continue
        for ending in (_endings(), _issued(), _dated(), _numbered()):
            found = ending.search(folded)
            if found and found.start() > 8 and not (_opens_quote(folded, found.start()) or _is_bare(title[: found.start()])):
                title, before = title[: found.start()], True
                break
        site = _SITE.search(title)
        if not before and site and site.start() > 12 and _head_at(folded, 0) and not re.search("[0-9۰-۹]", site[0]):
            title, before = title[: site.start()], True
    return title.strip(" .:؛،-–—ـ")


def _opens_quote(folded: str, at: int) -> bool:
    return folded.count("«", 0, at) > folded.count("»", 0, at)


def _head_at(folded: str, at: int) -> bool:
    """Return whether a word that opens titles begins here, a mark aside."""
    rest = folded[at:].lstrip(' :«"\u200c-–ـ')
    return name_at(rest, 0) is not None


@cache
def _dispensable() -> re.Pattern[str]:
    """Return the pattern for words after a title's head that people leave out: «نحوه اجرای», «راجع به»."""
    return expression(f"{GAP}(?:{words('title', 'dispensable')}{GAP})+")


@cache
def _as_what() -> re.Pattern[str]:
    return expression(f" {words('title', 'as_what')} ")


@cache
def _openings() -> re.Pattern[str]:
    return expression(f"{GAP}{words('title', 'before')}[ :\u200c-–ـ]*")


@cache
def _endings() -> re.Pattern[str]:
    """Return the pattern for «با اصلاحات بعدی», «(با آخرین اصلاحات تا ۱۳۹۶/۷/۱۲)», «+ متن و نکات» at the end of a title."""
    until = f"(?:{GAP}{words('title', 'until')}(?:{GAP}{words('title', 'dated')})?[ :]*(?:{_DAY}|[0-9]{{4}}))?"
    return expression(f"[ (\\[،:-]*{words('title', 'after')}{until}[ )\\]]*\\Z| \\+ .*\\Z")


@cache
def _issued() -> re.Pattern[str]:
    """Return the pattern for «(مصوب ۱۳۹۰/۲/۳ مجلس …)», «مصوبه جلسه ۱۲ …» at the end of a title."""
    return expression(f"[ (\\[،,\u200c]*(?:(?<=[(\\[]){kinds()}{GAP})?{words('title', 'issued')}[ :(].{{0,160}}\\Z")


@cache
def _dated() -> re.Pattern[str]:
    return expression(f"[ (\\[،,-]*(?:{words('title', 'dated')}[ :]*)?{_DAY}[ )\\]]*\\Z")


@cache
def _numbered() -> re.Pattern[str]:
    return expression(f"[ ،-]*{words('title', 'numbered')}[ :]*[0-9/ -]+\\Z")


def _is_frame(title: str, quoted: re.Match[str]) -> bool:
    """Return whether what stands around the quotation only says that it is one: «مصوبه «…» شورای عالی».

    «قانون مبارزه با «پول‌شویی»» quotes a word of its own name, «قانون تسهیل اجرای «قانون …»» another law.
    """
    frame = _frame().match(fold(title), 0, quoted.start())
    if frame is None:
        return False
    return frame["kind"] is None or kind_of_head(frame["kind"]) != LAW or _head_at(fold(quoted[1]), 0)


@cache
def _frame() -> re.Pattern[str]:
    """Return the pattern for what stands before a quoted title: «ابلاغ», «مصوبه شماره ۵ در خصوص»."""
    number = f"(?:{words('title', 'numbered')}[ :]*[0-9/ -]+)?"
    opening = f"(?:{words('title', 'before')}[ :\u200c]*)*"
    return expression(f"{opening}(?P<kind>{kinds()})?{GAP}{number}{GAP}(?:{words('title', 'about')})?[ :\u200c]*\\Z")


def _kind(title: str, printed: str | None) -> str:
    for text in (title, printed or ""):
        folded = fold(text).lstrip(' «"')
        found = name_at(folded, 0)
        if found and found.value.kind:
            return found.value.kind
        first = kind_of_head(folded.split(" ")[0]) if folded else None
        if first:
            return first
    return "resolution"


def _called(preamble: str) -> list[str]:
    """«که از این پس «…» نامیده می‌شود»."""
    folded = fold(preamble)
    return [
        quoted[1]
        for found in pattern("title", "called").finditer(folded)
        if (quoted := _QUOTED.search(preamble, found.end(), min(len(preamble), found.end() + 120)))
        and pattern("title", "is_called").search(folded, quoted.end(), quoted.end() + 30)
    ]
