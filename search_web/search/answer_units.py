"""What is ranked as an answer: a whole exchange, or a passage outside of exchanges.

The score of a unit is that of its best passage in the hybrid search, plus a share of how well the analyst's question in
it matches what is asked now: who was asked the same has probably answered it, even in words that the question lacks.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from indexer.model import Role
from search_web.search.answer_values import Scope

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer.stores.passages import StoredPassage
    from search_web.search.candidates import Candidates

DEPTH = 60
"""How many passages of the search are looked at, each with the whole exchange that it belongs to."""

QUESTION_SHARE = 0.3
"""How much of the score of the analyst's question is added for an exchange."""


MEMBERS = 3
"""How many passages of an exchange are weighed as its answer, those with the best scores."""


@dataclass(frozen=True, slots=True)
class Member:
    """A passage that may be shown for its unit, with its score and the passages that ask what it answers."""

    score: float
    stored: StoredPassage
    asked: tuple[StoredPassage, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """The passages of one unit that may be shown, best first, and all of its exchange in reading order."""

    members: tuple[Member, ...]
    exchange: tuple[StoredPassage, ...]

    @property
    def score(self) -> float:
        """The score of its best passage."""
        return self.members[0].score


def ranked_units(found: Candidates, scope: Scope) -> tuple[Unit, ...]:
    """Return the units of a search, best first, each once; ties in the order of the index."""
    ordered = found.ordered
    if found.within is not None:
        codes = found.generation.passages.columns.transcript
        ordered = tuple(one for one in ordered if codes.values[codes.codes[one.row]] in found.within)
    passages = found.generation.passages
    stored = passages.get([finding.row for finding in ordered[:DEPTH]])
    keys = [(one.transcript.id, one.passage.exchange_id) for one in stored if one.passage.exchange_id]
    exchanges = passages.exchanges(keys)
    known = {finding.row for finding in ordered}
    extra = [one.row for members in exchanges.values() for one in members if one.row not in known]
    scores = {finding.row: finding.score for finding in (found.with_rows(extra) if extra else ordered)}
    shown = known | _allowed(found, extra)
    groups = [*exchanges.values(), *((one,) for one in stored if not one.passage.exchange_id)]
    units = []
    for members in groups:
        fit = [one for one in members if one.row in shown and _fits(one, scope)]
        if fit:
            exchange = members if members[0].passage.exchange_id else ()
            listed = [
                Member(scores[one.row] + _bonus(one, exchange, scores), one, asked_before(one, exchange)) for one in fit
            ]
            listed.sort(key=lambda member: (-member.score, member.stored.row))
            units.append(Unit(tuple(listed[:MEMBERS]), exchange))
    return tuple(sorted(units, key=lambda unit: (-unit.score, unit.members[0].stored.row)))


def asked_before(answer: StoredPassage, exchange: Sequence[StoredPassage]) -> tuple[StoredPassage, ...]:
    """Return the passages of an exchange that ask what a passage of it answers: the last ones before it side by side.

    Of a passage that asks itself, they are those that ask beside it.
    """
    runs = [tuple(group) for asks, group in groupby(exchange, key=lambda one: one.asks) if asks]
    before = [run for run in runs if run[0].row <= answer.row]
    return before[-1] if before else ()


def _fits(stored: StoredPassage, scope: Scope) -> bool:
    passage = stored.passage
    if not passage.searchable or passage.speaker.role is Role.OPERATOR:
        return False
    match scope:
        case Scope.ANSWERS:
            return not stored.asks and passage.speaker.role is not Role.ANALYST
        case Scope.QUESTIONS:
            return stored.asks
        case Scope.BOTH:
            return True


def _bonus(best: StoredPassage, exchange: Sequence[StoredPassage], scores: dict[int, float]) -> float:
    if best.asks:
        return 0.0
    return QUESTION_SHARE * max([0.0, *(scores[one.row] for one in asked_before(best, exchange))])


def _allowed(found: Candidates, rows: Sequence[int]) -> set[int]:
    """Return those of the rows that the filters of the search leave."""
    allowed = found.allowed() if rows else None
    if allowed is None:
        return set(rows)
    return set(np.intersect1d(np.array(rows, dtype=np.int64), allowed).tolist())
