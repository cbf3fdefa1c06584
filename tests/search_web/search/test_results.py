"""Facets, totals, pages, groups, dates, near-duplicates, and more like this, over real indexes."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.build import BuildSettings, index_paths
from indexer.errors import InvalidCursorError, InvalidRequestError, UnknownPassageError
from indexer.model import Kind
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from search_web.search.facets import FACETS
from search_web.search.json_view import response_json
from search_web.search.request import MAX_LIMIT, Grouping, Mode, SearchRequest, Sort
from search_web.search.response import Hit, SearchResponse, TotalRelation
from search_web.search.searcher import NO_VECTORS, Searcher

DISCLAIMER = (
    "Before we begin, please note that our remarks today contain statements about what lies ahead, and that the "
    "outcome may differ from them for the reasons that are set out in the risk section of our annual filing."
)
QUERIES = ("AI", "菜鸟", "cash flow", "free cash flow 现金流", "the", "回购 OR margin", "收入 -云", "harbor section:qa")
ASKED = st.builds(
    SearchRequest,
    st.sampled_from(QUERIES),
    mode=st.sampled_from(list(Mode)),
    limit=st.integers(9, 60),
    sort=st.sampled_from(list(Sort)),
    collapse=st.booleans(),
    context=st.just(0),
    filters=st.sampled_from([Filters(), Filters(language=("zh",)), Filters(role=("management", "analyst"))]),
)
SLOW = settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def call(company: str, day: str, *turns: str) -> str:
    """Return an invented call of one company."""
    said = "\n\n".join(turns)
    return f"---\ntitle: {company} call\ncompany: {company}\nperiod: {day[:4]}Q1\ndate: {day}\n---\n\n{said}\n"


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher by words over four calls that begin with nearly the same disclaimer."""
    folder = tmp_path_factory.mktemp("calls")
    for number, (company, day) in enumerate(
        [("Brackwater", "2021-02-03"), ("Osterglen", "2022-02-03"), ("Tamsin Foods", "2020-02-03"), ("Velden", "")]
    ):
        opening = DISCLAIMER if number != 1 else DISCLAIMER.replace("Before we begin, please", "As we begin, please")
        text = call(
            company,
            day or "2019-02-03",
            f"Ina Holt: {opening}",
            f"Per Lund: Our outcome for the quarter was a gain of {number + 3} percent on the year, ahead of what we had set out to reach.",
            "Ina Holt: Thank you.",
            *(["Uta Berg: Which reasons are set out in the risk section of the annual filing?"] if number == 0 else []),
        )
        if not day:
            text = text.replace("date: 2019-02-03\n", "")
        (folder / f"call{number}.md").write_text(text, encoding="utf-8")
    index_paths(folder / "index", [folder], BuildSettings(embedders=()))
    return Searcher(IndexReader(folder / "index"))


def paged(searcher: Searcher, request: SearchRequest) -> list[SearchResponse]:
    """Return every page of a search, by its cursors."""
    pages = [searcher.search(request)]
    while pages[-1].next_cursor:
        pages.append(searcher.search(replace(request, cursor=pages[-1].next_cursor)))
    return pages


@SLOW
@given(asked=ASKED)
def test_cursors_lead_through_everything_without_repeats_or_gaps(searcher: Searcher, asked: SearchRequest) -> None:
    pages = paged(searcher, asked)
    ids = [hit.id for page in pages for hit in page.hits]
    assert len(ids) == len(set(ids)) == pages[0].total - pages[0].collapsed
    assert all(len(page.hits) == asked.limit for page in pages[:-1])
    by_offset = [
        hit.id
        for offset in range(0, len(ids), asked.limit)
        for hit in searcher.search(replace(asked, offset=offset)).hits
    ]
    assert by_offset == ids
    assert sum(hit.duplicates for page in pages for hit in page.hits) == pages[0].collapsed


@SLOW
@given(asked=ASKED, group=st.sampled_from(list(Grouping)), size=st.integers(1, 5))
def test_groups_hold_every_hit_once_in_the_order_of_their_best(
    searcher: Searcher, asked: SearchRequest, group: Grouping, size: int
) -> None:
    flat = [hit for page in paged(searcher, replace(asked, limit=MAX_LIMIT)) for hit in page.hits]
    expected: dict[object, list[str]] = {}
    for hit in flat:
        exchange = (hit.transcript.id, hit.exchange.id) if hit.exchange else hit.id
        expected.setdefault(hit.transcript.id if group is Grouping.TRANSCRIPT else exchange, []).append(hit.id)
    pages = paged(searcher, replace(asked, group=group, group_size=size))
    groups = [one for page in pages for one in page.groups]
    assert pages[0].group_total == len(groups) == len(expected)
    assert [[hit.id for hit in one.hits] for one in groups] == [ids[:size] for ids in expected.values()]
    assert [one.more for one in groups] == [max(len(ids) - size, 0) for ids in expected.values()]
    assert not any(page.hits for page in pages)


def value(hit: Hit, field: str) -> str | None:
    return {
        "company": hit.transcript.company,
        "period": hit.transcript.period,
        "speaker": hit.speaker.name if hit.transcript.kind is Kind.SPOKEN else None,
        "firm": hit.speaker.affiliation if hit.transcript.kind is Kind.SPOKEN else None,
        "role": str(hit.speaker.role),
        "section": str(hit.section),
        "delivery": str(hit.delivery),
        "language": hit.language,
    }[field]


@SLOW
@given(asked=ASKED)
def test_facets_count_what_was_found(searcher: Searcher, asked: SearchRequest) -> None:
    asked = replace(asked, collapse=False)
    everything = [hit for page in paged(searcher, replace(asked, limit=MAX_LIMIT)) for hit in page.hits]
    facets = searcher.search(replace(asked, facets=True)).facets
    assert facets is not None
    assert [facet.field for facet in facets] == list(FACETS)
    for facet in facets:
        counted = Counter(found for hit in everything if (found := value(hit, facet.field)))
        listed = {one.value: one.count for one in facet.values}
        assert listed == {name: counted[name] for name in listed}
        assert facet.more == len(counted) - len(listed)
        assert [one.count for one in facet.values] == sorted(listed.values(), reverse=True)


def test_short_turns_count_nowhere(calls: Searcher) -> None:
    found = calls.search(SearchRequest("thank you outcome", facets=True))
    assert found.facets is not None
    role = next(facet for facet in found.facets if facet.field == "speaker")
    assert {one.value: one.count for one in role.values} == {"Ina Holt": 4, "Per Lund": 4}
    assert calls.search(SearchRequest("thank", mode=Mode.KEYWORD)).total == 0


def test_facets_come_only_when_asked_for(searcher: Searcher) -> None:
    assert searcher.search(SearchRequest("AI")).facets is None


def test_the_total_of_words_is_exact_and_that_with_meaning_is_said_to_be_approximate(searcher: Searcher) -> None:
    words = searcher.search(SearchRequest("现金流", mode=Mode.KEYWORD))
    assert words.total_relation is TotalRelation.EXACT
    assert (
        words.total
        == words.word_total
        == sum(
            len(page.hits)
            for page in paged(searcher, replace(SearchRequest("现金流", mode=Mode.KEYWORD), collapse=False))
        )
    )
    for mode in (Mode.HYBRID, Mode.VECTOR):
        found = searcher.search(SearchRequest("现金流", mode=mode))
        assert found.total_relation is TotalRelation.APPROXIMATE
        assert found.word_total == words.total


def test_without_vectors_a_hybrid_search_pages_through_all_words(tmp_path: Path) -> None:
    """More passages than one leg looks at when it is not alone."""
    turns = "\n\n".join(
        f"Person {chr(65 + number % 26)}: Our harvest report number {number} is out." for number in range(260)
    )
    (tmp_path / "call.txt").write_text(f"{turns}\n", encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path / "call.txt"], BuildSettings(embedders=()))
    pages = paged(Searcher(IndexReader(tmp_path / "index")), SearchRequest("harvest", limit=90, context=0))
    assert NO_VECTORS in pages[0].notes
    assert len({hit.id for page in pages for hit in page.hits}) == pages[0].total == 260


def test_a_cursor_is_safe_in_a_url(searcher: Searcher) -> None:
    cursor = searcher.search(SearchRequest("AI", limit=1)).next_cursor
    assert cursor is not None
    assert cursor.replace("-", "").replace("_", "").isalnum()


def test_a_cursor_serves_only_its_search(searcher: Searcher) -> None:
    cursor = searcher.search(SearchRequest("AI", limit=2)).next_cursor
    assert searcher.search(SearchRequest("AI", limit=5, cursor=cursor, context=3, facets=True)).hits
    for other in (SearchRequest("菜鸟"), SearchRequest("AI", mode=Mode.KEYWORD), SearchRequest("AI", collapse=False)):
        with pytest.raises(InvalidCursorError, match="another search"):
            searcher.search(replace(other, cursor=cursor))


@given(cursor=st.text(max_size=60))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_what_is_no_cursor_is_a_named_error(calls: Searcher, cursor: str) -> None:
    with pytest.raises((InvalidRequestError, InvalidCursorError)):
        calls.search(SearchRequest("outcome", cursor=cursor))


def test_a_cursor_of_an_older_state_of_the_index_says_to_search_again(tmp_path: Path) -> None:
    for number in range(2):
        text = call("Brackwater", f"202{number}-02-03", "Ina Holt: The harvest was good.", "Per Lund: A late harvest.")
        (tmp_path / f"call{number}.md").write_text(text, encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path / "call0.md"], BuildSettings(embedders=()))
    searcher = Searcher(IndexReader(tmp_path / "index"))
    cursor = searcher.search(SearchRequest("harvest", limit=1)).next_cursor
    index_paths(tmp_path / "index", [tmp_path / "call1.md"], BuildSettings(embedders=()))
    with pytest.raises(InvalidCursorError, match="Search again"):
        searcher.search(SearchRequest("harvest", limit=1, cursor=cursor))


def test_a_cursor_and_an_offset_exclude_each_other(searcher: Searcher) -> None:
    cursor = searcher.search(SearchRequest("AI", limit=1)).next_cursor
    with pytest.raises(InvalidRequestError, match="both given"):
        searcher.search(SearchRequest("AI", cursor=cursor, offset=1))


def test_the_same_disclaimer_of_every_call_is_one_hit_with_a_count(calls: Searcher) -> None:
    found = calls.search(SearchRequest("outcome risk section"))
    (hit,) = [hit for hit in found.hits if hit.duplicates]
    assert hit.duplicates == found.collapsed == 3
    assert found.total == 9
    twins = {calls.passage(one).text for one in hit.duplicate_ids}
    assert len(twins | {hit.text}) == 2
    assert all("annual filing" in text for text in twins)
    apart = calls.search(SearchRequest("outcome risk section", collapse=False))
    assert (len(apart.hits), apart.collapsed, apart.total) == (9, 0, 9)


def test_hits_by_date_come_newest_first_with_undated_ones_last(calls: Searcher) -> None:
    request = SearchRequest("gain", mode=Mode.KEYWORD)
    days = [hit.transcript.date for hit in calls.search(replace(request, sort=Sort.DATE)).hits]
    assert days == ["2022-02-03", "2021-02-03", "2020-02-03", None]
    days = [hit.transcript.date for hit in calls.search(replace(request, sort=Sort.DATE_ASC)).hits]
    assert days == ["2020-02-03", "2021-02-03", "2022-02-03", None]


def test_hits_of_one_day_come_by_relevance(calls: Searcher) -> None:
    for sort in (Sort.DATE, Sort.DATE_ASC):
        hits = calls.search(SearchRequest("outcome gain", sort=sort, mode=Mode.KEYWORD, collapse=False)).hits
        assert all(one.score >= other.score for one, other in zip(hits[::2], hits[1::2], strict=True))


def test_what_is_sorted_by_date_where_meaning_takes_part_is_said(searcher: Searcher) -> None:
    found = searcher.search(SearchRequest("AI", sort=Sort.DATE))
    assert any("100 most relevant" in note for note in found.notes)
    assert found.total <= 100
    dates = [hit.transcript.date or "" for hit in found.hits]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("mode", [Mode.HYBRID, Mode.KEYWORD])
def test_more_like_a_passage_is_neither_itself_nor_its_like(calls: Searcher, mode: Mode) -> None:
    hit = next(hit for hit in calls.search(SearchRequest("outcome risk section")).hits if hit.duplicates)
    found = calls.similar(hit.id, SearchRequest("", mode=mode))
    assert found.hits[0].speaker.name == "Uta Berg"
    assert not any(hit.text.startswith(("Before we begin", "As we begin")) for hit in found.hits)
    assert (found.query, found.mode) == (hit.id, Mode.KEYWORD)


def test_more_like_a_passage_is_about_the_same(searcher: Searcher) -> None:
    passage = next(hit for hit in searcher.search(SearchRequest("菜鸟 EBITA")).hits if "菜鸟" in hit.text)
    found = searcher.similar(passage.id, SearchRequest("", filters=Filters(language=("zh",)), limit=5))
    assert found.mode is Mode.VECTOR
    assert passage.id not in {hit.id for hit in found.hits}
    assert all(hit.language == "zh" for hit in found.hits)
    assert any("物流" in hit.text or "菜鸟" in hit.text for hit in found.hits)
    assert list(response_json(found)) == list(response_json(searcher.search(SearchRequest("AI"))))


def test_more_like_a_passage_can_be_paged_through(searcher: Searcher) -> None:
    request = SearchRequest("", limit=7, context=0)
    passage_id = searcher.search(SearchRequest("AI")).hits[0].id
    pages = [searcher.similar(passage_id, request)]
    while cursor := pages[-1].next_cursor:
        pages.append(searcher.similar(passage_id, replace(request, cursor=cursor)))
    ids = [hit.id for page in pages for hit in page.hits]
    assert len(ids) == len(set(ids)) == pages[0].total - pages[0].collapsed


def test_more_like_an_unknown_passage_is_a_named_error(searcher: Searcher) -> None:
    with pytest.raises(UnknownPassageError):
        searcher.similar("nowhere")
