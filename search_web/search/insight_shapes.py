"""The shapes of trends, speakers and comparisons as JSON, which trend.py, profile_json.py, comparison_json.py make."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from indexer.model import Role  # noqa: TC001 - pydantic reads the annotations.
from search_web.search.request import By  # noqa: TC001 - as above.
from search_web.search.shapes import Expansion, Passage  # noqa: TC001 - as above.
from search_web.search.transcript_shapes import TranscriptEntry  # noqa: TC001 - as above.


class TrendCount(TypedDict):
    """How often something was said in some passages."""

    passages: int
    """Passages that match."""
    calls: int
    """Calls that these stand in."""
    mentions: int | None
    """Places that would be highlighted; null where they were not counted."""
    of_passages: int
    """All passages that the filters keep."""
    of_calls: int
    per_thousand: float


class TrendPoint(TrendCount):
    """The count of one period and one group, null where the calls do not say."""

    period: str | None
    group: str | None


class TrendGroup(TrendCount):
    """The count of one group over all periods."""

    value: str | None


class Trend(TypedDict):
    """How often something is said over the periods."""

    query: str
    by: By
    generation: str
    took_ms: float
    notes: list[str]
    expansions: list[Expansion]
    total: TrendCount
    periods: list[str | None]
    """In order of time; null where a call does not say."""
    groups: list[TrendGroup]
    groups_left_out: int
    points: list[TrendPoint]


class TrendList(TypedDict):
    """Several trends over the same periods, in the order asked for."""

    by: By
    generation: str
    took_ms: float
    periods: list[str | None]
    trends: list[Trend]


class SpeakerEntry(TypedDict):
    """Somebody who speaks in the index."""

    name: str
    other_names: list[str]
    firm: str | None
    role: Role
    calls: int
    passages: int
    questions: int
    answers: int
    url: str
    """The page of this speaker."""


class SpeakerList(TypedDict):
    """Who speaks, those with most passages first."""

    total: int
    speakers: list[SpeakerEntry]
    next_cursor: NotRequired[str | None]
    """With `limit`: leads to the next page; null on the last one."""


class Namesakes(TypedDict):
    """Several people of one name; `firm` chooses one of them, `as=one` takes them together."""

    name: str
    speakers: list[SpeakerEntry]


class SpeakerCall(TypedDict):
    """A call that somebody speaks in, and as what."""

    transcript: str
    title: str
    company: str | None
    period: str | None
    date: str | None
    speaker_title: str | None
    firm: str | None
    role: Role
    passages: int
    questions: int
    answers: int
    url: str


class DistinctiveTerm(TypedDict):
    """A term with the passages that have it, here and there, and how sure the difference is (z)."""

    text: str
    z: float
    here: int
    of_here: int
    there: int
    of_there: int


class OwnTerms(TypedDict):
    """What somebody talks about more than others do, in one language."""

    language: str
    passages: int
    of_others: int
    terms: list[DistinctiveTerm]


class SpeakerProfile(TypedDict):
    """What one speaker said, where and about what."""

    name: str
    other_names: list[str]
    firm: str | None
    role: Role
    generation: str
    same_name: list[SpeakerEntry]
    """Who has the same name and speaks for another firm."""
    calls: list[SpeakerCall]
    """The newest first."""
    passages: int
    words: int
    """Words in Latin script."""
    characters: int
    """Han characters."""
    questions: int
    answers: int
    terms: list[OwnTerms]
    newest: list[Passage]


class NearestPassage(TypedDict):
    """The passage of the other call that comes nearest to one."""

    id: str
    text: str
    speaker: str
    url: str


class UnmatchedPassage(TypedDict):
    """A passage without a counterpart in the other call; a nearness of 1 would be one."""

    passage: Passage
    nearness: float
    nearest: NearestPassage


class ComparedCounts(TypedDict):
    """How many passages of each call are long enough to have a counterpart."""

    newer: int
    older: int


class ComparedTerms(TypedDict):
    """What either call says more than the other."""

    newer: list[DistinctiveTerm]
    older: list[DistinctiveTerm]


class ComparedSpeakers(TypedDict):
    """Who speaks in both calls, in the newer only, in the older only."""

    both: list[SpeakerEntry]
    new: list[SpeakerEntry]
    gone: list[SpeakerEntry]


class Comparison(TypedDict):
    """What the newer of two calls says that the older does not, and the other way round."""

    newer: TranscriptEntry
    older: TranscriptEntry
    generation: str
    took_ms: float
    notes: list[str]
    by: str
    """What counterparts were found by."""
    compared: ComparedCounts
    terms: ComparedTerms
    new: list[UnmatchedPassage]
    """Passages of the newer without a counterpart, the newest in content first."""
    dropped: list[UnmatchedPassage]
    speakers: ComparedSpeakers
