"""Reading a page of markup: find its elements, read its fields, decide what it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from parsers.page import fields as f
from parsers.page.article_box import ArticleElements, ElementFinder, bare_body
from parsers.page.authors import authors_field
from parsers.page.boilerplate import clean
from parsers.page.canonical import believed_canonical
from parsers.page.comment_sections import drop_comments
from parsers.page.comparison import comparable
from parsers.page.fallback_body import extracted_text, stated_body
from parsers.page.families import common
from parsers.page.family_detection import detect
from parsers.page.headline import StatedTitle
from parsers.page.html_tree import drop, parse_html, read_head, select, text_of
from parsers.page.law_documents import numbered, reads_as_law
from parsers.page.law_pages import approval_below, law_blocks, law_time, read_pairs
from parsers.page.law_titles import law_title
from parsers.page.models import Page
from parsers.page.page_evidence import asks_password, has_pictures, headings, headlines, plain_words, types_of
from parsers.page.paragraphs import Block, read_blocks
from parsers.page.post_lists import is_one_of_posts
from parsers.page.printed_lead import lead_among, prose_between
from parsers.page.publication_times import Published, judge_time
from parsers.page.size_limits import cut_paragraphs, slim
from parsers.page.stated_facts import stated_of
from parsers.page.surroundings import Neighbourhood
from parsers.page.time_candidates import in_lists, page_times
from parsers.page.tree_lines import tree_lines
from parsers.page.urls import publisher_of
from parsers.page.verdict import Signs, verdict_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from parsers.models import Capture, PageRules
    from parsers.page.decode import Decoded
    from parsers.page.families import Family
    from parsers.page.html_tree import Head
    from parsers.page.printed_moment import PageTime

_IMAGES = "img[src], img[data-src], img[data-lazy-src], img[data-original]"
_LEAD_IMAGE = (
    "img[itemprop=image], .item-img img, .news_image img, .lead_image img, .post-thumbnail img, "
    ".single-thumbnail img, .article-image img"
)
_SLACK = 40
_HARDLY_TEXT = 120
_OPENING = 60  # paragraphs that tell the language: those of a law are labels, every other one


@dataclass(frozen=True, slots=True)
class TakenApart:
    """A page taken apart. `tree` is without furniture; `asks_password` was looked for before that was dropped."""

    html: str
    url: str | None
    tree: LexborHTMLParser
    head: Head
    family: Family
    elements: ArticleElements
    asks_password: bool
    crumbs: tuple[str, ...]  # a path in the navigation
    own_times: bool  # whether the publisher's file names where its times stand


def read_markup(capture: Capture, rules: PageRules, decoded: Decoded, url: str | None) -> Page:
    """Return what a capture of markup is and says."""
    html, shortened = slim(decoded.text)
    markup = take_apart(html, url, rules)
    page = _fields(capture, markup)
    law = markup.family.kind == "law"
    if law:
        _law_fields(page, markup)
    pictures = has_pictures(markup.elements, markup.tree)
    page["images"] = f.images_field(_images(markup.elements), markup.head, url)
    posts = _is_one_of_posts(markup, page["canonical_url"])
    blocks = _body(markup, rules)  # the tree loses what does not belong to the body
    if not law and _reads_as_law(markup, page, blocks):
        law = True
        _law_fields(page, markup)
    stated = stated_of(capture)
    if law and stated.title:
        page["title"], page["labels"] = stated.title, {**page["labels"], **stated.labels()}
    blocks = blocks if law else without_title(blocks, page["title"])
    between = page.pop("between")
    texts = [numbered(block) for block in blocks] if law else [block.text for block in blocks]
    paragraphs, cut = cut_paragraphs(without_lead(texts, page["lead"]))
    if page["lead"] is None and not law:
        page["lead"] = lead_among(between, page["title"], paragraphs) or f.stated_lead(markup.head, page["title"], paragraphs)
        paragraphs = without_lead(paragraphs, page["lead"])
    page["lead"] = None if page["lead"] == page["title"] else page["lead"]
    verdict = verdict_of(_signs(markup, page, paragraphs, pictures=pictures, law=law, posts=posts, status=capture.status))
    issues = (*decoded.issues, *shortened[: not cut], *cut, *page.pop("issues"), *filter(None, (verdict.issue,)))
    return Page(
        verdict=verdict.verdict, evidence=verdict.evidence, cms=markup.family.name, url=url, paragraphs=tuple(paragraphs),
        issues=issues, charset=decoded.charset, **page,
    )  # fmt: skip


def take_apart(html: str, url: str | None, rules: PageRules) -> TakenApart:
    """Return a page without its furniture, with its article's elements found."""
    tree = parse_html(html)
    head = read_head(tree)
    family = detect(html, url, rules.cms)
    password = asks_password(tree)
    crumbs = tuple(map(text_of, select(tree, common().navigation_crumbs)))
    drop(tree, common().furniture)
    drop_comments(tree)
    return TakenApart(
        html,
        url,
        tree,
        head,
        family,
        ElementFinder(tree, family, rules, head).find(),
        password,
        crumbs,
        bool(rules.fields.get("published_at")),
    )


def _signs(
    markup: TakenApart, page: dict[str, Any], paragraphs: list[str], *, pictures: bool, law: bool, posts: bool, status: int
) -> Signs:  # fmt: skip
    head, title, lead = markup.head, page["title"], page["lead"]
    return Signs(
        text=" ".join(filter(None, (title, lead, *paragraphs[:_OPENING]))),
        prose=sum(map(len, paragraphs)) + len(lead or "" if paragraphs else ""),
        plain=cache(lambda: plain_words(markup.tree, [lead or "", title or "", *paragraphs])),
        headlines=lambda: headlines(markup.tree),
        source=markup.html,
        url=markup.url or page["canonical_url"],
        titles=tuple(filter(None, (title, head.title, *headings(markup.tree)))),
        trusted=markup.elements.trusted,
        dated=page["published_at"] is not None,
        types=types_of(head, page["category"]),
        body_class=head.body_class,
        password=markup.asks_password,
        pictures=pictures,
        law=law,
        item=f.code_in_url(markup.url) is not None,
        posts=posts,
        status=status,
    )


def _fields(capture: Capture, markup: TakenApart) -> dict[str, Any]:
    head, elements, url = markup.head, markup.elements, markup.url
    nodes = elements.nodes
    canonical, canonical_issues = believed_canonical(head, url)
    title = f.title_field([elements.title] if elements.title else [], head)
    around = Neighbourhood(markup.tree, elements)
    times = page_times(head, elements, around, markup.family, url, own_selectors=markup.own_times)
    published = judge_time([*times.published, *in_lists(capture)], capture.fetched_at)
    return {
        "publisher": capture.publisher or publisher_of(url or canonical),
        "canonical_url": canonical,
        "news_code": f.code_field(nodes["news_code"], head, url or canonical) or f.labelled_code(around),
        "kicker": f.text_field(nodes["kicker"]),
        "title": title,
        "lead": (lead := f.text_field(nodes["lead"])),
        "between": [] if lead else prose_between(around),
        "source": f.text_field(nodes["agency"]),
        "authors": authors_field(nodes["authors"], around, head),
        "category": f.category_field(nodes["category"], markup.crumbs, head, title),
        "tags": f.tags_field(nodes["tags"], head),
        **_times(published, times.modified),
        "issues": (*published.issues, *canonical_issues),
    }


def _times(published: Published, changes: list[PageTime]) -> dict[str, Any]:
    """Return the times of a page; a change before the publication is none."""
    moment = published.moment
    modified = next((one for one in changes if moment is None or one.at >= moment.at), None)
    return {
        "published_at": moment.iso if moment else None,
        "published_jalali": moment.jalali if moment else None,
        "published_from": published.source,
        "modified_at": modified.iso if modified else None,
    }


def _reads_as_law(markup: TakenApart, page: dict[str, Any], blocks: list[Block]) -> bool:
    """Return whether a page of no known system, which does not call itself an article, holds the text of a law."""
    if markup.family.name != "generic" or markup.head.meta("og:type") == "article":
        return False
    return reads_as_law(page["title"], [numbered(block) for block in blocks])


def _law_fields(page: dict[str, Any], markup: TakenApart) -> None:
    """Read what a law's labels say, where the page's own elements say nothing."""
    lines = tree_lines(markup.tree.body)
    pairs = read_pairs(lines)
    title = law_title(page["title"], pairs, lines)
    heading = " ".join(filter(None, (page["lead"], page["title"], approval_below(title, lines))))
    page["labels"] = pairs
    moment = law_time(pairs, heading, lines)
    if page["published_at"] is None and moment:
        page["published_at"], page["published_jalali"], page["published_from"] = moment.iso, moment.jalali, "labelled"
    page["category"] = page["category"] or tuple(filter(None, (pairs.get("kind"),)))
    page["title"] = title
    page["news_code"] = f.code_in_url(markup.url) or page["news_code"]


def _body(markup: TakenApart, rules: PageRules) -> list[Block]:
    """Return the body's paragraphs: from its element, else JSON-LD, else trafilatura."""
    head, elements = markup.head, markup.elements
    box = bare_body(elements, markup.family, rules)
    blocks = clean(read_blocks(box) if box is not None else [])
    if markup.family.kind == "law":
        blocks = law_blocks(blocks)
    if sum(len(block.text) for block in blocks) >= _HARDLY_TEXT or elements.trusted:
        return blocks
    stated = clean(stated_body(head))
    if stated or head.meta("og:type") != "article":
        return stated or blocks
    body = markup.tree.body
    if body is None or len(body.text(deep=True).strip()) < _HARDLY_TEXT:
        return blocks
    found = [Block(line) for line in extracted_text(markup.html)]
    return clean(found) or blocks


def without_title(blocks: list[Block], title: str | None) -> list[Block]:
    """Return the blocks without a first one that merely repeats the headline."""
    return blocks[1:] if title and len(blocks) > 1 and comparable(blocks[0].text) == comparable(title) else blocks


def without_lead(paragraphs: list[str], lead: str | None) -> list[str]:
    """Return the paragraphs without a first one that merely repeats the lead."""
    if lead is None or not paragraphs or abs(len(lead) - len(paragraphs[0])) > _SLACK:
        return paragraphs
    return paragraphs[1:] if comparable(paragraphs[0]) == comparable(lead) else paragraphs


def _images(elements: ArticleElements) -> list[Any]:
    lead = select(elements.scope, _LEAD_IMAGE) if elements.scope and elements.scope.tag != "body" else []
    return [*lead[:1], *(select(elements.body, _IMAGES) if elements.body else [])]


def _is_one_of_posts(markup: TakenApart, canonical: str | None) -> bool:
    body = markup.elements.body
    own = tuple(filter(None, (markup.url, canonical, markup.head.canonical, markup.head.meta("og:url"))))
    return body is not None and is_one_of_posts(body, own, StatedTitle(markup.head))
