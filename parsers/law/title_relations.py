"""What the title of a law says that it does: «قانون اصلاح ماده ۵ قانون …», «قانون لغو قانون …»."""

from __future__ import annotations

from typing import TYPE_CHECKING

from parsers.law.changed_laws import is_itself, law_of_title
from parsers.law.vocabulary import whole_words
from parsers.law_models import Relation
from parsers.persian.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from parsers.law_models import Law, RelationKind
    from parsers.models import Article, Facts

_KINDS: tuple[RelationKind, ...] = ("repeals", "cancels", "inserts", "amends")


def day_of(law: Law) -> str | None:
    """Return the day from which a law changes others, ISO: that of its approval, else a later one that it tells."""
    return law.approved_on or law.communicated_on or law.gazetted_on


def of_title(article: Article, facts: Facts, law: Law) -> Iterator[Relation]:
    """Yield what the title does to the law that it names, clause by clause where it cites some."""
    title = article.title or ""
    opening = fold(title)[:60]
    bylaw = whole_words("title", "carries_out").search(opening)  # «آیین‌نامه اجرایی قانون اصلاح قانون …» changes nothing
    opening = opening[: bylaw.start()] if bylaw else opening
    kind = next((kind for kind in _KINDS if whole_words("relation_titles", kind).search(opening)), None)
    target = law_of_title(title) if kind else None
    if kind is None or target is None or is_itself(target.title, law):
        return
    cited = [r for r in facts.references if r.section == "title" and r.eids]
    places: list[tuple[int, int, str | None]] = [(r.start, r.end, eid) for r in cited for eid in r.eids]
    for start, end, eid in places or [(target.start, target.end, None)]:
        yield Relation(
            kind, target.title, start, end, title[start:end], target.body, eid,
            on=day_of(law), section="title", year=target.year,
        )  # fmt: skip
