"""Which figures a question asks for (any, an amount of money, a share of a whole), and which sentences have such a one.

A question such as "what was the gross margin" asks for a figure without saying how many. A year, a date, an ordinal or
the number in a name is no figure: "in 2019" does not tell how much revenue was. Works on folded text: small letters,
half width, simplified characters. Between the words of a pattern only so much may stand that a long text of nothing
but such words is read quickly.
"""

from __future__ import annotations

import re

_METRICS = (
    r"(?:revenues?|sales|turnover|profits?|(?:net |operating )?income|earnings|eps|ebitd?a|margins?|growth(?: rate)?"
    r"|cap(?:ital )?ex(?:penditures?)?|(?:capital )?spending|(?:operating )?expenses|cash flow|dividends?"
    r"|(?:net )?debt|leverage"
    r"|liquidity|headcount|(?:[a-z-]+ )?(?:rate|ratio|yield)|arpu"
    r"|gmv|backlog"
    r"|bookings|charge|market share|installed base|payback(?: period)?)"
)
_METRIC_BEHIND = re.compile(
    rf"\bwhat (?:is|was|were|are|will be)(?: [\w'’&.-]+){{0,7}}? {_METRICS}"
    r"(?: (?:guidance|outlook|forecast|target|range)s?)?"
    r"(?: (?:for|in|of|at|per|during|on|this|last|by|rate|figure)\b[^?]{0,80})?[?\s]*$"
    rf"|\bwhat (?:[\w'’-]+ ){{0,3}}{_METRICS} (?:did|does|do|has|have|is|was|were|will)\b"
    rf"|\bwhat (?:did|does|do|will|has|have)\b[^?]{{0,80}}\b(?:expect|forecast|guid(?:e|ing)|project"
    rf"|target)\w*\b[^?]{{0,80}}\b{_METRICS}\b"
)
# What makes such a question one after a view, a reason or a plan.
_NO_FIGURE = re.compile(
    r"\b(?:reasons?|drivers?|driv\w+|factors?|impact|effect|views?|plans?|strategy|trends?|cause[sd]?|behind"
    r"|difference|happen\w*"
    r"|about|definition)\b"
)
_ANY = re.compile(
    r"多少|几(?=个|家|名|位|成|倍|亿|万|次|天|年|月|款|条)|多(?:大|高|长|快)(?!家)"
    r"|\bhow (?:much|many|big|large|high|low|fast|long)\b"
    r"|\bwhat (?:rate|size|number|price)\b"
)
_MONEY = re.compile(
    r"多少(?:钱|资金|美元|美金|港元|欧元|人民币|元|亿元|万元)|(?:花|支付|出资|耗资|付|卖)了?多少|(?:售价|价格"
    r"|价钱|报价)[^,。?]{0,4}多少"
    r"|\bhow much (?:money|cash|capital)\b"
    r"|\bhow much (?:did|does|do|will|would|has|have|is|was|were|are)\b[^?]{0,80}\b(?:pay|paid|spend|spent|charged?"
    r"|invested|invest)\b"
    r"|\b(?:how much|what) (?:did|does|do|will|would|has)\b[^?]{0,80}\bcosts?"
    r"(?: (?:us|you|them|to|in|at)\b[^?]{0,80})?[?\s]*$"
    r"|\bwhat (?:did|does|do|will|would|has) (?:\w+ ){1,6}cost (?!of\b)"
    r"|\b(?:at )?what price\b"
)
_SHARE = re.compile(
    r"百分之几|几成|多[少大]比例|(?:占比|比例|比重|份额|渗透率)[^,。?]{0,6}(?:多少|多大|多高)"
    r"|占[^,。?]{1,20}(?:多少|几成)"
    r"|\b(?:what|which) (?:\w+ )?(?:share|percentage|percent|proportion|fraction)\b|\bhow many percent\b"
)
_COUNT = re.compile(
    r"\bhow many (?!(?:of|more of|times|years|quarters|months|weeks|days|percent\w*|(?:percentage |basis )?points|bps"
    r"|dollars|euros|yuan|pounds|yen)\b)"
    r"|(?:多少|几)(?:个(?!季|月|百?分?点|年|亿|百分)|家|名|位|台|辆|座|款|套|部|架|所|张席位)"
    r"|多少(?:员工|雇员|人(?!民)|会员|用户|客户|商家|门店|店铺|席位|城市|国家)"
)
_NO_QUANTITY = re.compile(
    r"(?:过去|未来|最近|近|今后|这)的?(?:[一两二三四五六七八九十几]+|\d+) ?多?个?(?:年|季度|月|天|周)"
    r"|\b(?:past|last|next|first|coming|recent) (?:few|two|three|four|five|six|eight|ten|twelve|\d+) (?:years"
    r"|quarters|months|weeks|days)\b|"
    r"(?:19|20)\d\d ?(?:年|财年|-\d\d?-\d\d?)?(?![\d.,]*\d|%| ?[亿万])|(?<![\d.])\d{1,2} ?月(?:份|底|初"
    r"|末)?(?: ?\d{1,2} ?[日号])?"
    r"|\b(?:[qh][1-4]|fy ?'?\d{2,4}|[1-4][qh])\b|第 ?\d+|\b\d+(?:st|nd|rd|th)\b|\bcovid-?19\b"
    r"|\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.? \d{1,2}\b(?!\s?%)"
)
_DIGITS = re.compile(r"(?<![a-z\d])(?<![a-z]-)\d")
_WORDS = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|hundred"
    r"|thousand|million"
    r"|dozens?|half|doubled?|tripled?|halved|two[- ]thirds|a (?:third|fifth|tenth))\b"
    r"|[百千]分之|(?<!第)[两二三四五六七八九十百千][十百千万亿]*(?:多)?(?:个(?!季)|家|倍|成|座|台|人|名|位|次"
    r"|天|年(?![来前后间里])|款|万|亿|%|元)|一半|翻[了一]*[番倍]|过半"
)
_CURRENCY = re.compile(
    r"[$€£¥₩]|\b(?:usd|rmb|cny|hkd|eur|gbp|ntd|twd|dollars?|euros?|yuan|pounds|pesewas|cents?|cedis?)\b"
    r"|\d ?[十百千万亿]*(?:元|块|美元|美金|港元|欧元)|[万亿]元"
)
# A number that counts things is none in a name, as in 88VIP, and none of money, of a share or of times as much.
_NUMBER = re.compile(r"(?<![a-z\d.,])(?<![a-z]-)\d[\d,.]*+(?!(?!(?:k|m|mn|mm|bn|b)\b)[a-z])")
_SCALE = r"(?: ?(?:[十百千万亿]+|hundred|thousand|million|billion|trillion|k\b|mn?\b|bn?\b))*"
_NO_COUNT = re.compile(
    rf"(?:[$€£¥₩]|\b(?:usd|rmb|cny|hkd|eur|gbp|ntd|twd|gh)\b|人民币|约合) ?\d[\d,.]*+{_SCALE}"
    rf"|\d[\d,.]*+{_SCALE} ?(?:%|个?百分点|倍|元|块|美元|美金|港元|欧元|(?:percent|per cent|percentage|basis|bps?"
    r"|points?|(?:us )?dollars?|euros?|yuan|pounds|pesewas|cents?|cedis?)\b)"
)
_OF_A_WHOLE = re.compile(
    r"%|百分之|百分点|[一二三四五六七八九两]成|\bper ?cent\b|\bbasis points?\b|\bhalf\b|\bthirds?\b"
    r"|\bquarter of\b|\bout of\b"
    r"|\bfifths?\b|\bone in\b|[分]之|一半|过半"
)

# What a share is one of: a third of revenue, 占收入 12%. It says nothing of how much that is.
_WHOLE = re.compile(
    r"(?:%|\bpercent|\bpoints?|\bthirds?|\bquarter|\bhalf|\bfifths?|\btenths?|\bshare|\bportion|\bproportion|\bmost|\bbulk)"
    r" of (?:(?:our|the|its|their|total|net|group|overall) )*$|占(?:我们|总|全部|集团|整体|公司|的)*$"
)


def is_whole(text: str, start: int) -> bool:
    """Tell whether what begins there is the whole of which a text states or asks a share."""
    return bool(_WHOLE.search(text[max(0, start - 40) : start].lower()))


def asks_for_figure(folded: str) -> bool:
    """Tell whether a question asks how many, how much or how long."""
    return bool(_ANY.search(folded))


def asks_for_measure(folded: str) -> bool:
    """Tell whether a question asks what revenue, a margin or another such measure was."""
    return bool(_METRIC_BEHIND.search(folded)) and not _NO_FIGURE.search(folded)


def asks_for_money(folded: str) -> bool:
    """Tell whether a question asks for an amount of money: what somebody paid, what something costs."""
    return bool(_MONEY.search(folded))


def asks_for_count(folded: str) -> bool:
    """Tell whether a question asks how many of something there are, which no percentage and no money tells."""
    return bool(_COUNT.search(folded))


def asks_for_share(folded: str) -> bool:
    """Tell whether a question asks for a share of a whole."""
    return bool(_SHARE.search(folded))


def has_figure(folded: str) -> bool:
    """Tell whether a sentence states a quantity, which a year, a date, an ordinal and the number in a name are not."""
    rest = _NO_QUANTITY.sub(" ", folded)
    return bool(_DIGITS.search(rest) or _WORDS.search(rest))


def has_measure(folded: str) -> bool:
    """Tell whether a sentence has digits, a percentage or money: "three ways" and "a third" measure little."""
    in_digits = _DIGITS.search(_NO_QUANTITY.sub(" ", folded))
    return bool(in_digits or "百分之" in folded or " percent" in folded) or has_money(folded)


def has_money(folded: str) -> bool:
    """Tell whether a sentence states an amount of money."""
    return bool(_CURRENCY.search(folded)) and has_figure(folded)


def has_count(folded: str) -> bool:
    """Tell whether a sentence states how many of something there are: no percentage, no money, no number in a name."""
    rest = _NO_COUNT.sub(" ", _NO_QUANTITY.sub(" ", folded))
    return bool(_NUMBER.search(rest) or _WORDS.search(rest))


def has_share(folded: str) -> bool:
    """Tell whether a sentence states a share of a whole."""
    return bool(_OF_A_WHOLE.search(folded))
