"""The terms of a text as the index takes them: which ones there are, and how often, but not where.

Places are what most of the time goes into when a text is cut; a passage that is found is cut again with them.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.text.piece_terms import exact_terms, exact_words, figure_terms, word_terms
from indexer.text.quantities import quantity_terms_in
from indexer.text.scanner import Kind, Piece, runs

if TYPE_CHECKING:
    from indexer.text.segmenters import Segmenter

# Segmenters never cut across it, and it is no term.
_BETWEEN_RUNS = "，"


def index_terms(text: str, folded: str, segmenter: Segmenter) -> tuple[list[str], list[str]]:
    """Return the terms of `Analyser.analyse` in no particular order, and those of `Analyser.exact` in theirs.

    `folded` is the folded text, no two letters of which have come of one character.
    """
    found: list[str] = []
    exact: list[str] = []
    han: list[str] = []
    for run, figure, unit, word in runs(folded):
        if run:
            exact += run
            han.append(run)
        elif word:
            terms, finest = _of_word(word)
            found += terms
            exact += finest
        else:
            terms, finest = _of_figure(figure, unit)
            found += terms
            exact += finest
    if han:
        # A call costs as much as cutting a sentence.
        cut = segmenter.bag(_BETWEEN_RUNS.join(han))
        found += cut if len(han) == 1 else [term for term in cut if term != _BETWEEN_RUNS]
    found += quantity_terms_in(text, folded)
    return found, exact


@lru_cache(maxsize=1 << 16)
def _of_word(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(term for term, _, _ in dict.fromkeys(word_terms(word))), exact_words(word)


@lru_cache(maxsize=1 << 14)
def _of_figure(figure: str, unit: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    piece = Piece(Kind.FIGURE, 0, len(figure), len(figure) + len(unit))
    terms = dict.fromkeys(figure_terms(figure + unit, piece))
    return tuple(term for term, _, _ in terms), tuple(term for term, _, _ in exact_terms(figure, piece))
