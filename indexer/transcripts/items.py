"""Paragraphs to items: tells each piece of a file for what it is, speech or one of the things around it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.model import Delivery, LineSpan, NonSpeechKind
from indexer.transcripts import marks
from indexer.transcripts.answerers import named_behind
from indexer.transcripts.blocks import is_clock, name_block, timed_block
from indexer.transcripts.clock import leading_clock
from indexer.transcripts.cues import Cue, Form, cue_of, opening_of
from indexer.transcripts.front_and_back import cover_pages, is_contents_line, is_notice
from indexer.transcripts.identities import fold
from indexer.transcripts.questions import numbered_question, unnamed
from indexer.transcripts.script import ends_sentence, width
from indexer.transcripts.sections import section_of_heading
from indexer.transcripts.stamped_labels import side_of_written
from indexer.transcripts.styled_names import gather_styles, styled_block

if TYPE_CHECKING:
    from collections.abc import Sequence
    from collections.abc import Set as AbstractSet

    from indexer.model import Section, TimeSpan
    from indexer.transcripts.evidence import Evidence
    from indexer.transcripts.layout import Paragraph
    from indexer.transcripts.line_starts import LineStart

_MARKDOWN_HEADING = re.compile(r"#{1,6}\s+\S.*")
_MARKED_HEADING = re.compile(
    r"【[^【】\[\]]{1,30}】|(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+部分"
    r"|[（(][一二三四五六七八九十]+[）)]).{0,30}"
)
_FURNITURE = re.compile(
    r"duration\s*:\s*\d+.*|contents\s*:|image source\s*:.*|[-_=*\s—]{3,}|presenter speech"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\s[^:]{4,24}\d{1,2}:\d\d\s*[ap]m\s+[•·|-]\s+[\d:]{4,8}"
    r"|(?:meeting|transcription|recording) ended after [\d:]{4,8}.*"
    r"|this editable transcript was computer[- ]generated.*"
    r"|(?!(?:i|we|he|she|they|you|it|who|and|so)\b)\S.{0,60} (?:started|stopped) transcription"
    r"|transcribed (?:by|with)\s+\S.{0,50}"
    r"|(?:问询|咨询|提问|问题)(?:主题|类别|类型|编号)\s*[:：].{1,40}"
    r"|(?:提问|提問|回复|回覆|回答|答复|答覆|发布|發布)(?:时间|時間)\s*[:：].{0,30}"
    r"|(?:提问|提問)[人者]\s*[:：]\s*\S{1,30}\s+\d{4}[-/.年].{0,20}",
    re.IGNORECASE,
)
_NO_HEADING = re.compile(
    r"\\?[\[（(“「‘]|谢谢|謝謝|感谢|感謝|好的|大家好|您好|你好|是的|thank|thanks|hello|hi\b|yes|no\b|ok|good|sure",
    re.IGNORECASE,
)
_SAID = re.compile(r"[:：,，;；%\d]")
_FIGURES_ONLY = re.compile(r"[\d.,:/+\-]{4,}(?:[T ][\d.:+\-Z]*)?")
_WIDEST_HEADING = 60
_BESIDE_A_SPEAKER_LINE = frozenset({NonSpeechKind.SPEAKER_LINE, NonSpeechKind.DELIVERY_MARK, NonSpeechKind.TIME_MARK})


@dataclass(frozen=True, slots=True)
class Item:
    """A piece of the file.

    `kind` is None for speech; `cue` is set on speaker lines, `delivery` on marks, `section` on what opens one.
    `asks` is what the format says of a turn. `text` is verbatim; `clean` is the text of a whole paragraph without
    the blanks that text extraction puts between Han characters. `starts` tells where in `text` the lines of speech
    begin, `set_as_heading` that the format sets all of it as a heading, which proves nothing by itself.
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
    set_as_heading: bool = False


def classify(paragraphs: Sequence[Paragraph], evidence: Evidence, *, wrapped: bool) -> tuple[Item, ...]:
    """Return the items of the file in its order. Together they hold every character that is not blank."""
    styles = gather_styles(paragraphs)
    covers = cover_pages(paragraphs)
    items: list[Item] = []
    heard: set[str] = set()
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
        block = _timed(paragraphs, index, evidence) or styled_block(paragraphs, index, evidence, styles)
        if block := block or name_block(paragraphs, index, evidence):
            cue, taken = block
            heard.add(fold(cue.name))
            lines = paragraphs[index : index + taken]
            items.extend(_line_of_block(line, cue if line is lines[0] else None) for line in lines)
            index += taken
            continue
        items.extend(
            _named(paragraph)
            or _signed(paragraphs, index)
            or _cued(paragraphs, index, evidence, heard)
            or _asked(paragraphs, index, evidence)
            or (_headed(paragraphs, index, evidence, wrapped=wrapped) if _may_be_headed(items) else [])
            or _spoken(paragraph)
        )
        index += 1
    return tuple(items)


def _timed(paragraphs: Sequence[Paragraph], index: int, evidence: Evidence) -> tuple[Cue, int] | None:
    found = timed_block(paragraphs, index)
    return (found.person, 2) if found and evidence.accepts(found, followed=True) else None


def _line_of_block(paragraph: Paragraph, cue: Cue | None) -> Item:
    if is_clock(paragraph.text) and (clock := leading_clock(paragraph.text)):
        return _whole(paragraph, NonSpeechKind.TIME_MARK, cue, time=clock[0])
    return _whole(paragraph, NonSpeechKind.SPEAKER_LINE, cue)


def _named(paragraph: Paragraph) -> list[Item]:
    """Read what is known by its words alone: end marks, delivery marks, section headings, times, page furniture."""
    text = paragraph.text
    if marks.is_end_mark(text):
        return [_whole(paragraph, NonSpeechKind.END_MARK)]
    if delivery := marks.delivery_mark(text):
        return [replace(_whole(paragraph, NonSpeechKind.DELIVERY_MARK), delivery=delivery)]
    if section_of_heading(text) or ((paragraph.bold or paragraph.heading) and is_notice(text)):
        return [_whole(paragraph, NonSpeechKind.HEADING)]
    if _FURNITURE.fullmatch(text) or is_contents_line(text):
        return [_whole(paragraph, NonSpeechKind.NAVIGATION)]
    if is_clock(text):
        return [_line_of_block(paragraph, None)]
    return []


def _signed(paragraphs: Sequence[Paragraph], index: int) -> list[Item]:
    """Read the line below a question or an answer with a label of its own that says whose it was, and when."""
    above = opening_of(paragraphs[index - 1].text) if index and side_of_written(paragraphs[index].text) else None
    labelled = above is not None and above.cue is not None and above.cue.asks is not None
    if above is None or not labelled or above.end >= len(paragraphs[index - 1].text):
        return []
    return [_whole(paragraphs[index], NonSpeechKind.NAVIGATION)]


def _cued(paragraphs: Sequence[Paragraph], index: int, evidence: Evidence, heard: AbstractSet[str]) -> list[Item]:
    """Read a paragraph that is a speaker line, or opens with one. `heard` are the folded names of earlier blocks."""
    paragraph = paragraphs[index]
    found = opening_of(paragraph.text)
    if found is None:
        return []
    alone = found.end >= len(paragraph.text.rstrip())
    if alone and paragraph.first != paragraph.last:
        return []
    above = paragraphs[index - 1].text if index else ""
    followed = alone and paragraph.short and evidence.is_followed(found, paragraphs, index)
    known = fold(found.label) in heard and (followed or not alone or found.form is Form.COLON_LINE)
    if not known and not evidence.accepts(found, followed=followed, above=above):
        return []
    cue, end = named_behind(found, paragraph.text, evidence)
    words = paragraph.text[end:].strip()
    if _FIGURES_ONLY.fullmatch(words) and not evidence.comes_again(found):
        return []
    if not words:
        return [_whole(paragraph, NonSpeechKind.SPEAKER_LINE, cue, time=found.time)]
    line = LineSpan(paragraph.first, paragraph.first)
    label = paragraph.text[:end].strip()
    time = found.time or paragraph.time
    return [
        Item(NonSpeechKind.SPEAKER_LINE, label, line, paragraph.page, cue, time=time),
        *_spoken(paragraph.part(end)),
    ]


def _asked(paragraphs: Sequence[Paragraph], index: int, evidence: Evidence) -> list[Item]:
    """Read what labels of questions or answers beside it tell: a numbered question, an answer without a label."""
    paragraph = paragraphs[index]
    lines = LineSpan(paragraph.first, paragraph.last)
    if evidence.asks_and_answers and (found := numbered_question(paragraphs, index)):
        cue, end = found
        label = Item(NonSpeechKind.SPEAKER_LINE, paragraph.text[:end].strip(), lines, paragraph.page, cue)
        return [label, *_spoken(paragraph.part(end))]
    if evidence.asks_only and index and _is_question(paragraphs[index - 1]):
        return [replace(item, cue=unnamed(item.text, asks=False)) for item in _spoken(paragraph)[:1]] + _spoken(
            paragraph
        )[1:]
    return []


def _is_question(paragraph: Paragraph) -> bool:
    found = opening_of(paragraph.text)
    return found is not None and found.cue is not None and bool(found.cue.asks) and found.end < len(paragraph.text)


def _may_be_headed(items: Sequence[Item]) -> bool:
    """Whether a heading may stand here: right below a speaker line it would leave the speaker without words."""
    last = next((item for item in reversed(items) if item.kind not in _BESIDE_A_SPEAKER_LINE or item.cue), None)
    return last is None or last.cue is None


def _headed(paragraphs: Sequence[Paragraph], index: int, evidence: Evidence, *, wrapped: bool) -> list[Item]:
    """Read a heading: by its marks, or because a short line without a sentence stands where one would."""
    paragraph = paragraphs[index]
    text = paragraph.text
    if _MARKDOWN_HEADING.fullmatch(text) or (_MARKED_HEADING.fullmatch(text) and not ends_sentence(text)):
        return [_whole(paragraph, NonSpeechKind.HEADING)]
    if not paragraph.short or ends_sentence(text) or width(text) > _WIDEST_HEADING or _NO_HEADING.match(text):
        return []
    if index + 1 == len(paragraphs) or not any(map(str.isalnum, text)):
        return []
    if wrapped or (evidence.punctuated and not _SAID.search(text) and _is_cue(paragraphs, index + 1, evidence)):
        return [_whole(paragraph, NonSpeechKind.HEADING)]
    return []


def _is_cue(paragraphs: Sequence[Paragraph], index: int, evidence: Evidence) -> bool:
    found = opening_of(paragraphs[index].text)
    if found is None:
        return False
    return evidence.accepts(found, followed=True) or (
        found.form is Form.LINE and found.cue is not None and not found.cue.strong
    )


def _spoken(paragraph: Paragraph) -> list[Item]:
    """Part the words of a paragraph from the clock time or mark before them and the end mark behind them."""
    items: list[Item] = []
    lines = LineSpan(paragraph.first, paragraph.last)
    page = paragraph.page
    if clock := leading_clock(paragraph.text):
        span, end = clock
        items.append(Item(NonSpeechKind.TIME_MARK, paragraph.text[:end].strip(), lines, page, time=span))
        paragraph = paragraph.part(end)
    if mark := marks.leading_mark(paragraph.text):
        delivery, end = mark
        items.append(Item(NonSpeechKind.DELIVERY_MARK, paragraph.text[:end].strip(), lines, page, delivery=delivery))
        paragraph = paragraph.part(end)
    end = marks.end_mark_in(paragraph.text)
    said = paragraph.part(0, end)
    if said.text:
        starts, heading = said.starts, paragraph.heading
        items.append(Item(None, said.text, lines, page, time=paragraph.time, starts=starts, set_as_heading=heading))
    if paragraph.text[end:]:
        items.append(Item(NonSpeechKind.END_MARK, paragraph.text[end:], lines, page))
    return items


def _whole(paragraph: Paragraph, kind: NonSpeechKind, cue: Cue | None = None, *, time: TimeSpan | None = None) -> Item:
    lines = LineSpan(paragraph.first, paragraph.last)
    return Item(kind, paragraph.raw, lines, paragraph.page, cue, clean=paragraph.text, time=time or paragraph.time)
