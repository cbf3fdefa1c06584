"""Layouts of terminals, vendors, exchanges and recorders: who speaks, for whom, and who answers whom."""

from __future__ import annotations

import pytest
from calls_read import links, said, speakers

from indexer.transcripts.introductions import introduced_house
from indexer.transcripts.labels import read_label


@pytest.mark.parametrize(
    ("label", "name", "title", "firm"),
    [
        ("Sato [CFO]", "Sato", "CFO", None),
        ("[CFO] Sato", "Sato", "CFO", None),
        ("（财务总监）丁蕾", "丁蕾", "财务总监", None),
        ("Bruno Keller, 'Chief Executive Officer'", "Bruno Keller", "Chief Executive Officer", None),
        ("Q - Ian Falk {BIO 1111111 <GO>}", "Ian Falk", None, None),
        ("Questioner 1 (Ueda, Matsukaze Securities)", "Ueda", None, "Matsukaze Securities"),
        ("Questioner 2 (Brown, Harbor)", "Brown", None, "Harbor"),
        ("投资者1（中金公司 张三）", "张三", None, "中金公司"),
        ("黄志明答", "黄志明", None, None),
        ("高盛提问", "高盛", None, "高盛"),
        ("晋川股份 回复", "晋川股份", None, None),
        ("Q(匿名)", "Q", None, None),
    ],
)
def test_labels_with_signs_around_the_name(label: str, name: str, title: str | None, firm: str | None) -> None:
    cue = read_label(label)
    assert cue is not None
    assert (cue.name, cue.title, cue.affiliation) == (name, title, firm)


@pytest.mark.parametrize("label", ["我们的回答", "以上回复", "本次问", "下面的提问"])
def test_words_before_an_act_that_are_nobody(label: str) -> None:
    assert read_label(label) is None


def test_a_terminal_numbers_its_people(parse) -> None:
    call = parse(
        "Q2 2024 Earnings Call\nCompany Participants\n• Bruno Keller, 'Chief Executive Officer'\n"
        "Other Participants\n• Ian Falk, 'Harbor Securities'\n\nMANAGEMENT DISCUSSION SECTION\nOperator\n"
        "Ladies and gentlemen, welcome to the Kornfeld half-year call.\nBruno Keller {BIO 1234567 <GO>}\n"
        "Thank you. Orders rose 7% to EUR 2.4 billion.\nQuestions And Answers\nOperator\n"
        "The first question is from Ian Falk, Harbor Securities.\nQ - Ian Falk {BIO 1111111 <GO>}\n"
        "How much of the order growth is price?\nA - Bruno Keller {BIO 1234567 <GO>}\nAbout a third.\n"
    )
    assert speakers(call) == {
        "Operator": (None, None, "operator"),
        "Bruno Keller": ("Chief Executive Officer", None, "management"),
        "Ian Falk": (None, "Harbor Securities", "analyst"),
    }
    assert links(call) == [("Ian Falk", ["Bruno Keller"])]
    assert ("Ian Falk", "How much of the order growth is price?") in said(call)


def test_rules_of_dots_and_marks_behind_titles(parse) -> None:
    rule = "." * 120 + "\n"
    call = parse(
        "07-Nov-2024\nGlenmore Water Corp. (GLWC)\nQ3 2024 Earnings Call\n\nCORPORATE PARTICIPANTS\n"
        "Edward T. Siddall - President, Chief Executive Officer & Director, Glenmore Water Corp.\n"
        "Priya Nair - Executive Vice President & Chief Financial Officer, Glenmore Water Corp.\n" + rule +
        "OTHER PARTICIPANTS\nColin Baxter - Analyst, Elm Securities LLC\n" + rule + "MANAGEMENT DISCUSSION SECTION\n"
        "Operator: Good morning, and welcome to the Glenmore Water conference call.\n" + rule +
        "Edward T. Siddall\nPresident, Chief Executive Officer & Director, Glenmore Water Corp.\n"
        "We delivered earnings per share of $1.47.\n" + rule + "QUESTION AND ANSWER SECTION\n"
        "Operator: Our first question comes from the line of Colin Baxter with Elm Securities.\n" + rule +
        "Colin Baxter\nAnalyst, Elm Securities LLC Q\nHow is the rate case going?\n" + rule +
        "Edward T. Siddall\nPresident, Chief Executive Officer & Director, Glenmore Water Corp. A\n"
        "Hearings start in January.\n" + rule +
        "Priya Nair\nExecutive Vice President & Chief Financial Officer, Glenmore Water Corp. A\n"
        "We asked for $38 million.\n"
    )  # fmt: skip
    assert (call.company, call.ticker, call.period) == ("Glenmore Water Corp.", "GLWC", "2024Q3")
    assert said(call) == [
        ("Operator", "Good morning, and welcome to the Glenmore Water conference call."),
        ("Edward T. Siddall", "We delivered earnings per share of $1.47."),
        ("Operator", "Our first question comes from the line of Colin Baxter with Elm Securities."),
        ("Colin Baxter", "How is the rate case going?"),
        ("Edward T. Siddall", "Hearings start in January."),
        ("Priya Nair", "We asked for $38 million."),
    ]
    assert links(call) == [("Colin Baxter", ["Edward T. Siddall", "Priya Nair"])]
    assert speakers(call)["Colin Baxter"] == ("Analyst, Elm Securities LLC", "Elm Securities LLC", "analyst")


def test_a_firm_below_a_listed_name_is_no_speaker(parse) -> None:
    call = parse(
        "Tidewater Foods Limited\nFY 2024 Earnings Call\n\nCall Participants\n\nEXECUTIVES\n\nSunita Rao\n"
        "Chief Financial Officer\n\nANALYSTS\n\nPhilippa Moss\nFernbank Markets Pty Limited, Research Division\n\n"
        "Tom O'Rourke\nE&P Brokers Limited\n\nPresentation\n\nOperator\n\nWelcome to the Tidewater Foods briefing.\n\n"
        "Sunita Rao\nChief Financial Officer\n\nNet debt reduced to AUD 388 million.\n\nQuestion and Answer\n\n"
        "Philippa Moss\nFernbank Markets Pty Limited, Research Division\n\nHow should we think about milk prices?\n\n"
        "Sunita Rao\nChief Financial Officer\n\nAround $8.20 per kilogram.\n\n"
        "Tom O'Rourke\nE&P Brokers Limited\n\nAnd capex?\n\nSunita Rao\nChief Financial Officer\n\nAUD 95 million.\n"
    )
    assert links(call) == [("Philippa Moss", ["Sunita Rao"]), ("Tom O'Rourke", ["Sunita Rao"])]
    assert ("Tom O'Rourke", "And capex?") in said(call)
    assert speakers(call)["Philippa Moss"][1:] == ("Fernbank Markets Pty Limited, Research Division", "analyst")


def test_kinds_of_speech_on_lines_of_their_own(parse) -> None:
    call = parse(
        "Presentation Operator Message Section\nOperator\nWelcome to the Bellmont Robotics Fourth Quarter 2023 call.\n"
        "Presenter Speech\nCarla Jimenez\nThank you. Revenue grew 22% to $88 million.\n"
        "Question and Answer Operator Message Section\nOperator\nOur first question comes from Lena Hofer with Elm & Co.\n"
        "Question\nLena Hofer\nCould you give us an update on the backlog?\nAnswer\nCarla Jimenez\n"
        "Backlog was $140 million at year end.\nAnswer\nHugh Tran\nAbout 60% of that ships this year.\n"
    )
    assert links(call) == [("Lena Hofer", ["Carla Jimenez", "Hugh Tran"])]
    assert [text for _, text in said(call)] == [
        "Welcome to the Bellmont Robotics Fourth Quarter 2023 call.",
        "Thank you. Revenue grew 22% to $88 million.",
        "Our first question comes from Lena Hofer with Elm & Co.",
        "Could you give us an update on the backlog?",
        "Backlog was $140 million at year end.",
        "About 60% of that ships this year.",
    ]


def test_letters_set_apart_head_a_part(parse) -> None:
    call = parse(
        "Sable Creek Energy, Inc.\nFirst Quarter 2025 Earnings Conference Call\nMay 6, 2025\n\n"
        "C O R P O R A T E  P A R T I C I P A N T S\nWade Collier - Chairman and CEO\n\nP R E S E N T A T I O N\n\n"
        "Operator\n\nGood morning and welcome to the call.\n\nWade Collier\n\nProduction averaged 61,400 barrels a day.\n\n"
        "Q U E S T I O N S  A N D  A N S W E R S\n\nOperator\n\nWe have a question from Arun Mehta of Elm Capital.\n\n"
        "Arun Mehta\n\nWhere do well costs go from here?\n\nWade Collier\n\nDown, about 3%.\n"
    )
    assert call.company == "Sable Creek Energy, Inc."
    assert [passage.section.value for passage in call.passages] == ["intro", "prepared", "qa", "qa", "qa"]
    assert [name for name, _ in said(call)] == ["Operator", "Wade Collier", "Operator", "Arun Mehta", "Wade Collier"]


def test_questions_of_investors_between_answers_of_named_people(parse) -> None:
    call = parse(
        "沐川医疗2024年度网上业绩说明会\n时间：2025年5月9日\n\n主持人：各位投资者，大家下午好！\n"
        "董事长 孟凡林：2024年公司收入14.2亿元。\n投资者提问1：请问公司未来三年的战略是什么？\n"
        "董事长 孟凡林：公司会聚焦微创介入这一条主线。\n投资者提问2：集采影响出清了吗？\n"
        "财务总监 薛雯：已经基本出清。\n提问3：海外占比目标是多少？\n总经理 邹凯：2027年达到30%。\n"
        "主持人：今天的说明会到此结束，感谢大家。\n"
    )
    assert links(call) == [("投资者提问", ["孟凡林"]), ("投资者提问", ["薛雯"]), ("提问", ["邹凯"])]
    assert ("孟凡林", "公司会聚焦微创介入这一条主线。") in said(call)


def test_who_answers_stands_behind_the_sign_of_the_answer(parse) -> None:
    call = parse(
        "瀚海控股（01357.HK）2024年中期業績發佈會\n日期：2024年8月22日\n出席管理層：主席 黃志明、首席財務官 梁詠琪\n\n"
        "問1：（高盛 陳先生）管理層怎樣看下半年的復甦？\n答：黃志明：七月的銷售已經轉正。\n"
        "問2：（摩根士丹利 Kelly Wong）派息比率會否上調？\n答：梁詠琪：董事會維持不低於40%的派息政策。\n"
        "問3：利率呢？\n答：首先：我們的債務大部分是固定利率。\n"
    )
    assert links(call) == [("陳先生", ["黃志明"]), ("Kelly Wong", ["梁詠琪"]), ("問", ["答"])]
    assert speakers(call)["陳先生"] == (None, "高盛", "analyst")
    assert said(call)[1] == ("黃志明", "七月的銷售已經轉正。")
    assert said(call)[-1] == ("答", "首先：我們的債務大部分是固定利率。")


def test_questions_and_answers_of_an_exchange(parse) -> None:
    call = parse(
        "上证e互动\n投资者_1706312345000 提问：\n请问董秘，公司的股东人数是多少？\n2025年05月22日 来自 网站\n"
        "晋川股份 回复：\n截至5月20日，公司股东总户数为41,256户。\n2025年05月23日 来自 网站\n"
        "投资者_guest88 提问：\n贵公司是否有分红计划？\n2025年05月23日 来自 网站\n晋川股份 回复：\n每10股派1.8元。\n"
        "2025年05月26日 来自 网站\n"
    )
    assert links(call) == [("投资者_1706312345000", ["晋川股份"]), ("投资者_guest88", ["晋川股份"])]
    forum = parse(
        "问：请问产能利用率是多少？\n提问人：irm1456789  2025-06-11 09:30\n答：约为85%。\n回复时间：2025-06-13 16:20\n\n"
        "问：有没有回购计划？\n提问人：irm7788990  2025-06-12 10:02\n答：暂无。\n回复时间：2025-06-13 16:25\n"
    )
    assert [text for _, text in said(forum)] == ["请问产能利用率是多少？", "约为85%。", "有没有回购计划？", "暂无。"]


def test_labels_that_a_full_stop_ends(parse) -> None:
    fed = parse(
        "18 June 2025\n\nCHAIR HALVORSEN. Good afternoon. The Committee left the rate at 3.75 percent.\n\n"
        "MICHELLE SMYTHE. Thank you. We will start with Ana.\n\nANA RUIZ. Thanks. Why didn't you cut?\n\n"
        "CHAIR HALVORSEN. Because inflation is at 2.9 percent.\n\nMICHELLE SMYTHE. Next, Tim.\n\n"
        "TIM OLSEN. Is July live?\n\nCHAIR HALVORSEN. Every meeting is live.\n"
    )
    names = ["CHAIR HALVORSEN", "MICHELLE SMYTHE", "ANA RUIZ", "CHAIR HALVORSEN", "MICHELLE SMYTHE", "TIM OLSEN"]
    assert [name for name, _ in said(fed)] == [*names, "CHAIR HALVORSEN"]
    summary = parse(
        "Kurobane Motors Corporation\nFY2024 3Q Results Briefing - Q&A Summary\n\nQ1. What is the impact of tariffs?\n"
        "A1. About 12 billion yen.\n\nQ2. Will you revise the dividend?\nA2. Nothing has been decided.\n"
    )
    assert [len(each.answers) for each in summary.exchanges] == [1, 1]
    assert said(summary)[0] == ("Q", "What is the impact of tariffs?")
    assert summary.company == "Kurobane Motors Corporation"


def test_a_dash_behind_a_timed_name_with_a_firm(parse) -> None:
    call = parse(
        "[00:00:01] Host: Welcome to the Dunmore investor day.\n[00:00:05] R. Vale, CEO — We have doubled capacity.\n"
        "[00:00:12] Host: Questions, please.\n[00:00:15] J. Smith, Harbor — How much will it grow next year?\n"
        "[00:00:20] R. Vale, CEO — Fifteen percent — or a little more.\n"
    )
    assert said(call) == [
        ("Host", "Welcome to the Dunmore investor day."),
        ("R. Vale", "We have doubled capacity."),
        ("Host", "Questions, please."),
        ("J. Smith", "How much will it grow next year?"),
        ("R. Vale", "Fifteen percent — or a little more."),
    ]
    assert links(call) == [("J. Smith", ["R. Vale"])]


def test_the_chair_of_a_general_meeting(parse) -> None:
    call = parse(
        "Minutes of the Annual General Meeting of Brightwater Mills plc held on 14 May 2025\n\n"
        "The Chair: Good morning. I declare the meeting open.\nShareholder 1: Why did pay rise by 11%?\n"
        "The Chair: I will ask Moira.\nMoira Flint (Non-executive Director): It reflects the bonus for 2024.\n"
        "Shareholder 2: When will Mill No. 3 reopen?\nThe Chief Executive: In August.\n"
    )
    assert call.company == "Brightwater Mills plc"
    assert links(call) == [("Shareholder 1", ["The Chair", "Moira Flint"]), ("Shareholder 2", ["The Chief Executive"])]


def test_the_head_and_foot_of_a_recorder(parse) -> None:
    call = parse(
        "Budget review with Larch\nTue, Feb 11, 2025 10:02AM • 34:10\n\nSUMMARY KEYWORDS\nbudget, capex, freight\n\n"
        "SPEAKERS\nNadia Rahman, Speaker 2\n\nNadia Rahman  00:00\nOkay, so let's begin with capex.\n\n"
        "Speaker 2  00:12\nWe spent 14 million in the first half.\n\nNadia Rahman  01:05\nAnd freight?\n\n"
        "Speaker 2  01:07\nFreight is down 8 percent.\n\nTranscribed by https://otter.ai\n"
    )
    assert [name for name, _ in said(call)] == ["Nadia Rahman", "Speaker 2", "Nadia Rahman", "Speaker 2"]
    assert call.date == "2025-02-11"


def test_who_says_from_which_house_is_an_analyst(parse) -> None:
    call = parse(
        "星穹科技2024年第三季度业绩交流会\n\n王晓岚 00:05\n各位投资者下午好，我是投资者关系总监王晓岚。\n\n"
        "刘振东 00:48\n三季度公司实现收入12.4亿元。\n\n王晓岚 06:40\n下面进入问答环节，请各位举手提问。\n\n"
        "说话人 4 07:02\n刘总好，我是远岸证券的赵磊。想请教一下四季度的订单怎么看？\n\n刘振东 07:20\n目前看比较饱满。\n"
    )
    assert speakers(call)["说话人 4"] == (None, "远岸证券", "analyst")
    assert links(call) == [("说话人 4", ["刘振东"])]
    assert [passage.section.value for passage in call.passages][-3:] == ["qa", "qa", "qa"]


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("您好，我是华泰证券孙倩，请问", "华泰证券"),
        ("我是来自易方达基金的研究员王五。", "易方达基金"),
        ("Hi, this is Joel Brandt from Harbor Securities. What", "Harbor Securities"),
        ("我是公司董秘何川。", None),
        ("我是做投资的。", None),
        ("This is Ana from Spain.", None),
    ],
)
def test_houses_that_people_name_for_themselves(text: str, house: str | None) -> None:
    assert introduced_house(text) == house


def test_tables_of_markdown(parse) -> None:
    asked = parse(
        "# 岚图互动 2025年一季报交流会\n\n| 序号 | 提问 | 回答 |\n|---|---|---|\n"
        "| 1 | 游戏流水为什么下滑？ | 主要是老产品自然衰减。 |\n| 2 | 买量成本会上升吗？ | 预计持平，在28%左右。 |\n",
        "a.md",
    )
    assert [[answer.passage_ids for answer in each.answers] for each in asked.exchanges] == [
        [(asked.passages[1].id,)], [(asked.passages[3].id,)]
    ]  # fmt: skip
    assert said(asked)[2:] == [("提问者", "买量成本会上升吗？"), ("回答者", "预计持平，在28%左右。")]
    timed = parse(
        "# Pricing meeting\n\n| Time | Speaker | Transcript |\n|------|---------|------------|\n"
        "| 00:00 | Hanna | Let's start with steel. |\n| 00:09 | Bo Lind | Steel is at 612 a tonne. |\n",
        "b.md",
    )
    assert said(timed) == [("Hanna", "Let's start with steel."), ("Bo Lind", "Steel is at 612 a tonne.")]
    assert [passage.time.start for passage in timed.passages] == [0, 9]
    other = parse("**Ana Bell**: Here it is.\n\n| Region | 2024 |\n|---|---|\n| North | 12 |\n", "c.md")
    assert "| North | 12 |" in [text for _, text in said(other)]


def test_a_name_once_with_its_title_is_known_without(parse) -> None:
    call = parse(
        "# Fernhill Brands Q1 2025 Earnings Call\n\n**Lea Voss** – Chief Executive Officer\n\nSales rose 3%.\n\n"
        "**Max Orr** – Chief Financial Officer\n\nGross margin was 46.1%.\n\n**Ned Pope** – Harbor Securities\n\n"
        "What about tariffs?\n\n**Lea Voss**\n\nA $15 million headwind.\n\n**Max Orr**\n\nMostly in the second half.\n",
        "d.md",
    )
    assert links(call) == [("Ned Pope", ["Lea Voss", "Max Orr"])]


def test_eight_digits_in_a_title_are_a_day(parse) -> None:
    call = parse("川谷智能调研纪要20250516\n\n中金公司 张三：毛利率为什么下降？\n何静：主要是产品结构变化。\n")
    assert (call.company, call.date) == ("川谷智能", "2025-05-16")


def test_a_list_of_two_names_on_a_line_gives_nobody_a_firm(parse) -> None:
    call = parse(
        "Larch supplier call (2025-03-04 10:01 GMT) - Transcript\n\nAttendees\n\nNadia Rahman, Tom Ellery\n\nTranscript\n\n"
        "This editable transcript was computer generated and might contain errors.\n\n"
        "Nadia Rahman: How's the lead time looking?\nTom Ellery: Down to nine weeks.\n\n00:05:00\n\n"
        "Nadia Rahman: And price?\nTom Ellery: Up 2% from April.\n\nMeeting ended after 00:05:22\n"
    )
    assert {each.affiliation for each in call.speakers} == {None}
    assert said(call)[-1] == ("Tom Ellery", "Up 2% from April.")
    assert len(call.passages) == 4


def test_a_bracket_behind_a_name_is_not_cut_by_the_time_before_it(parse) -> None:
    call = parse(
        "Larch supplier call\n\n0:00 - Nadia Rahman (Larch)\n  How's the lead time looking?\n\n0:04 - Tom Ellery\n"
        "  Down to nine weeks.\n\n0:12 - Nadia Rahman (Larch)\n  And price?\n\n0:15 - Tom Ellery\n  Up 2% from April.\n"
    )
    assert [(each.name, each.affiliation) for each in call.speakers] == [
        ("Nadia Rahman", "Larch"),
        ("Tom Ellery", None),
    ]


def test_roles_and_titles_in_two_languages(parse) -> None:
    call = parse(
        "Operator 接线员：\nThank you for standing by for Blue Tide's first quarter 2025 earnings conference call.\n\n"
        "Lu Yuan 陆远 — Chairman and CEO 董事长兼首席执行官：\n各位好。一季度收入增长了18%。\n"
        "[Interpreter] Hello everyone. Revenue grew 18%.\n\nOperator 接线员：\nOur first question comes from Gary Yu.\n\n"
        "Gary Yu — Elm Securities — Analyst：\nWhat is the trend of advertising?\n\nLu Yuan 陆远：\n四月份的趋势更好。\n"
    )
    assert (call.company, call.period) == ("Blue Tide", "2025Q1")
    assert speakers(call) == {
        "Operator": (None, None, "operator"),
        "Lu Yuan": ("Chairman and CEO 董事长兼首席执行官", None, "management"),
        "Gary Yu": ("Elm Securities — Analyst", "Elm Securities", "analyst"),
    }
    assert links(call) == [("Gary Yu", ["Lu Yuan"])]


def test_a_speaker_whose_words_only_the_interpreter_has(parse) -> None:
    call = parse(
        "Company Participants\nLu Yuan, Chairman and CEO\n\nOperator\nWelcome to the Blue Tide Q1 2025 call.\n\n"
        "Lu Yuan\nRevenue grew 18% in the quarter.\n\nOperator\nFirst question, Gary Yu with Elm Securities.\n\n"
        "Gary Yu\nWhat is the trend of advertising?\n\nLu Yuan\n[Speaking foreign language]\n\nTranslator\nApril was better.\n"
    )
    assert said(call)[-2:] == [("Lu Yuan", "[Speaking foreign language]"), ("Translator", "April was better.")]
    assert links(call) == [("Gary Yu", ["Lu Yuan"])]  # With what the translator said of it.


def test_a_name_and_office_above_a_heading_of_the_speech(parse) -> None:
    call = parse(
        "Pinewell plc\nInterim Results Presentation\nTuesday, 5th August 2025\n\nOpening Remarks\nRuth Adler\n"
        "Chief Executive Officer, Pinewell plc\n\nWelcome\n\nGood morning, everyone. Revenue was up 6% to £212 million.\n\n"
        "Q&A\n\nOperator: We have a question from Jo March from Elm Securities.\n\n"
        "Jo March (Elm Securities): How is the South?\n\nRuth Adler: Flat, as we said.\n"
    )
    assert ("Ruth Adler", "Good morning, everyone. Revenue was up 6% to £212 million.") in said(call)
    assert speakers(call)["Ruth Adler"] == ("Chief Executive Officer, Pinewell plc", "Pinewell plc", "management")


def test_officers_by_post_and_family_name(parse) -> None:
    call = parse(
        "瑞澤電子 2025 年第一季法人說明會\n時間：2025 年 5 月 8 日\n主講人：董事長 鄭宏達、財務長 廖淑芬\n\n"
        "主持人：各位好，首先請財務長報告。\n廖財務長：第一季合併營收 45.2 億元。\n主持人：接下來進入 Q&A。\n"
        "法人 A：請問第二季毛利率的展望？\n廖財務長：預期持平。\n法人 B：關稅的影響？\n鄭董事長：不到 5%。\n"
    )
    assert speakers(call)["廖淑芬"] == ("財務長", None, "management")
    assert links(call) == [("法人 A", ["廖淑芬"]), ("法人 B", ["鄭宏達"])]


def test_questions_in_headings_of_markdown(parse) -> None:
    call = parse(
        "# 云澜科技 2025 年第二季度业绩会纪要\n\n**参会人员**：CEO 白露、CFO 江澄\n\n## 问答环节\n\n"
        "### Q1（中金 李一凡）：云业务的盈利能否持续？\n\n**A（白露）**：可以持续。\n\n"
        "### Q2（摩根大通 Alex Yao）：回购的节奏？\n\n**A（江澄）**：上半年回购了 1.2 亿美元。\n",
        "e.md",
    )
    assert links(call) == [("李一凡", ["白露"]), ("Alex Yao", ["江澄"])]
    assert said(call)[0] == ("李一凡", "云业务的盈利能否持续？")


def test_a_notice_of_risk_below_the_last_answer(parse) -> None:
    call = parse(
        "会议纪要｜凌波新能（688123）电话会议\n时间：2025年9月2日\n嘉宾：董事长 温如玉\n\n温总：\n上半年收入21亿。\n\n"
        "Q：美国的订单？\n温总：已经签了1.2GWh。\n\nQ：涨价的影响？\n温总：影响不大。\n\n风险提示：以上内容仅供参考。\n"
    )
    assert said(call)[-1] == ("温如玉", "影响不大。")
    assert call.company == "凌波新能"


def test_an_initial_with_a_full_stop_is_no_sign_of_an_answer(parse) -> None:
    call = parse(
        "Q. Tran: What drives it?\n\nA. R. Venkatesh: Price and time.\n\nQ. Tran: And costs?\n\n"
        "A. R. Venkatesh: They fell.\n"
    )
    assert [name for name, _ in said(call)] == ["Q. Tran", "A. R. Venkatesh", "Q. Tran", "A. R. Venkatesh"]


def test_emphasis_amid_the_words_of_markdown_is_none_of_them(parse) -> None:
    call = parse(
        "**Ana Bell** - *CFO*\n\nIncome was **GBP 1.9 billion**, 2**3 as they say.\n\n**Tom Reed**: __Really__ that much?\n\n"
        "**Ana Bell**: **Yes**, all of it.\n",
        "f.md",
    )
    assert said(call) == [
        ("Ana Bell", "Income was GBP 1.9 billion, 2**3 as they say."),
        ("Tom Reed", "Really that much?"),
        ("Ana Bell", "Yes, all of it."),
    ]


def test_the_short_name_of_a_company_is_the_name(parse) -> None:
    call = parse(
        "证券代码：300987    证券简称：川谷智能\n川谷智能科技股份有限公司投资者关系活动记录表\n\n"
        "1、产能如何？\n答：利用率约85%。\n2、订单呢？\n答：约12亿元。\n"
    )
    assert (call.company, call.ticker) == ("川谷智能", "300987")


def test_several_speakers_in_one_paragraph(parse) -> None:
    call = parse(
        "恒川电气2025年半年度业绩说明会实录\n\n主持人：各位投资者好。董事长贺铭：感谢大家，上半年收入15.2亿元。\n"
        "主持人：请投资者提问。投资者A：海外订单怎么样？贺铭：在手约6亿元。投资者B：毛利率呢？财务总监许岚：回升到24.6%。\n"
        "主持人：最后一个问题。投资者A：回购进展？贺铭：已经回购8000万元。比如：上周五。\n"
    )
    assert links(call) == [("投资者A", ["贺铭"]), ("投资者B", ["许岚"]), ("投资者A", ["贺铭"])]
    assert said(call)[-1] == ("贺铭", "已经回购8000万元。比如：上周五。")
    digest = parse("张敏：观点不一。高盛：买入。花旗：卖出。野村：中性。\n\n王立：明白了。\n\n张敏：好。\n")
    assert said(digest)[0] == ("张敏", "观点不一。高盛：买入。花旗：卖出。野村：中性。")


def test_a_legal_form_behind_a_comma_is_no_firm(parse) -> None:
    call = parse(
        "OPERATOR: Welcome to the Marsh Lane Foods call.\n\nBOB STERN, CEO, MARSH LANE FOODS, INC.: Sales rose.\n\n"
        "OPERATOR: Our first question is from Amy Lu.\n\nAMY LU, ANALYST, ELM SECURITIES: What about eggs?\n\n"
        "BOB STERN: Eggs are fine.\n"
    )
    assert speakers(call)["BOB STERN"][1] == "MARSH LANE FOODS, INC."


def test_the_head_of_a_bank_and_a_question_in_bold(parse) -> None:
    bank = parse(
        "问：请介绍净息差情况。\n答（行长 沈岳）：全年1.61%。\n问：不良生成？\n答（副行长 蔡宁）：不良率1.28%。\n"
    )
    assert speakers(bank)["沈岳"] == ("行长", None, "management")
    bold = parse("**Q: How is cloud?**\n\nA: Growing 24%.\n\n**Q: And margins?**\n\nA: Up 1 pt.\n", "g.md")
    assert said(bold)[0] == ("Q", "How is cloud?")
    assert len(bold.exchanges) == 2


def test_a_company_before_a_colon_in_the_title_speaks_not(parse) -> None:
    call = parse(
        "华岳股份：2025年5月20日投资者关系活动记录表\n证券代码：600123 证券简称：华岳股份\n一、公司介绍部分\n"
        "董秘简要介绍了公司一季度的经营情况。\n二、互动交流部分\n（一）公司一季度收入增长的主要原因？\n"
        "回复：主要是海外订单集中交付。\n（二）公司未来的分红规划？\n回复：近三年分红比例都在40%以上。\n"
    )
    assert links(call) == [("提问者", ["回复"]), ("提问者", ["回复"])]
    assert (call.company, call.ticker) == ("华岳股份", "600123")
    assert [text for name, text in said(call) if name == "提问者"] == [
        "公司一季度收入增长的主要原因？",
        "公司未来的分红规划？",
    ]


def test_a_question_from_a_house(parse) -> None:
    call = parse(
        "Investor Q&A: Pinewell plc\n\nQuestion from Elm Securities: How is pricing?\nAnswer: We put through 3%.\n\n"
        "Question from Fir Capital: And volumes?\nAnswer: Up 1%.\n"
    )
    assert links(call) == [("Elm Securities", ["Answer"]), ("Fir Capital", ["Answer"])]
