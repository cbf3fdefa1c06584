"""How alike two Chinese words are: in sound, which is how most people type them, and in shape, as scans misread them.

Shape is told by the four-corner code of each character: 乌 and 鸟 share theirs. This module owns
four_corner_method, whose table is loaded when a word is first unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from itertools import chain
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from search_web.search.pinyin import GB_2312, readings, sounding

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_SOUNDS = 0.3
_NEARLY_SOUNDS = 0.5
_LOOKS = 0.3
_NEARLY_LOOKS = 0.6
LEAST, NEAR, OTHER = 0.3, 0.6, 1.0
"""How far apart two characters are that are nearest to each other, that are barely near, and that are nothing alike."""

_ROUNDING = 1e-9
_HAN_ONLY = re.compile(f"[{HAN}]+")
_MIXED_UP = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"))
_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


def word_costs(meant: Iterable[str], typed: str, most: float) -> dict[str, float]:
    """Return how far apart each of these words is from one of the same length, those that are `most` at most.

    A character that is nothing like the other counts 1, and a word with other than Han characters is left out.
    """
    costs = dict.fromkeys(meant, 0.0)
    # From the end on: those that are offered begin alike.
    for place in reversed(range(len(typed))):
        near = near_chars(typed[place])
        costs = {word: cost for word, before in costs.items() if (cost := before + near[word[place]]) <= most}
    return {word: cost for word, cost in costs.items() if _HAN_ONLY.fullmatch(word)}


def char_cost(meant: str, typed: str) -> float:
    """Return how far apart two characters are, from 0 to 1."""
    if meant == typed:
        return 0.0
    sounds, plain, code = _traits(typed)
    other_sounds, other_plain, other_code = _traits(meant)
    if not sounds.isdisjoint(other_sounds):
        return _SOUNDS
    if code is not None and other_code == code:
        return _LOOKS
    if not plain.isdisjoint(other_plain):
        return _NEARLY_SOUNDS
    return _NEARLY_LOOKS if other_code in _near_codes(code) else OTHER


class _NearChars(dict[str, float]):
    """How far apart the characters of GB 2312 that are near one are from it; what it lacks is worked out."""

    def __init__(self, typed: str) -> None:
        sounds, plain, code = _traits(typed)
        by_sound, by_plain, by_code = _filed()
        # What is nearest comes last, since a later cost stands for an earlier one.
        looking = (by_code[near] for near in _near_codes(code) if near in by_code)
        self.update(dict.fromkeys(chain.from_iterable(looking), _NEARLY_LOOKS))
        for sound in plain:
            self.update(dict.fromkeys(by_plain.get(sound, ()), _NEARLY_SOUNDS))
        self.update(dict.fromkeys(by_code.get(code, ()), _LOOKS))
        for sound in sounds:
            self.update(dict.fromkeys(by_sound.get(sound, ()), _SOUNDS))
        self[typed] = 0.0
        self._typed = typed

    def __missing__(self, char: str) -> float:
        return OTHER if char in GB_2312 else char_cost(char, self._typed)


@lru_cache(maxsize=1 << 10)
def near_chars(typed: str) -> Mapping[str, float]:
    """Return how far apart any character is from one, from 0 to 1."""
    return _NearChars(typed)


@lru_cache(maxsize=1 << 11)
def within(typed: str, most: float) -> frozenset[str]:
    """Return the characters of GB 2312 that are at most so far from one, and this one."""
    near = near_chars(typed)
    if most >= NEAR:
        return frozenset(near)
    return frozenset(char for char, cost in near.items() if cost <= most + _ROUNDING)


@lru_cache(maxsize=1 << 11)
def nearest(typed: str) -> frozenset[str]:
    """Return the characters of GB 2312 that are LEAST from one: `within` for what differs in nothing more."""
    sounds, _, code = _traits(typed)
    by_sound, _, by_code = _filed()
    return frozenset(chain(by_code.get(code, ()), *(by_sound.get(sound, ()) for sound in sounds))) - {typed}


@cache
def _filed() -> tuple[Mapping[str, list[str]], Mapping[str, list[str]], Mapping[str | None, list[str]]]:
    """Return the characters of GB 2312 by reading, by that without what dialects do not tell apart, and by shape."""
    by_sound: dict[str, list[str]] = defaultdict(list)
    by_plain: dict[str, list[str]] = defaultdict(list)
    by_code: dict[str | None, list[str]] = defaultdict(list)
    for char in sorted(GB_2312):
        sounds, plain, code = _traits(char)
        for sound in sounds:
            by_sound[sound].append(char)
        for sound in plain:
            by_plain[sound].append(char)
        if code is not None:
            by_code[code].append(char)
    return by_sound, by_plain, by_code


@cache
def _traits(char: str) -> tuple[frozenset[str], frozenset[str], str | None]:
    """Return the readings of a character, those without what dialects do not tell apart, and its four-corner code."""
    sounds = readings(char)
    return sounds, frozenset(map(_plain, sounds)), _corners().get(char)


@lru_cache(maxsize=1 << 10)
def sounding_like(char: str) -> tuple[str, ...]:
    """Return the common characters that may be read as this one."""
    return tuple(dict.fromkeys(other for sound in sorted(readings(char)) for other in sounding(sound)))


@lru_cache(maxsize=1 << 11)
def looking_like(char: str) -> frozenset[str]:
    """Return the characters whose four-corner code is that of this one, or differs in one digit."""
    by_code = _by_corners()
    looking = (by_code[code] for code in _near_codes(_corners().get(char)) if code in by_code)
    return frozenset(chain.from_iterable(looking)) - {char}


def _plain(sound: str) -> str:
    """Return a sound without what dialects do not tell apart."""
    for first, second in _MIXED_UP:
        if sound.startswith(first):
            sound = second + sound.removeprefix(first)
            break
    for first, second in _ENDS:
        if sound.endswith(first):
            return sound.removesuffix(first) + second
    return sound


@lru_cache(maxsize=1 << 12)
def _near_codes(code: str | None) -> frozenset[str | None]:
    """Return the four-corner codes that differ from one in a digit, and itself."""
    if code is None:
        return frozenset()
    return frozenset(code[:at] + digit + code[at + 1 :] for at in range(len(code)) for digit in "0123456789")


@cache
def _corners() -> dict[str, str]:
    """Return the four-corner code of each character: a digit for each corner, and one for what is above the last."""
    from four_corner_method import FourCornerMethod  # noqa: PLC0415 - few queries need its table.

    codes: dict[str, str] = FourCornerMethod().data
    return codes


@cache
def _by_corners() -> Mapping[str | None, tuple[str, ...]]:
    """Return the characters by their four-corner codes."""
    found: dict[str | None, list[str]] = {}
    for char, code in _corners().items():
        found.setdefault(code, []).append(char)
    return {code: tuple(chars) for code, chars in found.items()}
