"""The forms in which calls name quarters, halves and years; `periods` reads what they find.

The groups `year`, `fyear` (behind a sign of the fiscal year), `short` (two digits) and `roc` (of the Republic of China)
hold the year. The others hold the part of it: `quarter`, `ordinal` and `han` a quarter, `half`, `ordinal_half`,
`han_half` and `first_half` a half, `third` the first nine months. Blanks are counted, so that no line takes
long to read.
"""

from __future__ import annotations

import re

from indexer.transcripts.dates import HAN_MONTH, MONTH

FISCAL = re.compile(
    r"财年|財年|财季|財季|财政年度|財政年度|会计年度|會計年度|fiscal|financial year"
    r"|(?:(?<![a-z])|(?<=\d[QH]))FY(?![a-z])|(?<![a-z])(?:F[QH][1-4]|[1-4]F[QH]|F[1-4][QH])",
    re.IGNORECASE,
)
"""Words that say that periods are numbered by a fiscal year."""

ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4} | {"1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
ORDINALS |= {"一": 1, "二": 2, "三": 3, "四": 4, "上": 1, "下": 2}
_ORDINAL = r"first|second|third|fourth|1st|2nd|3rd|4th"
_HALF_ORDINAL = r"first|second|1st|2nd"
_DIGITS = "〇零○一二三四五六七八九"
_LONG = r"(?:(?:19|20)\d\d(?:[/–-]\d\d(?!\d))?)"
_FY = r"(?:FY|fiscal(?:\s{1,4}year)?|financial\s{1,4}year|F)"
# A year of two digits stands behind an apostrophe or a sign of the fiscal year, or right beside the quarter.
_YEAR = rf"(?P<year>{_LONG}(?!\d|[./-]\d)|['’]\s?\d\d(?!\d))"
_FISCAL_YEAR = rf"(?:{_FY}[\s_-]{{0,5}}['’]?(?P<fyear>{_LONG}|\d\d)(?!\d))"
_ANY_YEAR = rf"(?:{_FISCAL_YEAR}|{_YEAR})"
_BESIDE = r"(?P<short>\d\d)(?![\d%.,:/]|[a-z]\w)"
_OF = r"[\s_,–-]{0,5}(?:(?:of|for|in)\s{1,4})?(?:the\s{1,4})?"
_WORDS = r"(?:\s{1,4}(?:earnings|results|financial|trading|conference|call|update|webcast|presentation|briefing)){0,4}"
_AND_YEAR = (
    r"(?:(?:\s{0,4}(?:and|&|,)\s{0,4})(?:(?:the|full|fiscal|whole|financial|annual|year[\s-]end)[\s-]{0,5})*(?:year(?:[\s-]end)?"
    r"|annual|FY)?)?"
)
_HAN_YEAR = (
    rf"(?:(?P<year>(?<!\d)(?:{_LONG}|\d\d(?=\s{{0,4}}[年财財]))|[一二][{_DIGITS}]{{3}})"
    r"|(?P<roc>(?<!\d)1[0-4]\d(?=\s{0,4}年)))"
)
_UNIT = r"\s{0,4}(?:年度?|财年|財年|财政年度|財政年度|会计年度|會計年度)?[\s,，、的]{0,5}"
NAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # Quarters: Q1 2024, FQ1 2024, Q1'24, Q1 FY24, Q4 and full year 2023; 1Q24, 1QFY24; 2024Q1, FY24 Q1.
        rf"(?<![a-z0-9])F?Q(?P<quarter>[1-4])(?!\d){_AND_YEAR}(?:{_OF}{_ANY_YEAR}|[\s-]?{_BESIDE})",
        rf"(?<![a-z0-9])F?Q(?P<quarter>[1-4]){_WORDS}{_OF}{_ANY_YEAR}",
        rf"(?<![a-z0-9.])F?(?P<quarter>[1-4])F?Q(?:{_OF}{_ANY_YEAR}|[\s-]?{_BESIDE})",
        (
            rf"(?<![a-z0-9])(?:{_FISCAL_YEAR}|(?P<year>(?<!\d){_LONG}|['’]?\d\d(?=[\s-]?Q|年|财|財)))"
            rf"{_UNIT}[\s_,/-]{{0,5}}(?:第\s{{0,4}})?F?(?:Q(?P<quarter>[1-4])|(?P<quarter2>[1-4])Q)(?!\d)"
        ),
        (
            rf"(?:fiscal[\s-]{{1,5}})?(?P<ordinal>{_ORDINAL})[\s_-]{{1,5}}(?:fiscal[\s_-]{{1,5}})?quarter(?:['’]s)?{_AND_YEAR}"
            rf"(?:{_WORDS}{_OF}){_ANY_YEAR}"
        ),
        (
            rf"(?<![a-z0-9])(?:{_FISCAL_YEAR}|(?P<year>(?<!\d){_LONG})(?:['’]s)?)[\s,_-]{{1,5}}(?:fiscal\s{{1,4}})?"
            rf"(?P<ordinal>{_ORDINAL})[\s_-]{{1,5}}(?:fiscal[\s_-]{{1,5}})?quarter"
        ),
        rf"{_HAN_YEAR}{_UNIT}(?:第|前)?\s{{0,4}}(?P<han>[一二三四1-4])\s{{0,4}}(?:个|個)?\s{{0,4}}(?:季|财季|財季)",
        # Halves: H1 2024, 1H24, first half 2024, half-year results 2024, 2024 interim results, 2024年上半年.
        rf"(?<![a-z0-9])F?H(?P<half>[12])(?!\d)(?:{_OF}{_ANY_YEAR}|[\s-]?{_BESIDE})",
        rf"(?<![a-z0-9.])(?P<half>[12])H(?:{_OF}{_ANY_YEAR}|[\s-]?{_BESIDE})",
        (
            rf"(?<![a-z0-9])(?:{_FISCAL_YEAR}|(?P<year>(?<!\d){_LONG}|['’]?\d\d(?=[\s-]?H)))[\s_,/-]{{0,5}}"
            r"(?:H(?P<half>[12])|(?P<half2>[12])H)(?!\d)"
        ),
        rf"(?:fiscal\s{{1,4}})?(?P<ordinal_half>{_HALF_ORDINAL})[\s_-]{{1,5}}half(?:[\s-]year)?{_WORDS}{_OF}{_ANY_YEAR}",
        rf"(?:{_FISCAL_YEAR}|(?P<year>(?<!\d){_LONG}))[\s,_-]{{1,5}}(?:fiscal\s{{1,4}})?(?P<ordinal_half>{_HALF_ORDINAL})[\s_-]{{1,5}}half",
        rf"(?P<first_half>half[\s-]year(?:ly)?|interim){_WORDS}{_OF}{_ANY_YEAR}",
        rf"(?:{_FISCAL_YEAR}|(?P<year>(?<!\d){_LONG}))[\s,_-]{{1,5}}(?P<first_half>half[\s-]year|interim)",
        rf"{_HAN_YEAR}{_UNIT}(?:(?P<first_half>半年|中期|中报|中報)|(?P<han_half>[上下])\s{{0,4}}半年)",
        # Nine months count as the quarter that ends them.
        rf"(?<![a-z0-9])(?P<third>9M|nine[\s-]months)(?:{_WORDS}{_OF}{_ANY_YEAR}|[\s-]?{_BESIDE})",
        # Years: FY2023, full year 2023, 2019 annual results, 2023年年度, 2025财年.
        rf"(?<![a-z]){_FISCAL_YEAR}",
        rf"(?:full|whole|annual)[\s-](?:year)?{_WORDS}[\s,]{{0,5}}(?:of|for)?\s{{0,4}}(?:the\s{{1,4}}year\s{{1,4}})?{_YEAR}",
        rf"(?:annual|final|preliminary|year[\s-]end){_WORDS}{_OF}{_YEAR}",
        (
            rf"(?P<year>(?<![\d/.-]){_LONG})(?:['’]s)?[\s_-]{{1,5}}(?:full[\s_-]year|annual[\s_-](?:results|report|earnings)"
            r"|year[\s_-]end|final[\s_-]results|preliminary[\s_-]results|results\b)"
        ),
        (
            rf"{_HAN_YEAR}\s{{0,4}}(?:年\s{{0,4}}(?:年度|度|全年|年报|年報|年终|年終|末期|业绩|業績)|全年|年度"
            r"|财年|財年|财政年度|財政年度|会计年度|會計年度)(?!\s{0,4}(?:股东|股東))"
        ),
    )
)
MONTH_QUARTERS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"(?P<year>(?:19|20)\d\d)\s{{0,4}}年\s{{0,4}}{HAN_MONTH}\s{{0,4}}月份?\s{{0,4}}(?:止\s{{0,4}})?季度",
        rf"(?<![a-z]){MONTH}[\s_-]{{0,5}}quarter(?:\s{{1,4}}of)?[\s,_-]{{0,5}}(?P<year>(?:19|20)\d\d)",
        rf"(?<!\d)(?P<year>(?:19|20)\d\d)[\s_-]{{0,5}}{MONTH}[\s_-]{{0,5}}quarter",
    )
)
SPANS = (
    (3, r"quarter|three[\s-]months?|3[\s-]months?|季度|三个月|三個月"),
    (6, r"half[\s-]?year|six[\s-]months?|6[\s-]months?|半年度?|六个月|六個月|中期"),
    (9, r"nine[\s-]months?|9[\s-]months?|九个月|九個月"),
    (12, r"year|twelve[\s-]months?|12[\s-]months?|年度|全年|财年|財年|十二个月|十二個月"),
    (0, r"period"),
)
ENDED = re.compile(
    r"(?P<span>"
    + "|".join(words for _, words in SPANS)
    + r")\s{1,4}(?:period\s{1,4})?(?:ended|ending|to)\s{1,4}(?:on\s{1,4})?(?:the\s{1,4})?"
    rf"(?P<monthly>{MONTH}\s{{0,4}},?\s{{0,4}}(?P<year>(?:19|20)\d\d)(?!\d))?",
    re.IGNORECASE,
)
HAN_ENDED = re.compile(
    r"\s{0,4}(?:为|為)?止?\s{0,4}(?:的|之)?\s{0,4}(?P<span>" + "|".join(words for _, words in SPANS) + ")"
)
NUMBERED = re.compile(
    rf"(?:fiscal[\s-]{{1,5}})?(?P<ordinal>{_ORDINAL})[\s-]{{1,5}}(?:fiscal[\s-]{{1,5}})?quarter|(?<![a-z0-9])F?Q(?P<quarter>[1-4])(?![\d'’])"
    r"|(?:第\s{0,4})?(?P<han>[一二三四])\s{0,4}(?:季度|季报|季報|财季|財季)",
    re.IGNORECASE,
)
