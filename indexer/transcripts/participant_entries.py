"""Entries of lists of participants: people with title and firm in any order, one or several on a line."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.text.language import HAN
from indexer.transcripts.cues import Cue, read_label, with_title
from indexer.transcripts.names import is_han_name
from indexer.transcripts.nolabels import is_plausible_label
from indexer.transcripts.offices import is_broker, is_title
from indexer.transcripts.script import unspaced

if TYPE_CHECKING:
    from collections.abc import Sequence

_OUTSIDE_BRACKETS = r"(?![^（(]*[）)])"
_BETWEEN_PEOPLE = tuple(
    re.compile(sign + _OUTSIDE_BRACKETS)
    for sign in (r"[；;]", r"、", r"\s*[，,]\s*(?!Jr|Sr|II|III|IV)", r"\s+(?:and|和|及|与)\s+|[，,、；;]\s*")
)
_COURTESY = re.compile(r"(?<=[\u4e00-\u9fff])(?:先生|女士|小姐|博士)$")
_HAN_NAME = rf"(?P<name>[{HAN}·]{{2,5}})"
_FREE_ENTRIES = (
    re.compile(r"(?P<name>[^-–—,，:：.。]{2,40}?)\s+(?:--|[-–—])\s+(?P<rest>\S.*)"),
    re.compile(rf"{_HAN_NAME}\s*[（(](?P<rest>[^（）()]+)[）)]"),
    re.compile(rf"{_HAN_NAME}(?:\s*[/／|｜，,]\s*|\s+)(?P<rest>\S.*)"),
    re.compile(rf"(?P<rest>\S.*?)(?:\s*[/／|｜，,：:]\s*|\s+){_HAN_NAME}"),
)
SIDES = {
    **dict.fromkeys(
        ("公司", "上市公司", "公司方", "我司", "管理层", "管理層", "Company", "Management"), Role.MANAGEMENT
    ),
    **dict.fromkeys(("机构", "機構", "投资者", "投資者", "分析师", "分析師", "Analysts", "Investors"), Role.ANALYST),
}
FEWEST_OF_A_SIDE = 2


def person_of_entry(text: str) -> list[Cue]:
    """Read one entry: a person with title and firm in any order, or "Title: names", "Firm: names", "Name: title"."""
    label, colon, beside = text.replace("：", ":").partition(":")
    if colon and beside.strip():
        several = len(people_on_one_line(beside)) > 1
        if not several and (person := _free_entry(text)):
            return [person]
        return _by_colon(label.strip(), beside.strip())
    if person := read_label(_COURTESY.sub("", text)):
        return [person]
    if person := _free_entry(text):
        return [person]
    many = people_on_one_line(text)
    return many if len(many) > 1 else []


def _free_entry(text: str) -> Cue | None:
    """Read an entry by its form alone: the name in it may look like none."""
    for pattern in _FREE_ENTRIES:
        match = pattern.fullmatch(text)
        if match and is_plausible_label(match["name"]) and not is_title(match["name"]):
            cue, rest = Cue(match["name"].strip()), match["rest"].strip()
            if is_title(rest):
                return with_title(cue, rest)
            if is_broker(rest) or pattern is _FREE_ENTRIES[0]:
                return replace(cue, affiliation=rest)
    return None


def _by_colon(label: str, beside: str) -> list[Cue]:
    person = read_label(label)
    if person is not None and not person.nameless and is_title(beside):
        return [with_title(person, beside)]
    people = people_on_one_line(beside)
    side = SIDES.get(unspaced(label))
    if side is not None:
        return [replace(each, role=each.role or side) for each in people]
    if is_title(label):
        return [with_title(each, label) if each.title is None else each for each in people]
    role = Role.ANALYST if is_broker(label) else None
    return [replace(each, affiliation=each.affiliation or label, role=each.role or role) for each in people]


def people_on_one_line(text: str) -> list[Cue]:
    """Return the people of a line such as "徐宏（首席财务官）、戴珊（总裁）" when every piece of it is one.

    Of several signs that may part them, the one that gives most people does.
    """
    best: list[Cue] = _in_pairs(text.split())
    for between in _BETWEEN_PEOPLE:
        pieces = [piece.strip(" 。") for piece in between.split(text.strip(" 。;；")) if piece.strip(" 。.")]
        people = [read_label(_COURTESY.sub("", piece)) or _free_entry(piece) for piece in pieces]
        named = [person for person in people if person is not None and not person.nameless and person.asks is None]
        if len(named) == len(pieces) > len(best) and not any(
            "、" in (person.title or "") for person in named if len(pieces) == 1
        ):
            best = named
    return best


def _in_pairs(words: Sequence[str]) -> list[Cue]:
    """Read "董事长 蒋一平 财务总监 宋晓岚": titles and Chinese names in turn."""
    titles, names = words[::2], [_COURTESY.sub("", word) for word in words[1::2]]
    if len(names) < FEWEST_OF_A_SIDE or len(titles) != len(names):
        return []
    if not all(map(is_title, titles)) or not all(map(is_han_name, names)):
        return []
    return [with_title(Cue(name), title) for title, name in zip(titles, names, strict=True)]
