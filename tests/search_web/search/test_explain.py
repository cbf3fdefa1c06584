"""Why a hit stands where it stands: the parts add up to the score, and sentences say what they mean."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.stores.keyword import FIELD_WEIGHTS
from search_web.search.json_view import response_json
from search_web.search.request import MAX_LIMIT, Fusion, Mode, SearchRequest
from search_web.search.response import SearchResponse
from search_web.search.searcher import Searcher

QUERIES = ["菜鸟 EBITA", "AI monetization", "How does free cash flow develop?", '"自由现金流" 增长 -云', "monet* OR 变现",
           "speaker:Helena", "云 NEAR/8 收入",
           "what did Helena Brandt say about capital expenditures", "程若溪 现金流"]  # fmt: skip


def explained(searcher: Searcher, query: str, **options: object) -> SearchResponse:
    return searcher.search(replace(SearchRequest(query, limit=30, explain=True), **options))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("fusion", list(Fusion))
@pytest.mark.parametrize("mode", list(Mode))
def test_the_parts_add_up_to_the_score(searcher: Searcher, query: str, mode: Mode, fusion: Fusion) -> None:
    response = explained(searcher, query, mode=mode, fusion=fusion)
    assert response.hits
    for hit in response.hits:
        assert hit.explained is not None
        assert sum(part.adds for part in hit.explained.parts) == pytest.approx(hit.score)
        places = {part.leg: part.rank for part in hit.explained.parts}
        for leg, place in (("keyword", hit.legs.keyword), ("vector", hit.legs.vector)):
            assert places.get(leg) == (place.rank if place else None)


@pytest.mark.parametrize("query", QUERIES)
def test_in_an_adaptive_search_weight_times_signal_is_what_a_leg_adds(searcher: Searcher, query: str) -> None:
    response = explained(searcher, query)
    assert response.fusion_explained is not None
    weights = dict(response.fusion_explained.weights)
    for hit in response.hits:
        assert hit.explained is not None
        if len(hit.explained.parts) > 1:
            assert {part.leg: part.weight for part in hit.explained.parts if part.leg != "names"} == weights
            assert hit.score == pytest.approx(sum(part.weight * part.signal for part in hit.explained.parts))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("mode", [Mode.KEYWORD, Mode.HYBRID])
def test_the_terms_that_count_add_up_to_the_score_of_the_words(searcher: Searcher, query: str, mode: Mode) -> None:
    for hit in explained(searcher, query, mode=mode).hits:
        assert hit.explained is not None
        score = sum(term.score for term in hit.explained.terms if term.counts)
        assert score == pytest.approx(hit.legs.keyword.score if hit.legs.keyword else 0.0, rel=1e-4)


def test_explaining_changes_neither_order_nor_scores(searcher: Searcher) -> None:
    plain = searcher.search(SearchRequest("菜鸟 EBITA", limit=MAX_LIMIT))
    told = searcher.search(SearchRequest("菜鸟 EBITA", limit=MAX_LIMIT, explain=True))
    assert [(hit.id, hit.score) for hit in plain.hits] == [(hit.id, hit.score) for hit in told.hits]
    assert plain.fusion_explained is None
    assert all(hit.explained is None for hit in plain.hits)


def test_a_term_says_where_it_stands_and_how_often(searcher: Searcher) -> None:
    found = 0
    for hit in explained(searcher, "EBITA 菜鸟", mode=Mode.KEYWORD).hits:
        assert hit.explained is not None
        marked = [hit.text[start:end].casefold() for start, end in hit.highlights]
        for term in hit.explained.terms:
            if term.term == "ebita":
                found += 1
                assert term.times == hit.text.casefold().count("ebita") == marked.count("ebita")
                assert ("text" in {field.field for field in term.fields}) == (term.times > 0)
            assert all(field.weight == FIELD_WEIGHTS[field.field] for field in term.fields)
    assert found


def test_a_term_in_the_name_of_the_speaker_only_is_said_to_stand_there(searcher: Searcher) -> None:
    named = [hit for hit in explained(searcher, "Helena", mode=Mode.KEYWORD).hits if "Helena" not in hit.text]
    assert named
    for hit in named:
        assert hit.explained is not None
        (term,) = [term for term in hit.explained.terms if term.source == "word"]
        assert (term.times, term.fields[0].field, term.fields[0].weight) == (0, "speaker", 0.5)


def test_an_expansion_says_from_which_words_it_came_and_what_it_weighs(searcher: Searcher) -> None:
    response = explained(searcher, "AI monetization")
    views = {view.term: view for view in response.expansions}
    added = [term for hit in response.hits for term in hit.explained.terms if term.of]  # type: ignore[union-attr]
    assert {"变现"} <= {term.term for term in added}
    for term in added:
        assert term.weight == views[term.term].weight < 1.0
        assert term.of == response.query[slice(*views[term.term].of)]
        assert term.source == ("dictionary" if views[term.term].source == "dictionary" else "glossary")


def test_of_a_word_and_what_stands_for_it_only_the_best_counts(searcher: Searcher) -> None:
    for hit in explained(searcher, "AI monetization").hits:
        assert hit.explained is not None
        for words in ("AI", "monetization"):
            rivals = [term for term in hit.explained.terms if (term.of or term.term).casefold() == words.casefold()]
            assert sum(term.counts for term in rivals) <= 1
            if any(term.counts for term in rivals):
                assert max(rivals, key=lambda term: term.score).counts


def test_cosines_are_those_of_the_hit(searcher: Searcher) -> None:
    for hit in explained(searcher, "公司什么时候能用 AI 赚钱").hits:
        assert hit.explained is not None
        (space,) = hit.explained.spaces
        assert space.embedder == "bundled"
        assert -1.0 <= space.passage <= 1.0
        assert space.sentence is not None
        assert -1.0 <= space.sentence <= 1.0


@pytest.mark.parametrize(
    ("query", "options", "says"),
    [
        ("菜鸟 EBITA", {}, "The words count in full"),
        ("菜鸟 EBITA", {}, "The index knows all of what the query tells"),
        ("zzyzx", {}, "The words have no say: no passage has any of them"),
        ("zzyzx qwfpgj vbkhjm arstnei zxcdvk in 2024", {}, "% only: the best passage has"),
        ("菜鸟 EBITA", {"fusion": Fusion.RRF}, "1 / (60 + rank)"),
        ("菜鸟 EBITA", {"fusion": Fusion.ZSUM}, "count alike"),
        ("菜鸟 EBITA", {"mode": Mode.KEYWORD}, "Only words were searched"),
        ("菜鸟 EBITA", {"mode": Mode.VECTOR}, "Only meaning was searched"),
    ],
)
def test_the_weights_are_told_in_sentences(searcher: Searcher, query: str, options: dict, says: str) -> None:
    response = explained(searcher, query, **options)
    assert response.fusion_explained is not None
    assert says in " ".join(response.fusion_explained.why)


def test_the_json_has_the_explanation_only_when_asked(searcher: Searcher) -> None:
    plain = response_json(searcher.search(SearchRequest("菜鸟 EBITA")))
    assert "fusion_explained" not in plain
    assert "explain" not in plain["hits"][0]
    told = response_json(searcher.search(SearchRequest("菜鸟 EBITA", explain=True)))
    assert list(told["fusion_explained"]) == [
        "fusion", "candidates", "information", "best_share", "shape", "coverage", "weights", "why",
    ]  # fmt: skip
    told_hit = told["hits"][0]["explain"]
    assert list(told_hit) == ["terms", "spaces", "parts"]
    assert list(told_hit["terms"][0]) == [
        "term", "source", "of", "weight", "idf", "passages", "times", "fields", "score", "counts",
    ]  # fmt: skip
    assert set(told["fusion_explained"]["weights"]) == {"keyword", "vector"}
