"""What a question pins down, a place or a currency: what is told of another one does not answer it.

Who asks for the revenue in Brazil is not answered by the revenue of everywhere, though it has nearly all the words. The
places are those of the glossary, in both languages. A place may also be told by the analyst's question, the heading or
what was said before, unless the sentences that would be shown tell of another place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.text.normalise import fold
from search_web.search.names import units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.text.glossary_file import Concept
    from search_web.search.patterns import Span

LONGEST = 40
"""A longer question, in words and Han characters, tells a story with places of its own."""

_DOMAIN = "places"

_PEOPLE_OF = r"(?:n|an|ian|ean|ese|ish)"
_NO_PLACE = r"(?! ?(?:dollars?|gaap\b|treasur))"
_AT_HOME = re.compile(r"本土|\bdomestic")
_IN_CHINA = re.compile("国内|内地|大陆|全国")
# How a currency is called by name, and how its amounts are marked beside that.
_CURRENCIES = (
    (
        r"\busd\b|(?<!hong kong )(?<!canadian )(?<!australian )(?<!singapore )(?<!taiwan )\bdollars?\b|美元|美金",
        r"(?<![a-z])(?:us)?\$",
    ),
    (r"\beuros?\b|\beur\b|欧元", "€"),
    (r"\bgbp\b|\bpounds?\b|\bsterling\b|英镑", "£"),
    (r"\byen\b|\bjpy\b|日元|日圆", "¥"),
    (r"\bhkd\b|\bhong kong dollars?\b|港元|港币", r"\bhk\$"),
    (r"\bntd\b|\btwd\b|\btaiwan dollars?\b|台币", r"\bnt\$"),
    (r"\bkrw\b|\bkorean won\b|韩元", "₩"),
    (r"\binr\b|\brupees?\b|卢比", "₹"),
    (r"\bsgd\b|\bsingapore dollars?\b|新加坡元|新元", r"\bs\$"),
    (r"\brmb\b|\bcny\b|\byuan\b|\brenminbi\b|人民币", "¥|(?<![美欧日港韩坡新])元"),
)
_MEANT = [
    (
        re.compile(
            rf"(?:多少|几|折合|合|以|按)[百千万亿]{{0,4}}(?:{name})"
            rf"|\b(?:in|into|how many) (?:[a-z]+ )?(?:(?:billions?|millions?) (?:of )?)?(?:{name})(?= |[?.,]|$)"
        ),
        re.compile(f"{name}|{mark}"),
    )
    for name, mark in _CURRENCIES
]
"""What asks for a figure in a currency, and what of a text is in it."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the glossary by its folded names.

    `folded` finds it in folded text, `cased` in verbatim text, where capitals tell it.
    """

    names: frozenset[str]
    folded: re.Pattern[str]
    cased: re.Pattern[str] | None

    def within(self, text: str, folded: str) -> bool:
        """Tell whether a text names the place; `folded` is the text, folded."""
        return bool(self.folded.search(folded) or (self.cased and self.cased.search(text)))


def known_places(concepts: Iterable[Concept]) -> tuple[Place, ...]:
    """Return the places of a glossary that have a name: Brazil, but not "overseas"."""
    return tuple(
        _place(concept)
        for concept in concepts
        if concept.domain == _DOMAIN and concept.english and concept.english[0].text[:1].isupper()
    )


def _place(concept: Concept) -> Place:
    free = {fold(writing) for term in concept.terms if not term.cased for writing in (term.text, *term.writings)}
    written = sorted({way for name in free for way in _ways(name)}, key=lambda way: (-len(way), way))
    cased = [re.escape(term.text) for term in concept.terms if term.cased]
    dotted = [r"\.".join(map(re.escape, term.text)) + r"\.?" for term in concept.terms if term.cased]
    capitals = rf"(?<![\w.])(?:{'|'.join([*dotted, *cased])})(?![\w$]){_NO_PLACE}"
    return Place(frozenset(free), re.compile("|".join(written)), re.compile(capitals) if cased else None)


def _ways(name: str) -> tuple[str, ...]:
    """Return patterns for a folded name, in Latin letters also for what comes from there: Brazilian, European."""
    if re.search(f"[{HAN}]", name):
        return (re.escape(name),)
    stem = name[:-1] if name[-1] in "aeiouy" and " " not in name else name
    bare = "?" if name.endswith("y") else ""
    return (
        rf"\b{re.escape(name)}(?:n|['’]?s)?\b{_NO_PLACE}",
        rf"\b{re.escape(stem)}{_PEOPLE_OF}{bare}\b{_NO_PLACE}",
    )


class Particulars:
    """What one question pins down. `names` are the places in it of what is named, in which no place is meant."""

    def __init__(self, question: str, places: Sequence[Place], names: Iterable[Span], *, wants_figure: bool) -> None:
        short = len(units(question)) <= LONGEST
        for start, end in names:
            question = question[:start] + " " * (end - start) + question[end:]
        folded = " ".join(fold(question).split())
        self._all = places
        self._places = [place for place in places if short and place.within(question, folded)]
        self._currencies = [meant for asked, meant in _MEANT if short and wants_figure and asked.search(folded)]

    def __bool__(self) -> bool:
        return bool(self._places or self._currencies)

    def elsewhere(self, shown: str, passage: str, around: Sequence[str]) -> bool:
        """Tell whether what would be shown of a passage tells of another place or in another currency."""
        folded = fold(passage)
        if any(not currency.search(folded) for currency in self._currencies):
            return True
        at_home = _IN_CHINA.search(folded)
        missing = [
            place
            for place in self._places
            if not place.within(passage, folded) and not (at_home and "中国" in place.names)
        ]
        if not missing or _AT_HOME.search(folded):
            return False
        others = [place for place in self._all if place not in self._places]
        if any(place.within(shown, fold(shown)) for place in others):
            return True
        return any(not any(place.within(text, fold(text)) for text in around) for place in missing)
