"""Ranked rows to hits with their context: speaker, call, question, neighbours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from search_web.search.response import Context, ExchangeView, Hit, Legs, Neighbour, SpeakerView, TranscriptView

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.model import Speaker
    from indexer.stores.passage_pages import PassageBeside, PassageOnPage
    from indexer.stores.passages import StoredPassage, TranscriptInfo


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
    findings: Sequence[Finding], page: Sequence[PassageOnPage], highlights: Mapping[int, tuple[tuple[int, int], ...]]
) -> tuple[Hit, ...]:
    """Return a hit for each finding, in their order.

    `page` holds the passages of the findings with what stands beside them, `highlights` the spans to mark by row.
    """
    hits = []
    for finding, shown in zip(findings, page, strict=True):
        item, asked = shown.stored, shown.question
        passage = item.passage
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
                exchange=ExchangeView(passage.exchange_id or "", _beside(asked)) if asked else None,
                asks=item.asks,
                context=Context(tuple(map(_beside, shown.before)), tuple(map(_beside, shown.after))),
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


def _beside(item: PassageBeside) -> Neighbour:
    return Neighbour(id=item.id, speaker=_speaker_view(item.speaker), text=item.text)


def neighbour(item: StoredPassage) -> Neighbour:
    """Return a passage as it is shown beside another."""
    return Neighbour(id=item.passage.id, speaker=_speaker_view(item.passage.speaker), text=item.passage.text)
