"""Documents that are no pages: Word files, PDFs with text, OCR texts of pictures, read as lines of text in reading order.

UnreadableDocument   encrypted, damaged, only pictures, or larger than any law
DocumentTooLarge     the last of these: reading it takes more memory or more letters than a document may have
"""

from __future__ import annotations


class UnreadableDocument(Exception):
    """A document whose text cannot be had; the message says why."""


class DocumentTooLarge(UnreadableDocument):
    """A document that takes more to read than a document may; whether it has text is not known."""


def document_kind(body: bytes) -> str | None:
    """Return `docx`, `pdf` or `scan` (an OCR text) by the first bytes, None for anything else."""
    if body.startswith(b'{"bayegan_ocr": 1, '):
        return "scan"
    if body.startswith(b"PK\x03\x04") and b"word/" in body[: 1 << 16] + body[-(1 << 16) :]:
        return "docx"
    return "pdf" if body[:1024].lstrip().startswith(b"%PDF-") else None


def document_lines(body: bytes) -> list[str]:
    """Return the paragraphs of a document whose kind is known; a table's row is one, its cells parted by tabs.

    Raises UnreadableDocument.
    """
    kind = document_kind(body)
    if kind == "scan":
        from parsers.files.scanned import scanned_lines

        return scanned_lines(body)
    if kind == "pdf":
        from parsers.files.pdf import pdf_lines

        return pdf_lines(body)
    from parsers.files.docx import docx_lines

    return docx_lines(body)
