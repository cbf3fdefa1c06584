"""Links of the search page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

from werkzeug.datastructures import MultiDict

from indexer.stores.filters import Filters
from search_web.search.request import Mode, SearchRequest
from search_web.web.navigation import active_filters, page_links, search_url
from search_web.web.params import search_request


def request_at(url: str) -> SearchRequest:
    return search_request(MultiDict(parse_qsl(urlsplit(url).query)))


def test_a_url_is_the_whole_state_and_nothing_is_the_home_page() -> None:
    request = SearchRequest("菜鸟 & EBITA", mode=Mode.VECTOR, filters=Filters(speaker=("Smith, Jr.",)), offset=30)
    assert request_at(search_url(request)) == request
    assert search_url(SearchRequest("")) == "/"


def test_taking_a_filter_away_keeps_the_others_and_leads_to_the_first_page() -> None:
    filters = Filters(role=("analyst", "management"), date_from="2023-01-01")
    shown = active_filters(SearchRequest("AI", filters=filters, offset=20))
    assert [(each.name, each.value) for each in shown] == [
        ("role", "analyst"),
        ("role", "management"),
        ("date_from", "2023-01-01"),
    ]
    assert [request_at(each.url_without) for each in shown] == [
        SearchRequest("AI", filters=Filters(role=("management",), date_from="2023-01-01")),
        SearchRequest("AI", filters=Filters(role=("analyst",), date_from="2023-01-01")),
        SearchRequest("AI", filters=Filters(role=("analyst", "management"))),
    ]


def test_what_fits_on_one_page_has_no_page_links() -> None:
    assert page_links(SearchRequest("AI"), 0) == ()
    assert page_links(SearchRequest("AI"), 10) == ()


def test_page_links_lead_to_the_first_the_last_and_the_nearby_pages() -> None:
    links = page_links(SearchRequest("AI", offset=90), 198)
    assert [link.number for link in links] == [1, 8, 9, 10, 11, 12, 20]
    assert [link.number for link in links if link.gap] == [8, 20]
    assert [link.number for link in links if link.current] == [10]
    assert [request_at(link.url).offset for link in links] == [0, 70, 80, 90, 100, 110, 190]
