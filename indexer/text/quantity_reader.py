"""Find numbers with their scales and units in folded text. `indexer.text.quantities` says what they mean."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from indexer.text.numerals import numeral_pattern, parse_numeral
from indexer.text.quantity_units import CURRENCY_CODES, UNITS_AFTER, UNITS_BEFORE, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator


class Reading(NamedTuple):
    """A number as it is written, the power of ten after it, its unit if it has one, and folded text [start:end]."""

    number: Decimal
    scale: int | None
    unit: Unit | None
    start: int
    end: int

    @property
    def value(self) -> Decimal:
        """The number that is meant."""
        return self.number.scaleb(self.scale or 0)


_SIGN = "-\u2010\u2011\u2012\u2013\u2212"
_NUMBER = re.compile(
    rf"(?:(?<![0-9a-z_])|{'|'.join(f'(?<={code})' for code in CURRENCY_CODES)})(?<![0-9][.,点])"
    r"(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])|[0-9]{1,18}(?![0-9]))(?:\.[0-9]{1,9}(?![0-9]))?"
)

_ARABIC = re.compile("[0-9]")

_POWERS = {
    word: power
    for power, words in (
        (2, "百"),
        (3, "千 k thousand"),
        (4, "万"),
        (5, "十万"),
        (6, "百万 m mm mn mln million"),
        (7, "千万"),
        (8, "亿"),
        (9, "十亿 b bn bln billion"),
        (10, "百亿"),
        (11, "千亿"),
        (12, "万亿 兆 t tn trn trillion"),
    )
    for word in words.split()
}
_CHINESE_SCALE = "万亿|[十百千]?亿|[十百千]?万|千(?![米克瓦卡帕])|百(?![分度货])"
_SCALE = re.compile(
    rf"\s?({_CHINESE_SCALE}|兆(?=元|美元|新?台币|日元|韩元))"
    r"|(?:[\s-]?(trillion|billion|million|thousand)|\s?(trn|tn|bln|bn|mln|mn|mm)|([kmbt]))(?![a-z0-9])"
)
# The smaller part of 1亿2000万.
_SMALLER = re.compile(rf"([0-9]{{1,4}})({_CHINESE_SCALE})")
_NUMERAL_SCALE = re.compile("(?<=.)(?:万亿|亿|万)$")

_MINUS = rf"(?<![0-9a-z%.)元亿万千百])[{_SIGN}]"
_PREFIX = re.compile(
    rf"(?:{_MINUS}|负|(?<![a-z])(?:minus|negative)\s)?(?:(?<![a-z])(?:{UNITS_BEFORE})\s?)?(?:{_MINUS})?$"
)
_SHARE_PREFIX = re.compile(r"负?([百千])分之负?$")
# How a prefix ends, and how a share or a currency begins: most numbers have neither, and one character tells.
_ENDS_PREFIX = frozenset(f"{_SIGN}负$元币金¥€镑£圆₩dbyrpw")
_BEGINS_ANY_UNIT = "百p基b%‰港hn元新台t坡s美ud块人rcy欧e英g日j韩k"
_BEGINS_UNIT = re.compile(rf"[\s-]?[个{_BEGINS_ANY_UNIT}]")
_CURRENCY = re.compile(rf"[\s-]?(?:{UNITS_AFTER})(?![a-z0-9])")
_SHARE = re.compile(
    r"[\s-]?(?:(个?百分点|percentage points?|percent points?|ppts?|pp)|(个?基点|basis points?|bps?)"
    r"|(%|percent|per\s?cent|pct)|(‰))(?![a-z])"
)
_SHARES = (
    (Unit.BASIS_POINTS, 2),
    (Unit.BASIS_POINTS, None),
    (Unit.PERCENT, None),
    (Unit.PERCENT, -1),
)
_TENTHS = re.compile("成([半一二三四五六七八九](?![十百千万亿个]))?(?![本为功立员长果熟交品色份绩套分不型活语])")
_NEGATIVE = re.compile(rf"[{_SIGN}负]|minus|negative")
# A number that goes on in this way is part of a word, of a fraction, or vague.
_GOES_ON = re.compile(
    rf"[0-9a-z_+&]|[{_SIGN}][a-z]|(?<=[0-9])[.,点][0-9]|[多余几](?!额)|来[个万亿]|分[之点]"
    "|[一二两三四五六七八九][十百千万]"
)
_DATE = re.compile(r"\s?(?:年|月|日|号|季|财年)")
_ORDINAL = re.compile("[第'’]$")
_BETWEEN = f"{_SIGN}\u2014~〜至到"
_RANGE = re.compile(rf"\s?(?:[{_BETWEEN}]|to)\s?")
# One digit says nothing where neither a unit, a share nor a range stands beside it, as in 一个 and 两位.
_TELLS_BEFORE = f"{_BETWEEN}\\so之{''.join(sorted(_ENDS_PREFIX - {*_SIGN}))}"
_NUMERAL = re.compile(
    numeral_pattern(alone=rf"(?=[{_BETWEEN}\s{_BEGINS_ANY_UNIT}成]|个[百基])|(?<=[{_TELLS_BEFORE}].)")
)
_LETTER = re.compile("[a-z]")
_AMBIGUOUS = ("$", "¥")
_LOOK_BACK = 24
_TEN, _HUNDRED = 10, 100
_YEARS = range(1900, 2100)


def read_quantities(folded: str) -> tuple[Reading, ...]:
    """Return the numbers of folded text that have a scale or unit, or are large, in reading order."""
    readings = list(_readings(folded))
    for place, (left, right) in enumerate(pairwise(readings)):
        if _RANGE.fullmatch(folded, left.end, right.start) and left.number < right.number:
            readings[place : place + 2] = _shared(left, right)
    return tuple(reading for reading in readings if _says_something(reading, folded))


def _readings(folded: str) -> Iterator[Reading]:
    matches = list(_NUMERAL.finditer(folded))
    if _ARABIC.search(folded):
        matches = sorted((*_NUMBER.finditer(folded), *matches), key=lambda match: match.start())
    free = 0
    for match in matches:
        if match.start() < free:
            continue
        if reading := _arabic(folded, match) if match.re is _NUMBER else _chinese(folded, match):
            free = reading.end
            if not _GOES_ON.match(folded, reading.end) and not _LETTER.match(
                folded, max(0, reading.start - 1), reading.start
            ):
                yield reading


def _arabic(folded: str, match: re.Match[str]) -> Reading:
    number, (start, end) = Decimal(match[0].replace(",", "")), match.span()
    if _SHARE.match(folded, end) or not (written := _SCALE.match(folded, end)):
        return _with_unit(Reading(number, None, None, start, end), folded)
    scale, end = _POWERS[written[written.lastindex or 0]], written.end()
    if (smaller := _SMALLER.match(folded, end)) and _POWERS[smaller[2]] < scale:
        number += Decimal(smaller[1]).scaleb(_POWERS[smaller[2]] - scale)
        end = smaller.end()
    return _with_unit(Reading(number, scale, None, start, end), folded)


def _chinese(folded: str, match: re.Match[str]) -> Reading | None:
    start, end = match.span()
    if match[0] == "百" and _SHARE_PREFIX.search(folded, max(0, start - _LOOK_BACK), start):
        number: Decimal | None = Decimal(_HUNDRED)
    else:
        number = parse_numeral(match[0])
    if number is None:
        return None
    ending = _NUMERAL_SCALE.search(match[0])
    scale = _POWERS[ending[0]] if ending else None
    return _with_unit(Reading(number.scaleb(-(scale or 0)), scale, None, start, end), folded)


def _with_unit(reading: Reading, folded: str) -> Reading:
    """Add what stands before and after a number: its sign, its currency, that it is a share of something."""
    number, scale, _, start, end = reading
    before = max(0, start - _LOOK_BACK)
    if "分之" in folded[before:start] and (whole := _SHARE_PREFIX.search(folded, before, start)):
        return _signed(
            Reading(number, -1 if whole[1] == "千" else scale, Unit.PERCENT, whole.start(), end), folded, start
        )
    if (
        (tenths := _TENTHS.match(folded, end))
        and scale is None
        and number <= _TEN
        and number == number.to_integral_value()
    ):
        rest = Decimal(5) if tenths[1] == "半" else parse_numeral(tenths[1] or "零") or Decimal(0)
        return Reading(number * _TEN + rest, None, Unit.PERCENT, start, tenths.end())
    ending = folded[start - 1 : start]
    prefix = _PREFIX.search(folded, before, start) if ending in _ENDS_PREFIX or ending.isspace() else None
    first, unit = start, None
    if prefix:
        first, unit = prefix.start(), Unit(prefix.lastgroup) if prefix.lastgroup else None
    if not _BEGINS_UNIT.match(folded, end):
        pass
    elif share := _SHARE.match(folded, end):
        unit, power = _SHARES[(share.lastindex or 1) - 1]
        scale = power if scale is None else scale + (power or 0)
        end = share.end()
    elif currency := _CURRENCY.match(folded, end):
        end = currency.end()
        if unit is None or folded[first:start].strip().endswith(_AMBIGUOUS):
            unit = Unit(str(currency.lastgroup))
    return _signed(Reading(number, scale, unit, first, end), folded, start)


def _signed(reading: Reading, folded: str, start: int) -> Reading:
    negative = reading.start < start and _NEGATIVE.search(folded, reading.start, start)
    return reading._replace(number=-reading.number) if negative else reading


def _shared(left: Reading, right: Reading) -> tuple[Reading, Reading]:
    """Give both ends of a range the scale and unit that only one of them states."""
    if left.scale is None and left.unit is not Unit.PERCENT:
        left = left._replace(scale=right.scale)
    unit = left.unit or right.unit
    return left._replace(unit=unit), right._replace(unit=right.unit or unit)


def _says_something(reading: Reading, folded: str) -> bool:
    number, scale, unit, start, end = reading
    if scale is not None or unit is not None:
        return True
    if abs(number) < _HUNDRED:
        return False
    year = folded[start:end].isdigit() and folded[start:end].isascii() and number in _YEARS
    dated = _DATE.match(folded, end) or _ORDINAL.search(folded, max(0, start - 1), start)
    return not year and not dated
