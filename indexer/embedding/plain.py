"""What is taken out of a text before a model sees it."""

from __future__ import annotations

# A paragraph of a transcript seldom has a tenth of this. Time and memory of a model grow with the text:
# 100,000 characters in one piece took the bundled model 9 seconds and 2.8 GB.
MAX_CHARACTERS = 4000


def plain(text: str) -> str:
    """Return the text as a model can take it: cut at MAX_CHARACTERS, without NUL and without lone surrogates.

    C code takes NUL for the end of the text. A lone surrogate has no UTF-8; U+FFFD takes its place.
    """
    kept = text[:MAX_CHARACTERS].replace("\0", "")
    return kept.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
