"""Whether a Chinese transcript may mean somebody by a name that it writes by its sound: 艾米·胡德 for Amy Hood.

Compared is what transliteration keeps: the consonants, in classes that Chinese does not tell apart (d and t, l and r),
much as Soundex does (Russell, US patent 1,261,167, 1918). Half consonants, v (which
is written as w) and h come and go: they are left out.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import groupby, islice, product
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.text.normalise import fold
from search_web.search.pinyin import readings

if TYPE_CHECKING:
    from collections.abc import Sequence

_DOT = re.compile(r"[·•・‧∙.\s]+")
_FOREIGN = re.compile(rf"[{HAN}]+(?:[·•・‧∙][{HAN}]+)+")
# Letters side by side that are one sound, longest first; an r that closes a syllable is not written in Chinese.
_SPELT = (
    *(("sch", "s"), ("tch", "s"), ("ch", "s"), ("sh", "s"), ("ph", "f"), ("th", "s"), ("ck", "k"), ("gh", "")),
    *(("ce", "s"), ("ci", "s"), ("cy", "s"), ("ge", "s"), ("x", "s"), ("qu", "k"), ("ng", "n")),
)
_CLOSING_R = re.compile("(?<=[aeiouy])r+(?![aeiouyr])")
_PINYIN = (("zh", "s"), ("ch", "s"), ("sh", "s"), ("x", "s"), ("ng", "n"))
_MOST_READINGS = 32
_GROUPS = {"p": "bp", "f": "f", "t": "dt", "k": "gkc", "s": "szjq", "l": "lr", "m": "m", "n": "n"}
_CLASSES = {letter: group for group, letters in _GROUPS.items() for letter in letters}
_LEAST_COMMON = 0.75


def is_transliterated(name: str) -> bool:
    """Tell whether a name is written in Han characters by the sound of a foreign one, as its dot shows."""
    return bool(_FOREIGN.fullmatch(name.strip()))


def sounds_alike(latin: str, han: str) -> bool:
    """Tell whether the surnames of a Latin name and of a transliterated one may be the same."""
    ours = _consonants(_CLOSING_R.sub("", _letters(latin.rsplit(maxsplit=1)[-1])), _SPELT)
    return any(_common(ours, theirs) >= _LEAST_COMMON for theirs in _surname(han))


def _letters(word: str) -> str:
    return re.sub("[^a-z]", "", fold(word))


@cache
def _surname(han: str) -> frozenset[str]:
    """Return the consonants of a transliterated surname, in each way to read it (尔 is an l or an r)."""
    choices = [
        ("l", "") if char in "尔儿" else tuple(sorted(readings(char))) for char in fold(_DOT.split(han.strip())[-1])
    ]
    return frozenset(_consonants("".join(one), _PINYIN) for one in islice(product(*choices), _MOST_READINGS))


def _consonants(word: str, spelt: Sequence[tuple[str, str]]) -> str:
    for written, sound in spelt:
        word = word.replace(written, sound)
    return "".join(group for group, _ in groupby(_CLASSES.get(letter, "") for letter in word) if group)


def _common(one: str, other: str) -> float:
    """Return the share of the longer one that stands in the other in the same order."""
    if not one or not other:
        return 0.0
    row = [0] * (len(other) + 1)
    for left in one:
        before = row
        row = [0]
        for place, right in enumerate(other):
            row.append(before[place] + 1 if left == right else max(row[place], before[place + 1]))
    return row[-1] / max(len(one), len(other))
