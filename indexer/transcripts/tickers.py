"""Tickers and codes of securities, where a line gives them: "(NASDAQ:ISRG)", "证券代码：688005", "9988.HK"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.transcripts.dates import half_width

_EXCHANGES = (
    r"NASDAQ\s?(?:GS|GM|CM|GSM)?|NYSE(?:\s?(?:American|Arca|MKT))?|AMEX|OTC(?:QX|QB|PK|MKTS)?|Other\s?OTC|CBOE|BATS"
    r"|HKEX|SEHK|HKSE|SHSE|SSE|SZSE|SHA|SHE|BSE|NSE|NSEI|LSE|LON|AIM|TSXV?|TSE|TYO|TWSE|TPEX|TWO|KRX|KOSE|KOSDAQ|ASX|SGX|NZSE"
    r"|EPA|ENXTPA|ENXTAM|AMS|XTRA|ETR|FRA|DB|SWX|BIT|BME|OM|STO|CPSE|OB|JSE|MCX|BMV|BOVESPA|B3"
    r"|纳斯达克|納斯達克|纽交所|紐交所|美股|港交所|港股|上交所|深交所|北交所|科创板|A股"
)
_LABELS = (
    r"(?:证券|股票|股份|公司|债券|上市|證券|股份|A股|H股|美股|港股)\s*(?:代码|代號|代号|代碼|編號|编号|简码)"
    r"|(?:company\s+|stock\s+)?(?:ticker|symbol)(?:\s+symbol)?|stock\s+code|ticker\s+code|bloomberg(?:\s+ticker)?"
)
_CODE = r"(?P<code>[A-Z][A-Z0-9]{0,5}(?:[.-][A-Z]{1,2})?|\d{1,6}(?:\.(?:HK|SH|SZ|SS|TW|TWO|T|KS|BJ))?)"
_SUFFIX = r"(?:HK|SH|SZ|SS|TW|TWO|BJ|KS|T|L|AX|TO|US|N|O|OQ|K|PA|DE|SI)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?<![A-Za-z])(?i:{_EXCHANGES})\s*[:：]\s*(?:\$)?(?i:{_CODE})(?![A-Za-z0-9])",
        rf"(?<![A-Za-z])(?i:{_LABELS})\s*[:：]\s*(?:(?i:{_EXCHANGES})\s*[:：]\s*)?{_CODE}(?![A-Za-z0-9])",
        rf"(?<![A-Za-z0-9.])(?P<code>\d{{4,6}}|[A-Z]{{1,5}})\.(?P<suffix>{_SUFFIX})(?![A-Za-z0-9])",
        r"(?<![A-Za-z0-9.])(?P<code>\d{1,6}|[A-Z]{1,5})\s(?P<suffix>US|HK|CH|TT|LN|JP)(?:\s+(?:Equity|Stock))?(?=\s*[)）,，/]|$)",
    )
)
_BRACKETED = re.compile(
    r"[（(]\s*\$?(?P<code>[A-Z]{1,6}(?:[.-][A-Z]{1,2})?|\d{4,6})\s*(?:[-+]?\d+(?:\.\d+)?%\s*)?(?=[)）/、,，])"
)
_NAMED = re.compile(r"(?:^|[_\s-])(?P<code>[A-Z]{1,5})_US(?=[_\s-]|$)")
_CODE_AND_DATE = re.compile(r"[\u4e00-\u9fff]_?(?P<code>\d{4,6})_(?=20\d\d)")
_BESIDE_QUARTER = re.compile(
    r"(?:^|[_\s-])(?P<code>[A-Z]{2,5})[_\s-]+(?:(?:FY)?20\d\d[_\s-]*)?(?:[FQ]?Q[1-4]|[1-4]Q\d\d|[qQ][1-4])(?![A-Za-z])"
)
_NO_TICKERS = frozenset(
    word
    for words in (
        "CEO CFO COO CTO USD RMB CNY HKD EUR GBP IR US UK HK EU EST EDT ET PT GMT UTC PDF AGM EGM QA Q FY GAAP ESG IPO",
        "PLC INC LTD CORP CO LLC LP THE AND FOR HD TV EN ZH CN IN FINAL CALL PART COVID ADR ADS CLASS FULL",
    )
    for word in words.split()
)
_SUFFIXES = {"US": "", "N": "", "O": "", "OQ": "", "K": "", "CH": "", "TT": ".TW", "LN": ".L", "JP": ".T"}


@dataclass(frozen=True, slots=True)
class Ticker:
    """A ticker in a text, and where the brackets or the words that give it begin and end.

    `bare` tells that nothing but brackets shows it to be a ticker, `stands_apart` that it is no word of a sentence.
    """

    value: str
    start: int
    end: int
    bare: bool
    stands_apart: bool


def find_tickers(text: str) -> tuple[Ticker, ...]:
    """Return the tickers that the text gives, in their order: of several listings the first is the first named.

    Codes keep the suffix of an exchange that they are written with ("0700.HK"); American ones lose it ("BABA US").
    """
    text = half_width(text)
    found: list[Ticker] = []
    for pattern in (*_PATTERNS, _BRACKETED):
        for match in pattern.finditer(text):
            code = match["code"].upper()
            suffix = match.groupdict().get("suffix")
            if suffix:
                code += _SUFFIXES.get(suffix, f".{suffix}")
            apart = not any(match.start() < other.end and other.start < match.end() for other in found)
            if apart and code not in _NO_TICKERS:
                stands_apart = suffix is None or text[: match.start()].rstrip()[-1:] in set("([（")
                found.append(Ticker(code, match.start(), match.end(), pattern is _BRACKETED, stands_apart))
    return tuple(sorted(found, key=lambda ticker: ticker.start))


def find_name_ticker(stem: str) -> str | None:
    """Return the ticker in the name of a file ("YUMC_US-2024-q1", "台積電_2330_20240418"), or None."""
    if dotted := _PATTERNS[2].search(stem):
        return dotted["code"] + _SUFFIXES.get(dotted["suffix"], f".{dotted['suffix']}")
    for pattern in (_NAMED, _CODE_AND_DATE, _BESIDE_QUARTER):
        match = pattern.search(stem)
        if match and match["code"] not in _NO_TICKERS:
            return match["code"]
    return None
