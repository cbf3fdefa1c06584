"""Quotes held against the index as it is now: unchanged, moved, changed or gone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from indexer.errors import UnknownPassageError
from indexer.model import Kind
from search_web.quotes.attribution import differences
from search_web.quotes.collect import place_in, voice_of
from search_web.quotes.difference import edits
from search_web.quotes.model import SaidElsewhere, State, Verified
from search_web.quotes.tracing import Calls, Found, exact, joined, likely

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.passages import PassageStore, StoredPassage
    from search_web.quotes.model import Quote, Voice


def verify(quotes: Sequence[Quote], passages: PassageStore) -> tuple[Verified, ...]:
    """Return what became of each quote in the index, in their order; equal states of both give equal answers.

    The exact words are looked for first where they were collected, then elsewhere in their transcript, in one read
    from the same file, in one of the same call, and last, said by the same person, in all others. Where they stand
    nowhere, the text most like them in their own call is shown.
    """
    calls = Calls(passages)
    traced = [_traced(quote, calls) for quote in quotes]
    questions = _questions(passages, [one.found.stored for one in traced if one.found])
    return tuple(_verified(quote, one, questions) for quote, one in zip(quotes, traced, strict=True))


@dataclass(frozen=True, slots=True)
class _Traced:
    state: State
    found: Found | None
    reason: str
    elsewhere: SaidElsewhere | None = None


def _traced(quote: Quote, calls: Calls) -> _Traced:
    passages = calls.passages
    try:
        (here,) = passages.get([passages.row_of(quote.place.passage_id)])
    except UnknownPassageError:
        here = None
    if here is not None and _stands_here(quote, here, calls):
        place = Found(here, quote.place.start, quote.place.end)
        return _Traced(State.UNCHANGED, place, "The words stand where they were collected.")
    for transcript_id in calls.likely(quote):
        call = calls.of(transcript_id)
        if found := exact(quote, call):
            return _moved(quote, found)
        if spread := joined(quote, call):
            reason = f"The words now stand in {spread.passages} passages, of which this is the first."
            return _Traced(State.MOVED, spread, reason)
    for transcript_id in calls.likely(quote):
        if near := likely(quote, calls.of(transcript_id)):
            title = near.stored.transcript.title
            reason = f"The words are no longer there. What is most like them in “{title}” is {near.alike:.0f}% alike."
            return _Traced(State.CHANGED, near, reason)
    return _elsewhere(quote, calls)


def _stands_here(quote: Quote, here: StoredPassage, calls: Calls) -> bool:
    """Whether the words stand where they were collected.

    The id of a passage tells which of several with the same words it is, as long as the file is the same. In another
    one "Thank you" may be said once more before, by somebody else: then the other places are looked at as well.
    """
    place = quote.place
    if here.passage.text[place.start : place.end] != quote.text:
        return False
    if here.transcript.source.sha256 == place.source_digest or voice_of(here.passage.speaker) == quote.voice:
        return True
    best = exact(quote, calls.of(here.transcript.id))
    return best is not None and (best.stored.passage.id, best.start) == (here.passage.id, place.start)


def _moved(quote: Quote, found: Found) -> _Traced:
    passage, call = found.stored.passage, found.stored.transcript
    if passage.id == quote.place.passage_id:
        where = "at another place of the same passage"
    elif call.id == quote.place.transcript_id:
        where = "in another passage of the same transcript"
    else:
        where = f"in another transcript, “{call.title}”"
    often = f" They stand there {found.places} times; this is the likeliest place." if found.places > 1 else ""
    return _Traced(State.MOVED, found, f"The words now stand {where}.{often}")


def _elsewhere(quote: Quote, calls: Calls) -> _Traced:
    """Look through the whole index, in which others may have said the same words on other occasions."""
    found, stranger = calls.anywhere(quote)
    if found is not None:
        return _moved(quote, found)
    known = calls.of(quote.place.transcript_id)
    title = known[0].transcript.title if known else quote.occasion.title
    reason = f"Nothing in “{title}” is like the words." if known else f"“{title}” is no longer in the index."
    elsewhere = None if stranger is None else _elsewhere_said(stranger)
    if elsewhere is not None:
        by = f", said by {elsewhere.speaker}" if elsewhere.speaker else ""
        reason += f" The same words stand in “{elsewhere.title}”{by}, which is another occasion."
    return _Traced(State.GONE, None, reason, elsewhere)


def _elsewhere_said(found: Found) -> SaidElsewhere:
    stored = found.stored
    speaker = None if stored.transcript.kind is Kind.DOCUMENT else stored.passage.speaker.name
    return SaidElsewhere(place_in(stored, found.start, found.end), speaker, stored.transcript.title)


def _questions(
    passages: PassageStore, stored: Sequence[StoredPassage]
) -> dict[tuple[str, str], tuple[Voice, str]]:  # fmt: skip
    """Return who asked what, by transcript and exchange."""
    keys = {(one.transcript.id, one.passage.exchange_id) for one in stored if one.passage.exchange_id}
    found = passages.questions(sorted(keys))
    return {key: (voice_of(asked.passage.speaker), asked.passage.text) for key, asked in found.items()}


def _verified(quote: Quote, traced: _Traced, questions: dict[tuple[str, str], tuple[Voice, str]]) -> Verified:
    found = traced.found
    if found is None:
        return Verified(quote, traced.state, None, None, traced.reason, elsewhere=traced.elsewhere)
    stored = found.stored
    key = (stored.transcript.id, stored.passage.exchange_id or "")
    differing = differences(quote, stored, None if stored.asks else questions.get(key))
    changed = traced.state is State.CHANGED
    text = stored.passage.text[found.start : found.end] if changed else quote.text
    verified = Verified(
        quote,
        traced.state,
        place_in(stored, found.start, found.end),
        text,
        traced.reason,
        edits=edits(quote.text, text) if changed else (),
        differences=differing,
    )
    if not differing:
        return verified
    told = "; ".join(f"{one.field} “{one.now}”, not “{one.kept}”" for one in differing)
    return replace(verified, reason=f"{traced.reason} The index now says otherwise: {told}.")
