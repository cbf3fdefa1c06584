"""Ranked rows to hits with their context: speaker, call, question, neighbours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from search_web.search.response import Context, ExchangeView, Hit, Legs, Neighbour, SpeakerView, TranscriptView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.model import Speaker
    from indexer.stores.passages import PassageStore, StoredPassage, TranscriptInfo


_NO_LEGS = Legs(None, None)


class Finding(NamedTuple):
    """What the search knows about one row before its text is fetched; hundreds are made in each search."""

    row: int
    score: float = 0.0
    legs: Legs = _NO_LEGS
    best_sentence: tuple[int, int] | None = None


_made = partial(tuple.__new__, Finding)


def bare_findings(ranked: Iterable[tuple[int, float]]) -> tuple[Finding, ...]:
    """Return the findings for rows with their scores; a thousand at once, without a call of Python for each."""
    return tuple(map(_made, [(row, score, _NO_LEGS, None) for row, score in ranked]))


def passage_url(transcript_id: str, passage_id: str) -> str:
    """Return the address of a passage on its transcript's page, relative to the site."""
    return f"/transcripts/{quote(transcript_id)}#{quote(passage_id)}"


def assemble_hits(
    passages: PassageStore,
    findings: Sequence[Finding],
    *,
    context: int,
    highlights: Mapping[int, tuple[tuple[int, int], ...]],
    stored: Sequence[StoredPassage],
) -> tuple[Hit, ...]:
    """Return a hit for each finding, in their order.

    `stored` holds the passages of the findings, `highlights` the spans to mark by row.
    """
    neighbours = passages.neighbours([finding.row for finding in findings], context)
    questions = passages.questions(
        list({(item.transcript.id, item.passage.exchange_id) for item in stored if item.passage.exchange_id})
    )
    hits = []
    for finding, item, (before, after) in zip(findings, stored, neighbours, strict=True):
        passage = item.passage
        key = (item.transcript.id, passage.exchange_id or "")
        hits.append(
            Hit(
                id=passage.id,
                score=finding.score,
                legs=finding.legs,
                text=passage.text,
                highlights=highlights.get(finding.row, ()),
                best_sentence=finding.best_sentence,
                speaker=_speaker_view(passage.speaker),
                transcript=_transcript_view(item.transcript),
                section=passage.section,
                heading=passage.heading,
                delivery=passage.delivery,
                language=passage.language,
                page=passage.page,
                time=passage.time,
                position=passage.position,
                exchange=ExchangeView(key[1], _neighbour(questions[key])) if key in questions else None,
                asks=item.asks,
                context=Context(_neighbours(before), _neighbours(after)),
                url=passage_url(item.transcript.id, passage.id),
            )
        )
    return tuple(hits)


def _speaker_view(speaker: Speaker) -> SpeakerView:
    return SpeakerView(
        name=speaker.name,
        other_names=speaker.other_names,
        title=speaker.title,
        affiliation=speaker.affiliation,
        role=speaker.role,
    )


def _transcript_view(info: TranscriptInfo) -> TranscriptView:
    return TranscriptView(
        id=info.id,
        title=info.title,
        company=info.company,
        ticker=info.ticker,
        period=info.period,
        date=info.date,
        language=info.language,
        kind=info.kind,
    )


def _neighbour(item: StoredPassage) -> Neighbour:
    return Neighbour(id=item.passage.id, speaker=_speaker_view(item.passage.speaker), text=item.passage.text)


def neighbour(item: StoredPassage) -> Neighbour:
    """Return a passage as it is shown beside another."""
    return _neighbour(item)


def _neighbours(items: Iterable[StoredPassage]) -> tuple[Neighbour, ...]:
    return tuple(_neighbour(item) for item in items)
