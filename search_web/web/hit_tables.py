"""Hits as a table, a row a passage with its whole source, for a spreadsheet to open."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from search_web.search.request import MAX_LIMIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from search_web.search.request import SearchRequest
    from search_web.search.response import Hit
    from search_web.search.searcher import Searcher

MOST_ROWS = 1000
"""How many hits of a search a table has at most."""

COLUMNS = (
    *(
        "rank",
        "score",
        "text",
        "speaker",
        "speaker_title",
        "firm",
        "role",
        "call",
        "company",
        "ticker",
        "period",
        "date",
    ),
    *("section", "heading", "page", "time", "delivery", "language"),
    *("question_by", "question", "passage_id", "link"),
)


def hit_rows(hits: Iterable[Hit], base_url: str) -> Iterator[tuple[object, ...]]:
    """Yield the row of each hit; what is not known is empty. Links are made from the address of the site."""
    for rank, hit in enumerate(hits, start=1):
        call, speaker, asked = hit.transcript, hit.speaker, hit.answered
        yield tuple(
            "" if value is None else value
            for value in (
                *(rank, hit.score, hit.text, speaker.name, speaker.title, speaker.affiliation, speaker.role.value),
                *(call.title, call.company, call.ticker, call.period, call.date, hit.section.value, hit.heading),
                *(hit.page, hit.time.clock if hit.time else None, hit.delivery.value, hit.language),
                *((asked.speaker.name, asked.text) if asked else (None, None)),
                *(hit.id, urljoin(base_url, hit.url)),
            )
        )


def first_hits(searcher: Searcher, request: SearchRequest, most: int = MOST_ROWS) -> Iterator[Hit]:
    """Yield the hits of a search, page after page of one state of the index, up to a number."""
    plain = replace(request, group=None, context=0, explain=False, facets=False)
    page = replace(plain, limit=min(MAX_LIMIT, most), offset=0, cursor=None)
    while most > 0:
        response = searcher.search(page)
        yield from response.hits[:most]
        most -= len(response.hits)
        if response.next_cursor is None:
            return
        page = replace(page, cursor=response.next_cursor)
