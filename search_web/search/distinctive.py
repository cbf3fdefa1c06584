"""The terms that tell some passages from others: log-odds with an informative Dirichlet prior.

Monroe, Colaresi and Quinn, "Fightin' Words" (Political Analysis, 2008), equations 16 and 22. What is counted here is
not how often a term is said but in how many passages it stands, so that a word which one paragraph repeats ten times
counts once. For a term in y of n passages here and in y' of n' passages there, with a prior that both have it at the
rate r which it has in the whole index, worth p passages::

    a = p · r
    delta = ln((y + a) / (n + p - y - a)) - ln((y' + a) / (n' + p - y' - a))
    z = delta / sqrt(1 / (y + a) + 1 / (y' + a))

A term with a large z is said here more than chance explains; rare terms need more evidence than common ones.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.text.stopwords import is_stopword

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from indexer.text.token import Token

PRIOR = 100.0
LEAST_Z = 1.3
LEAST_PASSAGES = 2
MOST_TERMS = 20
LONGEST_RUN = 3

# How much oftener a word must stand by itself than within a longer term to be listed beside that.
_BEYOND = 1.5
_WORD = re.compile(rf"[{HAN}]{{2,}}|[^\W\d_{HAN}][^\W_{HAN}'’-]+(?:[-'’][^\W_{HAN}]+)*|[^\W\d_]\d+|\d+[^\W\d_]{{1,2}}")
# What is said around figures and turns, in any call and about anything.
_FILLERS = """
yes yeah okay ok thanks hi hello good morning afternoon evening operator next question go ahead sure right well now
let think know want see going make way thing lot bit really actually maybe around year years quarter quarters month
week january february march april june july august september october november december million billion percent
number first second third one two per back much
谢谢 好的 你好 大家好 各位 问题 回答 觉得 认为 知道 看到 时候 现在 情况 方面 一点 非常 比较 这块 包括 进行
来说 可能 已经 今年 去年 季度 第一 第二 第三 同比 的话 就是说 我会 其实 当中 一直 这种 那种 我觉得 我认为 比如
可能会 以来 大约 主要 部分 一般 两个 万个 亿元 继续
"""
_IS_FILLER = frozenset(_FILLERS.split())


@dataclass(frozen=True, slots=True)
class TermCounts:
    """In how many of some passages each term stands, and how it is mostly written there."""

    passages: int
    counts: Mapping[str, int]
    written: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class DistinctiveTerm:
    """A term, as it is mostly written, with the passages that have it here and there, and how sure that tells (z)."""

    text: str
    z: float
    here: int
    of_here: int
    there: int
    of_there: int


def count_terms(texts: Iterable[str], analyse: Callable[[str], Sequence[Token]]) -> TermCounts:
    """Count the words of some passages, as `analyse` cuts them: no function words, figures and single characters.

    Latin words side by side count together too, up to LONGEST_RUN of them: free cash flow. Such a run is its own term.
    """
    counts: Counter[str] = Counter()
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    passages = 0
    for text in texts:
        passages += 1
        seen: dict[str, str] = {}
        telling = [token for token in analyse(text) if _tells(token.term, text[token.start : token.end])]
        for token in telling:
            seen.setdefault(token.term, text[token.start : token.end])
        for written in _runs(text, telling):
            seen.setdefault(written.casefold(), written)
        counts.update(seen.keys())
        for term, written in seen.items():
            spellings[term][written] += 1
    return TermCounts(passages, counts, {term: _usual(found) for term, found in spellings.items()})


def distinctive_terms(
    own: TermCounts,
    elsewhere: Callable[[str], int],
    elsewhere_passages: int,
    rate: Callable[[str], float],
    *,
    limit: int = MOST_TERMS,
    worth: float = PRIOR,
    least: float = LEAST_Z,
) -> tuple[DistinctiveTerm, ...]:
    """Return what these passages say more than others do, the surest first.

    `elsewhere` tells in how many of the other passages a term stands, `rate` in what share of all passages. `worth` is
    how many passages the prior is worth, `least` the z that a term must have.
    """
    scored: list[tuple[float, str, int]] = []
    for term, here in own.counts.items():
        if here >= LEAST_PASSAGES:
            there = elsewhere(term)
            z = log_odds((here, own.passages), (there, elsewhere_passages), rate(term), worth)
            if z >= least:
                scored.append((z, term, there))
    scored.sort(key=lambda one: (-one[0], one[1]))
    chosen: list[tuple[float, str, int]] = []
    for z, term, there in scored:
        if not any(_is_part(term, other, own) for _, other, _ in chosen):
            chosen = [one for one in chosen if not _is_part(one[1], term, own)]
            chosen.append((z, term, there))
        if len(chosen) >= 2 * limit:
            break
    return tuple(
        DistinctiveTerm(own.written[term], round(z, 2), own.counts[term], own.passages, there, elsewhere_passages)
        for z, term, there in chosen[:limit]
    )


def log_odds(here: tuple[int, int], there: tuple[int, int], rate: float, worth: float = PRIOR) -> float:
    """Return z for a term that stands in so many of so many passages; see the beginning of this module."""
    (mine, of_mine), (others, of_others) = here, there
    prior = worth * min(max(rate, 0.5 / worth), 0.5)
    delta = math.log((mine + prior) / (of_mine + worth - mine - prior))
    delta -= math.log((others + prior) / (of_others + worth - others - prior))
    return delta / math.sqrt(1.0 / (mine + prior) + 1.0 / (others + prior))


def _runs(text: str, telling: Sequence[Token]) -> Iterator[str]:
    """Yield the runs of two and more Latin words with nothing but a blank between them."""
    run: list[tuple[int, int]] = []
    for token in telling:
        if not text[token.start].isascii() or (run and token.start < run[-1][1]):
            continue
        if not run or token.start != run[-1][1] + 1 or text[run[-1][1]] != " ":
            run = []
        run.append((token.start, token.end))
        for first, _ in run[-LONGEST_RUN:-1]:
            yield text[first : token.end]


def _tells(term: str, written: str) -> bool:
    return (
        bool(_WORD.fullmatch(written))
        and not is_stopword(term)
        and not is_stopword(written.casefold())
        and written.casefold() not in _IS_FILLER
    )


def _usual(spellings: Counter[str]) -> str:
    """Return the commonest spelling, in small letters where that is one too: a capital may only begin a sentence."""
    most = max(spellings, key=lambda one: (spellings[one], one))
    small = most.lower()
    return small if spellings[small] * 4 >= spellings[most] else most


def _is_part(term: str, other: str, own: TermCounts) -> bool:
    """Tell whether a term is listed already as a part of another that it mostly stands in."""
    part, whole = own.written[term].casefold(), own.written[other].casefold()
    return part != whole and part in whole and own.counts[term] <= _BEYOND * own.counts[other]
