"""Calls made up by Hypothesis, in both layouts, wrapped at any width: nothing is lost, everybody keeps their words."""

from __future__ import annotations

import re
import textwrap
from itertools import groupby

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.transcripts.script import width

ZH_PEOPLE = ("张勇", "戴珊", "徐宏", "欧阳明")
EN_PEOPLE = ("Ines Ferreira", "Tom Blake", "Dana Reed")
ANALYSTS = (("Paul Okafor", "Harbor Securities"), ("Mia Lund", "Northway"), ("Wei Tan", "Citigroup"))
ZH_WORDS = st.sampled_from(
    [
        "收入",
        "同比",
        "增长",
        "我们",
        "继续",
        "投入",
        "用户",
        "EBITA",
        "Choice",
        "，",
        "、",
        "菜鸟",
        "云计算",
        "2,342",
        "亿元",
        "利润率",
        "88VIP",
        "本季度",
    ]
)
EN_WORDS = st.sampled_from(
    [
        "revenue",
        "grew",
        "the",
        "of",
        "margins",
        "we",
        "China",
        "cloud,",
        "customers",
        "long-term",
        "14%",
        "continue",
        "demand",
        "and",
        "quarter",
    ]
)


def sentence(words: list[str], *, chinese: bool) -> str:
    if chinese:
        return "我们认为" + "".join(words).strip("，、") + "。"
    return "We " + " ".join(words).rstrip(",") + "."


def paragraph(*, chinese: bool):
    words = st.lists(ZH_WORDS if chinese else EN_WORDS, min_size=6, max_size=25)
    one = words.map(lambda chosen: sentence(chosen, chinese=chinese))
    joiner = "" if chinese else " "
    return st.lists(one, min_size=2, max_size=5).map(joiner.join)


def turns(*, chinese: bool):
    people = ZH_PEOPLE if chinese else EN_PEOPLE
    speakers = st.one_of(st.sampled_from(people), st.sampled_from(ANALYSTS))
    turn = st.tuples(speakers, st.lists(paragraph(chinese=chinese), min_size=1, max_size=3))
    return st.lists(turn, min_size=6, max_size=14)


def wrap_chinese(text: str, columns: int) -> list[str]:
    lines = [""]
    for token in re.findall(r"[A-Za-z0-9,.%\-]+|.", text):
        if lines[-1] and width(lines[-1] + token) > columns:
            lines.append(token)
        else:
            lines[-1] += token
    return lines


def spoken(transcript) -> list[tuple[str, str]]:
    return [
        (name, "".join("".join(p.text.split()) for p in group))
        for name, group in groupby(transcript.passages, key=lambda p: p.speaker.name)
    ]


def expected(script) -> list[tuple[str, str]]:
    said = [
        (who if isinstance(who, str) else who[0], "".join("".join(p.split()) for p in texts)) for who, texts in script
    ]
    return [(name, "".join(text for _, text in group)) for name, group in groupby(said, key=lambda turn: turn[0])]


@settings(max_examples=250, deadline=None)
@given(
    script=turns(chinese=True),
    columns=st.integers(40, 110),
    spacing=st.sampled_from(["\n", "\n\n"]),
    trail=st.sampled_from(["", " "]),
)
def test_chinese_calls_wrapped_at_any_width(parse, script, columns: int, spacing: str, trail: str) -> None:
    lines: list[str] = ["问答" + trail]
    for who, texts in script:
        lines.append(f"{who}：{trail}" if isinstance(who, str) else f"{who[0]} ({who[1]}):{trail}")
        lines.append("（翻译）" + trail)
        lines.extend(spacing.join(wrap_chinese(text, columns)) + trail for text in texts)
    call = parse("\n\n".join(lines) + "\n")
    assert spoken(call) == expected(script)
    asked = {who[0]: who[1] for who, _ in script if not isinstance(who, str)}
    assert {s.name: s.affiliation for s in call.speakers if s.affiliation} == asked


@settings(max_examples=250, deadline=None)
@given(script=turns(chinese=False), columns=st.integers(44, 110), wrapped=st.booleans(), blank=st.booleans())
def test_english_calls_wrapped_at_any_width(parse, script, columns: int, *, wrapped: bool, blank: bool) -> None:
    lines: list[str] = ["Prepared Remarks:", ""]
    for who, texts in script:
        title = "Chief Executive Officer" if isinstance(who, str) else f"{who[1]} -- Analyst"
        lines.append(f"{who if isinstance(who, str) else who[0]} -- {title}")
        for text in texts:
            lines.extend(textwrap.wrap(text, columns, break_long_words=False) if wrapped else [text])
            lines.extend([""] if blank else [])
    call = parse("\n".join(lines) + "\n")
    assert spoken(call) == expected(script)


@settings(max_examples=25000, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.sampled_from(
                ["张勇：", "Operator", "--", "---", "# Title", "（翻译）", "Executives", "Ann Lee - CEO", "参会人员：", "10", " 问答 ",
                 "Q&A", "【完】", "title: x", "Ann Lee: hello.", "2024年8月1日", "第 3 页", "**甲**: 好", "", "", "(00:01) so."]
            ),
        ),
        max_size=25,
    )
)  # fmt: skip
def test_no_text_at_all_is_lost_or_breaks_the_reader(parse, lines: list[str]) -> None:
    text = "\n".join(lines).replace("\0", "")
    if text.strip():
        transcript = parse(text.encode("utf-8", "replace").decode())
        assert len({p.id for p in transcript.passages}) == len(transcript.passages)
