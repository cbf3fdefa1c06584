"""What the words at a place of a query tell together is the sum of those that stand wholly in it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.stores.keyword import Term
from search_web.search.sought import Sought, Source
from search_web.search.told import Told

SPANS = st.tuples(st.integers(0, 12), st.integers(1, 6)).map(lambda pair: (pair[0], sum(pair)))
WORDS = st.lists(st.tuples(SPANS, st.floats(0, 20)), max_size=12)


@given(words=WORDS, place=SPANS)
def test_a_place_tells_what_stands_wholly_in_it(
    words: list[tuple[tuple[int, int], float]], place: tuple[int, int]
) -> None:
    sought = [Sought("", Source.WORD, span, Term(""), (), told, known=True) for span, told in words]
    inside = (told for (start, end), told in words if place[0] <= start and end <= place[1])
    assert Told(sought).at(place) == sum(inside)
