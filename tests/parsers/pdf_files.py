"""Small PDFs written by hand: one Type 1 font whose codes mean whatever the ToUnicode map says, every glyph half an em wide."""

from __future__ import annotations

import re

_SIZE = 12
_WIDTH = _SIZE / 2
_RIGHT = 540
_RUN = re.compile("[A-Za-z]+(?: [A-Za-z]+)*|[0-9۰-۹]+(?:[./][0-9۰-۹]+)*")
_FORMS = {"ه": "\ufee9", "ن": "\ufee7", "م": "\ufee3", "ل": "\ufedf"}
Placed = tuple[float, float, list[str]]  # right edge, baseline, glyphs from left to right
_MIRROR = str.maketrans("()«»", ")(»«")


def visual(line: str) -> list[str]:
    """The glyphs of a Persian line from left to right."""
    turned = _RUN.sub(lambda run: run[0][::-1], line.translate(_MIRROR))
    return list(reversed(turned))


def pdf(pages: list[list[Placed]], *, scattered: bool = False) -> bytes:
    """Each page is lines. `scattered`: every glyph placed on its own, the last first."""
    codes: dict[str, int] = {}
    contents = [_content(lines, codes, scattered=scattered) for lines in pages]
    cmap = "\n".join(f"<{code:02x}> <{text.encode('utf-16-be').hex()}>" for text, code in codes.items())
    unicode_map = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /A def "
        "1 begincodespacerange <00> <ff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{cmap}\nendbfchar endcmap end end"
    ).encode()
    widths = " ".join(["500"] * 256)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Nomen /FirstChar 0 /LastChar 255 /ToUnicode 4 0 R /Widths [%s] >>"
        % widths.encode(),
        _stream(unicode_map),
    ]
    for n, content in enumerate(contents):
        fonts = b"/Resources << /Font << /F 3 0 R >> >>"
        page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R %s >>" % (6 + 2 * n, fonts)
        objects += [page, _stream(content)]
    return _file(objects)


def page(lines: list[str], *, forms: bool = False, right: float = _RIGHT, top: float = 800) -> list[Placed]:
    """Lines of Persian one under another, flush right; `forms` writes letters as presentation forms."""
    return [(right, top - 16 * n, [_shaped(glyph) if forms else glyph for glyph in visual(line)]) for n, line in enumerate(lines)]


def _shaped(glyph: str) -> str:
    return _FORMS.get(glyph, glyph)


def _content(lines: list[Placed], codes: dict[str, int], *, scattered: bool) -> bytes:
    shown = []
    for right, y, glyphs in lines:
        for glyph in glyphs:
            codes.setdefault(glyph, len(codes) + 1)
        left = right - len(glyphs) * _WIDTH
        places = [(left + n * _WIDTH, f"{codes[glyph]:02x}") for n, glyph in enumerate(glyphs)]
        if not scattered:
            places = [(left, "".join(code for _, code in places))]
        shown += [f"BT /F {_SIZE} Tf {x:.1f} {y} Td <{code}> Tj ET" for x, code in reversed(places)]
    return "\n".join(shown).encode()


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects: list[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return body + b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
