"""Which part of the call a heading opens, and which part each turn belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.model import Role, Section

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.model import Speaker
    from indexer.transcripts.turns import SpokenTurn

_HEADINGS = (
    (
        Section.QA,
        (
            r"(?:(?:分析师|投资者|媒体|现场|互动)?(?:问答|問答|提问|提問)(?:环节|環節|部分|交流|实录|时间)?"
            r"|q\s*&\s*a|q\s*and\s*a"
            r"|questions?[\s-]*(?:and|&)[\s-]*answers?|互动交流|交流环节|答疑)(?:\s*(?:session|section"
            r"|portion|部分|环节))?"
        ),
    ),
    (
        Section.PREPARED,
        (
            r"(?:management(?:'s)?\s+)?(?:prepared\s+(?:remarks|statements?)|presentation|opening remarks"
            r"|management discussion(?: section)?)"
            r"|(?:管理层|管理層|公司)?(?:发言|發言|陈述|介绍部分|致辞|致詞|报告)(?:部分|环节)?"
        ),
    ),
    (Section.INTRO, r"介绍|介紹|开场白?|開場白?|introduction|会议介绍|主持人开场"),
)
_PATTERNS = tuple((section, re.compile(pattern, re.IGNORECASE)) for section, pattern in _HEADINGS)
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]+(?:部分|、|[.．)）])\s*|[（(][一二三四五六七八九十\d]+[）)]\s*)"
)
_OPENS_QUESTIONS = re.compile(
    r"\b(?:first|next) question\b|第一个问题|第一個問題|首个问题|第一位提问|第一位提問"
    r"|question-and-answer session",
    re.IGNORECASE,
)


def section_of_heading(text: str) -> Section | None:
    """Return the section that a heading such as "Questions and Answers:" opens, or None."""
    bare = _NUMBERING.sub("", text.strip(" \t\u3000#*:：【】[]")).strip(" :：")
    return next((section for section, pattern in _PATTERNS if pattern.fullmatch(bare)), None)


def sections_of(turns: Sequence[SpokenTurn]) -> tuple[Section, ...]:
    """Return the section of each turn: the one that the format tells, where it does.

    A heading decides from its turn on. Without a heading for it, the questions begin where the operator calls
    for the first one, or with the first analyst. The opening is what the operator and the host, who is the
    first other speaker, say until somebody else from the company takes over; nobody else, no opening.
    """
    questions = _first_question(turns)
    hosts = _hosts(turns[:questions])
    is_call = any(turn.opens or turn.speaker.role is Role.ANALYST for turn in turns)
    sections: list[Section] = []
    opening = is_call
    for index, turn in enumerate(turns):
        opening = opening and (turn.speaker in hosts or not turn.attributed)
        if turn.told:
            sections.append(turn.told)
        elif index >= questions:
            sections.append(Section.QA)
        else:
            sections.append(Section.INTRO if opening and turn.attributed else Section.PREPARED)
    return tuple(sections)


def _hosts(before_questions: Sequence[SpokenTurn]) -> set[Speaker]:
    """Return the operators and, unless that is the only other speaker, whoever speaks first beside them."""
    operators = {turn.speaker for turn in before_questions if turn.speaker.role is Role.OPERATOR}
    others = [turn.speaker for turn in before_questions if turn.attributed and turn.speaker not in operators]
    return operators | ({others[0]} if len(set(others)) > 1 else set())


def _first_question(turns: Sequence[SpokenTurn]) -> int:
    by_heading = next((i for i, turn in enumerate(turns) if turn.opens is Section.QA), None)
    if by_heading is not None:
        return by_heading
    analyst = next((i for i, turn in enumerate(turns) if turn.speaker.role is Role.ANALYST), len(turns))
    if 0 < analyst < len(turns) and _calls_for_questions(turns[analyst - 1]):
        return analyst - 1
    return analyst


def _calls_for_questions(turn: SpokenTurn) -> bool:
    return turn.speaker.role is Role.OPERATOR or bool(_OPENS_QUESTIONS.search(turn.text))
