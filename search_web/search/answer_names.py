"""The companies, products and firms that a question names, whether or not the index holds them.

What a question names must be spoken of where the answer is taken from: a question about a company that the index lacks
is not answered from the call of another. The glossary knows names in both languages; beside those, a Latin word with a
capital that is no word of the dictionary is one. A name that the glossary lacks and that is written in Han characters
cannot be told from other words; it only lowers the confidence when it is not found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.stores.keyword import AnyOf
from indexer.text.language import dominant_language
from indexer.text.normalise import fold
from search_web.search.expanding import parts
from search_web.search.names import key_of, units
from search_web.search.unknown_people import in_pinyin, people_named
from search_web.search.unknown_things import things_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from indexer.stores.keyword import Query
    from indexer.text.analyser import Analyser
    from indexer.text.glossary_file import Concept
    from search_web.search.names import Unit
    from search_web.search.patterns import Span
    from search_web.search.plan import QueryPlan

# The files of the glossary that list names of companies, of their products and of the firms that ask.
_FILES_OF_NAMES = frozenset({"companies.txt", "products.txt", "banks.txt"})

LONGEST = 40
"""Up to so many words and Han characters a question binds by its names and years; a longer one tells a story."""

_BEGINS = re.compile(r"(?:^|[.!?:;—–]|--)[\s\"'“‘(]*$")
_ABBREVIATION = 4
"""Up to so many letters, all of them capitals, may stand for words that are said in full."""

# Written with a capital, but the name of nobody.
_NO_NAMES_WORDS = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
    english chinese mandarin american european british african asian asia pacific europe america americas
    q1 q2 q3 q4 h1 h2 fy mr mrs ms dr management company ceo cfo coo cto analyst analysts"""
_NO_NAMES = frozenset(_NO_NAMES_WORDS.split())


@dataclass(frozen=True, slots=True)
class Name:
    """Something named: where in the question, and the query that finds the passages that speak of it.

    `bilingual` tells that the glossary knows it: of another name nobody can tell how the other language writes it,
    but for that of a `person`, which is written by its sound.
    """

    text: str
    span: Span
    query: Query
    bilingual: bool
    person: bool = False


@dataclass(frozen=True, slots=True)
class GlossaryName:
    """The terms of one concept; `exactly` is how the key must be written, None when capitals do not matter."""

    terms: tuple[str, ...]
    exactly: str | None


@dataclass(frozen=True, slots=True)
class KnownNames:
    """The names of the glossary by the keys of their terms, and the keys of its terms that name nobody (AI, GMV).

    `longest` is the most units that a name has.
    """

    names: Mapping[str, tuple[GlossaryName, ...]]
    others: frozenset[str]
    longest: int


def glossary_names(concepts: Iterable[Concept]) -> KnownNames:
    """Return what of the glossary is a name and what is none."""
    found: dict[str, tuple[GlossaryName, ...]] = {}
    others = set()
    for concept in concepts:
        terms = tuple(writing for term in concept.terms for writing in term.writings)
        for term in concept.terms:
            key = key_of(fold(term.text))
            if concept.file not in _FILES_OF_NAMES:
                others.add(key)
            elif term.recognised and key:
                found[key] = (*found.get(key, ()), GlossaryName(terms, term.text if term.cased else None))
    return KnownNames(found, frozenset(others), max((key.count(" ") + 1 for key in found), default=0))


def names_in(
    question: str,
    plan: QueryPlan,
    *,
    known: KnownNames,
    is_word: Callable[[str], bool],
    analyser: Analyser,
) -> tuple[Name, ...]:
    """Return what a question names, in its order, without what the plan has recognised as held by the index.

    A question that is longer than LONGEST names nothing.
    """
    pieces = units(question)
    if len(pieces) > LONGEST:
        return ()
    taken: list[Span] = [chip.span for chip in plan.chips]
    found: list[Name] = []
    people = {span: in_pinyin(question[slice(*span)]) for span in people_named(question, is_word)}
    things = ((span, ()) for span in things_named(question))
    latin = _latin(question, pieces, known, is_word)
    for span, terms in (*_of_glossary(question, pieces, known), *people.items(), *things, *latin):
        if any(span[0] < end and start < span[1] for start, end in taken):
            continue
        taken.append(span)
        own = question[slice(*span)]
        added = [one.query for one in plan.added if _covers((one.expansion.start, one.expansion.end), span)]
        queries = [part for term in dict.fromkeys((own, *terms)) for part in parts(term, analyser)]
        found.append(Name(own, span, AnyOf((*queries, *added)), bilingual=bool(terms), person=span in people))
    return tuple(sorted(found, key=lambda name: name.span))


def _of_glossary(question: str, pieces: Sequence[Unit], known: KnownNames) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the longest names of the glossary in a question with everything that stands for them."""
    place = 0
    while place < len(pieces):
        after, terms = _longest_at(question, pieces[place : place + known.longest], known)
        if terms:
            yield (pieces[place].start, pieces[place + after - 1].end), terms
        place += max(1, after)


def _longest_at(question: str, pieces: Sequence[Unit], known: KnownNames) -> tuple[int, tuple[str, ...]]:
    for length in range(len(pieces), 0, -1):
        row = pieces[:length]
        written = question[row[0].start : row[-1].end]
        listed = known.names.get(" ".join(unit.key for unit in row), ())
        meant = [name for name in listed if name.exactly in {None, written}]
        if meant:
            return length, tuple(dict.fromkeys(term for name in meant for term in name.terms))
    return 0, ()


def _latin(
    question: str, pieces: Sequence[Unit], known: KnownNames, is_word: Callable[[str], bool]
) -> Iterator[tuple[Span, tuple[str, ...]]]:
    """Yield the Latin words of a question that are written as names and are no terms of the glossary.

    A capital says nothing where a sentence begins; in a Chinese question every Latin word is foreign enough.
    """
    chinese = dominant_language(question) == "zh"
    for unit in pieces:
        text = question[unit.start : unit.end]
        if not (text.isalpha() and text.isascii()) or len(text) == 1 or unit.key in _NO_NAMES | known.others:
            continue
        if not chinese and _BEGINS.search(question[: unit.start]):
            continue
        short = len(text) <= _ABBREVIATION and sum(map(str.isupper, text)) > 1
        if not short and (chinese or text != text.lower()) and not is_word(unit.key):
            yield (unit.start, unit.end), ()


def _covers(span: Span, other: Span) -> bool:
    return span[0] <= other[0] and other[1] <= span[1]
