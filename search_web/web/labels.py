"""The words that a reader sees for the values of the model, in English and in Chinese."""

from __future__ import annotations

from typing import NamedTuple

from indexer.model import Delivery, Role, Section
from search_web.search.request import Fusion, Mode


class Label(NamedTuple):
    """One meaning in the two languages of the interface."""

    en: str
    zh: str


_VALUES: dict[str, dict[str, Label]] = {
    "role": {
        Role.MANAGEMENT: Label("Management", "管理层"),
        Role.ANALYST: Label("Analyst", "分析师"),
        Role.OPERATOR: Label("Operator", "主持"),
        Role.OTHER: Label("Other", "其他"),
    },
    "section": {
        Section.INTRO: Label("Introduction", "开场"),
        Section.PREPARED: Label("Prepared remarks", "管理层发言"),
        Section.QA: Label("Questions and answers", "问答"),
    },
    "delivery": {
        Delivery.ORIGINAL: Label("Own words", "原话"),
        Delivery.TRANSLATED: Label("Translation", "翻译"),
        Delivery.UNKNOWN: Label("Not stated", "未注明"),
    },
    "language": {"zh": Label("Chinese", "中文"), "en": Label("English", "英文")},
    "mode": {
        Mode.HYBRID: Label("Words and meaning", "综合"),
        Mode.KEYWORD: Label("Words only", "关键词"),
        Mode.VECTOR: Label("Meaning only", "语义"),
    },
    "fusion": {
        Fusion.ADAPTIVE: Label("By what the query shows", "按查询而定"),
        Fusion.ZSUM: Label("Scores added up", "分数相加"),
        Fusion.RRF: Label("Ranks added up", "名次相加"),
    },
}

_FILTERS = {
    "speaker": Label("Speaker", "发言人"),
    "role": Label("Role", "身份"),
    "company": Label("Company", "公司"),
    "section": Label("Part of the call", "环节"),
    "language": Label("Language", "语言"),
    "delivery": Label("Delivery", "原话或翻译"),
    "transcript": Label("Call", "会议"),
    "firm": Label("Firm", "机构"),
    "period": Label("Period", "期间"),
    "date_from": Label("From", "起"),
    "date_to": Label("To", "止"),
}


def label(kind: str, value: str) -> Label:
    """Return the words for one value of an enumeration; a free value, such as a name, stands for itself."""
    return _VALUES.get(kind, {}).get(value, Label(value, ""))


def choices(kind: str) -> dict[str, Label]:
    """Return every value of an enumeration with its words, in the order in which they are offered."""
    return _VALUES[kind]


def filter_label(name: str) -> Label:
    """Return the words for a filter of the search."""
    return _FILTERS[name]
