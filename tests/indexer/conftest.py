"""A PDF writer for samples: pages as layout programs make them, in words of our own."""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

if TYPE_CHECKING:
    from collections.abc import Callable

HAN = "STSong-Light"
_UNIT = re.compile(r"(?:[^\s\u2e80-\uffff]+|[\u2e80-\uffff])[，。！？；：、）】》”’]*\s*")


class Sheet:
    """A PDF under construction. Places are in points from the lower left corner of an A4 page, 595 by 842."""

    def __init__(self, **options: object) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(HAN))
        self._buffer = BytesIO()
        self._width = pdfmetrics.stringWidth
        self.canvas = Canvas(self._buffer, pagesize=(595, 842), invariant=1, **options)

    def at(self, x: float, y: float, text: str, font: str = "Helvetica", size: float = 10) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, text)

    def right(self, x: float, y: float, text: str, font: str = "Helvetica", size: float = 10) -> None:
        self.at(x - self._width(text, font, size), y, text, font, size)

    def paragraph(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        font: str = "Helvetica",
        size: float = 10,
        leading: float = 12,
        indent: float = 0,
    ) -> float:
        """Set a paragraph, cut at its right margin, and return the baseline of the line below it."""
        for number, line in enumerate(self.wrap(text, width, font, size, indent)):
            self.at(x + (indent if number == 0 else 0), y, line, font, size)
            y -= leading
        return y

    def wrap(self, text: str, width: float, font: str = "Helvetica", size: float = 10, indent: float = 0) -> list[str]:
        """Return the lines of a paragraph: cut at blanks, and between Han characters."""
        lines = [""]
        for unit in _units(text):
            room = width - (indent if len(lines) == 1 else 0)
            if lines[-1] and self._width((lines[-1] + unit).rstrip(), font, size) > room:
                lines.append("")
            lines[-1] += unit if lines[-1] else unit.lstrip()
        return [line.rstrip() for line in lines]

    def page(self) -> None:
        """End the page."""
        self.canvas.showPage()

    def done(self) -> bytes:
        """End the last page and return the file."""
        self.canvas.showPage()
        self.canvas.save()
        return self._buffer.getvalue()


def _units(text: str) -> list[str]:
    """Part the text where a line may end."""
    return _UNIT.findall(text)


@pytest.fixture(scope="session")
def sheet() -> Callable[..., Sheet]:
    """Begin a PDF."""
    return Sheet
