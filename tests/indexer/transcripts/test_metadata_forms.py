"""How titles, welcomes and file names write periods, days, companies and tickers. All firms are invented."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.transcripts.companies import company_in_name, company_in_title, company_in_welcome
from indexer.transcripts.company_names import same_company
from indexer.transcripts.dates import find_dates, find_name_date
from indexer.transcripts.periods import find_end, find_period, find_periods
from indexer.transcripts.tickers import find_name_ticker, find_tickers


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2023年6月份季度", "2023Q2"),
        ("远岭集团 2023年 6 月份季度业绩发布电话会", "2023Q2"),
        ("2024年十二月份季度", "2024Q4"),
        ("June quarter 2023", "2023Q2"),
        ("larkspur june-quarter-2023 call", "2023Q2"),
        ("Q1 2024", "2024Q1"),
        ("Q1-24", "2024Q1"),
        ("Q1 24 results", "2024Q1"),
        ("Q1'24", "2024Q1"),
        ("1Q24", "2024Q1"),
        ("1Q 2024", "2024Q1"),
        ("2024Q1", "2024Q1"),
        ("2024-q1", "2024Q1"),
        ("24Q1业绩会", "2024Q1"),
        ("Q2 Earnings Call 2024", "2024Q2"),
        ("Q1 2018 Earnings Conference Call April 17, 2018", "2018Q1"),
        ("first quarter 2024", "2024Q1"),
        ("third quarter of 2024", "2024Q3"),
        ("2024 second quarter results", "2024Q2"),
        ("2024年第一季度", "2024Q1"),
        ("2024年1季度", "2024Q1"),
        ("24年一季报", "2024Q1"),
        ("2024年三季报", "2024Q3"),
        ("2024年前三季度", "2024Q3"),
        ("二零二四年第一季度业绩", "2024Q1"),
        ("113年第1季", "2024Q1"),
        ("9M24", "2024Q3"),
        ("H1 2024", "2024H1"),
        ("1H24", "2024H1"),
        ("first half 2024", "2024H1"),
        ("Half Year Results 2024", "2024H1"),
        ("2024 interim results", "2024H1"),
        ("2024年上半年", "2024H1"),
        ("2024年中期业绩", "2024H1"),
        ("2024年半年报", "2024H1"),
        ("2024年下半年", "2024H2"),
        ("full year 2023", "2023"),
        ("2023年全年", "2023"),
        ("2023年年报", "2023"),
        ("2023年年度业绩说明会", "2023"),
        ("2021 年年度业绩预告", "2021"),
        ("Larkspur 2019 annual results call", "2019"),
        ("annual results for the year ended 31 December 2019", "2019"),
        ("截至2023年12月31日止年度", "2023"),
        # A part of the year comes before the year.
        ("Fourth Quarter and Full Year 2023 Results", "2023Q4"),
        ("2023年第四季度及全年业绩", "2023Q4"),
        ("2023年度暨2024年第一季度业绩说明会", "2023"),
        # Only the end is told.
        ("for the quarter ended June 30, 2024", "2024Q2"),
        ("quarter ended March 2024", "2024Q1"),
        ("thirteen weeks, the quarter ended July 1, 2023", "2023Q2"),
        ("截至2025年3月31日止的三个月", "2025Q1"),
        ("截至二零二四年三月三十一日止三個月", "2024Q1"),
        ("six months ended June 30, 2024", "2024H1"),
        # The fiscal year is named.
        ("Q1 FY24", "2024Q1 fiscal"),
        ("3QFY24", "2024Q3 fiscal"),
        ("FY24 Q3", "2024Q3 fiscal"),
        ("FQ1 2024", "2024Q1 fiscal"),
        ("fiscal 2024 third quarter", "2024Q3 fiscal"),
        ("second quarter of fiscal year 2024", "2024Q2 fiscal"),
        ("Fiscal Year 2024 Third Quarter Earnings", "2024Q3 fiscal"),
        ("2024财年第三财季财报", "2024Q3 fiscal"),
        ("2024财政年度第三季度", "2024Q3 fiscal"),
        ("2024/25财年第一季度", "2025Q1 fiscal"),
        ("Q3 FY2023/24", "2024Q3 fiscal"),
        ("FY2023", "2023 fiscal"),
        ("year ended 31 March 2024", "2024 fiscal"),
        # Nothing of the kind.
        ("a quarter of the market", None),
        ("revenue up 24% in Q1", None),
        ("2023年 99 月份季度", None),
        ("2023年年度股东大会", None),
        ("the 2024 annual meeting", None),
        ("three months ended April 30, 2024", None),
        ("Q3 Earnings Call 2018-04-17", None),
        ("2024年4月29日", None),
    ],
)
def test_periods(text: str, period: str | None) -> None:
    found = find_period(text)
    assert (found and found.value + (" fiscal" if found.fiscal else "")) == period


def test_the_quarter_named_by_its_month_comes_before_the_fiscal_one() -> None:
    found = find_periods("the June quarter 2023, which is the first quarter of fiscal 2024")
    assert [period.value for period in found] == ["2023Q2", "2024Q1"]


def test_the_end_of_a_period() -> None:
    assert find_end("earnings call for the period ending April 30, 2020.") == "2020-04-30"
    assert find_end("we opened a store on April 30, 2020") is None


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Thursday, May 02, 2024 9:00 PM GMT", "2024-05-02"),
        ("02-May-2024", "2024-05-02"),
        ("2-May-24", "2024-05-02"),
        ("May 2nd, 2024", "2024-05-02"),
        ("May. 02, 2024", "2024-05-02"),
        ("2 May 2024", "2024-05-02"),
        ("the 30th of April 2020", "2020-04-30"),
        ("MAY 02, 2024 / 9:00PM GMT", "2024-05-02"),
        ("May-01-2024 10:10 AM", "2024-05-01"),
        ("2024-05-02T09:00:00Z", "2024-05-02"),
        ("２０２４年４月２９日", "2024-04-29"),
        ("二〇二三年八月十日", "2023-08-10"),
        ("二零二四年十二月二十日", "2024-12-20"),
        ("民國113年5月2日", "2024-05-02"),
        ("民國113/05/02", "2024-05-02"),
        ("13/05/2024", "2024-05-13"),
        ("02.05.2024", "2024-05-02"),
        ("market 12, 2024", None),
        ("May 32, 2024", None),
    ],
)
def test_days(text: str, date: str | None) -> None:
    found = find_dates(text)
    assert ([dated.value for dated in found] or [None]) == [date]
    assert all(dated.other is None for dated in found)


def test_figures_that_can_be_read_two_ways_have_both_readings() -> None:
    (found,) = find_dates("05/02/2024")
    assert (found.value, found.other) == ("2024-05-02", "2024-02-05")
    (found,) = find_dates("05/05/2024")
    assert (found.value, found.other) == ("2024-05-05", None)


@pytest.mark.parametrize(
    ("stem", "date"),
    [
        ("2020-07-07-larkspur-foods-lksp-q2", "2020-07-07"),
        ("Larkspur_Q1_2024_Earnings_Call_May_02_2024", "2024-05-02"),
        ("memo_遠嶺_2454_20260311", "2026-03-11"),
        ("2024_05_02_call", "2024-05-02"),
        ("20240415-远岭股份", "2024-04-15"),
        ("2020-03-0230487LKS-Larkspur-2019-Annual-Results-Call", "2020-03-02"),
        ("call_1714680000", None),
        ("hGO20240502FrU9", None),
        ("PO-2020-03-1234", None),
        ("20241399", None),
        ("2024Q3", None),
    ],
)
def test_days_in_file_names(stem: str, date: str | None) -> None:
    assert find_name_date(stem) == date


@pytest.mark.parametrize(
    ("title", "company"),
    [
        ("Larkspur Foods Trust, Inc. NYSE:LKSP", "Larkspur Foods Trust, Inc."),
        ("LARKSPUR FOODS, INC. FQ1 2024 EARNINGS CALL | MAY 02, 2024", "LARKSPUR FOODS, INC."),
        ("Larkspur Foods, Inc. (NASDAQ:LKSP) Q1 2018 Earnings Conference Call", "Larkspur Foods, Inc."),
        ("Larkspur Foods ( LKSP -0.68% ) Q1 2024 Earnings Call", "Larkspur Foods"),
        ("Q2 2024 Larkspur Foods Inc Earnings Call", "Larkspur Foods Inc"),
        ("LKSP.OQ - Q2 2024 Larkspur Foods Inc Earnings Call", "Larkspur Foods Inc"),
        ("Half Year 2023 Larkspur Group Ltd Earnings Call", "Larkspur Group Ltd"),
        ("Larkspur's (LKSP) CEO Tom Reed on Q4 2018 Results - Earnings Call Transcript", "Larkspur"),
        ("Transcript of Larkspur Limited Q1 FY24 Earnings Conference Call July 20, 2023", "Larkspur Limited"),
        ("Earnings call transcript: Larkspur Q3 2025 beats expectations", "Larkspur"),
        ("Larkspur Announces First Quarter Fiscal 2025 Results", "Larkspur"),
        ("L&K Foods Company (The) Q3 2024 Earnings Call", "L&K Foods Company"),
        ("1Q24 Banco Larkspur S.A. Earnings Conference Call", "Banco Larkspur S.A."),
        ("2023 Annual Results of Ling An", "Ling An"),
        ("Larkspur SA - Half Year 2024 Results", "Larkspur SA"),
        ("eLark Inc. (ELRK) Q1 2024 Earnings Call Transcript", "eLark Inc."),
        ("Company Name: Larkspur Foods", "Larkspur Foods"),
        ("远岭2024Q3业绩会实录", "远岭"),
        ("远岭Q3业绩会实录：把投入变成收入", "远岭"),
        ("【北岭电新】远岭时代24Q1业绩交流会纪要", "远岭时代"),
        ("财报电话会丨远岭2024年一季度财报电话会", "远岭"),
        ("一图看懂远岭2024年Q1财报", "远岭"),
        ("远岭控股(00888)2024年第一季度业绩会纪要", "远岭控股"),
        ("宜的集团2024年第一季度业绩会", "宜的集团"),
        ("远岭控股的2024年第一季度业绩会", "远岭控股"),
        ("远岭酒业股份有限公司关于召开2023年度业绩说明会的公告", "远岭酒业股份有限公司"),
        ("远岭(406.32, 7.28, 1.82%)发布了2024财年第三财季财报", "远岭"),
        ("证券代码：300999 证券简称：远岭科技 公告编号：2022-001", "远岭科技"),
        ("遠嶺電子 2024年第一季法人說明會", "遠嶺電子"),
        ("远岭时代业绩说明会", "远岭时代"),
        ("FQ1 2024 Earnings Call Transcripts", None),
        ("Q1 2024 Financial Results Conference Call", None),
        ("Fourth Quarter and Full Year 2023 Earnings Call", None),
        ("Edited Transcript of LKSP.OQ earnings conference call or presentation 2-May-24", None),
        ("Earnings Call Transcript", None),
        ("Image source: The Larkspur Times.", None),
        ("2021-05-12 TechTalk 訪談", None),
        ("投资者关系活动记录表", None),
        ("这一季度的业绩电话会议", None),
        ("Weekly team meeting", None),
        ("销售周会", None),
    ],
)
def test_companies_in_titles(title: str, company: str | None) -> None:
    assert company_in_title(title) == company


@pytest.mark.parametrize(
    ("clause", "company"),
    [
        ("the Larkspur Foods first Quarter 2024 earnings conference call", "Larkspur Foods"),
        ("the Larkspur Foods Q1 2018 Earnings Release Conference Call", "Larkspur Foods"),
        ("Larkspur's first quarter earnings conference call", "Larkspur"),
        ("the Larkspur Fiscal Year 2024 Third Quarter Earnings Conference Call", "Larkspur"),
        ("the Q1 2024 Earnings Conference Call for Larkspur Corp", "Larkspur Corp"),
        ("the LKS Larkspur 2019 annual results call", "LKS Larkspur"),
        ("Larkspur, Inc. Q1 2024 Earnings Conference Call", "Larkspur, Inc."),
        ("远岭控股有限公司2024年第一季度业绩电话会议", "远岭控股有限公司"),
        ("远岭集团业绩说明会", "远岭集团"),
        ("our first quarter 2024 earnings call", None),
        ("the company's earnings call", None),
        ("today's conference call", None),
        ("the lks larkspur 2019 annual results call", None),
        ("the show", None),
        ("本次电话会议", None),
        ("贵公司2023年度业绩说明会", None),
    ],
)
def test_companies_in_welcomes(clause: str, company: str | None) -> None:
    assert company_in_welcome(clause) == company


@pytest.mark.parametrize(
    ("stem", "company", "ticker"),
    [
        ("北岭科技_远岭2024Q3业绩会实录", "远岭", None),
        ("memo_遠嶺_2454_20260311", "遠嶺", "2454"),
        ("capsule_Larkspur_Foods_Inc._Q1_2024_Earnings_Call_May_02_2024", "Larkspur Foods Inc.", None),
        ("text_consumer_discretionary-LKSP_US-2024-q1", None, "LKSP"),
        ("LKSP_Q1_2024", None, "LKSP"),
        ("0888.HK_2024Q1", None, "0888.HK"),
        ("公告_远岭新能源股份有限公司2021年年度业绩预告", "远岭新能源股份有限公司", None),
        ("20240415-远岭时代-2024Q1业绩会", "远岭时代", None),
        ("larkspur-foods-lksp-q2-2020-earnings-call-tr", None, None),
        ("Transcript_Q1_2024", None, None),
        ("call", None, None),
    ],
)
def test_companies_and_tickers_in_file_names(stem: str, company: str | None, ticker: str | None) -> None:
    assert (company_in_name(stem), find_name_ticker(stem)) == (company, ticker)


@pytest.mark.parametrize(
    ("text", "tickers"),
    [
        ("(NASDAQ:LKSP)", ["LKSP"]),
        ("NYSE:LKS", ["LKS"]),
        ("NasdaqGS:LKSP", ["LKSP"]),
        ("(LKSP)", ["LKSP"]),
        ("( LKSP -0.68% )", ["LKSP"]),
        ("LKS.B (NYSE: LKS.B)", ["LKS.B"]),
        ("Company Ticker: LKSP US", ["LKSP"]),
        ("LKSP.OQ - Q2", ["LKSP"]),
        ("(NYSE: LKSP and HKEX: 9888)", ["LKSP", "9888"]),
        ("(纽交所：LKSP，港交所：9888)", ["LKSP", "9888"]),
        ("(002999.SZ/1299.HK)", ["002999.SZ", "1299.HK"]),
        ("证券代码：300999 证券简称：远岭科技", ["300999"]),
        ("（股份代号：0888）", ["0888"]),
        ("股票代號：2454", ["2454"]),
        ("9888.HK", ["9888.HK"]),
        ("888 HK", ["888.HK"]),
        ("远岭控股(00888)", ["00888"]),
        ("Tom Reed (CEO)", []),
        ("revenue (USD)", []),
    ],
)
def test_tickers(text: str, tickers: list[str]) -> None:
    assert [ticker.value for ticker in find_tickers(text)] == tickers


def test_a_short_name_may_be_of_the_company_with_the_long_one() -> None:
    assert same_company("容岭科技", "宁城容岭新能源科技股份有限公司")
    assert same_company("Larkspur Foods, Inc.", "LARKSPUR FOODS INC")
    assert not same_company("Larkspur", "Oakhurst")


@given(st.text(alphabet="0123456789Qq年月日季度FYHh1-/. '第一二三财上半首full year quarterended(:)US", max_size=60))
def test_any_text_is_read_without_an_error_and_what_is_found_stands_in_it(text: str) -> None:
    for found in (*find_periods(text), *find_dates(text), *find_tickers(text)):
        assert 0 <= found.start < found.end <= len(text)
    for reader in (company_in_title, company_in_welcome, company_in_name, find_name_date, find_name_ticker, find_end):
        value = reader(text)
        assert value is None or value


@pytest.mark.parametrize(
    "piece",
    [
        "2024 ",
        "Q1 ",
        "fiscal ",
        "first quarter ",
        "earnings call of ",
        "2024年",
        " ",
        "'",
        "(A",
        "[【",
        ": ",
        "的",
        "-",
    ],
)
def test_long_lines_are_read_in_no_time(piece: str) -> None:
    text = f"2024{piece * (2000 // len(piece))}first"[:2000]
    started = time.thread_time()
    for reader in (find_periods, find_dates, find_tickers, find_end, find_name_date, find_name_ticker):
        reader(text)
    for company in (company_in_title, company_in_welcome, company_in_name):
        company(text)
    assert time.thread_time() - started < 5
