"""Who asked what, who answered, and what belongs to no question, in calls made up for this."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from indexer.model import Delivery, LineSpan, Role, Section, Speaker
from indexer.transcripts.passages import assemble
from indexer.transcripts.turns import Speech, SpokenTurn

if TYPE_CHECKING:
    from indexer.transcripts.passages import Said

PEOPLE = {
    "Operator": Speaker("s0", "Operator", role=Role.OPERATOR),
    "主持人": Speaker("s0", "主持人", role=Role.OPERATOR),
    "Dana": Speaker("s1", "Dana Reed", title="Vice President, Investor Relations", role=Role.MANAGEMENT),
    "林悦": Speaker("s1", "林悦", title="投资者关系总监", role=Role.MANAGEMENT),
    "Ines": Speaker("s2", "Ines Ferreira", title="Chief Executive Officer", role=Role.MANAGEMENT),
    "沈望川": Speaker("s2", "沈望川", title="首席执行官", role=Role.MANAGEMENT),
    "Tom": Speaker("s3", "Tom Blake", title="Chief Financial Officer", role=Role.MANAGEMENT),
    "秦以宁": Speaker("s3", "秦以宁", title="首席财务官", role=Role.MANAGEMENT),
    "Paul": Speaker("s4", "Paul Okafor", affiliation="Harbor Securities", role=Role.ANALYST),
    "Mia": Speaker("s5", "Mia Lund", affiliation="Harbor Securities", role=Role.ANALYST),
    "Wei": Speaker("s6", "Wei Tan", affiliation="Northway", role=Role.ANALYST),
    "Interpreter": Speaker("s7", "Interpreter", role=Role.OTHER),
    "翻译": Speaker("s7", "翻译", role=Role.OTHER),
    "Unidentified Analyst": Speaker("s8", "Unidentified Analyst", role=Role.ANALYST),
    "Unidentified Speaker": Speaker("s9", "Unidentified Speaker", role=Role.OTHER),
    "问": Speaker("s10", "问", role=Role.ANALYST),
    "答": Speaker("s11", "答", role=Role.MANAGEMENT),
    "Q": Speaker("s10", "Q", role=Role.ANALYST),
    "A": Speaker("s11", "A", role=Role.MANAGEMENT),
}


def said(*lines: str, people: dict[str, Speaker] = PEOPLE) -> Said:
    """Return what becomes of lines "Name: words / words", each a turn with a paragraph at each stroke."""
    turns = []
    for number, line in enumerate(lines, 1):
        head, words = line.split(": ", 1)
        opens = Section.QA if head.startswith("# ") else None
        name = head.removeprefix("# ").rstrip("?!")
        asks = {"?": True, "!": False}.get(head[-1])
        speeches = tuple(
            Speech(text, LineSpan(number, number), None, None, Delivery.UNKNOWN) for text in words.split(" / ")
        )
        turns.append(SpokenTurn(people[name], opens, speeches, asks=asks))
    return assemble("call", turns)


def told(record: Said) -> list[tuple[str, list[str], dict[str, list[str]]]]:
    """Return the exchanges: the asker, the question's texts, and the answers' texts by speaker."""
    text = {passage.id: passage.text for passage in record.passages}
    return [
        (
            exchange.asker.name,
            [text[id_] for id_ in exchange.question_ids],
            {answer.speaker.name: [text[id_] for id_ in answer.passage_ids] for answer in exchange.answers},
        )
        for exchange in record.exchanges
    ]


def in_none(record: Said) -> list[str]:
    """Return the texts from the first question on that belong to no exchange."""
    return [p.text for p in record.passages if p.section is Section.QA and p.exchange_id is None]


OPENING = (
    "Operator: Good day, and welcome. There will be a question-and-answer session after the remarks.",
    "Dana: Thank you. With me are Ines Ferreira and Tom Blake.",
    "Ines: Sales rose by a tenth.",
    "Tom: Costs fell. We will now take your questions.",
)


def test_follow_ups_thanks_and_several_answers_are_one_exchange() -> None:
    record = said(
        *OPENING,
        "Operator: Our first question comes from the line of Paul Okafor with Harbor Securities. Please go ahead.",
        "Paul: What drives margins?",
        "Ines: Do you mean gross margins?",
        "Paul: Yes, gross.",
        "Ines: Mix, mostly.",
        "Tom: And freight.",
        "Paul: And next year?",
        "Tom: More of the same.",
        "Paul: Great, thank you.",
        "Tom: Thanks, Paul.",
        "Operator: Our next question comes from Wei Tan of Northway.",
        "Wei: How is China?",
        "Ines: Growing.",
        "Operator: This concludes our question-and-answer session. I hand back to Ines Ferreira for closing remarks.",
        "Ines: We are proud of this team.",
        "Operator: You may now disconnect.",
    )
    assert told(record) == [
        (
            "Paul Okafor",
            ["What drives margins?", "Yes, gross.", "And next year?", "Great, thank you."],
            {
                "Ines Ferreira": ["Do you mean gross margins?", "Mix, mostly."],
                "Tom Blake": ["And freight.", "More of the same.", "Thanks, Paul."],
            },
        ),
        ("Wei Tan", ["How is China?"], {"Ines Ferreira": ["Growing."]}),
    ]
    assert in_none(record)[-2:] == ["We are proud of this team.", "You may now disconnect."]


def test_the_same_analyst_coming_back_asks_anew() -> None:
    record = said(
        *OPENING,
        "Operator: The first question is from Paul Okafor.",
        "Paul: What drives margins?",
        "Ines: Mix.",
        "Operator: The next question is from Wei Tan.",
        "Wei: How is China?",
        "Ines: Growing.",
        "Operator: We have a follow-up question from Paul Okafor.",
        "Paul: Where is freight going?",
        "Tom: Down.",
    )
    assert [asker for asker, _, _ in told(record)] == ["Paul Okafor", "Wei Tan", "Paul Okafor"]


def test_an_operator_who_only_interrupts_ends_nothing() -> None:
    record = said(
        *OPENING,
        "Operator: The first question is from Paul Okafor.",
        "Paul: What drives",
        "Operator: Mr. Okafor, your line was cut. Could you repeat that?",
        "Paul: What drives margins?",
        "Ines: Mix.",
        "Operator: Mr. Okafor, are you still there?",
        "Paul: I am. And freight?",
        "Tom: Down.",
    )
    ((_, question, answers),) = told(record)
    assert question == ["What drives", "What drives margins?", "I am. And freight?"]
    assert answers == {"Ines Ferreira": ["Mix."], "Tom Blake": ["Down."]}


def test_two_analysts_of_one_firm_are_two_askers() -> None:
    record = said(
        *OPENING,
        "Operator: The next question is from Harbor Securities.",
        "Paul: What drives margins?",
        "Ines: Mix.",
        "Mia: It is Mia here, on the same line. How many stores will open?",
        "Ines: Forty.",
    )
    assert [(asker, list(answers.values())) for asker, _, answers in told(record)] == [
        ("Paul Okafor", [["Mix."]]),
        ("Mia Lund", [["Forty."]]),
    ]


def test_an_interpreter_goes_where_the_words_went_that_are_rendered() -> None:
    record = said(
        *OPENING,
        "Operator: The first question is from Wei Tan.",
        "Wei: 请问利润率怎么看？",
        "Interpreter: How do you see margins?",
        "Ines: 会上升。",
        "Interpreter: They will rise.",
        "Operator: That was the last question, and this ends the call.",
        "Interpreter: 会议到此结束。",
    )
    assert told(record) == [
        (
            "Wei Tan",
            ["请问利润率怎么看？", "How do you see margins?"],
            {"Ines Ferreira": ["会上升。", "They will rise."]},
        )
    ]
    assert in_none(record)[-1] == "会议到此结束。"


def test_an_interpreter_may_be_the_only_one_heard_answering() -> None:
    record = said(
        *OPENING,
        "Operator: The first question is from Wei Tan.",
        "Wei: How do you see margins?",
        "Interpreter: They will rise by a point.",
        "Operator: The next question is from Paul Okafor.",
        "Paul: And freight?",
        "Interpreter: It will fall.",
    )
    assert [answers for _, _, answers in told(record)] == [
        {"Interpreter": ["They will rise by a point."]},
        {"Interpreter": ["It will fall."]},
    ]


@pytest.mark.parametrize(
    "handover",
    [
        "好的，谢谢。我们请下一位。",
        "谢谢您的提问，下一个问题来自远汀证券的分析师。",
        "下面有请下一位投资者提问。",
        "由于时间关系，我们再回答最后一个问题，有请。",
        "感谢两位的解答。請問還有其他問題嗎？",
        "我們請下一位提問者，謝謝。",
        "Thank you, Wei. Next question please.",
        "Great. Operator, could we have the next question?",
        "Let's take one more question.",
    ],
)
def test_a_host_without_an_operator_hands_over(handover: str) -> None:
    record = said(
        "林悦: 欢迎参加业绩会，先请管理层介绍。",
        "沈望川: 本季度收入增长一成。",
        "秦以宁: 成本下降。",
        "林悦: 现在进入问答环节，有请第一位分析师。",
        "Wei: 请问利润率怎么看？",
        "沈望川: 会上升。",
        f"林悦: {handover}",
        "Paul: 明年开多少家店？",
        "秦以宁: 四十家。",
        "林悦: 今天的会议到此结束，感谢各位参与，再见。",
    )
    assert told(record) == [
        ("Wei Tan", ["请问利润率怎么看？"], {"沈望川": ["会上升。"]}),
        ("Paul Okafor", ["明年开多少家店？"], {"秦以宁": ["四十家。"]}),
    ]
    assert [p.section for p in record.passages].index(Section.QA) == 3


def test_a_host_who_answers_and_one_who_names_the_answerer() -> None:
    record = said(
        "林悦: 欢迎参加业绩会。",
        "沈望川: 收入增长一成。",
        "秦以宁: 成本下降。",
        "林悦: 现在开始提问。",
        "Wei: 派息率会变吗？明年开多少家店？",
        "林悦: 谢谢，这个问题请秦总来回答。",
        "秦以宁: 派息率不变。",
        "林悦: 我补充一点，关于第二个问题，开店计划在年报第12页，是四十家。",
    )
    ((_, question, answers),) = told(record)
    assert question == ["派息率会变吗？明年开多少家店？"]
    assert answers == {
        "秦以宁": ["派息率不变。"],
        "林悦": ["我补充一点，关于第二个问题，开店计划在年报第12页，是四十家。"],
    }


def test_questions_that_a_host_reads_out() -> None:
    record = said(
        *OPENING,
        "Operator: The first question is from Wei Tan.",
        "Wei: How is China?",
        "Ines: Growing.",
        "Operator: There are no further questions on the line.",
        "Dana: We have two from the webcast. The first one: will you raise the dividend?",
        "Tom: We keep it.",
        "Dana: The next question comes from the web: how many people do you employ?",
        "Ines: About nine hundred.",
        "Tom: Nine hundred and four.",
        "Dana: That is all we have time for. Thank you for joining us.",
    )
    assert told(record)[1:] == [
        (
            "Dana Reed",
            ["We have two from the webcast. The first one: will you raise the dividend?"],
            {"Tom Blake": ["We keep it."]},
        ),
        (
            "Dana Reed",
            ["The next question comes from the web: how many people do you employ?"],
            {"Ines Ferreira": ["About nine hundred."], "Tom Blake": ["Nine hundred and four."]},
        ),
    ]


def test_questions_of_investors_read_out_at_a_briefing_without_analysts() -> None:
    people = {
        **PEOPLE,
        "主持人": Speaker("s0", "主持人", role=Role.OTHER),
        "沈望川": Speaker("s2", "沈望川", title="董事长", role=Role.OTHER),
    }
    record = said(
        "主持人: 欢迎参加业绩说明会。",
        "沈望川: 各位好，去年收入增长一成。",
        "主持人: 下面回答投资者的问题。",
        "主持人: 有投资者提问：公司明年的分红政策如何？",
        "沈望川: 不低于三成。",
        "主持人: 来自互动平台的提问：海外工厂何时投产？",
        "沈望川: 六月。",
        "主持人: 说明会到此结束，感谢大家的参与。",
        people=people,
    )
    assert [(asker, list(answers.values())) for asker, _, answers in told(record)] == [
        ("主持人", [["不低于三成。"]]),
        ("主持人", [["六月。"]]),
    ]


@pytest.mark.parametrize(("ask", "answer"), [("问", "答"), ("Q", "A")])
def test_each_labelled_question_is_an_exchange(ask: str, answer: str) -> None:
    record = said(
        f"{ask}: 公司产能如何？",
        f"{answer}: 年底达到十万吨。 / 另有五万吨在建。",
        f"{ask}: 价格怎么看？",
        f"{answer}: 会企稳。",
        f"{ask}: 分红呢？",
        f"{answer}: 三成。",
    )
    assert [list(answers.values()) for _, _, answers in told(record)] == [
        [["年底达到十万吨。", "另有五万吨在建。"]],
        [["会企稳。"]],
        [["三成。"]],
    ]


def test_a_talk_has_no_exchanges() -> None:
    people = {
        "主持人": Speaker("s1", "主持人", role=Role.OTHER),
        "Ada": Speaker("s2", "Ada Byron", role=Role.OTHER),
    }
    talk = said(
        "主持人: 欢迎收听。第一个问题，您为什么写程序？",
        "Ada: 因为好玩。",
        "主持人: 下一个问题，您最近在做什么？",
        "Ada: 写书。",
        people=people,
    )
    assert talk.exchanges == ()
    assert {passage.section for passage in talk.passages} == {Section.PREPARED}


def test_an_unknown_asker_is_an_asker() -> None:
    record = said(
        *OPENING,
        "Operator: The first question is from Wei Tan.",
        "Wei: How is China?",
        "Ines: Growing.",
        "Operator: Next question, please.",
        "Unidentified Analyst: Will you buy back shares?",
        "Tom: Yes.",
        "Unidentified Analyst: How many?",
        "Tom: A tenth.",
        "Operator: Next question, please.",
        "Unidentified Analyst: What of tariffs?",
        "Ines: We shall see.",
        "Operator: Next question, please.",
        "Unidentified Speaker: Could you say more about hiring?",
        "Ines: We hire forty.",
    )
    assert [(asker, len(question)) for asker, question, _ in told(record)] == [
        ("Wei Tan", 1), ("Unidentified Analyst", 2), ("Unidentified Analyst", 1), ("Unidentified Speaker", 1),
    ]  # fmt: skip


def test_farewell_at_the_end_of_the_last_answer_answers_nobody() -> None:
    record = said(
        *OPENING,
        "Operator: The last question is from Wei Tan.",
        "Wei: How is China?",
        "Ines: Growing. / It is a tenth of sales. / Well, that was our last question. Let me say what we stand for."
        " / We build robots. / Thank you all for joining us today.",
        "Operator: You may now disconnect.",
    )
    ((_, _, answers),) = told(record)
    assert answers == {"Ines Ferreira": ["Growing.", "It is a tenth of sales."]}


def test_an_answer_that_ends_in_a_handover_keeps_its_words_only() -> None:
    record = said(
        "Ines: Sales rose.",
        "Tom: Costs fell.",
        "Wei: How is China?",
        "Ines: Growing. / Next question, please.",
        "Paul: And freight?",
        "Tom: On your first question last year I said it would fall, and it did.",
        "Ines: Thank you for your questions, Paul.",
    )
    assert told(record) == [
        ("Wei Tan", ["How is China?"], {"Ines Ferreira": ["Growing."]}),
        (
            "Paul Okafor",
            ["And freight?"],
            {
                "Tom Blake": ["On your first question last year I said it would fall, and it did."],
                "Ines Ferreira": ["Thank you for your questions, Paul."],
            },
        ),
    ]


def test_who_says_only_that_all_was_asked_asks_nothing() -> None:
    record = said(
        *OPENING,
        "Operator: The first question is from Paul Okafor.",
        "Paul: How is China?",
        "Ines: Growing.",
        "Operator: The next question is from Wei Tan.",
        "Wei: Thanks, my question has been answered already.",
        "Operator: The next question is from Mia Lund.",
        "Mia: And freight?",
        "Tom: Down.",
    )
    assert [asker for asker, _, _ in told(record)] == ["Paul Okafor", "Mia Lund"]


def test_what_the_format_says_of_a_turn_is_believed() -> None:
    people = {name: Speaker(name, name) for name in ("甲", "乙", "丙")}
    record = said(
        "乙: 收入增长一成。",
        "甲?: 利润率会上升。对吗？",
        "乙!: 是的。",
        "丙!: 我同意，还会快一些。",
        "丙?: 明年呢？",
        "乙!: 明年再说。",
        people=people,
    )
    assert [(asker, list(answers)) for asker, _, answers in told(record)] == [("甲", ["乙", "丙"]), ("丙", ["乙"])]
    assert [passage.section for passage in record.passages][:2] == [Section.PREPARED, Section.QA]


def test_roles_come_out_of_the_course_of_a_call_that_has_numbers_for_names() -> None:
    people = {name: Speaker(f"s{name}", f"Speaker {name}") for name in "12345"}
    record = said(
        "1: Welcome to the call. I hand over to the chief executive.",
        "2: Sales rose by a tenth.",
        "1: Our first question comes from the line of Pat Quill at Harbor. Please go ahead.",
        "3: What drives margins?",
        "2: Mix.",
        "1: The next question comes from Lee Moor at Northway.",
        "4: How is China?",
        "2: Growing.",
        "5: And India too.",
        "1: There are no further questions. Goodbye.",
        people=people,
    )
    assert {speaker.name: speaker.role for speaker in record.speakers} == {
        "Speaker 1": Role.OPERATOR,
        "Speaker 2": Role.MANAGEMENT,
        "Speaker 3": Role.ANALYST,
        "Speaker 4": Role.ANALYST,
        "Speaker 5": Role.MANAGEMENT,
    }
    assert [(asker, list(answers)) for asker, _, answers in told(record)] == [
        ("Speaker 3", ["Speaker 2"]),
        ("Speaker 4", ["Speaker 2", "Speaker 5"]),
    ]


def test_passage_ids_hang_on_words_alone() -> None:
    lines = ("Wei: How is China?", "Ines: Growing.", "Wei: Thank you.", "Ines: Thank you.")
    known = {passage.text: passage.id for passage in said(*lines).passages[:2]}
    other = {**PEOPLE, "Ines": Speaker("s9", "I. Ferreira", title="Chair"), "Wei": Speaker("s8", "Tan Wei")}
    longer = said("Operator: Welcome.", *lines[:1], "Tom: Well.", *lines[1:], people=other)
    assert {p.text: p.id for p in longer.passages if p.text in known} == known
    assert len({passage.id for passage in longer.passages}) == len(longer.passages)
