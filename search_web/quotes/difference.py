"""The difference between two texts, by words, figures and Chinese characters, so that no figure is shown in halves.

Source of the method: the matching of J. W. Ratcliff and D. E. Metzener (1988), as difflib has it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from itertools import groupby

from search_web.quotes.model import Edit, EditKind

_FIGURE = r"(?:(?<!\w)[-+−–])?\d+(?:[.,]\d+)*[%％‰]?|[〇零一二三四五六七八九十百千万亿两]+"
_WORD = r"[A-Za-z\u00c0-\u024f]+(?:['’][A-Za-z]+)*"
_TOKEN = re.compile(rf"{_FIGURE}|{_WORD}|\s+|.", re.DOTALL)
_UNCUT = re.compile(rf"{_FIGURE}|{_WORD}")
_FAR = 40


def tokens(text: str) -> list[str]:
    """Return the words, figures, blanks and other characters of a text; joined they are the text."""
    return _TOKEN.findall(text)


def edits(before: str, after: str) -> tuple[Edit, ...]:
    """Return how one text becomes another. No two pieces in a row are of one kind, and none is empty."""
    old, new = tokens(before), tokens(after)
    pieces: list[tuple[EditKind, str]] = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append((EditKind.SAME, "".join(old[i1:i2])))
            continue
        pieces.append((EditKind.REMOVED, "".join(old[i1:i2])))
        pieces.append((EditKind.ADDED, "".join(new[j1:j2])))
    told = groupby((piece for piece in pieces if piece[1]), key=lambda piece: piece[0])
    return tuple(Edit(kind, "".join(text for _, text in run)) for kind, run in told)


def mapped(old: str, new: str, start: int, end: int) -> tuple[int, int]:
    """Return which characters of the new text took the place of the characters [start, end) of the old one.

    Whole words and figures are taken; of what was put in at either end, nothing.
    """
    old_tokens, new_tokens = tokens(old), tokens(new)
    old_at, new_at = token_offsets(old_tokens), token_offsets(new_tokens)
    first, last = len(new), 0
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, old_tokens, new_tokens, autojunk=False).get_opcodes():
        if tag in {"insert", "delete"}:
            continue
        # Equal tokens take each other's places one by one, replaced ones all together.
        pairs = [((i1, i2), (j1, j2))] if tag == "replace" else [
            ((i, i + 1), (j, j + 1)) for i, j in zip(range(i1, i2), range(j1, j2), strict=True)
        ]  # fmt: skip
        for (i, i_end), (j, j_end) in pairs:
            if old_at[i] < end and old_at[i_end] > start:
                cut = tag == "equal"
                first = min(first, new_at[j] + (max(0, start - old_at[i]) if cut else 0))
                last = max(last, new_at[j_end] - (max(0, old_at[i_end] - end) if cut else 0))
    return (first, last) if first < last else (0, 0)


def cuts(text: str, place: int) -> bool:
    """Whether a word or a figure of the text goes over this place: 1|5%, −|5%, 三十|五."""
    around = text[max(0, place - _FAR) : place + _FAR]
    middle = min(place, _FAR)
    return any(found.start() < middle < found.end() for found in _UNCUT.finditer(around))


def token_offsets(pieces: list[str]) -> list[int]:
    """Return where each piece begins in the text, and where the text ends."""
    offsets = [0]
    for piece in pieces:
        offsets.append(offsets[-1] + len(piece))
    return offsets
