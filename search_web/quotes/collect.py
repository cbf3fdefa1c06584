"""A passage of the index, or a part of one, as a quote that stands on its own."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from indexer.errors import InvalidSpanError
from search_web.quotes.editing import fresh_id
from search_web.quotes.model import Occasion, Place, Quote, Voice
from search_web.search.assemble import passage_url

if TYPE_CHECKING:
    from indexer.model import Speaker
    from indexer.stores.passages import PassageStore, StoredPassage

CONTEXT = 80
"""How many characters of the passage are kept on either side of a quote."""


def collect(
    passages: PassageStore,
    passage_id: str,
    start: int | None = None,
    end: int | None = None,
    *,
    note: str = "",
    tags: tuple[str, ...] = (),
    at: datetime | None = None,
) -> Quote:
    """Return the code points [start, end) of a passage as a quote, or all of it, collected `at` this time or now.

    It belongs to no collection yet. Raises UnknownPassageError, or InvalidSpanError when the passage has no such
    characters.
    """
    (stored,) = passages.get([passages.row_of(passage_id)])
    text = stored.passage.text
    first, last = 0 if start is None else start, len(text) if end is None else end
    if not 0 <= first < last <= len(text):
        mend = f"It has {len(text)} characters: give a start from 0 on, and an end above it of at most {len(text)}"
        raise InvalidSpanError(f"the passage has no characters {first} to {last}", where=passage_id, mend=mend)
    return Quote(
        id=fresh_id(),
        collection_id="",
        text=text[first:last],
        language=stored.passage.language,
        delivery=stored.passage.delivery,
        place=place_in(stored, first, last),
        voice=voice_of(stored.passage.speaker),
        occasion=occasion_of(stored),
        question=question_of(passages, stored),
        url=passage_url(stored.transcript.id, passage_id),
        collected_at=at or datetime.now(UTC).replace(microsecond=0),
        note=note,
        tags=tags,
    )


def span_of(passages: PassageStore, passage_id: str, words: str) -> tuple[int, int]:
    """Return where these exact words stand in a passage.

    Raises UnknownPassageError, or InvalidSpanError when they stand nowhere in it, or more than once.
    """
    (stored,) = passages.get([passages.row_of(passage_id)])
    text = stored.passage.text
    found = [match.start() for match in re.finditer(f"(?={re.escape(words)})", text)] if words else []
    if len(found) == 1:
        return found[0], found[0] + len(words)
    if not found:
        mend = f"Copy the words as they are printed by: yuanhua show {passage_id}"
        raise InvalidSpanError("these words do not stand in the passage", where=passage_id, mend=mend)
    what = f"these words stand in the passage {len(found)} times, at {', '.join(map(str, found))}"
    raise InvalidSpanError(what, where=passage_id, mend="Give more of the words, or the characters: start and end")


def place_in(stored: StoredPassage, start: int, end: int) -> Place:
    """Return where these characters of a passage stand."""
    text, source = stored.passage.text, stored.transcript.source
    return Place(
        transcript_id=stored.transcript.id,
        passage_id=stored.passage.id,
        start=start,
        end=end,
        source_digest=source.sha256,
        source_path=source.path,
        context=(text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]),
    )


def voice_of(speaker: Speaker) -> Voice:
    """Return a speaker as a quote names one."""
    return Voice(speaker.name, speaker.other_names, speaker.title, speaker.affiliation, speaker.role)


def occasion_of(stored: StoredPassage) -> Occasion:
    """Return the call that a passage stands in, and where in it."""
    passage, call = stored.passage, stored.transcript
    return Occasion(
        title=call.title,
        kind=call.kind,
        company=call.company,
        ticker=call.ticker,
        period=call.period,
        date=call.date,
        section=passage.section,
        heading=passage.heading,
        page=passage.page,
        time=passage.time,
        fiscal=call.fiscal,
    )


def question_of(passages: PassageStore, stored: StoredPassage) -> tuple[Voice, str] | None:
    """Return who asked what a passage answers, and the passage that asks; None when it answers nothing."""
    exchange = stored.passage.exchange_id
    if exchange is None or stored.asks:
        return None
    key = (stored.transcript.id, exchange)
    asked = passages.questions([key]).get(key)
    return None if asked is None else (voice_of(asked.passage.speaker), asked.passage.text)
