from __future__ import annotations

from pathlib import Path

from db.read.schema_page import schema_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "schema.md"


def test_the_schemas_page_is_up_to_date(archive):
    assert PAGE.read_text("utf-8") == schema_page(archive.db), "run: python -m db.read.schema_page > docs/schema.md"
