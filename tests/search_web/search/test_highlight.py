"""Highlights are exact: text[start:end] is what matched."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from indexer.text.analyser import Analyser
from search_web.search.compile import Compiler
from search_web.search.highlight import Match, all_within, best_sentence
from search_web.search.patterns import Words, find, merged
from search_web.search.query_language import parse_query

ANALYSER = Analyser()
COMPILER = Compiler(ANALYSER, lambda _: ())
mixed_text = st.text(
    alphabet=st.one_of(
        st.sampled_from("菜鸟集团经調整利潤ＥＢＩＴＡ EBITA8.77亿，。e\u0301é½👍🏽\u200d-%"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


def spans(text: str, query: str) -> tuple[tuple[int, int], ...]:
    words = Words.of(text, ANALYSER)
    leaves = parse_query(query).leaves()
    return merged([span for leaf in leaves for pattern in COMPILER.patterns(leaf) for span in find(pattern, words)])


def marked(text: str, query: str) -> list[str]:
    return [text[start:end] for start, end in spans(text, query)]


def test_words_of_the_query_are_marked_where_they_stand() -> None:
    assert marked("菜鸟集团的经调整 EBITA 为盈利8.77亿元人民币", "菜鸟 EBITA") == ["菜鸟", "EBITA"]


def test_width_case_and_script_variant_do_not_matter() -> None:
    assert marked("本季度ＥＢＩＴＡ與收入", "ebita") == ["ＥＢＩＴＡ"]
    assert marked("經營利潤", "利润") == ["利潤"]


def test_a_word_inside_another_word_is_not_marked() -> None:
    assert marked("EBITDA rose", "EBITA") == []


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("淘宝 DAU 与淘宝的 DAU", '"淘宝DAU"', ["淘宝 DAU"]),
        ("淘寶ＤＡＵ增长", '"淘宝 dau"', ["淘寶ＤＡＵ"]),
        ("Free cash flow, cash and flow", '"free cash flow"', ["Free cash flow"]),
        ("monetize the monetary money", "monet*", ["monetize", "monetary"]),
        ("菜鸟本季度首次实现扭亏，去年扭亏之后", "菜鸟 NEAR/7 扭亏", ["菜鸟", "扭亏"]),
        ("菜鸟本季度首次实现扭亏", "扭亏 NEAR/2 菜鸟", []),
        ("云业务和菜鸟", "菜鸟 -云", ["菜鸟"]),
    ],
)
def test_what_binds_is_marked_only_where_it_holds(text: str, query: str, expected: list[str]) -> None:
    assert marked(text, query) == expected


def test_touching_and_overlapping_marks_become_one() -> None:
    assert merged([(3, 4), (0, 2), (6, 7), (1, 3)]) == ((0, 4), (6, 7))


def _is_operator(query: str) -> bool:
    """Tell whether a word of the query is an operator, to which sides may be missing."""
    return any(word.upper().partition("/")[0] in {"AND", "OR", "NOT", "NEAR"} for word in query.split())


@given(mixed_text, mixed_text.filter(lambda text: not set(text) & set('"“”„「」『』*:：＊＂()（）-－')))
@example(text="cash", query="NEAR")
def test_spans_are_sorted_disjoint_and_inside_the_text(text: str, query: str) -> None:
    assume(not _is_operator(query))
    edges = [edge for span in spans(text, query) for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= start < end <= len(text) for start, end in spans(text, query))


@given(mixed_text.filter(lambda text: any(map(str.isalnum, text)) and not set(text) & set('"“”„＂')))
def test_a_quoted_text_is_found_in_itself_and_marked_from_its_first_to_its_last_term(text: str) -> None:
    exact = ANALYSER.exact(text)
    if exact:
        assert spans(text, f'"{text}"') == ((exact[0].start, exact[-1].end),)


def test_the_nearest_sentence_stays_unless_another_says_more_of_the_query() -> None:
    sentences = ((0, 5), (5, 15), (15, 20))
    profit = Match("8.77", (8, 12), 2.0)
    assert best_sentence((15, 20), sentences, [profit]) == (5, 15)
    assert best_sentence((15, 20), sentences, [profit, Match("前景", (15, 17), 2.0)]) == (15, 20)
    assert best_sentence((15, 20), sentences, [profit, profit, Match("前景", (15, 17), 3.0)]) == (15, 20)
    assert best_sentence((15, 20), (), []) == (15, 20)


@given(
    st.lists(st.integers(1, 6), min_size=1, max_size=5),
    st.lists(st.tuples(st.sampled_from("甲乙丙"), st.integers(0, 24), st.integers(1, 4)), max_size=5),
)
def test_no_other_sentence_says_more_where_all_stands_in_the_nearest(
    lengths: list[int], found: list[tuple[str, int, int]]
) -> None:
    ends = list(accumulate(lengths))
    sentences = list(zip([0, *ends], ends, strict=False))
    matches = [Match(label, (start, start + length), 1.0) for label, start, length in found]
    for nearest in sentences:
        if all_within(nearest, matches):
            assert best_sentence(nearest, sentences, matches) == nearest
