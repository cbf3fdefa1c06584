"""Layouts of calls and meetings, English and Chinese: who speaks, in which section, in answer to what."""

from __future__ import annotations

import pytest

from indexer.model import Delivery, NonSpeechKind, Role, Section

ENGLISH = """Acme Robotics (ACRB) Q2 2024 Earnings Call Transcript
Aug 1, 2024, 5:00 p.m. ET

Prepared Remarks:

Operator
Good afternoon, and welcome to the Acme Robotics second quarter 2024 earnings call. [Operator instructions]

Dana Reed{dash}Vice President, Investor Relations
Thank you, operator. With me today are our chief executive and our chief financial officer.

Ines Ferreira{dash}Chief Executive Officer
Revenue grew 14%: a record.
We shipped 1,200 units -- the most ever.

Questions and Answers:

Operator
Our first question comes from Paul Okafor with Harbor Securities. Please go ahead.

Paul Okafor{dash}Harbor Securities -- Analyst
Thanks. What drives margins?

Ines Ferreira{dash}Chief Executive Officer
Mix, mostly. Tom can add to that.

Tom Blake{dash}Chief Financial Officer
Freight fell by two points.

Paul Okafor{dash}Harbor Securities -- Analyst
And next year?

Tom Blake{dash}Chief Financial Officer
We will say in November.

Operator
Our next question comes from Mia Lund with Northway. Please go ahead.

Mia Lund{dash}Northway -- Analyst
How is China?

Ines Ferreira{dash}Chief Executive Officer
Growing.

Operator
That concludes our questions. I hand back to Ines Ferreira for closing remarks.

Ines Ferreira{dash}Chief Executive Officer
Thank you all for joining.

Call participants:

Dana Reed{dash}Vice President, Investor Relations
Ines Ferreira{dash}Chief Executive Officer
Tom Blake{dash}Chief Financial Officer
Paul Okafor{dash}Harbor Securities -- Analyst
Mia Lund{dash}Northway -- Analyst
"""


@pytest.mark.parametrize("dash", [" -- ", " — ", " – ", "\n--\n"], ids=["hyphens", "em", "en", "three lines"])
def test_english_call_with_name_and_title_on_the_speaker_line(parse, dash: str) -> None:
    call = parse(ENGLISH.replace("{dash}", dash))
    assert (call.title, call.company, call.ticker) == (
        "Acme Robotics (ACRB) Q2 2024 Earnings Call Transcript",
        "Acme Robotics",
        "ACRB",
    )
    assert (call.period, call.date, call.language) == ("2024Q2", "2024-08-01", "en")
    people = {s.name: (s.title, s.affiliation, s.role) for s in call.speakers}
    assert people["Operator"] == (None, None, Role.OPERATOR)
    assert people["Ines Ferreira"] == ("Chief Executive Officer", None, Role.MANAGEMENT)
    assert people["Paul Okafor"] == ("Harbor Securities -- Analyst", "Harbor Securities", Role.ANALYST)
    exchanges = [(e.asker.name, len(e.question_ids), [a.speaker.name for a in e.answers]) for e in call.exchanges]
    assert exchanges == [("Paul Okafor", 2, ["Ines Ferreira", "Tom Blake"]), ("Mia Lund", 1, ["Ines Ferreira"])]
    assert call.passages[-1].exchange_id is None
    sections = list(dict.fromkeys(p.section for p in call.passages))
    assert sections == [Section.INTRO, Section.PREPARED, Section.QA]
    assert [p.speaker.name for p in call.passages if p.section is Section.INTRO] == ["Operator", "Dana Reed"]
    participants = [n for n in call.non_speech if n.kind is NonSpeechKind.PARTICIPANTS]
    assert len(participants) >= 6


def test_name_lines_are_known_from_the_lists_above(parse) -> None:
    call = parse(
        "Acme, Inc. (NASDAQ:ACRB) Q1 2018 Earnings Conference Call April 17, 2018 4:30 PM ET\n"
        "Executives\nDana Reed - Investor Relations\nInes Ferreira - President, Chief Executive Officer\n"
        "Analysts\nPaul Okafor - Harbor Securities\nMia Lund - Northway\n"
        "Operator\nGood day. I would like to turn the call over to Dana Reed.\n"
        "Dana Reed\nThank you, and good afternoon to all of you.\n"
        "Ines Ferreira\nGood afternoon. We had a fine quarter.\n"
        "Question-and-Answer Session\nOperator\nThe first question is from the line of Paul Okafor.\n"
        "Paul Okafor\nThanks. How is demand?\nInes Ferreira\nDemand is strong.\n"
    )
    assert (call.company, call.ticker, call.period, call.date) == ("Acme, Inc.", "ACRB", "2018Q1", "2018-04-17")
    assert [t.speaker.name for t in call.turns] == [
        "Operator", "Dana Reed", "Ines Ferreira", "Operator", "Paul Okafor", "Ines Ferreira",
    ]  # fmt: skip
    okafor = next(s for s in call.speakers if s.name == "Paul Okafor")
    assert (okafor.role, okafor.affiliation) == (Role.ANALYST, "Harbor Securities")
    assert [(e.asker.name, len(e.answers)) for e in call.exchanges] == [("Paul Okafor", 1)]


@pytest.mark.parametrize("colon", [":", "："])
def test_words_on_the_line_of_the_speaker(parse, colon: str) -> None:
    meeting = parse(
        f"王敏{colon}今天讨论三个议题。\n\nLena Fischer{colon} I have the numbers: 42% growth.\n\n王敏{colon}请先讲第一个。\n\n"
        f"Lena Fischer{colon} Sure. At 9:30 we start.\n\n注意这里没有人名。\n"
    )
    assert [(t.speaker.name, len(t.passage_ids)) for t in meeting.turns] == [
        ("王敏", 1), ("Lena Fischer", 1), ("王敏", 1), ("Lena Fischer", 2),
    ]  # fmt: skip
    assert meeting.passages[1].text == "I have the numbers: 42% growth."
    assert [p.language for p in meeting.passages] == ["zh", "en", "zh", "en", "zh"]
    assert meeting.exchanges == ()
    assert {p.section for p in meeting.passages} == {Section.PREPARED}


def test_chinese_analysts_by_firm_and_a_full_stop_of_the_page(parse) -> None:
    call = parse(
        "远山科技2024年第三季度业绩电话会实录\n\n以下是电话会议实录：\n\n"
        "摩根士丹利(92.83, 0.27, 0.29%)分析师Keith Weiss：市场上有很多消息。你们怎么看？\n\n"
        "萨提亚·纳德拉：谢谢提问。我们会投入。\n\n关于第二点：我们有耐心。\n\n"
        "Wolfe研究分析师Alex Zukin：利润率呢？\n\n艾米·胡德：会改善。（完）\n\n阅读前一篇\n\n登录\n"
    )
    assert [(s.name, s.affiliation, s.role) for s in call.speakers] == [
        ("Keith Weiss", "摩根士丹利", Role.ANALYST),
        ("萨提亚·纳德拉", None, Role.MANAGEMENT),
        ("Alex Zukin", "Wolfe研究", Role.ANALYST),
        ("艾米·胡德", None, Role.MANAGEMENT),
    ]
    assert [(e.asker.name, e.answers[0].speaker.name, len(e.answers[0].passage_ids)) for e in call.exchanges] == [
        ("Keith Weiss", "萨提亚·纳德拉", 2),
        ("Alex Zukin", "艾米·胡德", 1),
    ]
    assert (call.company, call.period) == ("远山科技", "2024Q3")
    assert [n.text for n in call.non_speech if n.kind is NonSpeechKind.NAVIGATION][-2:] == ["阅读前一篇", "登录"]


def test_markdown_headings_and_speakers(parse) -> None:
    talk = parse(
        "# 2024-05-12 技术访谈\n\n## 开源\n\n### 林小雨：\n\n欢迎收听。\n\n### Ada Byron:\n\n谢谢邀请。\n\n很高兴来。\n\n"
        "## 民主\n\n### 林小雨：\n\n第二个话题。\n\n### Ada Byron:\n\n好。\n",
        "talk.md",
    )
    assert talk.title == "2024-05-12 技术访谈"
    assert talk.date == "2024-05-12"
    assert [t.speaker.name for t in talk.turns] == ["林小雨", "Ada Byron", "林小雨", "Ada Byron"]
    assert [p.heading for p in talk.passages] == ["开源", "开源", "开源", "民主", "民主"]
    assert {s.role for s in talk.speakers} == {Role.OTHER}


def test_bold_labels_that_come_again_and_again_are_speakers(parse) -> None:
    lines = [
        "**主持人**: 先说第一点。",
        "**财老师**: 好的，我来说。",
        "**主持人**: 第二点呢？",
        "**财老师**: 这个难。",
    ] * 2
    talk = parse("\n\n".join(lines), "talk.md")
    assert [s.name for s in talk.speakers] == ["主持人", "财老师"]
    assert talk.passages[1].text == "好的，我来说。"
    assert {s.role for s in talk.speakers} == {Role.OTHER}


@pytest.mark.parametrize(
    ("text", "names", "first"),
    [
        ("[00:00:01] Ann Lee: Good morning.\n[00:00:09] Bo Chen: Hello.\n", ["Ann Lee", "Bo Chen"], "Good morning."),
        ("张三 00:00:05\n大家好，开始吧。\n李四 00:01:10\n好的，我先说。\n", ["张三", "李四"], "大家好，开始吧。"),
        (
            "发言人1 00:05\n大家好，开始吧。\n发言人2 01:10\n好的，我先说。\n",
            ["发言人1", "发言人2"],
            "大家好，开始吧。",
        ),
        ("Speaker 1: Hello there.\nSpeaker 2: Hello to you.\n", ["Speaker 1", "Speaker 2"], "Hello there."),
    ],
    ids=["bracketed time", "name and time", "numbered in Chinese", "numbered"],
)
def test_cues_of_recorders(parse, text: str, names: list[str], first: str) -> None:
    meeting = parse(text)
    assert [t.speaker.name for t in meeting.turns] == names
    assert meeting.passages[0].text == first


def test_times_before_paragraphs_are_marks(parse) -> None:
    call = parse(
        "**Jason Wang - MediaTek, Investor Relation**\n(00:00:00) We are pleased to be here.\n(00:00:00) 我们很高兴来到这里。\n\n"
        "**Jessie Wang - MediaTek, Investor Relation**\n(00:00:12) Thank you, Jason. Sales grew.\n"
    )
    assert [(t.speaker.name, len(t.passage_ids)) for t in call.turns] == [("Jason Wang", 2), ("Jessie Wang", 1)]
    assert call.speakers[0].affiliation == "MediaTek"
    assert [p.text for p in call.passages][:2] == ["We are pleased to be here.", "我们很高兴来到这里。"]
    assert [n.text for n in call.non_speech if n.kind is NonSpeechKind.TIME_MARK] == [
        "(00:00:00)",
        "(00:00:00)",
        "(00:00:12)",
    ]


def test_text_without_speakers_is_honestly_unattributed(parse) -> None:
    notes = parse("客户拜访纪要\n\n客户希望三月前上线。\n\n预算还没有批。\n")
    assert [(s.name, s.role) for s in notes.speakers] == [("未署名", Role.OTHER)]
    assert (notes.title, len(notes.passages)) == ("客户拜访纪要", 2)
    assert {p.delivery for p in notes.passages} == {Delivery.UNKNOWN}
    english = parse("The customer wants to go live by March. The budget is open.\n")
    assert english.speakers[0].name == "Unknown speaker"


def test_front_matter_says_what_the_text_is(parse) -> None:
    notes = parse(
        "---\ntitle: Customer visit\ncompany: Acme Robotics\nticker: ACRB\nperiod: 2024Q2\ndate: '2024-05-03'\n"
        "language: zh\nkind: notes\ntags:\n  - visit\n---\nThey asked for a discount.\n",
        "visit.md",
    )
    assert (notes.title, notes.company, notes.ticker) == ("Customer visit", "Acme Robotics", "ACRB")
    assert (notes.period, notes.date, notes.language) == ("2024Q2", "2024-05-03", "zh")
    assert [p.text for p in notes.passages] == ["They asked for a discount."]
    assert {n.kind for n in notes.non_speech} == {NonSpeechKind.FRONT_MATTER}


def test_a_rule_without_fields_is_no_front_matter(parse) -> None:
    assert len(parse("---\nJust words between rules.\n---\nMore words.\n").passages) == 2
    assert len(parse("---\nkey: value\nNo second rule here.\n").passages) == 2


def test_several_marks_in_a_turn_and_marks_in_the_label(parse) -> None:
    call = parse("张勇：（翻译）谢谢。\n\n（原话）我补充一句。\n\n张勇（原话）：再说一点。\n\nRob Lin:\n好的。\n")
    assert [p.delivery for p in call.passages] == [
        Delivery.TRANSLATED, Delivery.ORIGINAL, Delivery.ORIGINAL, Delivery.UNKNOWN,
    ]  # fmt: skip
    assert [t.speaker.name for t in call.turns] == ["张勇", "Rob Lin"]


def test_an_interpreter_is_translated_and_joins_the_question(parse) -> None:
    call = parse(
        "Questions and Answers:\nOperator\nThe first question comes from Wei Tan from Northway.\n"
        "Wei Tan -- Northway -- Analyst\n请问利润率怎么看？\nInterpreter\nHow do you see margins?\n"
        "Ines Ferreira -- Chief Executive Officer\nThey will rise.\n"
    )
    (exchange,) = call.exchanges
    assert len(exchange.question_ids) == 2
    assert [a.speaker.name for a in exchange.answers] == ["Ines Ferreira"]
    assert next(p.delivery for p in call.passages if p.speaker.name == "Interpreter") is Delivery.TRANSLATED


def test_names_are_merged_on_evidence_only(parse) -> None:
    text = (
        "介绍\n\nRob Lin 林建达\n远汀集团投资者关系主管\n（翻译）\n出席会议的有首席执行官沈望川和电商总裁秦以宁。{call}\n\n"
        "集团概览\n\n沈望川\n远汀集团首席执行官\n（翻译）\n大家好，业绩不错。\n\n问答\n\nGrace Mok (Harbor):\n怎么看利润？\n\n"
        "秦以宁：\n会好的。\n\n林建达：\n会议到此结束。\n"
    )
    called = parse(text.replace("{call}", "下面请 Victor 发言。"))
    assert {s.name: s.other_names for s in called.speakers} == {
        "Rob Lin": ("林建达",), "沈望川": ("Victor",), "Grace Mok": (), "秦以宁": (),
    }  # fmt: skip
    assert next(s.title for s in called.speakers if s.name == "秦以宁") == "电商总裁"
    assert called.exchanges[0].answers[0].speaker.name == "秦以宁"
    assert called.passages[-1].exchange_id is None
    not_called = parse(text.replace("{call}", "Victor 也在场。"))
    assert all(not s.other_names for s in not_called.speakers if s.name == "沈望川")


def test_an_analyst_without_a_firm_is_known_from_the_operator(parse) -> None:
    call = parse(
        "Operator: Welcome to the Acme Robotics second quarter 2024 earnings call.\n\nInes Ferreira: We grew.\n\n"
        "Operator: Our first question comes from the line of Paul Okafor with Harbor Securities. Please go ahead.\n\n"
        "Paul Okafor: What about margins?\n\nInes Ferreira: They rose.\n\nOperator: That concludes the call.\n"
    )
    okafor = next(s for s in call.speakers if s.name == "Paul Okafor")
    assert (okafor.role, okafor.affiliation) == (Role.ANALYST, "Harbor Securities")
    assert next(s.role for s in call.speakers if s.name == "Ines Ferreira") is Role.MANAGEMENT
    assert [p.section for p in call.passages] == [
        Section.INTRO, Section.PREPARED, Section.QA, Section.QA, Section.QA, Section.QA,
    ]  # fmt: skip
    assert [(e.asker.name, len(e.answers)) for e in call.exchanges] == [("Paul Okafor", 1)]
    assert (call.company, call.period) == ("Acme Robotics", "2024Q2")


def test_a_file_of_two_labelled_lines_is_a_dialogue(parse) -> None:
    call = parse("张勇：收入增长百分之十。\n徐宏：成本下降。\n")
    assert [(p.speaker.name, p.text) for p in call.passages] == [("张勇", "收入增长百分之十。"), ("徐宏", "成本下降。")]
