"""Summaries above the record of a call: what a memo says about the words is not the words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.model import LineSpan, NonSpeech, NonSpeechKind
from indexer.transcripts.cues import Form, opening_of, undecorated
from indexer.transcripts.script import width

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.transcripts.layout import Paragraph

_SUMMARY = re.compile(
    r"(?:(?:ai|meeting|call|executive|key|the|quick|earnings|detailed|brief|核心|会议|會議|内容|內容|全文"
    r"|本期|主要|智能|电话会|電話會|节目|節目|業績|业绩)[\s\-]*)*"
    r"(?:memo|summary|summaries|takeaways?|highlights?|key (?:points|insights|facts|questions)|tl;?dr"
    r"|at a glance|recap|key\s?words"
    r"|摘要|要点|要點|亮点|亮點|概要|总结|總結|小结|速览|速覽|提要|導讀|导读|核心观点|核心觀點|章节速览"
    r"|待办事项|问答回顾|关键词|關鍵詞|重點|重点|industry glossary)"
    r"(?:\s*(?:整理|列表|部分|points?))?",
    re.IGNORECASE,
)
_VERBATIM = re.compile(
    r"(?:(?:full|complete|verbatim|conference|earnings|call|raw|edited|meeting|会议|會議|完整|全文|原文|现场"
    r"|現場|电话会议?|電話會議?|业绩会|業績會|法說會)[\s\-]*)*"
    r"(?:transcript|transcription|逐字稿|文字记录|文字記錄|文字实录|文字稿|实录|實錄|会议记录|會議記錄"
    r"|发言记录|發言記錄|原文|原声|语音转写|转写结果|转写文本|全文记录|对话记录)"
    r"(?:\s*(?:全文|部分|内容|內容|below))?"
    r"|(?:以下|下面|下文)(?:是|为|為|系)?.{0,24}(?:实录|實錄|记录|記錄|逐字稿|全文|文字稿|原文)(?:全文)?",
    re.IGNORECASE,
)
_PROSE = re.compile(r"[。！？]|[.!?](?:\s|$)")
_WIDEST = 60
_MOST_ABOVE = 0.9
_TRUSTED = frozenset(
    {Form.TIMED, Form.TIMED_COLON, Form.DASHED, Form.BOLD_COLON, Form.HEADING_COLON, Form.CLOCK_BELOW, Form.CLOCK_ABOVE}
)


@dataclass(frozen=True, slots=True)
class Memo:
    """The pieces above the verbatim part of a file, and the paragraphs of that part."""

    non_speech: tuple[NonSpeech, ...]
    rest: tuple[Paragraph, ...]


def take_summary(paragraphs: Sequence[Paragraph]) -> Memo:
    """Part what stands above the verbatim part, if a line announces one, from the paragraphs.

    That line is a heading such as "Transcript" or "逐字稿", or a sentence such as "以下是电话会议实录：". Above it must
    stand a heading of a summary, or prose and no speaker line. Where there is no such line, or nothing below
    it, all paragraphs stay: a summary by itself is a text like any other.
    """
    for begins in _verbatim_at(paragraphs):
        summary = next((i for i in range(begins) if _reads(_SUMMARY, paragraphs[i])), None)
        if summary is None and any(_is_speaker_line(paragraph) for paragraph in paragraphs[:begins]):
            break
        first = _first_prose(paragraphs, begins) if summary is None else summary
        if first is not None:
            return _parted(paragraphs, begins, first, summary)
    return Memo((), tuple(paragraphs))


def _parted(paragraphs: Sequence[Paragraph], begins: int, first: int, summary: int | None) -> Memo:
    above = [paragraph for paragraph in paragraphs[:first] if summary is not None and _PROSE.search(paragraph.text)]
    dropped = (
        *(_piece(paragraph, NonSpeechKind.NAVIGATION) for paragraph in above),
        *(_piece(paragraph, NonSpeechKind.SUMMARY) for paragraph in paragraphs[first:begins]),
        _piece(paragraphs[begins], NonSpeechKind.HEADING),
    )
    kept = tuple(paragraph for paragraph in paragraphs[:first] if paragraph not in above)
    return Memo(dropped, (*kept, *paragraphs[begins + 1 :]))


def _verbatim_at(paragraphs: Sequence[Paragraph]) -> list[int]:
    """Return where the verbatim part may be announced: lines that do, with a good part of the file below them."""
    sizes = [len(paragraph.text) for paragraph in paragraphs]
    whole = sum(sizes)
    found = [i for i, paragraph in enumerate(paragraphs) if _reads(_VERBATIM, paragraph)]
    return [i for i in found if i + 1 < len(paragraphs) and 0 < sum(sizes[:i]) <= _MOST_ABOVE * whole]


def is_summary_heading(text: str) -> bool:
    """Whether a line is the heading of a summary: 摘要, Memo, Key takeaways."""
    return _fits(_SUMMARY, text)


def _reads(pattern: re.Pattern[str], paragraph: Paragraph) -> bool:
    return _fits(pattern, paragraph.text)


def _fits(pattern: re.Pattern[str], line: str) -> bool:
    text = undecorated(line).strip("：:【】[]（）() *_=-—")
    return bool(text) and width(text) <= _WIDEST and bool(pattern.fullmatch(text))


def _first_prose(paragraphs: Sequence[Paragraph], until: int) -> int | None:
    return next((i for i in range(until) if _PROSE.search(paragraphs[i].text)), None)


def _is_speaker_line(paragraph: Paragraph) -> bool:
    found = opening_of(paragraph.text)
    return found is not None and found.cue is not None and (found.form in _TRUSTED or found.cue.strong)


def _piece(paragraph: Paragraph, kind: NonSpeechKind) -> NonSpeech:
    return NonSpeech(kind, paragraph.raw, LineSpan(paragraph.first, paragraph.last))
