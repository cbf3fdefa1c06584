"""Lists of the participants of a call: who they are, with title and firm."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.model import LineSpan, NonSpeech, NonSpeechKind, Role
from indexer.transcripts.cues import Cue, read_label, undecorated, with_title
from indexer.transcripts.names import is_full_latin_name, is_latin_name
from indexer.transcripts.offices import is_broker
from indexer.transcripts.participant_entries import (
    FEWEST_OF_A_SIDE,
    SIDES,
    people_on_one_line,
    person_of_entry,
)
from indexer.transcripts.script import ends_in_firm, ends_sentence, unspaced
from indexer.transcripts.sections import section_of_heading
from indexer.transcripts.styled_names import listed_person
from indexer.transcripts.usage import reads_like_speech

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.layout import Paragraph


_OF_US = r"(?:公司|上市公司|管理层|管理層|公司方|我司|集团|集團)"
_PRESENT = r"(?:参会|出席|与会|參會|與會|接待|参加|參加|出席会议|出席會議|参与)"
_ANALYSTS = (
    r"(?:(?:conference\s+)?call\s+|q&a\s+)?(?:analysts|participants from the sell.?side)"
    r"|conference\s*call\s*participants"
    rf"|(?:{_PRESENT}|提问)?(?:的)?(?:分析师|分析師|机构|機構|投资者|投資者|投资人|研究员|研究員|买方"
    rf"|卖方)(?:名单|代表|人员|嘉宾)?"
    rf"|{_PRESENT}单位(?:名称)?(?:及人员(?:姓名)?)?"
)
_OFFICERS = (
    r"(?:company|corporate|management)?\s*(?:executives|officers|representatives)|(?:company|corporate"
    r"|management)\s*participants|management"
    rf"|{_OF_US}(?:的)?{_PRESENT}?(?:的)?(?:高管|管理层|管理層|领导|領導|代表|人员|人員|嘉宾|人"
    rf"|(?:主要)?发言人|團隊|团队)(?:姓名|名单|名單)?"
    rf"|(?:公司|上市公司|管理层|管理層){_PRESENT}"
    rf"|{_PRESENT}(?:的)?(?:高管|管理层|管理層|领导|領導)(?:名单|名單|代表|人员)?|高管(?:团队|名单)?"
    rf"|管理层|管理層"
)
_ANYBODY = (
    r"(?:(?:conference\s+)?call\s+|other\s+|meeting\s+|list of\s+)?(?:participants|attendees|speakers"
    r"|presenters|panell?ists|people)"
    rf"|(?:本次|本期)?(?:会议|會議|电话会议?|電話會議?|调研|活动|活動)?(?:主要)?{_PRESENT}(?:的)?(?:人员"
    rf"|人員|者|嘉宾|嘉賓|人|名单|名單)(?:姓名|名单|名單|介绍|情况)?"
    r"|(?:主要)?(?:发言人|發言人|发言嘉宾|發言嘉賓|主讲人|主講人|主讲嘉宾|主講嘉賓|嘉宾|嘉賓)(?:名单|介绍)?"
)
_ROLES = ((Role.ANALYST, _ANALYSTS), (Role.MANAGEMENT, _OFFICERS), (None, _ANYBODY))
_HEADS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _ROLES)
_LINE = re.compile(r"[-=_*—]{3,}")
_ANY_HEAD = re.compile("|".join(pattern for _, pattern in _ROLES), re.IGNORECASE)
_RULE = re.compile(r"--|[-–—]")
_COLUMNS = re.compile(
    r"(?:(?:姓名|职务|職務|职位|職位|单位|單位|机构|機構|公司|部门|name|title|position|role|company|firm"
    r"|affiliation)[\s|/／\t]*){2,}",
    re.IGNORECASE,
)
_NUMBERING = re.compile(r"^(?:\d{1,2}\s*[.、)）]|[（(]\d{1,2}[)）])\s*")
_LONGEST_ENTRY = 160
_LONGEST_HEAD = 100


@dataclass(frozen=True, slots=True)
class Participants:
    """The people whom the lists name, the pieces of the lists, and the paragraphs that are left."""

    people: tuple[Cue, ...]
    non_speech: tuple[NonSpeech, ...]
    rest: tuple[Paragraph, ...]


def take_participants(paragraphs: Sequence[Paragraph]) -> Participants:
    """Part the lists of participants from the paragraphs.

    A list is a heading such as "Executives" or "参会人员：" with people below it, one a line or, as some
    pages are saved, name, dash and title on three lines. It ends with the first line that is no entry: a
    role such as "Operator", a name that the list has already, a heading, or a sentence.
    """
    people: list[Cue] = []
    pieces: list[NonSpeech] = []
    rest: list[Paragraph] = []
    index = 0
    while index < len(paragraphs):
        found, taken = _list_at(paragraphs, index)
        people.extend(found)
        pieces.extend(_piece(paragraph) for paragraph in paragraphs[index : index + taken])
        if not taken:
            rest.append(paragraphs[index])
        index += taken or 1
    return Participants(tuple(people), tuple(pieces), tuple(rest))


def _list_at(paragraphs: Sequence[Paragraph], index: int) -> tuple[list[Cue], int]:
    """Return the people of the list that begins here, and how many paragraphs it takes.

    None when there is none.
    """
    head = undecorated(paragraphs[index].text)
    label, colon, beside = head.replace("：", ":").partition(":")
    role = _role_of(label)
    if role is _NO_LIST and label in SIDES and beside.strip():
        titled = [person for person in people_on_one_line(beside) if person.title]
        return ([_as(person, SIDES[label]) for person in titled], 1) if len(titled) >= FEWEST_OF_A_SIDE else ([], 0)
    if role is _NO_LIST:
        return [], 0
    if beside.strip():
        named = people_on_one_line(beside)
        return ([_as(person, role) for person in named], 1) if colon and named else ([], 0)
    found: list[Cue] = []
    at = index + 1
    while at < len(paragraphs):
        text = _entry_text(paragraphs[at])
        if _COLUMNS.fullmatch(text) or (not found and _LINE.fullmatch(paragraphs[at].text.strip())):
            at += 1
            continue
        people, taken = _entry(paragraphs, at, role)
        known = {person.name for person in found}
        if not people or any(person.role is Role.OPERATOR or person.name in known for person in people):
            break
        found.extend(_as(person, role) for person in people)
        at += taken
    heads_lists = not colon and index + 1 < len(paragraphs) and _is_list_head(undecorated(paragraphs[index + 1].text))
    return (found, at - index) if found else ([], 1 if heads_lists else 0)


def _entry(paragraphs: Sequence[Paragraph], at: int, role: Role | object | None) -> tuple[list[Cue], int]:
    """Return the people whom one entry of a list names, and how many paragraphs it takes."""
    text = _entry_text(paragraphs[at])
    if not text or _is_list_head(text):
        return [], 0
    styled, taken = listed_person(paragraphs, at, role if isinstance(role, Role) else None)
    if styled is not None:
        return [styled], taken
    is_sentence = ends_sentence(text) and not (text.endswith((":", "：")) or is_latin_name(text) or ends_in_firm(text))
    if is_sentence or len(text) > _LONGEST_ENTRY or section_of_heading(text):
        return [], 0
    following = [undecorated(paragraph.text) for paragraph in paragraphs[at + 1 : at + 3]]
    if len(following) > 1 and _RULE.fullmatch(following[0]):
        person = read_label(text)
        return ([with_title(person, following[1])], 3) if person else ([], 0)
    people = person_of_entry(text)
    if len(people) == 1 and (beside := people[0].affiliation) and is_full_latin_name(beside):
        # "Ana Bell, Tom Reed" are two people when the second one speaks below.
        speaks = any(_opens_with(paragraph.text, beside) for paragraph in paragraphs[at + 1 :])
        people = people_on_one_line(text.replace(", ", "; ")) or people if speaks else people
    bare = len(people) == 1 and not people[0].title and not people[0].affiliation
    if bare and reads_like_speech(paragraphs, at + 1):
        return [], 0
    return people, 1


def _opens_with(text: str, name: str) -> bool:
    return text.startswith(name) and not text[len(name) : len(name) + 1].isalnum()


def _entry_text(paragraph: Paragraph) -> str:
    return _NUMBERING.sub("", undecorated(paragraph.text)).strip(" ;；")


_NO_LIST = object()


def _role_of(label: str) -> Role | object | None:
    bare = unspaced(label.strip(" 【】[]（）()*_"))
    if len(bare) > _LONGEST_HEAD or not _ANY_HEAD.fullmatch(bare):
        return _NO_LIST
    return next((role for role, pattern in _HEADS if pattern.fullmatch(bare)), _NO_LIST)


def _is_list_head(text: str) -> bool:
    return _role_of(text.rstrip(":：")) is not _NO_LIST


def _as(person: Cue, role: Role | object | None) -> Cue:
    """Return the person with the role of the list; what stands beside an officer without a title is the title."""
    if not isinstance(role, Role):
        return person
    if role is Role.MANAGEMENT and person.title is None and person.affiliation and not is_broker(person.affiliation):
        return replace(person, role=role, title=person.affiliation, affiliation=None)
    return replace(person, role=role)


def _piece(paragraph: Paragraph) -> NonSpeech:
    return NonSpeech(NonSpeechKind.PARTICIPANTS, paragraph.text, LineSpan(paragraph.first, paragraph.last))
