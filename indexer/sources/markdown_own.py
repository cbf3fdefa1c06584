"""Transcripts that this program wrote as Markdown, read back: what `indexer.transcript_markdown` writes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.markdown import unescaped
from indexer.model import Content, Kind, Line, NonSpeechKind, Page, Person, Role, Section, TimeSpan
from indexer.stated import STATED_FIELDS, checked
from indexer.transcript_markdown import ASKS, DELIVERIES, END_OF_EXCHANGE, FIELDS, FIRST_LINE, PARTICIPANTS, SECTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECTION_OF = {name: section for section, name in SECTIONS.items()}
_FIELD_OF = {name: field for field, name in FIELDS.items()}
_ASKS_OF = {name: asks for asks, name in ASKS.items()}
_MARKS_OF_DELIVERY = {name: {"own words": "(原话)", "translation": "(翻译)"}.get(name) for name in DELIVERIES.values()}
_HEAD_FIELD = re.compile(r"- \*\*(?P<name>[^*:]+):\*\* (?P<value>.*)")
_PAGE = re.compile(r"p\. (\d+)")
_CLOCK = re.compile(r"(\d+):(\d\d):(\d\d)")
_MARK_LINE = re.compile(r"\*(?!\*)(?P<marks>.+)\*")
_TEXT = r"(?:\\.|[^\\*\[\]()/])+"
_DESCRIPTOR = re.compile(
    rf"\*\*(?P<name>{_TEXT})\*\*(?: \((?P<others>{_TEXT}(?:/{_TEXT})*)\))?"
    rf"(?: — \*(?P<title>{_TEXT})\*)?(?:, (?P<firm>{_TEXT}))? \[(?P<role>{'|'.join(Role)})\]"
)
_BETWEEN_NAMES = re.compile(r"(?<!\\) / ")


def is_own_markdown(text: str) -> bool:
    """Whether a text begins as this program begins a transcript."""
    return text.lstrip("\ufeff").startswith(FIRST_LINE)


def read_own_markdown(text: str) -> Content:
    """Return the content from which the transcript comes out again, but for its ids and line numbers."""
    state = _State()
    paragraphs = tuple(_paragraphs(text))
    spoken = not any(paragraph == f"- **{FIELDS['kind']}:** {Kind.DOCUMENT}" for _, paragraph in paragraphs)
    for number, paragraph in paragraphs:
        _read(state, number, paragraph, spoken=spoken)
    return Content(
        tuple(Page(number, tuple(lines)) for number, lines in state.pages.items()),
        state.fields,
        tuple(state.people),
        attributed=spoken,
        warnings=tuple(state.warnings),
    )


@dataclass(slots=True)
class _State:
    """What has been read so far, and what holds for the paragraph that comes."""

    pages: dict[int | None, list[Line]] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    page: int | None = None
    section: Section | None = None
    time: TimeSpan | None = None
    asks: bool | None = None

    def add(self, line: Line) -> None:
        self.pages.setdefault(self.page, []).append(line)


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Yield the paragraphs with the number of their first line; each line of a list is one."""
    number, lines = 1, text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    held = ""
    for place, line in enumerate(lines, 1):
        if not held:
            number = place
        if line.endswith("\\") and (len(line) - len(line.rstrip("\\"))) % 2:
            held += line + "\n"
        elif held or line:
            yield number, held + line
            held = ""
    if held:
        yield number, held


def _read(state: _State, number: int, paragraph: str, *, spoken: bool) -> None:
    """Take in one paragraph, by the form that it has."""
    if paragraph in {FIRST_LINE, END_OF_EXCHANGE}:
        state.asks = None
        state.add(Line(number, paragraph, NonSpeechKind.SYNTAX))
    elif paragraph.startswith("#"):
        _read_heading(state, number, paragraph, spoken=spoken)
    elif found := _HEAD_FIELD.fullmatch(paragraph):
        _take_field(state, number, _FIELD_OF.get(found["name"]), unescaped(found["value"]))
        state.add(Line(number, paragraph, NonSpeechKind.FRONT_MATTER))
    elif paragraph.startswith("- ") and (person := _person(paragraph[2:])):
        state.people.append(person)
        state.add(Line(number, paragraph, NonSpeechKind.PARTICIPANTS))
    elif spoken and (person := _person(paragraph)):
        state.add(Line(number, person.name, NonSpeechKind.SPEAKER_LINE, person=person, section=state.section))
        state.section = None
    elif found := _MARK_LINE.fullmatch(paragraph):
        _read_marks(state, number, found["marks"])
    else:
        said = unescaped(paragraph)
        state.add(Line(number, said, continues=False, time=state.time, asks=state.asks if spoken else None))
        state.time = None


def _take_field(state: _State, number: int, name: str | None, value: str) -> None:
    """Keep a field of the head; what it cannot have, since somebody changed it, is left out and told."""
    if name in STATED_FIELDS:
        try:
            state.fields[name] = checked(name, value)
        except ValueError as error:
            state.warnings.append(f'line {number}: "{value}" is no {name} and was left out; {error}')
    elif name == "fiscal" and value == "true":
        state.fields[name] = value


def _read_heading(state: _State, number: int, paragraph: str, *, spoken: bool) -> None:
    signs, _, words = paragraph.partition(" ")
    text = unescaped(words)
    kind = {1: NonSpeechKind.TITLE, 3: NonSpeechKind.HEADING}.get(len(signs), NonSpeechKind.SYNTAX)
    if kind is NonSpeechKind.TITLE:
        _take_field(state, number, "title", text)
    if len(signs) == 2 and text != PARTICIPANTS:  # noqa: PLR2004 - signs of a heading.
        state.section, state.asks = _SECTION_OF.get(text), None
    is_heading = kind is NonSpeechKind.HEADING
    state.add(Line(number, text, None if is_heading and not spoken else kind, heading=is_heading))


def _read_marks(state: _State, number: int, marks: str) -> None:
    for mark in marks.split(" · "):
        if page := _PAGE.fullmatch(mark):
            state.page = int(page[1])
        elif clock := _CLOCK.fullmatch(mark):
            hours, minutes, seconds = map(int, clock.groups())
            state.time = TimeSpan(float(hours * 3600 + minutes * 60 + seconds))
        elif mark in _ASKS_OF:
            state.asks = _ASKS_OF[mark]
        elif told := _MARKS_OF_DELIVERY.get(mark):
            state.add(Line(number, told, NonSpeechKind.DELIVERY_MARK))
    state.add(Line(number, marks, NonSpeechKind.SYNTAX))


def _person(text: str) -> Person | None:
    found = _DESCRIPTOR.fullmatch(text)
    if not found:
        return None
    others = tuple(map(unescaped, _BETWEEN_NAMES.split(found["others"]))) if found["others"] else ()
    title, firm = found["title"], found["firm"]
    return Person(
        unescaped(found["name"]),
        others,
        unescaped(title) if title else None,
        unescaped(firm) if firm else None,
        Role(found["role"]),
    )
