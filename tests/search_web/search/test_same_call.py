"""One call from two files: it is found once, from the fuller file, and what only one of them says stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.search.json_view import response_json
from search_web.search.repeats import Said
from search_web.search.request import MAX_LIMIT, Mode, SearchRequest
from search_web.search.response import SearchResponse
from search_web.search.searcher import Searcher

CALL = Path(__file__).parents[3] / "corpus" / "fenwick-harbor-q2-2024-call-en.txt"


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Index a call, and a web page of it that breaks paragraphs elsewhere and ends before the call does."""
    folder = tmp_path_factory.mktemp("twice")
    whole = CALL.read_text(encoding="utf-8")
    (folder / "call.txt").write_text(whole, encoding="utf-8")
    lines = whole.splitlines()
    shorter = "\n".join(lines[: int(len(lines) * 0.7)])
    (folder / "saved-from-the-web.txt").write_text(shorter.replace(". We ", ".\n\nWe ", 40), encoding="utf-8")
    index_paths(folder / "index", [folder / "call.txt", folder / "saved-from-the-web.txt"], BuildSettings(embedders=()))
    return Searcher(IndexReader(folder / "index"))


def asked(searcher: Searcher, query: str, **options: object) -> SearchResponse:
    return searcher.search(SearchRequest(query, mode=Mode.KEYWORD, limit=MAX_LIMIT, **options))  # type: ignore[arg-type]


def test_each_passage_of_the_call_is_found_once_in_the_fuller_file(twice: Searcher) -> None:
    (fuller,) = (one for one in twice.reader.current().passages.transcripts() if not one.duplicate_of)
    response = asked(twice, "buyback", facets=True)
    assert response.hits
    assert {hit.transcript.id for hit in response.hits} == {fuller.id}
    assert sum(hit.same_call for hit in response.hits) == response.collapsed > 0
    assert response.repeated == response.collapsed == response.total - len(response.hits)
    assert response_json(response)["hits"][0]["same_call"] == response.hits[0].same_call
    by_company = next(facet for facet in response.facets or () if facet.field == "company")
    assert by_company.values[0].count == len(response.hits)


def test_all_of_them_are_shown_when_nothing_is_to_be_collapsed(twice: Searcher) -> None:
    response = asked(twice, "buyback", collapse=False, facets=True)
    assert len({hit.transcript.id for hit in response.hits}) == 2
    by_company = next(facet for facet in response.facets or () if facet.field == "company")
    assert by_company.values[0].count == response.total == len(response.hits)


def test_the_lesser_file_alone_is_found_when_asked_for(twice: Searcher) -> None:
    (lesser,) = (one for one in twice.reader.current().passages.transcripts() if one.duplicate_of)
    assert asked(twice, f"transcript:{lesser.id} buyback").hits


def test_paragraphs_that_break_elsewhere_say_the_same() -> None:
    one = "The orchard grew by a third this year, and the presses ran day and night."
    other = "We sold most of the juice in glass bottles, which the shops along the coast like best."
    assert Said([other, one]).places_of(f"{one} {other}") == (0, 1)
    assert [Said([f"{one} {other}"]).places_of(text) for text in (one, other)] == [(0,), (0,)]


def test_a_paragraph_that_begins_in_one_and_ends_in_another_says_the_same() -> None:
    first, second, third = (
        "The orchard grew by a third this year, and the presses ran day and night until the middle of winter.",
        "We sold most of the juice in glass bottles, which the shops along the whole of the coast like best.",
        "Next year the cellars open to visitors, who may taste what the late sorts of the slope give us.",
    )
    straddling = f"{first[30:]} {second[:60]}"
    assert Said([first, f"{second} {third}"]).places_of(straddling) == (0, 1)


@pytest.mark.parametrize(
    "said",
    [
        "The orchard grew by 31 percent this year, and the presses ran day and night.",
        "The orchard never grew by 30 percent this year, and the presses ran day and night.",
        "The orchard grew by 30 percent this year, and the presses ran day and night. So we planted more of the late sorts on the northern slope.",
    ],
)
def test_what_the_fuller_file_does_not_say_is_a_find_of_its_own(said: str) -> None:
    fuller = Said(["The orchard grew by 30 percent this year, and the presses ran day and night."])
    assert fuller.places_of(said) == ()


def test_nothing_and_short_texts_are_compared_too() -> None:
    assert Said(["Good.", "Bad."]).places_of("Good.") == (0,)
    assert Said([]).places_of("Good.") == ()
    assert Said([]).places_of("") == ()
