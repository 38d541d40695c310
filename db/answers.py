"""What an open archive answers: documents by their words or number, the questions, its runs and issues."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.read import documents, questions, run_outcomes
from db.search.documents import SearchResult, search

if TYPE_CHECKING:
    from typing import Any

    from sqlite_utils import Database

    from db.read.documents import DocumentView


class Answers:
    """The part of an `Archive` that reads for people."""

    db: Database

    def search(self, query: str, limit: int = 20, offset: int = 0) -> SearchResult:
        """Return documents by their words, best first (db.search.query has the language).

        Raises SearchError where the query names a publisher, messenger or day that does not exist.
        """
        return search(self.db, query, limit, offset)

    def document(self, key: int | str) -> DocumentView:
        """Return the document of this id, address or news code. Raises ArchiveError where there is none."""
        return documents.document(self.db, key)

    def revision_texts(self, key: int | str, a: int | None = None, b: int | None = None) -> tuple[str, str]:
        """Return the texts of two revisions, by default of the last two. Raises ArchiveError where there are none."""
        return documents.revision_texts(self.db, key, a, b)

    def ask(self, question: str, **parameters: object) -> list[dict[str, Any]]:
        """The rows that answer one of `db.read.questions.questions()`. Raises ArchiveError where there is no such question."""
        return questions.ask(self.db, question, **parameters)

    def run_log(self, limit: int | None = None) -> list[dict[str, Any]]:
        """Return rows of the view `run_log`, the latest run first; a run that was killed is `interrupted`."""
        return run_outcomes.run_log(self.db, limit)

    def open_issues(self) -> list[dict[str, Any]]:
        """Return rows of the view `open_issues`, the gravest first."""
        return documents.open_issues(self.db)
