"""A search inside one transcript: which of its passages match by words, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from search_web.search.highlight import Marker
from search_web.search.matching import matching_words
from search_web.search.patterns import merged
from search_web.search.query import check_dates, checked_query

if TYPE_CHECKING:
    from indexer.model import Transcript
    from indexer.stores.index import Generation
    from search_web.search.plan import QueryPlan
    from search_web.search.request import SearchRequest
    from search_web.search.searcher import Searcher


@dataclass(frozen=True, slots=True)
class Place:
    """A passage that matches, with the spans (start, end) in code points of its text that match."""

    passage_id: str
    highlights: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Inside:
    """What a search inside a transcript found.

    `places` stand in reading order. `any_total` counts the passages with any of the words and `all_total` those with
    every word, or what stands for it; the two are the same where the query has one word, or says itself what binds.
    `also` are the terms that the glossary added and that are marked, too.
    """

    query: str
    places: tuple[Place, ...]
    any_total: int
    all_total: int
    also: tuple[str, ...]
    notes: tuple[str, ...]


def find_inside(
    searcher: Searcher,
    generation: Generation,
    transcript: Transcript,
    request: SearchRequest,
    *,
    every_word: bool = False,
) -> Inside:
    """Return the passages of a transcript that match by words what a request looks for.

    A passage that matches by what stands around it alone, its heading or its neighbours, is none of them, unless the
    request looks for no word at all, but for a speaker, say.

    The transcript is one of this generation, and the only one looked in; the other filters of the request hold. With
    `every_word` only passages with every word of a plain query count. Raises InvalidRequestError and QuerySyntaxError
    as a search does.
    """
    query = checked_query(request.query)
    check_dates(request.filters)
    narrowed = replace(request, filters=replace(request.filters, transcript=(transcript.id,)))
    plan = searcher.planner.plan(narrowed, query, generation)
    found = generation.keyword.rows(matching_words(plan), filters=plan.filters).tolist()
    first = generation.passages.row_of(transcript.passages[0].id) if found else 0
    marker = Marker(plan, generation.analyser())
    places: list[Place] = []
    complete: list[Place] = []
    marked: set[str] = set()
    for row in found:
        passage = transcript.passages[row - first]
        here = marker.matches(passage.text)
        if plan.sought and not here:
            continue
        labels = {match.label for match in here}
        place = Place(passage.id, merged([match.span for match in here]))
        places.append(place)
        marked |= labels
        if _has_every_word(plan, labels):
            complete.append(place)
    return Inside(
        query=query,
        places=tuple(complete if every_word else places),
        any_total=len(places),
        all_total=len(complete),
        also=tuple(
            dict.fromkeys(one.expansion.term for one in plan.added if one.active and one.expansion.term in marked)
        ),
        notes=plan.notes,
    )


def _has_every_word(plan: QueryPlan, labels: set[str]) -> bool:
    """Tell whether a passage with these labels has every word of a plain query, or what was added for it."""
    if not plan.parsed.is_plain:
        return True
    grouped = {word.label for group in plan.groups for word in group.words}
    leaves = {one.label for one in plan.sought} - grouped
    return leaves <= labels and all(
        {word.label for word in group.words} <= labels
        or any(added.expansion.term in labels for added, _ in group.others)
        for group in plan.groups
    )
