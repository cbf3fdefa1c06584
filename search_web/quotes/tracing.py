"""Where the words of a quote may stand now: by the exact text, over passages that were cut anew, and by likeness."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from search_web.quotes.attribution import may_be_same_call, same_person
from search_web.quotes.nearest import alike, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.stores.passages import PassageStore, StoredPassage, TranscriptInfo
    from search_web.quotes.model import Quote

_TELLING = 20
"""How many characters of one person are found again in a call of which little is known."""

_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Found:
    """Code points [start, end) of a passage.

    `places` counts where in its call the same words stand, `passages` over how many they go; `alike` is 100 for the
    exact words.
    """

    stored: StoredPassage
    start: int
    end: int
    places: int = 1
    passages: int = 1
    alike: float = 100.0


class Calls:
    """The calls of an index, each read once, for one verification."""

    def __init__(self, passages: PassageStore) -> None:
        self.passages = passages
        self._read: dict[str, tuple[StoredPassage, ...]] = {}

    def of(self, transcript_id: str) -> tuple[StoredPassage, ...]:
        """Return the passages of a call in reading order; none when it is not in the index."""
        if transcript_id not in self._read:
            self._read[transcript_id] = self.passages.of_transcript(transcript_id)
        return self._read[transcript_id]

    def likely(self, quote: Quote) -> tuple[str, ...]:
        """Return the ids of the transcripts that may have the quote: its own, those of the same file or call."""
        own = [one.id for one in self._infos if one.id == quote.place.transcript_id]
        file = [one.id for one in self._infos if one.source.sha256 == quote.place.source_digest]
        call = [one.id for one in self._infos if _same_call(quote, one)]
        return tuple(dict.fromkeys((*own, *file, *call)))

    def anywhere(self, quote: Quote) -> tuple[Found | None, Found | None]:
        """Return where the same person says the exact words, on what may be the same occasion, and where anybody does.

        Short words are not looked for: they are said on every occasion.
        """
        if len(quote.text) < _TELLING:
            return None, None
        rows = [row for row, text in enumerate(self._texts) if quote.text in text]
        stranger = None
        for stored in self.passages.get(rows):
            start = stored.passage.text.index(quote.text)
            found = Found(stored, start, start + len(quote.text))
            if same_person(quote.voice, stored.passage.speaker) and may_be_same_call(quote, stored):
                return found, None
            stranger = stranger or found
        return None, stranger

    @cached_property
    def _infos(self) -> tuple[TranscriptInfo, ...]:
        return self.passages.transcripts()

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(self.passages.texts())


def exact(quote: Quote, call: Sequence[StoredPassage]) -> Found | None:
    """Return where in a call the exact words of a quote stand.

    Of several places it is the one said by the same person, then in the most similar context, then in the same
    passage and nearest to where they stood in it; the first, where even that is equal.
    """
    found = [(stored, start) for stored in call for start in _places(quote.text, stored.passage.text)]
    if not found:
        return None

    def likeliness(place: tuple[StoredPassage, int]) -> tuple[bool, float, bool, int]:
        stored, start = place
        same_passage = stored.passage.id == quote.place.passage_id
        return (
            same_person(quote.voice, stored.passage.speaker),
            _context_alike(quote, stored.passage.text, start),
            same_passage,
            -abs(start - quote.place.start),
        )

    stored, start = max(found, key=likeliness)
    return Found(stored, start, start + len(quote.text), places=len(found))


def joined(quote: Quote, call: Sequence[StoredPassage]) -> Found | None:
    """Return where the words begin that now go over several passages of one speaker, blanks apart."""
    wanted = _BLANKS.sub("", quote.text)
    for _, turn in groupby(call, key=lambda stored: stored.passage.turn):
        run = list(turn)
        squeezed = [_BLANKS.sub("", stored.passage.text) for stored in run]
        at = "".join(squeezed).find(wanted) if wanted else -1
        if at < 0:
            continue
        end = at + len(wanted)
        bounds = [sum(map(len, squeezed[:number])) for number in range(len(run) + 1)]
        touched = [n for n in range(len(run)) if bounds[n] < end and bounds[n + 1] > at]
        if len(touched) > 1:
            stored = run[touched[0]]
            start = _unsqueezed(stored.passage.text, at - bounds[touched[0]])
            return Found(stored, start, len(stored.passage.text), passages=len(touched))
    return None


def likely(quote: Quote, call: Sequence[StoredPassage]) -> Found | None:
    """Return the text of a call that is most like a quote, if any is alike; of equal ones that of the same person."""
    ordered = sorted(call, key=lambda stored: not same_person(quote.voice, stored.passage.speaker))
    near = nearest(quote.text, quote.place.context, [stored.passage.text for stored in ordered])
    return None if near is None else Found(ordered[near.number], near.start, near.end, alike=near.alike)


def _same_call(quote: Quote, call: TranscriptInfo) -> bool:
    """Whether a transcript is of the call that the quote was said in, by company and day, or company and period."""
    told = quote.occasion
    if told.company is None or told.company != call.company:
        return False
    if told.date and call.date:
        return told.date == call.date
    return told.period is not None and (told.period, told.fiscal) == (call.period, call.fiscal)


def _places(words: str, text: str) -> Iterator[int]:
    """Yield where the words stand in a text, overlapping ones too."""
    start = text.find(words) if words else -1
    while start >= 0:
        yield start
        start = text.find(words, start + 1)


def _context_alike(quote: Quote, text: str, start: int) -> float:
    """Return how much of the surroundings of a quote stands around this place: 0 where it was a whole passage."""
    before, after = quote.place.context
    end = start + len(quote.text)
    here = (text[max(0, start - len(before)) : start], text[end : end + len(after)])
    return alike(before, here[0]) * len(before) + alike(after, here[1]) * len(after)


def _unsqueezed(text: str, place: int) -> int:
    """Return where in a text the character stands that has this place in it without blanks."""
    for offset, character in enumerate(text):
        if not character.isspace():
            if place == 0:
                return offset
            place -= 1
    return len(text)
