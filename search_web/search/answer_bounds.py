"""What a question names binds its answers: the company, the people and firms, the period.

A search only favours what the query names; an answer about somebody else is wrong. Companies and other names bind whole
transcripts, so that the search can be made again in these alone. People, firms and periods bind passages: what
somebody asked is answered by others, and a period is also meant by a passage that says its year.

`Recognised.OFF`, and switching off a chip by its id, lift what is recognised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer.text.language import dominant_language
from indexer.transcripts.periods import find_periods
from search_web.search.answer_names import LONGEST
from search_web.search.answer_sentences import FRAMING
from search_web.search.intents import Intent
from search_web.search.named import Kind
from search_web.search.names import units
from search_web.search.query_periods import When
from search_web.search.question_kinds import Wanted, kinds_asked
from search_web.search.relative_periods import speaks_of_quarter
from search_web.search.request import NO_FILTERS
from search_web.search.transliterations import is_transliterated, sounds_alike

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.stores.index import Generation
    from indexer.stores.passages import StoredPassage
    from search_web.search.answer_names import Name
    from search_web.search.chip import Chip
    from search_web.search.highlight import Match
    from search_web.search.patterns import Span
    from search_web.search.plan import QueryPlan

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_POSSESSIVE = re.compile(r"['’](?:s\b)?")
_NUMBERED = re.compile(r"\d\d")
_QUARTER = re.compile(r"\d{4}Q[1-4]")


@dataclass(frozen=True, slots=True)
class Reach:
    """The transcripts that speak of all that a question names, by id; None when that is every one.

    `unspoken` are the names that no transcript speaks of.
    """

    transcripts: frozenset[str] | None
    unspoken: tuple[str, ...] = ()


def reach(generation: Generation, plan: QueryPlan, names: Sequence[Name]) -> Reach:
    """Return where a question may be answered."""
    column = generation.passages.columns.transcript
    every = np.ones(len(column.values), dtype=np.bool_)
    kept, unspoken = every.copy(), []
    if companies := [chip for chip in plan.chips if chip.active and chip.kind is Kind.COMPANY]:
        facets = [facet for chip in companies for facet in chip.facets]
        kept &= _speaking(np.flatnonzero(generation.passages.rows_with_any(facets)), column.codes, len(every))
    foreign = _foreign(generation, dominant_language(plan.parsed.text)) if names else every
    for name in names:
        spoken = _speaking(generation.keyword.rows(name.query, filters=NO_FILTERS), column.codes, len(every))
        if not name.bilingual and not (spoken & foreign).any():
            spoken |= foreign & _sounding(generation, name.text, len(every)) if name.person else foreign
        if not spoken.any():
            unspoken.append(name.text)
        kept &= spoken
    if kept.all():
        return Reach(None)
    return Reach(frozenset(column.values[code] for code in np.flatnonzero(kept)), tuple(unspoken))


def _sounding(generation: Generation, person: str, count: int) -> NDArray[np.bool_]:
    """Return in which transcripts somebody speaks whose name is written in Han characters by the sound of this one."""
    columns = generation.passages.columns
    alike = [
        code
        for code, speaker in enumerate(columns.speaker.values)
        if is_transliterated(speaker) and sounds_alike(person, speaker)
    ]
    return _speaking(np.flatnonzero(np.isin(columns.speaker.codes, alike)), columns.transcript.codes, count)


def without_companies(plan: QueryPlan) -> str:
    """Return the question with blanks for the companies that bind.

    Where every passage is of the company, its name only leads to those that greet and introduce. A name that is a
    part of a longer word stays, and so does everything where nothing else would be left.
    """
    text = plan.parsed.text
    for chip in plan.chips:
        start, end = owning(text, chip.span)
        within = any(one.span[0] <= start and end <= one.span[1] and one.span != (start, end) for one in plan.sought)
        if chip.active and chip.kind is Kind.COMPANY and not within:
            text = text[:start] + " " * (end - start) + text[end:]
    rest = {one.label for one in plan.sought if text[slice(*one.span)].strip()} - FRAMING
    return text if rest else plan.parsed.text


def owning(text: str, span: Span) -> Span:
    """Return the span of a name with the ending that says what is its own: "MediaTek's"."""
    ending = _POSSESSIVE.match(text, span[1])
    return (span[0], ending.end()) if ending else span


def _foreign(generation: Generation, language: str) -> NDArray[np.bool_]:
    """Return which transcripts are mostly in another language than the question."""
    columns = generation.passages.columns
    own = np.array([value == language for value in columns.language.values], dtype=np.bool_)
    spoken = np.bincount(columns.transcript.codes, weights=own[columns.language.codes])
    return spoken * 2 < np.bincount(columns.transcript.codes)


def _speaking(rows: NDArray[np.int64], codes: NDArray[np.int32], count: int) -> NDArray[np.bool_]:
    spoken = np.zeros(count, dtype=np.bool_)
    spoken[codes[rows]] = True
    return spoken


@dataclass(frozen=True, slots=True)
class _Wanted:
    """People and firms, or a period, of which a passage must have one; `carried` marks the rows that do."""

    chips: tuple[Chip, ...]
    carried: NDArray[np.bool_]


class Binding:
    """Whether a passage is one that may answer, by the people, firms and periods that a question names."""

    def __init__(self, generation: Generation, plan: QueryPlan) -> None:
        self._generation = generation
        short = len(units(plan.parsed.text)) <= LONGEST
        active = [chip for chip in plan.chips if chip.active and short]
        question = plan.parsed.text
        theirs = [facet for chip in active if chip.kind is Kind.COMPANY for facet in chip.facets]
        of_company = generation.passages.rows_with_any(theirs)

        def binds(chip: Chip) -> bool:
            """Tell whether a period is named outright, or is one of the company that is named."""
            outright = _NUMBERED.search(question[slice(*chip.span)])
            return bool(outright or self._of(chip, of_company))

        # Who somebody is, or who holds an office, is told by others: "Who is the CFO?"
        is_sought = Wanted.PERSON in kinds_asked(question)
        people = [
            chip
            for chip in active
            if chip.kind is Kind.FIRM or (chip.kind is Kind.SPEAKER and not (is_sought and chip.how == Intent.NAMED))
        ]
        # A quarter of which the company has no call is guided to, or looked back on, in its others.
        elsewhere = [chip for chip in active if self._is_quarter(chip) and theirs and not self._of(chip, of_company)]
        periods = [chip for chip in active if chip.kind is Kind.PERIOD and chip not in elsewhere and binds(chip)]
        named = [chip for chip in periods if chip.how == When.NAMED]
        related = [(chip,) for chip in periods if chip.how != When.NAMED]
        self._plan = plan
        self._people = self._wanted(generation, people)
        self._periods = [self._wanted(generation, group) for group in (named, *related) if group]
        question = question if short else ""
        recognised = [chip.span for chip in plan.chips if chip.kind is Kind.PERIOD]
        self._quarters = [chip.value for chip in elsewhere] + [
            period.value
            for period in find_periods(question)
            if _QUARTER.fullmatch(period.value)
            and not any(_overlap((period.start, period.end), one) for one in recognised)
        ]
        self._years = [
            match[0]
            for match in _YEAR.finditer(question)
            if not any(start <= match.start() < end for start, end in recognised)
        ]

    @staticmethod
    def _is_quarter(chip: Chip) -> bool:
        return chip.kind is Kind.PERIOD and chip.how == When.NAMED and bool(_QUARTER.fullmatch(chip.value))

    def _of(self, chip: Chip, rows: NDArray[np.bool_]) -> bool:
        """Tell whether any of the rows is of what a chip names."""
        return bool((self._generation.passages.rows_with_any(chip.facets) & rows).any())

    @staticmethod
    def _wanted(generation: Generation, chips: Sequence[Chip]) -> _Wanted:
        facets = [facet for chip in chips for facet in chip.facets]
        return _Wanted(tuple(chips), generation.passages.rows_with_any(facets))

    def holds(self, one: StoredPassage, asked: Sequence[StoredPassage], found: Sequence[Match]) -> bool:
        """Tell whether a passage may answer; `asked` puts its question, `found` is what of the plan stands in it."""
        return (
            self._is_of_people(one, asked, found)
            and all(self._is_of_period(wanted, one) for wanted in self._periods)
            and all(self._is_of_year(year, one, asked) for year in self._years)
            and all(self._is_of_quarter(quarter, one, asked) for quarter in self._quarters)
        )

    def _is_of_people(self, one: StoredPassage, asked: Sequence[StoredPassage], found: Sequence[Match]) -> bool:
        if not self._people.chips:
            return True
        spoken = bool(self._people.carried[one.row])
        put = any(self._people.carried[question.row] for question in asked)
        wanted = {chip.how for chip in self._people.chips}
        if wanted == {Intent.ASKED}:
            return put
        if wanted == {Intent.SAID}:
            return spoken
        return spoken or put or any(self._names(match) for match in found)

    def _names(self, match: Match) -> bool:
        """Tell whether something found in a passage is one of the names."""
        return any(
            chip.span[0] <= sought.span[0] and sought.span[1] <= chip.span[1]
            for sought in self._plan.sought
            if sought.label == match.label
            for chip in self._people.chips
        )

    def _is_of_period(self, wanted: _Wanted, one: StoredPassage) -> bool:
        if wanted.carried[one.row]:
            return True
        years = [chip.value for chip in wanted.chips if chip.how == When.NAMED and _YEAR.fullmatch(chip.value)]
        return any(year in one.passage.text for year in years)

    @staticmethod
    def _is_of_year(year: str, one: StoredPassage, asked: Sequence[StoredPassage]) -> bool:
        call = one.transcript
        head = f"{call.period or ''} {call.date or ''} {call.title}"
        return year in head or any(year in passage.passage.text for passage in (one, *asked))

    @staticmethod
    def _is_of_quarter(quarter: str, one: StoredPassage, asked: Sequence[StoredPassage]) -> bool:
        """Tell whether a passage speaks of a quarter of which there is no call."""
        texts = (one.passage.heading or "", *(each.passage.text for each in (one, *asked)))
        return any(speaks_of_quarter(text, quarter, one.transcript.period) for text in texts)


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]
