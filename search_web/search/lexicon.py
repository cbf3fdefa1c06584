"""The glossary and the dictionary as one: what else the words of a query may be called."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from indexer.settings import cache_folder
from indexer.text.cedict import open_cedict
from indexer.text.dictionary import RankedDictionary, expand_by_dictionary
from indexer.text.glossary import load_glossary
from indexer.text.stopwords import is_stopword
from search_web.search.aliases import glossary_aliases, glossary_equivalents
from search_web.search.answer_names import glossary_names
from search_web.search.particulars import known_places

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from indexer.text.analyser import Analyser
    from indexer.text.cedict import Cedict
    from indexer.text.expansion import Expansion
    from indexer.text.glossary import Glossary
    from search_web.search.aliases import Alias
    from search_web.search.answer_names import KnownNames
    from search_web.search.particulars import Place

# A sense of less is but a remark of the dictionary.
_SURE = 0.5


class Lexicon:
    """The glossary, and behind it the dictionary for general words; each is loaded when it is first needed."""

    def __init__(self, analyser: Analyser, glossaries: Sequence[Path] = ()) -> None:
        self._analyser = analyser
        self._known = _Known(analyser, tuple(glossaries)) if glossaries else _built_in(analyser)

    def ranked_by(self, frequency: Callable[[str], int]) -> RankedLexicon:
        """Return the lexicon for one index, of which `frequency` tells how many passages have a term."""
        return RankedLexicon(self._analyser, self._known.glossary, RankedDictionary(self._dictionary, frequency))

    @property
    def aliases(self) -> Mapping[str, tuple[Alias, ...]]:
        """The other terms of a concept, by the keys of its terms, of which both mean the same without a doubt."""
        return self._known.aliases

    @property
    def names(self) -> KnownNames:
        """The names of companies, products and firms that the glossary knows."""
        return self._known.names

    @property
    def places(self) -> tuple[Place, ...]:
        """The places that the glossary knows."""
        return self._known.places

    @property
    def place_names(self) -> frozenset[str]:
        """Their folded names."""
        return self._known.place_names

    def is_word(self, folded: str) -> bool:
        """Tell whether a folded word is one of the dictionary or a function word, and so may be no name."""
        senses = self._dictionary.chinese(folded) if folded.isascii() else self._dictionary.english(folded)
        return is_stopword(folded) or any(sense.worth >= _SURE for sense in senses)

    @property
    def equivalents(self) -> Mapping[str, tuple[str, ...]]:
        """What else each single word of the glossary is called, by the folded word; both are terms of an index."""
        return self._known.equivalents

    @cached_property
    def _dictionary(self) -> Cedict:
        return open_cedict(cache_folder())


class _Known:
    """A glossary and what follows from it alone, each made when it is first needed."""

    def __init__(self, analyser: Analyser, glossaries: tuple[Path, ...] = ()) -> None:
        self._analyser = analyser
        self._user_glossaries = glossaries

    @cached_property
    def glossary(self) -> Glossary:
        return load_glossary(self._analyser, self._user_glossaries)

    @cached_property
    def aliases(self) -> Mapping[str, tuple[Alias, ...]]:
        return glossary_aliases(self.glossary.concepts)

    @cached_property
    def names(self) -> KnownNames:
        return glossary_names(self.glossary.concepts)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return known_places(self.glossary.concepts)

    @cached_property
    def place_names(self) -> frozenset[str]:
        return frozenset(name for place in self.places for name in place.names)

    @cached_property
    def equivalents(self) -> Mapping[str, tuple[str, ...]]:
        return glossary_equivalents(self.glossary.concepts)


@lru_cache(maxsize=2)
def _built_in(analyser: Analyser) -> _Known:
    """Keep the built-in glossary as an analyser in use cuts it: its files stay as they are, and it takes a while."""
    return _Known(analyser)


@dataclass(frozen=True, slots=True)
class RankedLexicon:
    """The lexicon for one index, which ranks what the dictionary offers."""

    analyser: Analyser
    glossary: Glossary
    dictionary: RankedDictionary

    def expand(self, text: str) -> tuple[Expansion, ...]:
        """Return what else the words of a text may be called: by the glossary, else by the dictionary."""
        found = self.glossary.expand(text, parts=True)
        known = {(one.start, one.end) for one in found}
        general = expand_by_dictionary(text, self.analyser, self.dictionary, known=known)
        terms = {one.term for one in found}
        return (*found, *(one for one in general if one.term not in terms))
