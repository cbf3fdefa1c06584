"""The unit that text is cut into."""

from __future__ import annotations

from typing import NamedTuple


class Token(NamedTuple):
    """A term and the place where it stands.

    `term` is folded; `start` and `end` are code points into the verbatim text, so that text[start:end] is what a
    reader sees highlighted.
    """

    term: str
    start: int
    end: int
