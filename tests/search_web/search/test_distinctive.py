"""Which terms tell some passages from others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analyser import Analyser
from search_web.search.distinctive import count_terms, distinctive_terms, log_odds

SIZES = st.integers(min_value=1, max_value=5000)
RATES = st.floats(min_value=0.0, max_value=1.0)


@pytest.fixture(scope="module")
def analyser() -> Analyser:
    return Analyser()


@st.composite
def counted(draw: st.DrawFn) -> tuple[int, int]:
    of = draw(SIZES)
    return draw(st.integers(min_value=0, max_value=of)), of


@given(here=counted(), there=counted(), rate=RATES)
def test_what_is_more_here_is_as_much_less_there(here: tuple[int, int], there: tuple[int, int], rate: float) -> None:
    assert log_odds(here, there, rate) == pytest.approx(-log_odds(there, here, rate))


@given(here=counted(), there=counted(), rate=RATES)
def test_one_passage_more_never_tells_less(here: tuple[int, int], there: tuple[int, int], rate: float) -> None:
    told = log_odds(here, there, rate)
    if here[0] < here[1] and told >= 0.0:
        assert log_odds((here[0] + 1, here[1]), there, rate) >= told - 1e-9


def test_a_term_counts_once_a_passage_and_is_shown_as_it_is_mostly_written(analyser: Analyser) -> None:
    texts = ["Tidal tidal TIDAL power.", "Tidal power is cheap.", "We like tidal power.", "The cost of it, 12 percent."]
    counts = count_terms(texts, analyser.analyse)
    shown = {counts.written[term]: count for term, count in counts.counts.items()}
    assert counts.passages == 4
    assert shown["tidal"] == 3
    assert not {"the", "The", "of", "12", "percent", "is"} & set(shown)


def test_what_is_said_here_and_not_elsewhere_comes_first_and_parts_of_it_do_not_follow(analyser: Analyser) -> None:
    own = count_terms(
        ["自由现金流很好。", "自由现金流下降。", "自由现金流和利润。", "利润不变。"] * 5, analyser.analyse
    )
    elsewhere = {"利润": 50}
    found = distinctive_terms(own, lambda term: elsewhere.get(term, 0), 100, lambda term: elsewhere.get(term, 15) / 120)
    assert (found[0].text, found[0].here, found[0].of_here, found[0].there) == ("自由现金流", 15, 20, 0)
    assert "现金" not in {term.text for term in found}
    assert "利润" not in {term.text for term in found}


def test_a_term_of_a_single_passage_tells_nothing(analyser: Analyser) -> None:
    own = count_terms(["Harbour cranes."], analyser.analyse)
    assert distinctive_terms(own, lambda _: 0, 100, lambda _: 0.01) == ()
