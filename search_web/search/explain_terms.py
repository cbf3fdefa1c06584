"""What the leg of the words found in each hit, term by term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.stores.field_texts import field_texts
from indexer.stores.filters import Filters
from indexer.stores.keyword import FIELD_WEIGHTS, Field
from indexer.text.expansion import Strength
from search_web.search.explanation import FieldMatch, TermExplained
from search_web.search.matching import matching_alone
from search_web.search.patterns import PrefixPattern, TermPattern, Words, find
from search_web.search.steering import naming

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from indexer.stores.index import Generation
    from indexer.stores.keyword import Query
    from indexer.stores.passages import StoredPassage
    from indexer.text.analyser import Analyser
    from search_web.search.expanding import Added
    from search_web.search.patterns import Pattern
    from search_web.search.plan import QueryPlan
    from search_web.search.sought import Group, Sought

BINDING = "all that must hold"
NAMED = "whom or what the query names"


class ScoredTerms:
    """The terms of a plan with the score of each in each hit, as the keyword engine gives them."""

    def __init__(
        self, stored: Sequence[StoredPassage], plan: QueryPlan, generation: Generation, *, alone: bool
    ) -> None:
        self._query = plan.parsed.text
        self._analyser = generation.analyser()
        self._store = generation.keyword
        # BM25 counts over the whole index whatever the filters keep, so that this only saves time.
        self._within = Filters(transcript=tuple(dict.fromkeys(item.transcript.id for item in stored)))
        self._groups = [self._scored(group) for group in plan.groups]
        words = {id(word) for group in plan.groups for word in group.words}
        self._leaves = [(one, self._scores(one.query)) for one in plan.sought if id(one) not in words]
        self._binding = {} if plan.constraint is None else self._scores(plan.constraint)
        # Beside the meaning, what is named is a part of its own.
        named = naming(plan, self._best(plan), self._store.count) if alone and plan.favoured else None
        self._named = self._scores(named) if named else {}

    def of(self, item: StoredPassage, *, ranked: bool) -> Iterator[TermExplained]:
        """Yield the terms that a hit has; those of a hit that the leg has not `ranked` count nothing."""
        texts = _Texts(item, self._analyser)
        for group in self._groups:
            counted = group.best(item.row)
            for sought, scores in group.words:
                if item.row in scores:
                    yield _own(sought, scores[item.row], texts, counts=ranked and counted is None)
            for added, scores in group.others:
                if item.row in scores:
                    yield self._added(added, scores[item.row], texts, counts=ranked and counted is added)
        for sought, scores in self._leaves:
            if item.row in scores:
                yield _own(sought, scores[item.row], texts, counts=ranked)
        if binding := self._binding.get(item.row):
            yield TermExplained(BINDING, "binding", None, 1.0, 0.0, None, 0, (), binding, counts=ranked)

        if named := self._named.get(item.row):
            yield TermExplained(NAMED, "names", None, 1.0, 0.0, None, 0, (), named, counts=ranked)

    def _best(self, plan: QueryPlan) -> float:
        """Return what the best passage of the search scores before what is named raises any."""
        scores = self._store.search(matching_alone(plan), limit=1, filters=plan.filters).scores
        return scores[0] if scores else 0.0

    def _scored(self, group: Group) -> _ScoredGroup:
        return _ScoredGroup(
            tuple((word, self._scores(word.query)) for word in group.words),
            tuple((added, self._scores(query)) for added, query in group.others),
        )

    def _scores(self, query: Query) -> Mapping[int, float]:
        ranking = self._store.search(query, limit=self._store.count, filters=self._within)
        return dict(zip(ranking.rows, ranking.scores, strict=True))

    def _added(self, added: Added, score: float, texts: _Texts, *, counts: bool) -> TermExplained:
        expansion = added.expansion
        times, fields = texts.matches(added.patterns)
        return TermExplained(
            term=expansion.term,
            source="dictionary" if expansion.strength is Strength.DICTIONARY else "glossary",
            of=self._query[expansion.start : expansion.end],
            weight=added.weight,
            idf=added.information,
            passages=added.passages,
            times=times,
            fields=fields,
            score=score,
            counts=counts,
        )


@dataclass(frozen=True, slots=True)
class _ScoredGroup:
    """Words of the query and what may stand for them, each with its scores by row."""

    words: tuple[tuple[Sought, Mapping[int, float]], ...]
    others: tuple[tuple[Added, Mapping[int, float]], ...]

    def best(self, row: int) -> Added | None:
        """Return the added term that counts in a row, None where the user's own words do."""
        best, most = None, sum(scores.get(row, 0.0) for _, scores in self.words)
        for added, scores in self.others:
            if scores.get(row, 0.0) > most:
                best, most = added, scores[row]
        return best


class _Texts:
    """The searchable texts of one passage, analysed."""

    def __init__(self, item: StoredPassage, analyser: Analyser) -> None:
        texts = field_texts(item.passage, item.transcript.company, item.transcript.ticker)
        self._words = {field: [Words.of(text, analyser) for text in listed] for field, listed in texts.items()}

    def matches(self, patterns: Sequence[Pattern]) -> tuple[int, tuple[FieldMatch, ...]]:
        """Return how often any of the patterns stands in the text, and the fields that have one of them."""
        anywhere = [pattern for pattern in patterns if isinstance(pattern, TermPattern | PrefixPattern)]
        spans = {
            field: {
                span
                for pattern in (patterns if field is Field.TEXT else anywhere)
                for words in texts
                for span in find(pattern, words)
            }
            for field, texts in self._words.items()
        }
        fields = tuple(FieldMatch(field.value, FIELD_WEIGHTS[field]) for field, found in spans.items() if found)
        return len(spans[Field.TEXT]), fields


def _own(sought: Sought, score: float, texts: _Texts, *, counts: bool) -> TermExplained:
    times, fields = texts.matches(sought.patterns)
    return TermExplained(
        term=sought.label,
        source=sought.source.value,
        of=None,
        weight=1.0,
        idf=sought.information,
        passages=sought.passages,
        times=times,
        fields=fields,
        score=score,
        counts=counts,
    )
