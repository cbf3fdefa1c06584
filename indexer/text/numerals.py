"""Chinese numerals to exact numbers and back: 两千三百四十二亿, 三点五万, 一亿二."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

_DIGITS = {
    char: value
    for value, chars in enumerate(("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for char in chars
}
_UNITS = {"十": 1, "拾": 1, "百": 2, "佰": 2, "千": 3, "仟": 3}
_GROUPS = (("亿", 8), ("万", 4))
_POINT = "点"
_WRITTEN = "零一二三四五六七八九"

_PARTS = "".join((*_DIGITS, *_UNITS, "万亿"))


def numerals_in(text: str) -> str:
    """Return the characters of a folded text that numerals are made of, one after the other."""
    return "".join(char for char in text if char in _PARTS)


def numeral_pattern(*, alone: str) -> str:
    """Return the pattern of a run of what numerals are made of; whether it is one is for `parse_numeral` to say.

    `alone` is what must hold behind a run of one character.
    """
    return f"[{_PARTS}](?:[{_PARTS}{_POINT}]*[{_PARTS}]|{alone})"


_FRACTION = re.compile(
    f"(?P<whole>.+){_POINT}(?P<digits>[{''.join(_DIGITS)}]+)(?P<scale>[十百千万]?亿|万亿|[十百千]?万)?"
)
_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


@lru_cache(maxsize=4096)
def parse_numeral(text: str) -> Decimal | None:
    """Return the number that a folded Chinese numeral states, or None when it is no well-formed one.

    The last digit after a unit counts tenths of it, as in speech: 三万五 is 35,000 and 一百五 is 150. A row of
    digits without units (二〇二三) is a year or a code, and no number here.
    """
    if match := _FRACTION.fullmatch(text):
        whole = _integer(match["whole"])
        if whole is None:
            return None
        digits = "".join(str(_DIGITS[char]) for char in match["digits"])
        return Decimal(f"{whole}.{digits}").scaleb(sum(_SCALES[char] for char in match["scale"] or ""))
    number = _integer(text)
    return None if number is None else Decimal(number)


def write_numeral(number: Decimal) -> str:
    """Return a number that is not negative as a Chinese numeral; `parse_numeral` gives it back."""
    whole, _, digits = f"{number:f}".partition(".")
    digits = digits.rstrip("0")
    numeral = _write(int(whole)) or _WRITTEN[0]
    return numeral + (_POINT + "".join(_WRITTEN[int(digit)] for digit in digits) if digits else "")


def _integer(text: str) -> int | None:
    """Return the value of a numeral without a point."""
    for group, power in _GROUPS:
        if group in text:
            left, _, right = text.rpartition(group)
            high = _integer(left)
            low = _rest(right, power)
            return None if not high or low is None or low >= _tens(power) else high * _tens(power) + low
    return _below_ten_thousand(text)


def _rest(text: str, power: int) -> int | None:
    """Return what follows a unit of 10 ** power: nothing, tenths of it, or a numeral of its own."""
    if not text:
        return 0
    if len(text) == 1 and text in _DIGITS:
        return _DIGITS[text] * _tens(power - 1)
    return _integer(text)


def _below_ten_thousand(text: str) -> int | None:
    total, last, zero = 0, 4, False
    digit: int | None = None
    for place, char in enumerate(text):
        if char in _UNITS:
            power = _UNITS[char]
            if power >= last or (digit is None and not (power == 1 and place == 0)) or digit == 0:
                return None
            total += (1 if digit is None else digit) * _tens(power)
            digit, last, zero = None, power, False
        elif char not in _DIGITS or (digit is not None and digit != 0):
            return None
        else:
            zero = zero or _DIGITS[char] == 0
            digit = _DIGITS[char]
    if digit is None:
        return total if text else None
    tenths = total > 0 and not zero and last > 1
    return total + digit * (_tens(last - 1) if tenths else 1)


def _write(number: int) -> str:
    for group, power in _GROUPS:
        high, low = divmod(number, _tens(power))
        if high:
            gap = _WRITTEN[0] if 0 < low < _tens(power - 1) else ""
            return _write(high) + group + gap + _write(low)
    text, gap = "", ""
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        if digit := number // _tens(power) % 10:
            text += (gap if text else "") + _WRITTEN[digit] + unit
        gap = "" if digit else _WRITTEN[0]
    return text


def _tens(power: int) -> int:
    return int(10**power)
