"""The words that a reader sees for the values of the model, in English and in Chinese."""

from __future__ import annotations

from typing import NamedTuple

from indexer.model import Delivery, Kind, NonSpeechKind, Origin, Role, Section
from search_web.search.answer_values import Scope
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
    "scope": {
        Scope.ANSWERS: Label("Answers given", "回答"),
        Scope.QUESTIONS: Label("Questions asked", "提问"),
        Scope.BOTH: Label("Both", "问答"),
    },
    "kind": {
        Kind.SPOKEN: Label("Spoken", "口述"),
        Kind.DOCUMENT: Label("Document", "文件"),
    },
    "field": {
        "title": Label("Title", "标题"),
        "company": Label("Company", "公司"),
        "ticker": Label("Ticker", "代码"),
        "period": Label("Period", "期间"),
        "fiscal": Label("Fiscal year", "财年"),
        "date": Label("Date", "日期"),
        "language": Label("Language", "语言"),
    },
    "origin": {
        Origin.COMMAND: Label("the command", "命令"),
        Origin.SIDECAR: Label("the sidecar", "附带文件"),
        Origin.FORMAT: Label("the format", "文件格式"),
        Origin.FRONT_MATTER: Label("the front matter", "文件头"),
        Origin.RUNNING_HEAD: Label("the running head", "页眉"),
        Origin.TITLE: Label("the title", "标题"),
        Origin.TEXT: Label("the text", "正文"),
        Origin.FILE_NAME: Label("the file name", "文件名"),
    },
    "dropped": {
        NonSpeechKind.TITLE: Label("Title", "标题"),
        NonSpeechKind.HEADING: Label("Headings", "小标题"),
        NonSpeechKind.SPEAKER_LINE: Label("Speaker lines", "发言人行"),
        NonSpeechKind.DELIVERY_MARK: Label("Marks of own words or translation", "原话或翻译标记"),
        NonSpeechKind.RUNNING_HEAD: Label("Running heads", "页眉页脚"),
        NonSpeechKind.PAGE_NUMBER: Label("Page numbers", "页码"),
        NonSpeechKind.END_MARK: Label("End marks", "结束标记"),
        NonSpeechKind.FRONT_MATTER: Label("Front matter", "文件头"),
        NonSpeechKind.PARTICIPANTS: Label("List of participants", "参会名单"),
        NonSpeechKind.TIME_MARK: Label("Time marks", "时间标记"),
        NonSpeechKind.NAVIGATION: Label("Navigation and notices", "导航与声明"),
        NonSpeechKind.QUESTION_MARK: Label("Marks of questions and answers", "问答标记"),
        NonSpeechKind.SUMMARY: Label("Summary", "摘要"),
        NonSpeechKind.SYNTAX: Label("Syntax of the format", "格式符号"),
        NonSpeechKind.REPEAT: Label("Repeated captions", "重复字幕"),
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
    "firm": Label("Firm", "所属机构"),
    "period": Label("Period", "期间"),
    "transcript": Label("Call", "会议"),
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
