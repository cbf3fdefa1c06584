"""What a plot shows and how its parts are laid out, in pixels; plots.py draws it.

The page needs the size of a plot before the plot is drawn, so that nothing moves when it comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from unicodedata import east_asian_width

BAR_PERIODS = 3
"""From so many periods on several series are lines; below, and for one series alone, bars read better."""

_WIDE, _NARROW = 880, 400
_BODY, _LEGEND_LINE = 210, 21
_ABOVE, _BELOW, _TITLE = 34, 46, 30
_LEFT, _LEGEND_WIDTH = 46, 230
_LONGEST_LABEL = 28


class Theme(StrEnum):
    """On which ground a plot stands."""

    LIGHT = "light"
    DARK = "dark"


class Box(NamedTuple):
    """Where the field of a plot stands, from the left and from the top."""

    left: int
    top: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """One series: a value for each period, None where there is nothing that could have it."""

    label: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """Series that are drawn into one field."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """Panels, one below the other, over the same periods.

    `measure` says what the values are; `fractions` that they are no whole numbers. With `last_apart` no line leads
    to the last of the periods, which is none.
    """

    title: str
    measure: str
    periods: tuple[str, ...]
    panels: tuple[Panel, ...]
    fractions: bool = True
    last_apart: bool = False
    theme: Theme = Theme.LIGHT
    narrow: bool = False

    @property
    def width(self) -> int:
        """The width of the whole."""
        return _NARROW if self.narrow else _WIDE

    @property
    def height(self) -> int:
        """The height of the whole."""
        return sum(map(self.panel_height, self.panels))

    @property
    def most_ticks(self) -> int:
        """How many periods can be named below the field."""
        return 5 if self.narrow else 12

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all series, each once: what has one label has one colour."""
        return tuple(dict.fromkeys(line.label for panel in self.panels for line in panel.lines))

    def panel_height(self, panel: Panel) -> int:
        """Return the height of one panel with its title and, on a narrow plot, its legend."""
        return self.box(panel, 0).top + _BODY + _BELOW + (self._legend_height(panel) if self.narrow else 0)

    def box(self, panel: Panel, top: int) -> Box:
        """Return the field of a panel that begins at `top`."""
        beside = _LEGEND_WIDTH if len(panel.lines) > 1 and not self.narrow else 12
        return Box(_LEFT, top + _ABOVE + (_TITLE if panel.title else 0), self.width - _LEFT - beside, _BODY)

    def legend_corner(self, panel: Panel, top: int) -> tuple[int, int]:
        """Return the upper left corner of the legend of a panel."""
        box = self.box(panel, top)
        if self.narrow:
            return box.left, box.top + box.height + _BELOW - 10
        return box.left + box.width + 22, box.top

    def _legend_height(self, panel: Panel) -> int:
        return _LEGEND_LINE * len(panel.lines) if len(panel.lines) > 1 else 0


def shortened(label: str) -> str:
    """Return a label no wider than a legend; a Han character is as wide as two letters."""
    width = 0
    for place, character in enumerate(label):
        width += 2 if east_asian_width(character) in "WF" else 1
        if width > _LONGEST_LABEL:
            return f"{label[: place - 1]}…"
    return label
