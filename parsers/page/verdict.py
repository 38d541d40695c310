"""What a page is, with the evidence: an article, a law, a list, pictures, a closed door, nothing, or not Persian.

A page that stands in the way (challenge, login, "not found") is recognised by its words only where there is no article
next to them: articles write about captchas and missing pages too.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from parsers.expressions import expression
from parsers.models import Issue, Verdict
from parsers.page.comparison import comparable
from parsers.page.language import is_persian

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_REAL_BODY = 500
_SHORT_PAGE = 2500
_SHORT_CHALLENGE, _SILENT_CHALLENGE = 800, 300  # its words are enough; its marks are enough
_PICTURES_WITH = 600
_HARDLY_TEXT = 120
_SOME_TEXT = 200
_HEADLINES_OF_A_LIST = 8
_HEADLINES_ALONE = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """What the verdict is drawn from.

    `prose` counts characters of body and lead; `trusted`: the body is where the family has it, not where most text was;
    `plain` gives the page's words outside long links (asked for where there is little prose, but then more than once),
    `headlines` counts the long links; `posts`: the body is that of one of several posts; `password`: a login form in the
    page's middle; `pictures`: a gallery or player within the article; `item`: the address has an article's number.
    """

    text: str
    prose: int
    plain: Callable[[], str]
    headlines: Callable[[], int]
    source: str = ""
    url: str | None = None
    titles: tuple[str, ...] = ()
    trusted: bool = False
    dated: bool = False
    types: tuple[str, ...] = ()
    body_class: str = ""
    password: bool = False
    pictures: bool = False
    law: bool = False
    item: bool = False
    posts: bool = False
    status: int = 200


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, one line of evidence, and the issue it makes, if any."""

    verdict: Verdict
    evidence: str
    issue: Issue | None = None


@cache
def _data() -> dict[str, Any]:
    data = tomllib.loads((resources.files(__package__) / "signs.toml").read_text(encoding="utf-8"))
    return {
        "markers": tuple(data["blocked"]["markers"]),
        "blocked": _either(data["blocked"]["patterns"]),
        "login": _either(data["blocked"]["login"]),
        "login_heading": _either(data["blocked"]["login_heading"]),
        "missing_title": _either(data["soft_404"]["title"]),
        "missing": _either(data["soft_404"]["text"]),
        "empty": _either(data["empty"]["patterns"]),
        "list_body": frozenset(data["listing"]["body"]),
        "list_url": expression(data["listing"]["urls"], re.IGNORECASE),
        "media_url": expression(data["media"]["urls"], re.IGNORECASE),
        "media_types": frozenset(data["media"]["types"]),
        "media_elements": ", ".join(data["media"]["elements"]),
        "media_title": expression(data["media"]["title"]),
        "article_types": frozenset(data["article"]["types"]),
    }


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return expression("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def media_elements() -> str:
    """Return the selector of galleries and players."""
    return str(_data()["media_elements"])


_SAYS_SOMETHING = 40


def verdict_of(signs: Signs) -> Judgement:
    """Return the verdict on a page."""
    return _in_the_way(signs) or _content(signs)


def _in_the_way(signs: Signs) -> Judgement | None:
    if signs.prose >= _REAL_BODY and signs.status < 400:
        return None
    plain = comparable(signs.plain())
    found = _challenge(signs, plain) if signs.prose < _REAL_BODY else None
    if found:
        return found
    if signs.status in (401, 403, 407, 429, 503) and signs.prose < _REAL_BODY:
        return _blocked(f"the server answered {signs.status}")
    if signs.status >= 400:
        issue = Issue("error", "http_error", f"the server answered {signs.status}")
        return Judgement("empty", issue.message, issue)
    return _missing(signs, plain) or _login(signs, plain)


def _challenge(signs: Signs, plain: str) -> Judgement | None:
    if len(plain) > _SHORT_PAGE:
        return None
    words = _data()["blocked"].search(f"{comparable(' '.join(signs.titles))} {plain}")
    if words and (len(plain) < _SHORT_CHALLENGE or _marker(signs)):
        return _blocked(f"challenge page: «{words[0]}»")
    marker = _marker(signs) if len(plain) < _SILENT_CHALLENGE else None
    return _blocked(f"challenge page: «{marker}»") if marker else None


def _marker(signs: Signs) -> str | None:
    """Return what the source has of a protection's own names."""
    return next((marker for marker in _data()["markers"] if marker in signs.source), None)


def _missing(signs: Signs, plain: str) -> Judgement | None:
    if signs.trusted and signs.dated and signs.prose >= _SOME_TEXT:
        return None
    for line in signs.titles:
        if len(line) < 120 and _data()["missing_title"].fullmatch(comparable(line)):
            return _soft_404(line)
    found = _data()["missing"].search(plain)
    if found and (len(plain) < 600 or signs.prose < _SOME_TEXT) and not _named_list(signs):
        return _soft_404(found[0])
    return None


def _login(signs: Signs, plain: str) -> Judgement | None:
    found = _data()["login"].search(plain)
    if found:
        return _blocked(f"login wall: «{found[0]}»")
    heading = next((line for line in signs.titles if _data()["login_heading"].fullmatch(comparable(line))), None)
    if heading or (signs.password and signs.prose < _HARDLY_TEXT):
        return _blocked(f"login wall: «{heading}»" if heading else "login wall: a form that asks for a password")
    return None


def _blocked(evidence: str) -> Judgement:
    return Judgement("blocked", evidence, Issue("error", "blocked", evidence))


def _soft_404(words: str) -> Judgement:
    evidence = f"the page says it is not there: «{words}»"
    return Judgement("empty", evidence, Issue("warning", "soft_404", evidence))


def _empty(evidence: str) -> Judgement:
    return Judgement("empty", evidence, Issue("warning", "empty", evidence))


def _content(signs: Signs) -> Judgement:
    if signs.prose < _REAL_BODY and (found := _data()["empty"].search(comparable(signs.plain()))):
        return _empty(f"«{found[0]}»")
    pictures = signs.prose < _PICTURES_WITH and _is_media(signs)
    listed = None if pictures and signs.dated else _is_listing(signs)
    if listed:
        return Judgement("listing", listed)
    foreign = not is_persian(signs.text) if signs.prose or pictures else _says_much_else(signs)
    if foreign:
        return Judgement("not_persian", "its words are not Persian")
    if pictures and signs.titles:
        return Judgement("media", f"pictures or film with {signs.prose} characters of text")
    if signs.prose:
        kind: Verdict = "law" if signs.law else "article"
        return Judgement(
            kind,
            f"a body of {signs.prose} characters, {'where its family has it' if signs.trusted else 'where most text is'}",
        )
    return _empty("nothing to read")


def _says_much_else(signs: Signs) -> bool:
    """Return whether a page without an article has a good deal to say in another language."""
    plain = signs.plain()
    return len(plain) > _SAYS_SOMETHING and not is_persian(plain)


def _is_listing(signs: Signs) -> str | None:
    """Return the evidence that a page is a list of others; a body that stands where its family has it makes no list."""
    data = _data()
    if signs.prose and not signs.law and signs.posts:
        return "posts under headlines that lead elsewhere"
    if signs.trusted and signs.prose >= _HARDLY_TEXT and (signs.dated or signs.law or signs.prose >= _REAL_BODY):
        return None
    named = _named_list(signs)
    if named:
        return named
    if signs.trusted and signs.item and not signs.prose:
        return None
    if signs.prose and (signs.dated or signs.law or signs.trusted or data["article_types"] & set(signs.types)):
        return None
    headlines = signs.headlines()
    if headlines >= (_HEADLINES_OF_A_LIST if signs.prose else _HEADLINES_ALONE) and signs.prose < 40 * headlines:
        return f"{headlines} headlines and hardly any text"
    return None


def _named_list(signs: Signs) -> str | None:
    """Return whether the address or the page's own name for itself says that it is a list."""
    if signs.url and _data()["list_url"].search(_path(signs.url)):
        return "the address of a list"
    name = next((name for name in signs.body_class.lower().split() if name in _data()["list_body"]), None)
    return f"the page calls itself «{name}»" if name and not (signs.dated and signs.prose) else None


def _is_media(signs: Signs) -> bool:
    data = _data()
    if signs.url and data["media_url"].search(_path(signs.url)):
        return True
    if any(kind.lower().split(".")[0] in data["media_types"] for kind in signs.types):
        return True
    titled = any(data["media_title"].search(comparable(title)) for title in signs.titles)
    return signs.pictures and (titled or signs.prose < _HARDLY_TEXT)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")
