"""What is taken out of a text before a model sees it."""

from __future__ import annotations

from unicodedata import normalize

# A paragraph of a transcript seldom has a tenth of this. Time and memory of a model grow with the text:
# 100,000 characters in one piece took the bundled model 9 seconds and 2.8 GB.
MAX_CHARACTERS = 4000


# A sign such as ﷺ is 18 letters to a model, so that 4000 of them took it 3 seconds. No text of any language comes near.
_MOST_WRITTEN_OUT = 2 * MAX_CHARACTERS


def plain(text: str) -> str:
    """Return the text as a model can take it: cut at MAX_CHARACTERS, without NUL and without lone surrogates.

    C code takes NUL for the end of the text. A lone surrogate has no UTF-8; U+FFFD takes its place.
    """
    kept = text[:MAX_CHARACTERS].replace("\0", "")
    while (written_out := len(normalize("NFKC", kept))) > _MOST_WRITTEN_OUT:
        kept = kept[: len(kept) * _MOST_WRITTEN_OUT // written_out]
    return kept.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
