"""Which passages are courtesies and no hits, and which short ones say something."""

from __future__ import annotations

import pytest

from indexer.model import Role
from indexer.transcripts.courtesy import is_searchable, name_parts

NAMES = name_parts(frozenset({"Ines Ferreira", "Tom Blake", "沈望川", "秦以宁", "Paul Okafor"}))


@pytest.mark.parametrize(
    "text",
    [
        "Thank you.", "谢谢。", "謝謝您的回答。", "Great, thank you very much.", "Good morning.", "好的谢谢", "嗯",
        "Next question, please.", "Thank you, Ines. Thank you, Tom, for the detailed explanation.", "OK. Got it. Thanks.",
        "That's very helpful. Appreciate it.", "谢谢秦总。", "感谢管理层的回答，谢谢！", "各位管理层晚上好，感谢接受我的提问。",
        "我们请下一位。", "有请下一位分析师提问。", "請講。", "[Operator Instructions]", "（掌声）", "Please go ahead.",
        "Can you hear me?", "听得到。", "大家好！", "Thank you all for joining.", "Have a great day.", "恭喜公司取得亮眼的业绩！",
        "Hi, good morning. Thanks for taking my question.", "Yeah.", "对。",
    ],
)  # fmt: skip
def test_courtesies_are_no_hits(text: str) -> None:
    assert not is_searchable(text, Role.ANALYST, answers=False, names=NAMES)


@pytest.mark.parametrize(
    "text",
    [
        "Yes, 15%.", "No, we don't.", "是的，会的", "Yes.", "Yeah.", "对。", "不会。", "Correct.", "没有。", "Not yet.", "Next year.",
        "Alibaba Cloud.", "Tom?", "百分之十五。", "Thank you, margins will rise.", "好的，毛利率会提升。", "好转", "下一个季度。",
        "Great Wall.", "感谢北岭银行", "大家好像不清楚", "It depends.", "Harbor Securities.",
    ],
)  # fmt: skip
def test_short_answers_that_say_something_are_hits(text: str) -> None:
    assert is_searchable(text, Role.MANAGEMENT, answers=True, names=NAMES)


@pytest.mark.parametrize("text", ["No, we don't.", "3", "Harbor.", "周三。", "Why?", "为什么？", "It is me."])
def test_content_is_a_hit_whoever_says_it(text: str) -> None:
    assert is_searchable(text, Role.OPERATOR, answers=False)


def test_yes_says_something_unless_an_asker_or_operator_nods() -> None:
    assert is_searchable("Yes.", Role.OTHER, answers=False)
    assert not is_searchable("Yes.", Role.ANALYST, answers=False)
    assert not is_searchable("Yes, thank you.", Role.OPERATOR, answers=False)


def test_a_name_is_an_address_only_beside_a_courtesy_and_only_of_somebody_there() -> None:
    assert not is_searchable("Thank you, Paul.", Role.MANAGEMENT, answers=True, names=NAMES)
    assert is_searchable("Thank you, Greta.", Role.MANAGEMENT, answers=True, names=NAMES)
