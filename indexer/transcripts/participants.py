"""Lists of the participants of a call: who they are, with title and firm."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.model import LineSpan, NonSpeech, NonSpeechKind, Role
from indexer.transcripts.cues import Cue, read_label, undecorated, with_title
from indexer.transcripts.script import ends_sentence
from indexer.transcripts.sections import section_of_heading
from indexer.transcripts.styled_names import listed_person

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.layout import Paragraph


_HEADS = (
    (
        Role.ANALYST,
        r"(?:conference call\s+|call\s+)?analysts|(?:参会|参与|提问)?(?:分析师|分析師)(?:名单|代表)?",
    ),
    (
        Role.MANAGEMENT,
        (
            r"(?:company\s+|corporate\s+)?executives|(?:company|corporate|management)\s+participants|management"
            r"|(?:公司|管理层|管理層|公司方|上市公司)?(?:参会|出席|与会|參會|出席會議)?(?:高管|管理层"
            r"|管理層|领导)(?:名单|代表)?"
            r"|(?:公司|上市公司)(?:参会|出席|与会)(?:人员|人员名单|代表|人)"
        ),
    ),
    (
        None,
        (
            r"(?:(?:conference\s+)?call\s+|other\s+|meeting\s+)?(?:participants|attendees)|(?:主要)?(?:参会"
            r"|出席|与会|參會|與會|参加)(?:人员|人員|者|嘉宾|人|名单)(?:名单)?"
        ),
    ),
)
_PATTERNS = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in _HEADS)
_RULE = re.compile(r"--|[-–—]")
_BETWEEN_PEOPLE = re.compile(r"[、；;]")
_LONGEST_ENTRY = 160


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
    if role is _NO_LIST:
        return [], 0
    if beside.strip():
        people = [read_label(piece.strip(" 。.")) for piece in _BETWEEN_PEOPLE.split(beside)]
        named = [_as(person, role) for person in people if person]
        return (named, 1) if colon and len(named) == len(people) else ([], 0)
    found: list[Cue] = []
    at = index + 1
    while at < len(paragraphs):
        person, taken = _entry(paragraphs, at, role)
        if person is None or person.role is Role.OPERATOR or any(person.name == other.name for other in found):
            break
        found.append(_as(person, role))
        at += taken
    heads_lists = not colon and index + 1 < len(paragraphs) and _is_list_head(undecorated(paragraphs[index + 1].text))
    return (found, at - index) if found else ([], 1 if heads_lists else 0)


def _entry(paragraphs: Sequence[Paragraph], at: int, role: Role | object | None) -> tuple[Cue | None, int]:
    text = undecorated(paragraphs[at].text)
    if _is_list_head(text):
        return None, 0
    person, taken = listed_person(paragraphs, at, role if isinstance(role, Role) else None)
    if person is not None:
        return person, taken
    if len(text) > _LONGEST_ENTRY or ends_sentence(text) or section_of_heading(text):
        return None, 0
    following = [undecorated(paragraph.text) for paragraph in paragraphs[at + 1 : at + 3]]
    if len(following) > 1 and _RULE.fullmatch(following[0]):
        person = read_label(text)
        return (with_title(person, following[1]), 3) if person else (None, 0)
    return read_label(text), 1


_NO_LIST = object()


def _role_of(label: str) -> Role | object | None:
    bare = label.strip()
    return next((role for role, pattern in _PATTERNS if pattern.fullmatch(bare)), _NO_LIST)


def _is_list_head(text: str) -> bool:
    return _role_of(text.rstrip(":：")) is not _NO_LIST


def _as(person: Cue, role: Role | object | None) -> Cue:
    return replace(person, role=role) if isinstance(role, Role) else person


def _piece(paragraph: Paragraph) -> NonSpeech:
    return NonSpeech(NonSpeechKind.PARTICIPANTS, paragraph.text, LineSpan(paragraph.first, paragraph.last))
