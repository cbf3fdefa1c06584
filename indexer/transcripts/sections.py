"""Which part of the call a heading opens, and which part each turn belongs to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.model import Role, Section
from indexer.transcripts import acts, question_acts
from indexer.transcripts.script import unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.model import Speaker
    from indexer.transcripts.turns import SpokenTurn

_HEADINGS = (
    (
        Section.QA,
        (
            r"(?:(?:分析师|分析師|投资者|投資者|投資人|媒体|媒體|现场|現場|互动|互動)?(?:问答|問答|提问|提問|答问"
            r"|答問)"
            r"(?:环节|環節|部分|交流|实录|實錄|时间|時間)?|q\s*&\s*a|q\s*and\s*a"
            r"|questions?[\s-]*(?:and|&)[\s-]*answers?|互动交流|互動交流|交流环节|交流環節|答疑(?:环节|環節)?"
            r"|(?:投资者|投資者|投資人)?(?:提出的)?(?:主要)?(?:问题|問題)(?:及|与|與|和)(?:公司)?(?:回复|回復|答复"
            r"|答覆|回答|解答)"
            r"(?:情况|情況)?)"
            r"(?:\s*(?:session|section|portion|period|transcript|部分|环节|環節|operator message(?: section)?))?"
        ),
    ),
    (
        Section.PREPARED,
        (
            r"(?:management(?:'s)?\s+)?(?:prepared\s+(?:remarks|statements?)"
            r"|presentation(?:\s+operator message(?: section)?)?|opening remarks"
            r"|management discussion(?: section)?)"
            r"|(?:管理层|管理層|公司)?(?:发言|發言|陈述|陳述|介绍部分|介紹部分|致辞|致詞|报告|報告)(?:部分"
            r"|环节|環節)?"
        ),
    ),
    (Section.INTRO, r"介绍|介紹|开场白?|開場白?|introduction|会议介绍|會議介紹|主持人开场|主持人開場"),
)
_PATTERNS = tuple((section, re.compile(pattern, re.IGNORECASE)) for section, pattern in _HEADINGS)
_ANY_HEADING = re.compile("|".join(pattern for _, pattern in _HEADINGS), re.IGNORECASE)
_NUMBERING = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]+(?:部分|、|[.．)）])\s*"
    r"|part\s*(?:\d{1,2}|[a-d]|one|two|three|i{1,3})\b[\s.:：、\-–—]*|[（(][一二三四五六七八九十\d]+[）)]\s*)",
    re.IGNORECASE,
)
_HOST_TITLE = re.compile(
    r"\binvestor relations?\b|\bIR\b|\bmoderator\b|\bhost\b|投资者关系|投資者關係|投資人關係|投资人关系|主持|证券事务"
    r"|證券事務",
    re.IGNORECASE,
)
_HOST_NAME = re.compile(r"主持人?|moderator|host", re.IGNORECASE)
_CHIEF_TITLE = re.compile(
    r"\b(?:chief|ceo|cfo|coo|(?<!vice )president|chair\w*|founder)\b|首席|董事长|董事長|总裁|總裁"
    r"|(?<!关系)(?<!關係)(?:总经理|總經理)|主席"
    r"|创始人|創辦人",
    re.IGNORECASE,
)
_WELCOMES = re.compile(r"\bwelcome\b|欢迎|歡迎", re.IGNORECASE)
_LONGEST_HEADING = 120
_LONGEST_OPENING = 700  # Characters of a turn that opens the questions and is not a speech of its own.
_HALF = 0.5


def section_of_heading(text: str) -> Section | None:
    """Return the section that a heading such as "Questions and Answers:" opens, or None."""
    bare = unspaced(text.strip(" \t\u3000#*:：【】[]()（）"))
    if len(bare) > _LONGEST_HEADING:
        return None
    bare = _NUMBERING.sub("", bare).strip(" :：")
    if not _ANY_HEADING.fullmatch(bare):
        return None
    return next((section for section, pattern in _PATTERNS if pattern.fullmatch(bare)), None)


def sections_of(turns: Sequence[SpokenTurn]) -> tuple[Section, ...]:
    """Return the section of each turn: the one that the format tells, where it does.

    Where the questions begin is told by a heading, unless somebody has asked before it; else by what the format says
    of a turn, by the operator or host who calls for the first question, or by the first analyst. A heading for
    prepared remarks behind them leads back, as at an investor day, when another one for questions follows.

    The opening is what operators and hosts say until somebody else from the company takes over; nobody else, no
    opening.
    """
    questions = _first_question(turns)
    hosts = hosts_of(turns[:questions])
    others = {turn.speaker for turn in turns[:questions] if turn.attributed and turn.speaker.role is not Role.OPERATOR}
    if len(others) == 1:
        hosts -= others  # Somebody who speaks alone is not only opening the call.
    is_call = any(turn.opens or turn.asks is not None or turn.speaker.role is Role.ANALYST for turn in turns)
    sections: list[Section] = []
    opening = is_call
    asking = False
    for index, turn in enumerate(turns):
        opening = opening and (turn.speaker in hosts or not turn.attributed)
        if index == questions or (index > questions and turn.opens is Section.QA):
            asking = True
        elif asking and turn.opens is Section.PREPARED:
            asking = not any(later.opens is Section.QA for later in turns[index + 1 :])
        if turn.told:
            sections.append(turn.told)
        elif asking:
            sections.append(Section.QA)
        else:
            sections.append(Section.INTRO if opening and turn.attributed else Section.PREPARED)
    return tuple(sections)


def hosts_of(before_questions: Sequence[SpokenTurn]) -> set[Speaker]:
    """Return those who lead through the call: operators, people of investor relations, and whoever opens it.

    The first other speaker opens it, unless he is a chief by title or does most of the talking.
    """
    attributed = [turn for turn in before_questions if turn.attributed]
    hosts = set(filter(leads, {turn.speaker for turn in attributed}))
    others = [turn for turn in attributed if turn.speaker.role is not Role.OPERATOR]
    if others and not hosts & {turn.speaker for turn in others} and len({turn.speaker for turn in others}) > 1:
        first = others[0].speaker
        share = sum(len(turn.text) for turn in others if turn.speaker == first)
        whole = sum(len(turn.text) for turn in others)
        if not _CHIEF_TITLE.search(first.title or "") and share < _HALF * whole:
            hosts.add(first)
    return hosts


def leads(speaker: Speaker) -> bool:
    """Whether role, title or name tell that somebody leads through calls: an operator, or from investor relations."""
    if speaker.role in {Role.OPERATOR, Role.ANALYST}:
        return speaker.role is Role.OPERATOR
    by_title = _HOST_TITLE.search(speaker.title or "") and not _CHIEF_TITLE.search(speaker.title or "")
    return bool(by_title or _HOST_NAME.fullmatch(speaker.name))


def _first_question(turns: Sequence[SpokenTurn]) -> int:
    """Return where the questions begin; the number of turns when there are none."""
    heading = _heading(turns)
    asker = _first_asker(turns)
    if heading is not None and heading <= asker:
        return heading
    opening = asker
    while 0 < opening < len(turns) and _leads_to_questions(turns[opening - 1]):
        opening -= 1
        if acts.opens_questions(turns[opening].text):
            break
    return opening if heading is None else min(opening, heading)


def _heading(turns: Sequence[SpokenTurn]) -> int | None:
    """Return the first turn under a heading for questions.

    One above all speech stands in a table of contents, if another follows or the call is only being opened there.
    """
    headed = [index for index, turn in enumerate(turns) if turn.opens is Section.QA]
    if not headed:
        return None
    if headed[0] == 0 and (len(headed) > 1 or any(turn.opens is Section.PREPARED for turn in turns[1:])):
        return headed[1] if len(headed) > 1 else None
    if headed[0] == 0 and _WELCOMES.search(turns[0].text) and not acts.opens_questions(turns[0].text):
        return None
    return headed[0]


def _first_asker(turns: Sequence[SpokenTurn]) -> int:
    """Return the first turn that asks; the number of turns when none does.

    It asks by what the format says, or an analyst speaks who is not the broker opening the call, or a host reads out
    what somebody has asked.
    """
    for index, turn in enumerate(turns):
        if turn.asks:
            return index
        if turn.speaker.role is Role.ANALYST and turn.asks is not False:
            opens_call = index <= 1 and _WELCOMES.search(turn.text) and not question_acts.asks(turn.text)
            if not opens_call:
                return index
        leads_on = index > 0 and leads(turn.speaker) and not _WELCOMES.search(turn.text)
        if leads_on and question_acts.reads_out(turn.text) and question_acts.asks(turn.text):
            return index
    return len(turns)


def _leads_to_questions(turn: SpokenTurn) -> bool:
    """Whether the turn before the questions belongs to them: an operator's, or a short one that opens them."""
    if turn.speaker.role is Role.OPERATOR:
        return not _WELCOMES.search(turn.text) or acts.opens_questions(turn.text)
    return len(turn.text) <= _LONGEST_OPENING and acts.opens_questions(turn.text)
