"""What operators, hosts and chiefs say around questions, in lines made up for this."""

from __future__ import annotations

import pytest

from indexer.transcripts import acts

HANDOVERS = (
    "Our first question comes from the line of Pat Quill with Harbor Securities. Please go ahead.",
    "Your next question comes from Lee Moor of Northway. Your line is open.",
    "We'll go next to Sam Orr with Harbor Securities.",
    "We will take our next question from Ann Bell of Westbank.",
    "Next question, please.",
    "Thank you. Next caller, please.",
    "Can we have the next question, please?",
    "Operator, next question please.",
    "Operator, we can now open the line for questions.",
    "Let's move on to the next question.",
    "Thank you, Ann. Let's take the next one.",
    "Moving on to our next question.",
    "We have time for one last question.",
    "The next question is a follow-up from Lee Moor.",
    "And our next question today is from the line of Sam Orr.",
    "Our final question today will come from Ann Bell at Westbank.",
    "Are there any further questions?",
    "Thank you. We are now going to proceed with our next question.",
    "Thank you. One moment for our next question.",
    "Please stand by for our next question.",
    "Let me hand over to the next analyst.",
    "We'll now begin the question-and-answer session.",
    "I'd like to open the call for questions.",
    "With that, let's open up the floor for Q&A.",
    "That concludes our prepared remarks. Operator, we're ready for questions.",
    "我们请下一位提问者。",
    "下一位，请。",
    "下一位分析师请提问。",
    "谢谢，下一个问题。",
    "接下来有请远汀证券的王总提问。",
    "请北岭银行的分析师提问。",
    "下一个问题来自北岭银行的Pat Quill，请讲。",
    "第一个问题来自远汀证券的Ann Bell。",
    "最后一个问题有请来自北岭银行的朋友。",
    "现在我们进入问答环节。",
    "下面进入互动交流环节，请各位投资者提问。",
    "請問還有沒有其他的問題？",
    "我們接下來請遠汀證券的分析師提問。",
    "接下来第二位提问的是来自北岭银行的分析师。",
    "好，謝謝。下一位請。",
    "大家还有什么问题吗？",
    "各位投资者如需提问请按星号1。",
    "您的线路已接通，请提问。",
    "操作员，请接下一位。",
    "我们来看下一个问题。",
)
FAREWELLS = (
    "That concludes today's conference call. Thank you for participating. You may now disconnect.",
    "Ladies and gentlemen, this concludes our Q&A session.",
    "There are no further questions at this time.",
    "Thank you all for joining us today.",
    "That's all the time we have for today.",
    "We've run out of time, so we will end here.",
    "If you have any further questions, please contact our IR team.",
    "That was the last question.",
    "This is the end of today's call.",
    "Thank you once again for joining today's call. If you have further questions, please feel free to contact us.",
    "今天的电话会议到此结束，感谢大家的参与。",
    "本次业绩说明会到此结束。",
    "由于时间关系，今天的提问就到这里。",
    "感谢各位投资者的关注，再见。",
    "今天的交流就到这儿，谢谢大家。",
    "法說會到此結束，謝謝各位的參與。",
    "如果各位还有其他问题，欢迎联系我们的投资者关系团队。",
    "感謝各位今天的蒞臨。",
    "谢谢大家，我们下个季度再见。",
)
ANSWERS = (
    "On the first question, margin will be up 200 basis points.",
    "For your second question, we see demand improving next year.",
    "To answer your first question, the capex is about 10 billion.",
    "I'll take the first question and Tom can take the second one.",
    "Great question. We are seeing strong growth in cloud.",
    "We open 100 stores in the next quarter for customers with questions about quality.",
    "We expect the trend to end in the second half of this year.",
    "Thank you for the question. We closed three stores today.",
    "We look forward to sharing more at our investor day.",
    "We'll continue to invest in AI and take the opportunity going forward.",
    "The next question is whether the consumer comes back, and we believe so.",
    "It's a question of mix from the line of business we sold.",
    "We get this question from investors a lot.",
    "The last one on tax, it is 20%.",
    "Thanks for the question, Lee. Yes, we do.",
    "We are closing the transaction with the end of the quarter and have time to integrate.",
    "第一个问题，关于利润率，我们预计提升两个点。",
    "我来回答第二个问题。",
    "关于您的第一个问题，资本开支是一百亿。",
    "首先感谢您的提问。收入增长了10%。",
    "谢谢你的问题，我们认为市场会回暖。",
    "我们预计价格战会在今年结束。",
    "下一个季度我们会继续投入。",
    "来自海外的收入占三成。",
    "第二个问题请秦以宁来回答。",
    "感谢大家对公司的关心，毛利率下降主要是原材料涨价。",
    "我们会请客户提问，听取反馈。",
    "这个项目的建设已经开始，明年结束。",
    "下一位竞争对手的情况我们不评论。",
    "最后一个问题，关于分红，我们维持30%。",
    "我们还有很多问题需要解决。",
    "如果有问题我们会及时与供应商联系。",
    "再次感谢团队的努力。",
    "感谢您的关注，公司毛利率保持稳定。",
    "谢谢大家对公司的支持。产能年底达到十万吨。",
    "我们希望下个季度毛利率回升。",
    "We can't take price any further this year.",
    "That is all organic growth.",
    "We appreciate the interest in our shares.",
)


@pytest.mark.parametrize("line", HANDOVERS)
def test_a_handover_is_known_and_says_nothing_else(line: str) -> None:
    assert acts.hands_over(line)
    assert acts.only_hands_over(line, frozenset({"ann"}))


@pytest.mark.parametrize("line", FAREWELLS)
def test_a_farewell_is_known_and_says_nothing_else(line: str) -> None:
    assert acts.closes(line)
    assert acts.only_hands_over(line)


@pytest.mark.parametrize("line", ANSWERS)
def test_an_answer_is_neither(line: str) -> None:
    assert not acts.hands_over(line)
    assert not acts.closes(line)


@pytest.mark.parametrize(
    ("line", "now"),
    [
        ("After the presentation, there will be a question-and-answer session.", False),
        ("Following the remarks we will open the call for questions.", False),
        ("管理层发言结束后，我们将进入问答环节。", False),
        ("随后是问答环节。", False),
        ("We'll begin with prepared remarks, and then take your questions.", False),
        ("Today's call will include prepared remarks followed by Q&A.", False),
        ("We will now open the call for questions.", True),
        ("现在进入提问环节。", True),
        ("I will now turn to questions.", True),
        ("那么我們現在開始問答。", True),
        ("The first question is from Pat Quill.", True),
    ],
)
def test_questions_that_begin_now_are_told_from_those_that_follow_later(line: str, *, now: bool) -> None:
    assert acts.opens_questions(line) is now
