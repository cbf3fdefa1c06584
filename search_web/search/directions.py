"""Which way a question says that something went, and whether a passage tells only the opposite.

Who asks why revenue fell where it only rose supposes what nobody said. Such a passage has nearly all the words of the
question and lacks the one that matters. Signs on the surface only: of each pair of opposites a question has one side,
and a passage is opposed when it has nothing of that side, however said, and has the other. Works on folded text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two opposites: the words that tell it outright, and those that may be meant by it."""

    told: re.Pattern[str]
    hinted: re.Pattern[str]


_UP = _Side(
    re.compile(
        r"上升|增长|增加|大增|大涨|激增|骤增|飙升|猛增|提高|提升|上涨|加快|加速|回升|走高|上调|改善"
        r"|\b(?:r[io]s(?:e|es|en|ing)|gr[eo]w(?:s|n|ing)?|increas\w+|improv\w+|accelerat\w+|climb\w*|rais(?:e"
        r"|es|ed|ing))\b"
    ),
    re.compile(
        r"扩大|更[高多快好]|高于|涨|快于|新高|\b(?:up|higher|more|better|faster|expan\w+|gain\w*|growth|record"
        r"|strong\w*|doubl\w+)\b"
    ),
)
_DOWN = _Side(
    re.compile(
        r"下降|下滑|减少|大降|大跌|骤降|锐减|暴跌|降低|下跌|放缓|变慢|减速|下调|走低|回落|负增长|萎缩|恶化"
        r"|\b(?:f[ae]ll(?:s|en|ing)?|drop(?:s|ped|ping)?|declin\w+|decreas\w+|sh[ra]+nk\w*|slow(?:s|ed|ing|er"
        r"|down)?|decelerat\w+"
        r"|weaken\w*|worsen\w*|lower(?:ed|ing)?|cut(?:s|ting)?|reduc\w+)\b"
    ),
    re.compile(
        r"收窄|缩小|更[低少慢差]|低于|降|慢|跌|亏|压力|逆风|拖累|不如|疲|减|收缩"
        r"|\b(?:down|less|fewer|lower|below|behind|headwinds?|pressures?|soft\w*|weak\w*|negative\w*"
        r"|loss(?:es)?|lost|hurt|delay\w*|lag\w*"
        r"|impact\w*|offset\w*|worse|compress\w+|dilut\w+|disappoint\w*|churn\w*|fade[sd]?|eas(?:e|ed|ing)|narrow\w*)\b"
    ),
)
_INTO_LOSS = _Side(
    re.compile(
        r"转亏|转为亏损|由盈转亏|陷入亏损|\b(?:swung|swing|turn(?:ed)?|slip(?:ped)?|fell|fall) (?:in)?to (?:a "
        r"|an )?(?:\w+ )?loss\b"
    ),
    re.compile(r"亏损(?:扩大|增加)"),
)
_INTO_PROFIT = _Side(
    re.compile(
        r"扭亏|转盈|由亏转盈|(?:盈利|利润)[^,。;]{0,6}转(?:为)?正|首次[^,。;]{0,6}盈利|实现盈利"
        r"|\b(?:turn(?:ed)?|became|become|reach(?:ed)?|first) (?:\w+ )?profit(?:able|ability)?\b|\bbreak(?:s"
        r"|ing)? ?even\b|\bbroke even\b"
    ),
    re.compile(r"盈利|\bprofit\w*\b"),
)
_PAIRS = ((_UP, _DOWN), (_DOWN, _UP), (_INTO_LOSS, _INTO_PROFIT), (_INTO_PROFIT, _INTO_LOSS))


def supposes(question: str) -> bool:
    """Tell whether a folded question says which way something went."""
    return any(asked.told.search(question) and not other.told.search(question) for asked, other in _PAIRS)


def tells_direction(folded: str, *, outright: bool = False) -> bool:
    """Tell whether some words say, or unless `outright` also whether they hint at, which way something went."""
    return any(side.told.search(folded) or (not outright and side.hinted.search(folded)) for side, _ in _PAIRS)


def opposed(question: str, shown: str, around: Iterable[str], subject: str = "") -> bool:
    """Tell whether what would be shown goes the other way than the question supposes.

    All are folded. `subject` are the sentences of the passage about the very thing of which the question supposes it:
    where these tell only the opposite, nothing else that is shown bears the question out. `around` is what may bear it
    out too: the passage, its heading, the analyst's question. A question that has both sides, such as why growth slowed
    as costs rose, supposes nothing.
    """
    rest = tuple(around)
    for asked, other in _PAIRS:
        if not asked.told.search(question) or other.told.search(question):
            continue
        if any(asked.told.search(text) or asked.hinted.search(text) for text in (subject, *rest)):
            continue
        if other.told.search(subject):
            return True
        if other.told.search(shown) and not (asked.told.search(shown) or asked.hinted.search(shown)):
            return True
    return False
