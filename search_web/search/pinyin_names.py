"""People whose names are Chinese in one writing and pinyin in the other: Zhang Yong, Yong Zhang and 张勇.

Only a query that has a surname of somebody in the other writing makes the tables of pinyin load.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from search_web.search.pinyin import SURNAMES, is_pinyin, is_read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from search_web.search.named import Named

_HAN_PERSON = re.compile(rf"[{HAN}]{{2,4}}")
_DOUBLE = 2
_MOST_GIVEN = 2
_LATIN_WORDS = range(2, 4)


@dataclass(frozen=True, slots=True)
class PinyinNames:
    """People by the reading of their surname: with the given name in Chinese (`han`), or in Latin letters (`latin`)."""

    han: Mapping[str, tuple[tuple[str, Named], ...]]
    latin: Mapping[str, tuple[tuple[str, Named], ...]]

    def longest_at(self, keys: Sequence[str]) -> tuple[tuple[Named, ...], int]:
        """Return who is named by the words or Han characters that a text begins with, and by how many of them."""
        if not self.may_begin(keys, 0):
            return (), 0
        for count in range(min(4, len(keys)), 1, -1):
            if found := self.whole(keys[:count]):
                return found, count
        return (), 0

    def may_begin(self, keys: Sequence[str], place: int) -> bool:
        """Tell whether one of the words or Han characters from a place on may be the surname of somebody."""
        first = keys[place]
        if first.isascii():
            return any(key in self.han for key in keys[place : place + _LATIN_WORDS.stop - 1])
        if (reading := SURNAMES.get(first)) and reading in self.latin:
            return True
        return place + 1 < len(keys) and SURNAMES.get(first + keys[place + 1], "") in self.latin

    def whole(self, keys: Sequence[str]) -> tuple[Named, ...]:
        """Return everybody whose name these words or Han characters are in the other writing."""
        text = "".join(keys)
        if _HAN_PERSON.fullmatch(text):
            return tuple(dict.fromkeys(self._in_latin(text)))
        if len(keys) in _LATIN_WORDS and text.isascii() and all(map(is_pinyin, keys)):
            return tuple(dict.fromkeys(self._in_han(keys)))
        return ()

    def _in_latin(self, text: str) -> Iterator[Named]:
        surname, given = parted(text)
        for written, person in self.latin.get(SURNAMES.get(surname, ""), ()):
            if is_read(given, written):
                yield person

    def _in_han(self, keys: Sequence[str]) -> Iterator[Named]:
        for surname, rest in ((keys[0], keys[1:]), (keys[-1], keys[:-1])):
            for given, person in self.han.get(surname, ()):
                if is_read(given, "".join(rest)):
                    yield person


def parted(han: str) -> tuple[str, str]:
    """Return surname and given name of a Chinese name."""
    double = len(han) > _DOUBLE and han[:_DOUBLE] in SURNAMES
    return (han[:_DOUBLE], han[_DOUBLE:]) if double else (han[:1], han[1:])


def surname_reading(folded: str) -> str | None:
    """Return how the surname of a folded Chinese name is read, None for what is no Chinese name."""
    return SURNAMES.get(parted(folded)[0]) if _HAN_PERSON.fullmatch(folded) else None


def pinyin_names(people: Iterable[tuple[str, Named]]) -> PinyinNames:
    """Return people, given by folded name, for what their names are in the other writing."""
    surnames = frozenset(SURNAMES.values()) | {"lu", "lyu"}
    han: dict[str, list[tuple[str, Named]]] = defaultdict(list)
    latin: dict[str, list[tuple[str, Named]]] = defaultdict(list)
    for folded, person in people:
        if reading := surname_reading(folded):
            given = parted(folded)[1]
            for written in {reading, reading.replace("v", "u"), reading.replace("v", "yu")}:
                if 0 < len(given) <= _MOST_GIVEN:
                    han[written].append((given, person))
            continue
        words = folded.replace("-", " ").split()
        if len(words) in _LATIN_WORDS and all(map(is_pinyin, words)):
            for surname, given in ((words[0], "".join(words[1:])), (words[-1], "".join(words[:-1]))):
                if surname in surnames:
                    latin[surname].append((given, person))
    return PinyinNames(
        {key: tuple(found) for key, found in han.items()}, {key: tuple(found) for key, found in latin.items()}
    )
