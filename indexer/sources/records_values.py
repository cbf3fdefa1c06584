"""Values of records as our own: texts out of pieces, clock times, sections, questions, people."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from indexer.model import Person, Role, Section
from indexer.sources import records_keys as keys
from indexer.text.language import HAN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.sources.records_keys import Record

_DEEPEST = 8
_CLOCK = re.compile(r"(?<![\d-])(?:(\d{1,3})[:：])?(\d{1,3})[:：](\d{2})(?:[.,](\d{1,6}))?(?!\d)")
_ISO_DAY = re.compile(r"\d{4}[-/]\d{1,2}[-/]\d{1,2}")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)\s*(ms|s|秒|毫秒)?")
_NO_BLANK_BEFORE = re.compile(rf"[\s{HAN}，。！？：；、）】》」』”’,.!?;:)\]}}%…]")
_NO_BLANK_AFTER = re.compile(rf"[\s{HAN}，。！？：；、（【《「『“‘(\[{{]")
_SHORT_LABEL = re.compile(r"\d{1,4}|[A-Z]")
_SECTIONS = (
    (
        Section.QA,
        (
            r"q\s*(?:&|and|n|/|-)?\s*a|qna|questions?(?:\s*(?:and|&)\s*answers?)?(?:\s*session)?|answers?"
            r"|questions? and answers? .*|.*(?:问答|問答|提问).*"
        ),
    ),
    (
        Section.PREPARED,
        (
            r"pres|presentation|presenter speech|prepared(?:\s*(?:remarks|statements?))?|remarks"
            r"|management discussion.*|.*(?:陈述|管理层发言|发言环节|演讲|报告).*"
        ),
    ),
    (Section.INTRO, r"intro|introduction|opening|welcome|.*(?:开场|開場).*"),
)
_QUESTION = re.compile(r"q|questions?|问|問|提问|提問|问题", re.IGNORECASE)
_ANSWER = re.compile(r"a|answers?|答|回答|答复", re.IGNORECASE)
_OPERATOR = re.compile(r"o|operator|(?:presentation|questions? and answers?) operator message", re.IGNORECASE)
_ROLES = (
    (Role.MANAGEMENT, r"management|executives?|company representatives?|corporate participants?|管理层|高管"),
    (Role.ANALYST, r"analysts?|conference call participants?|分析师"),
    (Role.OPERATOR, r"operators?|接线员"),
    (Role.OTHER, r"others?"),
)


@dataclass(frozen=True, slots=True)
class Clock:
    """A time as a record gives it; `unit` is how many seconds its number counts, None where it does not say."""

    number: float
    unit: float | None


def text_of(value: Any, depth: int = 0) -> str:  # noqa: ANN401 - JSON holds anything.
    """Return the text of a value: of a string, or of words, sentences and paragraphs in objects and lists.

    Pieces are joined as they are where some of them are blanks, else with a blank between Latin words.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, dict) and depth < _DEEPEST:
        return text_of(keys.first(value, keys.WORD) or keys.first(value, keys.TEXT), depth + 1)
    if isinstance(value, list) and depth < _DEEPEST:
        pieces = [text_of(piece, depth + 1) for piece in value]
        if any(piece and not piece.strip() for piece in pieces):
            return "".join(pieces)
        return joined([piece for piece in pieces if piece])
    is_number = depth and isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if is_number else ""


def joined(pieces: Sequence[str]) -> str:
    """Return words as one text: with a blank where two Latin ones meet."""
    text = ""
    for piece in pieces:
        stays = text and not _NO_BLANK_AFTER.match(text[-1]) and not _NO_BLANK_BEFORE.match(piece)
        text += (" " if stays else "") + piece
    return text


def clock_of(value: Any, key: str | None = None, *, last: bool = False) -> Clock | None:  # noqa: ANN401 - as above.
    """Return the time that a value gives, or None.

    Reads seconds and milliseconds, "1.5s", "00:01:30.5", and the first (or last) of two times together. A time
    of day is none.
    """
    if isinstance(value, list):
        return clock_of(value[-1 if last else 0], key) if value else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _counted(value, key)
    return _written(value, key, last=last) if isinstance(value, str) and not _ISO_DAY.search(value) else None


def _written(text: str, key: str | None, *, last: bool) -> Clock | None:
    """Return the time that a text gives; its last one only where it gives two."""
    found = _CLOCK.findall(text)
    if last and len(found) <= 1:
        return None
    if found:
        hours, minutes, seconds, fraction = found[-1 if last else 0]
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
        return Clock(whole + float(f"0.{fraction or 0}"), 1.0)
    amount = _AMOUNT.fullmatch(text.strip())
    if amount is None:
        return None
    unit = {"ms": 0.001, "毫秒": 0.001, "s": 1.0, "秒": 1.0}.get(amount[2] or "")
    return Clock(float(amount[1]), unit) if unit else _counted(float(amount[1]), key)


def _counted(number: float, key: str | None) -> Clock | None:
    try:
        seconds = float(number)
    except OverflowError:
        return None
    if not math.isfinite(seconds) or seconds < 0:
        return None
    return Clock(seconds, 0.001 if key and key.endswith("ms") else None)


def section_of(value: object) -> Section | None:
    """Return the part of the call that a value or a key names, or None."""
    name = re.sub(r"[_\-]+", " ", str(value)).strip()
    return next((section for section, pattern in _SECTIONS if re.fullmatch(pattern, name, re.IGNORECASE)), None)


def asks_of(value: object) -> bool | None:
    """Return whether a kind of statement is a question (True), an answer (False) or neither (None)."""
    if isinstance(value, bool):
        return value or None
    text = str(value).strip()
    return True if _QUESTION.fullmatch(text) else False if _ANSWER.fullmatch(text) else None


def is_operator(value: object) -> bool:
    """Whether a kind of statement is one of the operator's."""
    return isinstance(value, str) and bool(_OPERATOR.fullmatch(value.strip()))


def role_of(value: object) -> Role | None:
    """Return the role that a value or the name of a list tells, or None."""
    name = re.sub(r"[_\-]+", " ", str(value)).strip()
    return next((role for role, pattern in _ROLES if re.fullmatch(pattern, name, re.IGNORECASE)), None)


def named(value: Any) -> str:  # noqa: ANN401 - as above.
    """Return the name of a speaker: text as it is, a number or a letter as "Speaker 1"."""
    if isinstance(value, bool) or value is None or isinstance(value, (dict, list)):
        return ""
    text = " ".join(str(int(value) if isinstance(value, float) and value.is_integer() else value).split())
    return f"Speaker {text}" if _SHORT_LABEL.fullmatch(text) else text


def person_of(record: Mapping[str, Any], name: str, *, firm: bool = True) -> Person:
    """Return the person called `name` with the title and firm that the record gives.

    A role that is one of ours is the role; others, such as "Chief Financial Officer", are titles.
    """
    title: str | None = None
    role: Role | None = None
    for key in keys.PERSON_TITLE:
        value = keys.first(record, (key,))
        if not isinstance(value, (str, int, float)) or isinstance(value, bool):
            continue
        known = role_of(value)
        role = role or known
        if title is None and (known is None or (known is Role.ANALYST and key not in keys.PERSON_KIND)):
            title = " ".join(str(value).split()) or None
    affiliation = keys.first(record, keys.PERSON_FIRM) if firm else None
    others = keys.first(record, keys.PERSON_OTHER_NAMES)
    names = [others] if isinstance(others, str) else others if isinstance(others, list) else []
    return Person(
        name,
        tuple(other for other in names if isinstance(other, str) and other.strip()),
        title,
        " ".join(affiliation.split()) or None if isinstance(affiliation, str) else None,
        role,
    )


def people_of(record: Record) -> tuple[Person, ...]:
    """Return the participants that a file lists: people or names in a list, or in lists by what they are."""
    found: list[Person] = []
    for key in keys.PEOPLE:
        value = keys.first(record, (key,))
        lists = {"": value} if isinstance(value, list) else value if isinstance(value, dict) else {}
        for kind, people in lists.items():
            for person in people if isinstance(people, list) else ():
                found += _listed(person, role_of(kind) if kind else None)
    return tuple(dict.fromkeys(found))


def _listed(value: Any, role: Role | None) -> list[Person]:  # noqa: ANN401 - as above.
    if isinstance(value, str):
        return [Person(" ".join(value.split()), role=role)] if value.strip() else []
    if not isinstance(value, dict) or keys.first(value, keys.TEXT):
        return []
    name = named(keys.first(value, keys.PERSON_NAME))
    if not name:
        return []
    person = person_of(value, name)
    return [Person(name, person.other_names, person.title, person.affiliation, role or person.role)]
