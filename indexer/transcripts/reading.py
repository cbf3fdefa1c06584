"""Items to turns: who speaks under which heading, and what stands before and after all speech."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.model import Delivery, NonSpeech, NonSpeechKind
from indexer.transcripts.cues import undecorated
from indexer.transcripts.dates import is_date_line
from indexer.transcripts.front_and_back import said_by_nobody, speech_without_label, take_off_cover, take_off_notice
from indexer.transcripts.role_labels import INTERPRETER
from indexer.transcripts.script import ends_sentence, width
from indexer.transcripts.sections import section_of_heading
from indexer.transcripts.sub_headings import with_sub_headings
from indexer.transcripts.summaries import is_summary_heading
from indexer.transcripts.times import with_times, with_translations
from indexer.transcripts.turns import CuedTurn, Reading, Speech

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.model import Section
    from indexer.transcripts.cues import Cue
    from indexer.transcripts.items import Item

_TITLE_WORDS = re.compile(
    r"电话会|電話會|业绩|業績|财报|財報|说明会|說明會|发布会|發布會|纪要|紀要|实录|實錄|逐字稿|会议"
    r"|會議|访谈|訪談|记录|例会|周会|座谈|论坛|路演|调研|预告|公告(?!编号)|earnings|conference call"
    r"|transcript|results|investor (?:day|call)|minutes|meeting|annual general|quarter|interview|\bnotes\b",
    re.IGNORECASE,
)
_WIDEST_TITLE = 140
_SENTENCE = re.compile(r"[。！？!?]|[a-z]\.$|.{40}[\w%)]\.$")
_MAY_BE_TITLE = (None, NonSpeechKind.HEADING)
_ALMOST_ALL = 0.9
_ABBREVIATION = re.compile(r"\b(?:[ap]\.m|Inc|Corp|Co|Ltd|L\.P|S\.A|N\.V|No)\.", re.IGNORECASE)
_FIRST_LINES = 4
_FEWEST_TO_JUDGE = 8
_REST_BELOW_THE_END = 0.1


def read(items: Sequence[Item]) -> Reading:
    """Join items to turns; every item that is no speech becomes a NonSpeech."""
    parted = take_off_notice(_part_tail(take_off_cover(_part_prelude(items))))
    return gathered(with_translations(with_times(with_sub_headings(parted))))


def gathered(items: Sequence[Item]) -> Reading:
    """Join items whose kinds are settled to turns."""
    non_speech = tuple(NonSpeech(item.kind, item.text, item.lines) for item in items if item.kind and item.text)
    return Reading(_turns(items), non_speech)


def _turns(items: Sequence[Item]) -> tuple[CuedTurn, ...]:
    turns: list[CuedTurn] = []
    speeches: list[Speech] = []
    cue: Cue | None = None
    opens: Section | None = None
    told: Section | None = None
    asks: bool | None = None
    heading: str | None = None
    around: str | None = None  # The heading that is not only that of a part of somebody's speech.
    delivery = Delivery.UNKNOWN
    for index, item in enumerate(items):
        is_break = item.cue or (item.kind is NonSpeechKind.HEADING and section_of_heading(item.text))
        if (is_break or item.section) and speeches:
            turns.append(CuedTurn(cue, opens, tuple(speeches), asks, told))
            speeches, opens = [], None
        opens, told = item.section or opens, item.section or told
        if item.cue:
            heading = around
            cue, delivery = item.cue if item.cue.name else None, item.cue.delivery or _own_delivery(item.cue)
        if item.kind is NonSpeechKind.HEADING:
            opens = section_of_heading(item.text) or opens
            heading = undecorated(item.clean).strip(" :：【】[]")
            around = around if cue and _is_within_speech(items, index) else heading
        elif item.delivery and item.kind is not None:
            delivery = item.delivery
        elif item.kind is None:
            asks = item.asks if item.asks is not None else cue.asks if cue else None
            words = item.delivery or delivery
            speeches.append(Speech(item.text, item.lines, item.page, heading, words, item.time, item.starts))
    if speeches:
        turns.append(CuedTurn(cue, opens, tuple(speeches), asks, told))
    return tuple(turns)


def _is_within_speech(items: Sequence[Item], index: int) -> bool:
    """Whether a heading parts the speech of one person: the same one goes on below it.

    Signs of Markdown and the names of parts of the call head what others say too.
    """
    text = items[index].text
    if text.startswith("#") or section_of_heading(text):
        return False
    following = next((item for item in items[index + 1 :] if item.kind is None or item.cue), None)
    return following is not None and following.kind is None and following.cue is None


def _own_delivery(cue: Cue) -> Delivery:
    return Delivery.TRANSLATED if INTERPRETER.fullmatch(cue.name) else Delivery.UNKNOWN


def _part_prelude(items: Sequence[Item]) -> tuple[Item, ...]:
    """Tell title, date and navigation before the first speaker line from text that reads like sentences."""
    first_cue = next((i for i, item in enumerate(items) if item.cue), None)
    until = len(items) if first_cue is None else first_cue
    title = next((i for i, item in enumerate(items[:until]) if _is_title(item, first=i < _FIRST_LINES)), None)
    if title is None and until > 1 and items[0].kind in _MAY_BE_TITLE and is_date_line(items[1].text):
        title = 0
    parted = list(items)
    summary = next((i for i, item in enumerate(items[:until]) if _opens_summary(item)), until)
    speech = speech_without_label(items[:until])
    nobody = said_by_nobody(items[:until]) if speech == until else frozenset()
    for index, item in enumerate(items[:until]):
        if first_cue is not None and index >= summary and item.kind in _MAY_BE_TITLE:
            parted[index] = replace(item, kind=NonSpeechKind.SUMMARY)
        elif index == title or (title is not None and item.kind in _MAY_BE_TITLE and is_date_line(item.text)):
            parted[index] = replace(item, kind=NonSpeechKind.TITLE)
        elif (
            first_cue is not None
            and item.kind is None
            and (
                index in nobody
                or _is_standfirst(item, parted[index - 1] if index else None)
                or (index < speech and _is_furniture(item.text))
            )
        ):
            parted[index] = replace(item, kind=NonSpeechKind.NAVIGATION)
    return tuple(parted)


def _opens_summary(item: Item) -> bool:
    return item.kind in _MAY_BE_TITLE and is_summary_heading(item.text)


def _is_title(item: Item, *, first: bool) -> bool:
    if item.kind is NonSpeechKind.HEADING:
        names_it = bool(_TITLE_WORDS.search(item.text)) and not item.text.endswith((":", "："))
        return item.text.startswith("# ") or (first and names_it and not section_of_heading(item.text))
    if item.kind is not None or width(item.text) > _WIDEST_TITLE or _SENTENCE.search(item.text):
        return False
    return bool(_TITLE_WORDS.search(item.text))


def _is_standfirst(item: Item, above: Item | None) -> bool:
    """Whether the text is set as a heading right below the title: the sentence with which a page sums up its record."""
    return item.set_as_heading and above is not None and above.kind is NonSpeechKind.TITLE


def _is_furniture(text: str) -> bool:
    """Whether the text has no sentence in it: words that were said must never be taken for navigation."""
    return not re.search(r"[。！？；]|[.!?;](?:\s|$)", _ABBREVIATION.sub("", text))


def _part_tail(items: Sequence[Item]) -> tuple[Item, ...]:
    """Tell what stands below an end mark, or trails off in lines that are no sentences, as navigation."""
    parted = list(items)
    end = _end(items)
    for index in range(end + 1, len(items)):
        if items[index].kind in {None, NonSpeechKind.SPEAKER_LINE}:
            parted[index] = replace(items[index], kind=NonSpeechKind.NAVIGATION, cue=None)
    last_cue = max((i for i, item in enumerate(items[:end]) if item.cue), default=None)
    spoken = [i for i in range(end) if items[i].kind is None]
    if last_cue is None or len(spoken) < _FEWEST_TO_JUDGE:
        return tuple(parted)
    if sum(ends_sentence(items[i].text) for i in spoken) < _ALMOST_ALL * len(spoken):
        return tuple(parted)
    for index in range(end - 1, last_cue + 1, -1):
        if items[index].kind is None and ends_sentence(items[index].text) and not items[index].text.isdigit():
            break
        if items[index].kind in _MAY_BE_TITLE:
            parted[index] = replace(items[index], kind=NonSpeechKind.NAVIGATION)
    return tuple(parted)


def _end(items: Sequence[Item]) -> int:
    """Return the place of the mark that ends the record: the last one, with next to nothing said below it."""
    if not any(item.cue for item in items):
        return len(items)
    spoken = [len(item.text) if item.kind is None else 0 for item in items]
    below, whole = 0, sum(spoken)
    prose = False
    for index in range(len(items) - 1, -1, -1):
        if below > _REST_BELOW_THE_END * whole and prose:
            break
        below += spoken[index]
        prose = prose or (spoken[index] > 0 and ends_sentence(items[index].text))
        if items[index].kind is NonSpeechKind.END_MARK and any(item.cue for item in items[:index]):
            return index
    return len(items)
