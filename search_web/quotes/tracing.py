"""Where the words of a quote may stand now: by the exact text, over passages that were cut anew, and by likeness."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from search_web.quotes.attribution import may_be_same_call, same_person
from search_web.quotes.difference import cuts
from search_web.quotes.nearest import TELLING, alike, nearest

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from indexer.stores.passages import PassageStore, StoredPassage, TranscriptInfo
    from search_web.quotes.model import Quote

_KNOWN_BY = 50.0
"""How alike, 0 to 100, the surroundings of a few words must be to those that they had, for the words to be the same."""

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
        if len(quote.text) < TELLING:
            return None, None
        rows = [row for row, text in enumerate(self._texts) if quote.text in text]
        stranger = None
        for stored in self.passages.get(rows):
            found = exact(quote, (stored,))
            if found and same_person(quote.voice, stored.passage.speaker) and may_be_same_call(quote, stored):
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

    "5%" does not stand in "15%", and is not taken for the "5%" of another sentence.

    Of several places it is the one said by the same person, then in the most similar context, then in the same
    passage and nearest to where they stood in it; the first, where even that is equal.
    """
    found = [
        (stored, start)
        for stored in call
        for start in _places(quote.text, stored.passage.text)
        if _whole(quote, stored.passage.text, start, stored.passage.text, start + len(quote.text))
        and _telling(quote, stored.passage.text, start)
    ]
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
            first, last = run[touched[0]], run[touched[-1]].passage.text
            start = _unsqueezed(first.passage.text, at - bounds[touched[0]])
            stop = _unsqueezed(last, end - bounds[touched[-1]] - 1) + 1
            if _whole(quote, first.passage.text, start, last, stop):
                return Found(first, start, len(first.passage.text), passages=len(touched))
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


def _telling(quote: Quote, text: str, start: int) -> bool:
    """Whether the words are enough to be known by, or else stand in the surroundings that they had."""
    around = len("".join(quote.place.context))
    return len(quote.text) >= TELLING or _context_alike(quote, text, start) >= _KNOWN_BY * around


def _whole(quote: Quote, first: str, start: int, last: str, end: int) -> bool:
    """Whether a place, from the text `first` to the text `last`, cuts no word or figure that the quote did not cut."""
    before, after = quote.place.context
    kept = f"{before}{quote.text}{after}"
    begun, ended = cuts(kept, len(before)), cuts(kept, len(before) + len(quote.text))
    return (begun or not cuts(first, start)) and (ended or not cuts(last, end))


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
