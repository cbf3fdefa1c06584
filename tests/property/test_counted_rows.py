"""What is kept or put together to count rows quickly counts as looking at every row does."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.stores.columns import Column
from indexer.stores.keyword import AnyOf, Best, Facet, Flat, Query, Term
from indexer.stores.row_sets import RowSets
from search_web.search.packed_columns import PackedColumns

SIZE = 5000
NAMES = "abcdefgh"

rows = st.one_of(
    st.sets(st.integers(0, SIZE - 1), max_size=20),
    # More than a bit for each row of the index takes, and nearly all of them.
    st.builds(lambda first, step: set(range(first, SIZE, step)), st.integers(0, 99), st.integers(1, 40)),
)
leaves = st.one_of(
    st.builds(Term, st.sampled_from(NAMES), st.floats(0.1, 2), st.just(value=False)),
    st.builds(lambda name: Facet((name,)), st.sampled_from(NAMES)),
)
unions = st.recursive(
    leaves,
    lambda part: st.one_of(
        st.lists(part, max_size=4).map(lambda parts: AnyOf(tuple(parts))),
        st.lists(part, max_size=4).map(lambda parts: Best(tuple(parts))),
        st.builds(Flat, part, st.floats(0.1, 2)),
    ),
    max_leaves=8,
)


@settings(deadline=None)
@given(
    st.fixed_dictionaries(dict.fromkeys(NAMES, rows)), st.lists(unions, min_size=1, max_size=5), st.integers(0, 3000)
)
def test_kept_rows_are_those_that_are_found(
    standing: dict[str, set[int]], queries: list[Query], most_bytes: int
) -> None:
    def matching(query: Query) -> set[int]:
        match query:
            case Term(name) | Facet((name,)):
                return standing[name]
            case AnyOf(parts) | Best(parts):
                return set().union(*map(matching, parts))
            case Flat(part):
                return matching(part)
        raise AssertionError(query)

    sets = RowSets(SIZE, most_bytes=most_bytes)
    for query in (*queries, *queries):
        found = sets.rows(query, lambda one: np.array(sorted(matching(one)), np.int64), lambda one: len(matching(one)))
        assert found.tolist() == sorted(matching(query))
        assert found.dtype == np.int64
        assert sets.kept_bytes <= most_bytes


@settings(deadline=None)
@given(st.lists(st.integers(0, 3000), min_size=1, max_size=6), st.data())
def test_columns_counted_together_count_as_each_of_them_does(sizes: list[int], data: st.DataObject) -> None:
    seed = np.random.default_rng(data.draw(st.integers(0, 99)))
    columns = {
        f"c{number}": Column(seed.integers(-1, size, 50).astype(np.int32), tuple(map(str, range(size))))
        for number, size in enumerate(sizes)
    }
    wanted = np.array(data.draw(st.lists(st.integers(0, 49))), dtype=np.int64)
    counts = PackedColumns(columns).counts(wanted)
    assert {name: found.tolist() for name, found in counts.items()} == {
        name: column.counts(wanted).tolist() for name, column in columns.items()
    }
