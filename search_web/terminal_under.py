"""Text that stands further in, below the line that it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console


def print_under(screen: Console, text: Text, *, indent: int = 3, below: int = 0) -> None:
    """Print a text further in, with so many lines below it; a file or a pipe gets each paragraph on one line."""
    lines = text.wrap(screen, screen.width - indent) if screen.is_terminal else text.split()
    for line in lines:
        line.rstrip()
        screen.print(Text(" " * indent).append_text(line), soft_wrap=True)
    for _ in range(below):
        screen.print()
