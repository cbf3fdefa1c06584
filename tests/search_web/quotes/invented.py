"""Quotes of words of our own."""

from __future__ import annotations

from datetime import UTC, datetime

from indexer.model import Delivery, Kind, Role, Section
from search_web.quotes.editing import fresh_id
from search_web.quotes.model import Occasion, Place, Quote, Voice


def invented(text: str, *, note: str = "", tags: tuple[str, ...] = ()) -> Quote:
    """Return a quote of an invented call."""
    return Quote(
        id=fresh_id(),
        collection_id="",
        text=text,
        language="en",
        delivery=Delivery.ORIGINAL,
        place=Place("marlow", "marlow.1", 3, 3 + len(text), "0" * 64, "marlow.txt", ("So ", ".")),
        voice=Voice("Priya Rich", ("瑞普亚",), "Chief Financial Officer", None, Role.MANAGEMENT),
        occasion=Occasion(
            "Marlow Grid", Kind.SPOKEN, "Marlow Grid", "MGRD", "2023Q2", "2023-07-27", Section.QA, None, 4, None
        ),
        question=(Voice("Ines Vale", (), None, "Goldman Sachs", Role.ANALYST), "What of the cranes?"),
        url="/transcripts/marlow#marlow.1",
        collected_at=datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC),
        note=note,
        tags=tags,
    )
