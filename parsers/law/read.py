"""From a repaired article to the law that it is: head, clauses, relations."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from parsers.law.head import read_head
from parsers.law.relations import find_relations
from parsers.law.self_citations import own_references

if TYPE_CHECKING:
    from collections.abc import Mapping

    from parsers.law.tree import Tree
    from parsers.law_models import Law
    from parsers.models import Article, Facts


def read_law(article: Article, facts: Facts, labels: Mapping[str, str], tree: Tree) -> tuple[Law, Facts]:
    """Return the law in an article, and the facts with its citations of itself as they are meant.

    `facts` were found in the `unlabelled` body, `tree` is `read_tree` of the body; `labels` is what its page prints beside the
    text, by kind (`parsers/page/law.toml`).
    """
    law = read_head(article, facts, labels, tree)
    own = own_references(article.body, facts, law)
    return replace(law, relations=find_relations(article, own, law)), own
