"""The help on the query language that the search page shows, and a query with the place of its error marked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from flask_babel import lazy_pgettext

if TYPE_CHECKING:
    from flask_babel import LazyString

    from indexer.errors import QuerySyntaxError


@dataclass(frozen=True, slots=True)
class SyntaxRow:
    """One thing that a query can say, with an example in English and one in Chinese."""

    meaning: LazyString
    examples: tuple[str, str]


SYNTAX = (
    SyntaxRow(lazy_pgettext("syntax", "These words together"), ('"free cash flow"', '"自由现金流"')),
    SyntaxRow(lazy_pgettext("syntax", "Both"), ("AI AND revenue", "菜鸟 AND 利润")),
    SyntaxRow(lazy_pgettext("syntax", "Either"), ("buyback OR dividend", "回购 OR 分红")),
    SyntaxRow(lazy_pgettext("syntax", "Not this"), ("cloud -AI", "云 NOT AI")),
    SyntaxRow(lazy_pgettext("syntax", "Grouped"), ("(buyback OR dividend) AND cash", "（回购 OR 分红）AND 现金")),
    SyntaxRow(lazy_pgettext("syntax", "Within five words"), ("AI NEAR/5 revenue", "菜鸟 NEAR/5 利润")),
    SyntaxRow(lazy_pgettext("syntax", "Beginning so"), ("monetiz*", "商业*")),
    SyntaxRow(lazy_pgettext("syntax", "Said by"), ('speaker:"Daniel Zhang"', "发言人：张勇")),
    SyntaxRow(lazy_pgettext("syntax", "In the role of"), ("role:analyst", "角色：分析师")),
    SyntaxRow(lazy_pgettext("syntax", "For the firm"), ('firm:"Goldman Sachs"', "机构：高盛")),
    SyntaxRow(lazy_pgettext("syntax", "Of the company or ticker"), ("company:BABA", "公司：阿里巴巴")),
    SyntaxRow(lazy_pgettext("syntax", "In the part"), ("section:qa", "环节：问答")),
    SyntaxRow(lazy_pgettext("syntax", "In the language"), ("lang:en", "语言：中文")),
    SyntaxRow(lazy_pgettext("syntax", "In own words, or translated"), ("delivery:original", "转述：原话")),
    SyntaxRow(lazy_pgettext("syntax", "On the period"), ("period:2023Q2", "季度：2023Q2")),
    SyntaxRow(lazy_pgettext("syntax", "On days"), ("date:2023-01..2023-06", "日期：2023-01..2023-06")),
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
