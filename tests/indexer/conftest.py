"""A PDF writer for samples: pages as layout programs make them, in words of our own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

HAN = "STSong-Light"
_UNBREAKABLE = "，。！？；：、）】》”’"


class Sheet:
    """A PDF under construction. Places are in points from the lower left corner of an A4 page, 595 by 842."""

    def __init__(self, **options: object) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

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
    units: list[str] = []
    for character in text:
        han = character >= "\u2e80"
        if not units or units[-1].endswith(" ") or (han and character not in _UNBREAKABLE):
            units.append(character)
        elif units[-1][-1] >= "\u2e80" and not han:
            units.append(character)
        else:
            units[-1] += character
    return units


@pytest.fixture(scope="session")
def sheet() -> Callable[..., Sheet]:
    """Begin a PDF."""
    pytest.importorskip("reportlab")
    return Sheet
