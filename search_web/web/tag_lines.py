"""Tags as people type them, in one line with commas between, and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_SEPARATORS = ",，、;；\n"
_TAG = re.compile(rf'\s*(?:"((?:[^"]|"")*)"\s*(?=[{_SEPARATORS}]|$)|([^{_SEPARATORS}]+))')


def tag_line(tags: Sequence[str]) -> str:
    """Return tags as a line to edit; one that has a separator in it stands in quotation marks, as in CSV."""
    return ", ".join(_written(tag) for tag in tags)


def tags_in(line: str) -> tuple[str, ...]:
    """Return the tags of a line, each once. Commas, semicolons and 、 separate them, but for those in "quotes"."""
    found = (match[2] if match[1] is None else match[1].replace('""', '"') for match in _TAG.finditer(line))
    return tuple(dict.fromkeys(tag for tag in (" ".join(one.split()) for one in found) if tag))


def _written(tag: str) -> str:
    if tag.startswith('"') or any(char in _SEPARATORS for char in tag):
        return '"' + tag.replace('"', '""') + '"'
    return tag
