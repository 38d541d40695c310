"""What a page is, with the evidence: an article, a law, a list, pictures, a closed door, nothing, or not Persian.

A page that stands in the way (challenge, login, "not found") is recognised by its words only where there is no article
beside them: articles write about captchas and missing pages too.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from parsers.models import Issue, Verdict
from parsers.page.squash import squash

if TYPE_CHECKING:
    from collections.abc import Iterable

_REAL_BODY = 500
_SHORT_PAGE = 2500
_PICTURES_WITH = 600
_FEW_WORDS = 25
_LINKS_OF_A_LIST = 8


@dataclass(frozen=True, slots=True)
class Signs:
    """What the verdict is drawn from. `trusted`: the body came from a selector of the family, not from guessing."""

    source: str
    url: str | None
    title: str
    heading: str
    text: str
    prose: int
    trusted: bool
    dated: bool
    links: int
    types: tuple[str, ...]
    body_class: str
    password: bool
    pictures: bool
    law: bool
    status: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict, one line of evidence, and the issue it makes, if any."""

    verdict: Verdict
    evidence: str
    issue: Issue | None = None


@cache
def signs_data() -> dict[str, Any]:
    """`signs.toml`, its patterns compiled."""
    data = tomllib.loads((resources.files(__package__) / "signs.toml").read_text(encoding="utf-8"))
    return {
        "markers": tuple(data["blocked"]["markers"]),
        "blocked": _either(data["blocked"]["patterns"]),
        "login": _either(data["blocked"]["login"]),
        "missing_title": _either(data["soft_404"]["title"]),
        "missing": _either(data["soft_404"]["text"]),
        "empty": _either(data["empty"]["patterns"]),
        "list_body": frozenset(data["listing"]["body"]),
        "list_url": re.compile(data["listing"]["urls"], re.IGNORECASE),
        "media_url": re.compile(data["media"]["urls"], re.IGNORECASE),
        "media_types": frozenset(data["media"]["types"]),
        "media_ld": frozenset(data["media"]["ld"]),
        "media_elements": tuple(data["media"]["elements"]),
        "media_title": re.compile(data["media"]["title"]),
    }


def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)


def judge(signs: Signs) -> Judgement:
    """The verdict on a page."""
    return _in_the_way(signs) or _content(signs)


def _in_the_way(signs: Signs) -> Judgement | None:
    data = signs_data()
    flat = squash(signs.text[:6000])
    short = len(signs.text) < _SHORT_PAGE and signs.prose < _REAL_BODY
    if short:
        marker = next((m for m in data["markers"] if m in signs.source), None)
        words = data["blocked"].search(flat) or data["blocked"].search(squash(signs.title))
        if words and (marker or len(flat) < 800) or (marker and len(flat) < 300):
            return _blocked(f"challenge page: «{words[0] if words else marker}»")
    if signs.status in (401, 403, 407, 429, 503) and signs.prose < _REAL_BODY:
        return _blocked(f"the server answered {signs.status}")
    if signs.status >= 400:
        return Judgement("empty", f"the server answered {signs.status}", Issue("error", "http_error", f"the server answered {signs.status}"))
    if signs.prose < _REAL_BODY:
        return _missing(signs, flat) or _login(signs, flat)
    return None


def _missing(signs: Signs, flat: str) -> Judgement | None:
    data = signs_data()
    for line in (signs.heading, signs.title):
        if line and len(line) < 120 and data["missing_title"].fullmatch(squash(line)):
            return _soft_404(line)
    found = data["missing"].search(flat)
    if found and (len(flat) < 600 or (not signs.dated and signs.prose < 250)):
        return _soft_404(found[0])
    return None


def _login(signs: Signs, flat: str) -> Judgement | None:
    found = signs_data()["login"].search(flat)
    if found and (signs.password or len(flat) < 1500):
        return _blocked(f"login wall: «{found[0]}»")
    return _blocked("login wall: a form that asks for a password, and no text") if signs.password and signs.prose < 120 and signs.links < 30 else None


def _blocked(evidence: str) -> Judgement:
    return Judgement("blocked", evidence, Issue("error", "blocked", evidence))


def _soft_404(words: str) -> Judgement:
    evidence = f"the page says it is not there: «{words}»"
    return Judgement("empty", evidence, Issue("warning", "soft_404", evidence))


def _content(signs: Signs) -> Judgement:
    data = signs_data()
    if signs.prose < _REAL_BODY and (found := data["empty"].search(squash(signs.text[:6000]))):
        return _empty(f"«{found[0]}»")
    pictures = signs.prose < _PICTURES_WITH and _is_media(signs)
    listed = _is_listing(signs)
    if listed and not (pictures and signs.dated):
        return Judgement("listing", listed)
    sample = f"{signs.title} {signs.text}"
    if (signs.prose or pictures) and not is_persian(sample):
        return Judgement("not_persian", "its words are not Persian")
    if pictures and signs.title:
        return Judgement("media", f"pictures or film with {signs.prose} characters of text")
    if signs.prose and signs.law:
        return Judgement("law", f"a law portal's page with {signs.prose} characters of text")
    if signs.prose:
        return Judgement("article", f"a body of {signs.prose} characters" + (" under a headline" if signs.heading else ""))
    if len(squash(signs.text)) > 200 and not is_persian(sample):
        return Judgement("not_persian", "its words are not Persian")
    return _empty("nothing to read")


def _empty(evidence: str) -> Judgement:
    return Judgement("empty", evidence, Issue("warning", "empty", evidence))


def _is_listing(signs: Signs) -> str | None:
    """Evidence that the page is a list of others; None if it is not. A body that the family's selector found is no list."""
    data = signs_data()
    if signs.trusted and signs.prose >= 120:
        return None
    names = frozenset(signs.body_class.lower().split())
    if signs.url and data["list_url"].search(_path(signs.url)):
        return "the address of a list"
    if (name := next(iter(sorted(names & data["list_body"])), None)) and not signs.dated:
        return f"the page calls itself «{name}»"
    if signs.links >= _LINKS_OF_A_LIST and not signs.prose:
        return f"{signs.links} headlines and no text"
    return None


def _is_media(signs: Signs) -> bool:
    data = signs_data()
    if signs.url and data["media_url"].search(_path(signs.url)):
        return True
    if any(kind.lower() in data["media_types"] or kind in data["media_ld"] or kind.lower().startswith("video") for kind in signs.types):
        return True
    return signs.pictures and (signs.prose < 200 or data["media_title"].search(squash(signs.heading)) is not None)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


@cache
def _language_words() -> dict[str, frozenset[str]]:
    data = tomllib.loads((resources.files(__package__) / "languages.toml").read_text(encoding="utf-8"))
    return {name: frozenset(squash(" ".join(words)).split()) for name, words in data.items()}


def is_persian(text: str) -> bool:
    """Whether the text is Persian, by its commonest words against those of its neighbours in the same script."""
    words = re.findall(r"[^\W\d_]+", squash(text[:20_000]))
    arabic_script = [word for word in words if "\u0600" <= word[0] <= "\u06ff"]
    if not words or len(arabic_script) * 2 < len(words):
        return False
    counts = {name: sum(word in common_words for word in arabic_script) for name, common_words in _language_words().items()}
    persian = counts.pop("persian")
    return persian >= max(counts.values()) if len(arabic_script) < _FEW_WORDS else persian > max(counts.values())
