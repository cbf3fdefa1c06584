"""Hits as a table, a row a passage with its whole source, for a spreadsheet to open."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from search_web.search.response import Hit

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
