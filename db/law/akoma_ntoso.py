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

from db.law.tree import laws, tree

if TYPE_CHECKING:
    from sqlite_utils import Database

    from db.law.tree import LawTree, Node

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
        stream.write(akoma_ntoso(tree(db, key)).encode() + b"\n")
        return 1
    count = 0
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for count, about in enumerate(laws(db), 1):  # noqa: B007 - the last count is the answer
            document = akoma_ntoso(tree(db, about["instrument_id"]))
            # A day of its own would make every export another file.
            archive.writestr(ZipInfo(f"{about['uri'].strip('/').replace('/', '_')}.xml"), f"{document}\n".encode())
    stream.write(packed.getvalue())
    return count


def akoma_ntoso(law: LawTree) -> str:
    """A law as an XML document, UTF-8 declared, without the newline behind it."""
    about = law.about
    kind = "bill" if about["kind"] == "bill_or_plan" else "act"
    parts = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<akomaNtoso xmlns="{NAMESPACE}">',
        f"<{kind} name={quoteattr(about['kind'] or 'law')}>",
        _meta(law),
        f"<preface><longTitle><p>{_text(about['title'])}</p></longTitle></preface>",
        f"<preamble>{_paragraphs(law.preamble)}</preamble>" if law.preamble else "",
        f"<body>{_body(law)}</body>",
        f"<conclusions>{_paragraphs(law.closing)}</conclusions>" if law.closing else "",
        f"</{kind}>",
        "</akomaNtoso>",
    ]
    return "\n".join(filter(None, parts))


def _meta(law: LawTree) -> str:
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
        f'<references source="#bayegan"><TLCOrganization eId="issuer" href="/ontology/organization/ir/issuer" '
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


def _body(law: LawTree) -> str:
    """The clauses, each in the one around it; a law without any is one article without a number."""
    if not law.nodes:
        return '<article eId="art"><content><p/></content></article>'
    inside: dict[str | None, list[Node]] = {}
    for node in law.nodes:
        inside.setdefault(node.parent, []).append(node)
    # Innermost first, so that no depth of a text costs stack.
    done: dict[str, str] = {}
    for node in sorted(law.nodes, key=lambda n: -n.depth):
        done[node.eid] = _clause(node, [done[child.eid] for child in inside.get(node.eid, ())])
    return "".join(done[node.eid] for node in inside.get(None, ()))


def _clause(node: Node, children: list[str]) -> str:
    element = _ELEMENTS.get(node.unit, "hcontainer")
    name = f' name="{_NAMED.get(node.unit, "clause")}"' if element == "hcontainer" else ""
    status = ' status="removed"' if node.status == "repealed" else ""
    heading = f"<heading>{_text(node.heading)}</heading>" if node.heading else ""
    if children:
        intro = f"<intro>{_paragraphs(node.text)}</intro>" if node.text else ""
        words = intro + "".join(children)
    else:
        words = f"<content>{_paragraphs(node.text) or '<p/>'}</content>"
    return f"<{element} eId={quoteattr(node.eid)}{name}{status}><num>{_text(node.label)}</num>{heading}{words}</{element}>"


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{_text(line.strip())}</p>" for line in text.split("\n") if line.strip())


def _text(text: str) -> str:
    """Text that XML 1.0 can hold."""
    return escape("".join(char for char in text if char >= " " or char in "\t\n").replace("\ufffe", "").replace("\uffff", ""))
