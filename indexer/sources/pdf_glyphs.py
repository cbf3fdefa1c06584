"""PDF bytes to glyphs with their places, page by page. This module and `pdf_text_page` own pypdfium2."""

from __future__ import annotations

import ctypes
import re
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
from pypdfium2 import raw

from indexer.errors import DamagedSourceError, EmptySourceError, OversizedSourceError, ProtectedSourceError
from indexer.sources.pdf_page import GlyphPage
from indexer.sources.pdf_text_page import TextPageReader
from indexer.sources.pdf_turns import turned_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from indexer.sources.pdf_turns import Drawn

Bounds = tuple[float, float, float, float]

MOST_PAGES = 3_000
MOST_CHARACTERS = 20_000_000
MOST_CHARACTERS_OF_A_PAGE = 200_000

_STARTXREF = re.compile(rb"startxref\s+(\d+)")
_HEADER_BYTES = 1024
_LITTLE_TEXT = 400
_MOST_OBJECTS = 100_000


def open_pdf(data: bytes, where: str) -> pdfium.PdfDocument:
    """Return the document in `data`.

    Raises ProtectedSourceError when it asks for a password, DamagedSourceError when it is truncated or no PDF,
    EmptySourceError when it has no bytes, and OversizedSourceError when it has more than MOST_PAGES pages.
    """
    if not data.strip(b"\0\t\n\r "):
        raise EmptySourceError("there is nothing in this file", where=where, mend="Leave it out.")
    try:
        document = pdfium.PdfDocument(data)
        pages = len(document)
    except pdfium.PdfiumError as error:
        if error.err_code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
            raise ProtectedSourceError(
                "the PDF is locked with a password", where=where, mend="Save it without one and read it again."
            ) from error
        is_pdf = b"%PDF-" in data[:_HEADER_BYTES]
        raise _damaged("the PDF is damaged or cut off" if is_pdf else "this is no PDF", where) from error
    if not _is_whole(data):
        document.close()
        raise _damaged("the PDF is cut off: its end is missing", where)
    if pages > MOST_PAGES:
        document.close()
        raise OversizedSourceError(
            f"the PDF has {pages:,} pages; a transcript has at most {MOST_PAGES:,}",
            where=where,
            mend="Take out the pages of the transcript and read these.",
        )
    return document


def facts(document: pdfium.PdfDocument) -> Mapping[str, str]:
    """Return what the document says of itself: Title, Author and the like."""
    return dict(document.get_metadata_dict(skip_empty=True))


def glyph_pages(document: pdfium.PdfDocument, where: str) -> Iterator[GlyphPage]:
    """Return the pages in their order. A page that cannot be opened comes without glyphs and is called broken.

    Raises OversizedSourceError when a page, or all of them, have more characters than a transcript can have.
    """
    total = 0
    for index in range(len(document)):
        try:
            page = document[index]
            text_page = page.get_textpage()
        except pdfium.PdfiumError:
            yield GlyphPage(index + 1, 0, 0, (), (), 0, pictured=True, broken=True)
            continue
        count = text_page.count_chars()
        total += count
        if count > MOST_CHARACTERS_OF_A_PAGE or total > MOST_CHARACTERS:
            raise OversizedSourceError(
                f"page {index + 1} of the PDF has more text than a transcript can have",
                where=where,
                mend="Leave it out, or take out the pages of the transcript.",
            )
        yield _page(index + 1, page, text_page, count)
        text_page.close()
        page.close()


def _is_whole(data: bytes) -> bool:
    """Whether the end of the file points back to its table of contents, as the last thing in a PDF does."""
    found = None
    for match in _STARTXREF.finditer(data):
        found = match
    return found is not None and 0 < int(found[1]) < len(data)


def _damaged(what: str, where: str) -> DamagedSourceError:
    return DamagedSourceError(what, where=where, mend="Fetch the file again.")


def _page(number: int, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, count: int) -> GlyphPage:
    left, bottom, right, top = page.get_bbox()
    reader = TextPageReader(text_page.raw, (left, bottom, right, top))
    for index in range(count):
        reader.read(index)
    kinds, images = _objects(page)
    return turned_page(
        number,
        (left, bottom, right, top),
        reader.found,
        unreadable=reader.unreadable,
        pictured=_is_picture(reader.found, kinds),
        images=images,
    )


def _is_picture(drawn: Sequence[Drawn], kinds: AbstractSet[int]) -> bool:
    """Whether a page with little or no text has an image on it, or lines and areas that may be its text."""
    inked = sum(bool(one.text.strip()) for one in drawn)
    if inked > _LITTLE_TEXT:
        return False
    return bool(kinds & {raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM}) or (not inked and bool(kinds))


def _objects(page: pdfium.PdfPage) -> tuple[AbstractSet[int], list[Bounds]]:
    """Return the kinds of the objects on a page, and where its images are."""
    kinds: set[int] = set()
    images: list[Bounds] = []
    edges = [ctypes.c_float() for _ in range(4)]
    for index in range(min(raw.FPDFPage_CountObjects(page.raw), _MOST_OBJECTS)):
        one = raw.FPDFPage_GetObject(page.raw, index)
        kind = raw.FPDFPageObj_GetType(one)
        kinds.add(kind)
        if kind == raw.FPDF_PAGEOBJ_IMAGE and raw.FPDFPageObj_GetBounds(one, *edges):
            images.append((edges[0].value, edges[1].value, edges[2].value, edges[3].value))
    return kinds, images
