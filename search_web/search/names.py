"""The names of people and firms as keys that a query is searched for: cut into words and Han characters, folded."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from indexer.stores.filters import names_of_firm
from indexer.text.language import HAN
from indexer.text.normalise import fold, normalise
from search_web.search.nicknames import OTHER_FIRST_NAMES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_UNIT = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
_HAN_NAME = re.compile(rf"[{HAN}]{{2,}}")
_HAN_PERSON = re.compile(rf"[{HAN}]{{2,4}}")
_BETWEEN_NAMES = re.compile("[·•‧・]")
_FULL_HAN_NAME = 4
_LONGEST_NAME = 6
_FIRST_AND_LAST = 2
_NAMES_KEPT = 1 << 15
# What a file calls people whose names it does not know.
_NOBODY = re.compile(
    r"[\d?!;:？！。；：]|unidentified|unknown|unnamed|operator|moderator|analyst|speaker|participant|conference|attendee|audience|company"
    r"|发言人|主持人?|分析师|接线员|操作员|投资者|参会|嘉宾|会议|公司|管理层|未知|不明|未署名|佚名|记者|提问"
)
_HAN_BRANCH = re.compile(rf"([{HAN}]{{2,}})(?:科技|网络|信息|技术|电子|软件|在线|互动|传媒|实业)$")
# What stands at the end of a firm's name and is left out when it is spoken of.
_KIND_OF_FIRM = frozenset({
    "inc", "incorporated", "corp", "corporation", "co", "company", "ltd", "limited", "llc", "llp", "lp", "plc", "ag",
    "sa", "nv", "se", "ab", "spa", "group", "holding", "holdings", "securities", "research", "capital", "markets",
    "equities", "partners", "division", "institutional", "equity", "and",
})  # fmt: skip


class Unit(NamedTuple):
    """A word or a Han character of a text: folded, with its place in the verbatim text."""

    key: str
    start: int
    end: int


class Form(NamedTuple):
    """One way to say a name: its key, how it is written, folded, and whether it is only a part of the name."""

    key: str
    written: str
    short: bool


@lru_cache(maxsize=256)
def units(text: str) -> tuple[Unit, ...]:
    """Return the words and Han characters of a text in their order."""
    folded = normalise(text)
    found = _UNIT.finditer(folded.text)
    if folded.offsets is None:
        return tuple([Unit(match.group(), *match.span()) for match in found])
    return tuple(Unit(match.group(), *folded.span(*match.span())) for match in found)


def key_of(folded: str) -> str:
    """Return the key of a folded name."""
    return " ".join(_UNIT.findall(folded))


@lru_cache(maxsize=_NAMES_KEPT)
def folded_name(name: str) -> str:
    """Return a name as it is compared with others: folded, with one blank between its words.

    The names of an index come again in each of its calls, so that they are kept.
    """
    return " ".join(fold(name).split())


@lru_cache(maxsize=_NAMES_KEPT)
def is_somebody(folded: str) -> bool:
    """Tell whether a folded name is that of a person, and not a sentence or a word for somebody without a name."""
    return not _NOBODY.search(folded) and len(folded.split()) <= _LONGEST_NAME and bool(key_of(folded))


def person_forms(folded: str) -> Iterator[Form]:
    """Yield the ways to say a person's folded name.

    The whole comes first, then without what stands in the middle, with the surname in front, the first name cut to its
    initial or as people say it (Andy for Andrew), and last each word of a Latin name.
    """
    words = folded.split()
    whole = key_of(folded)
    yield Form(whole, folded, short=" " not in whole)
    if len(words) > 1 and folded.isascii():
        first, last = key_of(words[0]), key_of(words[-1])
        if len(first) > 1 and len(last) > 1:
            if len(words) > _FIRST_AND_LAST:
                yield Form(f"{first} {last}", folded, short=False)
            yield Form(f"{last} {first}", folded, short=False)
            yield Form(f"{first[0]} {last}", folded, short=True)
            for other in OTHER_FIRST_NAMES.get(first, ()):
                yield Form(f"{other} {last}", folded, short=False)
    if _BETWEEN_NAMES.search(folded):
        # 萨提亚·纳德拉 is mostly called 纳德拉.
        last = _BETWEEN_NAMES.split(folded)[-1]
        if _HAN_NAME.fullmatch(last):
            yield Form(key_of(last), last, short=True)
    if len(words) > 1:
        for word in dict.fromkeys(words):
            if len(key_of(word)) > 1:
                yield Form(key_of(word), word, short=True)


def surname(folded: str) -> str | None:
    """Return the surname of a folded Han name, by which people are addressed (张总), else None."""
    if not _HAN_PERSON.fullmatch(folded):
        return None
    return folded[: 2 if len(folded) == _FULL_HAN_NAME else 1]


def firm_forms(name: str) -> Iterator[Form]:
    """Yield the ways to say a firm's name: the whole, without the words for its kind, and the words that begin it.

    What is `written` is one of `names_of_firm`, and so of the facet terms of its passages.
    """
    forms = names_of_firm(name)
    whole = max(forms, key=len)
    bare = whole
    while (shorter := _without_kind(bare, forms)) is not None:
        bare = shorter
    for form in sorted(forms, key=len):
        key = key_of(form)
        if not key:
            continue
        if len(form) >= len(bare) or _HAN_NAME.fullmatch(form):
            yield Form(key, form, short=len(key) == 1)
        elif len(key.replace(" ", "")) > 1 and not form.endswith((" &", " of", " and", " the", " for")):
            yield Form(key, form, short=True)
        if brand := _HAN_BRANCH.fullmatch(form):
            yield Form(key_of(brand[1]), form, short=True)


def _without_kind(form: str, forms: Iterable[str]) -> str | None:
    before, blank, last = form.rpartition(" ")
    if not blank or (key_of(last) and key_of(last) not in _KIND_OF_FIRM):
        return None
    fitting = [other for other in forms if form.startswith(other) and len(other) <= len(before)]
    return max(fitting, key=len, default=None)
