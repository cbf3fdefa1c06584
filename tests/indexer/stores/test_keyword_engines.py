"""The contract of a keyword engine, held by every engine alike."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import pytest
from milvus_at_hand import MILVUS_ENGINES, milvus_engine

from indexer.errors import EngineUnavailableError, IndexDamagedError
from indexer.stores.engines import KEYWORD_ENGINES, keyword_engine
from indexer.stores.filters import Filters
from indexer.stores.keyword import (
    AllOf,
    AnyOf,
    Best,
    Dated,
    Facet,
    Field,
    Flat,
    KeywordDocument,
    Near,
    Phrase,
    Term,
    spoken,
    weighted,
)
from indexer.stores.tantivy import TantivyEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from indexer.stores.keyword import KeywordEngine, KeywordStore, Query

NO_FILTERS = Filters()
DOCUMENTS = (
    # row, text, speaker, exact, facets, date
    ("菜鸟 ebita 增长", "张勇", "菜 鸟 ebita 增 长", ("role=management", "speaker=张勇"), "2023-08-10"),
    ("菜鸟 菜鸟 物流", "徐宏", "菜 鸟 菜 鸟 物 流", ("role=management", "speaker=徐宏"), "2023-08-10"),
    ("云 6.5% 收入", "徐宏", "云 6.5% 收 入", ("role=management", "speaker=徐宏"), "2023-05-18"),
    (
        "ai monetization 问题",
        "ronald",
        "ai monetization 问 题",
        ("role=analyst", "speaker=ronald keung"),
        None,
    ),
    ("ai 云 云 云", "张勇", "ai 的 云 和 云", ("role=management", "speaker=张勇"), "2022-11-17"),
    ("ebita", "ebita", "ebita", ("role=analyst", "language=en"), "2023-08-11"),
)


def document(row: int, entry: tuple[str, str, str, tuple[str, ...], str | None]) -> KeywordDocument:
    text, speaker, exact, facets, date = entry
    return KeywordDocument(
        row=row,
        fields={Field.TEXT: text.split(), Field.SPEAKER: speaker.split()},
        exact=exact.split(),
        facets=facets,
        date=date,
    )


def build(engine: KeywordEngine, folder: Path, documents: Iterable[KeywordDocument]) -> KeywordStore:
    folder.mkdir()
    writer = engine.create(folder)
    for one in documents:
        writer.add(one)
    writer.finish()
    return engine.open(folder)


@pytest.fixture(scope="module", params=[*KEYWORD_ENGINES, *MILVUS_ENGINES])
def make_engine(request: pytest.FixtureRequest) -> Callable[[], KeywordEngine]:
    """Return a function that gives the engine; with Milvus each has a collection of its own."""
    if request.param in MILVUS_ENGINES:
        return partial(milvus_engine, request, **MILVUS_ENGINES[request.param])
    return partial(keyword_engine, request.param)


@pytest.fixture
def engine(make_engine: Callable[[], KeywordEngine]) -> KeywordEngine:
    return make_engine()


@pytest.fixture(scope="module")
def built(
    make_engine: Callable[[], KeywordEngine], tmp_path_factory: pytest.TempPathFactory
) -> Iterable[tuple[KeywordEngine, Path, KeywordStore]]:
    """Return an index of DOCUMENTS, which the tests of a module share, with its engine and its folder."""
    folder, engine = tmp_path_factory.mktemp("index") / "keyword", make_engine()
    opened = build(engine, folder, [document(row, entry) for row, entry in enumerate(DOCUMENTS)])
    yield engine, folder, opened
    opened.close()


@pytest.fixture
def store(built: tuple[KeywordEngine, Path, KeywordStore]) -> KeywordStore:
    return built[2]


def rows(store: KeywordStore, query: Query, filters: Filters = NO_FILTERS, limit: int = 10) -> tuple[int, ...]:
    ranking = store.search(query, limit=limit, filters=filters)
    assert list(ranking.scores) == sorted(ranking.scores, reverse=True)
    assert len(ranking.rows) == len(ranking.scores) == min(limit, ranking.total)
    return ranking.rows


def test_a_term_is_found_in_every_field_and_ranks_by_weight_and_frequency(store: KeywordStore) -> None:
    assert rows(store, Term("菜鸟")) == (1, 0)
    assert rows(store, Term("ebita")) == (5, 0)
    assert rows(store, Term("张勇")) == (0, 4)
    assert rows(store, Term("6.5%")) == (2,)
    assert rows(store, Term("none")) == ()


def test_what_is_spoken_is_found_in_the_text_alone(store: KeywordStore) -> None:
    assert rows(store, spoken(Term("张勇"))) == ()
    assert rows(store, spoken(AllOf((Best((Term("张勇"), Flat(Term("云"), 1.0))),), excluded=(Term("ai"),)))) == (2,)
    either = AnyOf((Term("菜鸟"), Phrase(("云",))))
    assert set(rows(store, spoken(AllOf((either,), excluded=(Term("徐宏"),))))) == {0, 1, 2, 4}


def test_a_weight_multiplies_the_score(store: KeywordStore) -> None:
    once = store.search(Term("菜鸟"), limit=9, filters=NO_FILTERS)
    thrice = store.search(Term("菜鸟", weight=3.0), limit=9, filters=NO_FILTERS)
    assert thrice.scores == pytest.approx([3 * score for score in once.scores])


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        (Phrase(("菜", "鸟")), {0, 1}),
        (Phrase(("鸟", "菜")), {1}),
        (Phrase(("鸟", "ebita", "增")), {0}),
        (Phrase(("ebita", "鸟")), set()),
        (Phrase(("ai", "云")), set()),
        (Phrase(("ai", "云"), slop=1), {4}),
        (Phrase(("ai", "云", "云"), slop=1), set()),
        (Phrase(("ai", "云", "云"), slop=2), {4}),
        (Phrase(("云", "云"), slop=1), {4}),
        (Phrase(("6.5%",)), {2}),
        (Phrase(()), set()),
        (Phrase(("菜", "missing")), set()),
    ],
)
def test_a_phrase_stands_in_order_with_at_most_slop_terms_between(
    store: KeywordStore, phrase: Phrase, expected: set[int]
) -> None:
    assert set(rows(store, phrase)) == expected


@pytest.mark.parametrize(
    ("near", "expected"),
    [
        (Near(("菜", "鸟"), ("增", "长"), 1), {0}),
        (Near(("增", "长"), ("菜", "鸟"), 1), {0}),
        (Near(("菜", "鸟"), ("增", "长"), 0), set()),
        (Near(("菜", "鸟"), ("物", "流"), 0), {1}),
        (Near(("ai",), ("云",), 3), {4}),
        (Near(("云",), ("ai",), 1), {4}),
        (Near(("云",), ("ai",), 0), set()),
        (Near(("ai",), ("none",), 9), set()),
        (Near((), ("ai",), 9), set()),
    ],
)
def test_two_runs_stand_near_each_other_in_either_order(store: KeywordStore, near: Near, expected: set[int]) -> None:
    assert set(rows(store, near)) == expected


def test_facets_and_dates_bind_without_scoring(store: KeywordStore) -> None:
    assert set(rows(store, Facet(("speaker=徐宏", "role=analyst")))) == {1, 2, 3, 5}
    assert set(rows(store, Dated("2023-08-10", "2023-08-10"))) == {0, 1}
    assert set(rows(store, Dated(None, "2023-05-18"))) == {2, 4}
    alone = store.search(Term("菜鸟"), limit=9, filters=NO_FILTERS)
    bound = store.search(AllOf((Term("菜鸟"), Facet(("speaker=徐宏",)))), limit=9, filters=NO_FILTERS)
    assert (bound.rows, bound.scores) == ((1,), pytest.approx((alone.scores[0],)))
    without = AllOf((Term("菜鸟"),), excluded=(Facet(("speaker=徐宏",)),))
    assert rows(store, without) == (0,)


def test_all_rows_that_match_are_given_in_their_order(store: KeywordStore) -> None:
    found = store.rows(AnyOf((Term("菜鸟"), Term("云"))), filters=NO_FILTERS)
    assert found.tolist() == [0, 1, 2, 4]
    assert store.rows(Term("云"), filters=Filters(speaker=("张勇",))).tolist() == [4]
    assert store.rows(Term("none"), filters=NO_FILTERS).tolist() == []
    assert store.rows(AnyOf(()), filters=NO_FILTERS).tolist() == []


def test_all_rows_are_those_that_a_search_counts_however_often_they_are_asked_for(store: KeywordStore) -> None:
    either = Best((Term("云", 0.5), Flat(AnyOf((Term("ai"), Term("ebita", spoken=True))), 0.2)))
    for query in (
        either,
        AnyOf((either, Facet(("speaker=徐宏",)))),
        AnyOf((Phrase(("菜", "鸟")), Term("ai"))),
        AllOf((either,), excluded=(Term("云"),)),
        AnyOf((AllOf(()), Term("云"))),
        Term("ebita"),
        Term("ebita", spoken=True),
    ):
        wanted = sorted(rows(store, query))
        assert [store.rows(query, filters=NO_FILTERS).tolist() for _ in range(2)] == [wanted, wanted]


def test_the_best_of_several_counts_once(store: KeywordStore) -> None:
    bird, cloud = Term("菜鸟"), Term("物流", weight=0.1)
    apart = {row: score for one in (bird, cloud) for row, score in _scored(store, one)}
    best = dict(_scored(store, Best((bird, cloud))))
    assert best == pytest.approx(apart | dict(_scored(store, bird)))
    one, other = Term("ebita"), Term("云", weight=3.0)
    assert dict(_scored(store, Best((one, other)))) == pytest.approx(dict(_scored(store, AnyOf((one, other)))))
    assert rows(store, Best(())) == ()


def test_a_phrase_counts_as_often_as_it_stands_there(store: KeywordStore) -> None:
    once, twice = dict(_scored(store, Phrase(("菜", "鸟", "ebita")))), dict(_scored(store, Phrase(("菜", "鸟"))))
    assert twice[1] > twice[0]
    assert once[0] > twice[0]
    # Beside a word that stands there twice, a run that stands there once counts once.
    alone = dict(_scored(store, Phrase(("鸟", "物"))))[1]
    assert alone < dict(_scored(store, AnyOf((Phrase(("鸟",)), Phrase(("物",))))))[1]


def test_a_weight_reaches_every_part() -> None:
    query = AllOf((AnyOf((Term("a"), Phrase(("b",), weight=2.0))), Facet(("c",))), (Term("d"),))
    assert weighted(query, 0.5) == AllOf(
        (AnyOf((Term("a", 0.5), Phrase(("b",), weight=1.0))), Facet(("c",))), (Term("d"),)
    )


def _scored(store: KeywordStore, query: Query) -> list[tuple[int, float]]:
    found = store.search(query, limit=9, filters=NO_FILTERS)
    return list(zip(found.rows, found.scores, strict=True))


def test_queries_nest(store: KeywordStore) -> None:
    either = AnyOf((Term("菜鸟"), Phrase(("云", "6.5%"))))
    assert set(rows(store, either)) == {0, 1, 2}
    assert rows(store, AllOf((either, AnyOf((Term("ebita"), Term("物流")))))) in {(0, 1), (1, 0)}
    assert rows(store, AllOf((Term("ai"),), excluded=(Term("云"),))) == (3,)
    assert rows(store, AllOf((Term("ai"),), excluded=(Phrase(("ai", "monetization")),))) == (4,)
    assert set(rows(store, AllOf((), excluded=(Term("菜鸟"), Term("ai"))))) == {2, 5}
    assert rows(store, AllOf(())) == (0, 1, 2, 3, 4, 5)


def test_an_empty_any_of_matches_nothing(store: KeywordStore) -> None:
    assert rows(store, AnyOf(())) == ()
    assert rows(store, AllOf((Term("ai"), AnyOf(())))) == ()
    assert rows(store, AnyOf((AnyOf(()), Term("物流")))) == (1,)


def test_scores_of_parts_add_up(store: KeywordStore) -> None:
    def scores(query: Query) -> dict[int, float]:
        ranking = store.search(query, limit=10, filters=NO_FILTERS)
        return dict(zip(ranking.rows, ranking.scores, strict=True))

    first, second = scores(Term("菜鸟")), scores(Term("ebita"))
    expected = {row: first.get(row, 0) + second.get(row, 0) for row in first | second}
    assert scores(AnyOf((Term("菜鸟"), Term("ebita")))) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(role=("analyst",)), {3, 5}),
        (Filters(role=("analyst", "management")), {0, 1, 2, 3, 4, 5}),
        (Filters(speaker=("徐宏", "张勇"), date_from="2023-01-01"), {0, 1, 2}),
        (Filters(speaker=("Ronald  Keung",)), {3}),
        (Filters(language=("en",)), {5}),
        (Filters(company=("nobody",)), set()),
        (Filters(date_from="2023-08-10"), {0, 1, 5}),
        (Filters(date_to="2023-05-18"), {2, 4}),
        (Filters(date_from="2023-05-18", date_to="2023-08-10"), {0, 1, 2}),
    ],
)
def test_filters_act_inside_the_engine(store: KeywordStore, filters: Filters, expected: set[int]) -> None:
    assert set(rows(store, AllOf(()), filters)) == expected


def test_filters_leave_the_scores_as_they_are(store: KeywordStore) -> None:
    query = AnyOf((Term("菜鸟"), Term("云")))
    free = store.search(query, limit=10, filters=NO_FILTERS)
    kept = store.search(query, limit=10, filters=Filters(speaker=("徐宏",), date_from="2023-01-01"))
    unfiltered = dict(zip(free.rows, free.scores, strict=True))
    assert set(kept.rows) == {1, 2}
    assert list(kept.scores) == pytest.approx([unfiltered[row] for row in kept.rows])


def test_what_matches_in_several_fields_is_counted_once(store: KeywordStore) -> None:
    assert store.matching(AnyOf((Term("ebita"), Term("张勇")))) == 3
    assert store.matching(Best((Term("ai"), AnyOf((Term("云"), Term("ai", 2.0)))))) == 3
    assert store.matching(AnyOf((Term("ebita", spoken=True), Term("ronald"), Term("nobody")))) == 3
    assert store.matching(AnyOf((Term("nobody"), Term("nothing")))) == 0


def test_the_total_counts_all_matches_and_the_limit_cuts(store: KeywordStore) -> None:
    ranking = store.search(Term("云"), limit=1, filters=NO_FILTERS)
    assert (ranking.rows, ranking.total) == ((4,), 2)
    none = store.search(Term("云"), limit=0, filters=NO_FILTERS)
    assert (none.rows, none.scores, none.total) == ((), (), 2)


def test_document_frequency_counts_passages_whose_text_has_the_term(store: KeywordStore) -> None:
    assert [store.document_frequency(term) for term in ("菜鸟", "云", "ebita", "张勇", "zz")] == [
        2,
        2,
        2,
        0,
        0,
    ]


def test_terms_are_taken_as_they_are(engine: KeywordEngine, tmp_path: Path) -> None:
    odd = ["2342 亿元", "-26.95%", "1+6+n", "A", "𠀀", "é", "'x\"", "a\x00b", "*", "😀"]
    entry = KeywordDocument(row=0, fields={Field.TEXT: odd}, exact=odd, facets=(), date=None)
    store = build(engine, tmp_path / "odd", [entry])
    for term in odd:
        assert rows(store, Term(term)) == (0,), term
        assert store.document_frequency(term) == 1
    assert rows(store, Phrase(tuple(odd))) == (0,)
    for absent in ("2342", "a", "亿元", "b", "e"):
        assert rows(store, Term(absent)) == ()
    store.close()


def test_passages_without_text_are_counted(engine: KeywordEngine, tmp_path: Path) -> None:
    entry = KeywordDocument(row=0, fields={}, exact=(), facets=(), date=None)
    store = build(engine, tmp_path / "bare", [entry])
    assert store.count == 1
    assert rows(store, AllOf(())) == (0,)
    store.close()


def test_an_index_without_passages_answers_nothing(engine: KeywordEngine, tmp_path: Path) -> None:
    store = build(engine, tmp_path / "empty", [])
    assert store.count == 0
    assert rows(store, Term("云")) == ()
    assert rows(store, AllOf(()), Filters(role=("analyst",))) == ()
    store.close()


@pytest.mark.parametrize("order", [1, -1])
def test_equal_scores_come_by_rising_row(engine: KeywordEngine, tmp_path: Path, order: int) -> None:
    same = [KeywordDocument(row, {Field.TEXT: ["same"]}, ["same"], (), None) for row in range(300)][::order]
    store = build(engine, tmp_path / "ties", same)
    assert rows(store, Term("same"), limit=7) == tuple(range(7))
    assert rows(store, Phrase(("same",)), limit=500) == tuple(range(300))
    store.close()


def test_a_reopened_index_gives_the_same_answers(built: tuple[KeywordEngine, Path, KeywordStore]) -> None:
    engine, folder, store = built
    again = engine.open(folder)
    query = AnyOf((Term("ai"), Term("云"), Term("ebita")))
    assert again.count == store.count == len(DOCUMENTS)
    assert again.search(query, limit=9, filters=NO_FILTERS) == store.search(query, limit=9, filters=NO_FILTERS)
    again.close()


def test_many_threads_get_the_same_answers(store: KeywordStore) -> None:
    kinds: list[Query] = [Term("云"), Phrase(("菜", "鸟")), AllOf(()), AnyOf((Term("ai"), Term("ebita")))]
    queries = kinds * 20
    alone = [store.search(query, limit=9, filters=NO_FILTERS) for query in queries]
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda query: store.search(query, limit=9, filters=NO_FILTERS), queries))
    assert together == alone


def test_a_folder_that_holds_no_index_is_damaged(engine: KeywordEngine, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "empty", tmp_path / "absent"):
        with pytest.raises(IndexDamagedError, match="yuanhua index"):
            engine.open(folder)


@pytest.mark.filterwarnings("ignore::ResourceWarning")  # Whoosh leaves the file that it could not read open.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_file_that_is_missing_or_cut_short_is_damage(engine: KeywordEngine, tmp_path: Path) -> None:
    build(engine, tmp_path / "whole", [document(row, entry) for row, entry in enumerate(DOCUMENTS)]).close()
    names = [path.name for path in (tmp_path / "whole").iterdir() if path.stat().st_size]
    essential = [name for name in names if name.endswith((".json", ".toc", ".term", ".seg", ".fast", ".sqlite"))]
    essential = [name for name in essential if not name.startswith(".")]
    assert len(essential) >= 1 + (engine.name != "milvus")
    for number, name in enumerate(essential):
        for keep in (None, 0, 9):
            folder = tmp_path / f"damaged-{number}-{keep}"
            folder.mkdir()
            for path in (tmp_path / "whole").iterdir():
                (folder / path.name).write_bytes(path.read_bytes())
            if keep is None:
                (folder / name).unlink()
            else:
                (folder / name).write_bytes((folder / name).read_bytes()[:keep])
            with pytest.raises(IndexDamagedError, match=folder.name):
                engine.open(folder)


def test_several_segments_still_give_ties_by_rising_row(tmp_path: Path) -> None:
    count = 4000
    # Terms that differ fill the least memory that tantivy takes, so that it writes more than one segment.
    documents = (
        KeywordDocument(row, {Field.TEXT: ["same", *(f"{row}-{place}" for place in range(60))]}, ["same"], (), None)
        for row in reversed(range(count))
    )
    store = build(TantivyEngine(memory=15_000_000), tmp_path / "segments", documents)
    segments = {path.stem.split(".")[0] for path in (tmp_path / "segments").glob("*.term")}
    assert len(segments) > 1
    assert rows(store, Term("same"), limit=5) == (0, 1, 2, 3, 4)
    assert rows(store, Phrase(("same",)), limit=count) == tuple(range(count))


def test_an_unknown_engine_is_named_with_those_there_are() -> None:
    with pytest.raises(EngineUnavailableError, match="tantivy, whoosh"):
        keyword_engine("lucene")


def test_a_missing_library_is_named_with_its_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "indexer.stores.whoosh", raising=False)
    monkeypatch.setitem(sys.modules, "whoosh", None)
    with pytest.raises(EngineUnavailableError, match=r"yuanhua\[whoosh\]"):
        keyword_engine("whoosh")
