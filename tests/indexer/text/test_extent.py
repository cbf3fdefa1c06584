"""A text has as many words as its words, Han characters, kana and Hangul syllables, up to where it has enough."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.extent import ENOUGH, extent


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("——？！", 0),
        ("Go on.", 2),
        ("借钱呗！", 3),
        ("Q3 的 EBITA", 3),
        ("はい、ok", 3),
        ("네 맞아요", 4),
        ("一共二十一个汉字也好，多少字都好，够了就不再数。", ENOUGH),
    ],
)
def test_words_and_characters_are_counted_as_far_as_they_matter(text: str, words: int) -> None:
    assert extent(text) == words


@given(st.text(), st.text())
def test_more_text_never_has_fewer(text: str, more: str) -> None:
    assert extent(text) <= extent(f"{text} {more}") <= ENOUGH
