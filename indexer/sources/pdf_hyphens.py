"""Hyphens at the ends of lines: which belong to the word, and which the layout program put there."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from indexer.sources.pdf_characters import HYPHEN, SOFT_HYPHEN

if TYPE_CHECKING:
    from collections.abc import Sequence

_SIGNS = f"{HYPHEN}\u2010{SOFT_HYPHEN}"
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_BROKEN = re.compile(rf"(?P<before>[^\W_]+(?:['’-][^\W_]+)*)(?P<sign>[{_SIGNS}])$")
_FIRST_TOKEN = re.compile(r"\S+\s*")


def mend_hyphens(texts: Sequence[str], continues: Sequence[bool]) -> tuple[str, ...]:
    """Return the lines with every word that a line end broke made whole.

    `continues[i]` tells that line i goes on the paragraph of line i - 1. The hyphen at the end of a line

    - stays when the word stands with it elsewhere in the document,
    - goes when the word stands without it elsewhere,
    - stays when a part has a digit, when the second part begins with a capital, when the first part has a hyphen
      already, or when both parts are words of the document (data- driven),
    - and goes otherwise.

    A soft hyphen says that it was put there by a program: it stays in the first case only. Where a hyphen goes, the
    rest of the word moves up to the line on which it begins. Soft hyphens within a line that are drawn are hyphens.
    """
    lines = [text[:-1].replace(SOFT_HYPHEN, HYPHEN) + text[-1:] for text in texts]
    known = _words(lines)
    for index in range(1, len(lines)):
        broken = _BROKEN.search(lines[index - 1]) if continues[index] else None
        after = _WORD.match(lines[index]) if broken else None
        if broken is None or after is None:
            continue
        if _stays(broken["before"], broken["sign"], after.group(), known):
            lines[index - 1] = lines[index - 1][:-1] + HYPHEN
        else:
            token = _FIRST_TOKEN.match(lines[index])
            end = token.end() if token else 0
            lines[index - 1] = lines[index - 1][:-1] + lines[index][:end].rstrip()
            lines[index] = lines[index][end:]
    return tuple(line.replace(SOFT_HYPHEN, HYPHEN) for line in lines)


def _words(lines: Sequence[str]) -> Counter[str]:
    """Count the words of the document, hyphenated ones also by their parts; the broken ends of lines are none."""
    words: Counter[str] = Counter()
    for line in lines:
        whole = len(line) - 1 if line[-1:] and line[-1] in _SIGNS else len(line) + 1
        words.update(match.group().casefold() for match in _WORD.finditer(line) if match.end() != whole)
    return words


def _stays(before: str, sign: str, after: str, known: Counter[str]) -> bool:
    first, second = before.casefold(), after.casefold()
    if known[f"{first}{HYPHEN}{second}"]:
        return True
    if known[first + second] or sign == SOFT_HYPHEN:
        return False
    if after[0].isupper() or HYPHEN in before or any(map(str.isdigit, before + after)):
        return True
    return known[first] > 0 and known[second] > 1  # The second part has been counted where it stands here.
