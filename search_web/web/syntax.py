"""The help on the query language that the search page shows, and a query with the place of its error marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search_web.web.labels import Label

if TYPE_CHECKING:
    from indexer.errors import QuerySyntaxError


@dataclass(frozen=True, slots=True)
class SyntaxRow:
    """One thing that a query can say, with an example in English and one in Chinese."""

    meaning: Label
    examples: tuple[str, str]


SYNTAX = (
    SyntaxRow(Label("These words together", "原样短语"), ('"free cash flow"', '"自由现金流"')),
    SyntaxRow(Label("Both", "同时出现"), ("AI AND revenue", "菜鸟 AND 利润")),
    SyntaxRow(Label("Either", "任一"), ("buyback OR dividend", "回购 OR 分红")),
    SyntaxRow(Label("Not this", "排除"), ("cloud -AI", "云 NOT AI")),
    SyntaxRow(Label("Grouped", "分组"), ("(buyback OR dividend) AND cash", "（回购 OR 分红）AND 现金")),
    SyntaxRow(Label("Within five words", "相距五词以内"), ("AI NEAR/5 revenue", "菜鸟 NEAR/5 利润")),
    SyntaxRow(Label("Beginning so", "以此开头"), ("monetiz*", "商业*")),
    SyntaxRow(Label("Said by", "发言人"), ('speaker:"Daniel Zhang"', "发言人：张勇")),
    SyntaxRow(Label("In the role of", "身份"), ("role:analyst", "角色：分析师")),
    SyntaxRow(Label("For the firm", "所属机构"), ('firm:"Goldman Sachs"', "机构：高盛")),
    SyntaxRow(Label("Of the company or ticker", "公司或代码"), ("company:BABA", "公司：阿里巴巴")),
    SyntaxRow(Label("In the part", "环节"), ("section:qa", "环节：问答")),
    SyntaxRow(Label("In the language", "语言"), ("lang:en", "语言：中文")),
    SyntaxRow(Label("In own words, or translated", "原话或翻译"), ("delivery:original", "转述：原话")),
    SyntaxRow(Label("On the period", "期间"), ("period:2023Q2", "季度：2023Q2")),
    SyntaxRow(Label("On days", "日期"), ("date:2023-01..2023-06", "日期：2023-01..2023-06")),
)
"""What the help lists, the commonest first."""


@dataclass(frozen=True, slots=True)
class MarkedQuery:
    """A query cut at the character that cannot stand there; `at` is empty when something is missing at the end."""

    before: str
    at: str
    after: str


def marked_query(query: str, error: QuerySyntaxError) -> MarkedQuery:
    """Return the query as it was parsed, without blanks around it, cut at the place of the error."""
    parsed, place = query.strip(), error.position
    return MarkedQuery(parsed[:place], parsed[place : place + 1], parsed[place + 1 :])
