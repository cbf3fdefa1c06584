"""Which sentences of a passage answer: the best one, and neighbours that carry what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.text.stemmer import stem
from search_web.search.question_kinds import kinds_asked, kinds_carried

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from search_web.search.highlight import Match
    from search_web.search.patterns import Span
    from search_web.search.plan import QueryPlan

MOST_SENTENCES = 3
REACH = 2
"""How many sentences away a neighbour may stand that carries the reason, the figure, the time or the person."""

SHARE_WORTH = 0.5
"""What all the words of the question are worth beside a cosine of 1."""

KIND_WORTH = 0.1
"""What carrying the kind of thing that was asked for is worth, in cosine."""

# Words that frame a question and are seldom said in its answer, as the index has them: stemmed, and folded.
_FRAMING_WORDS = """
    management company plan plans planning expect expecting think thinking view views see explain reason reasons cause
    question wonder comment color outlook main
    管理层 公司 贵公司 计划 打算 预计 认为 看待 怎么看 情况 原因 问题 主要 介绍 未来 目前 请教 董秘"""
FRAMING = frozenset(stem(word) for word in _FRAMING_WORDS.split())

NEWS = 0.15
"""The share of the question's information from which on a sentence next to the best one adds something."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a passage: its place, its cosine with the question, and whether it is fit to be shown alone."""

    span: Span
    cosine: float
    fit: bool = True


def pick_sentences(
    text: str, sentences: Sequence[Sentence], found: Sequence[Match], plan: QueryPlan
) -> tuple[Span, ...]:
    """Return the spans of one to three sentences that answer, in reading order; none when there is no sentence.

    `found` is what of the plan stands in the text. A sentence that is not fit (a greeting, a question back) is taken
    only when there is no other.
    """
    choice = [sentence for sentence in sentences if sentence.fit] or list(sentences)
    if not choice:
        return ()
    asked = kinds_asked(plan.parsed.text)
    carried = [kinds_carried(text[slice(*one.span)], asked) for one in choice]
    labels = [_labels(one.span, found) for one in choice]

    def worth(place: int) -> float:
        kinds = len(carried[place]) / len(asked) if asked else 0.0
        if asked & kinds_asked(text[slice(*choice[place].span)]):
            kinds = 0.0  # It asks the same itself, as in "some wonder why".
        return choice[place].cosine + SHARE_WORTH * share(plan, labels[place]) + KIND_WORTH * kinds

    best = max(range(len(choice)), key=worth)
    picked = {best}
    for kind in sorted(asked - carried[best]):
        near = [
            place for place in range(max(0, best - REACH), min(len(choice), best + REACH + 1)) if kind in carried[place]
        ]
        if near and len(picked) < MOST_SENTENCES:
            picked.add(max(near, key=worth))
    for place in (best + 1, best - 1):
        if len(picked) < MOST_SENTENCES and 0 <= place < len(choice) and place not in picked:
            said = set().union(*(labels[one] for one in picked))
            if share(plan, said | labels[place]) - share(plan, said) >= NEWS:
                picked.add(place)
    return tuple(choice[place].span for place in sorted(picked))


def kinds_met(question: str, text: str, picked: Sequence[Span]) -> float:
    """Return the share of the kinds of things that a question asks for which the picked sentences carry."""
    asked = kinds_asked(question)
    met = {kind for start, end in picked for kind in kinds_carried(text[start:end], asked)}
    return len(met) / len(asked) if asked else 1.0


def share(plan: QueryPlan, labels: Collection[str]) -> float:
    """Return how much of what the question tells was found, from 0 to 1, by the labels of what was found.

    An added term counts for the words that called it up, times its weight, as far as these were not found themselves.
    """
    asked = [sought for sought in plan.sought if sought.label not in FRAMING] or plan.sought
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


def _labels(span: Span, found: Iterable[Match]) -> set[str]:
    return {match.label for match in found if span[0] <= match.span[0] and match.span[1] <= span[1]}
