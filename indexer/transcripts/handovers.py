"""Hand-overs: what the end of one turn says about the person who speaks next."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.transcripts.acts import calls_an_asker
from indexer.transcripts.names import is_full_latin_name, is_han_name, is_latin_name
from indexer.transcripts.nolabels import is_plausible_label
from indexer.transcripts.offices import is_broker
from indexer.transcripts.script import is_cjk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.transcripts.turns import CuedTurn

_SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
_SENTENCES_OF_A_HANDOVER = 2
_CALLED_ZH = re.compile(
    r"(?:有请|有請|请|請|交给|交給|转给|交由|邀请"
    r"|邀請)(?P<between>[^，。,；]{0,20}?)(?P<name>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?![A-Za-z])"
)
_SIGNS_ZH = ("请", "請", "交给", "交給", "转给", "交由")
_ENDING = 120
_CALLS = re.compile(
    r"有请|有請|请.{0,30}(?:提问|发言|讲话|介绍|回答)|請.{0,30}(?:提問|發言|說明|介紹|回答)|交给|交給|转给"
    r"|接下来|下一位|(?:来自|來自).{0,30}(?:提问|提問)"
    r"|question\b.{0,60}\b(?:from|is|by)\b|\b(?:turn|hand|pass)\b.{0,40}\bover\b|line of|over to|go ahead"
    r"|please proceed",
    re.IGNORECASE,
)
_FIRM = (
    r"(?P<firm>[A-Z][^,;!?]*?)(?=[,;!?]|(?<!Co)(?<!Inc)(?<!Ltd)(?<!Corp)(?<!\b[A-Z])\.(?:\s|$)"
    r"|\s+(?:please|your|with your|has|have|is|will|on the line|in the queue)\b|$)"
)
_FIRM_BEHIND = re.compile(rf",?\s+(?:from|with|of|at)\s+{_FIRM}")
_QUESTION_FROM = re.compile(
    r"(?:question|line)s?\b.{0,40}?\b(?:from|of|with)\s+(?:the line "
    r"of\s+)?(?P<name>[A-Z][\w'’.\-]*(?:\s+[A-Z][\w'’.\-]*){1,3})"
    rf"(?:\s*,?\s+(?:from|with|of|at)\s+{_FIRM})?",
)
_GIVEN_NAME = re.compile(
    rf"\b(?:from|to|is|with)\s+(?P<name>[A-Z][\w'’\-]+)(?:\s+[A-Z][\w'’.\-]+){{0,2}}\s+(?:from|with|at)\s+{_FIRM}"
)
_SHORTEST_PET_NAME = 3
_QUESTION_FROM_ZH = re.compile(
    r"(?:来自|來自)(?:于)?\s*(?P<firm>[^，。,的]{2,20})的\s*(?:分析师"
    r"|分析師)?\s*(?P<name>[A-Z][\w'’.\-]*(?:\s+[A-Z][\w'’.\-]*){0,3}|[\u4e00-\u9fff·]{2,8}?)(?:先生"
    r"|女士|分析师)?(?=[，。,！\s]|提问|$)"
)
_HOUSE_BEFORE = re.compile(
    r"(?:.*(?:[，。,：:！!、\s]|来自|來自|请|請|是|係|系|给|給|欢迎|歡迎))?(?:于|於)?"
    r"(?P<firm>[^，。,：:！!、\s的嘅]{2,14}?)\s*(?:的|嘅|之)?\s*(?:首席|资深|資深|高级|高級)?(?:行业|行業)?"
    r"(?:分析师|分析師|研究员|研究員|代表)?\s*$"
)
_LONGEST_CALL = 30
_QUESTIONS_FROM = ((_QUESTION_FROM, ("question", "line")), (_QUESTION_FROM_ZH, ("来自", "來自")))


@dataclass(frozen=True, slots=True)
class Called:
    """A person whom the operator calls for a question, with the firm if it is named."""

    name: str
    firm: str | None


def called_names(turns: Sequence[CuedTurn]) -> Mapping[str, str]:
    """Return other names that the text itself ties to names of speaker lines: {"Daniel": "张勇"}.

    Evidence is a turn that ends by asking one Latin name to speak ("下面，请 Daniel 发言。") right before
    the turn of somebody written in Chinese. A name that is called before two different people, or that is a
    speaker's own in this file, tells nothing.
    """
    own = {part for turn in turns if turn.cue for part in _parts(turn.cue.name, *turn.cue.other_names)}
    found: defaultdict[str, set[str]] = defaultdict(set)
    for before, after in pairwise(turns):
        if before.cue is None or after.cue is None or before.cue.name == after.cue.name:
            continue
        name = _called(before.text)
        if name and name not in own and is_cjk(after.cue.name[0]):
            found[name].add(after.cue.name)
    return {name: next(iter(people)) for name, people in found.items() if len(people) == 1}


def called_analysts(turns: Sequence[CuedTurn]) -> Mapping[str, Called]:
    """Return the speakers whom the turn before theirs calls for a question, by their name."""
    found: dict[str, Called] = {}
    for before, after in pairwise(turns):
        if after.cue is None:
            continue
        text = before.text
        if firm := _firm_called(after.cue.name, text):
            found.setdefault(after.cue.name, Called(after.cue.name, firm))
        for pattern, signs in _QUESTIONS_FROM:
            if not any(sign in text for sign in signs):
                continue
            for match in pattern.finditer(text):
                if _same_person(match["name"], after.cue.name):
                    firm = match["firm"]
                    found.setdefault(after.cue.name, Called(match["name"], firm.strip() if firm else None))
    return found


def calls(text: str, name: str) -> bool:
    """Whether the end of a text asks the bearer of a name to speak."""
    ending = text[-_ENDING:]
    return len(name) > 1 and name in ending and bool(_CALLS.search(ending)) and is_plausible_label(name)


def _firm_called(name: str, text: str) -> str | None:
    """Return the firm that stands behind a name in the words that call its bearer, or before it in Chinese."""
    if name not in text:
        return _firm_of_given_name(name, text)
    place = text.find(name)
    while place >= 0:
        if match := _FIRM_BEHIND.match(text, place + len(name)):
            return match["firm"].strip()
        place = text.find(name, place + 1)
    if house := _house_before(name, text):
        return house
    if "来自" not in text and "來自" not in text:
        return None
    before = rf"(?:来自|來自)(?:于)?\s*(?P<firm>[^，。,的]{{2,20}})的\s*(?:分析师|分析師)?\s*{re.escape(name)}"
    match = re.search(before, text)
    return match["firm"].strip() if match else None


def _house_before(name: str, text: str) -> str | None:
    """Return the bank, broker or fund right before a Chinese name in words that call its bearer to ask."""
    if not is_cjk(name[0]) or not calls_an_asker(text):
        return None
    place = text.rfind(name)
    match = _HOUSE_BEFORE.match(text[max(0, place - _LONGEST_CALL) : place])
    return match["firm"] if match and is_broker(match["firm"]) else None


def _firm_of_given_name(name: str, text: str) -> str | None:
    """Return the firm behind a given name with which a host calls the person who speaks next: "Will from Truist"."""
    given = next(iter(name.split(maxsplit=1)), "")
    # Most turns name nobody so: what is called is the given name, or as many letters of it.
    if given[:_SHORTEST_PET_NAME] not in text or not is_full_latin_name(name) or not calls_an_asker(text):
        return None
    for match in _GIVEN_NAME.finditer(text):
        called = match["name"]
        if given == called or (len(called) >= _SHORTEST_PET_NAME and given.startswith(called)):
            return match["firm"].strip()
    return None


def _called(text: str) -> str | None:
    if not any(sign in text for sign in _SIGNS_ZH):
        return None
    ending = "".join(_SENTENCE.findall(text)[-_SENTENCES_OF_A_HANDOVER:])
    names = [match["name"] for match in _CALLED_ZH.finditer(ending)]
    return names[-1] if names else None


def _parts(*names: str) -> set[str]:
    return {part for name in names for part in (name, *name.split())}


def _same_person(called: str, name: str) -> bool:
    """Whether two spellings share the full name, or the last one with the same initial; operators mishear."""
    if not (is_latin_name(name) or is_han_name(name)):
        return False
    first, second = called.casefold().split(), name.casefold().split()
    return first == second or (first[-1] == second[-1] and first[0][0] == second[0][0])
