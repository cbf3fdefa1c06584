"""The company whose call it is, as titles, welcomes and file names write it. A doubtful name is no name.

A company stands before its ticker, before the period ("X Q1 2024 Earnings Call"), between period and call ("Q1 2024 X
Earnings Call"), behind the call ("earnings call of X"), or behind a label ("证券简称：X").
"""

from __future__ import annotations

import re

from indexer.text.language import HAN
from indexer.transcripts.dates import find_dates, half_width
from indexer.transcripts.periods import find_periods, find_quarter
from indexer.transcripts.tickers import find_tickers

_CALL = (
    r"(?:(?:fiscal|full|first|second|third|fourth|quarterly|annual|interim|preliminary|final|half|financial|investor"
    r"|analyst|business|earnings?|results?|sales|trading|corporate|shareholders?|analysts?|group)\b[\s-]*)*"
    r"(?:earnings|results|conference|call|concall|webcast|investor day|investor meeting|update|transcript"
    r"|annual general meeting|AGM|presentation|briefing|Q&A)"
)
_HAN_CALL = (
    r"(?:业绩|業績|财报|財報|线上|年度|半年度|季度|投资者|投資者|分析师|媒体)*"
    r"(?:电话会|電話會|说明会|說明會|法說會|法说会|法人說明會|发布会|發布會|交流会|交流會|业绩会|業績會|调研|接待日|路演)"
)
_FIRST_CALL_WORD = re.compile(rf"\b{_CALL}\b", re.IGNORECASE)
_BEFORE_HAN_CALL = re.compile(rf"(?P<company>[{HAN}A-Za-z0-9&·\-（）() ]{{2,40}}?)(?:的)?{_HAN_CALL}")
_AFTER_CALL = re.compile(
    rf"{_CALL}\s+(?:call\s+|webcast\s+)?(?:of|for|with|from|hosted by|by)\s+(?P<company>[A-Z](?:[^.;:()]|\.(?=\w)){{1,60}})",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:^|\s)(?:company(?:\s+name)?|issuer|公司名称|公司名稱|公司简称|公司簡稱|证券简称|證券簡稱|股票简称|股票簡稱|公司|上市公司)\s*[:：]\s*"
    r"(?P<company>\S(?:(?!\s{2}|[\u4e00-\u9fff]{2,6}[:：]).){1,60})",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"^(?P<company>[^()（）。，,]{2,40}?)\s*[（(]\s*[-+]?\d+(?:\.\d+)?\s*,\s*[-+]?\d")
_LEADING = re.compile(
    r"^(?:[【\[][^】\]]{0,30}[】\]]|(?:final|edited|full|complete|preliminary|corrected)?\s*(?:earnings\s+call\s+)?transcripts?"
    r"(?:\s+of)?\s*[:：-]?|(?:event|title|subject|公司)\s*[:：]|the\b|today['’]s\b|our\b|[A-Z]{1,6}(?:\.[A-Z]{1,2})?\s+[-–]\s+"
    r"|一图看懂|一圖看懂|图解|圖解|详解|解读|直击|速递|快讯|重磅|独家|聚焦|实录|纪要|关于|本次|由|[-–—|:：·•#*\s,，、>]+)\s*",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:['’]s?|\s+(?:reports?|announces?|posts?|delivers?|hosts?|presents?|holds?|on|for|of|in|and|at|the|its|to)"
    r"|\s+(?:CEO|CFO|COO|Chairman|President|Management|Executives?)\b.*"
    r"|(?:公布|发布|發布|披露|召开|召開|举行|舉行|举办|舉辦|组织|关于|的|于|於|就|及|暨|了|今日|昨日)+.*|[\s\-–—|,，、:：·(（\[【_]+)$",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"[|｜丨]|\s[-–—]{1,2}\s|——|[:：]")
_TRAILING_BRACKETS = re.compile(r"\s*[（(\[][^（()）\[\]]*[）)\]]\s*$")
_NO_COMPANY = re.compile(
    r"^[这那该本此哪][一个次场季年]|^(?:这|那|该|此|上个?|下个?|去年|今年)|[。！？!?；;“”\"…=<>@/\\{}]|https?|www|\d{4}年|我们|我們|本公司|贵公司|大家|各位|投资者|投資者|分析师|感谢|感謝|欢迎|歡迎|会议|會議|今天"
    r"|访谈|訪談|播客|专访|專訪|对话|研报|点评|行业|板块|电话会|公众号|默认|栏目"
    r"|\b(?:podcast|interview|episode|image|source|copyright|page|duration|contents|welcome|please|we|you|your|I|is|are|was"
    r"|operator|ladies|gentlemen|published|motley fool|seeking alpha|streetevents|factset|callstreet|capital iq"
    r"|market intelligence|alphastreet|bloomberg transcript)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    "a all an and annual business call calls company companys conference corporate corporation day earning earnings edited event events"
    " final financial first fiscal fourth full fy general group half hour interim investor investors management meeting of on our"
    " part participants post preliminary presentation q quarter quarterly release report reports result results sales second"
    " section session shareholder shareholders slides teleconference the this third today todays trading transcript transcripts update"
    " video webcast webinar year results live analyst analysts executive executives discussion remarks prepared questions answers"
    " january february march april may june july august september october november december consolidated operating unaudited"
    " 公司 集团 集團 本集团 股份 业绩 財報 财报 季度 年度 全年 中期 上半年 线上 网上 投资者关系 证券 有限公司 股份有限公司 上市公司 本季度 最新 管理层".split()
)
_WORD = re.compile(rf"[{HAN}]+|[^\W_]+")
_FIGURE = re.compile(r"\d+|f?[qh][1-4]|[1-4][qh]\d*|fy\d*")
_TICKER_AND_DASH = re.compile(r"^[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?\s*[-–:]")
_TICKER = re.compile(r"[A-Z0-9]{1,6}\.[A-Z]{1,2}")
_HAS_NAME = re.compile(rf"[A-Z]|[{HAN}]{{2}}")
_LONGEST = 60
_MOST_WORDS = 8
_LONGEST_HAN = 30
_NAME_AND_QUARTER = re.compile(
    r"(?P<company>(?:[A-Z][\w&.'’]*|of|and|the|de|&)(?:[\s_-]+(?:[A-Z0-9][\w&.'’]*|of|and|de|&))*)[\s_-]*$"
)
_JOINTS = re.compile(r"_|(?<=[^\W\d_])-|-(?=[^\W\d_])")
_HAN_NAME = re.compile(rf"(?:^|[_\s\-—（(【】])(?P<company>(?=[A-Za-z·]*[{HAN}])[{HAN}A-Za-z·]{{2,24}})$")
_CODE_AND_DATE = re.compile(
    rf"(?:^|[_\s-])(?P<company>[{HAN}A-Z][{HAN}A-Za-z·\-]{{1,20}})_\d{{4,6}}_(?:20\d{{6}}|20\d\d)"
)


def company_in_title(text: str) -> str | None:
    """Return the company that a line names as a title does, or None."""
    text = half_width(text).strip()
    if labelled := labelled_company(text):
        return labelled
    if quoted := _QUOTE.search(text):
        return clean_company(quoted["company"])
    for start in _ticker_starts(text):
        if company := clean_company(text[:start]):
            return company
    return _company_beside_period(text) or _company_without_period(text)


def labelled_company(text: str) -> str | None:
    """Return the company behind a label such as "证券简称：", in a line whose blanks all stand, or None."""
    labelled = _LABEL.search(half_width(text))
    return clean_company(labelled["company"]) if labelled else None


def company_in_welcome(clause: str) -> str | None:
    """Return the company whose call a clause of welcome says it is, or None."""
    text = half_width(clause).strip()
    company = _company_beside_period(text) or _company_without_period(text)
    # In the middle of a sentence a name shows by its capitals.
    if company and not re.search(f"[{HAN}]", company) and not _is_capitalised(company):
        return None
    return company


def company_in_lead(text: str) -> str | None:
    """Return the company of which a sentence says that it has published results, or None."""
    text = half_width(text).strip()
    quoted = _QUOTE.search(text)
    if quoted:
        return clean_company(quoted["company"])
    tickers = _ticker_starts(text)
    return clean_company(text[: tickers[0]]) if tickers and tickers[0] < _LONGEST else None


def company_in_name(stem: str) -> str | None:
    """Return the company in the name of a file, where a code, a date or a quarter shows where it ends."""
    if coded := _CODE_AND_DATE.search(stem):
        return clean_company(coded["company"])
    spaced = spaced_name(stem)
    for period in find_periods(spaced):
        if han := _HAN_NAME.search(stem[: period.start].rstrip(" _-")):
            return clean_company(han["company"])
        latin = _NAME_AND_QUARTER.search(spaced[: period.start])
        if latin and not re.search(f"[{HAN}]", spaced) and re.search("[A-Z][a-z]", latin["company"]):
            return clean_company(latin["company"])
    return None


def spaced_name(stem: str) -> str:
    """Return the name of a file with blanks for the signs that join its words, one character for one."""
    return _JOINTS.sub(" ", stem)


def clean_company(text: str) -> str | None:
    """Return the name without what titles set around it, or None when it cannot be a company."""
    pieces = [piece for piece in _SPLIT.split(text) if piece.strip()]
    text = pieces[-1].strip() if pieces else ""
    for dated in find_dates(text)[:1]:
        text = text[dated.end :] if dated.start == 0 else text
    previous = None
    while text != previous:
        previous = text
        text = _LEADING.sub("", text, count=1)
        text = _TRAILING.sub("", _TRAILING_BRACKETS.sub("", text)).strip()
    if text.count("(") != text.count(")") or text.count("（") != text.count("）"):
        return None
    return text if _may_be_company(text) else None


def same_company(one: str, other: str) -> bool:
    """Whether two names may well be of one company: one abbreviates the other, letter by letter."""
    short, long = sorted((_folded(one), _folded(other)), key=len)
    letters = iter(long)
    return bool(short) and all(letter in letters for letter in short)


def _company_beside_period(text: str) -> str | None:
    spans = [(period.start, period.end) for period in find_periods(text)]
    if (quarter := find_quarter(text)) and not spans:
        spans = [(quarter.start, quarter.end)]
    if not spans:
        return None
    start, end = min(spans)
    if company := clean_company(text[:start]):
        return company
    call = _FIRST_CALL_WORD.search(text, end)
    # Behind the period stands a company only where nothing but a ticker stands before it.
    if (
        call
        and is_generic(_TICKER_AND_DASH.sub("", text[:start]))
        and (company := clean_company(text[end : call.start()]))
    ):
        return company
    return _after_call(text)


def _company_without_period(text: str) -> str | None:
    if han := _BEFORE_HAN_CALL.match(text):
        return clean_company(han["company"])
    call = _FIRST_CALL_WORD.search(text)
    if call and 0 < call.start() < _LONGEST:
        return clean_company(text[: call.start()]) or _after_call(text)
    return _after_call(text)


def _after_call(text: str) -> str | None:
    after = _AFTER_CALL.search(text)
    if after is None:
        return None
    company = re.split(r",(?!\s*(?:Inc|Ltd|LLC|Corp|plc))| on | today", after["company"])[0]
    call = _FIRST_CALL_WORD.search(company)
    return clean_company(company[: call.start()] if call else company)


def _ticker_starts(text: str) -> list[int]:
    return [ticker.start for ticker in find_tickers(text) if text[: ticker.start].strip() and ticker.stands_apart]


def _may_be_company(text: str) -> bool:
    han = len(re.findall(f"[{HAN}]", text))
    return (
        1 < len(text) <= (_LONGEST_HAN if han > len(text) / 2 else _LONGEST)
        and len(text.split()) <= _MOST_WORDS
        and bool(_HAS_NAME.search(text))
        and not _NO_COMPANY.search(text)
        and not is_generic(text)
        and not find_dates(text)
        and not _TICKER.fullmatch(text)
    )


def is_generic(text: str) -> bool:
    """Whether the text has only words that any call may be named with."""
    words = [word.casefold() for word in _WORD.findall(text.replace("'", "").replace("’", ""))]
    return all(word in _GENERIC or _FIGURE.fullmatch(word) for word in words)


def _is_capitalised(name: str) -> bool:
    words = [word for word in re.split(r"[\s-]+", name) if word.isalpha()]
    small = [word for word in words if word.islower()]
    return len(small) <= len(words) / 3 and name[:1].strip("'’") == name[:1] and any(map(str.isupper, name.split()[0]))


def _folded(name: str) -> str:
    return "".join(_WORD.findall(half_width(name).casefold()))
