"""Arguments of a URL to a search, and back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.errors import InvalidRequestError
from indexer.model import Delivery, Role, Section
from indexer.stores.filters import Filters
from search_web.search.request import Fusion, Grouping, Mode, SearchRequest, Sort
from search_web.web.params import MAX_OFFSET, search_arguments, search_request


def asked(*pairs: tuple[str, str]) -> SearchRequest:
    return search_request(MultiDict(pairs))


def test_a_query_alone_is_a_search_with_every_default() -> None:
    assert asked(("q", "菜鸟 EBITA")) == SearchRequest(query="菜鸟 EBITA")


def test_every_argument_reaches_the_request() -> None:
    request = asked(
        ("q", "AI"),
        ("mode", "keyword"),
        ("fusion", "rrf"),
        ("limit", "20"),
        ("page", "3"),
        ("context", "2"),
        ("speaker", "Smith, Jr."),
        ("speaker", "张勇"),
        ("role", "management"),
        ("role", "analyst"),
        ("company", "Nimbus"),
        ("section", "qa"),
        ("language", "zh"),
        ("lang", "en"),
        ("delivery", "translated"),
        ("transcript", "call-1"),
        ("transcript", "call-2"),
        ("date_from", "2023-01-01"),
        ("date_to", "2023-12-31"),
        ("embedder", "bundled"),
        ("embedder", "e5"),
        ("sort", "date"),
        ("group", "exchange"),
        ("group_size", "5"),
        ("collapse", "0"),
        ("facets", "1"),
    )
    assert request == SearchRequest(
        query="AI",
        mode=Mode.KEYWORD,
        fusion=Fusion.RRF,
        limit=20,
        offset=40,
        context=2,
        embedders=("bundled", "e5"),
        sort=Sort.DATE,
        group=Grouping.EXCHANGE,
        group_size=5,
        collapse=False,
        facets=True,
        filters=Filters(
            speaker=("Smith, Jr.", "张勇"),
            role=("management", "analyst"),
            company=("Nimbus",),
            section=("qa",),
            language=("zh", "en"),
            delivery=("translated",),
            transcript=("call-1", "call-2"),
            date_from="2023-01-01",
            date_to="2023-12-31",
        ),
    )


def test_the_untouched_fields_of_a_form_count_as_not_given() -> None:
    names = ("mode", "limit", "page", "speaker", "role", "date_from", "embedder")
    assert asked(("q", "AI"), *((name, " ") for name in names)) == SearchRequest(query="AI")


def test_a_value_given_twice_filters_once() -> None:
    assert asked(("role", "analyst"), ("role", "analyst")).filters.role == ("analyst",)


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("mode", "fuzzy", "hybrid, keyword or vector"),
        ("fusion", "max", "zsum or rrf"),
        ("role", "boss", "management, analyst, operator or other"),
        ("section", "end", "intro, prepared or qa"),
        ("language", "fr", "zh or en"),
        ("lang", "fr", "zh or en"),
        ("delivery", "sung", "original, translated or unknown"),
        ("limit", "0", "from 1 to 100"),
        ("limit", "101", "from 1 to 100"),
        ("limit", "ten", "whole number"),
        ("limit", "１０", "whole number"),
        ("limit", "9" * 5000, "whole number"),
        ("page", "0", "from 1 to"),
        ("offset", "-1", "from 0 to"),
        ("context", "11", "from 0 to 10"),
        ("date_from", "10.8.2023", "2023-08-10"),
        ("date_from", "20230810", "2023-08-10"),
        ("date_to", "2023-02-30", "2023-08-10"),
    ],
)
def test_a_value_that_cannot_be_names_the_parameter_the_value_and_what_is_allowed(
    name: str, value: str, allowed: str
) -> None:
    with pytest.raises(InvalidRequestError) as caught:
        asked(("q", "AI"), (name, value))
    assert caught.value.where == name
    assert repr(value) in caught.value.what
    assert allowed in caught.value.mend


def test_a_range_of_dates_the_wrong_way_round_is_refused() -> None:
    with pytest.raises(InvalidRequestError, match="later than date_to"):
        asked(("date_from", "2023-09-01"), ("date_to", "2023-08-01"))


def test_page_and_offset_together_are_refused() -> None:
    with pytest.raises(InvalidRequestError, match="both given"):
        asked(("page", "2"), ("offset", "10"))


NAMES = st.lists(
    st.text(min_size=1, max_size=8).filter(lambda name: name == name.strip()), unique=True, max_size=3
).map(tuple)


def some_of(values: type[Role | Section | Delivery]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from([str(value) for value in values]), unique=True, max_size=3).map(tuple)


REQUESTS = st.builds(
    SearchRequest,
    query=st.text(max_size=20),
    mode=st.sampled_from(Mode),
    fusion=st.sampled_from(Fusion),
    limit=st.integers(1, 100),
    offset=st.integers(0, MAX_OFFSET),
    context=st.integers(0, 10),
    embedders=NAMES.map(lambda names: names or None),
    filters=st.builds(
        Filters,
        speaker=NAMES,
        role=some_of(Role),
        company=NAMES,
        section=some_of(Section),
        language=st.sampled_from([(), ("zh",), ("zh", "en")]),
        delivery=some_of(Delivery),
        transcript=NAMES,
        date_from=st.none() | st.dates().map(str),
    ),
    sort=st.sampled_from(Sort),
    group=st.none() | st.sampled_from(Grouping),
    group_size=st.integers(1, 20),
    collapse=st.booleans(),
    facets=st.booleans(),
)


@given(request=REQUESTS)
def test_a_request_becomes_arguments_that_make_the_same_request(request: SearchRequest) -> None:
    assert search_request(MultiDict(search_arguments(request))) == request
