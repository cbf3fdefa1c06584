"""What quantities count, and how currencies are written before and after a number in folded text."""

from __future__ import annotations

from enum import StrEnum


class Unit(StrEnum):
    """What a quantity counts: a currency (ISO 4217), hundredths of a whole, basis points, or anything."""

    CNY = "cny"
    USD = "usd"
    HKD = "hkd"
    TWD = "twd"
    EUR = "eur"
    GBP = "gbp"
    JPY = "jpy"
    KRW = "krw"
    SGD = "sgd"
    PERCENT = "%"
    BASIS_POINTS = "bps"
    COUNT = ""


CURRENCY_CODES = ("rmb", "cny", "usd", "hkd", "ntd", "twd", "sgd", "eur", "gbp", "jpy", "krw")

_BEFORE = {
    Unit.HKD: r"hkd|hk\s?\$|港元|港币",
    Unit.TWD: r"twd|ntd|nt\s?\$|新?台币",
    Unit.SGD: r"sgd|s\s?\$|新加坡元",
    Unit.USD: r"usd|us\s?\$|u\.s\.\s?\$|美元|美金|\$",
    Unit.CNY: r"rmb|cny|人民币|¥",
    Unit.EUR: r"eur|€|欧元",
    Unit.GBP: r"gbp|£|英镑",
    Unit.JPY: r"jpy|日元|日圆",
    Unit.KRW: r"krw|₩|韩元",
}
_AFTER = {
    Unit.HKD: r"港元|港币|港纸|hkd|hk dollars?|hong kong dollars?",
    Unit.TWD: r"元?新?台币|twd|ntd|nt dollars?|new taiwan dollars?",
    Unit.SGD: r"新加坡元|新元|坡币|sgd|singapore dollars?",
    Unit.USD: r"美元|美金|usd|us dollars?|u\.s\. dollars?|dollars?",
    Unit.CNY: r"元?人民币|元|块钱?|rmb|cny|yuan|renminbi",
    Unit.EUR: r"欧元|eur|euros?",
    Unit.GBP: r"英镑|gbp|pounds? sterling|british pounds?",
    Unit.JPY: r"日元|日圆|jpy|japanese yen|yen",
    Unit.KRW: r"韩元|韩圆|krw|korean won",
}


def _any(units: dict[Unit, str]) -> str:
    return "|".join(f"(?P<{unit}>{pattern})" for unit, pattern in units.items())


UNITS_BEFORE = _any(_BEFORE)
"""A pattern of what stands before a number; the group that matches is named after its unit."""

UNITS_AFTER = _any(_AFTER)
"""The same of what stands after it."""
