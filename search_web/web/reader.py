"""A transcript as it is read: parts, rounds of question and answer, turns, and marks where a page begins."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from indexer.model import Delivery, Exchange, Kind, Passage, Role, Section, Speaker
from search_web.web.speech_shares import spoken_length

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.model import Transcript

    Spans = tuple[tuple[int, int], ...]

# An answer of this length, in bytes of UTF-8 (three to a Han character), runs off the screen: its question is then
# repeated beside it.
_LONG_ANSWER = 900


@dataclass(frozen=True, slots=True)
class Step:
    """The place of a passage among those that one steps through: its number from 1, and its neighbours' ids."""

    number: int
    total: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ReaderPassage:
    """A passage, with the page or the delivery that begins with it, if one does.

    `highlights` are the spans that a search inside found; `hit` is set where it found the passage, `own` where the
    turns of one speaker are stepped through and this passage opens one.
    """

    passage: Passage
    page: int | None
    delivery: Delivery | None
    highlights: Spans = ()
    hit: Step | None = None
    own: Step | None = None


@dataclass(frozen=True, slots=True)
class ReaderTurn:
    """One speaker speaking; `asks` is set when the turn opens or follows up a question.

    It is `quiet` when nothing in it is more than a courtesy, and `dimmed` when somebody else is listened to.
    """

    speaker: Speaker
    asks: bool
    quiet: bool
    dimmed: bool
    passages: tuple[ReaderPassage, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """A question, or a follow-up, and what was answered; outside an exchange everything is one round without question.

    `reminder` is the text of the question, where the answers are so long that it is repeated beside them.
    """

    question: tuple[ReaderTurn, ...]
    answers: tuple[ReaderTurn, ...]
    reminder: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the call under one heading or within one exchange.

    `new_section` and `new_heading` are set where the stretch before had another; `exchange_number` counts
    from 1, and `new_exchange` tells that the exchange begins here. `hits` counts the passages that a search found.
    """

    id: str
    section: Section
    new_section: bool
    heading: str | None
    new_heading: bool
    exchange: Exchange | None
    exchange_number: int | None
    new_exchange: bool
    hits: int
    rounds: tuple[Round, ...]


@dataclass(frozen=True, slots=True)
class SpeakerEntry:
    """A speaker with the number of turns, the id of the first passage, and how much of the call is theirs.

    `share` is in percent of what was said; `strip` has the turns as stretches (start, end) of the call, in thousandths.
    """

    speaker: Speaker
    turns: int
    first: str
    share: float
    strip: tuple[tuple[int, int], ...]


def reading_parts(
    transcript: Transcript, *, found: Mapping[str, Spans] | None = None, focus: str | None = None
) -> tuple[Part, ...]:
    """Return the passages of a transcript as parts, in reading order, each passage once.

    `found` has the passages that a search inside found, in reading order, with their highlights; `focus` is the id of
    a speaker who is listened to.
    """
    found = found or {}
    exchanges = {exchange.id: (number, exchange) for number, exchange in enumerate(transcript.exchanges, 1)}
    asking = {passage for exchange in transcript.exchanges for passage in exchange.question_ids}
    openings = [turn.passage_ids[0] for turn in transcript.turns if turn.speaker.id == focus and turn.passage_ids]
    marked = iter(_marked(transcript.passages, found, steps(list(found)), steps(openings)))
    parts: list[Part] = []
    # What is said where nobody is of a company, an analyst or an operator, as in an interview, has no parts of a call.
    is_call = any(passage.section is not Section.PREPARED for passage in transcript.passages) or any(
        speaker.role is not Role.OTHER for speaker in transcript.speakers
    )
    section, heading = None, None
    begun: set[str] = set()
    for key, passages in groupby(
        transcript.passages, key=lambda passage: (passage.section, passage.heading, passage.exchange_id)
    ):
        number, exchange = exchanges.get(key[2] or "", (None, None))
        run = [next(marked) for _ in passages]
        new_section = is_call and key[0] != section
        new_exchange = exchange is not None and exchange.id not in begun
        if exchange is not None:
            begun.add(exchange.id)
        parts.append(
            Part(
                id=exchange.id if exchange is not None and new_exchange else f"part-{len(parts) + 1}",
                section=key[0],
                new_section=new_section,
                heading=key[1],
                new_heading=key[1] is not None and (new_section or key[1] != heading),
                exchange=exchange,
                exchange_number=number,
                new_exchange=new_exchange,
                hits=sum(item.hit is not None for item in run),
                rounds=_rounds(_turns(run, asking, focus)),
            )
        )
        section, heading = key[:2]
    return tuple(parts)


def steps(passage_ids: Sequence[str]) -> dict[str, Step]:
    """Return the place of each passage among these."""
    total = len(passage_ids)
    ends = (None, *passage_ids, None)
    return {
        passage_id: Step(number, total, ends[number - 1], ends[number + 1])
        for number, passage_id in enumerate(passage_ids, 1)
    }


def speaker_entries(transcript: Transcript) -> tuple[SpeakerEntry, ...]:
    """Return everybody who speaks, those who say most first; a document has none."""
    if transcript.kind is Kind.DOCUMENT:
        return ()
    ends = [0.0]
    for passage in transcript.passages:
        ends.append(ends[-1] + spoken_length(passage.text))
    whole = ends[-1] or 1.0
    said: defaultdict[str, float] = defaultdict(float)
    turns: defaultdict[str, set[int]] = defaultdict(set)
    firsts: dict[str, Passage] = {}
    strips: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for passage, (start, end) in zip(transcript.passages, pairwise(ends), strict=True):
        who = passage.speaker.id
        said[who] += end - start
        turns[who].add(passage.turn)
        firsts.setdefault(who, passage)
        stretch = (int(1000 * start / whole), max(int(1000 * end / whole), int(1000 * start / whole) + 1))
        if strips[who] and strips[who][-1][1] >= stretch[0]:
            stretch = (strips[who].pop()[0], stretch[1])
        strips[who].append(stretch)
    return tuple(
        SpeakerEntry(firsts[who].speaker, len(turns[who]), firsts[who].id, 100 * said[who] / whole, tuple(strips[who]))
        for who in sorted(firsts, key=lambda who: (-said[who], firsts[who].position))
    )


def _marked(
    passages: Sequence[Passage], found: Mapping[str, Spans], hits: Mapping[str, Step], own: Mapping[str, Step]
) -> Iterable[ReaderPassage]:
    before: Passage | None = None
    for passage in passages:
        new_page = before is None or before.page != passage.page
        new_delivery = before is None or (before.turn, before.delivery) != (passage.turn, passage.delivery)
        stated = passage.delivery is not Delivery.UNKNOWN
        yield ReaderPassage(
            passage,
            page=passage.page if new_page else None,
            delivery=passage.delivery if new_delivery and stated else None,
            highlights=found.get(passage.id, ()),
            hit=hits.get(passage.id),
            own=own.get(passage.id),
        )
        before = passage


def _turns(run: Iterable[ReaderPassage], asking: set[str], focus: str | None) -> list[ReaderTurn]:
    turns = []
    for _, grouped in groupby(run, key=lambda item: item.passage.turn):
        items = tuple(grouped)
        first = items[0].passage
        quiet = not any(item.passage.searchable for item in items)
        dimmed = focus is not None and first.speaker.id != focus
        turns.append(ReaderTurn(first.speaker, first.id in asking, quiet, dimmed, items))
    return turns


def _rounds(turns: Iterable[ReaderTurn]) -> tuple[Round, ...]:
    """Cut the turns of a part before each question; a courtesy of the asker opens none."""
    rounds: list[tuple[list[ReaderTurn], list[ReaderTurn]]] = [([], [])]
    for turn in turns:
        asks = turn.asks and not turn.quiet
        question, answers = rounds[-1]
        if asks and answers:
            rounds.append(([turn], []))
        else:
            (question if asks else answers).append(turn)
    return tuple(Round(tuple(question), tuple(answers), _reminder(question, answers)) for question, answers in rounds)


def _reminder(question: Sequence[ReaderTurn], answers: Sequence[ReaderTurn]) -> str | None:
    asked = [item.passage.text for turn in question for item in turn.passages if item.passage.searchable]
    length = sum(len(item.passage.text.encode()) for turn in answers for item in turn.passages)
    return " ".join(asked) if asked and length > _LONG_ANSWER else None
