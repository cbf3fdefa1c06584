"""A real index of the project's own sample transcripts, with words and meaning."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from indexer.build import BuildSettings, index_paths
from indexer.stores.index import IndexReader
from search_web.search.searcher import Searcher


@pytest.fixture(scope="session")
def sample_index(corpus_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(corpus_index, tmp_path_factory.mktemp("sample") / "index")


@pytest.fixture(scope="session")
def searcher(sample_index: Path) -> Searcher:
    return Searcher(IndexReader(sample_index))


_ENGLISH = """{company} ({ticker}) Q{quarter} {year} Earnings Call Transcript
{date}

Prepared Remarks:

Operator

Good day and welcome to the {company} call.

Oscar Lindqvist -- Chief Executive Officer

Our turbines ran well and orders for tidal equipment rose in this period, number {quarter} of {year}.

Priya Rich -- Chief Financial Officer

Operating cash flow was steady and monetization of the service contracts improved, as planned for {quarter}/{year}.

Questions and Answers:

Ines Vale -- Goldman Sachs -- Analyst

How do you think about the depreciation of the harbour cranes?

Oscar Lindqvist -- Chief Executive Officer

The cranes are written down over twelve years, and we see no reason to change that.

Tom Okafor -- Jefferies -- Analyst

What should we expect for wages in the shipyards next year?

Priya Rich -- Chief Financial Officer

Wages will grow by about four percent, which the new tariffs on our moorings pay for.
"""
_CHINESE = """青屿科技 2023 年 {quarter} 业绩发布电话会
{date}

业务概览

何明远
青屿科技董事长兼首席执行官
（原话）
各位好，本季度青屿云的收入继续增长，算力租赁的需求超过了我们的预期，新的机房已经开工。

苏婉
青屿科技首席财务官
（原话）
自由现金流保持稳健，资本开支主要投向机房和网络，我们继续回购股份。

问答

Ronald Fisk (Goldman Sachs):
请问管理层怎么看大模型的价格战，对云业务的毛利率有什么影响？

何明远：
价格下降会带来更多的调用，我们不追求最低的价格，而是追求最稳定的服务。

林若曦 (中金公司):
想问一下海外仓的布局，明年会新增多少个国家？

苏婉：
明年计划新增六个国家，以东南亚为主，投入会比较克制。
"""
_CALLS = (
    ("Marlow Grid", "MGRD", ((2, 2022, "Jul 28, 2022"), (2, 2023, "Jul 27, 2023"), (3, 2023, "Oct 26, 2023"),
                             (1, 2024, "Apr 25, 2024"), (2, 2024, "Jul 25, 2024"))),
    ("Apple Orchard Holdings", "AOH", ((1, 2024, "May 2, 2024"), (2, 2024, "Aug 1, 2024"))),
)  # fmt: skip


def _write_calls(folder: Path) -> None:
    """Write the calls as text files."""
    for company, ticker, periods in _CALLS:
        for quarter, year, date in periods:
            text = _ENGLISH.format(company=company, ticker=ticker, quarter=quarter, year=year, date=date)
            if ticker == "AOH":
                text = text.replace("Oscar Lindqvist", "Will Sanderson").replace("Priya Rich", "Mina Zhang")
            (folder / f"{ticker}-{year}-q{quarter}.txt").write_text(text, encoding="utf-8")
    for name, quarter, date in (("a", "6 月份季度", "2023 年 8 月 17 日"), ("b", "9 月份季度", "2023 年 11 月 16 日")):
        (folder / f"qingyu-{name}.txt").write_text(_CHINESE.format(quarter=quarter, date=date), encoding="utf-8")


@pytest.fixture(scope="session")
def invented_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Index an invented collection: three companies, several periods, Chinese and English, analysts of real firms."""
    folder = tmp_path_factory.mktemp("invented")
    calls = folder / "calls"
    calls.mkdir()
    _write_calls(calls)
    index_paths(folder / "index", [calls], BuildSettings(embedders=("bundled",)))
    return folder / "index"


@pytest.fixture(scope="session")
def invented(invented_index: Path) -> Searcher:
    return Searcher(IndexReader(invented_index))
