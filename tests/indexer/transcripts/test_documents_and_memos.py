"""Documents that nobody spoke, memos above a record, questions without names, and times."""

from __future__ import annotations

import pytest

from indexer.model import Delivery, Kind, NonSpeechKind, Role

ANNOUNCEMENT = (
    "证券代码：300999 证券简称：云帆科技 公告编号：2024-017\n云帆科技股份有限公司\n2024年半年度业绩预告\n"
    "本公司及董事会全体成员保证公告内容真实、准确、完整，没有虚假记载。\n一、本期业绩预计情况\n"
    "1.业绩预告期间：2024年1月1日至2024年6月30日。\n2.预计归属于上市公司股东的净利润为9,000万元至9,600万元。\n"
    "二、业绩变动原因说明\n报告期内，新增产能逐步释放，单位成本下降，出货量较上年同期增长。\n特此公告。\n云帆科技股份有限公司董事会\n"
)
RELEASE = (
    "FOR IMMEDIATE RELEASE\n\nAcme Robotics Announces Second Quarter 2024 Results\n\n"
    "Acme Robotics, a maker of warehouse robots, today announced results for the quarter ended June 30, 2024.\n\n"
    "Revenue increased 14% to $1.3 billion. Operating income was $210 million, compared with $180 million a year earlier.\n\n"
    "The company repurchased 2.1 million shares. Actual results may differ from forward-looking statements.\n"
)
ARTICLE = (
    "远山科技的仓储机器人在去年进入了十二个国家，其中越南的出货量最高。据公司年报，海外收入占比达到四成，较前一年提高九个百分点。\n\n"
    "分析人士认为，单位成本的下降来自零部件的国产化。该公司在宁波的第二座工厂于三月投产，年产能为两万台。\n\n"
    "竞争对手同期的出货量下降百分之六。行业协会的数据显示，全年市场规模约为三百亿元，预计三年内翻一番。\n"
)
SPEECH = (
    "大家好，欢迎来到今天的发布会，我想先跟大家讲一个故事，去年这个时候我们只有三个人，然后我们就想，能不能把机器人做得便宜一点呢？\n\n"
    "其实这件事情很难，我们试了很多次，你们可能也看到了，最后我们做到了，谢谢大家的支持，我觉得这只是一个开始，对吧？\n\n"
    "接下来我给大家看一下我们的新产品，这个产品我自己每天都在用。\n"
)


@pytest.mark.parametrize("text", [ANNOUNCEMENT, RELEASE, ARTICLE], ids=["announcement", "release", "article"])
def test_what_nobody_spoke_is_a_document(parse, text: str) -> None:
    document = parse(text)
    assert document.kind is Kind.DOCUMENT
    assert document.speakers == ()
    assert document.exchanges == ()
    (placeholder,) = {passage.speaker for passage in document.passages}
    assert (placeholder.id, placeholder.role) == ("s0", Role.OTHER)
    assert placeholder.name == ("Document" if text is RELEASE else "文件")
    assert document.warnings == ()


def test_a_document_keeps_its_headings(parse) -> None:
    document = parse(ANNOUNCEMENT)
    assert document.title == "2024年半年度业绩预告"
    assert [passage.heading for passage in document.passages][-1] == "二、业绩变动原因说明"


def test_speech_of_nobody_named_is_still_speech(parse) -> None:
    talk = parse(SPEECH)
    assert talk.kind is Kind.SPOKEN
    assert [speaker.name for speaker in talk.speakers] == ["未署名"]
    assert "who speaks" in talk.warnings[0]


@pytest.mark.parametrize(("kind", "expected"), [("notes", Kind.DOCUMENT), ("call", Kind.SPOKEN)])
def test_front_matter_may_say_which(parse, kind: str, expected: Kind) -> None:
    assert (
        parse(f"---\ntitle: T\nkind: {kind}\n---\n\n{ARTICLE if kind == 'call' else SPEECH}", "a.md").kind is expected
    )


MEMO = (
    "# 远山_20240502\n**本文由程序生成，可能有误。**\n\n## Memo\n\n### 亮点\n- 收入创新高。 [(00:00:05) Ann Lee]\n- **毛利**: 改善两个点。 [(00:01:10) Bo Chen]\n\n"
    "## Transcript\n\n### Presentation\n\n**Ann Lee - Acme, Investor Relations**\n(00:00:05) Good morning, and welcome to all of you.\n"
    "(00:00:05) 早上好，欢迎各位。\n\n**Bo Chen - Acme, Chief Executive Officer**\n(00:01:10) Sales grew.\n(00:01:10) 收入增长了。\n\n"
    "(00:02:00) Margins rose.\n(00:02:00) 毛利率上升了。\n"
)


def test_a_memo_is_no_speech_and_its_record_is_told_twice(parse) -> None:
    call = parse(MEMO, "memo.txt")
    assert [(p.speaker.name, p.delivery, p.time.start, p.time.end) for p in call.passages] == [
        ("Ann Lee", Delivery.ORIGINAL, 5, 70), ("Ann Lee", Delivery.TRANSLATED, 5, 70),
        ("Bo Chen", Delivery.ORIGINAL, 70, 120), ("Bo Chen", Delivery.TRANSLATED, 70, 120),
        ("Bo Chen", Delivery.ORIGINAL, 120, None), ("Bo Chen", Delivery.TRANSLATED, 120, None),
    ]  # fmt: skip
    assert [p.text for p in call.non_speech if p.kind is NonSpeechKind.SUMMARY][2].startswith("- 收入创新高")
    alone = parse(MEMO.split("## Transcript", maxsplit=1)[0], "memo.txt")
    assert not [p for p in alone.non_speech if p.kind is NonSpeechKind.SUMMARY], "a memo by itself is the text"
    assert any("收入创新高" in p.text for p in alone.passages)


def test_a_summary_of_a_recorder_ends_with_the_first_speaker(parse) -> None:
    talk = parse(
        "沟通会\n\n全文摘要\n会议讨论了收入和毛利率。\n\n章节速览\n00:01 开场\n公司介绍了情况。\n\n发言人1 00:01\n大家好，我们开始吧。\n\n"
        "发言人2 05:20\n请问毛利率怎么看？\n\n发言人1 05:40\n保持稳定。\n"
    )
    assert [(p.speaker.name, p.time.start) for p in talk.passages] == [
        ("发言人1", 1),
        ("发言人2", 320),
        ("发言人1", 340),
    ]


@pytest.mark.parametrize(
    ("text", "runs"),
    [
        ("1、问：产能如何？ 答：两万吨。明年扩产。\n2、问：毛利率呢？ 答：稳定。\n", ["问", "答", "问", "答"]),
        ("Q1：产能如何？\nA1：两万吨。\n另有一条线在建。\nQ2：毛利率呢？\nA2：稳定。\n", ["Q", "A", "A", "Q", "A"]),
        ("问题一：产能如何？回答：两万吨。\n问题二：毛利率呢？回答：稳定。\n", ["提问", "回答", "提问", "回答"]),
        ("1、产能如何？\n\n答：两万吨。\n\n2、毛利率呢？\n\n答：稳定。\n", ["提问者", "答", "提问者", "答"]),
        ("Q1：产能如何？\n两万吨。\nQ2：毛利率呢？\n稳定。\n", ["Q", "回答者", "Q", "回答者"]),
        ("【问】产能如何？\n【答】两万吨。\n【远岸证券】毛利率呢？\n【答】稳定。\n", ["问", "答", "远岸证券", "答"]),
        ("Q: What drives margins?\nA: Mix, mostly.\nQ: And next year?\nA: We will say.\n", ["Q", "A", "Q", "A"]),
        ("提问1：产能如何？\n回复：两万吨。\n提问2：毛利率呢？\n回复：稳定。\n", ["提问", "回复", "提问", "回复"]),
    ],
    ids=[
        "on one line",
        "numbered",
        "spelled out",
        "by number",
        "answers without labels",
        "brackets",
        "English",
        "replies",
    ],
)
def test_questions_and_answers_without_names(parse, text: str, runs: list[str]) -> None:
    talk = parse(text)
    assert [p.speaker.name for p in talk.passages] == runs
    assert [len(e.answers) for e in talk.exchanges] == [1, 1]


def test_quarters_are_no_questions(parse) -> None:
    call = parse(
        "Ann Lee: We report by quarter.\n\nQ1: revenue grew 5%.\n\nQ2: revenue grew 6%.\n\nBo Chen: Thank you.\n\nAnn Lee: Yes.\n"
    )
    assert [turn.speaker.name for turn in call.turns] == ["Ann Lee", "Bo Chen", "Ann Lee"]


def test_times_before_lines_are_those_of_the_passages(parse) -> None:
    talk = parse(
        "(00:00:05) We had a fine quarter, and you know it.\n(00:00:30.5) Thank you for asking.\n(01:00:00) That is all.\n"
    )
    assert [(p.time.start, p.time.end) for p in talk.passages] == [(5, 30.5), (30.5, 3600), (3600, None)]
    assert talk.kind is Kind.SPOKEN


def test_the_time_of_the_day_is_no_time_of_the_recording(parse) -> None:
    talk = parse(
        "张三 2024-05-02 20:00:05\n大家好，开始吧。\n\n李四 2024-05-02 20:01:10\n好的，我先说。\n\n张三 2024-05-02 20:02:00\n请讲。\n"
    )
    assert [(p.speaker.name, p.time) for p in talk.passages] == [("张三", None), ("李四", None), ("张三", None)]
