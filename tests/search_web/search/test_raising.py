"""What a query names comes first, however deep a search must go for it, and the same however deep it goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.search.matching import matching_words
from search_web.search.ranking import keyword_ranking
from search_web.search.request import Grouping, Mode, SearchRequest
from search_web.search.searcher import Searcher

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.stores.keyword import Ranking

HEAD = "---\ncompany: {firm}\ndate: 2025-0{month}-11\ntitle: {firm} call\n---\n\nOperator: Welcome.\n"
FIRMS = ("Quillback Mills", "Harrow Seeds", "Tarn Freight")
PEOPLE = ("Ilse Thorn", "Ned Orrin")
GOODS = ("flour", "oats", "rye", "seed", "malt", "straw", "hay")


def call(firm: str, month: int) -> str:
    """Return a call of one firm with 400 remarks, two of three by one person, of which each says more or less of freight and harbours."""
    said = (
        f"{PEOPLE[n % 3 // 2]}: Freight of {GOODS[n % 7]} came to {n + 3} carts"
        + ", and freight by harbour" * (n % 5)
        + "."
        for n in range(400)
    )
    return HEAD.format(firm=firm, month=month) + "\n\n".join(said)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder: Path = tmp_path_factory.mktemp("raising")
    for month, firm in enumerate(FIRMS, start=1):
        (folder / f"{month}.txt").write_text(call(firm, month), encoding="utf-8")
    index_paths(folder / "index", sorted(folder.glob("*.txt")), BuildSettings(embedders=()))
    return Searcher(IndexReader(folder / "index"))


def ranked(searcher: Searcher, request: SearchRequest, *, alone: bool) -> Ranking:
    generation = searcher.reader.current()
    plan = searcher.planner.plan(request, request.query, generation)
    assert plan.favoured, "the query names something"
    ranking = keyword_ranking(generation, request, plan, alone=alone)
    assert ranking is not None
    return ranking


QUERIES = (
    "Harrow Seeds freight of rye by harbour",
    "Quillback Mills and Ilse Thorn, freight of oats",
    "what did Ilse Thorn say about freight of malt",
    "Tarn Freight and Harrow Seeds, harbour carts",
)


@pytest.mark.parametrize("query", QUERIES)
def test_the_first_are_the_same_however_deep_the_ranking_goes(searcher: Searcher, query: str) -> None:
    first = ranked(searcher, SearchRequest(query, mode=Mode.KEYWORD), alone=True)
    whole = ranked(searcher, SearchRequest(query, mode=Mode.KEYWORD, group=Grouping.TRANSCRIPT), alone=True)
    assert len(first.rows) < len(whole.rows) == whole.total
    assert first.rows == whole.rows[: len(first.rows)]
    assert first.scores == pytest.approx(whole.scores[: len(first.rows)])
    assert first.total == whole.total


def test_beside_meaning_the_best_of_what_is_named_come_in(searcher: Searcher) -> None:
    request = SearchRequest("Harrow Seeds freight of rye by harbour", mode=Mode.HYBRID)
    ranking = ranked(searcher, request, alone=False)
    generation = searcher.reader.current()
    plan = searcher.planner.plan(request, request.query, generation)
    everything = generation.keyword.search(matching_words(plan), limit=generation.keyword.count, filters=plan.filters)
    named = generation.passages.rows_with_any(("company=harrow seeds",))
    best = [row for row in everything.rows if named[row]][:50]
    assert len(best) == 50
    assert set(ranking.rows) == {*everything.rows[:200], *best}
