"""Plots as SVG. This module alone knows matplotlib, and nothing imports it before a plot is drawn.

An SVG is an answer of its own, which a page shows as an image: its styles touch nothing else. Text stays text, in the
fonts of the reader, so that Chinese needs no font here. A plot is never the only place of a figure: a table stands
below each.
"""

from __future__ import annotations

import io
import os
import re
import warnings
from threading import Lock
from typing import TYPE_CHECKING

from indexer.settings import cache_folder

os.environ.setdefault("MPLCONFIGDIR", str(cache_folder() / "matplotlib"))

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.ticker import MaxNLocator

from search_web.web.plot_model import BAR_PERIODS, Theme, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from search_web.web.plot_model import Line, Panel, Plot

mpl.rcParams["svg.fonttype"] = "none"
mpl.rcParams["svg.hashsalt"] = "yuanhua"
mpl.rcParams["text.parse_math"] = False
mpl.rcParams["font.sans-serif"] = ["DejaVu Sans"]

_FONTS = (
    "system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'PingFang SC', 'Microsoft YaHei', 'Noto Sans CJK SC', "
    "'WenQuanYi Micro Hei', sans-serif"
)
_MEASURED_FONT = re.compile(r"'DejaVu Sans'(?:, sans-serif)?")
_SIZE = re.compile(r'width="[\d.]+pt" height="[\d.]+pt"')
_POINTS = 72.0
_MOST_LABELS = 18
_PALETTES = {
    Theme.LIGHT: ("#1c4f80", "#b4541a", "#2a7a4b", "#84398a", "#806500", "#a3281c", "#2f6c7d", "#5f5b53"),
    Theme.DARK: ("#8fbce8", "#f0a36b", "#7ecf9d", "#d79be0", "#e0c25a", "#f08a7e", "#8ec7d6", "#b8b2a6"),
}
_INKS = {Theme.LIGHT: ("#1d1b18", "#5f5b53", "#e2ddd3"), Theme.DARK: ("#ebe7df", "#aaa499", "#35322c")}
_MARKERS = "os^Dv<>p"
_DASHES = ("-", "-", "-", "-", (0, (5, 2)), (0, (5, 2)), (0, (5, 2)), (0, (5, 2)))

# matplotlib keeps fonts and settings in places that all threads share.
_drawing = Lock()


def draw(plot: Plot) -> bytes:
    """Return the plot as an SVG document in UTF-8, the same bytes for the same plot."""
    with _drawing, warnings.catch_warnings():
        # It measures Chinese with a font that lacks it, which does no harm where every label has a line of its own.
        warnings.filterwarnings("ignore", message="Glyph ", category=UserWarning)
        figure = Figure(figsize=(plot.width / _POINTS, plot.height / _POINTS), dpi=_POINTS)
        figure.patch.set_alpha(0.0)
        order = _places(plot.labels)
        top = 0
        for panel in plot.panels:
            height = plot.panel_height(panel)
            alone = _places(line.label for line in panel.lines)
            _draw_panel(figure, plot, panel, order if len(order) <= len(_MARKERS) else alone, top)
            top += height
        written = io.BytesIO()
        FigureCanvasSVG(figure).print_svg(  # type: ignore[no-untyped-call]
            written, metadata={"Title": plot.title, "Date": None}
        )
    text = _MEASURED_FONT.sub(_FONTS, written.getvalue().decode())
    return _SIZE.sub(f'width="{plot.width}" height="{plot.height}"', text, count=1).encode()


def _places(labels: Iterable[str]) -> dict[str, int]:
    return {label: place for place, label in enumerate(dict.fromkeys(labels))}


def _draw_panel(figure: Figure, plot: Plot, panel: Panel, order: dict[str, int], top: int) -> None:
    ink, soft, rule = _INKS[plot.theme]
    box = plot.box(panel, top)
    axes: Axes = figure.add_axes(
        (
            box.left / plot.width,
            1 - (box.top + box.height) / plot.height,
            box.width / plot.width,
            box.height / plot.height,
        )
    )
    axes.patch.set_alpha(0.0)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(soft)
    axes.tick_params(axis="both", colors=soft, labelsize=12, length=0, pad=6)
    axes.grid(axis="y", color=rule, linewidth=1)
    axes.set_axisbelow(True)
    if panel.title:
        figure.text(*_place(plot, 2, top + 18), _written(panel.title), color=ink, fontsize=14, weight="bold")
    figure.text(*_place(plot, 2, box.top - 14), plot.measure, color=soft, fontsize=12)
    as_bars = len(plot.periods) < BAR_PERIODS or len(panel.lines) == 1
    draw_lines = _bars if as_bars else _lines
    handles = draw_lines(axes, plot, panel.lines, order)
    count = len(plot.periods)
    step = max(1, -(-count // plot.most_ticks))
    axes.set_xticks(range(0, count, step), [period.replace(" ", "\n") for period in plot.periods[::step]])
    axes.set_xlim(-0.6, count - 0.4)
    highest = max((value for line in panel.lines for value in line.values if value is not None), default=0.0)
    axes.set_ylim(0, 1.12 * highest or 1)
    axes.yaxis.set_major_locator(MaxNLocator(4, integer=not plot.fractions))
    if len(panel.lines) > 1:
        legend = figure.legend(
            handles,
            [_written(line.label) for line in panel.lines],
            loc="upper left",
            bbox_to_anchor=_place(plot, *plot.legend_corner(panel, top)),
            frameon=False,
            fontsize=12,
            labelcolor=ink,
            handlelength=1.8,
            borderaxespad=0,
            labelspacing=0.6,
        )
        legend.set_zorder(3)


def _lines(axes: Axes, plot: Plot, lines: tuple[Line, ...], order: dict[str, int]) -> list[Artist]:
    handles: list[Artist] = []
    joined = len(plot.periods) - plot.last_apart
    for line in lines:
        place = order[line.label] % len(_MARKERS)
        values = [float("nan") if value is None else value for value in line.values]
        for first, end in ((joined, len(values)), (0, joined)):
            drawn = axes.plot(
                range(first, end),
                values[first:end],
                color=_PALETTES[plot.theme][place],
                marker=_MARKERS[place],
                linestyle=_DASHES[place],
                linewidth=2,
                markersize=6,
                clip_on=False,
            )
        handles += drawn
    return handles


def _bars(axes: Axes, plot: Plot, lines: tuple[Line, ...], order: dict[str, int]) -> list[Artist]:
    handles: list[Artist] = []
    width = 0.72 / len(lines)
    labelled = len(lines) * len(plot.periods) <= _MOST_LABELS
    for step, line in enumerate(lines):
        place = order[line.label] % len(_MARKERS)
        known = [(period, value) for period, value in enumerate(line.values) if value is not None]
        bars = axes.bar(
            [period - 0.36 + (step + 0.5) * width for period, _ in known],
            [value for _, value in known],
            width=min(0.94 * width, 0.5),
            color=_PALETTES[plot.theme][place],
        )
        handles.append(bars.patches[0] if bars.patches else Rectangle((0, 0), 0, 0))
        if labelled:
            texts = [f"{value:.1f}" if plot.fractions else f"{value:.0f}" for _, value in known]
            axes.bar_label(bars, texts, padding=3, fontsize=11, color=_INKS[plot.theme][1])
    return handles


def _place(plot: Plot, x: float, y: float) -> tuple[float, float]:
    """Return a place in the figure of a point that is x right of its left edge and y below its top, in pixels."""
    return x / plot.width, 1 - y / plot.height


def _written(label: str) -> str:
    """Return a label as it can stand in a plot: short, printable, and not with the mark that would hide it."""
    text = shortened("".join(filter(str.isprintable, label)))
    return f"\u200b{text}" if text.startswith("_") else text
