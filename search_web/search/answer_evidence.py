"""What speaks for each passage that may answer, and which of its sentences would be shown."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from indexer.text.language import dominant_language
from indexer.text.normalise import fold
from search_web.search.answer_bounds import Binding, owning
from search_web.search.answer_meaning import ASKED_WORTH, Meaning
from search_web.search.answer_sentences import AROUND, ASKED, FRAMING, Told, pick_sentences
from search_web.search.confidence import Evidence, confidence
from search_web.search.directions import opposed, supposes
from search_web.search.figures_asked import is_whole
from search_web.search.highlight import Marker
from search_web.search.named import Kind
from search_web.search.premises import event_of, is_told
from search_web.search.question_kinds import FIGURES, Wanted, kinds_asked
from search_web.search.subjects import Subject

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.stores.passages import StoredPassage
    from search_web.search.answer_sentences import Picked, Sentence
    from search_web.search.answer_units import Member, Unit
    from search_web.search.candidates import Candidates
    from search_web.search.highlight import Match
    from search_web.search.particulars import Particulars

POOL = 24
"""How many units of the search are weighed as answers."""

RIVAL = 5
"""The place of the unit, counted from 1, over which an answer has its lead."""

_SOMEBODY = frozenset({Kind.SPEAKER, Kind.FIRM})

MOST_LEAD = 6.0
USUAL_LEAD = 2.0
"""What counts as the lead where there are no others."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A passage that may answer: the sentences to show, what speaks for it, and what of the question stands in it.

    `asks_back` tells that what it asks at its end has more of the question than what it tells: that is told by others.
    """

    unit: Unit
    member: Member
    picked: Picked
    evidence: Evidence
    confidence: float
    found: tuple[Match, ...]
    asked: Mapping[int, tuple[Match, ...]]
    asks_back: bool


def weigh(found: Candidates, units: Sequence[Unit], particulars: Particulars) -> tuple[Weighed, ...]:
    """Return the best passage of each of the first units that what the question names allows, the surest first.

    `particulars` are the place and the currency that it pins down.
    """
    scales = _Scales(found, particulars)
    units = units[:POOL]
    kept = [(unit, held) for unit in units if (held := scales.holding(unit))]
    scales.compare([unit.score for unit, _ in kept])
    beside = _beside(found, [member.stored for _, held in kept for member in held])
    allowed = found.allowed()
    best: dict[int, Weighed] = {}
    for unit, held in kept:
        told = []
        for member in held:
            before, after = beside[member.stored.row]
            one = scales.weigh(unit, member, before)
            if one.picked.announces and after and (allowed is None or np.isin(after.row, allowed)):
                one = scales.weigh(unit, replace(member, stored=after), member.stored)
            if not one.picked.announces and not one.asks_back:
                told.append(one)
        if told:
            one = max(told, key=_surest)
            row = one.member.stored.row
            best[row] = max(best.get(row, one), one, key=_surest)
    return tuple(sorted(best.values(), key=lambda one: (-one.confidence, -one.member.score, one.member.stored.row)))


def _surest(one: Weighed) -> tuple[bool, float, float]:
    """Return what ranks the passages of one unit: of what somebody asked, the passage with a question comes first."""
    return Wanted.QUESTION not in one.picked.missing, one.confidence, one.member.score


def _beside(
    found: Candidates, members: Iterable[StoredPassage]
) -> dict[int, tuple[StoredPassage | None, StoredPassage | None]]:
    """Return, for each row, the passages right before and right after it, where the same speaker says them."""
    listed = list(members)
    neighbours = found.generation.passages.neighbours([one.row for one in listed], 1)

    def same(one: StoredPassage, other: Sequence[StoredPassage]) -> StoredPassage | None:
        return other[0] if other and other[0].passage.speaker.name == one.passage.speaker.name else None

    return {
        one.row: (same(one, before), same(one, after)) for one, (before, after) in zip(listed, neighbours, strict=True)
    }


class _Scales:
    """Weighs the passages of one search."""

    def __init__(self, found: Candidates, particulars: Particulars) -> None:
        self._found, self._plan, self._particulars = found, found.plan, particulars
        self._marker = Marker(found.plan, found.generation.analyser())
        self._meaning = Meaning(found.vectors)
        self._binding = Binding(found.generation, found.plan)
        self._language = dominant_language(found.plan.parsed.text)
        self._matches: dict[str, tuple[Match, ...]] = {}
        spans = [owning(found.plan.parsed.text, chip.span) for chip in self._plan.chips if chip.active]
        named = [
            one.label
            for one in self._plan.sought
            if any(start <= one.span[0] and one.span[1] <= end for start, end in spans)
        ]
        somebody = any(chip.active and chip.kind in _SOMEBODY for chip in self._plan.chips)
        nothing_else = all(one.label in named or one.label in FRAMING for one in self._plan.sought)
        self._told = Told(self._plan, frozenset(named), names_only=somebody and nothing_else)
        self._rival: float | None = None
        question = found.plan.parsed.text
        self._wants_figure = bool(kinds_asked(question) & FIGURES - {Wanted.SHARE}) and not any(
            is_whole(question, one.span[0]) for one in self._plan.sought
        )
        self._question = fold(found.plan.parsed.text)
        self._supposes = supposes(self._question)
        self._event = event_of(question) if Wanted.REASON in kinds_asked(question) else None
        self._subject = Subject(self._plan)

    def compare(self, scores: Sequence[float]) -> None:
        """Take the scores of all units that may answer, best first, for what the lead is over."""
        self._rival = scores[:RIVAL][-1] if len(scores) > 1 else None

    def holding(self, unit: Unit) -> tuple[Member, ...]:
        """Return the members of a unit that may answer."""
        return tuple(
            member
            for member in unit.members
            if self._binding.holds(member.stored, member.asked, self._in(member.stored.passage.text))
        )

    def weigh(self, unit: Unit, member: Member, before: StoredPassage | None) -> Weighed:
        """Return a passage with what speaks for it; `before` is what its speaker said right before it."""
        stored = member.stored
        said = self._in(stored.passage.text)
        asked = {one.row: self._in(one.passage.text) for one in member.asked}
        nearby = [match for row, found in asked.items() if row != stored.row for match in found]
        around = [*self._in(stored.passage.heading or ""), *(self._in(before.passage.text) if before else ())]
        levels = ((_labels(nearby), ASKED), (_labels(around), AROUND))
        sentences = self._meaning.sentences(stored, unit.exchange)
        picked = pick_sentences(stored.passage.text, sentences, said, self._told, levels)
        here = _told(stored, sentences, said)
        back = _labels(match for match in said if match not in here)
        lead = USUAL_LEAD if self._rival is None else min(MOST_LEAD, max(0.0, member.score - self._rival))
        whole, passage = self._meaning.of_passage(stored.row)
        question = ASKED_WORTH * self._meaning.of_question([one for one in member.asked if one.row != stored.row])
        nearest = max(picked.likeness, question) if self._meaning.has_sentences else passage
        evidence = Evidence(
            sentence=round(self._meaning.cosine(nearest), 4),
            passage=round(whole, 4),
            lead=round(lead, 4),
            share=round(self._told.graded([(_labels(here), 1.0), *levels]), 4),
            foreign=stored.passage.language != self._language,
            kinds=round(picked.kinds, 4),
            sentence_deviations=round(nearest, 4),
            passage_deviations=round(passage, 4),
            without_figure=bool(picked.missing & FIGURES),
            opposed=self._opposed(member, picked),
            elsewhere=self._elsewhere(member, picked, before),
            untold=self._untold(member, [*said, *nearby, *around]),
        )
        sure = confidence(evidence, vectors=bool(self._meaning))
        asks_back = self._told.share(back) > self._told.share(_labels(here))
        return Weighed(unit, member, picked, evidence, sure, said, asked, asks_back)

    def _opposed(self, member: Member, picked: Picked) -> bool:
        """Tell whether the sentences go the other way than the question supposes; not of what asks itself."""
        if not self._supposes or member.stored.asks:
            return False
        passage = member.stored.passage
        about = [
            fold(self._subject.spoken_of(text, self._in(text)))
            for text in (passage.text, passage.heading or "", *(one.passage.text for one in member.asked))
        ]
        return opposed(self._question, fold(_shown(passage.text, picked)), about[1:], about[0])

    def _elsewhere(self, member: Member, picked: Picked, before: StoredPassage | None) -> bool:
        """Tell whether the sentences tell of another place, or in another currency, than the question pins down."""
        if not self._particulars:
            return False
        one = member.stored
        near = (*member.asked, *((before,) if before else ()))
        around = (one.passage.heading or "", one.transcript.title, *(each.passage.text for each in near))
        return self._particulars.elsewhere(_shown(one.passage.text, picked), one.passage.text, around)

    def _untold(self, member: Member, found: Iterable[Match]) -> bool:
        """Tell whether nothing in or around a passage tells of that of which the question wants the reason."""
        if self._event is None or member.stored.asks:
            return False
        return not is_told(self._plan, self._event, _labels(found))

    def _in(self, text: str) -> tuple[Match, ...]:
        """Return what of the plan stands in a text; where a figure is asked, not that of which it tells a share."""
        if text not in self._matches:
            found = self._marker.matches(text) if text else ()
            told = (one for one in found if not (self._wants_figure and is_whole(text, one.span[0])))
            self._matches[text] = tuple(told)
        return self._matches[text]


def _shown(text: str, picked: Picked) -> str:
    return " ".join(text[slice(*span)] for span in picked.spans)


def _told(one: StoredPassage, sentences: Sequence[Sentence], said: Sequence[Match]) -> Sequence[Match]:
    """Return what of the plan stands in what a passage tells: what it asks back at its end is told by others."""
    end = max((sentence.span[1] for sentence in sentences if sentence.fit), default=0)
    return said if one.asks else [match for match in said if match.span[1] <= end]


def _labels(found: Iterable[Match]) -> frozenset[str]:
    return frozenset(match.label for match in found)
