"""Paragraphs to items: tells each piece of a file for what it is, speech or one of the things around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.model import Delivery, LineSpan, NonSpeechKind
from indexer.transcripts import marks
from indexer.transcripts.blocks import name_block
from indexer.transcripts.cues import Cue, cue_of, label_cue, line_cue, read_label, undecorated
from indexer.transcripts.evidence import bare_name, free_label
from indexer.transcripts.front_and_back import cover_pages, is_contents_line, is_notice
from indexer.transcripts.script import ends_sentence, width
from indexer.transcripts.sections import section_of_heading
from indexer.transcripts.styled_names import gather_styles, styled_block

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.model import Section, TimeSpan
    from indexer.transcripts.evidence import Evidence
    from indexer.transcripts.layout import Paragraph
    from indexer.transcripts.line_starts import LineStart

_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S.*")
_MARKED_HEADING = re.compile(
    r"[【\[][^【】\[\]]{1,30}[】\]]|(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+部分"
    r"|[（(][一二三四五六七八九十]+[）)]).{0,30}"
)
_FURNITURE = re.compile(r"duration\s*:\s*\d+.*|contents\s*:|image source\s*:.*|[-_=*\s—]{3,}", re.IGNORECASE)
_COURTESY = re.compile(
    r"谢谢|謝謝|感谢|感謝|好的|大家好|您好|你好|是的|thank|thanks|hello|hi\b|yes|no\b|ok|good|sure",
    re.IGNORECASE,
)
_WIDEST_HEADING = 60


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the file.

    `kind` is None for speech; `cue` is set on speaker lines, `delivery` on marks, `section` on what opens one.
    `asks` is what the format says of a turn. `text` is verbatim; `clean` is the text of a whole paragraph without
    the blanks that text extraction puts between Han characters. `starts` tells where in `text` the lines of speech
    begin.
    """

    kind: NonSpeechKind | None
    text: str
    lines: LineSpan
    page: int | None
    cue: Cue | None = None
    delivery: Delivery | None = None
    clean: str = ""
    time: TimeSpan | None = None
    section: Section | None = None
    asks: bool | None = None
    starts: tuple[LineStart, ...] = ()


def classify(paragraphs: Sequence[Paragraph], evidence: Evidence, *, wrapped: bool) -> tuple[Item, ...]:
    """Return the items of the file in its order. Together they hold every character that is not blank."""
    styles = gather_styles(paragraphs)
    covers = cover_pages(paragraphs)
    items: list[Item] = []
    index = 0
    while index < len(paragraphs):
        paragraph = paragraphs[index]
        if paragraph.person:
            items.append(_whole(paragraph, NonSpeechKind.SPEAKER_LINE, cue_of(paragraph.person)))
            index += 1
            continue
        if paragraph.page in covers:
            items.extend(_named(paragraph) or _spoken(paragraph))
            index += 1
            continue
        if block := styled_block(paragraphs, index, evidence, styles) or name_block(paragraphs, index, evidence):
            cue, taken = block
            lines = paragraphs[index : index + taken]
            items.extend(_whole(line, NonSpeechKind.SPEAKER_LINE, cue if line is lines[0] else None) for line in lines)
            index += taken
            continue
        following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
        items.extend(
            _named(paragraph)
            or _cued(paragraph, following, evidence)
            or _headed(paragraph, following, evidence, wrapped=wrapped)
            or _spoken(paragraph)
        )
        index += 1
    return tuple(items)


def _named(paragraph: Paragraph) -> list[Item]:
    """Read what is known by its words alone: end marks, delivery marks, section headings, page furniture."""
    text = paragraph.text
    if marks.is_end_mark(text):
        return [_whole(paragraph, NonSpeechKind.END_MARK)]
    if delivery := marks.delivery_mark(text):
        return [replace(_whole(paragraph, NonSpeechKind.DELIVERY_MARK), delivery=delivery)]
    if section_of_heading(text) or ((paragraph.bold or paragraph.heading) and is_notice(text)):
        return [_whole(paragraph, NonSpeechKind.HEADING)]
    if _FURNITURE.fullmatch(text) or is_contents_line(text):
        return [_whole(paragraph, NonSpeechKind.NAVIGATION)]
    return []


def _cued(paragraph: Paragraph, following: Paragraph | None, evidence: Evidence) -> list[Item]:
    """Read a paragraph that is a speaker line, or opens with one."""
    found = _label(paragraph, evidence)
    if found:
        cue, end = found
        return _opened(paragraph, cue, end)
    cue_alone = line_cue(paragraph.text) if paragraph.first == paragraph.last else None
    if cue_alone is None and (name := bare_name(paragraph)) and _reads_like_speech(following):
        cue_alone = read_label(undecorated(paragraph.text)) if evidence.accepts_name_line(name) else None
    return [_whole(paragraph, NonSpeechKind.SPEAKER_LINE, cue_alone)] if cue_alone else []


def _reads_like_speech(paragraph: Paragraph | None) -> bool:
    return paragraph is not None and (ends_sentence(paragraph.text) or width(paragraph.text) > _WIDEST_HEADING)


def _label(paragraph: Paragraph, evidence: Evidence) -> tuple[Cue, int] | None:
    text = paragraph.text
    found = label_cue(text)
    if found and (evidence.accepts_label(found[0]) or not text[found[1] :].strip() or text[0] in "*#[（("):
        return found
    label = free_label(text)
    if label and evidence.accepts_free_label(label):
        end = re.search(r"[:：][*_]*", text)
        return (Cue(label), end.end()) if end else None
    return None


def _opened(paragraph: Paragraph, cue: Cue, end: int) -> list[Item]:
    line = LineSpan(paragraph.first, paragraph.first)
    label = Item(NonSpeechKind.SPEAKER_LINE, paragraph.text[:end].strip(), line, paragraph.page, cue)
    words = paragraph.part(end)
    return [label, *_spoken(words)] if words.text else [_whole(paragraph, NonSpeechKind.SPEAKER_LINE, cue)]


def _headed(paragraph: Paragraph, following: Paragraph | None, evidence: Evidence, *, wrapped: bool) -> list[Item]:
    """Read a heading: by its marks, or because a short line without a sentence stands where one would."""
    text = paragraph.text
    if _MARKDOWN_HEADING.fullmatch(text) or (_MARKED_HEADING.fullmatch(text) and not ends_sentence(text)):
        return [_whole(paragraph, NonSpeechKind.HEADING)]
    if not paragraph.short or ends_sentence(text) or width(text) > _WIDEST_HEADING or _COURTESY.match(text):
        return []
    before_cue = following is not None and (_cued(following, None, evidence) or bare_name(following))
    if following is not None and (wrapped or (evidence.punctuated and before_cue)):
        return [_whole(paragraph, NonSpeechKind.HEADING)]
    return []


def _spoken(paragraph: Paragraph) -> list[Item]:
    """Part the words of a paragraph from the clock time or mark before them and the end mark behind them."""
    items: list[Item] = []
    lines = LineSpan(paragraph.first, paragraph.last)
    page = paragraph.page
    if end := marks.leading_time(paragraph.text):
        items.append(Item(NonSpeechKind.TIME_MARK, paragraph.text[:end].strip(), lines, page))
        paragraph = paragraph.part(end)
    if mark := marks.leading_mark(paragraph.text):
        delivery, end = mark
        items.append(Item(NonSpeechKind.DELIVERY_MARK, paragraph.text[:end].strip(), lines, page, delivery=delivery))
        paragraph = paragraph.part(end)
    end = marks.end_mark_in(paragraph.text)
    said = paragraph.part(0, end)
    if said.text:
        items.append(Item(None, said.text, lines, page, time=paragraph.time, starts=said.starts))
    if paragraph.text[end:]:
        items.append(Item(NonSpeechKind.END_MARK, paragraph.text[end:], lines, page))
    return items


def _whole(paragraph: Paragraph, kind: NonSpeechKind, cue: Cue | None = None) -> Item:
    lines = LineSpan(paragraph.first, paragraph.last)
    return Item(kind, paragraph.raw, lines, paragraph.page, cue, clean=paragraph.text, time=paragraph.time)
