"""Layouts of providers and tools of which no sample stands in the project: who speaks, for whom, and what nobody said."""

from __future__ import annotations

import pytest
from calls_read import speakers

from indexer.model import Person, Role
from indexer.transcripts import acts
from indexer.transcripts.given_people import cue_of
from indexer.transcripts.labels import read_label


def who(call) -> list[str]:
    return [turn.speaker.name for turn in call.turns]


def askers(call) -> list[str]:
    return [exchange.asker.name for exchange in call.exchanges]


def dropped(call, kind: str) -> list[str]:
    return [piece.text for piece in call.non_speech if piece.kind == kind]


OPENING = (
    "Operator\n\nGood day, and welcome to the Larkspur second quarter 2025 earnings call.\n\n"
    "Sara Quill--Investor Relations\n\nThank you. Here is Tom with the results of the quarter.\n\n"
    "Tom J. Blake--Chief Executive Officer\n\nWe had a good quarter, and orders are strong.\n\n"
)


def test_a_dash_without_blanks_parts_name_and_title(parse) -> None:
    call = parse(
        OPENING + "Operator\n\nOur first question comes from Paul Okafor of Elm Securities. Your line is open.\n\n"
        "Paul Okafor--Analyst\n\nHow did orders develop?\n\nTom J. Blake--Chief Executive Officer\n\nThey grew.\n\n"
        "Operator\n\nThe next question comes from Mei Chan. Your line is open.\n\n"
        "Mei Chan--Fir Capital -- Analyst\n\nAnd what of prices, which fell -- or so we hear?\n\n"
        "Tom J. Blake--Chief Executive Officer\n\nPrices are stable.\n"
    )
    assert speakers(call) == {
        "Operator": (None, None, "operator"),
        "Sara Quill": ("Investor Relations", None, "management"),
        "Tom J. Blake": ("Chief Executive Officer", None, "management"),
        "Paul Okafor": ("Analyst", "Elm Securities", "analyst"),
        "Mei Chan": ("Fir Capital -- Analyst", "Fir Capital", "analyst"),
    }
    assert askers(call) == ["Paul Okafor", "Mei Chan"]


def call_with(calls: str, asker: str) -> str:
    return (
        "Operator: Good day, and welcome to the Larkspur second quarter 2025 earnings call.\n\n"
        "Tom Blake: Thank you. We had a good quarter, and orders are strong.\n\n"
        f"Operator: {calls}\n\n{asker}: Could you tell us how orders developed in the quarter?\n\n"
        "Tom Blake: They grew in every region.\n\nOperator: There are no further questions. You may disconnect.\n"
    )


@pytest.mark.parametrize(
    ("calls", "asker", "firm"),
    [
        ("Our first question comes from Paul Okafor with J. B. Elm. Your line is open.", "Paul Okafor", "J. B. Elm"),
        ("Paul Okafor from Fir Capital has the next question.", "Paul Okafor", "Fir Capital"),
        ("Our next question is going to come from Will from Fir Capital.", "William Okafor", "Fir Capital"),
        ("We will now move on to Paul from Fir Capital.", "Paul James Okafor", "Fir Capital"),
        ("Next up from Fir Capital is Parker Okafor.", "J. Okafor", None),
    ],
)
def test_the_words_that_call_an_asker_tell_role_and_firm(parse, calls: str, asker: str, firm: str | None) -> None:
    call = parse(call_with(calls, asker))
    assert speakers(call)[asker] == (None, firm, "analyst")
    assert askers(call) == [asker]


@pytest.mark.parametrize(
    ("welcome", "title"),
    [
        ("Stepping in is our chief accounting officer, Tom Blake.", "chief accounting officer"),
        ("You will hear from Larkspur's CEO, Ana Lee, and he'll be followed by CFO, Tom Blake.", None),
        ("My thesis is supervised by a professor, as Tom Blake, my adviser is Ana Lee, knows.", None),
    ],
)
def test_a_title_is_no_clause(parse, welcome: str, title: str | None) -> None:
    call = parse(
        f"Sara Quill: Welcome to the call, everyone. {welcome}\n\nTom Blake: Thank you, Sara. Orders are strong.\n\n"
        "Sara Quill: Thank you, Tom.\n\nTom Blake: With pleasure.\n"
    )
    assert speakers(call)["Tom Blake"][0] == title


def test_the_listing_of_the_shares_is_no_speaker(parse) -> None:
    call = parse("NASDAQ:LARK\n\nLarkspur Tools\n\n" + call_with("Our first question comes from Ana Lee.", "Ana Lee"))
    assert who(call)[0] == "Operator"


def test_names_in_capitals_with_a_firm_behind_a_comma(parse) -> None:
    call = parse(
        "TOM BLAKE, GROUP CEO: Welcome, all. We had a good quarter, and orders are strong.\n\n"
        "PAUL OKAFOR, ELM: Good morning. How did orders develop?\n\nTOM BLAKE: They grew.\n\n"
        "MEI CHAN, FIR AND SONS: What of prices in the second half?\n\nTOM BLAKE: They are stable.\n"
    )
    assert speakers(call) == {
        "TOM BLAKE": ("GROUP CEO", None, "management"),
        "PAUL OKAFOR": (None, "ELM", "analyst"),
        "MEI CHAN": (None, "FIR AND SONS", "analyst"),
    }
    assert askers(call) == ["PAUL OKAFOR", "MEI CHAN"]


def test_a_speech_in_points_without_full_stops_is_kept(parse) -> None:
    points = [f"- We delivered on point {number} of our plan, as we said in the spring" for number in range(9)]
    text = "Larkspur second quarter 2025 results\n\nTranscript\n\n"
    text += "\n\n".join(points) + "\n\n- Profit was up 17% year on year\n\n"
    call = parse(text + call_with("Our first question comes from Ana Lee.", "Ana Lee"))
    said = " ".join(passage.text for passage in call.passages)
    assert all(point.removeprefix("- ") in said for point in points)
    assert "Profit was up 17%" in said


def test_who_asks_amid_analysts_is_one_though_no_line_gives_a_firm(parse) -> None:
    names = ["Paul Okafor (Elm)", "Mei Chan (Fir)", "Ana Lee (Oak)", "Omar Haddad"]
    text = "Tom Blake (Chief Executive Officer): Welcome, all. We had a good quarter, and orders are strong.\n\n"
    for name in names:
        text += f"{name}: Good morning. How did orders develop in the quarter? Thank you.\n\n"
        text += "Tom Blake (Chief Executive Officer): They grew.\n\n"
    text += "Ines Ferreira: I add that costs fell.\n\nTom Blake (Chief Executive Officer): Right.\n"
    call = parse(text)
    assert askers(call) == ["Paul Okafor", "Mei Chan", "Ana Lee", "Omar Haddad"]
    assert speakers(call)["Ines Ferreira"][2] == "management"


def test_a_notice_above_the_first_speaker_was_said_by_nobody(parse) -> None:
    notice = (
        "We make no promise that the words in this record are those which were spoken, and nobody may rely on them.\n\n"
        "From time to time our bank makes statements about the future, and they may prove wrong."
    )
    call = parse(f"DISCLAIMER\n\n{notice}\n\nPRESENTATION\n\n" + call_with("First question: Ana Lee.", "Ana Lee"))
    assert who(call)[0] == "Operator"
    assert " ".join(notice.split()) in " ".join(" ".join(dropped(call, "navigation")).split())


def test_lines_above_the_first_speaker_name_titles_and_are_no_speech(parse) -> None:
    call = parse(
        "Larkspur second quarter 2025 results\n\n"
        "Speeches by Ana Lee, Group Chief Executive Officer, and TOM BLAKE, Group Chief Financial Officer\n\n"
        "Numbers of slides refer to the presentation.\n\nAna Lee\n\nGood morning, and thank you for being with us.\n\n"
        "Tom Blake\n\nThank you. We had a good quarter.\n\nAna Lee\n\nLet us go on.\n\nTom Blake\n\nYes, let us.\n"
    )
    assert who(call) == ["Ana Lee", "Tom Blake", "Ana Lee", "Tom Blake"]
    assert speakers(call)["Ana Lee"][0] == "Group Chief Executive Officer"


def test_what_a_memo_says_above_its_questions_is_kept(parse) -> None:
    call = parse(
        "华岭新材调研纪要\n\n一、近况\n\n一季度收入同比增长30%，来自储能。\n\n二、问答\n\nQ：目标是多少？\nA：五成。\nQ：价格呢？\nA：持平。\n"
    )
    assert "一季度收入同比增长30%，来自储能。" in [passage.text for passage in call.passages]


def test_a_middle_name_more_at_one_firm_is_one_person(parse) -> None:
    text = "Tom Blake (CEO): Welcome. We had a good quarter.\n\nGiulia Anna Monti (Elm): How were orders?\n\n"
    text += "Tom Blake (CEO): Strong.\n\nGiulia Monti (Elm): And costs?\n\nTom Blake (CEO): Low.\n\n"
    assert len(parse(text + "Ana Monti (Fir): And cash?\n\nTom Blake (CEO): Fine.\n").speakers) == 3


def test_a_first_sentence_of_unnamed_speech_is_no_title(parse) -> None:
    first = "With these strong third quarter results we raise our outlook for the year 2025."
    call = parse(f"{first}\nOrders grew by a tenth.\nCosts fell by 3%.\nWe are glad of it.\n")
    assert first in " ".join(passage.text for passage in call.passages)


RULE = "-" * 60


def test_turns_with_numbers_between_rules(parse) -> None:
    def turn(label: str, words: str) -> str:
        return f"{RULE}\n{label}\n{RULE}\n\n{words}\n\n"

    call = parse(
        "Q2 2025 Larkspur Corp Earnings Call\n\n" + "=" * 60 + "\nCorporate Participants\n" + "=" * 60 + "\n\n"
        " * Tom Blake\n   Larkspur Corporation - CEO & Director\n\n" + "=" * 60 + "\nPresentation\n"
        + turn("Operator    [1]", "Good day, and welcome to the Larkspur earnings call.")
        + turn("Tom Blake,  Larkspur Corporation - CEO & Director    [2]", "Thank you. Orders are strong.")
        + "=" * 60 + "\nQuestions and Answers\n"
        + turn("Operator    [1]", "Our first question comes from Paul Okafor with Elm Capital.")
        + turn("Paul Okafor,  Elm Capital, Research Division - Analyst    [2]", "How did orders develop?")
        + turn("Tom Blake,  Larkspur Corporation - CEO & Director    [3]", "They grew.")
        + f"{RULE}\nDefinitions\n{RULE}\nA first record is one that appears soon after the call.\n"
    )  # fmt: skip
    assert who(call) == ["Operator", "Tom Blake", "Operator", "Paul Okafor", "Tom Blake"]
    assert speakers(call)["Tom Blake"] == (
        "Larkspur Corporation - CEO & Director",
        "Larkspur Corporation",
        "management",
    )
    assert askers(call) == ["Paul Okafor"]
    assert call.passages[-1].text == "They grew."


def test_the_log_of_a_chat_names_who_writes(parse) -> None:
    call = parse(
        "10:02:11 From Ana Lee to Everyone:\n\tI hear nothing.\n10:02:45 From Paul Okafor to Everyone:\n\tJoin again.\n"
        "10:03:12 From Ana Lee to Everyone:\n\tIt works now.\n10:05:30 From Tom Blake to Ana Lee(Direct Message):\n"
        "\tAre the slides done?\n10:06:02 From Ana Lee to Everyone:\n\tThey are.\n"
    )
    assert who(call) == ["Ana Lee", "Paul Okafor", "Ana Lee", "Tom Blake", "Ana Lee"]


def test_a_title_right_behind_a_chinese_name(parse) -> None:
    call = parse(
        "主持人：各位好，歡迎參加晨星電子法人說明會。\n\n陳美玲財務長：第三季毛利率提升到28%。\n\n"
        "主持人：接下來進入問答時間，請法人提問。\n\n法人A：請問明年的資本支出？\n\n林志明總經理：大約六十億。\n\n"
        "法人B：想請教毛利率的趨勢？\n\n陳美玲財務長：會維持。\n"
    )
    assert speakers(call)["陳美玲"] == ("財務長", None, "management")
    assert speakers(call)["林志明"] == ("總經理", None, "management")
    assert askers(call) == ["法人A", "法人B"]


@pytest.mark.parametrize("label", ["王总经理", "张董事长", "周财务总监", "李主任"])
def test_a_family_name_with_a_title_stays_an_address(parse, label: str) -> None:
    call = parse(f"{label}：大家好，我们开始。\n\n刘敏：好的，谢谢。\n\n{label}：请讲。\n\n刘敏：收入增长。\n")
    assert who(call) == [label, "刘敏", label, "刘敏"]


@pytest.mark.parametrize("tail", ["附件清单（如有）\n无\n日期\n2024年10月30日\n", "责任编辑：文小北\n"])
def test_what_closes_a_form_or_an_article_is_no_answer(parse, tail: str) -> None:
    call = parse(f"问：毛利率如何？\n答：提升了两个点。\n问：明年呢？\n答：预计持平。\n{tail}")
    assert call.passages[-1].text == "预计持平。"


def test_a_call_that_is_held_is_no_company(parse) -> None:
    call = parse(
        "新岭实业股份有限公司\n关于召开2024年第三季度业绩说明会的公告\n\n公司将与投资者进行互动交流。\n\n特此公告。\n"
    )
    assert call.company == "新岭实业股份有限公司"


def test_what_a_meeting_tool_says_of_a_guest_is_no_part_of_the_name() -> None:
    assert cue_of(Person("Ines Ferreira (Guest)")).name == "Ines Ferreira"
    assert cue_of(Person("Ines Ferreira (Elm)", role=Role.ANALYST)).name == "Ines Ferreira (Elm)"


def test_the_words_of_a_glossary_above_the_record_are_no_speakers(parse) -> None:
    call = parse(
        "Earnings Call Transcript\n\nCompany: Larkspur\n\nRevenue-- It grew by a tenth.\n\nIndustry glossary\n\n"
        "ASP (Average Selling Price): What one tool brings in.\n\nRPO (Remaining Orders): What is still to come.\n\n"
        "Full Conference Call Transcript\n\n" + call_with("Our first question comes from Ana Lee.", "Ana Lee")
    )
    assert who(call) == ["Operator", "Tom Blake", "Operator", "Ana Lee", "Tom Blake", "Operator"]


def test_a_role_with_the_name_in_brackets(parse) -> None:
    text = call_with("We go to Paul.", "Analyst (Paul Okafor)") + call_with("We go to Mei.", "Analyst (Mei Chan)")
    assert askers(parse(text)) == ["Paul Okafor", "Mei Chan"]


def test_an_operator_who_is_called_by_name_is_one(parse) -> None:
    text = "Tom Blake: Welcome, all. We had a good quarter, and orders are strong.\n\n"
    for name in ("Paul Okafor", "Mei Chan", "Ana Lee"):
        text += f"Krista: Your next question comes from the line of {name} with Elm Securities.\n\n"
        text += f"{name}: How did orders develop in the quarter?\n\nTom Blake: They grew.\n\n"
    assert speakers(parse(text))["Krista"][2] == "operator"


def test_a_title_of_two_offices_is_whole(parse) -> None:
    call = parse(
        "Sara Quill: With me are Tom Blake, Larkspur's chairman and chief executive officer, and Ines Ferreira, "
        "chief financial officer.\n\nTom Blake: Thank you, Sara.\n\nInes Ferreira: Good morning.\n\nTom Blake: Right.\n"
    )
    assert speakers(call)["Ines Ferreira"][0] == "chief financial officer"
    assert speakers(call)["Tom Blake"][0] == "chairman and chief executive officer"


def test_a_field_with_a_figure_is_no_speaker(parse) -> None:
    head = "Scanned: 2026-05-30T17:22:00.693716\nLetters: 35700\n\n"
    call = parse(head + "Ana: We begin now.\n\nTom: Yes, let us.\n\nAna: How was it?\n\nTom: Good.\n")
    assert who(call) == ["Ana", "Tom", "Ana", "Tom"]


def test_numbered_speakers_whose_greetings_part_call_and_question(parse) -> None:
    text = (
        "Speaker 1: Good morning and welcome to the call of Larkspur.\n\nSpeaker 2: Thanks. We had a good quarter.\n\n"
    )
    for number, firm in ((3, "Elm Securities"), (4, "Fir Capital"), (5, "Oak Research")):
        text += f"Speaker 1: From {firm}, we have the next one on the line. Please go ahead.\n\n"
        text += f"Speaker 2: Thank you.\n\nSpeaker {number}: Hi there, good morning.\n\nSpeaker 2: Good morning.\n\n"
        text += f"Speaker {number}: How did orders develop in the quarter?\n\nSpeaker 2: They grew in every region.\n\n"
    call = parse(text)
    assert [each.role.value for each in call.speakers] == ["operator", "management", "analyst", "analyst", "analyst"]
    assert askers(call) == ["Speaker 3", "Speaker 4", "Speaker 5"]


def test_who_counts_the_questions_from_his_side_asks_and_calls_nobody(parse) -> None:
    text = "Speaker 0: Good day, and welcome to the Acme annual results call.\n\nSpeaker 1: Thank you. Sales grew.\n\n"
    for number, asked in ((2, "Two questions from my side. How did orders do?"), (3, "How is the cash flow?")):
        text += f"Speaker 0: The next question is from Jane Roe from Elm Bank.\n\nSpeaker {number}: Hi. {asked}\n\n"
        text += f"Speaker 1: It went very well in every region.\n\nSpeaker {number}: Thank you.\n\n"
    call = parse(text)
    assert [each.role.value for each in call.speakers] == ["operator", "management", "analyst", "analyst"]
    assert askers(call) == ["Speaker 2", "Speaker 3"]


@pytest.mark.parametrize(
    ("label", "name", "title", "firm"),
    [
        ("答（张勇）", "张勇", None, None),
        ("答（詹姆斯·李，首席财务官）", "詹姆斯·李", "首席财务官", None),
        ("回答（董事长张勇）", "张勇", "董事长", None),
        ("问（李明，中金公司）", "李明", None, "中金公司"),
        ("问（高盛 Paul Okafor）", "Paul Okafor", None, "高盛"),
        ("Q (Paul Okafor, Harbor Securities)", "Paul Okafor", None, "Harbor Securities"),
        ("A (Jane Roe, CFO)", "Jane Roe", "CFO", None),
        ("问（中金公司）", "问", None, "中金公司"),
        ("Q (Goldman Sachs)", "Q", None, "Goldman Sachs"),
        ("问（投资者）", "问", None, None),
        ("问题（一）", "提问", None, None),
    ],
)
def test_who_asks_or_answers_may_stand_in_brackets(label: str, name: str, title: str | None, firm: str | None) -> None:
    cue = read_label(label)
    assert cue is not None
    assert (cue.name, cue.title, cue.affiliation) == (name, title, firm)
    assert cue.asks is label.startswith(("问", "Q"))
    assert cue.role is (Role.MANAGEMENT if label.startswith(("答", "回答", "A ")) else Role.ANALYST)


def test_named_answers_below_unnamed_questions(parse) -> None:
    call = parse(
        "远汀集团 2024Q1 业绩会\n\n沈望川（总裁）：本季度收入增长两成，利润也有提升。\n\n问：港口业务的利润率是多少？\n\n"
        "答（林遥，首席财务官）：大约三个点，低于同行。\n\n问：明年会提价吗？\n\n答（沈望川）：明年不会提价。\n"
    )
    assert who(call) == ["沈望川", "问", "林遥", "问", "沈望川"]
    assert speakers(call)["林遥"] == ("首席财务官", None, "management")
    assert [[answer.speaker.name for answer in each.answers] for each in call.exchanges] == [["林遥"], ["沈望川"]]


@pytest.mark.parametrize(
    "answer",
    [
        "From Elm Tools, we have bought ten machines.",
        "Moving on to costs at our plants, they fell.",
        "Cash has the question marks.",
    ],
)
def test_an_answer_that_sounds_like_a_call_is_no_hand_over(answer: str) -> None:
    assert not acts.hands_over(answer)
    assert not acts.calls_an_asker(f"{answer} " + "Orders grew in every region, and we are glad of it. " * 10)
