"""Exports of recorders, hand-typed notes and wrapped text: whose words they are, and who answers whom."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from calls_read import links, said, speakers

from indexer.sources import read_source
from indexer.transcripts import parse_transcript
from indexer.transcripts.labels import read_label
from indexer.transcripts.offices import firm_of_title


def roles(call) -> dict[str, str]:
    return {each.name: each.role.value for each in call.speakers}


@pytest.mark.parametrize(
    "lines",
    [
        ("Ada Winters | 00:00:02 | Shall we start?", "Bo Klein | 00:00:09 | Yes, with steel.", "Ada Winters | 00:15 | Good."),
        ("(Ada Winters - 00:02) Shall we start?", "(Bo Klein - 00:09) Yes, with steel.", "(Ada Winters - 00:15) Good."),
        ("[Ada Winters, 00:02]: Shall we start?", "[Bo Klein, 00:09]: Yes, with steel.", "[Ada Winters, 00:15]: Good."),
        ("Ada Winters 10:03 AM\nShall we start?", "Bo Klein 10:04 AM\nYes, with steel.", "Ada Winters 10:06 AM\nGood."),
        ("1. ADA WINTERS: Shall we start?", "2. BO KLEIN (CFO): Yes, with steel.", "3. ADA WINTERS: Good."),
        ("Ada Winters\tShall we start?", "Bo Klein\tYes, with steel.", "Ada Winters\tGood."),
        ("[14/05/2025, 09:02:11] Ada Winters: Shall we start?", "[14/05/2025, 09:02:40] Bo Klein: Yes, with steel.",
         "[14/05/2025, 09:03:02] Ada Winters: Good."),
        ("Ada Winters, CEO — Shall we start?", "Bo Klein, CFO — Yes, with steel.", "Ada Winters, CEO — Good."),
    ],
)  # fmt: skip
def test_signs_around_names(parse, lines: tuple[str, ...]) -> None:
    found = [(name.title(), text) for name, text in said(parse("\n".join(lines) + "\n"))]
    assert found == [("Ada Winters", "Shall we start?"), ("Bo Klein", "Yes, with steel."), ("Ada Winters", "Good.")]


@pytest.mark.parametrize(
    ("label", "name", "title", "firm"),
    [
        ("凱基投顧 周怡君", "周怡君", None, "凱基投顧"),
        ("Q1 孙颖", "孙颖", None, None),
        ("Chairman 主席 Mr. Albert Yip 葉國華", "Albert Yip", "Chairman 主席", None),
        ("首席科学官 Dr. Helen Zhao", "Helen Zhao", "首席科学官", None),
        ("姚总补充", "姚总", None, None),
        ("股東 Shareholder A", "股東 Shareholder A", None, None),
        ("某私募投资者", "某私募投资者", None, None),
        ("Meridian Glass SE – Q3 2024 analyst call", None, None, None),
    ],
)
def test_labels(label: str, name: str | None, title: str | None, firm: str | None) -> None:
    cue = read_label(label)
    assert (cue and cue.name, cue and cue.title, cue and cue.affiliation) == (name, title, firm)


@pytest.mark.parametrize("title", ["行政總裁", "技术副总裁", "大中华区总裁", "供应链总经理"])
def test_a_function_is_no_firm(title: str) -> None:
    assert firm_of_title(title) is None


def test_day_and_hour_above_a_record_are_no_speaker(parse) -> None:
    call = parse(
        "Supplier call\nMarch 4, 2025, 10:01 AM\n\nAda Winters 10:02 AM\nPrices?\n\nBo Klein 10:03 AM\nUp 2%.\n"
    )
    assert [name for name, _ in said(call)] == ["Ada Winters", "Bo Klein"]


def test_who_only_asks_where_nobody_calls(parse) -> None:
    text = (
        "杜明远 00:03\n各位下午好，全年实现收入46.2亿元。\n\n白露 07:12\n经营性现金流净额是5.8亿元。\n\n"
        "贺子谦 10:20\n想请教一下一季度的排产怎么样？\n\n杜明远 10:35\n环比增长大概10%。\n\n贺子谦 11:50\n价格有没有压力？\n\n"
        "白露 12:02\n降幅在3%以内。\n\n孟晓冬 14:30\n今年资本开支大概多少？\n\n白露 14:41\n大约12亿元。\n"
    )
    call = parse(f"星岭材料2024年度业绩交流会\n\n{text}")
    assert links(call) == [("贺子谦", ["杜明远", "白露"]), ("孟晓冬", ["白露"])]
    assert roles(call) == {"杜明远": "management", "白露": "management", "贺子谦": "analyst", "孟晓冬": "analyst"}
    assert not parse(f"星岭材料预算例会\n\n{text}").exchanges


def test_a_host_calls_once_and_names_the_house(parse) -> None:
    call = parse(
        "主持人：各位下午好，欢迎参加临港重工2024年年度业绩说明会。\n董事长曹立：去年收入88亿元。\n"
        "主持人：下面有请国信证券的分析师丁宁提问。\n丁宁：请问海外订单占比？\n董事长曹立：四成左右。\n"
    )
    assert speakers(call)["丁宁"] == (None, "国信证券", "analyst")
    assert (roles(call)["主持人"], links(call)) == ("operator", [("丁宁", ["曹立"])])


def test_hand_overs_in_cantonese(parse) -> None:
    call = parse(
        "主持：各位早晨，歡迎參加海景地產業績會，今日有主席陳國強先生、行政總裁陳美儀女士。\n陳國強：多謝，收入182億元。\n"
        "陳美儀：出租率95%。\n主持：而家開放提問，第一位係滙豐證券嘅李嘉欣。\n李嘉欣：想問下租金走勢？\n陳美儀：預計企穩。\n"
        "主持：下一位，瑞銀嘅黃先生。\n黃先生：請問負債比率嘅目標？\n陳國強：25%以下。\n"
    )
    assert links(call) == [("李嘉欣", ["陳美儀"]), ("黃先生", ["陳國強"])]
    assert [speakers(call)[name][1] for name in ("李嘉欣", "黃先生", "陳美儀")] == ["滙豐證券", "瑞銀", None]


def test_a_shareholder_whom_nobody_knows(parse) -> None:
    call = parse(
        "MR. HOLLOWAY: I call the meeting to order. We will now take questions from shareholders.\n"
        "UNIDENTIFIED SHAREHOLDER: Why did you cut the dividend?\nMR. HOLLOWAY: To pay down debt.\n"
        "UNIDENTIFIED SHAREHOLDER: And executive pay?\nMS. ABARA: It was reduced by a tenth.\n"
    )
    assert links(call) == [("UNIDENTIFIED SHAREHOLDER", ["MR. HOLLOWAY"]), ("UNIDENTIFIED SHAREHOLDER", ["MS. ABARA"])]


def test_both_sides_in_writing_above_their_words(parse) -> None:
    call = parse(
        "问询主题：股东人数\n提问者：irm_01  提问时间：2025-02-10\n请问股东人数是多少？\n"
        "答复者：宏泽股份 答复时间：2025-02-12\n32,118户。\n\n提问者：irm_02  提问时间：2025-02-11\n越南工厂何时投产？\n"
        "答复者：宏泽股份 答复时间：2025-02-13\n预计三季度。\n"
    )
    assert links(call) == [("irm_01", ["宏泽股份"]), ("irm_02", ["宏泽股份"])]
    below = parse(
        "问：股东人数是多少？\n提问者：irm_01 提问时间：2025-02-10\n答：32,118户。\n答复者：宏泽股份 答复时间：2025-02-12\n"
        "问：何时投产？\n提问者：irm_02 提问时间：2025-02-11\n答：三季度。\n答复者：宏泽股份 答复时间：2025-02-13\n"
    )
    assert [text for _, text in said(below)] == ["股东人数是多少？", "32,118户。", "何时投产？", "三季度。"]


def test_initials_that_are_a_word(parse) -> None:
    call = parse(
        "An interview with Ruth Ibsen (RI), CFO of Calder Mills, by Sam Oduya (SO)\n\nSO: What changed?\n"
        "RI: We closed a plant.\nSO: At what cost?\nRI: Nine million.\n"
    )
    assert [name for name, _ in said(call)] == ["SO", "RI", "SO", "RI"]


def test_several_speakers_in_one_english_paragraph(parse) -> None:
    call = parse(
        "Operator: Our first question comes from Dan Cole with Barclays. Dan Cole: Thanks. What of Brazil? Maria Reis: It "
        "is improving. Dan Cole: And prices? Maria Reis: Flat.\n"
    )
    assert said(call)[1:] == [
        ("Dan Cole", "Thanks. What of Brazil?"), ("Maria Reis", "It is improving."), ("Dan Cole", "And prices?"),
        ("Maria Reis", "Flat."),
    ]  # fmt: skip
    quoted = parse(
        "Ana Bell: I told Dr. Lee: wait.\n\nTom Reed: And Mr. Cole: what?\n\nAna Bell: He waits. Note: today.\n"
    )
    assert [name for name, _ in said(quoted)] == ["Ana Bell", "Tom Reed", "Ana Bell"]


def test_wrapped_lines_that_open_with_a_name(parse) -> None:
    call = parse(
        "CONFIDENTIAL\n\n"
        "Operator: Good morning, ladies and gentlemen, and welcome to the\nStonebridge interim call. I now hand over to Alan\n"
        "Whitcombe, Chairman.\n\nAlan Whitcombe: Thank you. The first half was a period of great\nprogress for us, "
        "with assets up by twelve per cent to a new\n\nStonebridge | Interim Results | Page 1\n\fCONFIDENTIAL\n\n"
        "record, and net inflows of one point nine billion pounds in all.\n\nOperator: Our first question comes from the "
        "line of Gail Norris\nfrom Numis. Please go ahead.\n\nGail Norris: Could you tell us what share of the inflows\ncame "
        "from the wealth channel this time?\n\nStonebridge | Interim Results | Page 2\n\fCONFIDENTIAL\n\n"
        "Alan Whitcombe: About a third, Gail, and we expect that to be\nsustained.\n"
    )
    assert said(call) == [
        ("Operator", ("Good morning, ladies and gentlemen, and welcome to the Stonebridge interim call. I now hand over to "
         "Alan Whitcombe, Chairman.")),
        ("Alan Whitcombe", ("Thank you. The first half was a period of great progress for us, with assets up by twelve per "
         "cent to a new record, and net inflows of one point nine billion pounds in all.")),
        ("Operator", "Our first question comes from the line of Gail Norris from Numis. Please go ahead."),
        ("Gail Norris", "Could you tell us what share of the inflows came from the wealth channel this time?"),
        ("Alan Whitcombe", "About a third, Gail, and we expect that to be sustained."),
    ]  # fmt: skip


def test_a_chinese_name_opens_a_paragraph_below_a_full_wrapped_line(parse) -> None:
    call = parse(
        "主持人：各位投资者、各位分析师，大家下午好，欢迎参加永泽能源\n年度业绩说明会。今天出席会议的有公司董事长周立群先生，财务\n"
        "总监何琳女士。下面有请周董事长介绍公司经营情况。\n周立群：谢谢主持人，各位投资者大家好。去年公司实现营业收入共\n"
        "八十六亿元，同比增长百分之十二，归属于上市公司股东的净利润\n九亿元。\n"
        "主持人：下面进入问答环节。第一个问题来自中信建投的分析师孟凡。\n孟凡：请问公司今年的装机目标是多少，资本开支大概在什么水平，另\n"
        "外弃风率有没有改善？\n周立群：今年计划新增装机两吉瓦，资本开支大约为九十五亿元左右。\n何琳：弃风率比上年有改善。\n"
    )
    assert [name for name, _ in said(call)] == ["主持人", "周立群", "主持人", "孟凡", "周立群", "何琳"]
    assert links(call) == [("孟凡", ["周立群", "何琳"])]


def test_short_chinese_lines_of_one_width_are_not_wrapped(parse) -> None:
    call = parse(
        "1. 问：公司海外营收占比？（易方达基金 李强）\n答：一季度海外占比36%。（财务总监 王芸）\n"
        "2. 问：新品大概何时上市？（中欧基金 赵婷）\n答：预计在今年的9月。（总经理 陈刚）\n3. 问：有并购计划吗？\n答：没有。\n"
    )
    assert said(call)[0] == ("问", "公司海外营收占比？（易方达基金 李强）")


def test_sub_headings_end_with_the_speech(parse) -> None:
    call = parse(
        "Operator: Welcome to the Larkfield call.\n\nPaul Iverson: Thanks, Megan.\n\nMarket environment\n\n"
        "Demand was soft in April but recovered in June.\n\nOperational highlights\n\nWe shipped 14,000 units.\n\n"
        "Operator: Our first question comes from Jack Liao with Oppenheimer.\n\n"
        "Jack Liao: How did orders trend?\n\nPaul Iverson: They kept improving.\n"
    )
    headings = [(passage.heading, passage.text[:10]) for passage in call.passages]
    assert headings[2:4] == [("Market environment", "Demand was"), ("Operational highlights", "We shipped")]
    assert {heading for heading, _ in headings[-3:]} == {None}


def test_lists_of_participants(parse) -> None:
    call = parse(
        "电话会议记录\n与会者：\n公司：副总经理 邵峰；董秘 卢静\n华泰证券：王强、王莉\n\n王强（华泰证券）：产能规划？\n邵峰：两万吨。\n"
        "王莉（华泰证券）：股权激励呢？\n卢静：在研究中。\n"
    )
    assert [speakers(call)[name][0] for name in ("邵峰", "卢静")] == ["副总经理", "董秘"]
    pairs = parse(
        "参会嘉宾：董事长 蒋一平 财务总监 宋晓岚\n\nPart 2 Q&A\n\nQ：进展？\nA（蒋总）：已通过验证。\nQ：资本开支？\nA（宋总）：6亿元。\n"
    )
    assert links(pairs) == [("Q", ["蒋一平"]), ("Q", ["宋晓岚"])]
    assert [text for _, text in said(pairs)] == ["进展？", "已通过验证。", "资本开支？", "6亿元。"]


def test_quotes_and_times_of_markdown(parse) -> None:
    call = parse(
        "## Q&A\n\n**Lise Dahl** (Arctic Securities)\n\n> What about the regulator?\n\n**Ingrid Solheim** (CEO)\n\n> We "
        "expect a decision in May.\n",
        "a.md",
    )
    assert said(call) == [
        ("Lise Dahl", "What about the regulator?"),
        ("Ingrid Solheim", "We expect a decision in May."),
    ]
    timed = parse(
        "**Mona Field** `00:03`\nCan we talk?\n\n**Greg Tan** `00:10`\nSure.\n\n**Mona Field** `00:16`\nWhen?\n", "b.md"
    )
    assert [(name, passage) for name, passage in said(timed)][1] == ("Greg Tan", "Sure.")
    assert timed.passages[1].time.start == 10


def _read(tmp_path: Path, name: str, text: str):
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    return parse_transcript(read_source(file))


def test_tables_of_questions_name_both_sides(tmp_path) -> None:
    row = "<tr><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>"
    rows = (
        row.format("提问人", "提问内容", "回答人", "回答内容"),
        row.format("投资者A", "请问新药审批进度？", "董事长 王振", "预计下半年获批。"),
        row.format("投资者B", "分红计划如何？", "财务总监 李岚", "每10股派2元。"),
    )
    page = _read(
        tmp_path,
        "a.html",
        f"<html><body><h1>北辰药业业绩说明会</h1><p>2025年4月18日</p><table>{''.join(rows)}</table></body></html>",
    )
    assert links(page) == [("投资者A", ["王振"]), ("投资者B", ["李岚"])]
    table = _read(
        tmp_path,
        "b.csv",
        "序号,投资者,问题,公司回复\n1,股民A,分红比例？,不低于30%。\n2,股民B,海外建厂进展？,四季度投产。\n",
    )
    assert links(table) == [("股民A", ["回答者"]), ("股民B", ["回答者"])]
    firms = _read(
        tmp_path,
        "c.csv",
        "发言者,所属机构,发言内容\n马骏,润泽环保 董事长,收入21亿元。\n宋佳,东吴证券,在手订单多少？\n马骏,润泽环保 董事长,35亿元。\n",
    )
    assert links(firms) == [("宋佳", ["马骏"])]


def test_records_with_people_in_objects_and_maps(tmp_path) -> None:
    people = {"S1": "Operator", "S2": "Hal Brandt, CEO", "S3": "Yuki Arai - Mizuho"}
    said_by = (("S1", "Welcome to the call."), ("S2", "Output rose."), ("S3", "And costs?"), ("S2", "Flat."))
    mapped = {
        "speakers": people,
        "segments": [{"spk": who, "t0": 0.0, "t1": 3.2, "txt": text} for who, text in said_by],
    }
    call = _read(tmp_path, "a.json", json.dumps(mapped))
    assert links(call) == [("Yuki Arai", ["Hal Brandt"])]
    blocks = [
        {"who": {"fullName": "Kari Lund", "jobTitle": "CEO"}, "said": ["Rates rose."]},
        {"who": {"fullName": "Erik Moe", "organisation": "DNB Markets"}, "said": ["What is the plan?"]},
        {"who": {"fullName": "Kari Lund", "jobTitle": "CEO"}, "said": ["Three ships."]},
    ]
    assert links(_read(tmp_path, "b.json", json.dumps({"blocks": blocks}))) == [("Erik Moe", ["Kari Lund"])]
