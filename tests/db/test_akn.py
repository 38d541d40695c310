"""Akoma Ntoso: the order of elements that the schema asks for, every clause once, its words where they belong.

The OASIS schema is not part of the project; what it says of hierarchies and metadata is checked here rule by rule.
"""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from law_pages import LAW, LINES, law
from lxml import etree

from db.law.akoma_ntoso import NAMESPACE, akoma_ntoso, write_all
from db.law.tree import tree

AKN = f"{{{NAMESPACE}}}"
HIERARCHY = {
    "book", "title", "part", "chapter", "subchapter", "subsection", "subpart", "article", "clause", "subclause", "indent",
    "hcontainer",
}  # fmt: skip
TEXTS = sorted((Path(__file__).resolve().parents[1] / "laws").glob("*.txt"))


def document(archive, key=LAW):
    parser = etree.XMLParser(resolve_entities=False)
    return etree.fromstring(akoma_ntoso(tree(archive.db, key)).encode(), parser)


def names(element):
    return [child.tag.removeprefix(AKN) for child in element]


def check_hierarchy(element):
    """num, heading, then either content or intro and hierarchies."""
    order = names(element)
    assert order[0] == "num"
    rest = order[1:]
    if rest[:1] == ["heading"]:
        rest = rest[1:]
    if rest != ["content"]:
        inner = rest[1:] if rest[:1] == ["intro"] else rest
        assert inner
        assert set(inner) <= HIERARCHY
    for child in element:
        if child.tag.removeprefix(AKN) in HIERARCHY:
            check_hierarchy(child)


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_every_shape_of_law_is_well_formed_and_in_order(archive, file):
    lines = file.read_text("utf-8").partition("\n=====\n")[0].split("\n")
    archive.store(*law(*lines, title="قانون نمونه نگارش"))
    root = document(archive, "قانون نمونه نگارش")
    (act,) = root
    assert root.tag == f"{AKN}akomaNtoso"
    assert [name for name in names(act) if name not in ("preamble", "conclusions")] == ["meta", "preface", "body"]
    (body,) = act.iter(f"{AKN}body")
    for child in body:
        check_hierarchy(child)
    eids = [element.get("eId") for element in body.iter() if element.get("eId")]
    assert len(set(eids)) == len(eids) == len(tree(archive.db, "قانون نمونه نگارش").nodes)
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", eid) for eid in eids)


def test_the_words_of_the_law_are_all_there(archive):
    archive.store(*law())
    root = document(archive)
    said = re.sub(r"\s", "", "".join(root.find(f".//{AKN}body").itertext()))
    assert said == re.sub(r"\s", "", "".join(LINES))


def test_metadata_tells_work_expression_and_manifestation_in_the_order_of_the_schema(archive):
    archive.store(*law())
    root = document(archive)
    identification = root.find(f".//{AKN}identification")
    assert names(identification) == ["FRBRWork", "FRBRExpression", "FRBRManifestation"]
    work, expression, manifestation = identification
    assert names(work) == ["FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRcountry"]
    assert names(expression) == ["FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRlanguage"]
    assert names(manifestation) == ["FRBRthis", "FRBRuri", "FRBRdate", "FRBRauthor", "FRBRformat"]
    assert work.find(f"{AKN}FRBRuri").get("value").startswith("/akn/ir/majles/law/1399/")
    assert work.find(f"{AKN}FRBRdate").get("date") == "2020-04-22"
    known = {element.get("eId") for element in root.find(f".//{AKN}references")}
    assert {a.get(k).removeprefix("#") for a in root.iter(f"{AKN}FRBRauthor") for k in ("href", "as")} <= known


def test_text_that_is_markup_or_no_text_stays_text(archive):
    archive.store(*law("ماده ۱ – الف &lt;b&gt; &amp; ب \x07 است.", "ماده ۲ – دو.", "ماده ۳ – سه."))
    assert "<b> & ب" in "".join(document(archive).itertext())


def test_all_laws_are_one_zip_the_same_every_time(archive):
    archive.store(*law())
    archive.store(*law(title="قانون بازار ماهی", n=2))
    first, again, one = io.BytesIO(), io.BytesIO(), io.BytesIO()
    assert write_all(archive.db, first) == write_all(archive.db, again) == 2
    assert first.getvalue() == again.getvalue()
    assert len(zipfile.ZipFile(first).namelist()) == 2
    assert write_all(archive.db, one, LAW) == 1
    assert one.getvalue().startswith(b"<?xml")
