"""How alike two Chinese words are: in sound, which is how most people type them, and in shape, as scans misread them.

Shape is told by the four-corner code of each character: 乌 and 鸟 share theirs. This module owns
four_corner_method, whose table is loaded when a word is first unknown.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from search_web.search.pinyin import readings, sounding

if TYPE_CHECKING:
    from collections.abc import Iterable

_SOUNDS = 0.3
_NEARLY_SOUNDS = 0.5
_LOOKS = 0.3
_NEARLY_LOOKS = 0.6
_OTHER = 1.0
_MIXED_UP = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("f", "h"))
_ENDS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


def word_costs(meant: Iterable[str], typed: str, most: float) -> dict[str, float]:
    """Return how far apart each of these words is from one of the same length, those that are `most` at most.

    A character that is nothing like the other counts 1.
    """
    found = {}
    for word in meant:
        cost = 0.0
        for one, other in zip(word, typed, strict=True):
            if one != other and (cost := cost + char_cost(one, other)) > most:
                break
        else:
            found[word] = cost
    return found


@cache
def char_cost(meant: str, typed: str) -> float:
    """Return how far apart two characters are, from 0 to 1."""
    if meant == typed:
        return 0.0
    return min(_by_sound_cost(meant, typed), _by_shape_cost(meant, typed))


def sounding_like(char: str) -> tuple[str, ...]:
    """Return the common characters that may be read as this one."""
    return tuple(dict.fromkeys(other for sound in sorted(readings(char)) for other in sounding(sound)))


def looking_like(char: str) -> tuple[str, ...]:
    """Return the characters whose four-corner code is that of this one, or differs in one digit."""
    code = _corners().get(char)
    if code is None:
        return ()
    near = [code, *(code[:at] + digit + code[at + 1 :] for at in range(len(code)) for digit in "0123456789")]
    return tuple(dict.fromkeys(other for one in near for other in _by_corners().get(one, ()) if other != char))


def _by_sound_cost(meant: str, typed: str) -> float:
    one, other = readings(meant), readings(typed)
    if one & other:
        return _SOUNDS
    return _OTHER if _plain_readings(meant).isdisjoint(_plain_readings(typed)) else _NEARLY_SOUNDS


@cache
def _plain_readings(char: str) -> frozenset[str]:
    return frozenset(map(_plain, readings(char)))


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


def _by_shape_cost(meant: str, typed: str) -> float:
    one, other = _corners().get(meant), _corners().get(typed)
    if one is None or other is None or len(one) != len(other):
        return _OTHER
    differing = sum(map(str.__ne__, one, other))
    return {0: _LOOKS, 1: _NEARLY_LOOKS}.get(differing, _OTHER)


@cache
def _corners() -> dict[str, str]:
    """Return the four-corner code of each character: a digit for each corner, and one for what is above the last."""
    from four_corner_method import FourCornerMethod  # noqa: PLC0415 - few queries need its table.

    codes: dict[str, str] = FourCornerMethod().data
    return codes


@cache
def _by_corners() -> dict[str, tuple[str, ...]]:
    """Return the characters by their four-corner codes."""
    found: dict[str, list[str]] = {}
    for char, code in _corners().items():
        found.setdefault(code, []).append(char)
    return {code: tuple(chars) for code, chars in found.items()}
