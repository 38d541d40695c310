"""Pictures of pages to text: scanned PDFs and image files, read by Tesseract with its Persian model, once, when they are added.

What comes out is a capture (`parsers.files.scanned`): the lines with their boxes, how sure the program was of each page, and the
picture of each page, so that a clause can be compared with it. The extra `ocr` has the Python side; Tesseract and its model are
Debian packages.

OcrError   the picture cannot be read, or what is needed to read it is not installed; the message says what to install
"""

from __future__ import annotations

import base64
import json
from io import BytesIO
from typing import TYPE_CHECKING, Any

from parsers.files import document_kind
from parsers.files.scanned import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

INSTALL = "pip install 'bayegan[ocr]' && apt-get install tesseract-ocr tesseract-ocr-fas"
_PICTURES = {
    b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"II*\0": "a TIFF picture", b"MM\0*": "a TIFF picture",
}  # fmt: skip
_LANGUAGE = "fas"
_DPI = 300  # what Tesseract reads best
_KEPT_WIDTH = 1240  # of the picture that is kept: 150 dpi of an A4 page
_QUALITY = 60
_MOST_PAGES = 200
_MOST_PIXELS = 60_000_000
_SECONDS = 120  # for one page


class OcrError(Exception):
    """A picture that cannot be read; the message says why, and what to install."""


def is_picture(body: bytes) -> bool:
    """Return whether the bytes are a picture of a kind that is read: PNG, JPEG, TIFF."""
    return body.startswith(tuple(_PICTURES))


def needs_ocr(body: bytes) -> bool:
    """Return whether the bytes are pictures of pages: an image file, or a PDF without a letter. Raises DocumentTooLarge."""
    if is_picture(body):
        return True
    if document_kind(body) != "pdf":
        return False
    from parsers.files.pdf import has_text

    return not has_text(body)


def read_pictures(body: bytes) -> bytes:
    """Return the OCR text of a picture or a scanned PDF, as bytes that `parse` reads. Raises OcrError."""
    what = next((name for magic, name in _PICTURES.items() if body.startswith(magic)), "a PDF of pictures")
    engine = _engine(what)
    pages = [_page(picture) for picture in _pictures(body, what)]
    if not any(page["lines"] for page in pages):
        raise OcrError(f"{what}, without any letter")
    data = json.dumps({"engine": engine, "pages": pages}, ensure_ascii=False).encode()
    return MARK + data[1:]


def _engine(what: str) -> str:
    """Return the program's name and version. Raises OcrError where something is not installed."""
    try:
        import pytesseract
        from PIL import Image  # noqa: F401 - only whether it is there
    except ImportError as error:
        raise OcrError(f"{what}, and OCR is not installed: {INSTALL}") from error
    try:
        version = pytesseract.get_tesseract_version()
        languages = pytesseract.get_languages()
    except (pytesseract.TesseractNotFoundError, pytesseract.TesseractError, SystemExit) as error:
        raise OcrError(f"{what}, and Tesseract is not installed: {INSTALL}") from error
    if _LANGUAGE not in languages:
        raise OcrError(f"{what}, and Tesseract's Persian model is not installed: {INSTALL}")
    return f"Tesseract {version} ({_LANGUAGE})"


def _pictures(body: bytes, what: str) -> Iterator[Image]:
    from PIL import Image, ImageSequence, UnidentifiedImageError

    if document_kind(body) == "pdf":
        yield from _of_pdf(body, what)
        return
    try:
        with Image.open(BytesIO(body)) as opened:
            for number, frame in enumerate(ImageSequence.Iterator(opened)):
                if frame.width * frame.height > _MOST_PIXELS:
                    raise OcrError(f"{what} of {frame.width} × {frame.height} points, too large to read")
                if number < _MOST_PAGES:
                    yield frame.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as error:
        raise OcrError(f"{what}, damaged ({type(error).__name__})") from error


def _of_pdf(body: bytes, what: str) -> Iterator[Image]:
    try:
        import pypdfium2
    except ImportError as error:
        raise OcrError(f"{what}, and OCR is not installed: {INSTALL}") from error
    try:
        document = pypdfium2.PdfDocument(body)
        for number in range(min(len(document), _MOST_PAGES)):
            page = document[number]
            scale = min(_DPI / 72, (_MOST_PIXELS / max(page.get_width() * page.get_height(), 1)) ** 0.5)
            yield page.render(scale=scale, grayscale=True).to_pil()
    except pypdfium2.PdfiumError as error:
        raise OcrError(f"{what}, damaged or encrypted ({error})") from error


def _page(picture: Image) -> dict[str, Any]:
    """Return a page: its lines as (text, left, right, baseline upwards, size), its confidence, its picture."""
    import pytesseract

    try:
        found = pytesseract.image_to_data(picture, lang=_LANGUAGE, timeout=_SECONDS, output_type=pytesseract.Output.DICT)
    except RuntimeError as error:
        raise OcrError(f"a page that Tesseract does not read ({error})") from error
    rows: dict[tuple[int, int, int], list[int]] = {}
    for place, text in enumerate(found["text"]):
        if text.strip():
            rows.setdefault((found["block_num"][place], found["par_num"][place], found["line_num"][place]), []).append(place)
    lines = [_line(found, places, picture.height) for places in rows.values()]
    sure = [float(found["conf"][place]) for places in rows.values() for place in places]
    confidence = round(sum(sure) / len(sure)) if sure else 0
    return {"lines": lines, "confidence": confidence, "height": picture.height, "picture": _kept(picture)}


def _line(found: dict[str, list[Any]], places: list[int], height: int) -> list[Any]:
    left = min(found["left"][place] for place in places)
    right = max(found["left"][place] + found["width"][place] for place in places)
    bottom = max(found["top"][place] + found["height"][place] for place in places)
    tall = sorted(found["height"][place] for place in places)[len(places) // 2]
    return [" ".join(found["text"][place] for place in places), left, right, height - bottom, tall]


def _kept(picture: Image) -> str:
    """Return the picture as it is kept: a JPEG in shades of grey, base64."""
    kept = picture.copy()
    kept.thumbnail((_KEPT_WIDTH, 4 * _KEPT_WIDTH))
    stream = BytesIO()
    kept.save(stream, "JPEG", quality=_QUALITY)
    return base64.b64encode(stream.getvalue()).decode()
