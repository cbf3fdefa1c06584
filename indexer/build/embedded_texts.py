"""Which texts a passage is embedded as: the passage itself, and its sentences where the model is quick enough.

Builds and `yuanhua embed` ask here alike, so that what one has put into the cache of vectors the other finds.
"""

from __future__ import annotations

from indexer.text.sentences import sentence_spans


def spans_to_embed(text: str) -> tuple[tuple[int, int], ...]:
    """Return where the sentences of a passage are; the whole of it where there are none."""
    return tuple(sentence_spans(text)) or ((0, len(text)),)


def texts_to_embed(text: str, *, sentences: bool) -> list[str]:
    """Return the texts whose vectors a passage needs. One that is a single sentence needs its own alone."""
    if not sentences:
        return [text]
    spans = spans_to_embed(text)
    return [text] if len(spans) == 1 else [text, *(text[start:end] for start, end in spans)]
