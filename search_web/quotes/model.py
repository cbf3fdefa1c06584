"""Quotes, as they are kept, and collections of them: frozen values, without a database.

A quote keeps everything that it needs to stand on its own, because the index may be made anew, or be gone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime  # noqa: TC003 - pydantic reads the annotations.
from enum import StrEnum

from indexer.model import Delivery, Kind, Role, Section, TimeSpan  # noqa: TC001 - as above.


@dataclass(frozen=True, slots=True)
class Place:
    """Where a quote stands: code points [start, end) of the text of a passage, in a file with this sha256.

    `context` are the characters on either side of the quote in its passage, by which it is found again where the
    passage was cut anew.
    """

    transcript_id: str
    passage_id: str
    start: int
    end: int
    source_digest: str
    source_path: str
    context: tuple[str, str]

    @property
    def source_file(self) -> str:
        """The name of the file, without the folders of the machine that read it: those are nobody else's business."""
        return self.source_path.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Voice:
    """Who said it, as the transcript names them."""

    name: str
    other_names: tuple[str, ...]
    title: str | None
    affiliation: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class Occasion:
    """The call or document in which it was said, and where in that.

    `fiscal` tells that `period` counts in the fiscal year of the company.
    """

    title: str
    kind: Kind
    company: str | None
    ticker: str | None
    period: str | None
    date: str | None
    section: Section
    heading: str | None
    page: int | None
    time: TimeSpan | None
    fiscal: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage, or a part of one, in a collection.

    `text` is verbatim: `passage_text[place.start:place.end]` when it was collected. `question` is what it answers, as
    (who asked, the text), if it answers anything. `version` rises by one with every change of the quote.
    """

    id: str
    collection_id: str
    text: str
    language: str
    delivery: Delivery
    place: Place
    voice: Voice
    occasion: Occasion
    question: tuple[Voice, str] | None
    url: str
    collected_at: datetime
    note: str = ""
    tags: tuple[str, ...] = ()
    version: int = 1


class Visibility(StrEnum):
    """Who may read a collection."""

    PRIVATE = "private"
    TEAM = "team"


@dataclass(frozen=True, slots=True)
class Collection:
    """A named list of quotes in the order of their collector; `version` rises with every change of it or of a quote.

    `owner` is the id of an account, None where it belongs to the team; what nobody owns is not private.
    """

    id: str
    name: str
    description: str
    created_at: datetime
    updated_at: datetime
    quotes: tuple[Quote, ...] = ()
    version: int = 1
    owner: str | None = None
    visibility: Visibility = Visibility.TEAM


class State(StrEnum):
    """What became of a quote in the index as it is now."""

    UNCHANGED = "unchanged"
    MOVED = "moved"
    CHANGED = "changed"
    GONE = "gone"


class EditKind(StrEnum):
    """What became of a piece of a text."""

    SAME = "same"
    REMOVED = "removed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Edit:
    """A piece of the difference between two texts: all that is not ADDED, joined, is the text that was kept."""

    kind: EditKind
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that the index says otherwise of a quote than the quote does; an empty string says nothing.

    `field` is "speaker", "title", "affiliation", "role", "delivery", "call", "company", "period", "date" or "asker":
    who asked what the quote answers.
    """

    field: str
    kept: str
    now: str


@dataclass(frozen=True, slots=True)
class SaidElsewhere:
    """The exact words of a quote, said by somebody (None in a document) on another occasion, of this title."""

    place: Place
    speaker: str | None
    title: str


@dataclass(frozen=True, slots=True)
class Verified:
    """A quote held against the index.

    `place` is where it stands now (None when it is gone), `text` what stands there: another text than the quote's only
    when it was changed; then `edits` lead from the quote's text to it. `reason` says in a sentence what was found.
    `differences` tell where the index now says otherwise who spoke, and on which occasion. `elsewhere` is, for a quote
    that is gone, where its words stand all the same: as those of somebody else, or of another occasion.
    """

    quote: Quote
    state: State
    place: Place | None
    text: str | None
    reason: str
    edits: tuple[Edit, ...] = ()
    differences: tuple[Difference, ...] = ()
    elsewhere: SaidElsewhere | None = None

    @property
    def sound(self) -> bool:
        """Whether the words still stand in the index, under the same name and occasion."""
        return self.state in {State.UNCHANGED, State.MOVED} and not self.differences
