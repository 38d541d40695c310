"""The meetings that passed a law: those named around its clauses, without those of the resolutions that it cites."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from parsers.expressions import expression
from parsers.grammar.blanks import GAP
from parsers.law.vocabulary import words
from parsers.persian.letters import fold

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

    from parsers.law.tree import Tree
    from parsers.models import Article, SessionMention


def own_sessions(article: Article, sessions: Sequence[SessionMention], tree: Tree) -> list[SessionMention]:
    """Return the meetings of the law itself, in the order of the text.

    «ماده (۲) مصوبه شماره (۵) جلسه شماره (۳۶۱)» is of another resolution; a line that begins with «مصوبه … جلسه …» names its own.
    """
    own = [session for session in sessions if _around_clauses(session, tree) and not _is_cited(article, session)]
    numbered = {session.section: session for session in reversed(own) if session.numbers}
    title = numbered.get("title")
    # A title with a number settles it: what the preamble cites has others.
    return [s for s in own if not title or not s.numbers or set(s.numbers) & set(title.numbers)]


def _around_clauses(session: SessionMention, tree: Tree) -> bool:
    return session.section != "body" or session.start < tree.preamble_end or session.start >= tree.closing_start


def _is_cited(article: Article, session: SessionMention) -> bool:
    """Return whether the meeting is that of an instrument which the line cites."""
    text = fold(getattr(article, session.section or "body") or "")
    line = text[text.rfind("\n", 0, session.start) + 1 : session.start]
    found = _resolution_of().search(line)
    return bool(found and line[: found.start()].strip(" «(\u200c"))


@cache
def _resolution_of() -> re.Pattern[str]:
    """Return the pattern for what stands before the meeting of a cited resolution, at the end of a text."""
    number = f"(?:{GAP}(?:{words('units', 'number_sign')})?{GAP}[(]?{GAP}[0-9][0-9/\\-]*{GAP}[)]?)?"
    return expression(f"{words('head', 'cited_kinds')}{number}{GAP}(?:{words('head', 'of_session')})?{GAP}\\Z")
