"""What a Chinese word may be meant for: found by sets, it is what comparing it with every word finds."""

from collections.abc import Mapping

from hypothesis import example, given
from hypothesis import strategies as st

from search_web.search.han_slips import char_cost, looking_like, sounding_like
from search_web.search.han_words import HanWords, meant_for

# Characters that sound or look alike, common ones and some that GB 2312 lacks.
CHARACTERS = "现金流硫留刘房访纺芳乌鸟大太犬型形祖租组赁凭任囍镕㐂"
WORDS = st.text(CHARACTERS, min_size=2, max_size=4)
LIMITS = st.sampled_from((0.3, 0.6, 1.0))


def compared(word: str, words: Mapping[str, int], most: float) -> dict[str, float]:
    first = {word[0], *sounding_like(word[0])}
    looking = looking_like(word[0])
    found = {}
    for other in words:
        if len(other) != len(word) or other == word:
            continue
        cost = 0.0
        for meant, typed in reversed(list(zip(other, word, strict=True))):
            cost += char_cost(meant, typed)
        begins_alike = other[0] in first or (other[0] in looking and other[1:] == word[1:])
        if cost <= most and begins_alike:
            found[other] = cost
    return found


@given(word=WORDS, words=st.dictionaries(WORDS, st.integers(1, 9), max_size=30), most=LIMITS)
@example(word="现金硫", words={"现金流": 3, "现金": 1}, most=0.3)
@example(word="机访", words={"机房": 3, "机构": 2}, most=0.6)
@example(word="乌房", words={"鸟房": 1}, most=0.3)
@example(word="大模形", words={"大模型": 1, "大房形": 1}, most=1.0)
def test_words_of_the_index_are_meant_that_begin_alike_and_are_near(
    word: str, words: dict[str, int], most: float
) -> None:
    meant = meant_for(word, HanWords(words.items()), HanWords(()), most)
    assert {other: cost for other, (cost, _) in meant.items()} == compared(word, words, most)
    assert all(passages == words[other] for other, (_, passages) in meant.items())


@given(word=WORDS, words=st.dictionaries(WORDS, st.integers(1, 9), max_size=30), most=LIMITS)
def test_words_that_the_index_has_by_another_name_are_meant_however_they_begin(
    word: str, words: dict[str, int], most: float
) -> None:
    meant = meant_for(word, HanWords(()), HanWords(words.items()), most)
    alike = [other for other in words if len(other) == len(word) and other != word]
    costs = {other: [char_cost(*pair) for pair in zip(other, word, strict=True)] for other in alike}
    assert set(meant) == {other for other, each in costs.items() if sum(reversed(each)) <= most}


@given(word=WORDS, words=st.dictionaries(WORDS, st.integers(1, 9), max_size=30))
@example(word="现金硫", words={"现金流": 3})
@example(word="现金流", words={"现金流": 3, "现金硫": 1})
def test_a_word_differs_in_its_last_character_from_one_that_is_known_where_it_is_not_known_itself(
    word: str, words: dict[str, int]
) -> None:
    alike = any(len(other) == len(word) and other[:-1] == word[:-1] for other in words)
    assert HanWords(words.items()).differing_last(word) == (alike and word not in words)
