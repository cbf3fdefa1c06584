"""Signs around a label that are no part of the name: brackets, Markdown, a number of a turn, a record of a terminal."""

from __future__ import annotations

import re

_BEHIND = re.compile(r"\s+\[\d{1,3}\]\s*$|\s*\{BIO\s+\d+\s*(?:<GO>)?\}\s*$", re.IGNORECASE)
_PAIRS = {"[": "]", "【": "】", "<": ">", "＜": "＞"}
_CLOSING = {close: opening for opening, close in _PAIRS.items()}
_BLANKS = " \t\u3000"
_DECORATION = re.compile(r"(?:#{1,6}\s+|>\s+|[*_]{2,3}|[-*•·●▪◦]\s+)\s*")
_EMPHASIS_ENDS = re.compile(r"[*_]{2,3}$")
_SIGNS = frozenset("#>*_-•·●▪◦")


def without_turn_number(label: str) -> str:
    """Return a label without what some records put behind it: "Operator    [12]", "Ian Falk {BIO 1111111 <GO>}"."""
    return _BEHIND.sub("", label)


def unbracketed(label: str) -> str:
    """Return a label without brackets that stand around all of it, or of which the other half is missing.

    In "Sato [CFO]" and "[CFO] Sato" they stand around a part, and stay.
    """
    label = label.strip(_BLANKS)
    while label:
        inner = None
        if (close := _PAIRS.get(label[0])) and (close not in label or label.find(close) == len(label) - 1):
            inner = label[1:].removesuffix(close)
        elif (opening := _CLOSING.get(label[-1])) and opening not in label:
            inner = label[:-1]
        elif label[0] in _CLOSING:
            inner = label[1:]
        elif label[-1] in _PAIRS:
            inner = label[:-1]
        if inner is None:
            break
        label = inner.strip(_BLANKS)
    return label


def undecorated(text: str) -> str:
    """Return the text without the signs of Markdown around it: heading marks, list marks, emphasis.

    The time that it takes grows with the text and no faster, however many signs there are.
    """
    text = text.strip()
    if text[:1] not in _SIGNS and text[-1:] not in _SIGNS:
        return text
    start, end = 0, len(text)
    while found := _DECORATION.match(text, start, end):
        start = found.end()
    while found := _EMPHASIS_ENDS.search(text, max(start, end - 3), end):
        end = found.start()
        while end > start and text[end - 1].isspace():
            end -= 1
    return text[start:end]
