"""Metadata of whole files, in the layouts that providers of transcripts use. All of them are invented."""

from __future__ import annotations

import pytest

EN = """
Operator
Thank you. Our first question comes from Ann Lee with Oak Bank. Please go ahead.
Ann Lee -- Oak Bank -- Analyst
How do margins look? You changed a lot since the Form 10-K that was filed on February 2, 2018.
Tom Reed -- Chief Executive Officer
They look fine. We expect the same for Q3 2031 as of March 31, 2031. Thank you.
"""
LABELLED = """
Tom Reed: Good morning. We had a good year, and I am glad that you are here.

Ann Lee: How do the margins look?

Tom Reed: They look fine.
"""
ZH = """
张明：谢谢大家，收入增长了两成，2031年第三季度也会增长。

李华（北岭证券）：请问下半年怎么看？

张明：我们保持乐观。
"""

# head, body, company, ticker, period (with "fiscal"), date
LAYOUTS = {
    "cover with day first": (
        "02-May-2024\nLarkspur Foods, Inc. (LKSP)\nQ1 2024 Earnings Call\nTotal Pages: 17\nCopyright © 2001-2024 Larch Street, LLC\n",
        EN,
        ("Larkspur Foods, Inc.", "LKSP", "2024Q1", "2024-05-02"),
    ),
    "edited transcript with event date": (
        "EDITED TRANSCRIPT\nLKSP.OQ - Q1 2024 Larkspur Foods Inc Earnings Call\nEVENT DATE/TIME: MAY 02, 2024 / 9:00PM GMT\n",
        EN,
        ("Larkspur Foods Inc", "LKSP", "2024Q1", "2024-05-02"),
    ),
    "all in one line": (
        "Larkspur Foods Inc. (NASDAQ: LKSP) Q1 2024 Earnings Call dated May. 02, 2024\n",
        EN,
        ("Larkspur Foods Inc.", "LKSP", "2024Q1", "2024-05-02"),
    ),
    "labelled fields": (
        "Company Name: Larkspur Foods\nCompany Ticker: LKSP US\nDate: 2024-05-02\nEvent Description: Q1 2024 Earnings Call\n",
        EN,
        ("Larkspur Foods", "LKSP", "2024Q1", "2024-05-02"),
    ),
    "a page that says who spoke on what": (
        "Larkspur Foods' (LKSP) CEO Tom Reed on Q3 2018 Results - Earnings Call Transcript\nNov. 1, 2018 10:32 PM ET | About: Larkspur Foods Inc. (LKSP)\n",
        EN,
        ("Larkspur Foods", "LKSP", "2018Q3", "2018-11-01"),
    ),
    "a page whose title is split over lines": (
        "Image source: The Larch Times.\nLarkspur Foods\n(\nLKSP\n-0.68%\n)\nQ1 2024 Earnings Call\nApr 29, 2024\n,\n8:00 p.m. ET\nContents:\nPrepared Remarks\n",
        EN,
        ("Larkspur Foods", "LKSP", "2024Q1", "2024-04-29"),
    ),
    "a fiscal quarter that shows by its end": (
        "Larkspur PLC (LKS) Q2 2020 Earnings Call Transcript\nLKS earnings call for the period ending April 30, 2020.\nLarkspur PLC\n(\nNYSE:LKS\n)\nQ2 2020 Earnings Call\nJul 7, 2020\n",
        EN,
        ("Larkspur PLC", "LKS", "2020Q2 fiscal", "2020-07-07"),
    ),
    "a fiscal quarter with the company above": (
        '"Larkspur Foods Limited\nQ3 FY24 Earnings Conference Call"\nJanuary 23, 2024\n',
        LABELLED,
        ("Larkspur Foods Limited", None, "2024Q3 fiscal", "2024-01-23"),
    ),
    "half a year": (
        "Larkspur Foods plc\nHalf Year Results 2024\nAnalyst Presentation and Q&A\n6 August 2024\n",
        LABELLED,
        ("Larkspur Foods plc", None, "2024H1", "2024-08-06"),
    ),
    "a year that ends in March": (
        "Larkspur Foods Group\nAnnual Results for the year ended 31 March 2024\nWednesday 15 May 2024\n",
        LABELLED,
        ("Larkspur Foods Group", None, "2024 fiscal", "2024-05-15"),
    ),
    "nothing but the operator's welcome": (
        "Operator: Good afternoon. At this time I would like to welcome everyone to the Larkspur Foods First Quarter 2024 Earnings Conference Call. Today is Thursday, May 2nd, 2024.\n",
        LABELLED,
        ("Larkspur Foods", None, "2024Q1", "2024-05-02"),
    ),
    "a quarter without a year": (
        "Larkspur Foods first quarter earnings call\nApril 25, 2024\n",
        EN,
        ("Larkspur Foods", None, "2024Q1", "2024-04-25"),
    ),
    "a quarter without a year that had ended long before": (
        "Larkspur Foods first quarter earnings call\nNovember 25, 2024\n",
        EN,
        ("Larkspur Foods", None, None, "2024-11-25"),
    ),
    "month first where the exchange tells": (
        "Larkspur Foods Inc. (NYSE: LKSP) Q1 2024 Earnings Call\n05/02/2024\n",
        EN,
        ("Larkspur Foods Inc.", "LKSP", "2024Q1", "2024-05-02"),
    ),
    "day first where the exchange tells": (
        "Larkspur Foods plc (LSE: LKSP) Q1 2024 Trading Update Call\n02/05/2024\n",
        EN,
        ("Larkspur Foods plc", "LKSP", "2024Q1", "2024-05-02"),
    ),
    "two ways to read the day": (
        "Larkspur Foods Q1 2024 Earnings Call\n05/02/2024\n",
        EN,
        ("Larkspur Foods", None, "2024Q1", None),
    ),
    "an announcement of Hong Kong": (
        "远岭控股有限公司\n（股份代号：0888）\n截至二零二四年六月三十日止六个月中期业绩电话会议\n二零二四年八月十五日\n",
        ZH,
        ("远岭控股有限公司", "0888", "2024H1", "2024-08-15"),
    ),
    "a record of an investor relations event": (
        (
            "证券代码：300999 证券简称：远岭股份\n远岭新能源股份有限公司\n投资者关系活动记录表\n编号：2024-003\n时间：2024年4月29日 15:00-16:00\n\n"
            "主持人：各位投资者大家好，欢迎参加远岭股份2024年第一季度业绩说明会。\n"
        ),
        ZH,
        ("远岭新能源股份有限公司", "300999", "2024Q1", "2024-04-29"),
    ),
    "minutes by a broker": (
        "【北岭电新】远岭股份24Q1业绩交流会纪要-20240415\n\n会议时间：2024年4月15日\n",
        ZH,
        ("远岭股份", None, "2024Q1", "2024-04-15"),
    ),
    "a news page": (
        (
            "首页 新闻 财经\n远岭科技2024年Q1财报电话会议实录：未来三年加大投入\n2024年05月16日 21:35 北岭财经\n\n"
            "远岭科技（纽交所：YLKJ；港交所：9888）今日公布了2024年第一季度财报：营收12亿元。\n\n以下是电话会议实录：\n"
        ),
        ZH,
        ("远岭科技", "YLKJ", "2024Q1", "2024-05-16"),
    ),
    "a call of Taiwan": (
        "遠嶺電子 2024年第一季法人說明會\n民國113年5月2日\n",
        ZH,
        ("遠嶺電子", None, "2024Q1", "2024-05-02"),
    ),
    "the fourth quarter and the year": (
        "# 京岭集团 2023年第四季度及全年业绩电话会\n\n日期：2024年3月6日\n",
        ZH,
        ("京岭集团", None, "2023Q4", "2024-03-06"),
    ),
    "a title that looks like words behind a name": (
        "Final Transcript\nOakhurst Bancorp: Fourth Quarter 2023 Earnings Call\nJanuary 19, 2024 / 11:00 AM EST\n",
        LABELLED,
        ("Oakhurst Bancorp", None, "2023Q4", "2024-01-19"),
    ),
    "a company behind the name of the call": (
        "# Q4 2023 Earnings Call - Oakhurst Bancorp\n\n**Date:** January 19, 2024\n**Ticker:** OAKB\n",
        LABELLED,
        ("Oakhurst Bancorp", "OAKB", "2023Q4", "2024-01-19"),
    ),
    "a presentation at the conference of a bank": (
        "Elm Securities Global Technology Conference\nOakhurst Systems (OAKS)\nMarch 5, 2024\n",
        LABELLED,
        ("Oakhurst Systems", "OAKS", None, "2024-03-05"),
    ),
    "a cover without a period": (
        "Oakhurst Bancorp NYSE:OAKB\nCompany Conference Presentation\nTuesday, March 12, 2024 1:00 PM GMT\n",
        LABELLED,
        ("Oakhurst Bancorp", "OAKB", None, "2024-03-12"),
    ),
    "a general meeting": (
        "Oakhurst Bancorp 2024 Annual General Meeting\nMay 14, 2024\n",
        LABELLED,
        ("Oakhurst Bancorp", None, None, "2024-05-14"),
    ),
    "labels in Chinese": (
        "公司：远岭科技（600999.SH）\n主题：2024年三季报交流\n日期：2024年10月30日\n",
        ZH,
        ("远岭科技", "600999.SH", "2024Q3", "2024-10-30"),
    ),
    "a record with the day in its title": (
        "远岭科技股份有限公司\n2024年8月28日投资者关系活动记录表\n",
        ZH,
        ("远岭科技股份有限公司", None, None, "2024-08-28"),
    ),
    "two years in one fiscal year": (
        "远岭科技有限公司2023/24财年全年业绩发布会\n",
        ZH,
        ("远岭科技有限公司", None, "2024 fiscal", None),
    ),
    "a planning call": ("Q2 Planning Call\n2024-04-03\n", LABELLED, (None, None, None, "2024-04-03")),
    "an interview with a chief executive": (
        "对话远岭CEO张明：我们为什么做大模型\n2024年5月1日\n",
        ZH,
        (None, None, None, "2024-05-01"),
    ),
    "a meeting": (
        "Weekly product sync\nMarch 3, 2025\n",
        "\nTom: Let's start with the Larkspur Q3 2024 earnings call.\n\nAnn: It was good.\n\nTom: Fine.\n",
        (None, None, None, "2025-03-03"),
    ),
    "a podcast": (
        "# Episode 12: Building rockets with Ann Lee\n",
        "\n**Host**: Welcome to the Space Show. Today is a good day.\n\n**Ann Lee**: I joined Rocket Corp in 2015.\n\n**Host**: How was it?\n",
        (None, None, None, None),
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_layouts(parse, layout: str) -> None:
    head, body, expected = LAYOUTS[layout]
    call = parse(head + body)
    period = call.period and call.period + (" fiscal" if call.fiscal else "")
    assert (call.company, call.ticker, period, call.date) == expected


def test_an_announcement_without_speakers(parse) -> None:
    call = parse(
        "证券代码：300999 证券简称：远岭科技 公告编号：2022-001\n远岭新能源科技股份有限公司\n2021 年年度业绩预告\n"
        "本公司预计 2021 年度净利润增长三成。\n\n业绩预告期间为 2021年1月1日至2021年12月31日。\n\n特此公告。\n\n2022 年 1 月 4 日\n"
    )
    assert (call.company, call.ticker) == ("远岭新能源科技股份有限公司", "300999")
    assert (call.period, call.fiscal, call.date) == ("2021", False, "2022-01-04")
    assert not any("company" in warning for warning in call.warnings), "the short name is no other company"


def test_the_name_of_the_file_helps_where_nothing_else_does(parse) -> None:
    call = parse(LABELLED, "2024-11-05_Larkspur_Foods_Q3_2024_Earnings_Call.txt")
    assert (call.company, call.period, call.date) == ("Larkspur Foods", "2024Q3", "2024-11-05")
    assert call.title == "Larkspur Foods 2024Q3"
    call = parse(LABELLED, "notes.txt")
    assert (call.company, call.period, call.date, call.title) == (None, None, None, "notes")


def test_a_running_head_in_capitals_lends_no_spelling(parse) -> None:
    pages = [
        f"LARKSPUR FOODS, INC. FQ1 2024 EARNINGS CALL | MAY 02, 2024\n{n}\nTom Reed: Page {n} ends here, as it should.\n"
        for n in range(2, 6)
    ]
    cover = "Larkspur Foods, Inc. NYSE:LKSP\nFQ1 2024 Earnings Call Transcripts\nThursday, May 02, 2024 9:00 PM GMT\n"
    call = parse("\f".join([cover, *pages]))
    assert (call.title, call.company, call.ticker) == (
        "FQ1 2024 Earnings Call Transcripts",
        "Larkspur Foods, Inc.",
        "LKSP",
    )
    assert (call.period, call.fiscal, call.date) == ("2024Q1", True, "2024-05-02")
    assert {evidence.value for evidence in call.evidence if evidence.field == "period"} == {"2024Q1"}
