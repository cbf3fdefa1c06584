"""Which texts are taken for the same, and which are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.text.normalise import fold
from indexer.text.shingles import signatures
from search_web.search import near_duplicates

LONG = (
    "We will speak today about what we expect of the months ahead, and what we expect may not come to pass, for the "
    "reasons that stand in our annual filing, which we ask everyone on the line to read with care before they invest."
)
CHINESE = "今天的电话会议包含前瞻性陈述，这些陈述受各种风险的影响，实际结果可能与之存在重大差异，请参阅公司公告中的风险因素，公司没有义务更新这些陈述。"


def representatives(texts: list[str]) -> tuple[int, ...]:
    """Return what stands for each of the texts."""
    return near_duplicates.representatives(signatures(texts), lambda places: {place: texts[place] for place in places})


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, LONG),
        (LONG, LONG.replace("today", "now")),
        (LONG, LONG.upper()),
        (LONG, LONG.replace(", ", " - ")),
        (CHINESE, CHINESE.replace("，", ", ")),
        (CHINESE * 2, (CHINESE * 2).replace("今天", "今日", 1)),
    ],
)
def test_nearly_the_same_words_are_the_same(one: str, other: str) -> None:
    assert representatives([one, other]) == (0, 0)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (LONG, f"{LONG} Revenue grew, and so did cost, while the margin held where it had been a year before."),
        (f"{LONG} It was 5.2 million.", f"{LONG} It was 5.3 million."),
        (f"{LONG} It was 5.2 million.", f"{LONG} It was 5.2 billion."),
        (LONG, LONG.replace("may not come", "may come")),
        (CHINESE, CHINESE.replace("没有义务", "有义务")),
        (f"{CHINESE}去年第三季度。", f"{CHINESE}去年第四季度。"),
        ("我们回购了股份。", "我们回购了股份。"),
        ("", ""),
        ("……", "——"),
    ],
)
def test_other_figures_denials_and_short_sayings_stay_apart(one: str, other: str) -> None:
    assert representatives([one, other]) == (0, 1)


def test_the_first_stands_for_all() -> None:
    assert representatives([CHINESE, LONG, CHINESE, LONG, LONG.replace("today", "now")]) == (0, 1, 0, 1, 1)


def _shingles(text: str) -> set[str]:
    letters = "".join(char for char in fold(text) if char.isalnum())
    padded = letters + "\0" * 4
    return {padded[start : start + 5] for start in range(len(letters))}


@given(st.lists(st.text(alphabet="abcdefgh ijkl,.", min_size=30, max_size=140), max_size=12), st.data())
def test_it_agrees_with_comparing_every_pair(texts: list[str], data: st.DataObject) -> None:
    """Copies with a few letters changed lie on both sides of the bound."""
    for _ in range(len(texts)):
        text = list(data.draw(st.sampled_from(texts)))
        for place in data.draw(st.lists(st.integers(0, len(text) - 1), max_size=3)):
            text[place] = "z"
        texts.append("".join(text))
    shingles = [_shingles(text) for text in texts]
    long = [sum(map(str.isalnum, text)) >= 40 for text in texts]
    expected: list[int] = []
    for place, mine in enumerate(shingles):
        alike = (
            other
            for other in range(place)
            if expected[other] == other
            and long[other]
            and long[place]
            and len(mine & shingles[other]) >= 0.9 * len(mine | shingles[other])
        )
        expected.append(next(alike, place))
    assert representatives(texts) == tuple(expected)
