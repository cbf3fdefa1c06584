"""The two legs of a search: by word and by meaning.

Both work on the same candidates: what either leg finds within its depth. The vector leg then scores every candidate,
so that a passage which only the words found is not taken for one without any meaning in common.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from search_web.search.brevity import trusted
from search_web.search.zsum import standardise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.stores.filters import Filters
    from indexer.stores.keyword import Ranking
    from indexer.stores.space import Space


# How many passages each leg puts forward. Constant, so that page 2 continues the ranking that page 1 began.
DEPTH = 200

# Up to so many passages are compared one by one sooner than looked for in the whole space.
FEW = 5000

# How many passages of a large space have their sentences looked at.
WIDE = 1000


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows of a space that have been compared with a query already, rising, shape (n,), and what came of it.

    `cosines` and `best` are those of each passage and of its best sentence, shape (n,); `spans` says where that stands.
    """

    rows: NDArray[np.int64]
    cosines: NDArray[np.float32]
    best: NDArray[np.float32]
    spans: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class VectorFindings:
    """What the vector leg found in one space: rows by passage and by sentence, as far as DEPTH reaches.

    `compared` has what the search has worked out on the way, so that no passage is compared twice.
    """

    space: Space
    query: NDArray[np.float32]
    rows: NDArray[np.int64]
    compared: Compared | None = None

    def scores(self, rows: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return what `VectorSpace.scores` does."""
        if self.compared is None:
            return self.space.scores(self.query, rows)
        known, places = self._known(self.compared, rows)
        scores = self.compared.cosines[places]
        scores[~known] = self.space.scores(self.query, rows[~known])
        return scores

    def sentence_scores(
        self, rows: NDArray[np.int64], cosines: NDArray[np.float32]
    ) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
        """Return what `VectorSpace.sentence_scores` does."""
        if self.compared is None:
            return self.space.sentence_scores(self.query, rows, cosines)
        known, places = self._known(self.compared, rows)
        scores, spans = self.compared.best[places], self.compared.spans[places]
        scores[~known], spans[~known] = self.space.sentence_scores(self.query, rows[~known], cosines[~known])
        return scores, spans

    def best_sentences(self, rows: NDArray[np.int64]) -> NDArray[np.int32]:
        """Return the span of the best sentence of each of k rows, shape (k, 2); (0, 0) for one without."""
        return self.sentence_scores(rows, self.scores(rows))[1]

    @staticmethod
    def _known(compared: Compared, rows: NDArray[np.int64]) -> tuple[NDArray[np.bool_], NDArray[np.int64]]:
        places = np.minimum(np.searchsorted(compared.rows, rows), len(compared.rows) - 1)
        return compared.rows[places] == rows, places


def search_space(
    space: Space,
    query: NDArray[np.float32],
    allowed: NDArray[np.int64] | None,
    favoured: NDArray[np.int64] | None = None,
    *,
    filters: Filters | None = None,
) -> VectorFindings:
    """Look for a query vector, shape (dimension,), among the allowed rows of one space: those that `filters` keep.

    The best of the `favoured` rows come in too, a quarter as many, however far behind the others they are.
    """
    rows, wide, compared = _nearest(space, query, allowed, filters)
    if favoured is not None and len(favoured):
        rows = np.union1d(rows, _nearest_favoured(space, query, wide, favoured))
    return VectorFindings(space, query, rows, compared)


def _nearest(
    space: Space, query: NDArray[np.float32], allowed: NDArray[np.int64] | None, filters: Filters | None
) -> tuple[NDArray[np.int64], NDArray[np.int64], Compared | None]:
    """Return the rows that come nearest, then those that come nearest as a whole, in their order, and what is known.

    A passage comes in by the whole of it or by its best sentence. In a large space sentences are only looked at in the
    WIDE passages that come nearest as a whole: to compare all of them would cost more than everything else.
    """
    if not space.info.sentences:
        rows, _ = space.search(query, DEPTH, allowed, filters=filters)
        return rows, rows, None
    if space.info.passages <= WIDE:
        rows, _ = space.search(query, DEPTH, allowed, filters=filters)
        by_sentence, _ = space.search_sentences(query, DEPTH, allowed)
        return np.union1d(rows, by_sentence), rows, None
    wide, cosines = space.search(query, WIDE, allowed, filters=filters)
    if not len(wide):
        return wide, wide, None
    # In the order of the rows, in which their sentences lie on disk.
    order = np.argsort(wide)
    rising = wide[order]
    cosines = cosines[order]
    best, spans = space.sentence_scores(query, rising, cosines)
    nearest = rising[best_first(rising, best)[:DEPTH]]
    return np.union1d(wide[:DEPTH], nearest), wide, Compared(rising, cosines, best, spans)


def _nearest_favoured(
    space: Space, query: NDArray[np.float32], wide: NDArray[np.int64], favoured: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Return the favoured rows that come nearest; those among the `wide` ones do where there are enough of them."""
    wanted = DEPTH // 4
    places = np.minimum(np.searchsorted(favoured, wide), len(favoured) - 1)
    among: NDArray[np.int64] = wide[favoured[places] == wide][:wanted]
    if len(among) == min(wanted, len(favoured)):
        return among
    if len(favoured) <= FEW:
        order = best_first(favoured, space.scores(query, favoured))
        nearest: NDArray[np.int64] = favoured[order[:wanted]]
        return nearest
    return space.search(query, wanted, favoured)[0]


def vector_scores(
    findings: Sequence[VectorFindings], candidates: NDArray[np.int64], extents: NDArray[np.uint8] | None = None
) -> NDArray[np.float64]:
    """Return one score for each candidate: its standardised similarities, averaged over the spaces.

    Within a space the passage as a whole and its best sentence count alike; for `extents` see `brevity`.
    """
    total = np.zeros(len(candidates))
    for finding in findings:
        total += space_scores(finding, candidates, extents)
    return total / len(findings)


def space_scores(
    finding: VectorFindings, candidates: NDArray[np.int64], extents: NDArray[np.uint8] | None = None
) -> NDArray[np.float64]:
    """Return the standardised similarity of each candidate in one space, as far as its `extents` let it be trusted."""
    cosines = finding.scores(candidates)
    similarity = standardise(cosines.astype(np.float64))
    if finding.space.info.sentences:
        sentence, _ = finding.sentence_scores(candidates, cosines)
        similarity = standardise(similarity + standardise(sentence.astype(np.float64)))
    return similarity if extents is None else trusted(similarity, extents)


def keyword_scores(ranking: Ranking, candidates: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return the BM25 score of each candidate; 0 for those that the keyword leg did not rank.

    The candidates rise, and all that were ranked are among them.
    """
    scores = np.zeros(len(candidates))
    scores[np.searchsorted(candidates, ranking.rows)] = ranking.scores
    return scores


def best_first(rows: NDArray[np.int64], scores: NDArray[np.floating]) -> NDArray[np.int64]:
    """Return the order of the rows by falling score, equal scores by rising row: indices into both arrays."""
    order: NDArray[np.int64] = np.lexsort((rows, -scores))
    return order
