"""The leg of meaning: in which vector spaces it looks, and among which passages."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

import numpy as np

from indexer.errors import InvalidRequestError
from search_web.search.legs import search_space
from search_web.search.request import Mode
from search_web.search.steering import favoured_rows

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer.stores.index import Generation
    from search_web.search.legs import VectorFindings
    from search_web.search.plan import QueryPlan
    from search_web.search.query_vectors import QueryVectors
    from search_web.search.request import SearchRequest


def takes_part(generation: Generation, request: SearchRequest, plan: QueryPlan) -> bool:
    """Tell whether a search looks for meaning. Raises InvalidRequestError for an embedder that this index lacks."""
    return request.mode is not Mode.KEYWORD and bool(plan.meaning) and bool(space_names(generation, request))


def begin_embedding(generation: Generation, request: SearchRequest, vectors: QueryVectors, text: str) -> None:
    """Begin to embed what a search looks for in each space that it will look in."""
    if request.mode is not Mode.KEYWORD:
        for name, space in generation.spaces.items():
            if request.embedders is None or name in request.embedders:
                vectors.begin(space.info, text)


def find_by_meaning(
    generation: Generation, request: SearchRequest, plan: QueryPlan, vectors: QueryVectors
) -> tuple[VectorFindings, ...]:
    """Return what the leg of meaning finds in each space; nothing where the mode or the query wants no meaning.

    Raises InvalidRequestError for a mode or an embedder that this index cannot serve.
    """
    if request.mode is Mode.KEYWORD or not plan.meaning:
        return ()
    names = space_names(generation, request)
    if not names and request.mode is Mode.VECTOR:
        raise InvalidRequestError(
            "this index has no vectors",
            where="mode",
            mend="Use mode keyword, or add vectors with: yuanhua embed --embedder bundled",
        )
    allowed, filters = generation.passages.rows(plan.filters), plan.filters or None
    if plan.constraint is not None:
        allowed, filters = generation.keyword.rows(plan.constraint, filters=plan.filters), None
    favoured = favoured_rows(generation.passages, plan)
    if favoured is not None and allowed is not None:
        favoured = favoured[_among(favoured, allowed)]
    spaces = [generation.spaces[name] for name in names]
    return tuple(
        search_space(space, vectors.vector(generation, space.info, plan.meaning), allowed, favoured, filters=filters)
        for space in spaces
    )


def _among(rows: NDArray[np.int64], allowed: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Return which of the rows are allowed; both rise. To sort a million allowed rows would take 50 ms."""
    if not len(allowed):
        return np.zeros(len(rows), dtype=np.bool_)
    places = np.minimum(np.searchsorted(allowed, rows), len(allowed) - 1)
    among: NDArray[np.bool_] = allowed[places] == rows
    return among


def space_names(generation: Generation, request: SearchRequest) -> tuple[str, ...]:
    """Return the vector spaces to search in. Raises InvalidRequestError for one that the index lacks."""
    names = tuple(generation.spaces) if request.embedders is None else request.embedders
    for name in names:
        if name not in generation.spaces:
            raise InvalidRequestError(
                f"this index has no vectors of '{name}', only of: {', '.join(generation.spaces) or 'none'}",
                where="embedder",
                mend=f"Add them with: yuanhua embed --embedder {quote(name)}",
            )
    return names
