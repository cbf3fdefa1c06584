"""What one speaker said, where and about what; profile_json.py gives it to programs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import numpy as np

from indexer.model import Role
from indexer.stores.filters import Filters
from indexer.stores.keyword import Phrase, Term
from indexer.text.language import HAN
from search_web.search.assemble import Finding
from search_web.search.directory import firm_of
from search_web.search.distinctive import LEAST_PASSAGES, PRIOR, count_terms, distinctive_terms, log_odds
from search_web.search.responding import make_hits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.stores.index import Generation
    from indexer.stores.keyword import Query
    from indexer.stores.passages import TranscriptInfo
    from search_web.search.directory import SpeakerEntry
    from search_web.search.distinctive import DistinctiveTerm
    from search_web.search.response import Hit

MOST_READ = 500
"""How many passages, the newest, are read for the terms of a speaker."""

LEAST_READ = 5
"""How few passages in a language say nothing of what somebody talks about."""

NEWEST = 5

TELLING = 60
"""How many characters a passage has at least that is shown among the newest: shorter ones mostly hand over."""

LEAST_PRIOR = 20.0
"""The prior is worth no more than the passages of the speaker, so that it does not drown those who say little."""

_CANDIDATES = 60
_HAN = re.compile(f"[{HAN}]+")
_LATIN = re.compile(rf"[^\W_{HAN}]+(?:['’.,-][^\W_{HAN}]+)*")


@dataclass(frozen=True, slots=True)
class CallEntry:
    """A call that somebody speaks in, and as what."""

    transcript: TranscriptInfo
    title: str | None
    firm: str | None
    role: Role
    passages: int
    questions: int
    answers: int


@dataclass(frozen=True, slots=True)
class OwnTerms:
    """What somebody talks about more than others do, in one language: they in `passages`, the others in `of_others`."""

    language: str
    passages: int
    of_others: int
    terms: tuple[DistinctiveTerm, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What one speaker said: `calls` the newest first, and of the newest call the first passages that tell something.

    `words` are those in Latin script, `characters` those of Chinese, which has no blanks between its words.
    `filters` keep in a search what they said.
    """

    generation: str
    entry: SpeakerEntry
    same_name: tuple[SpeakerEntry, ...]
    calls: tuple[CallEntry, ...]
    words: int
    characters: int
    terms: tuple[OwnTerms, ...]
    newest: tuple[Hit, ...]
    filters: Filters


def make_profile(generation: Generation, entry: SpeakerEntry, same_name: Sequence[SpeakerEntry]) -> Profile:
    """Return what somebody said; `same_name` are the others of that name."""
    transcripts = generation.passages.transcripts()
    calls = sorted(
        (
            CallEntry(
                transcripts[one.transcript],
                one.title,
                firm_of(one, transcripts[one.transcript]),
                one.role,
                one.passages,
                one.asks,
                one.answers,
            )
            for one in entry.appearances
        ),
        key=lambda call: (call.transcript.date or "", call.transcript.period or "", call.transcript.id),
        reverse=True,
    )
    rows = generation.passages.speakers.rows_said(entry.appearances)
    newest_first = _newest_first(generation, rows)
    texts = generation.passages.texts_of(rows)
    said = "\n".join(texts.values())
    telling = [int(row) for row in newest_first if len(texts[int(row)]) >= TELLING] or newest_first.tolist()
    hits = make_hits(generation, None, [Finding(row) for row in telling[:NEWEST]], 0)
    return Profile(
        generation=generation.name,
        entry=entry,
        same_name=tuple(same_name),
        calls=tuple(calls),
        words=len(_LATIN.findall(said)),
        characters=sum(map(len, _HAN.findall(said))),
        terms=_terms(generation, newest_first[:MOST_READ], texts),
        newest=hits,
        filters=said_by(entry, apart=bool(same_name)),
    )


def said_by(entry: SpeakerEntry, *, apart: bool) -> Filters:
    """Return the filters that keep what somebody said; `apart` from others of that name, by firm or company."""
    filters = Filters(speaker=entry.names)
    if not apart or entry.firm is None:
        return filters
    return filters.with_value("company" if entry.role is Role.MANAGEMENT else "firm", entry.firm)


def profile_url(entry: SpeakerEntry) -> str:
    """Return the address of the page of a speaker, with the firm where others have the same name."""
    firm = f"?{urlencode({'firm': entry.firm or ''})}" if entry.others else ""
    return f"/speakers/{quote(entry.name)}{firm}"


def _newest_first(generation: Generation, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the rows by falling date of the call; within a call in reading order."""
    return rows[np.lexsort((rows, -generation.passages.columns.day[rows]))]


def _terms(generation: Generation, rows: NDArray[np.int64], texts: dict[int, str]) -> tuple[OwnTerms, ...]:
    column = generation.passages.columns.language
    everything = generation.passages.rows(Filters())
    counted = column.counts(np.arange(generation.passages.count) if everything is None else everything)
    found = []
    for code, language in enumerate(column.values):
        own = rows[column.codes[rows] == code]
        if len(own) >= LEAST_READ:
            terms = _terms_of(generation, [texts[int(row)] for row in own], language, int(counted[code]))
            found.append(OwnTerms(language, len(own), int(counted[code]) - len(own), terms))
    return tuple(sorted(found, key=lambda one: -one.passages))


def _terms_of(generation: Generation, texts: list[str], language: str, passages: int) -> tuple[DistinctiveTerm, ...]:
    """Return what these passages say more than the others of their language.

    How many passages of the language have a term is asked for the likeliest terms only: words by how many of all
    passages have them, which is known at once, and runs of words by how many of these do.
    """
    store, analyser, others = generation.keyword, generation.analyser(), passages - len(texts)
    own = count_terms(texts, analyser.analyse)
    words = [term for term in own.counts if " " not in term]
    runs = [term for term, count in own.counts.items() if " " in term and count >= LEAST_PASSAGES]
    likely = sorted(
        words,
        key=lambda term: log_odds(
            (own.counts[term], own.passages),
            (min(max(store.document_frequency(term) - own.counts[term], 0), others), others),
            store.document_frequency(term) / max(store.count, 1),
        ),
        reverse=True,
    )[:_CANDIDATES]
    likely += sorted(runs, key=lambda term: (-own.counts[term], -len(term)))[:_CANDIDATES]
    only = Filters(language=(language,))

    def query(term: str) -> Query:
        run = " " in term
        return Phrase(tuple(token.term for token in analyser.exact(term))) if run else Term(term, spoken=True)

    known = {term: store.search(query(term), limit=1, filters=only).total for term in likely}

    def elsewhere(term: str) -> int:
        return min(max(known[term] - own.counts[term], 0), others) if term in known else others

    worth = min(PRIOR, max(LEAST_PRIOR, float(own.passages)))
    return distinctive_terms(own, elsewhere, others, lambda term: known.get(term, passages) / passages, worth=worth)
