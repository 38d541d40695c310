"""Bodies: councils, ministries, courts; listed ones by any spelling, others by their first word."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.expressions import expression
from parsers.facts.body_ends import country_after, is_indefinite, name_end, place_end, with_country
from parsers.grammar.blanks import GAP, HARAKAT, LETTER
from parsers.grammar.names import any_of, key_of, look_up, starts_word
from parsers.grammar.words_around import cue, keys, next_word
from parsers.lexicon import known_keys, load, optional, require, words
from parsers.persian.letters import ZWNJ, fold

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.facts.view import View


@dataclass(frozen=True, slots=True)
class Body:
    """Who issues rules or meets; `meets` is true of a body whose sessions are counted. Unlisted ones have no slug.

    `short` is the key of what it is called after «این», where its name does not begin so («این سازمان» for «اوپک»). An `open`
    one is another body where its name goes on, «کمیسیون مشترک ایران و عراق», a `local` one where a province follows.
    """

    name: str
    meets: bool
    slug: str | None = None
    short: str | None = None
    open: bool = False
    local: bool = False


@dataclass(frozen=True, slots=True)
class BodyMention:
    """A body named in a text, or a bare «این شورا», whose `body` is None: which one is meant, the document says earlier.

    A bare «مجلس» has both `body` and `short`: it is the Majles, unless the document speaks of another parliament. So has a bare
    «هیئت مدیره».
    """

    start: int
    end: int
    body: Body | None
    short: str | None = None


_FILE = "bodies.toml"
# So many letters a listed name has at most.
_NAME = 60
_KEYS = {"slug", "name", "name_en", "aliases", "meets", "same_as", "note", "bare", "short", "open", "local"}
_FIRST = expression(f"{LETTER}+")
_MARKS = expression(f"[{HARAKAT}\u0653\u0654]")
_PERSIAN = {0x064A: 0x06CC, 0x0643: 0x06A9}  # Arabic yeh and kaf


def body_by_slug(slug: str) -> Body:
    """Return the listed body. Raises KeyError where there is none."""
    return _by_slug()[slug]


def short_heads() -> frozenset[str]:
    """Return the keys of the words that alone, or after «این», mean a body named before: «شورا», «کمیسیون»."""
    return _heads("short")


def find_bodies(view: View) -> list[BodyMention]:
    """Return every body named in the section, in order, bare «شورا» included."""
    found: list[BodyMention] = []
    at = 0
    while match := _pattern().search(view.folded, at):
        mention = body_at(view, match.start()) if starts_word(view.folded, match.start()) else None
        if mention is not None:
            found.append(mention)
        at = max(match.start() + 1, mention.end if mention else 0)
    return found


def body_at(view: View, at: int) -> BodyMention | None:
    """Return the body whose name begins at `at`: listed, unlisted («هیئت نظارت بر …») or short («شورا»، «این شورا»)."""
    determiner = _determiner().match(view.folded, at)
    if determiner is not None:
        short = _short_at(view.folded, determiner.end())
        return BodyMention(at, short.end(), None, short[0]) if short else None
    match = _pattern().match(view.folded, at)
    if match is None:
        return None
    if (courteous := _with_courtesy(view, match)) is not None:
        return courteous
    body = look_up(_listed(), match[0])
    if body is not None:
        body = _as_printed(body, match[0])
        bare = match[0] if key_of(match[0]) in _heads("parliament_words") else None
        return _another(view, match, body) or BodyMention(at, with_country(view.folded, match.end()), body, bare)
    pointing = _pointing().match(view.folded, match.end())
    unlisted = None if pointing else _unlisted(view, at, match.end(), "meets")
    if unlisted is not None:
        return unlisted
    end = pointing.end() if pointing else match.end()
    if pointing is None and key_of(match[0]) in _heads("boards"):
        return replace(_named(view, at, end), short=match[0])
    return BodyMention(at, end, None, match[0]) if key_of(match[0]) in short_heads() else None


def _with_courtesy(view: View, first: re.Match[str]) -> BodyMention | None:
    """Return a listed body with «محترم» after its first word: «هیئت محترم وزیران», «شورای محترم نگهبان»."""
    polite = _courtesy().match(view.folded, first.end())
    if polite is None:
        return None
    plain = first[0] + view.folded[polite.end() : polite.end() + _NAME]
    name = _pattern().match(plain)
    body = look_up(_listed(), name[0]) if name and name.end() > len(first[0]) else None
    return BodyMention(first.start(), polite.end() + name.end() - len(first[0]), body) if name and body else None


def _as_printed(body: Body, printed: str) -> Body:
    """«هیئت عمومی دیوان عدالت اداری»: a court does not meet, its assembly does."""
    first = _FIRST.match(printed)
    return replace(body, meets=True) if first and key_of(first[0]) in _heads("meets") else body


def holders_in(view: View, low: int, high: int) -> list[BodyMention]:
    """Return whoever else may hold a session in low..high, in order."""
    found = (holder_at(view, match.start()) for match in _holder().finditer(view.folded, low, high))
    return [mention for mention in found if mention is not None and starts_word(view.folded, mention.start)]


def holder_at(view: View, at: int) -> BodyMention | None:
    """Return whoever else may hold a session, named at `at`: «سازمان غذا و دارو», «اتحادیه کشتی‌گیران»."""
    found = _holder().match(view.folded, at)
    following = next_word(view.folded, found.end()) if found else None
    if found is None or (following is not None and key_of(following[0]) in cue("bodies.heads", "holders_not_before")):
        return None
    named = _unlisted(view, at, found.end(), "holders")
    alone = named is None and key_of(found[0]) in _heads("holders_alone")
    return _named(view, at, found.end()) if alone else named


def _short_at(folded: str, at: int) -> re.Match[str] | None:
    """«شورا», «سازمان» after «این», unless a name goes on from it."""
    found = _short().match(folded, at)
    return found if found and key_of(found[0]) in _heads("short", "holders") else None


def _another(view: View, match: re.Match[str], body: Body) -> BodyMention | None:
    """Return the body that only begins like a listed one: «مجلس سنا», «کمیسیون مشترک ایران و عراق», «شورای فرهنگ عمومی استان»."""
    if key_of(match[0]) in _heads("of_any_country") and (country := country_after().match(view.folded, match.end())):
        return _named(view, match.start(), country.end())
    first = _FIRST.match(view.folded, match.start()) if body.open else None
    longer = _unlisted(view, match.start(), first.end() if first else match.end(), "meets")
    if longer is None or longer.body is None:
        return _in_place(view, match) if body.local else None
    if body.open and key_of(match[0]) == key_of(body.name) and len(longer.body.name) > len(match[0]):
        return longer
    is_foreign = body.slug == "majles" and key_of(longer.body.name).startswith(_other_parliaments())
    return longer if is_foreign else None


def _in_place(view: View, match: re.Match[str]) -> BodyMention | None:
    """Return a body of the name of a listed one, of a province: «شورای فرهنگ عمومی | استان», «| آذربایجان شرقی»."""
    end = place_end(view.folded, match.end())
    return _named(view, match.start(), end) if end is not None else None


def _unlisted(view: View, start: int, head_end: int, heads: str) -> BodyMention | None:
    """Return a body outside the lexicon: its first word says what it is («ستاد …»), and the name goes on."""
    if key_of(view.folded[start:head_end]) not in _heads(heads):
        return None
    end = name_end(view.folded, head_end)
    return _named(view, start, end) if end > head_end and not is_indefinite(view.folded, end) else None


def _named(view: View, start: int, end: int) -> BodyMention:
    name = _MARKS.sub("", view.text[start:end]).strip(f" {ZWNJ}").translate(_PERSIAN)
    return BodyMention(start, end, Body(name, meets=True))


@cache
def _listed() -> dict[str, Body]:
    """Return every name and alias, as a key, with its body."""
    found: dict[str, Body] = {}
    for index, table in enumerate(load("bodies")["body"]):
        where = f"{_FILE}: body {table.get('slug', index)}"
        known_keys(table, _KEYS, where)
        body = _body(table, where)
        if optional(table, "bare", True, where):
            found |= {key_of(name): body for name in (body.name, *words(table, "aliases", where))}
    return found


def _body(table: Mapping[str, Any], where: str) -> Body:
    name, slug = require(table, "name", str, where), require(table, "slug", str, where)
    meets, is_open, local = (optional(table, key, default=False, where=where) for key in ("meets", "open", "local"))
    short = optional(table, "short", "", where)
    return Body(name, meets, slug, key_of(short) if short else None, is_open, local)


@cache
def _by_slug() -> dict[str, Body]:
    return {body.slug: body for body in _listed().values() if body.slug}


@cache
def _pattern() -> re.Pattern[str]:
    tables = [table for table in load("bodies")["body"] if table.get("bare", True)]
    names = [name for table in tables for name in (table["name"], *table.get("aliases", ()))]
    heads = load("bodies")["heads"]
    tied = "|".join(re.escape(fold(head)) for head in heads["tied"])
    return expression(f"{any_of([*names, *heads['meets'], *heads['short']])}|(?:{tied})(?=\u200c\\w)")


@cache
def _courtesy() -> re.Pattern[str]:
    return expression(f"{GAP}{any_of(load('bodies')['heads']['courtesy'])}(?={GAP}{LETTER})")


@cache
def _heads(*lists: str) -> frozenset[str]:
    return keys(word for name in lists for word in load("bodies")["heads"][name])


@cache
def _short() -> re.Pattern[str]:
    heads = load("bodies")["heads"]
    return expression(any_of([*heads["short"], *heads["holders"]]))


@cache
def _holder() -> re.Pattern[str]:
    return expression(any_of(load("bodies")["heads"]["holders"]))


@cache
def _determiner() -> re.Pattern[str]:
    return expression(f"{any_of(load('bodies')['heads']['determiners'])}{GAP}")


@cache
def _pointing() -> re.Pattern[str]:
    return expression(f"{GAP}{any_of(load('bodies')['heads']['pointing'])}")


@cache
def _other_parliaments() -> tuple[str, ...]:
    """Keys of how the names of parliaments begin that are not the Majles."""
    return tuple(key_of(name) for name in load("bodies")["heads"]["parliaments"])
