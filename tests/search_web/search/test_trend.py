"""How often something is said, against counting by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.build import BuildSettings, index_paths
from indexer.errors import InvalidRequestError
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader
from search_web.search.request import By, SearchRequest
from search_web.search.searcher import Searcher
from search_web.search.trend import MIXED_YEARS, REPEATED, trend_json

CORPUS = Path(__file__).parents[3] / "corpus"
CALLS = {
    ("Brackwater", "2021Q1"): ("The orchard paid well, and the orchard grew.", "No fruit was sold."),
    ("Brackwater", "2021Q2"): ("Nothing to report on fruit this time.", "Rain fell all through the spring months."),
    ("Brackwater", "2021H1"): ("Half a year of orchard work lies behind us.",),
    ("Osterglen", "2021Q1"): ("Our orchard is young.", "Orchard costs rose.", "Boats came late into the harbour."),
    ("Orchard Foods", ""): ("We sell what others grow on their land.",),
}


@pytest.fixture(scope="module")
def calls(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    folder = tmp_path_factory.mktemp("trend")
    for number, ((company, period), said) in enumerate(CALLS.items()):
        stated = f"period: {period}\n" if period else ""
        turns = "\n\n".join(
            f"{name}: {text}" for name, text in zip(("Ina Holt", "Per Lund", "Uta Berg"), said, strict=False)
        )
        head = f"---\ntitle: A call\ncompany: {company}\n{stated}---\n\n"
        (folder / f"call{number}.md").write_text(f"{head}{turns}\n\nIna Holt: Thank you.\n", encoding="utf-8")
    index_paths(folder / "index", [folder], BuildSettings(embedders=()))
    return Searcher(IndexReader(folder / "index"))


def test_passages_calls_and_mentions_are_counted_by_period(calls: Searcher) -> None:
    trend = calls.trend(SearchRequest("orchard"))
    assert trend.periods == ("2021Q1", "2021Q2", "2021H1", None)
    counted = [(p.period, p.count.passages, p.count.calls, p.count.mentions, p.count.of_passages) for p in trend.points]
    assert counted == [("2021Q1", 3, 2, 4, 5), ("2021Q2", 0, 0, 0, 2), ("2021H1", 1, 1, 1, 1), (None, 0, 0, 0, 1)]
    assert (trend.total.passages, trend.total.of_calls) == (4, 5)
    assert trend.points[0].count.per_thousand == 600.0


def test_only_what_was_said_counts_and_not_the_name_of_the_company(calls: Searcher) -> None:
    by_company = {one.value: one.count.passages for one in calls.trend(SearchRequest("orchard"), By.COMPANY).groups}
    assert by_company == {"Brackwater": 2, "Osterglen": 2}


def test_a_group_that_spoke_without_saying_it_has_a_point_of_zero(calls: Searcher) -> None:
    points = {(p.period, p.group): p.count.passages for p in calls.trend(SearchRequest("orchard"), By.COMPANY).points}
    assert points == {
        ("2021Q1", "Brackwater"): 1,
        ("2021Q1", "Osterglen"): 2,
        ("2021Q2", "Brackwater"): 0,
        ("2021H1", "Brackwater"): 1,
    }


def test_filters_hold_for_both_sides_of_the_share(calls: Searcher) -> None:
    trend = calls.trend(SearchRequest("orchard", filters=Filters(company=("Osterglen",))), By.SPEAKER)
    assert trend.periods == ("2021Q1",)
    assert (trend.total.passages, trend.total.of_passages) == (2, 3)
    assert {group.value: group.count.passages for group in trend.groups} == {"Ina Holt": 1, "Per Lund": 1}


def test_operators_bind(calls: Searcher) -> None:
    assert calls.trend(SearchRequest("orchard AND costs")).total.passages == 1
    assert calls.trend(SearchRequest('"young orchard" OR costs')).total.passages == 1
    assert calls.trend(SearchRequest("orchard -grew")).total.passages == 3


def test_of_several_words_a_passage_must_have_all(calls: Searcher) -> None:
    assert calls.trend(SearchRequest("orchard costs")).total.passages == 1
    assert calls.trend(SearchRequest("the costs of the orchard")).total.passages == 1
    assert calls.trend(SearchRequest('"orchard paid" grew')).total.passages == 1
    assert calls.trend(SearchRequest("orchard harbour")).total.passages == 0
    assert calls.trend(SearchRequest("orchard costs -young", filters=Filters(period=("2021Q1",)))).total.passages == 1
    assert calls.trend(SearchRequest("orchard costs", plain=True)).total.passages == 1


def test_what_the_glossary_knows_for_two_words_together_stands_for_both(searcher: Searcher) -> None:
    both = searcher.trend(SearchRequest("free cash flow", filters=Filters(language=("zh",))))
    without = searcher.trend(SearchRequest("free cash flow", filters=Filters(language=("zh",)), expand=False))
    assert both.total.passages > 0
    assert without.total.passages == 0


def test_a_trend_without_mentions_counts_the_same_passages(calls: Searcher) -> None:
    quick = calls.trend(SearchRequest("orchard"), mentions=False)
    assert quick.total.mentions is None
    assert quick.total.passages == calls.trend(SearchRequest("orchard")).total.passages


def test_what_the_glossary_adds_counts_unless_it_is_switched_off(searcher: Searcher) -> None:
    with_glossary = searcher.trend(SearchRequest("monetization"))
    without = searcher.trend(SearchRequest("monetization", expand=False))
    assert with_glossary.total.passages > without.total.passages
    assert with_glossary.expansions
    assert not without.expansions


def test_a_call_that_two_files_give_counts_once(tmp_path: Path) -> None:
    text = (CORPUS / "fenwick-harbor-q2-2024-call-en.txt").read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path], BuildSettings(embedders=()))
    once = Searcher(IndexReader(tmp_path / "index")).trend(SearchRequest("cash"))
    (tmp_path / "b.txt").write_text(f"{text}\n\n", encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path], BuildSettings(embedders=()))
    twice = Searcher(IndexReader(tmp_path / "index")).trend(SearchRequest("cash"))
    assert once.total.passages > 0
    assert twice.total == once.total
    assert twice.points == once.points
    assert (REPEATED in once.notes, REPEATED in twice.notes) == (False, True)


def test_fiscal_and_calendar_periods_together_are_said(tmp_path: Path) -> None:
    for number, company in enumerate(("Brackwater", "Osterglen")):
        text = f"---\ntitle: A call\ncompany: {company}\nperiod: 2021Q1\n---\n\nIna Holt: The orchard paid well.\n"
        (tmp_path / f"call{number}.md").write_text(text, encoding="utf-8")
    (tmp_path / "call1.toml").write_text("fiscal = true\n", encoding="utf-8")
    index_paths(tmp_path / "index", [tmp_path], BuildSettings(embedders=()))
    searcher = Searcher(IndexReader(tmp_path / "index"))
    assert MIXED_YEARS in searcher.trend(SearchRequest("orchard")).notes
    for company in ("Brackwater", "Osterglen"):
        alone = searcher.trend(SearchRequest("orchard", filters=Filters(company=(company,))))
        assert (alone.total.passages, alone.notes) == (1, ())


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(by=st.sampled_from(list(By)), query=st.sampled_from(["AI", "现金流", "revenue OR 收入", "菜鸟 -EBITA"]))
def test_the_groups_of_a_period_add_up_to_it(searcher: Searcher, by: By, query: str) -> None:
    trend = searcher.trend(SearchRequest(query), by)
    whole = {point.period: point.count for point in searcher.trend(SearchRequest(query)).points}
    assert sum(count.passages for count in whole.values()) == trend.total.passages
    if trend.groups_left_out == 0:
        for period in trend.periods:
            counts = [point.count for point in trend.points if point.period == period]
            assert sum(count.passages for count in counts) == whole[period].passages
            assert sum(count.mentions or 0 for count in counts) == whole[period].mentions


def test_the_json_is_what_the_module_describes(calls: Searcher) -> None:
    found = trend_json(calls.trend(SearchRequest("orchard"), By.ROLE))
    assert list(found) == [
        *("query", "by", "generation", "took_ms", "notes", "expansions", "total", "periods", "groups"),
        *("groups_left_out", "points"),
    ]
    assert list(found["points"][0]) == [
        *("period", "group", "passages", "calls", "mentions", "of_passages", "of_calls", "per_thousand")
    ]


def test_an_empty_query_is_refused(calls: Searcher) -> None:
    with pytest.raises(InvalidRequestError):
        calls.trend(SearchRequest(" "))
