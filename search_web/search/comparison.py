"""One call against another of the same company; comparison_json.py gives it to programs."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from indexer.errors import InvalidRequestError, UnknownTranscriptError
from indexer.model import Kind, Role
from indexer.stores.filters import Filters
from search_web.search.assemble import Finding
from search_web.search.counterparts import nearest_both_ways, nearness, word_cosines
from search_web.search.directory import firm_keys
from search_web.search.distinctive import count_terms, distinctive_terms
from search_web.search.entities import age
from search_web.search.responding import make_hits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.index import Generation
    from indexer.stores.passage_entities import Call
    from indexer.stores.passages import StoredPassage, TranscriptInfo
    from indexer.text.token import Token
    from search_web.search.counterparts import Nearest
    from search_web.search.directory import Directory, SpeakerEntry
    from search_web.search.distinctive import DistinctiveTerm, TermCounts
    from search_web.search.response import Hit
    from search_web.search.searcher import Searcher

MEASURED_SPACE = "bundled"
BY_BOTH, BY_WORDS = "meaning and words", "words"
LEAST_CHARACTERS = {"zh": 25}
LEAST_LETTERS = 80
"""How long a passage is that says something to be new or dropped; a Chinese one says it in fewer characters."""

MOST_TERMS, LEAST_Z, PRIOR = 15, 1.0, 20.0
"""Calls are short: the prior is worth fewer passages than where a speaker stands against the whole index."""

ACROSS_LANGUAGES = (
    "The calls are in two languages and the index has no vectors of the bundled model: only names and figures can be"
    " found in both. Add vectors with: yuanhua embed --embedder bundled"
)


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A passage without a counterpart, and the one of the other call that comes nearest."""

    hit: Hit
    nearest: Hit
    nearness: float


@dataclass(frozen=True, slots=True)
class Comparison:
    """What the newer of two calls says that the older does not, and the other way round.

    `by` says what counterparts were found by, `compared` how many passages of each are long enough to have one. In
    `new` and `dropped` what is furthest from all that the other call says comes first. `came` and `gone` speak in the
    newer or in the older only.
    """

    newer: TranscriptInfo
    older: TranscriptInfo
    generation: str
    took_ms: float
    notes: tuple[str, ...]
    by: str
    compared: tuple[int, int]
    newer_terms: tuple[DistinctiveTerm, ...]
    older_terms: tuple[DistinctiveTerm, ...]
    new: tuple[Unmatched, ...]
    dropped: tuple[Unmatched, ...]
    both: tuple[SpeakerEntry, ...]
    came: tuple[SpeakerEntry, ...]
    gone: tuple[SpeakerEntry, ...]


def compare_calls(searcher: Searcher, one: str, other: str) -> Comparison:
    """Return what the newer of two calls, given by id, says that the older does not, and the other way round.

    Where neither day nor period tells, the second is the newer. Raises UnknownTranscriptError, and InvalidRequestError
    when both are the same.
    """
    started = perf_counter()
    generation, directory = searcher.directory()
    calls = {call.transcript: call for call in generation.passages.speakers.calls()}
    for transcript in (one, other):
        if transcript not in calls:
            raise UnknownTranscriptError("no transcript has this id", where=transcript)
    if one == other:
        raise InvalidRequestError("a call cannot be compared with itself", where="b", mend="Give the id of another")
    older, newer = sorted((calls[one], calls[other]), key=age)
    numbers = {info.id: (number, info) for number, info in enumerate(generation.passages.transcripts())}
    sides = [_Side.read(generation, calling.transcript) for calling in (newer, older)]
    meets, notes = _compared(generation, *sides)
    speaks = [_speakers(generation, directory, numbers[call.transcript][0]) for call in (newer, older)]
    terms = _terms(generation, *sides)
    return Comparison(
        newer=numbers[newer.transcript][1],
        older=numbers[older.transcript][1],
        generation=generation.name,
        took_ms=round((perf_counter() - started) * 1000.0, 2),
        notes=notes,
        by=BY_BOTH if MEASURED_SPACE in generation.spaces else BY_WORDS,
        compared=(len(sides[0].telling), len(sides[1].telling)),
        newer_terms=terms[0],
        older_terms=terms[1],
        new=_unmatched(generation, sides[0], sides[1], meets[0]) if meets else (),
        dropped=_unmatched(generation, sides[1], sides[0], meets[1]) if meets else (),
        both=tuple(entry for entry in speaks[0] if entry in speaks[1]),
        came=tuple(entry for entry in speaks[0] if entry not in speaks[1]),
        gone=tuple(entry for entry in speaks[1] if entry not in speaks[0]),
    )


def previous_call(searcher: Searcher, transcript: str) -> str | None:
    """Return the id of the call of the same company that came before this one; None where there is none."""
    generation, directory = searcher.directory()
    infos = {info.id: info for info in generation.passages.transcripts()}
    calls = {call.transcript: call for call in generation.passages.speakers.calls()}
    if transcript not in calls:
        raise UnknownTranscriptError("no transcript has this id", where=transcript)
    this = calls[transcript]
    before = [
        call
        for call in calls.values()
        if age(call)[0]
        and age(call)[0] < age(this)[0]
        and infos[call.transcript].kind is Kind.SPOKEN
        and not infos[call.transcript].duplicate_of
        and _same_company(call, this, directory)
    ]
    with_period = [call for call in before if call.period] if this.period else before
    return max(with_period or before, key=age).transcript if before else None


def _same_company(one: Call, other: Call, directory: Directory) -> bool:
    if one.ticker and one.ticker == other.ticker:
        return True
    if not one.company or not other.company:
        return False
    return bool(firm_keys(one.company, directory.aliases) & firm_keys(other.company, directory.aliases))


@dataclass(frozen=True, slots=True)
class _Side:
    """The passages of one call; `telling` are those that can be new or dropped, with their tokens."""

    telling: tuple[StoredPassage, ...]
    tokens: tuple[tuple[Token, ...], ...]
    terms: TermCounts
    languages: frozenset[str]

    @classmethod
    def read(cls, generation: Generation, transcript: str) -> _Side:
        rows = generation.passages.rows(Filters(transcript=(transcript,)))
        spoken = [
            one
            for one in generation.passages.get(() if rows is None else rows)
            if one.passage.speaker.role is not Role.OPERATOR
        ]
        analyse = generation.analyser().analyse
        tokens = {one.passage.text: analyse(one.passage.text) for one in spoken}
        telling = tuple(one for one in spoken if _is_telling(one))
        return cls(
            telling,
            tuple(tokens[one.passage.text] for one in telling),
            count_terms([one.passage.text for one in spoken], tokens.__getitem__),
            frozenset(one.passage.language for one in telling),
        )


def _is_telling(stored: StoredPassage) -> bool:
    return len(stored.passage.text) >= LEAST_CHARACTERS.get(stored.passage.language, LEAST_LETTERS)


def _compared(
    generation: Generation, newer: _Side, older: _Side
) -> tuple[tuple[Nearest, Nearest] | None, tuple[str, ...]]:
    if not newer.telling or not older.telling:
        return None, ("One of the calls has no passage that is long enough to be compared.",)
    store = generation.keyword
    words = word_cosines(newer.tokens, older.tokens, store.document_frequency, store.count)
    meaning = None
    if MEASURED_SPACE in generation.spaces:
        space = generation.spaces[MEASURED_SPACE]
        one, other = (
            space.vectors_of(np.array([stored.row for stored in side.telling])).astype(np.float64)
            for side in (newer, older)
        )
        meaning = one @ other.T
    notes = () if meaning is not None or newer.languages & older.languages else (ACROSS_LANGUAGES,)
    return nearest_both_ways(nearness(words, meaning)), notes


def _unmatched(generation: Generation, side: _Side, other: _Side, nearest: Nearest) -> tuple[Unmatched, ...]:
    places = [int(place) for place in np.argsort(nearest.nearness, kind="stable") if nearest.nearness[place] < 1.0]
    hits = make_hits(generation, None, [Finding(side.telling[place].row) for place in places], 0)
    near = [other.telling[int(nearest.places[place])].row for place in places]
    beside = make_hits(generation, None, [Finding(row) for row in near], 0)
    return tuple(
        Unmatched(hit, met, round(float(nearest.nearness[place]), 3))
        for hit, met, place in zip(hits, beside, places, strict=True)
    )


def _terms(
    generation: Generation, newer: _Side, older: _Side
) -> tuple[tuple[DistinctiveTerm, ...], tuple[DistinctiveTerm, ...]]:
    store = generation.keyword

    def rate(term: str) -> float:
        return store.document_frequency(term) / max(store.count, 1)

    def more(own: TermCounts, other: TermCounts) -> tuple[DistinctiveTerm, ...]:
        return distinctive_terms(
            own,
            lambda term: other.counts.get(term, 0),
            other.passages,
            rate,
            limit=MOST_TERMS,
            worth=PRIOR,
            least=LEAST_Z,
        )

    return more(newer.terms, older.terms), more(older.terms, newer.terms)


def _speakers(generation: Generation, directory: Directory, number: int) -> Sequence[SpeakerEntry]:
    """Return who speaks in a transcript, in the order of their first words."""
    here = sorted(
        (one for one in generation.passages.speakers.appearances if one.transcript == number),
        key=lambda one: one.first_row,
    )
    return tuple(dict.fromkeys(entry for one in here if (entry := directory.entry_of(one)) is not None))
