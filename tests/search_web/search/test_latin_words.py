"""The Latin words of an index are found by their length and first letter, and counted as the index counts them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.stores.keyword import Term
from search_web.search.han_words import han_words
from search_web.search.latin_words import LatinWords, latin_words

if TYPE_CHECKING:
    from search_web.search.searcher import Searcher


def test_words_of_these_lengths_and_beginnings_alone_are_offered() -> None:
    words = LatinWords([("cash", 5), ("cast", 1), ("bash", 2), ("cashew", 1), ("c4sh", 1), ("现金", 9), ("çash", 1)])
    assert dict(words.like("cx", (4, 5))) == {"cash": 5, "cast": 1}
    assert words.passages("bash") == 2
    assert words.passages("c4sh") == words.passages("") == words.passages("cloud") == 0


def test_words_in_memory_stand_in_as_many_passages_as_a_search_finds(searcher: Searcher) -> None:
    generation = searcher.reader.current()
    for word in ("cash", "cloud", "revenue", "ebita", "yuan"):
        assert latin_words(generation).passages(word) == generation.keyword.matching(Term(word))
    for word in ("现金", "增长", "现金流", "人工智能", "云"):
        assert han_words(generation).passages(word) == generation.keyword.matching(Term(word))
    assert latin_words(generation).passages("cloud") > 0 < han_words(generation).passages("增长")
