"""Where the terms of a query stand in a passage, in code points of the verbatim text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from indexer.text.token import Token


def highlight_spans(tokens: Iterable[Token], terms: Collection[str]) -> tuple[tuple[int, int], ...]:
    """Return the spans of the tokens whose term is wanted, sorted, with touching and overlapping ones merged."""
    spans: list[tuple[int, int]] = []
    for _, start, end in sorted((token for token in tokens if token.term in terms), key=lambda t: t[1:]):
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return tuple(spans)
