"""How far apart Chinese characters are: the table of those near one says the same as comparing two of them."""

from hypothesis import example, given
from hypothesis import strategies as st

from search_web.search.han_slips import char_cost, near_chars

# Common characters, rare ones that GB 2312 lacks, and what is no Han character.
CHARACTERS = st.one_of(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), st.sampled_from("流硫琉留镕囍㐂a1々"))


@given(typed=CHARACTERS, meant=CHARACTERS)
@example(typed="硫", meant="流")
@example(typed="乌", meant="鸟")
@example(typed="流", meant="流")
def test_the_characters_near_one_are_as_near_as_any_two_are(typed: str, meant: str) -> None:
    assert near_chars(typed)[meant] == char_cost(meant, typed)
