"""Tags as people type them, in one line with commas between, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATOR = re.compile(r"[,，、;；\n]")


def tag_line(tags: Sequence[str]) -> str:
    """Return tags as a line to edit."""
    return ", ".join(tags)


def tags_in(line: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the tags of a line, each once.

    Commas, semicolons and 、 separate them; `known` tags that have one of these in themselves stay whole where they
    stand in the line unchanged.
    """
    whole = sorted((tag for tag in known if _SEPARATOR.search(tag)), key=len, reverse=True)
    pattern = "|".join([*(rf"(?<![^,，、;；\n\s]){re.escape(tag)}(?=\s*(?:[,，、;；\n]|$))" for tag in whole), r"[^,，、;；\n]+"])
    found = (" ".join(match[0].split()) for match in re.finditer(pattern, line))
    return tuple(dict.fromkeys(tag for tag in found if tag))
