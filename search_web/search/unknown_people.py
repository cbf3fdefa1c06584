"""People whom a question asks after and whom the index may not hold: what did Jane Roe say, 王小明怎么看.

Of somebody who never speaks and is never spoken of there is nothing to tell, however many others speak of the matter.
Whether a name is meant is read off what the question wants of it: a Chinese one begins with a surname and stands right
before what it is said to have said; of an English one each word has a capital.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.text.normalise import fold
from search_web.search.pinyin import SURNAMES, readings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from search_web.search.patterns import Span

_SAYING = (
    r"(?:怎么|如何|怎样)(?:看|说|评价|回答|回应|解释|认为)|(?:说|谈|提|讲)(?:过|到|了|的)|认为|表示"
    r"|对.{1,20}(?:怎么看|有什么看法|的看法)"
)
_HAN_SAYER = re.compile(
    rf"(?:^|[,，。;；:：、\s?？]|请问|那么)(?P<name>[{HAN}]{{2,4}}?)(?:先生|女士|博士)?(?={_SAYING})"
)
_LATIN_SAYER = re.compile(
    r"\b(?:did|does|do|has|would|according to|was"
    r"|is)\s+(?P<name>[A-Z][a-z]+(?:\s[A-Z]\.)?(?:[ -][A-Z][\w’'-]+){1,2})(?=\s+(?:say|said|think|comment"
    r"|mention|answer|explain|ask|talk|describe|expect|respond|see|view|argue|suggest|believe|tell|told|promise|warn|predict)\w*\b|[?,]|\s*$)"
)
# Characters with which a word for a group or a thing ends, but hardly a given name.
_NO_PERSON = frozenset("层方司家们员者界业部会行团队商")
_LONGEST_HAN = 3


def in_pinyin(name: str) -> tuple[str, ...]:
    """Return how a Chinese name is written in Latin letters, in either order; nothing for another name."""
    folded = fold(name)
    surname = folded[:2] if folded[:2] in SURNAMES else folded[:1]
    if surname not in SURNAMES:
        return ()
    given = "".join(min(readings(char), default="") for char in folded[len(surname) :])
    return f"{SURNAMES[surname]} {given}", f"{given} {SURNAMES[surname]}"


def people_named(question: str, is_word: Callable[[str], bool]) -> Iterator[Span]:
    """Yield where a question names somebody of whom it wants what they said."""
    for match in _HAN_SAYER.finditer(question):
        name = fold(match["name"])
        surname = name[:2] if name[:2] in SURNAMES else name[:1]
        whole = len(surname) < len(name) <= _LONGEST_HAN + (len(surname) > 1)
        if surname in SURNAMES and whole and name[-1] not in _NO_PERSON and not is_word(name):
            yield match.span("name")
    for match in _LATIN_SAYER.finditer(question):
        yield match.span("name")
