"""Utterances, as every format with records ends up with, to the lines of a Content."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from indexer.model import Content, Line, NonSpeechKind, Page, Person
from indexer.sources.line_ends import LINE_END

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from indexer.model import Section, TimeSpan

_SENTENCE_END = re.compile(r"""[。！？!?；;….][”’"'」』）)\]】]*\s*$""")
_RULED = re.compile(r"\s*(?:--|[–—|]|-\s)\s*\S")
_GLUED_HEADING = re.compile(r"(?<=\S)(?:Questions?\s*(?:and|&)\s*Answers?|Prepared Remarks)\s*[:：]?\s*$")
_INNER_END = re.compile(r"[.!?。！？]\s")
_GLUED_TO = re.compile(r"""[\n\w.。!！?？…)\]）】"”'’%*]""")
_LONGEST_FRAGMENT = 160
_FEW = 0.2
_NOBODY = Person("")
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Utterance:
    """What one record says: words of one speaker.

    `speaker` is None when the format names no speakers at all, and has an empty name when it does not name this one.
    `label` is what the record writes for the speaker, `number` the line of the file that it stands in.
    """

    text: str
    speaker: Person | None = None
    label: str = ""
    section: Section | None = None
    asks: bool | None = None
    time: TimeSpan | None = None
    number: int | None = None


def content_of(
    utterances: Sequence[Utterance],
    fields: Mapping[str, str],
    people: Iterable[Person] = (),
    warnings: tuple[str, ...] = (),
    above: Sequence[Line] = (),
) -> Content:
    """Return the content that utterances are; `above` are lines that nobody spoke and that stand above them.

    Each line of a text is a paragraph. Captions, which are short pieces of sentences, go on the paragraph of the
    same speaker. Lines are numbered as in the file where that is known, else from 1.
    """
    lines = list(_numbered((*above, *_lines(utterances)), len(above)))
    return Content((Page(None, tuple(lines)),), dict(fields), tuple(people), attributed=True, warnings=warnings)


def _numbered(lines: Iterable[Line], above: int) -> Iterator[Line]:
    for count, line in enumerate(lines, 1):
        yield line if line.number or count <= above else replace(line, number=count)


def _lines(utterances: Sequence[Utterance]) -> Iterator[Line]:
    joins = _are_captions(utterances)
    known = list(dict.fromkeys(each.speaker.name for each in utterances if each.speaker and each.speaker.name))
    before: Utterance | None = None
    said = False
    for utterance, after in zip(utterances, (*utterances[1:], None), strict=True):
        number = utterance.number or 0
        opens = utterance.section if before is None or utterance.section != before.section else None
        same = before is not None and opens is None and utterance.asks == before.asks
        same = same and before is not None and utterance.speaker == before.speaker
        person = utterance.speaker
        if person is not None and not same:
            yield Line(
                number,
                utterance.label or person.name,
                NonSpeechKind.SPEAKER_LINE,
                time=utterance.time,
                person=person,
                section=opens,
            )
            opens, said = None, False
        text, tail = _without_name(utterance.text, after, known)
        for rank, paragraph in enumerate(piece for piece in LINE_END.split(text) if piece.strip()):
            continues = joins and same and said and not rank
            yield Line(number, paragraph, continues=continues, time=utterance.time, section=opens, asks=utterance.asks)
            opens, said = None, True
        if tail:
            yield Line(number, tail, NonSpeechKind.SPEAKER_LINE)
        before = utterance


def _are_captions(utterances: Sequence[Utterance]) -> bool:
    """Whether the texts are pieces of what somebody says: short and timed, or short and seldom whole sentences."""
    pairs = [above for above, below in pairwise(utterances) if above.speaker == below.speaker]
    if not pairs:
        return False
    short = median(len(utterance.text) for utterance in pairs) < _LONGEST_FRAGMENT
    timed = all(utterance.time for utterance in pairs)
    whole = sum(bool(_SENTENCE_END.search(utterance.text)) for utterance in pairs)
    return short and (timed or whole < _FEW * len(pairs))


def _without_name(text: str, after: Utterance | None, known: Sequence[str]) -> tuple[str, str]:
    """Part the name of the next speaker, with the title, from the end of a text that it was glued to.

    Pages turned into records often leave it there: "… thank you.Jane Roe -- Chief Financial Officer". No blank
    stands before it, unless a line break does, which tells it from a name that was spoken. With a title behind a
    rule it may be any speaker of the file, since what the next one said may be missing. A heading that stood above
    the name goes with it.
    """
    person = after.speaker if after and after.speaker else _NOBODY
    for name in filter(None, (person.name, *known)):
        at = text.rfind(name)
        start = _GLUED_HEADING.search(text, 0, max(at, 0))
        if at <= 0 or not (start or _is_glued(text, at)):
            continue
        rest = text[at + len(name) :]
        is_titled = _RULED.match(rest) and len(rest) < _LONGEST_TITLE and not _INNER_END.search(rest)
        is_next = name == person.name
        if is_titled and (not _SENTENCE_END.search(rest) or (is_next and (person.title or name) in rest)):
            return _cut(text, start.start() if start else at)
        if is_next and not rest.strip():
            return _cut(text, start.start() if start else at)
    return text, ""


def _cut(text: str, at: int) -> tuple[str, str]:
    return text[:at], text[at:].strip()


def _is_glued(text: str, at: int) -> bool:
    before = text[at - 1]
    if before.isalpha():
        return before.islower() and text[at].isupper()
    return bool(_GLUED_TO.match(before))
