"""What a search will do, before any passage is looked at."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.stores.filters import Filters
from indexer.stores.keyword import AllOf, AnyOf
from search_web.search.lexicon import Lexicon
from search_web.search.plan import NO_WORD_NOTE, PREFIX_NOTE, QueryPlan, make_plan
from search_web.search.searcher import Searcher
from search_web.search.sought import Source


@pytest.fixture(scope="module")
def planned(searcher: Searcher):
    generation = searcher.reader.current()
    lexicon = Lexicon(generation.analyser()).ranked_by(generation.keyword.document_frequency)

    def plan(query: str, filters: Filters | None = None, **options: object) -> QueryPlan:
        expand = options.pop("expand", lexicon.expand)
        return make_plan(query, filters or Filters(), generation, expand=expand, **options)

    return plan


def test_plain_words_bind_nothing(planned) -> None:
    plan = planned("菜鸟的 EBITA 是多少")
    assert plan.constraint is None
    assert plan.wanted == plan.scoring
    assert plan.meaning == "菜鸟的 EBITA 是多少"
    assert {"菜鸟", "ebita"} <= {sought.label for sought in plan.sought}
    assert "的" not in {sought.label for sought in plan.sought}


@pytest.mark.parametrize(
    ("query", "meaning"),
    [
        ('"自由现金流" 增长', "自由现金流 增长"),
        ("AI AND 变现", "AI 变现"),
        ("AI -云", "AI"),
        ("speaker:张勇 AI", "AI"),
        ("monet* AI", "AI"),
        ("菜鸟 NEAR/5 扭亏", "菜鸟 扭亏"),
        ("NOT AI", ""),
        ("monet*", ""),
        ("speaker:张勇", ""),
        ("？！", ""),
        ("  菜鸟   EBITA ", "菜鸟 EBITA"),
    ],
)
def test_the_meaning_is_what_is_wanted_and_no_more(planned, query: str, meaning: str) -> None:
    assert planned(query).meaning == meaning


@pytest.mark.parametrize(
    ("query", "sources"),
    [
        ('"free cash flow"', {Source.PHRASE}),
        ("monet*", {Source.PREFIX}),
        ("free NEAR flow", {Source.NEAR}),
        ("-AI", set()),
        ("section:qa", set()),
    ],
)
def test_each_thing_looked_for_says_why(planned, query: str, sources: set[Source]) -> None:
    plan = planned(query)
    assert {sought.source for sought in plan.sought} == sources
    for sought in plan.sought:
        assert 0 <= sought.span[0] < sought.span[1] <= len(query)
        assert sought.information > 0


def test_a_word_stands_where_it_was_typed(planned) -> None:
    query = '-云 "自由现金流" speaker:张勇 增长'
    for sought in planned(query).sought:
        if sought.source is Source.WORD:
            assert query[slice(*sought.span)] == sought.label


def test_fields_that_must_hold_become_filters_of_both_legs(planned) -> None:
    plan = planned("speaker:张勇 section:问答 date:2023-01..2023-06 AI")
    assert plan.filters == Filters(speaker=("张勇",), section=("qa",), date_from="2023-01-01", date_to="2023-06-30")
    assert plan.constraint is None


def test_a_field_given_twice_means_either(planned) -> None:
    assert planned("period:2023Q1 period:2023Q2 AI").filters.period == ("2023Q1", "2023Q2")


def test_a_field_stands_beside_a_filter_and_not_instead_of_it(planned) -> None:
    plan = planned("period:2023 speaker:2023 AI", Filters(period=("2024Q1",), speaker=("张勇",)))
    assert plan.filters == Filters(period=("2024Q1",), speaker=("张勇",))
    assert isinstance(plan.constraint, AllOf)
    assert len(plan.constraint.parts) == 2


def test_dates_are_narrowed_by_dates(planned) -> None:
    plan = planned("date:2023 AI", Filters(date_from="2023-03-01", date_to="2024-01-31"))
    assert (plan.filters.date_from, plan.filters.date_to) == ("2023-03-01", "2023-12-31")


@pytest.mark.parametrize("query", ["AI OR speaker:张勇", "-speaker:张勇 AI", "NOT date:2023 AI"])
def test_fields_under_or_and_not_are_no_filters(planned, query: str) -> None:
    plan = planned(query)
    assert not plan.filters
    assert plan.constraint is not None


@pytest.mark.parametrize("query", ["speaker:张勇", "NOT AI", "-section:qa", "date:2023 lang:zh"])
def test_with_nothing_to_rank_by_everything_that_matches_is_wanted(planned, query: str) -> None:
    plan = planned(query)
    assert plan.scoring is None
    assert plan.wanted != AnyOf(())
    assert (plan.information, plan.coverage) == (0.0, 0.0)


def test_a_query_without_a_word_wants_nothing_and_says_so(planned) -> None:
    plan = planned("？！ …")
    assert plan.wanted == AnyOf(())
    assert plan.notes == (NO_WORD_NOTE,)


def test_a_star_says_that_it_does_not_serve_the_meaning(planned) -> None:
    assert planned("monet* AI").notes == (PREFIX_NOTE,)
    assert planned("AI").notes == ()


def test_a_prefix_that_no_word_has_is_looked_for_and_unknown(planned) -> None:
    (sought,) = planned("zzyzx*").sought
    assert (sought.known, sought.passages, sought.query) == (False, 0, AnyOf(()))


def test_coverage_counts_what_the_index_knows(planned) -> None:
    known, half, unknown = planned("菜鸟 EBITA"), planned("菜鸟 zzyzx"), planned("zzyzx qwfpgj")
    assert known.coverage == pytest.approx(1.0)
    assert 0.0 < half.coverage < 1.0
    assert unknown.coverage == 0.0
    assert half.information == pytest.approx(sum(sought.information for sought in half.sought))


def test_the_glossary_raises_coverage_for_less_than_a_word_of_the_user(planned) -> None:
    """No passage has the word "commercialisation"; those that the glossary gives stand for it at their weight."""
    query = "commercialisation"
    alone, helped = planned(query, expand=lambda _: ()), planned(query)
    assert alone.coverage == 0.0
    assert 0.0 < helped.coverage < 1.0


def test_what_is_switched_off_is_shown_and_neither_looked_for_nor_counted(planned) -> None:
    query = "commercialisation"
    terms = {added.expansion.term for added in planned(query).added}
    plan = planned(query, switched_off=terms)
    assert {added.expansion.term for added in plan.added} == terms
    assert not any(added.active for added in plan.added)
    assert plan.coverage == 0.0
    assert plan.scoring == planned(query, expand=lambda _: ()).scoring


def test_one_term_can_be_switched_off_alone(planned) -> None:
    every = planned("AI monetization").added
    assert "变现" in {added.expansion.term for added in every}
    rest = planned("AI monetization", switched_off=["变现"]).added
    assert [added.expansion.term for added in rest if not added.active] == ["变现"]
    assert len(rest) == len(every)


def test_each_word_belongs_to_one_group_and_groups_make_the_scoring(planned) -> None:
    plan = planned('AI monetization "free cash flow" 变现')
    words = [id(word) for group in plan.groups for word in group.words]
    assert len(words) == len(set(words)) == sum(sought.source is Source.WORD for sought in plan.sought)
    assert plan.scoring is not None
    assert plan.scoring.parts[: len(plan.groups)] == tuple(group.query for group in plan.groups)  # type: ignore[union-attr]


def test_plain_takes_operators_for_words(planned) -> None:
    plan = planned("speaker:张勇 -AI OR", plain=True)
    assert plan.constraint is None
    assert not plan.filters
    assert {"speaker", "ai"} <= {sought.label for sought in plan.sought}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(["AI", "变现", "-云", '"现金流"', "monet*", "speaker:张勇", "lang:zh", "的", "zzyzx"]),
        min_size=1,
        max_size=6,
    )
)
def test_coverage_and_information_stay_in_bounds(planned, parts: list[str]) -> None:
    plan = planned(" ".join(parts))
    assert 0.0 <= plan.coverage <= 1.0 + 1e-9
    assert plan.information >= 0.0
    assert (plan.scoring is None) == (not plan.sought)
