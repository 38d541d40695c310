"""Laws as Akoma Ntoso 3.0 (OASIS akn-core 1.0, 2018): one `act` or `bill` for each law, its clauses with their eIds.

Chapters, articles, clauses and subclauses have elements of their own there; تبصره, which no other legislation knows, is an
`hcontainer` named `note`, a پیوست one named `annex`.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from db.law.akoma_ntoso_changes import Changes, analysis, changes_of, lifecycle, references, temporal_data
from db.law.tree import laws, tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlite_utils import Database

    from db.law.akoma_ntoso_changes import QuotedClause
    from db.law.tree import ClauseNode, LawTree

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
# Units with an element of their own; any other is an hcontainer by this name.
_ELEMENTS = {
    "جلد": "tome", "کتاب": "book", "باب": "title", "بخش": "part", "فصل": "chapter", "مبحث": "subchapter", "گفتار": "subsection",
    "قسمت": "subpart", "ماده": "article", "اصل": "article", "ماده واحده": "article", "بند": "clause", "جزء": "subclause",
    "شق": "indent",
}  # fmt: skip
_NAMED = {"تبصره": "note", "پیوست": "annex", "ضمیمه": "annex"}
_UNKNOWN_DAY = "0001-01-01"


def write_all(db: Database, stream: IO[bytes], key: str | None = None) -> int:
    """Writes one law as XML, or, without a `key`, a ZIP of all, a file for each; returns how many. Raises ArchiveError."""
    if key is not None:
        law = tree(db, key)
        stream.write(akoma_ntoso(law, changes_of(db, law)).encode() + b"\n")
        return 1
    count = 0
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for count, about in enumerate(laws(db), 1):  # noqa: B007 - the last count is the answer
            law = tree(db, about["instrument_id"])
            document = akoma_ntoso(law, changes_of(db, law))
            # A day of its own would make every export another file.
            archive.writestr(ZipInfo(f"{about['uri'].strip('/').replace('/', '_')}.xml"), f"{document}\n".encode())
    stream.write(packed.getvalue())
    return count


def akoma_ntoso(law: LawTree, changes: Changes | None = None) -> str:
    """Return a law as an XML document, UTF-8 declared, as it stands today, where others change it."""
    changes = changes or Changes()
    about = law.about
    kind = "bill" if about["kind"] == "bill_or_plan" else "act"
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<akomaNtoso xmlns="{NAMESPACE}">',
        f"<{kind} name={quoteattr(about['kind'] or 'law')}>",
        _meta(law, changes),
        f"<preface><longTitle><p>{_text(about['title'])}</p></longTitle></preface>",
        f"<preamble>{_paragraphs(law.preamble)}</preamble>" if law.preamble else "",
        f"<body>{_body(changes.nodes or law.nodes, changes)}</body>",
        f"<conclusions>{_paragraphs(law.closing)}</conclusions>" if law.closing else "",
        f"</{kind}>",
        "</akomaNtoso>",
    ]
    return "\n".join(filter(None, parts))


def _meta(law: LawTree, changes: Changes) -> str:
    about = law.about
    day = about["approved_on"] or about["communicated_on"] or about["gazetted_on"] or _UNKNOWN_DAY
    uri = f"/akn{about['uri']}"
    author = '<FRBRauthor href="#issuer" as="#author"/>'
    work = f'<FRBRdate date="{day}" name="approval"/>{author}<FRBRcountry value="ir"/>'
    if about["number"]:
        work += f"<FRBRnumber value={quoteattr(about['number'])}/>"
    expression = f'<FRBRdate date="{day}" name="approval"/>{author}<FRBRlanguage language="fas"/>'
    manifestation = f'<FRBRdate date="{day}" name="approval"/><FRBRauthor href="#bayegan" as="#editor"/><FRBRformat value="xml"/>'
    levels = (
        ("Work", uri, work),
        ("Expression", f"{uri}/fas@{day}", expression),
        ("Manifestation", f"{uri}/fas@{day}.xml", manifestation),
    )
    identified = "".join(
        f"<FRBR{level}><FRBRthis value={quoteattr(f'{address}/!main')}/><FRBRuri value={quoteattr(address)}/>{rest}</FRBR{level}>"
        for level, address, rest in levels
    )
    return (
        f'<meta><identification source="#bayegan">{identified}</identification>{_publication(law)}'
        f"{lifecycle(day, changes)}{analysis(law)}{temporal_data(changes)}"
        f'<references source="#bayegan">{references(uri, about["title"], changes)}'
        '<TLCOrganization eId="issuer" href="/ontology/organization/ir/issuer" '
        f"showAs={quoteattr(about['body'] or '-')}/>"
        '<TLCOrganization eId="bayegan" href="/ontology/organization/bayegan" showAs="bayegan"/>'
        '<TLCRole eId="author" href="/ontology/role/author" showAs="Author"/>'
        '<TLCRole eId="editor" href="/ontology/role/editor" showAs="Editor"/></references></meta>'
    )


def _publication(law: LawTree) -> str:
    day = law.about["gazetted_on"]
    if not day or not _is_day(day):
        return ""
    number = f" number={quoteattr(law.about['gazette_number'])}" if law.about["gazette_number"] else ""
    return f'<publication date="{day}" name="gazette" showAs="روزنامه رسمی"{number}/>'


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _body(nodes: Sequence[ClauseNode], changes: Changes) -> str:
    """Return the clauses, each in the one around it; a law without any is one article without a number."""
    if not nodes:
        return '<article eId="art"><content><p/></content></article>'
    inside: dict[str | None, list[ClauseNode]] = {}
    for node in nodes:
        inside.setdefault(node.parent, []).append(node)
    # Innermost first, so that no depth of a text costs stack.
    done: dict[str, str] = {}
    for node in sorted(nodes, key=lambda n: -n.depth):
        period = f' period="#tg_{changes.periods[node.eid]}"' if node.eid in changes.periods else ""
        status = ' status="removed"' if node.status == "repealed" else ""
        words = _words(node, changes)
        children = "".join(done[child.eid] for child in inside.get(node.eid, ()))
        done[node.eid] = _element(node, node.eid, words, children, period + status)
    return "".join(done[node.eid] for node in inside.get(None, ()))


def _element(node: ClauseNode | QuotedClause, eid: str, words: str, children: str, attributes: str = "") -> str:
    element = _ELEMENTS.get(node.unit, "hcontainer")
    name = f' name="{_NAMED.get(node.unit, "clause")}"' if element == "hcontainer" else ""
    heading = f"<heading>{_text(node.heading)}</heading>" if node.heading else ""
    intro = f"<intro>{words}</intro>" if words else ""
    inner = f"{intro}{children}" if children else f"<content>{words or '<p/>'}</content>"
    return f"<{element} eId={quoteattr(eid)}{name}{attributes}><num>{_text(node.label)}</num>{heading}{inner}</{element}>"


def _words(node: ClauseNode, changes: Changes) -> str:
    """Return a clause's own words, with its citations as references and the new text that it brings as a quoted structure."""
    cited = changes.cited.get(node.eid, ())
    quoted = changes.quoted.get(node.eid, ())
    if not quoted or node.text_end == 0:
        return _paragraphs(node.text, cited)
    before = changes.body[node.text_start : quoted[0].start].rstrip(" «\n")
    after = changes.body[quoted[-1].end : node.text_end].strip(" »\n.")
    mod = f"{node.eid}__mod_1"
    structure = f"<quotedStructure eId={quoteattr(f'{mod}__qstr_1')}>{_quoted(quoted, f'{mod}__qstr_1')}</quotedStructure>"
    return f"{_paragraphs(before, cited)}<p><mod eId={quoteattr(mod)}>{structure}</mod></p>{_paragraphs(after)}"


def _quoted(clauses: Sequence[QuotedClause], prefix: str) -> str:
    there = {clause.eid for clause in clauses}
    done: dict[str, str] = {}
    for clause in reversed(clauses):
        children = "".join(done.pop(other.eid) for other in clauses if other.parent == clause.eid and other.eid in done)
        done[clause.eid] = _element(clause, f"{prefix}__{clause.eid}", _paragraphs(clause.text), children)
    return "".join(done[clause.eid] for clause in clauses if clause.parent not in there)


def _paragraphs(text: str, cited: Sequence[tuple[str, str, str]] = ()) -> str:
    """Return the lines of a text, each citation in them once, in order, as a reference."""
    left = list(cited)
    return "".join(f"<p>{_with_references(line.strip(), left)}</p>" for line in text.split("\n") if line.strip())


def _with_references(line: str, left: list[tuple[str, str, str]]) -> str:
    parts, at = [], 0
    while left and (place := line.find(left[0][0], at)) >= 0:
        words, uri, eid = left.pop(0)
        parts += [_text(line[at:place]), f"<ref href={quoteattr(f'/akn{uri}/~{eid}')}>{_text(words)}</ref>"]
        at = place + len(words)
        while left and left[0][0] == words:  # one row for each number of a list
            left.pop(0)
    return "".join([*parts, _text(line[at:])])


def _text(text: str) -> str:
    """Text that XML 1.0 can hold."""
    return escape("".join(char for char in text if char >= " " or char in "\t\n").replace("\ufffe", "").replace("\uffff", ""))
