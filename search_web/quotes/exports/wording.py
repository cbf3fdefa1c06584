"""The words that exports and citations put around a quote, in English and in Chinese."""

from __future__ import annotations

from typing import NamedTuple

from indexer.model import Role, Section
from search_web.quotes.model import State


class Wording(NamedTuple):
    """One meaning in the two languages."""

    en: str
    zh: str

    def in_language(self, language: str) -> str:
        """Return the Chinese for "zh" and the English for everything else."""
        return self.zh if language == "zh" else self.en


ROLES = {
    Role.MANAGEMENT: Wording("management", "管理层"),
    Role.ANALYST: Wording("analyst", "分析师"),
    Role.OPERATOR: Wording("operator", "主持"),
    Role.OTHER: Wording("other", "其他"),
}
SECTIONS = {
    Section.INTRO: Wording("introduction", "开场"),
    Section.PREPARED: Wording("prepared remarks", "管理层发言"),
    Section.QA: Wording("questions and answers", "问答"),
}
TRANSLATED = Wording("translated", "译")
TRANSLATED_MARK = Wording(" (translated)", "（译）")
MARKS = {
    State.MOVED: Wording("Moved in the source since it was collected", "收录后，原文位置有变"),
    State.CHANGED: Wording("Changed in the source since it was collected", "收录后，原文已改"),
    State.GONE: Wording("No longer in the index", "索引中已无此原文"),
}
ANOTHER_VOICE = Wording("The index now names another speaker or occasion", "索引现记载的发言人或场合与收录时不同")
NOW_READS = Wording("The source now reads", "原文现为")
IN_ANSWER_TO = Wording("In answer to", "回答")
NOTE = Wording("Note", "备注")
TAGS = Wording("Tags", "标签")
LINK = Wording("Passage", "原文")
SOURCE = Wording("Source", "来源")
COLLECTED = Wording("Collected", "收录于")
SECTION = Wording("Section", "环节")
QUOTES = Wording("Quotes", "摘录")
COLON = Wording(": ", "：")
SUBSTITUTED = Wording(
    "Shown by stand-ins, as this format cannot hold them: {characters}",
    "此格式无法保存以下字符，以替代符号显示：{characters}",
)
CHARACTER_AT = Wording("{name} at character {position}", "第 {position} 个字符 {name}")
