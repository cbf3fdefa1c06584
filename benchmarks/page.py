"""Puts what a benchmark printed between its marks on a page of the documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_between_marks(page: Path, script: str, text: str) -> None:
    """Replace what stands between the marks of a script. Raises ValueError where the page has none."""
    begin, end = (f"<!-- tables of benchmarks/{script}: {mark} -->" for mark in ("begin", "end"))
    before, begun, rest = page.read_text(encoding="utf-8").partition(begin)
    _, ended, after = rest.partition(end)
    if not begun or not ended:
        raise ValueError(f"{page} has no marks of {script}")
    page.write_text(f"{before}{begin}\n\n{text.strip()}\n\n{end}{after}", encoding="utf-8")
