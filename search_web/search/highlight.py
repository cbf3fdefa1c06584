"""Where the terms of a query stand in a passage, in code points of the verbatim text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

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


def best_sentence(
    nearest: tuple[int, int],
    sentences: Sequence[tuple[int, int]],
    tokens: Sequence[Token],
    weights: Mapping[str, float],
) -> tuple[int, int]:
    """Return the sentence to show first: the one nearest in meaning, unless another says more of the query's words.

    A sentence is worth the weights of the distinct terms in it, so that the one with the figure or the name that was
    asked for comes before one that is merely about the same.
    """

    def worth(span: tuple[int, int]) -> float:
        start, end = span
        return sum(weights.get(term, 0.0) for term in {t.term for t in tokens if start <= t.start and t.end <= end})

    most = max(sentences, key=worth, default=nearest)
    return most if worth(most) > worth(nearest) else nearest
