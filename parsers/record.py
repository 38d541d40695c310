"""The whole path of one capture: what the page is, its text repaired, its facts found.

`parse` is pure and deterministic: the same bytes give the same record on any day and any machine.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.facts import find_facts
from parsers.law_models import EDITED_MARK
from parsers.models import Article, Facts, Issue, Record
from parsers.page import read_page
from parsers.persian import assess, normalize
from parsers.persian.lines import without_furniture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.law_models import Law
    from parsers.models import Capture, Damage, PageRules, Section
    from parsers.page import Page

_READ = ("article", "law", "media")
# Escapes and the like, which bytes cannot smuggle in but character references and JSON can; tabs and line feeds stay.
_CONTROLS = expression("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


def parse(capture: Capture, rules: PageRules | None = None) -> Record:
    """Return the record of a capture. Never raises, whatever the bytes: what cannot be read has a verdict that says so."""
    if capture.body.startswith(EDITED_MARK.encode()):
        return _edited(capture)
    page = read_page(capture, rules)
    if page.verdict not in _READ:
        return Record(page.verdict, _rejected(page), issues=page.issues, evidence=page.evidence)
    damage = assess("\n".join(filter(None, (page.kicker, page.title, page.lead, *page.paragraphs))))
    article = repaired(page, damage)
    facts, law = _found(page, article, rules.furniture if rules else frozenset())
    return Record(page.verdict, replace(article, agency=_agency(page, facts)), facts, page.issues, page.evidence, damage, law)


def _found(page: Page, article: Article, furniture: frozenset[str]) -> tuple[Facts, Law | None]:
    """Return the facts of a document, and the law that it is."""
    day = _day(article.published_at)
    if page.verdict != "law":
        read = replace(article, body=without_furniture(article.body, furniture)) if furniture else article
        return find_facts(tuple(sections(read)), day), None
    from parsers.law import read_law, read_tree, unlabelled

    tree = read_tree(article.body)
    facts = find_facts(tuple(sections(replace(article, body=unlabelled(article.body, tree.clauses)))), day)
    law, facts = read_law(article, facts, page.labels, tree)
    return facts, law


def _edited(capture: Capture) -> Record:
    """Return the record of a law that a person has edited: read as it is written, not repaired, not searched for labels."""
    from parsers.law import read_law, unlabelled
    from parsers.law.edited_text import LABELS, EditedTextError, read_edited

    try:
        edited = read_edited(_CONTROLS.sub("", capture.body.decode("utf-8", "replace")))
    except EditedTextError as error:
        issue = Issue("error", "edited_law", str(error))
        return Record("empty", Article(publisher=capture.publisher, url=capture.url), issues=(issue,), evidence=str(error))
    heads = edited.heads
    paragraphs = tuple(line for line in edited.body.split("\n") if line)
    article = Article(
        publisher=capture.publisher, cms="edited", url=capture.url, title=heads["title"], body=edited.body, paragraphs=paragraphs
    )
    facts = find_facts(tuple(sections(replace(article, body=unlabelled(edited.body, edited.tree.clauses)))), None)
    law, facts = read_law(article, facts, {LABELS[name]: value for name, value in heads.items()}, edited.tree)
    return Record("law", article, facts, (), f"an edited text of {len(law.clauses)} clauses", "none", law)


def repaired(page: Page, damage: Damage) -> Article:
    """Return the page's fields in repaired Persian; `damage` is that of the whole document."""

    def fix(text: str | None) -> str | None:
        return (normalize(_CONTROLS.sub("", text), damage=damage).text.strip() or None) if text else None

    def fix_all(texts: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(filter(None, map(fix, texts)))

    body = fix("\n".join(page.paragraphs)) or ""
    return Article(
        publisher=page.publisher,
        cms=page.cms,
        url=page.url,
        canonical_url=page.canonical_url,
        news_code=page.news_code,
        kicker=fix(page.kicker),
        title=fix(page.title),
        lead=fix(page.lead),
        body=body,
        paragraphs=tuple(body.split("\n")) if body else (),
        authors=fix_all(page.authors),
        category=fix_all(page.category),
        tags=fix_all(page.tags),
        published_at=page.published_at,
        published_jalali=page.published_jalali,
        published_from=page.published_from,
        modified_at=page.modified_at,
        images=page.images,
    )


def _rejected(page: Page) -> Article:
    """Return what is worth knowing of a page that makes no document: where it was, and what it called itself."""
    return Article(publisher=page.publisher, cms=page.cms, url=page.url, canonical_url=page.canonical_url, title=page.title)


def sections(article: Article) -> Iterator[tuple[Section, str]]:
    """Yield the parts of a document that facts are found in, in the order in which they are read."""
    named: tuple[tuple[Section, str | None], ...] = (
        ("kicker", article.kicker), ("title", article.title), ("lead", article.lead), ("body", article.body),
    )  # fmt: skip
    for name, text in named:
        if text:
            yield name, text


def _agency(page: Page, facts: Facts) -> str | None:
    """Return the agency that the text names first, else the one that the page prints as its source."""
    if facts.agencies:
        return facts.agencies[0].slug
    if not page.source:
        return None
    named = find_facts((("lead", f"به گزارش {page.source}"),), None).agencies
    return named[0].slug if named else None


def _day(published_at: str | None) -> date | None:
    return date.fromisoformat(published_at[:10]) if published_at else None
