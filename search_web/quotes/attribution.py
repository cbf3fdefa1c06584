"""Who said a quote on which occasion, as it was kept, held against what the index says now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search_web.quotes.model import Difference

if TYPE_CHECKING:
    from indexer.model import Speaker
    from indexer.stores.passages import StoredPassage
    from search_web.quotes.model import Quote, Voice


def differences(quote: Quote, stored: StoredPassage, question: tuple[Voice, str] | None) -> tuple[Difference, ...]:
    """Return what the index says otherwise of a quote that stands in this passage, which answers this question."""
    kept, speaker = quote.voice, stored.passage.speaker
    known = kept.name in speaker.other_names  # The same person, whom the index now calls by another of the names.
    told, call = quote.occasion, stored.transcript
    pairs = (
        ("speaker", kept.name, kept.name if known else speaker.name),
        ("title", kept.title, speaker.title),
        ("affiliation", kept.affiliation, speaker.affiliation),
        ("role", kept.role.value, speaker.role.value),
        ("delivery", quote.delivery.value, stored.passage.delivery.value),
        ("call", told.title, call.title),
        ("company", told.company, call.company),
        ("period", _period(told.period, fiscal=told.fiscal), _period(call.period, fiscal=call.fiscal)),
        ("date", told.date, call.date),
        ("asker", quote.question[0].name if quote.question else None, question[0].name if question else None),
    )
    return tuple(Difference(field, was or "", now or "") for field, was, now in pairs if (was or "") != (now or ""))


def same_person(voice: Voice, speaker: Speaker) -> bool:
    """Whether a quote and a passage name one person, under whichever of the names."""
    return not {voice.name, *voice.other_names}.isdisjoint({speaker.name, *speaker.other_names})


def may_be_same_call(quote: Quote, stored: StoredPassage) -> bool:
    """Whether nothing that is known of both calls says that they are two."""
    told, call = quote.occasion, stored.transcript
    pairs = ((told.company, call.company), (told.period, call.period), (told.date, call.date))
    return all(was is None or now is None or was == now for was, now in pairs)


def _period(period: str | None, *, fiscal: bool) -> str | None:
    return f"{period} (fiscal)" if period and fiscal else period
