"""Words of the other language for what the glossary does not know: general words, by CC-CEDICT.

A dictionary gives many words for one. Those that the index does not hold are useless, and of the others the one that
it holds most is most likely meant; so the candidates are ranked by their sense times the logarithm of their frequency.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer.text.expansion import Expansion, Relation, Strength
from indexer.text.inflection import forms
from indexer.text.language import HAN_RUN
from indexer.text.stemmer import stem
from indexer.text.stopwords import is_stopword

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Sequence

    from indexer.text.analyser import Analyser
    from indexer.text.cedict import Cedict, Sense
    from indexer.text.token import Token

_MOST_WORDS = 3
_LATIN_ONLY = re.compile("[a-z]+(?:'[a-z]+)?")
_SHORTEST_LATIN, _SHORTEST_HAN = 3, 2
# So many words are kept with what is offered for them.
_RECENT = 1 << 14
# A candidate with less than this share of the best one's score is noise.
_LEAST_SHARE = 0.4


class RankedDictionary:
    """The dictionary for one index: of the words of the other language those that it likely holds.

    `frequency` tells in how many passages an analysed term occurs; what occurs in none is not offered, and of the
    others up to `most`. What it offers for a word is worked out once for as many as are asked for again and again.
    """

    def __init__(self, dictionary: Cedict, frequency: Callable[[str], int], most: int = 3) -> None:
        self.chinese = _ranked(dictionary.chinese, frequency, most)
        self.english = _ranked(dictionary.english, frequency, most)


def _ranked(
    senses_of: Callable[[str], Sequence[Sense]], frequency: Callable[[str], int], most: int
) -> Callable[[str], Sequence[Sense] | None]:
    """Return what gives the likeliest senses of a word, None where the dictionary lacks it.

    It must not know of what has it: the two would hold each other, and the files of the index with them.
    """

    @lru_cache(maxsize=_RECENT)
    def likeliest(word: str) -> Sequence[Sense] | None:
        senses = senses_of(word)
        return _likeliest(senses, frequency, most) if senses else None

    return likeliest


def expand_by_dictionary(
    query: str, analyser: Analyser, dictionary: RankedDictionary, *, known: Collection[tuple[int, int]] = ()
) -> tuple[Expansion, ...]:
    """Return, for each word of the query outside the `known` spans, words of the other language.

    `known` has the (start, end) of what the glossary found. Function words are left alone.
    """
    tokens = analyser.analyse(query)
    said = {token.term for token in tokens}
    taken = {place for start, end in known for place in range(start, end)}
    open_to_it = (token for token in tokens if not taken.issuperset(range(token.start, token.end)))
    spans = [*_english_words(analyser.exact(query), query, dictionary), *_chinese_words(open_to_it, dictionary)]
    expansions: dict[str, Expansion] = {}
    for start, end, word, senses in sorted(spans, key=lambda span: span[:2]):
        if not taken.isdisjoint(range(start, end)):
            continue
        to_chinese = not HAN_RUN.fullmatch(word)
        for sense in senses:
            if sense.word in said:
                continue
            expansion = Expansion(
                term=sense.word,
                writings=(sense.word,) if to_chinese else forms("to " + sense.word if sense.verb else sense.word),
                language="zh" if to_chinese else "en",
                relation=Relation.TRANSLATION,
                strength=Strength.DICTIONARY,
                start=start,
                end=end,
                concept=f"CC-CEDICT: {word}",
            )
            expansions.setdefault(sense.word, expansion)
    return tuple(expansions.values())


_Found = tuple[int, int, str, "Sequence[Sense]"]


def _english_words(tokens: Sequence[Token], query: str, dictionary: RankedDictionary) -> Iterator[_Found]:
    """Yield the longest rows of English words that the dictionary has."""
    place = 0
    while place < len(tokens):
        if not _LATIN_ONLY.fullmatch(tokens[place].term):
            place += 1
            continue
        for after in range(min(place + _MOST_WORDS, len(tokens)), place, -1):
            row = tokens[place:after]
            start, end = row[0].start, row[-1].end
            words = [token.term for token in row]
            if not all(map(_LATIN_ONLY.fullmatch, words)) or len(query[start:end].split()) != len(words):
                continue
            if len(words) == 1 and (is_stopword(words[0]) or len(words[0]) < _SHORTEST_LATIN):
                continue
            if is_stopword(words[0]) or is_stopword(words[-1]):
                continue
            if (senses := dictionary.chinese(" ".join(words))) is not None:
                yield start, end, " ".join(words), senses
                place = after - 1
                break
        place += 1


def _chinese_words(tokens: Iterable[Token], dictionary: RankedDictionary) -> Iterator[_Found]:
    """Yield the Chinese words that the dictionary has, those inside a longer one left out."""
    done = 0
    for token in sorted(tokens, key=lambda token: (token.start, -token.end)):
        if token.end <= done or len(token.term) < _SHORTEST_HAN or is_stopword(token.term):
            continue
        if HAN_RUN.fullmatch(token.term) and (senses := dictionary.english(token.term)) is not None:
            yield token.start, token.end, token.term, senses
            done = token.end


def _likeliest(senses: Sequence[Sense], frequency: Callable[[str], int], most: int) -> list[Sense]:
    scored = [(sense.worth * math.log1p(_occurrences(sense.word, frequency)), sense) for sense in senses]
    least = max((score for score, _ in scored), default=0.0) * _LEAST_SHARE
    likely = sorted((-score, sense.word, sense) for score, sense in scored if score > least)
    return [sense for _, _, sense in likely[:most]]


def _occurrences(word: str, frequency: Callable[[str], int]) -> int:
    """Return in how many passages a word can occur: those of its rarest part, function words aside."""
    if " " not in word:
        return 0 if is_stopword(word) else frequency(stem(word))
    parts = [part for part in word.split(" ") if not is_stopword(part)]
    return min((frequency(stem(part)) for part in parts), default=0)
