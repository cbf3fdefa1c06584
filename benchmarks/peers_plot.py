"""The medians of all engines against the number of passages, on logarithmic axes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure
from peers_table import MODES, TITLES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from peers_table import Row

_MARKS = "osD^v<>Pp*hX"
_COLOURS = (*(f"C{number}" for number in range(10)), "black", "gold")


def plot(sizes: Mapping[int, Sequence[Row]], path: Path) -> None:
    """Draw a panel for each mode. Yuanhua's lines are thick; what was not finished has no point."""
    mpl.rcParams.update({"svg.hashsalt": path.name, "svg.fonttype": "none"})
    figure = Figure(figsize=(15, 5.5), layout="constrained")
    for axes, mode in zip(figure.subplots(1, len(MODES), sharex=True, sharey=True), MODES, strict=True):
        for number, (name, title) in enumerate(TITLES.items()):
            points = {
                size: row.times[mode]["p50"]
                for size, rows in sorted(sizes.items())
                for row in rows
                if row.name == name and mode in row.times
            }
            if points:
                axes.plot(
                    list(points),
                    list(points.values()),
                    marker=_MARKS[number % len(_MARKS)],
                    color=_COLOURS[number % len(_COLOURS)],
                    linewidth=3 if name.startswith("ours") else 1,
                    label=title.replace("*", ""),
                )
        axes.set(xscale="log", yscale="log", xlabel="passages", title=f"{mode}, median of a search")
        axes.grid(visible=True, which="both", alpha=0.3)
    first = figure.axes[0]
    first.set_ylabel("milliseconds")
    figure.legend(*first.get_legend_handles_labels(), loc="outside lower center", ncols=5)
    figure.savefig(path, metadata={"Date": None} if path.suffix == ".svg" else None)
