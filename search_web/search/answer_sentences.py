"""Which sentences of a passage answer: the best one, and neighbours that carry what it lacks.

A sentence is read with what stands before it. What a question is about is often named once, in the analyst's question,
in the heading, or a sentence or two before the one that gives the reason; so what stands there counts for the
sentence too, less the further away it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from indexer.text.stemmer import stem
from search_web.search.question_kinds import (
    Wanted,
    announces,
    hands_over,
    kinds_asked,
    kinds_carried,
    repeats_question,
    tells_earlier,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from search_web.search.highlight import Match
    from search_web.search.patterns import Span
    from search_web.search.plan import QueryPlan

MOST_SENTENCES = 3
REACH = 2
"""How many sentences away a neighbour may stand that carries the reason, the figure, the time or the person."""

SHARE_WORTH = 5.0
"""What all the words of the question are worth, in standard deviations of likeness."""

KIND_WORTH = 1.0
"""What carrying the kind of thing that was asked for is worth."""

REPEAT_COST = 3.0
"""What a sentence loses that only says which question comes next: what it names is answered behind it."""

BEFORE = (0.7, 0.5)
"""What a word of the question counts that stands in the sentence before, or in the one before that."""

ASKED = 0.6
"""What it counts when it stands in the analyst's question, to which all of an answer is one."""

AROUND = 0.4
"""What it counts when it stands elsewhere: in the passage before or the heading."""

# Words that frame a question and are seldom said in its answer, as the index has them: stemmed, and folded.
_FRAMING_WORDS = """
    management company plan plans planning expect expecting think thinking view views see explain reason reasons cause
    caused causing drive drives driving question wonder comment color outlook main much many does do did still really
    tell give happen happened anyone anybody someone somebody mention mentioned discuss discussed discussion talk talked
    say said true compare compared commented ask asks asked asking question questions
    管理层 公司 贵公司 计划 打算 预计 认为 看待 怎么看 情况 原因 问题 主要 介绍 未来 目前 请教 董秘 谁 哪些
    人 有人 提到 提及 谈到 谈及 说到 讨论 看法 评价 具体 大概 大约 时候 分别 表示 会议 会上 问 问过 问到 提问 追问
    哪 哪里 钱 怎么 怎样 如何 还在 会不会 是否 有没有 多少 几 本季 本季度"""
FRAMING = frozenset(stem(word) for word in _FRAMING_WORDS.split())

NEWS = 0.15
"""The share of the question's information from which on a sentence next to the best one adds something."""


Level = tuple[frozenset[str], float]
"""The labels of what of the plan stands somewhere, and what a word of the question counts there."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its place, and whether it is fit to be shown alone.

    `likeness` to the question is in standard deviations above what is usual in the index.
    """

    span: Span
    likeness: float
    fit: bool = True


@dataclass(frozen=True, slots=True)
class Picked:
    """The sentences that answer, in reading order.

    `kinds` is the share of the kinds of things asked for that the sentences carry, 1 when none is, and `missing` are
    those that they do not; `likeness` that of
    the nearest sentence of the passage that may be shown. `announces` tells that the best sentence only says what is
    told behind the passage; where it is told in it, the sentence behind the announcement is the best one.
    """

    spans: tuple[Span, ...]
    kinds: float
    likeness: float
    missing: frozenset[Wanted] = frozenset()
    announces: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """How much of what a question tells was found, by the labels of what was found.

    `bound` are the labels of the words that name what all passages are about: a company, a period, who speaks. They do
    not count. `names_only` tells that the question has nothing besides: everything that somebody asked is all of what
    they asked.
    """

    plan: QueryPlan
    bound: frozenset[str] = frozenset()
    names_only: bool = False
    _known: dict[frozenset[str], float] = field(default_factory=dict)

    def share(self, labels: Collection[str]) -> float:
        """Return the share, from 0 to 1."""
        if self.names_only:
            return 1.0
        key = frozenset(labels)
        if key not in self._known:
            self._known[key] = share(self.plan, key, self.bound)
        return self._known[key]

    def graded(self, levels: Iterable[tuple[Collection[str], float]]) -> float:
        """Return the share where what each further level adds counts with its weight."""
        total, before, said = 0.0, 0.0, frozenset[str]()
        for labels, weight in levels:
            said = said.union(labels)
            here = self.share(said)
            total += weight * (here - before)
            before = here
        return total


def pick_sentences(
    text: str, sentences: Sequence[Sentence], found: Sequence[Match], told: Told, levels: Sequence[Level] = ()
) -> Picked:
    """Return the one to three sentences that answer; none when there is no sentence.

    `found` is what of the plan stands in the text, `levels` what stands around it, the heaviest first. A sentence
    that is not fit (a greeting, a question back) is taken only when there is no other.
    """
    places = [place for place, one in enumerate(sentences) if one.fit] or list(range(len(sentences)))
    if not places:
        return Picked((), 0.0, 0.0)
    read = _Reading(text, sentences, found, told)
    asked, labels = read.asked, read.labels
    worth = {place: read.worth(place, levels) for place in places}
    best = max(places, key=lambda place: (worth[place], -place))
    while read.announces[best] and best < places[-1]:
        best = next(place for place in places if place > best)
    picked = {best}
    if read.supersedes[best] and best + 1 in worth:
        picked.add(best + 1)
    for kind in sorted(asked - read.carried[best]):
        near = [place for place in places if abs(place - best) <= REACH and kind in read.carried[place]]
        if near and len(picked) < MOST_SENTENCES:
            picked.add(max(near, key=lambda place: worth[place]))
    if Wanted.REASON in asked and not any(Wanted.REASON in read.carried[place] for place in picked):
        # What gives a reason without a word for it mostly stands behind what it explains.
        picked.update([best + 1] if best + 1 in worth and len(picked) < MOST_SENTENCES else [])
    for place in (best + 1, best - 1):
        if len(picked) < MOST_SENTENCES and place in worth and place not in picked:
            said = frozenset[str]().union(*(labels[one] for one in picked))
            if told.share(said | labels[place]) - told.share(said) >= NEWS:
                picked.add(place)
    met = {kind for place in picked for kind in read.carried[place]}
    return Picked(
        spans=tuple(sentences[place].span for place in sorted(picked)),
        kinds=len(met) / len(asked) if asked else 1.0,
        likeness=max((one.likeness for one in sentences if one.fit), default=0.0),
        missing=asked - met,
        announces=read.announces[best],
    )


class _Reading:
    """The sentences of one passage as they are read one after the other."""

    def __init__(self, text: str, sentences: Sequence[Sentence], found: Sequence[Match], told: Told) -> None:
        said = [text[slice(*one.span)] for one in sentences]
        self.asked = kinds_asked(told.plan.parsed.text)
        self.labels = [_labels(one.span, found) for one in sentences]
        self.carried = [kinds_carried(one, self.asked) for one in said]
        self._sentences, self._told = sentences, told
        # Who is called on to speak, is told by who calls.
        silent = Wanted.PERSON not in self.asked
        self.announces = [announces(one) or (silent and hands_over(one)) for one in said]
        self.supersedes = [tells_earlier(one) for one in said]
        self._repeats = [repeats_question(one) for one in said]
        self._asks = [bool(self.asked & kinds_asked(one)) for one in said]

    def worth(self, place: int, levels: Sequence[Level]) -> float:
        """Return what a sentence is worth as the answer."""
        kinds = len(self.carried[place]) / len(self.asked) if self.asked else 0.0
        if self._asks[place]:
            kinds = 0.0  # It asks the same itself, as in "some wonder why".
        cost = REPEAT_COST if self._repeats[place] and place + 1 < len(self._sentences) else 0.0
        before = [(self.labels[place - back], weight) for back, weight in enumerate(BEFORE, 1) if place >= back]
        told = self._told.graded([(self.labels[place], 1.0), *before, *levels])
        return self._sentences[place].likeness + SHARE_WORTH * told + KIND_WORTH * kinds - cost


def share(plan: QueryPlan, labels: Collection[str], bound: Collection[str] = ()) -> float:
    """Return how much of what the question tells was found, from 0 to 1, by the labels of what was found.

    An added term counts for the words that called it up, times its weight, as far as these were not found themselves;
    the `bound` ones count nothing.
    """
    free = [sought for sought in plan.sought if sought.label not in bound] or plan.sought
    frames = [sought.span for sought in plan.sought if sought.label in FRAMING]
    asked = [
        one for one in free if not any(start <= one.span[0] and one.span[1] <= end for start, end in frames)
    ] or free
    own = [sought for sought in asked if sought.label in labels]
    told = sum(sought.information for sought in own)
    whole = sum(sought.information for sought in asked)
    gains: dict[Span, float] = {}
    for added in plan.added:
        if added.active and added.expansion.term in labels:
            span = (added.expansion.start, added.expansion.end)
            here = sum(one.information for one in own if span[0] <= one.span[0] and one.span[1] <= span[1])
            meant = sum(one.information for one in asked if span[0] <= one.span[0] and one.span[1] <= span[1])
            gain = added.weight * meant - here
            gains[span] = max(gain, gains.get(span, 0.0))
    return min(1.0, (told + sum(gains.values())) / whole) if whole else 0.0


def _labels(span: Span, found: Iterable[Match]) -> frozenset[str]:
    return frozenset(match.label for match in found if span[0] <= match.span[0] and match.span[1] <= span[1])
