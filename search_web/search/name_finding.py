"""Find in a query the names of people, firms and companies that the index holds, and the tickers.

The longest name is taken, at word boundaries for Latin script and anywhere for Han: as the index writes it, in the
other writing, Chinese or pinyin, or as a surname with a title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.text.normalise import fold
from search_web.search.chip import Chip
from search_web.search.evidence import HAN_TITLE, cuts_a_word, has_other_name, is_letter, is_meant, is_symbol
from search_web.search.intents import Intent, intent_of
from search_web.search.named import Kind
from search_web.search.names import units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from search_web.search.entities import Entities
    from search_web.search.named import Named
    from search_web.search.names import Unit
    from search_web.search.query_tree import Span

_HAN_ONLY = re.compile(f"[{HAN}]+")
_LATIN_WORD = re.compile(r"[^\W\d_]+")
_TELLING = 3  # Words between the others, such as of and de, need no capital.


@dataclass(frozen=True, slots=True)
class NameFinder:
    """Finds the names of one index. `is_word` tells whether a folded word is one of the dictionary."""

    entities: Entities
    is_word: Callable[[str], bool]

    def named(self, query: str) -> Iterator[Chip]:
        """Yield what a query names, in the order of the query."""
        pieces = units(query)
        keys = [unit.key for unit in pieces]
        place = 0
        while place < len(pieces):
            if not self._may_begin(keys, place):
                place += 1
                continue
            chip, after = self._longest_at(query, pieces, keys, place)
            if chip is not None:
                yield chip
            place = after

    def _may_begin(self, keys: Sequence[str], place: int) -> bool:
        """Tell, of most words at once, whether a name can begin there."""
        people, key = self.entities.people, keys[place]
        if key in people.surnames or self._most_units(keys, place) or people.pinyin.may_begin(keys, place):
            return True
        return place + 1 < len(keys) and key + keys[place + 1] in people.surnames

    def _most_units(self, keys: Sequence[str], place: int) -> int:
        """Return how many units a name has at most that begins at a place; 0 where none does."""
        most = self.entities.longest.get(keys[place], 0)
        if most > 1:
            most = self.entities.longest.get(" ".join(keys[place : place + 2])) or keys[place] in self.entities.names
        return most

    def _longest_at(
        self, query: str, pieces: Sequence[Unit], keys: Sequence[str], place: int
    ) -> tuple[Chip | None, int]:
        """Return the longest name that begins at a place, and where to go on; `keys` are those of the pieces."""
        chip, after = self._as_written(query, pieces, keys, place)
        if chip is None or (chip.kind is Kind.SPEAKER and after == place + 1):
            in_pinyin, behind = self._in_pinyin(query, pieces, keys, place)
            if in_pinyin is not None:
                return in_pinyin, behind
        return chip, after

    def _as_written(
        self, query: str, pieces: Sequence[Unit], keys: Sequence[str], place: int
    ) -> tuple[Chip | None, int]:
        for after in range(min(place + self._most_units(keys, place), len(pieces)), place, -1):
            names = self.entities.names.get(" ".join(keys[place:after]))
            row = pieces[place:after] if names else ()
            if not names or not _joined(query, row):
                continue
            span = row[0].start, row[-1].end
            intent = intent_of(query, *span)
            meant = [one for one in names if self._is_meant(query, span, one, intent, len(row))]
            if meant:
                one = min(meant, key=lambda one: _preference(one.kind, intent))
                how = Intent.NAMED if one.kind is Kind.COMPANY else intent
                return Chip(one.kind, one.value, how, one.facets, span), after
        return self._addressed(query, pieces, keys, place)

    def _in_pinyin(
        self, query: str, pieces: Sequence[Unit], keys: Sequence[str], place: int
    ) -> tuple[Chip | None, int]:
        """Return the person whose name is written in the other writing, in Chinese or in Latin letters."""
        people, count = self.entities.people.pinyin.longest_at(keys[place : place + 4])
        row = pieces[place : place + count]
        if not people or not _joined(query, row):
            return None, place + 1
        span = row[0].start, row[-1].end
        text = query[slice(*span)]
        if text.isascii():
            is_speech = all(self.is_word(unit.key) for unit in row)
        else:
            is_speech = cuts_a_word(query, *span, self.is_word)
        if is_speech or self.is_word(fold(text)):
            return None, place + 1
        facets = tuple(dict.fromkeys(facet for person in people for facet in person.facets))
        return Chip(Kind.SPEAKER, people[0].value, intent_of(query, *span), facets, span), place + count

    def _addressed(
        self, query: str, pieces: Sequence[Unit], keys: Sequence[str], place: int
    ) -> tuple[Chip | None, int]:
        """Return the person who is addressed by surname: 张总."""
        for length in (2, 1):
            person = self.entities.people.surnames.get("".join(keys[place : place + length]))
            row = pieces[place : place + length] if person else ()
            if person and len(row) == length and (title := HAN_TITLE.match(query, row[-1].end)):
                span = row[0].start, title.end()
                if cuts_a_word(query, *span, self.is_word):
                    break
                return Chip(person.kind, person.value, intent_of(query, *span), person.facets, span), place + length
        return None, place + 1

    def _is_meant(self, query: str, span: Span, one: Named, intent: Intent, count: int) -> bool:
        start, end = span
        text = query[start:end]
        if one.is_ticker:
            return is_symbol(query, start, end, one.exactly or "", self.is_word)
        if one.exactly is not None and text != one.exactly:
            return False
        if count > 1 and not _HAN_ONLY.fullmatch(text):
            # The words of a Latin name may all be words of the language, as in Bright Future.
            words = _LATIN_WORD.findall(text)
            if one.short:
                return all(word[:1].isupper() for word in words if len(word) >= _TELLING or len(words[0]) == 1)
            return text != text.lower() or not all(map(self.is_word, words))
        if one.kind is Kind.SPEAKER and (
            is_letter(query, start, end) or has_other_name(query, start, end, self.is_word)
        ):
            return False
        return is_meant(query, start, end, intent, self.is_word, whole=not one.short or one.kind is not Kind.SPEAKER)


def _preference(kind: Kind, intent: Intent) -> int:
    """Return the order in which a name that stands for several things is understood: a firm asks, a company is on."""
    order = [Kind.SPEAKER, Kind.FIRM, Kind.COMPANY] if intent is Intent.ASKED else [Kind.SPEAKER, Kind.COMPANY]
    return order.index(kind) if kind in order else len(order)


def _joined(query: str, row: Sequence[Unit]) -> bool:
    """Tell whether the words stand side by side, with at most a blank and the signs of names between them."""
    gaps = (query[one.end : other.start] for one, other in pairwise(row))
    return all(not gap.strip(" .,&-–'’·/()\u00a0") and len(gap) <= 3 for gap in gaps)  # noqa: PLR2004 - ". &"
