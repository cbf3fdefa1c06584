"""Where sentences end."""

from __future__ import annotations

import pytest

from indexer.text.language import dominant_language
from indexer.text.sentences import sentence_spans


@pytest.mark.parametrize(
    "sentences",
    [
        ["我们很好。", "“谢谢。”", "他说；", "然后……", "走了！！", "对吗？」"],
        ["EBITA 增长 6.5%.", "同比增长"],
        ["The U.S. economy grew 3.5%.", "Apple Inc. reported Q3. e.g. No. 5 is here.", "J. P. Morgan spoke."],
        ['"Really?" he asked.', "“Yes.”", "Mr. Li left at 5 p.m. on Monday."],
        ["We like Apple Inc.", "The rest is noise."],
        ["The answer is no.", "We stay."],
        ["1. Revenue grew.", "2. Cost fell..."],
        ["So... we waited… and saw alibaba.com."],
        ["A heading", "A text."],
        ["(Laughter.)", "Thanks!", "Next?"],
        ["收入（同比）增长。）", "好"],
        ["In Q3.", "We grew."],
        ["'.", "We grew."],
        ["他问：“会涨吗？”", "她说：“会！”", "「不會。」", "然后……", "收入是3.5亿元。"],
        ["Dr. Smith et al. saw 2.0.1 at Ft. Worth, i.e. AI for Gen. Z vs. Co., Ltd. of the U.K."],
        ["He said, “We will grow.”", "Then he left… and came back."],
    ],
)
def test_sentences_are_found(sentences: list[str]) -> None:
    chinese = dominant_language(sentences[0]) == "zh"
    joint = "\n \n" if sentences[0] == "A heading" else "" if chinese and "." not in sentences[0] else " "
    text = f" {joint.join(sentences)}\n"
    assert [text[start:end] for start, end in sentence_spans(text)] == sentences


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Thank you very much.Next we look at cost.Paul, over to you.", 3),
        ("It grew in 2023.We are glad, by 5%.The rest fell.", 3),
        ("See booking.com and Node.js at alibaba.Com.cn or v2.Beta today.", 1),
    ],
)
def test_a_blank_that_was_lost_after_a_full_stop_hides_no_end(text: str, count: int) -> None:
    assert len(sentence_spans(text)) == count


def test_blank_text_has_no_sentences() -> None:
    assert sentence_spans("") == ()
    assert sentence_spans(" \n\n　") == ()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("淘宝 app 的 DAU 增速", "zh"),
        ("菜鸟 EBITA", "zh"),
        ("AI monetization", "en"),
        ("Mr. Zhang (张勇) spoke about the cloud", "en"),
        ("2,342", "en"),
        ("", "en"),
    ],
)
def test_the_language_is_that_of_most_words(text: str, language: str) -> None:
    assert dominant_language(text) == language
