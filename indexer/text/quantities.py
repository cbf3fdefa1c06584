"""Quantities of a text, however they are written: amounts of money, percentages, basis points, large numbers.

RMB 877 million, 8.77亿元 and 人民币877百万 are one quantity; so are 34%, 34 percent and 百分之三十四. Values are exact
decimals and match exactly: 8.77亿 is not 877.3 million, since a figure that was rounded is another statement than the
one that was not. What is vague (几亿, 十多万, "a few million") is no quantity.

A dollar sign alone counts as US dollars, 元 and ¥ alone as yuan: a passage seldom says more, so `quantity_terms`
gives the amount without its currency too, and a wrong guess costs rank, not the hit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.text.normalise import normalise
from indexer.text.numerals import write_numeral
from indexer.text.quantity_reader import read_quantities
from indexer.text.quantity_units import Unit
from indexer.text.token import Token

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, and where it stands: text[start:end], in code points of the verbatim text.

    `value` is exact. 34% has 34; 1.5 percentage points have 150, since they are basis points.
    """

    value: Decimal
    unit: Unit
    start: int
    end: int


# A full-width comma groups thousands between full-width digits only; elsewhere it parts two numbers.
_CLAUSE_END = re.compile("(?<![０-９])，|，(?![０-９])")
_COMMA_IN_NUMBER = re.compile("(?<=[0-9]),[0-9]")


def parse_quantities(text: str) -> tuple[Quantity, ...]:
    """Return the quantities of the text from left to right.

    A range gives both its ends, with the unit and scale that they share. Bare numbers below a hundred, years, dates
    and ordinals are left out: they have no other writing worth finding.
    """
    normalised = normalise(_CLAUSE_END.sub("、", text))
    return tuple(
        Quantity(reading.value, reading.unit or Unit.COUNT, *normalised.span(reading.start, reading.end))
        for reading in read_quantities(normalised.text)
    )


def quantity_terms(quantity: Quantity) -> tuple[str, ...]:
    """Return the terms under which a quantity is indexed, and for which a query that states it looks.

    They stand for the magnitude, since texts say both "-5%" and "down 5%". An amount of money has one term for the
    amount and one with its currency, so that a bare 8.77亿 finds RMB 877 million and the right currency ranks first:
    #8.77e8 and #8.77e8cny. Shares give #34% and #150bps.
    """
    match quantity.unit:
        case Unit.PERCENT | Unit.BASIS_POINTS as unit:
            return (f"#{_plain(abs(quantity.value))}{unit}",)
        case Unit.COUNT:
            return (f"#{_scientific(quantity.value)}",)
        case currency:
            amount = _scientific(quantity.value)
            return f"#{amount}", f"#{amount}{currency}"


def quantity_tokens(text: str) -> tuple[Token, ...]:
    """Return `quantity_terms` of all quantities of a text with their places, to be indexed beside its words."""
    return tuple(
        Token(term, quantity.start, quantity.end)
        for quantity in parse_quantities(text)
        for term in quantity_terms(quantity)
    )


def placed_quantity_terms(text: str, folded: str) -> Iterator[tuple[str, int, int]]:
    """Yield (term, start, end) as `quantity_tokens` does, for a text of which each character was `folded` to one."""
    ends = [match.start() for match in _CLAUSE_END.finditer(text)]
    if ends:
        characters = list(folded)
        for place in ends:
            characters[place] = "、"
        folded = "".join(characters)
    for reading in read_quantities(folded):
        quantity = Quantity(reading.value, reading.unit or Unit.COUNT, reading.start, reading.end)
        for term in quantity_terms(quantity):
            yield term, reading.start, reading.end


def quantity_terms_in(text: str, folded: str) -> list[str]:
    """Return the terms of `quantity_tokens` for a text that is `folded`, without where they stand."""
    if "，" in text and _COMMA_IN_NUMBER.search(folded):
        return [token.term for token in quantity_tokens(text)]
    # Any other comma is none of a number, however wide it was.
    return [
        term
        for number, scale, unit, start, end in read_quantities(folded)
        for term in quantity_terms(Quantity(number.scaleb(scale or 0), unit or Unit.COUNT, start, end))
    ]


def writings(quantity: Quantity) -> tuple[str, ...]:
    """Return other ways to write a quantity, the usual ones first; `parse_quantities` gives each of them back."""
    sign = "-" if quantity.value < 0 else ""
    value = abs(quantity.value)
    match quantity.unit:
        case Unit.PERCENT:
            bare = _percentages(value)
        case Unit.BASIS_POINTS:
            bare = _basis_points(value)
        case unit:
            bare = _amounts(value, unit)
    return tuple(dict.fromkeys(("负" if sign and text.startswith("百分之") else sign) + text for text in bare))


# The unit's name after a Chinese number, before an English one, and after an English one.
_NAMES = {
    Unit.CNY: ("元", "RMB ", " yuan"),
    Unit.USD: ("美元", "US$", " US dollars"),
    Unit.HKD: ("港元", "HK$", " Hong Kong dollars"),
    Unit.TWD: ("新台币", "NT$", " New Taiwan dollars"),
    Unit.EUR: ("欧元", "€", " euros"),
    Unit.GBP: ("英镑", "£", " pounds sterling"),
    Unit.JPY: ("日元", "JPY ", " yen"),
    Unit.KRW: ("韩元", "KRW ", " Korean won"),
    Unit.SGD: ("新加坡元", "SGD ", " Singapore dollars"),
    Unit.COUNT: ("", "", ""),
}
_CHINESE_SCALES = (("万亿", 12), ("亿", 8), ("百万", 6), ("万", 4))
_ENGLISH_SCALES = (("trillion", "tn", 12), ("billion", "bn", 9), ("million", "m", 6), ("thousand", "k", 3))
# Scaled numbers are written with this many digits before and after the point at most.
_MOST_WHOLE, _MOST_AFTER = 4, 4
_HUNDRED = 100


def _amounts(value: Decimal, unit: Unit) -> Iterator[str]:
    chinese, before, after = _NAMES[unit]
    for scale, power in _CHINESE_SCALES:
        if number := _scaled(value, power):
            yield f"{number}{scale}{chinese}"
    for word, short, power in _ENGLISH_SCALES:
        if number := _scaled(value, power):
            yield f"{before}{number} {word}"
            yield f"{before}{number}{short}"
            if after:
                yield f"{number} {word}{after}"
    if unit is not Unit.COUNT or value >= _HUNDRED:
        yield f"{before}{_grouped(value)}"
        if value == value.to_integral_value() and (unit is not Unit.COUNT or value > _HUNDRED):
            yield f"{write_numeral(value)}{chinese}"


def _percentages(value: Decimal) -> Iterator[str]:
    yield f"{_plain(value)}%"
    yield f"{_plain(value)} percent"
    yield f"百分之{write_numeral(value)}"
    tenths = value / 10
    if tenths in range(1, 10):
        yield f"{write_numeral(tenths)}成"


def _basis_points(value: Decimal) -> Iterator[str]:
    yield f"{_plain(value)} bps"
    yield f"{_plain(value)} basis points"
    yield f"{_plain(value)}个基点"
    points = _plain(value.scaleb(-2))
    yield f"{points}个百分点"
    yield f"{points} percentage points"


def _scaled(value: Decimal, power: int) -> str:
    """Return the value over 10 ** power, or nothing where nobody would write it so."""
    whole, _, after = _plain(value.scaleb(-power)).partition(".")
    if len(whole) > _MOST_WHOLE or len(after) > _MOST_AFTER or (whole == "0" and after[:1] in ("", "0")):
        return ""
    return f"{whole}.{after}" if after else whole


def _plain(value: Decimal) -> str:
    """Return a decimal without exponent and without zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _grouped(value: Decimal) -> str:
    whole, point, after = _plain(value).partition(".")
    return f"{int(whole):,}{point}{after}"


def _scientific(value: Decimal) -> str:
    """Return the magnitude as one digit, the digits after the point if any, and the power of ten: 8.77e8."""
    digits = "".join(map(str, value.as_tuple().digits)).lstrip("0")
    first, rest = digits[:1] or "0", digits[1:].rstrip("0")
    return f"{first}{'.' if rest else ''}{rest}e{value.adjusted() if value else 0}"
