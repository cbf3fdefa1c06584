"""The shapes of collections and quotes as JSON; json_view.py makes them."""

from __future__ import annotations

from typing import NotRequired

from typing_extensions import TypedDict

from indexer.model import Delivery, Kind, Role, Section  # noqa: TC001 - pydantic reads the annotations.
from search_web.quotes.history import Action  # noqa: TC001 - as above.
from search_web.quotes.model import EditKind, State, Visibility  # noqa: TC001 - as above.


class CollectionHead(TypedDict):
    """A collection without its quotes; `version` rises with every change of it or of a quote in it."""

    id: str
    name: str
    description: str
    created_at: str
    updated_at: str
    version: int
    quote_count: int
    owner: str | None
    """The id of an account; null where it belongs to the team, or to the local user."""
    owner_name: str | None
    visibility: Visibility
    """Who reads it besides its owner."""


class CollectionSummary(CollectionHead):
    """A collection in a list."""

    removed_at: NotRequired[str]
    """When it was put into the bin."""


class CollectionList(TypedDict):
    """Collections by name, or those in the bin, the last one first."""

    total: int
    collections: list[CollectionSummary]
    next_cursor: NotRequired[str | None]
    """With `limit`: leads to the next page; null on the last one."""


class Voice(TypedDict):
    """Who said it, as the transcript names them."""

    name: str
    other_names: list[str]
    title: str | None
    affiliation: str | None
    role: Role


class QuoteTime(TypedDict):
    """When it was said, in seconds from the start of the recording."""

    start: float
    end: float | None


class Occasion(TypedDict):
    """The call or document in which it was said, and where in that."""

    title: str
    kind: Kind
    company: str | None
    ticker: str | None
    period: str | None
    date: str | None
    section: Section
    heading: str | None
    page: int | None
    time: QuoteTime | None
    fiscal: bool
    """Whether `period` counts in the fiscal year of the company."""


class AskedQuestion(TypedDict):
    """What a quote answers."""

    speaker: Voice
    text: str


class Place(TypedDict):
    """Where a quote stands: code points [start, end) of the text of a passage, in a file with this sha256."""

    transcript_id: str
    passage_id: str
    start: int
    end: int
    source_digest: str
    source_path: str
    context_before: str
    context_after: str


class Quote(TypedDict):
    """A passage, or a part of one, in a collection; `text` is verbatim."""

    id: str
    collection_id: str
    text: str
    language: str
    delivery: Delivery
    speaker: Voice
    occasion: Occasion
    question: AskedQuestion | None
    note: str
    tags: list[str]
    url: str
    collected_at: str
    place: Place
    version: int


class Collection(CollectionHead):
    """A collection with its quotes in their order."""

    quotes: list[Quote]


class QuoteList(TypedDict):
    """Quotes of a collection in their order, or those in its bin."""

    total: int
    quotes: list[Quote]
    next_cursor: NotRequired[str | None]
    """With `limit`: leads to the next page; null on the last one."""


class QuoteEdit(TypedDict):
    """A piece of the difference between two texts: all that is not added, joined, is the text that was kept."""

    kind: EditKind
    text: str


class Difference(TypedDict):
    """Something that the index says otherwise of a quote than the quote does."""

    field: str
    kept: str
    now: str


class SaidElsewhere(TypedDict):
    """The exact words of a quote, said on another occasion."""

    place: Place
    speaker: str | None
    title: str


class VerifiedQuote(TypedDict):
    """A quote held against the index, and where it stands now; `reason` says in a sentence what was found."""

    quote: Quote
    state: State
    sound: bool
    """Whether it may be used as it is."""
    reason: str
    text: str | None
    place: Place | None
    edits: list[QuoteEdit]
    differences: list[Difference]
    elsewhere: SaidElsewhere | None


class Verification(TypedDict):
    """What became of the quotes of a collection; `sound` counts those that may be used as they are."""

    total: int
    sound: int
    quotes: list[VerifiedQuote]


class FieldChange(TypedDict):
    """What a field said before and after."""

    field: str
    before: str
    after: str


class Citation(TypedDict):
    """Words with the line that says whose they are; `language` is that of the line."""

    text: str
    citation: str
    language: str
    link: str


class Imported(TypedDict):
    """What became of a file of quotes: the collection that they are in now, and those that it did not have before."""

    collection: CollectionSummary
    added: int
    quotes: list[Quote]


class HistoryEntry(TypedDict):
    """One change of a collection, or of a quote in it."""

    number: int
    at: str
    action: Action
    collection_id: str
    quote_id: str | None
    fields: list[FieldChange]
    sentence: str
    by: str | None
    """The id of the account that made it; null for the local user."""
    by_name: str | None


class History(TypedDict):
    """The changes of a collection, the latest first."""

    total: int
    changes: list[HistoryEntry]
    next_cursor: NotRequired[str | None]
    """With `limit`: leads to the next page; null on the last one."""
