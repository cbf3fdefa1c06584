"""What the format itself says of its lines, which no guess overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer.model import LineSpan, NonSpeech, NonSpeechKind
from indexer.transcripts.cues import cue_of
from indexer.transcripts.items import Item
from indexer.transcripts.line_starts import LineStart, joined_time
from indexer.transcripts.marks import delivery_mark
from indexer.transcripts.script import ends_sentence, joint

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.model import Line, Page

_FEW = 0.05


def take_dropped(lines: Iterable[Line]) -> tuple[tuple[NonSpeech, ...], tuple[Line, ...]]:
    """Part the lines of which the format says that nobody spoke them from the others."""
    dropped: list[NonSpeech] = []
    kept: list[Line] = []
    for line in lines:
        if line.kind is None or line.person is not None:
            kept.append(line)
        elif line.text.strip():
            dropped.append(NonSpeech(line.kind, line.text.strip(), LineSpan(line.number, line.number)))
    return tuple(dropped), tuple(kept)


def given_items(pages: Sequence[Page]) -> tuple[Item, ...]:
    """Return the items of a source whose format names every speaker: see `Content.attributed`.

    What was dropped amid a paragraph comes below it.
    """
    items: list[Item] = []
    between = " " if _is_unpunctuated(pages) else ""
    for page in pages:
        paragraph: list[Line] = []
        amid: list[Item] = []
        for line in page.lines:
            if not line.text.strip() and line.section is None and line.person is None:
                continue
            if paragraph and _may_stand_amid(line):
                amid.append(_mark(line, page.number))
                continue
            if paragraph and not (line.continues and line.kind is None and line.person is None):
                items += (_speech(paragraph, page.number, between), *amid)
                paragraph, amid = [], []
            if line.person is not None or line.kind is not None:
                items.append(_mark(line, page.number))
            else:
                paragraph.append(line)
        if paragraph:
            items += (_speech(paragraph, page.number, between), *amid)
    return tuple(items)


def _may_stand_amid(line: Line) -> bool:
    parts = line.person is not None or line.section is not None or line.kind is NonSpeechKind.HEADING
    return line.kind is not None and not parts


def _is_unpunctuated(pages: Sequence[Page]) -> bool:
    """Whether hardly any line that goes on ends like a sentence: there a line break is all that parts phrases."""
    spoken = [line.text for page in pages for line in page.lines if line.kind is None and line.continues and line.time]
    return sum(map(ends_sentence, spoken)) < _FEW * len(spoken)


def _mark(line: Line, page: int | None) -> Item:
    return Item(
        kind=line.kind or NonSpeechKind.SPEAKER_LINE,
        text=line.text.strip(),
        lines=LineSpan(line.number, line.number),
        page=page,
        cue=cue_of(line.person) if line.person else None,
        clean=line.text.strip(),
        time=line.time,
        section=line.section,
        delivery=delivery_mark(line.text) if line.kind is NonSpeechKind.DELIVERY_MARK else None,
    )


def _speech(lines: Sequence[Line], page: int | None, between: str) -> Item:
    """Join lines to a paragraph; `between` stands where two lines meet at a Han character."""
    text = ""
    starts = []
    for line in lines:
        piece = line.text.strip()
        text += joint(text, piece) or (between if text else "")
        starts.append(LineStart(len(text), line.number, page, line.time))
        text += piece
    return Item(
        kind=None,
        text=text,
        lines=LineSpan(lines[0].number, lines[-1].number),
        page=page,
        time=joined_time(line.time for line in lines),
        section=lines[0].section,
        asks=lines[0].asks,
        starts=tuple(starts),
    )
