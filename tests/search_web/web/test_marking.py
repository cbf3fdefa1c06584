"""Cutting a passage at its markings."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from search_web.web.marking import Segment, marked_segments

SPANS = st.tuples(st.integers(-3, 40), st.integers(-3, 40))


def test_a_highlight_inside_the_best_sentence_carries_both_marks() -> None:
    assert marked_segments("前言。菜鸟盈利。", [(3, 5)], (3, 8)) == (
        Segment("前言。", highlighted=False, in_best_sentence=False),
        Segment("菜鸟", highlighted=True, in_best_sentence=True),
        Segment("盈利。", highlighted=False, in_best_sentence=True),
    )


def test_a_highlight_that_runs_over_the_end_of_the_best_sentence_is_cut_there() -> None:
    assert marked_segments("abcdef", [(2, 5)], (0, 4)) == (
        Segment("ab", highlighted=False, in_best_sentence=True),
        Segment("cd", highlighted=True, in_best_sentence=True),
        Segment("e", highlighted=True, in_best_sentence=False),
        Segment("f", highlighted=False, in_best_sentence=False),
    )


def test_offsets_are_code_points_not_bytes_or_surrogates() -> None:
    highlighted = [piece.text for piece in marked_segments("𠮷野家 EBITA", [(4, 9)]) if piece.highlighted]
    assert highlighted == ["EBITA"]


def test_touching_highlights_become_one_and_empty_text_has_no_piece() -> None:
    assert marked_segments("ab", [(0, 1), (1, 2)]) == (Segment("ab", highlighted=True, in_best_sentence=False),)
    assert marked_segments("", [(0, 3)], (0, 1)) == ()


@given(text=st.text(max_size=40), highlights=st.lists(SPANS, max_size=8), best=st.none() | SPANS)
def test_the_pieces_tile_the_text_and_each_character_is_marked_by_its_spans(
    text: str, highlights: list[tuple[int, int]], best: tuple[int, int] | None
) -> None:
    pieces = marked_segments(text, highlights, best)
    assert "".join(piece.text for piece in pieces) == text
    assert all(piece.text for piece in pieces)
    marks = [(piece.highlighted, piece.in_best_sentence) for piece in pieces for _ in piece.text]
    assert marks == [
        (
            any(start <= place < end for start, end in highlights),
            best is not None and best[0] <= place < best[1],
        )
        for place in range(len(text))
    ]
    kinds = [(piece.highlighted, piece.in_best_sentence) for piece in pieces]
    assert all(one != other for one, other in pairwise(kinds))
