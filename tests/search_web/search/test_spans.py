"""Places that are asked at once say what asking one after the other says."""

from hypothesis import given
from hypothesis import strategies as st

from search_web.search.spans import spans_of

PLACES = st.tuples(st.integers(0, 12), st.integers(1, 5)).map(lambda place: (place[0], sum(place)))


@given(places=st.lists(PLACES, max_size=6), asked=PLACES)
def test_places_hold_and_touch_another_where_one_of_them_does(
    places: list[tuple[int, int]], asked: tuple[int, int]
) -> None:
    start, end = asked
    spans = spans_of(places)
    assert spans.hold(asked) == any(first <= start and end <= last for first, last in places)
    assert spans.touch(asked) == any(first < end and start < last for first, last in places)
