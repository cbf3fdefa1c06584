"""Highlights are exact: text[start:end] is what matched."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.text.analyser import Analyser
from indexer.text.token import Token
from search_web.search.highlight import best_sentence, highlight_spans

ANALYSER = Analyser()
mixed_text = st.text(
    alphabet=st.one_of(
        st.sampled_from("菜鸟集团經調整利潤ＥＢＩＴＡ EBITA8.77亿，。e\u0301é½👍🏽\u200d-%"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=60,
)


def marked(text: str, query: str) -> list[str]:
    terms = {token.term for token in ANALYSER.analyse(query)}
    return [text[start:end] for start, end in highlight_spans(ANALYSER.analyse(text), terms)]


def test_words_of_the_query_are_marked_where_they_stand() -> None:
    assert marked("菜鸟集团的经调整 EBITA 为盈利8.77亿元人民币", "菜鸟 EBITA") == ["菜鸟", "EBITA"]


def test_width_case_and_script_variant_do_not_matter() -> None:
    assert marked("本季度ＥＢＩＴＡ與收入", "ebita") == ["ＥＢＩＴＡ"]
    assert marked("經營利潤", "利润") == ["利潤"]


def test_a_word_inside_another_word_is_not_marked() -> None:
    assert marked("EBITDA rose", "EBITA") == []


def test_touching_and_overlapping_marks_become_one() -> None:
    tokens = (Token("ab", 0, 2), Token("bc", 1, 3), Token("d", 3, 4), Token("f", 6, 7))
    assert highlight_spans(tokens, {"ab", "bc", "d", "f"}) == ((0, 4), (6, 7))


@given(mixed_text, mixed_text)
def test_spans_are_sorted_disjoint_and_inside_the_text(text: str, query: str) -> None:
    terms = {token.term for token in ANALYSER.analyse(query)}
    spans = highlight_spans(ANALYSER.analyse(text), terms)
    edges = [edge for span in spans for edge in span]
    assert edges == sorted(set(edges))
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(mixed_text)
def test_every_marked_piece_is_a_term_of_the_query_again(text: str) -> None:
    """What is marked for a query made of the whole text is found again when it is searched on its own."""
    terms = {token.term for token in ANALYSER.analyse(text)}
    for start, end in highlight_spans(ANALYSER.analyse(text), terms):
        assert {token.term for token in ANALYSER.analyse(text[start:end])} & terms


def test_the_nearest_sentence_stays_unless_another_says_more_of_the_query() -> None:
    text = "营收增长。利润为8.77亿元。前景不错。"
    sentences = ((0, 5), (5, 15), (15, 20))
    tokens = ANALYSER.analyse(text)
    assert best_sentence((15, 20), sentences, tokens, {"8.77": 2.0}) == (5, 15)
    assert best_sentence((15, 20), sentences, tokens, {"菜鸟": 2.0}) == (15, 20)
    assert best_sentence((15, 20), (), tokens, {}) == (15, 20)
