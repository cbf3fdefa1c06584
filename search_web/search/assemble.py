"""Ranked rows to hits with their context: speaker, call, question, neighbours."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from indexer.stores.passage_pages import Neighbour
from search_web.search.response import Context, ExchangeView, Hit, Legs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.stores.passage_pages import PassageOnPage
    from indexer.stores.passages import StoredPassage


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
        hits.append(
            Hit(
                id=shown.id,
                score=finding.score,
                legs=finding.legs,
                text=shown.text,
                highlights=highlights.get(finding.row, ()),
                best_sentence=finding.best_sentence,
                speaker=shown.speaker,
                transcript=shown.transcript,
                section=shown.section,
                heading=shown.heading,
                delivery=shown.delivery,
                language=shown.language,
                page=shown.page,
                time=shown.time,
                position=shown.position,
                exchange=ExchangeView(shown.exchange_id or "", shown.question) if shown.question else None,
                asks=shown.asks,
                context=Context(shown.before, shown.after),
                url=passage_url(shown.transcript.id, shown.id),
            )
        )
    return tuple(hits)


def neighbour(item: StoredPassage) -> Neighbour:
    """Return a passage as it is shown beside another."""
    return Neighbour(item.passage.id, item.passage.speaker, item.passage.text)
