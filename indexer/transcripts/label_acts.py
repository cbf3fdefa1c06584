"""Labels that tell who asks or answers and that they do: "投资者_88 提问", "晋川股份 回复", "黄志明答"."""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.model import Role
from indexer.transcripts.cue import Cue
from indexer.transcripts.label_readers import comma, plain, title_beside
from indexer.transcripts.offices import is_broker, is_house

_ACT = re.compile(
    r"(?P<who>\S(?:.{0,38}?\S)?)(?P<gap>\s*)(?:(?P<asks>提问|提問|问|問)|(?:回答|回复|回覆|答复|答覆|答|(?P<adds>补充|補充)(?:回答|说明|說明)?))[道说說]?"
)
_OF_A_USER = re.compile(r"(?:投资者|投資者|网友|網友|股东|股東|游客|用户|guest|irm)[\w\-*.]{1,24}", re.IGNORECASE)
_COMPANY = re.compile(r"[\u4e00-\u9fffA-Za-z*]{2,12}")
_QUESTION_FROM = re.compile(r"questions? from (?P<who>\S.*)", re.IGNORECASE)
_ENDS_IN_ACT = re.compile(r"[提回自反]$")


def named_act(label: str) -> Cue | None:
    """Read the label of somebody named who asks or answers.

    Anybody may stand before a blank; without one it must read as the name of a person, of a house or of a user.
    """
    if asked := _QUESTION_FROM.fullmatch(label):
        who = asked["who"]
        cue = comma(who) or plain(who)
        if is_broker(who) and not (cue and cue.affiliation):
            cue = Cue(who, affiliation=who)
        return replace(cue, role=Role.ANALYST, strong=True, asks=True) if cue else None
    match = _ACT.fullmatch(label)
    return None if not match or _ENDS_IN_ACT.search(match["who"]) else _acting(match)


def _acting(match: re.Match[str]) -> Cue | None:
    """Read who stands before the word for asking, answering or adding."""
    who, asks = match["who"], match["asks"] is not None
    if match["adds"]:  # Anybody may add something, not only to an answer.
        cue = title_beside(who) or plain(who)
        return replace(cue, strong=True) if cue else None
    role = Role.ANALYST if asks else Role.MANAGEMENT
    if _OF_A_USER.fullmatch(who) or (match["gap"] and not asks and _COMPANY.fullmatch(who)):
        return Cue(who, role=role, asks=asks)
    if is_house(who):
        return Cue(who, affiliation=who, role=Role.ANALYST, asks=asks)
    if (cue := title_beside(who) or plain(who)) is not None:
        return replace(cue, role=cue.role or role, strong=True, asks=asks)
    return None
