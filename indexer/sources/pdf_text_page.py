"""The characters of one page, each with its place, its font and its turn, as PDFium tells them.

This module and `pdf_glyphs` own pypdfium2. Here is all that asks after a single character, by the raw interface.
"""

from __future__ import annotations

import ctypes
import math
import re
from typing import Any

from pypdfium2 import raw

from indexer.sources.pdf_characters import UNREADABLE, is_unreadable, readable
from indexer.sources.pdf_turns import Drawn, Run

_BOLD_NAME = re.compile(r"bold|black|heavy|demi|simhei|heiti|黑体|粗", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
_BOLD_WEIGHT = 600
_ITALIC_FLAG, _BOLD_FLAG = 1 << 6, 1 << 18
_FILLED_AND_STROKED = 2  # Type without a bold cut is made bold by an outline.
_SLANT = 0.15
_WITHIN_LIGATURE = 0.1
_OFF_AXIS = math.radians(3)
_NAME_BYTES = 256


class TextPageReader:
    """Takes the characters of one text page out of PDFium.

    `found` has those read so far, `unreadable` counts those among them whose font does not say what they are.
    """

    def __init__(self, text_page: Any, bounds: tuple[float, float, float, float]) -> None:  # noqa: ANN401 - ctypes
        self._page = text_page
        self._left, self._bottom, self._right, self._top = bounds
        self._runs: dict[int, Run] = {}
        self._fonts: dict[int, tuple[bool, bool]] = {}
        self._box, self._matrix = raw.FS_RECTF(), raw.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._origin = math.nan, math.nan  # Letters of a ligature that PDFium takes apart have the one of it.
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
        if run.turn == 0 and (x, y) == self._origin and self._box.left - x > _WITHIN_LIGATURE * run.size:
            x = self._box.left
        else:
            self._origin = x, y
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
