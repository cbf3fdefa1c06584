"""Plans for the newest generation of an index, and what they are made with: the lexicon, and who is named."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

from search_web.search.filter_suggestions import asked_values, with_notes
from search_web.search.han_words import HanWords, han_words, meant_for
from search_web.search.latin_words import latin_words
from search_web.search.lexicon import Lexicon, RankedLexicon
from search_web.search.plan import make_plan
from search_web.search.query_views import SuggestionView
from search_web.search.recognising import Recognisers
from search_web.search.request import Recognised
from search_web.search.suggestions import known_elsewhere, suggest
from search_web.search.unheld_periods import unheld_periods
from search_web.search.writings import NAMED_FIELDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from indexer.stores.index import Generation
    from indexer.text.expansion import Expansion
    from search_web.search.chip import Chip
    from search_web.search.plan import QueryPlan
    from search_web.search.recognition import Recogniser
    from search_web.search.request import SearchRequest
    from search_web.search.suggestions import Elsewhere


class Planner:
    """Makes plans of queries; it loads each lexicon and each recogniser once. One serves many threads.

    `glossaries` are files of the user's own; what is wrong with one is a GlossaryError of the first plan.
    """

    def __init__(self, glossaries: Sequence[Path] = ()) -> None:
        self._glossaries = tuple(glossaries)
        self._lexicons: dict[str, Lexicon] = {}
        self._loading = Lock()
        self._recognisers = Recognisers()

    def plan(
        self,
        request: SearchRequest,
        query: str,
        generation: Generation,
        meant: Callable[[str], None] = lambda _: None,
    ) -> QueryPlan:
        """Return what a search of this generation will do; see `make_plan` for `meant`."""

        def recognise(text: str) -> tuple[Chip, ...]:
            if request.recognised is Recognised.OFF:
                return ()
            return self._recogniser(generation).recognise(text, request.without)

        plan = make_plan(
            query,
            request.filters,
            generation,
            expand=self._ranked_lexicon(generation).expand if request.expand else _nothing,
            switched_off=request.without,
            plain=request.plain,
            recognise=recognise,
            chips_bind=request.recognised is Recognised.HARD,
            names_of=self.names_of(generation),
            meant=meant,
        )
        asked = asked_values(request.filters, plan.parsed)
        if not asked:
            return plan
        return with_notes(plan, asked, query, generation.passages, self._recogniser(generation).writings)

    def names_of(self, generation: Generation) -> Callable[[str, str], tuple[str, ...]]:
        """Return what gives for the value of a filter all that it is called in an index."""
        return lambda field, value: (
            self._recogniser(generation).writings.all_of(field, value) if field in NAMED_FIELDS else (value,)
        )

    def unheld_periods(self, generation: Generation, query: str) -> tuple[str, ...]:
        """Return the words with which a query names periods that no call of an index is of."""
        return unheld_periods(self._recogniser(generation), query)

    def warm(self, generation: Generation) -> None:
        """Load what plans are made with now, so that the first one is made as quickly as the next."""
        generation.analyser().analyse("预热 warm")
        self._ranked_lexicon(generation).expand("预热 warm")
        self._recogniser(generation).recognise("预热 warm")
        meant_for("热", han_words(generation), HanWords(()), 1.0)
        latin_words(generation)
        self._known_elsewhere(generation, self.lexicon(generation))

    def _ranked_lexicon(self, generation: Generation) -> RankedLexicon:
        """Return the lexicon as it is ranked for a generation, made once."""
        frequency = generation.keyword.document_frequency
        return generation.once((self, RankedLexicon), lambda: self.lexicon(generation).ranked_by(frequency))

    def lexicon(self, generation: Generation) -> Lexicon:
        """Return the lexicon as the analyser of this generation cuts it, loaded once."""
        analyser = generation.analyser()
        with self._loading:
            if analyser.digest not in self._lexicons:
                self._lexicons[analyser.digest] = Lexicon(analyser, self._glossaries)
            return self._lexicons[analyser.digest]

    def _recogniser(self, generation: Generation) -> Recogniser:
        return self._recognisers.of(generation, self.lexicon(generation))

    def suggestions(self, generation: Generation, plan: QueryPlan, query: str) -> tuple[SuggestionView, ...]:
        """Return what may be meant by words of a query that the index lacks."""
        lexicon = self.lexicon(generation)
        found = suggest(query, plan, generation, lexicon.is_word, lambda: self._known_elsewhere(generation, lexicon))
        return tuple(SuggestionView(one.term, one.span, one.instead, one.query) for one in found)

    def _known_elsewhere(self, generation: Generation, lexicon: Lexicon) -> Elsewhere:
        """Return `known_elsewhere` of a generation, worked out once."""
        return generation.once(self, lambda: known_elsewhere(lexicon.equivalents, generation.passages))


def _nothing(_: str) -> tuple[Expansion, ...]:
    return ()
