"""What the search page shows of a query: what was added to it, help with its syntax, and where it breaks the rules."""

from __future__ import annotations

import html
import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QuerySyntaxError
from search_web.search.query_language import parse_query
from search_web.web.syntax import SYNTAX, marked_query

if TYPE_CHECKING:
    from flask.testing import FlaskClient

TERM = re.compile(r'<a class="term( off)?" href="([^"]+)" aria-label="([^"]+)">(.*?)</a>', re.DOTALL)
QUERY = "AI monetization"


def seen(markup: str) -> str:
    """Return the text of a piece of a page, as it is read."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", markup)).split())


def terms(page: str) -> dict[str, tuple[bool, str]]:
    """Return for each added term whether it is searched, and the address that switches it."""
    return {seen(shown)[:-2]: (not off, html.unescape(url)) for off, url, _, shown in TERM.findall(page)}


def api(client: FlaskClient, page_url: str) -> Any:
    return json.loads(client.get(f"/api/v1/search?{urlsplit(page_url).query}").text)


def test_added_terms_are_shown_as_the_api_gives_them(client: FlaskClient) -> None:
    url = f"/?q={QUERY}"
    expansions = api(client, url)["expansions"]
    assert expansions
    assert {term: on for term, (on, _) in terms(client.get(url).text).items()} == {
        expansion["term"]: True for expansion in expansions
    }


def test_each_term_switches_off_and_on_by_a_link(client: FlaskClient) -> None:
    start = f"/?q={QUERY}&role=management&page=2"
    before = terms(client.get(start).text)
    for term, (_, off) in before.items():
        without = client.get(off).text
        assert terms(without)[term][0] is False
        assert sum(not on for on, _ in terms(without).values()) == 1
        assert [one["active"] for one in api(client, off)["expansions"] if one["term"] == term] == [False]
        assert "role=management" in off
        assert "page=" not in off, "another search starts on its first page"
        on_again = terms(without)[term][1]
        assert all(on for on, _ in terms(client.get(on_again).text).values())


def test_all_terms_switch_off_and_on_by_a_link(client: FlaskClient) -> None:
    page = client.get(f"/?q={QUERY}&without=变现").text
    link = re.search(r'class="switch" href="([^"]+)">Only my words', page)
    assert link
    url = html.unescape(link[1])
    assert "expand=0" in url
    assert "without" not in url
    alone = client.get(url).text
    assert not terms(alone)
    link = re.search(r'class="switch" href="([^"]+)">Search translations and synonyms too', alone)
    assert link
    assert terms(client.get(html.unescape(link[1])).text)


def test_a_new_query_keeps_the_choice(client: FlaskClient) -> None:
    page = client.get(f"/?q={QUERY}&expand=0").text
    assert '<input type="hidden" name="expand" value="0">' in page


def test_the_help_stands_by_every_box_and_each_example_is_a_search(client: FlaskClient) -> None:
    for url in ("/", f"/?q={QUERY}"):
        page = client.get(url).text
        assert '<details class="syntax">' in page
        assert "Search syntax" in seen(page)
    links = re.findall(r'<a href="([^"]+)" lang="..">\s*<code>(.*?)</code>', client.get("/").text)
    assert [html.unescape(example) for _, example in links] == [example for row in SYNTAX for example in row.examples]
    for url, _ in links:
        assert client.get(html.unescape(url)).status_code == 200


def test_every_example_uses_the_language() -> None:
    for row in SYNTAX:
        for example in row.examples:
            assert not parse_query(example).is_plain, example


def refused(query: str) -> QuerySyntaxError | None:
    """Return why a query cannot be read, if it cannot."""
    try:
        parse_query(query)
    except QuerySyntaxError as error:
        return error
    return None


@pytest.mark.parametrize(
    ("query", "before", "at", "says"),
    [
        ('AI "cloud', "AI ", '"', "The quotation mark is never closed."),
        ("  AI AND (云 OR", "AI AND (云 OR", "", "Something is missing at the end."),
        ("AI *云", "AI ", "*", "A star cannot stand inside a word or before it."),
        ("lang:fr", "lang:", "f", "'fr' is not a value of lang."),
        ("<b> AND ) x", "<b> AND ", ")", "Something is missing here."),
    ],
)
def test_a_syntax_error_is_marked_beside_the_box(
    client: FlaskClient, query: str, before: str, at: str, says: str
) -> None:
    answer = client.get("/", query_string={"q": query, "role": "analyst"})
    assert answer.status_code == 400
    box = re.search(r'<input id="q"[^>]*>', answer.text)
    assert box
    assert html.unescape(box[0]).count(f'value="{query}"') == 1
    assert 'aria-describedby="q-error"' in box[0]
    refusal = answer.text.split('id="q-error"')[1].split("</form>")[0]
    assert says in seen(refusal)
    marked = re.search(r"<code[^>]*>(.*?)<mark[^>]*>(.*?)</mark>(.*?)</code>", refusal)
    assert marked
    assert (html.unescape(marked[1]), html.unescape(marked[2])) == (before, at)
    assert "<b>" not in answer.text
    assert '<details class="syntax" open>' in answer.text
    assert '<input type="hidden" name="role" value="analyst">' in answer.text, "the filters stay"
    problem = json.loads(client.get("/api/v1/search", query_string={"q": query}).text)
    assert problem["position"] == len(before)


def test_what_cannot_be_read_can_be_searched_as_mere_words(client: FlaskClient) -> None:
    page = client.get("/", query_string={"q": 'AI "cloud'}).text
    link = re.search(r'<a href="([^"]+)">Search for it as mere words', page)
    assert link
    assert client.get(html.unescape(link[1])).status_code == 200


@given(st.text(st.sampled_from('ab云 "()*:-'), max_size=12))
def test_a_query_is_marked_where_its_error_is_and_nothing_of_it_is_lost(query: str) -> None:
    error = refused(query.strip())
    if error is not None:
        marked = marked_query(query, error)
        assert marked.before + marked.at + marked.after == query.strip()
        assert len(marked.before) == error.position


def test_firm_and_period_are_filters_like_the_others(client: FlaskClient) -> None:
    everything = json.loads(client.get("/api/v1/search", query_string={"q": "AI", "limit": 100}).text)["hits"]
    firm = next(hit["speaker"]["affiliation"] for hit in everything if hit["speaker"]["affiliation"])
    period = next(hit["transcript"]["period"] for hit in everything if hit["speaker"]["affiliation"] == firm)
    page = client.get("/", query_string={"q": "AI", "firm": firm, "period": period}).text
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(r'<input type="text" form="search" name="(firm|period)" value="([^"]*)"', page)
    }
    assert fields == {"firm": firm, "period": period}
    assert not re.search(r'type="hidden" name="(firm|period)"', page), "a field is not sent twice"
    chips = [seen(chip) for chip in re.findall(r'<a class="chip".*?</a>', page, re.DOTALL)]
    assert chips == [f"Firm {firm} ×", f"Period {period} ×"]
    assert f'<option value="{period}">' in page.split('id="known-period"')[1]
