"""PDF bytes to glyphs with their places, page by page. This module owns pypdfium2."""

from __future__ import annotations

import ctypes
import math
import re
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from indexer.errors import DamagedSourceError, EmptySourceError, OversizedSourceError, ProtectedSourceError
from indexer.sources.pdf_characters import UNREADABLE, is_unreadable, readable
from indexer.sources.pdf_page import GlyphPage
from indexer.sources.pdf_turns import Drawn, Run, turned_page

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from collections.abc import Set as AbstractSet

Bounds = tuple[float, float, float, float]

MOST_PAGES = 3_000
MOST_CHARACTERS = 20_000_000
MOST_CHARACTERS_OF_A_PAGE = 200_000

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|simhei|heiti|黑体|粗", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
_BOLD_WEIGHT = 600
_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18
_FILLED_AND_STROKED = 2  # Type without a bold cut is made bold by an outline.
_SLANT = 0.15
_OFF_AXIS = math.radians(3)
_STARTXREF = re.compile(rb"startxref\s+(\d+)")
_NAME_BYTES = 256
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
    reader = _Reader(text_page.raw, (left, bottom, right, top))
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


class _Reader:
    """Takes the characters of one text page out of PDFium."""

    def __init__(self, text_page: Any, bounds: tuple[float, float, float, float]) -> None:  # noqa: ANN401 - ctypes
        self._page = text_page
        self._left, self._bottom, self._right, self._top = bounds
        self._runs: dict[int, Run] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._high = 0
        self._parted = False
        self.found: list[Drawn] = []
        self.unreadable = 0

    def read(self, index: int) -> None:
        """Take in one character, but for the blanks and line ends that PDFium makes up where it sees a gap."""
        pointer = raw.FPDFText_GetTextObject(self._page, index)
        code = self._code(index)
        if code is None:
            return
        if not pointer or (code == ord(" ") and raw.FPDFText_IsGenerated(self._page, index)):
            self._parted = code == ord(" ")
            return
        run = self._run(index, pointer)
        raw.FPDFText_GetCharOrigin(self._page, index, self._x, self._y)
        x, y = self._x.value, self._y.value
        slack = run.size
        if not (self._left - slack <= x <= self._right + slack and self._bottom - slack <= y <= self._top + slack):
            return
        text = readable(code)
        if text == UNREADABLE and not self._draws(index):
            text = " "
        self.unreadable += is_unreadable(code) and text != " "
        raw.FPDFText_GetLooseCharBox(self._page, index, self._box)
        advance = self._box.right - self._box.left
        if run.turn != 0 and text != " ":
            advance = self._extent(index, run, x, y)
        self.found.append(Drawn(text, x, y, advance, run, index, self._parted))
        self._parted = False

    def _code(self, index: int) -> int | None:
        """Return the character code, of two surrogates the one that they make."""
        code = int(raw.FPDFText_GetUnicode(self._page, index))
        if 0xD800 <= code < 0xDC00:  # noqa: PLR2004 - high surrogates
            self._high = code
            return None
        if 0xDC00 <= code < 0xE000 and self._high:  # noqa: PLR2004 - low surrogates
            code = 0x10000 + ((self._high - 0xD800) << 10) + (code - 0xDC00)
        self._high = 0
        return code

    def _draws(self, index: int) -> bool:
        """Whether a character leaves ink: a blank of a font that names none of its characters does not."""
        raw.FPDFText_GetCharBox(self._page, index, *self._edges)
        left, right, bottom, top = (edge.value for edge in self._edges)
        return right > left and top > bottom

    def _extent(self, index: int, run: Run, x: float, y: float) -> float:
        """Return how far a turned character reaches from its origin in the direction of the text."""
        raw.FPDFText_GetCharBox(self._page, index, *self._edges)
        left, right, bottom, top = (edge.value for edge in self._edges)
        reach = {1: top - y, 2: x - left, 3: y - bottom}.get(run.turn or 0, right - x)
        return min(max(reach, 0.0), 2 * run.size)

    def _run(self, index: int, pointer: Any) -> Run:  # noqa: ANN401 - ctypes
        address = ctypes.addressof(pointer.contents)
        known = self._runs.get(address)
        if known is None:
            known = self._runs[address] = self._measure(index, pointer)
        return known

    def _measure(self, index: int, pointer: Any) -> Run:  # noqa: ANN401 - ctypes
        raw.FPDFText_GetMatrix(self._page, index, self._matrix)
        a, b, c, d = self._matrix.a, self._matrix.b, self._matrix.c, self._matrix.d
        size = abs(raw.FPDFText_GetFontSize(self._page, index)) * (math.hypot(c, d) or 1.0)
        turn: int | None = 0
        if b or a < 0:
            angle = math.atan2(b, a)
            quarters = round(angle / (math.pi / 2))
            turn = quarters % 4 if abs(angle - quarters * math.pi / 2) < _OFF_AXIS else None
        bold, italic = self._font(raw.FPDFTextObj_GetFont(pointer))
        outlined = raw.FPDFTextObj_GetTextRenderMode(pointer) == _FILLED_AND_STROKED
        slanted = turn == 0 and abs(c) > _SLANT * abs(d)
        return Run(min(max(size, 0.5), 500.0), bold or outlined, italic or slanted, turn)

    def _font(self, font: Any) -> tuple[bool, bool]:  # noqa: ANN401 - ctypes
        if not font:
            return False, False
        address = ctypes.addressof(font.contents)
        known = self._fonts.get(address)
        if known is None:
            buffer = ctypes.create_string_buffer(_NAME_BYTES)
            raw.FPDFFont_GetBaseFontName(font, buffer, _NAME_BYTES)
            name = buffer.value.decode("utf-8", "replace")
            flags = max(raw.FPDFFont_GetFlags(font), 0)
            weight = raw.FPDFFont_GetWeight(font)
            bold = bool(_BOLD_NAME.search(name)) or bool(flags & _BOLD_FLAG) or weight >= _BOLD_WEIGHT
            known = self._fonts[address] = (bold, bool(_ITALIC_NAME.search(name)) or bool(flags & _ITALIC_FLAG))
        return known
