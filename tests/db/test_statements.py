"""Every statement that the archive keeps as a file is understood by SQLite, against the schema of today."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

from db.statements import statement

ROOT = Path(str(resources.files("db"))) / "sql"
NAMES = sorted(str(path.relative_to(ROOT).with_suffix("")) for path in ROOT.rglob("*.sql"))
QUESTIONS = sorted((ROOT.parent / "read" / "questions_sql").glob("*.sql"))


def explain(archive, sql):
    names = set(re.findall(r"(?<!\w):([a-z_]\w*)", sql))
    values = dict.fromkeys(names) if names else [None] * sql.count("?")
    return archive.db.execute(f"EXPLAIN {sql}", values).fetchall()


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    from db.archive import Archive

    with Archive(tmp_path_factory.mktemp("statements") / "archive.db") as opened:
        yield opened


@pytest.mark.parametrize("name", NAMES)
def test_a_statement_is_understood(archive, name):
    assert explain(archive, statement(name))


@pytest.mark.parametrize("path", QUESTIONS, ids=lambda path: path.stem)
def test_a_question_is_understood(archive, path):
    assert explain(archive, path.read_text("utf-8"))


def test_every_file_is_used_and_every_name_is_a_file():
    source = "\n".join(path.read_text("utf-8") for path in ROOT.parent.rglob("*.py"))
    assert sorted(set(re.findall(r'statement\("([a-z_/]+)"\)', source))) == NAMES


def test_no_statement_of_some_length_stands_in_the_code():
    long = re.compile(r'"""?\s*(?:SELECT|WITH|INSERT INTO|DELETE FROM|UPDATE) [^"{]{250,}"')
    found = [str(path) for path in ROOT.parent.rglob("*.py") if long.search(path.read_text("utf-8"))]
    assert found == []
