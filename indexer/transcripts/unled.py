"""Who asks at a call with investors at which nobody calls people to ask, as recorders write such calls down."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts import question_acts
from indexer.transcripts.courtesy import Weight, weight_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.model import Speaker
    from indexer.transcripts.turns import SpokenTurn

_WITH_INVESTORS = re.compile(
    r"业绩|業績|交流会|交流會|调研|調研|投资者|投資者|投资人|投資人|路演|说明会|說明會|法说会|法說會|财报|財報|分析师|分析師"
    r"|\bearnings\b|\bresults\b|\binvestors?\b|\banalysts?\b|\broadshow\b|\bshareholders?\b|\bAGM\b|\bannual general\b"
    r"|\bcapital markets day\b",
    re.IGNORECASE,
)
_AMONG_COLLEAGUES = re.compile(
    r"内部|內部|周会|週會|例会|例會|复盘|復盤|部门|部門|预算|預算|用户|用戶|\b(?:team|weekly|sync|stand-?up|internal|survey|user"
    r"|prep|rehearsal|dry run|planning|retrospective)\b",
    re.IGNORECASE,
)
_MOSTLY = 0.6
_HALF = 0.5


def is_with_investors(about: str) -> bool:
    """Whether a title, and what else stands above the record, tell of a company that speaks to investors."""
    return bool(_WITH_INVESTORS.search(about)) and not _AMONG_COLLEAGUES.search(about)


def uncalled_askers(turns: Sequence[SpokenTurn]) -> set[Speaker]:
    """Return who only asks, though nobody calls them to: analysts, where a company speaks to investors.

    Such a person has neither title nor role, is not the first to speak, begins with a question and puts one in most of
    what he says, is answered by somebody who does more than ask, and does not say half of all that is said.
    """
    spoken = [turn for turn in turns if turn.attributed and weight_of(turn.text, frozenset()) is Weight.CONTENT]
    if not spoken:
        return set()
    said: defaultdict[Speaker, list[SpokenTurn]] = defaultdict(list)
    for turn in spoken:
        said[turn.speaker].append(turn)
    asking = {who for who, own in said.items() if who != spoken[0].speaker and _only_asks(own)}
    whole = sum(len(turn.text) for turn in spoken)
    answered = _answered(spoken, asking)
    return {who for who in asking if answered[who] and sum(len(turn.text) for turn in said[who]) < _HALF * whole}


def _only_asks(own: Sequence[SpokenTurn]) -> bool:
    """Whether somebody whose part in the call is open asks first and most of the time."""
    speaker = own[0].speaker
    if speaker.role is not Role.OTHER or speaker.title or any(turn.asks is not None for turn in own):
        return False
    asks = [question_acts.asks(turn.text) for turn in own]
    return asks[0] and sum(asks) >= _MOSTLY * len(asks)


def _answered(spoken: Sequence[SpokenTurn], asking: set[Speaker]) -> Mapping[Speaker, bool]:
    """Return whom somebody answers who does more than ask."""
    found: defaultdict[Speaker, bool] = defaultdict(bool)
    for turn, following in itertools.pairwise(spoken):
        if turn.speaker in asking and following.speaker not in asking:
            found[turn.speaker] = True
    return found
