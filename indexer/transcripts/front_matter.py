"""Front matter: `key: value` lines between two lines of three dashes at the top of a text."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from indexer.model import LineSpan, NonSpeech, NonSpeechKind

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.model import Line

_RULE = "---"
_FIELD = re.compile(r"(?P<key>[A-Za-z_][\w-]*)\s*:\s*(?P<value>.*)")
_MOST_LINES = 200


def take_front_matter(
    lines: Sequence[Line],
) -> tuple[Mapping[str, str], tuple[NonSpeech, ...], tuple[Line, ...]]:
    """Return the fields of the front matter, its lines, and the lines below it.

    Values lose the quotes around them; lines that are no field (lists, for instance) are kept and not read. A
    text without a second rule, or whose first line between the rules is no field, has no front matter.
    """
    first = next((i for i, line in enumerate(lines) if line.text.strip()), None)
    if first is None or lines[first].text.strip() != _RULE:
        return MappingProxyType({}), (), tuple(lines)
    last = next((i for i in range(first + 1, min(len(lines), _MOST_LINES)) if lines[i].text.strip() == _RULE), None)
    if last is None or not _FIELD.match(lines[min(first + 1, last)].text):
        return MappingProxyType({}), (), tuple(lines)
    matter = lines[first : last + 1]
    fields = {
        match["key"].lower(): match["value"].strip().strip("\"'")
        for line in matter
        if (match := _FIELD.match(line.text))
    }
    pieces = tuple(
        NonSpeech(NonSpeechKind.FRONT_MATTER, line.text.strip(), LineSpan(line.number, line.number))
        for line in matter
        if line.text.strip()
    )
    return (
        MappingProxyType({key: value for key, value in fields.items() if value}),
        pieces,
        tuple(lines[last + 1 :]),
    )
