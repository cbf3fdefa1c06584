"""Introductions: what prose says of people, their titles ("首席财务官徐宏") and second names ("徐宏（Toby Xu）")."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.transcripts.names import is_full_latin_name, is_han_name
from indexer.transcripts.offices import is_broker, is_title

if TYPE_CHECKING:
    from collections.abc import Iterable

_IN_BRACKETS = re.compile(r"[（(](?P<latin>[A-Z][A-Za-z.'’\- ]{1,40})[，,）)]")
_HAN_AT_END = re.compile(rf"[{HAN}·]{{2,24}}$")
_LATIN_FIRST = re.compile(
    rf"(?P<latin>[A-Z][A-Za-z.'’\-]+(?: [A-Z][A-Za-z.'’\-]+){{0,3}})\s?[（(](?P<han>[{HAN}·]{{2,12}})[）)]"
)
_LONGEST_NAME_WITH_TITLE = 24
_BEFORE_ZH = r"(?:^|[、：，。；\s]|有|和|及|与|由|请|还请到|以及|是|为)"
_AFTER_ZH = r"(?=先生|女士|博士|[、，。；和及与（(将为来做进就等]|出席|参加|參加|分别|分別|$|\s)"
_TITLE_EN = r"(?!(?:our|my|the|its|your)\b)[A-Za-z](?:(?!\b(?:our|my|the|its|are|is)\b)[A-Za-z&,'’\- ]){1,80}?"
_OFFICE_TOO = r"(?i:chief|president|c[a-z]o\b|chair|director|head|executive|vice|general|treasurer|founder|co-founder)"
_AFTER_EN = rf"(?=[.;:\n]|,\s|\s+(?:and\s+(?!{_OFFICE_TOO})|(?:will|to|at)\s)|$)"
_OWNER = re.compile(r"^\w+['’]s\s+")
_NO_TITLE = re.compile(
    r"\b(?:over|call|welcome|thank|turn|joined|today|conference|he|she|they|we|you|will|be|who|which|followed|by"
    r"|then|after|before|next)\b|['’](?:ll|s|ve|re)\b.*,|[我你您他她它们們]|指导|指導|是",
    re.IGNORECASE,
)
_HONORIFIC_EN = r"(?:(?:Mr|Ms|Mrs|Dr)\.?\s+)?"


def names_in_brackets(text: str, names: Iterable[str]) -> list[tuple[str, str]]:
    """Return pairs of names of one person, one in brackets behind the other, of which `names` has at least one.

    Where no blank parts a Chinese name from the title before it, the longest known or likely name ends it.
    """
    known = set(names)
    pairs: list[tuple[str, str]] = []
    for match in _IN_BRACKETS.finditer(text):
        end = match.start()
        if end and text[end - 1].isspace():
            end -= 1
        before = _HAN_AT_END.search(text, max(0, end - _LONGEST_NAME_WITH_TITLE), end)
        han = _name_at_end(before.group(), known) if before else None
        pairs += [(han, match["latin"].strip())] if han else []
    pairs += [(match["han"], match["latin"]) for match in _LATIN_FIRST.finditer(text)]
    return [
        (han, latin)
        for han, latin in dict.fromkeys(pairs)
        if is_han_name(han)
        and not is_broker(latin)
        and (is_full_latin_name(latin) or latin in known)
        and (han in known or latin in known)
    ]


def introduced_title(name: str, text: str) -> str | None:
    """Return the title with which the text introduces a person, or None.

    "首席财务官徐宏", "Ines Ferreira, our chief executive", "our CFO, Mr. Tom Blake".
    """
    if name not in text:
        return None
    escaped = re.escape(name)
    if re.search(f"[{HAN}]", name):
        patterns = (
            rf"{_BEFORE_ZH}(?P<title>[^、：，。；（）()是和及有的由请\s]{{2,24}}?)\s?{escaped}{_AFTER_ZH}",
            rf"{escaped}(?:先生|女士)?[（(，,](?P<title>[^、，。；（）()\s]{{2,24}})[）)，。；、]",
        )
    else:
        behind = rf"{escaped},\s+(?:who is\s+)?(?:our|the|its)?\s*(?P<title>{_TITLE_EN}){_AFTER_EN}"
        patterns = (
            *((behind,) if f"{name}," in text else ()),
            rf"(?:\b(?:our|the|its|by|with|to|are|is)|['’]s)\s+(?P<title>{_TITLE_EN}),?\s+{_HONORIFIC_EN}{escaped}\b",
        )
    for pattern in patterns:
        for match in re.finditer(pattern, text):
            title = _OWNER.sub("", match["title"].strip(" ,"))
            if is_title(title) and not _NO_TITLE.search(title):
                return title
    return None


def _name_at_end(text: str, known: set[str]) -> str | None:
    """Return the name with which the Han characters before a bracket end: a known one, or all of them."""
    for start in range(len(text)):
        if text[start:] in known:
            return text[start:]
    pieces = re.split(r"官|裁|长|理|事|席|管|监|人|书|和|及|与", text)
    return pieces[-1] if is_han_name(pieces[-1]) else None


_HAN_HOUSE = r"[\u4e00-\u9fffA-Za-z]{2,10}"
_ANALYST_OF_IT = r"(?:这边|這邊)?(?:行业|行業|首席|资深|資深)*(?:分析师|分析師|研究员|研究員|基金经理)?"
_AND_NAME = r"\s*[\u4e00-\u9fff]{2,4}(?=[，,。.！!、；;？?\s]|$)"
_OF_A_HOUSE = (
    re.compile(rf"我是(?:来自|來自)?\s*(?P<firm>{_HAN_HOUSE})(?<!的)(?:的|\s){_ANALYST_OF_IT}{_AND_NAME}"),
    re.compile(
        rf"我是(?:来自|來自)?\s*(?P<firm>{_HAN_HOUSE}?(?:证券|證券|基金|资管|資管|银行|銀行|资本|資本|保险|投资|投資|公司))"
        rf"(?!的){_ANALYST_OF_IT}{_AND_NAME}"
    ),
    re.compile(
        r"\b(?:[Tt]his is|I['’]m|I am|[Ii]t['’]s)\s+(?P<name>[A-Z][\w.'’\-]+(?:\s+[A-Z][\w.'’\-]+){0,2}),?\s+"
        r"(?:from|with|at|of|calling from)\s+(?P<firm>[A-Z][\w&'’\-]*(?:\s+(?:of|and|&|[A-Z][\w&'’\-]*)){0,4})"
    ),
)


def introduced_house(text: str) -> str | None:
    """Return the house from which somebody says to be: "我是远岸证券的赵磊", "this is Joel from Harbor Securities"."""
    for pattern in _OF_A_HOUSE:
        for match in pattern.finditer(text):
            if is_broker(match["firm"]):
                return match["firm"]
    return None
