"""The company whose call it is, as titles, welcomes and file names write it. A doubtful name is no name.

A company stands before its ticker, before the period ("X Q1 2024 Earnings Call"), between period and call ("Q1 2024 X
Earnings Call"), behind the call ("earnings call of X"), or behind a label ("证券简称：X").
"""

from __future__ import annotations

import re

from indexer.text.language import HAN
from indexer.transcripts.company_names import clean_company, is_capitalised, is_generic
from indexer.transcripts.dates import half_width
from indexer.transcripts.periods import find_periods, find_quarter
from indexer.transcripts.tickers import find_tickers

_CALL = (
    r"(?:(?:fiscal|full|first|second|third|fourth|quarterly|annual|interim|preliminary|final|half|financial|investor"
    r"|analyst|business|earnings?|results?|sales|trading|corporate|shareholders?|analysts?|group)\b[\s-]*)*"
    r"(?:earnings|results|conference\s+call|call|concall|webcast|investor day|investor meeting|update|transcript"
    r"|annual general meeting|AGM|presentation|briefing|Q&A)"
)
# Any meeting may be a call or have a transcript; only these words tell that it is one of a company.
_TELLING = re.compile(
    r"earnings|results|conference\s+call|concall|webcast|investor|shareholder|annual general|\bAGM\b", re.IGNORECASE
)
_HAN_CALL = (
    r"(?:业绩|業績|财报|財報|线上|年度|半年度|季度|投资者|投資者|分析师|媒体)*"
    r"(?:电话会|電話會|说明会|說明會|法說會|法说会|法人說明會|发布会|發布會|交流会|交流會|业绩会|業績會|调研|接待日|路演"
    r"|(?:投资者)?关系活动(?:记录表)?|股东大会|股東大會|年会)"
)
_BEHIND_A_NOTE = re.compile(
    rf"(?:[【\[][^】\]]{{0,10}}(?:纪要|紀要|实录|實錄|调研|電話會|电话会|业绩会|交流)[^】\]]{{0,6}}[】\]]\s*"
    rf"|(?:会议|會議|调研|交流|电话会议?|专家)(?:纪要|紀要|实录|記錄|记录)\s*[|｜丨:]\s*)"
    rf"(?P<company>[{HAN}A-Za-z·]{{2,12}}(?:\s?[(（][\w.]{{4,12}}[)）])?)(?:\s*[\d.\-/年月日]{{6,14}}|[{HAN}]{{0,6}}(?:会议|交流|电话会|调研)?)"
)
_FIRST_CALL_WORD = re.compile(rf"\b{_CALL}\b", re.IGNORECASE)
_BEFORE_HAN_CALL = re.compile(rf"(?P<company>[{HAN}A-Za-z0-9&·\-（）() ]{{2,40}}?)(?:的)?{_HAN_CALL}")
_AFTER_CALL = re.compile(
    rf"{_CALL}\s+(?:call\s+|webcast\s+)?(?:of|for|with|from|hosted by|by)\s+"
    r"(?P<company>[A-Z](?:[^.;:()]|\.(?=\w)){1,60})",
    re.IGNORECASE,
)
_AFTER_CALL_AND_DASH = re.compile(rf"{_CALL}\s*(?:\s[-–—]|[|:])\s*(?P<company>[^|]{{2,60}})$", re.IGNORECASE)
_BEHIND_A_COMPANY = re.compile(r",(?!\s*(?:Inc|Ltd|LLC|Corp|plc))| on | today")
_LABEL = re.compile(
    r"(?:^|\s)(?:company(?:\s+name)?|issuer|公司名称|公司名稱|公司简称|公司簡稱|证券简称|證券簡稱|股票简称|股票簡稱|公司|上市公司)"
    rf"\s*[:：]\s*(?P<company>\S(?:(?!\s{{2}}|[{HAN}]{{2,6}}[:：]).){{1,60}})",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"^(?P<company>[^()（）。，,]{2,40}?)\s*[（(]\s*[-+]?\d+(?:\.\d+)?\s*,\s*[-+]?\d")
_TICKER_AND_DASH = re.compile(r"^[A-Z0-9]{1,6}(?:\.[A-Z]{1,2})?\s*[-–:]")
_NAME_AND_QUARTER = re.compile(
    r"(?P<company>(?:[A-Z][\w&.'’]*|of|and|the|de|&)(?:[\s_-]+(?:[A-Z0-9][\w&.'’]*|of|and|de|&))*)[\s_-]*$"
)
_JOINTS = re.compile(r"_|(?<=[^\W\d_])-|-(?=[^\W\d_])")
_HAN_NAME = re.compile(rf"(?:^|[_\s\-—（(【】])(?P<company>(?=[A-Za-z·]*[{HAN}])[{HAN}A-Za-z·]{{2,24}})$")
_CODE_AND_DATE = re.compile(
    rf"(?:^|[_\s-])(?P<company>[{HAN}A-Z][{HAN}A-Za-z·\-]{{1,20}})_\d{{4,6}}_(?:20\d{{6}}|20\d\d)"
)
_LONGEST = 60


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
    if company and not re.search(f"[{HAN}]", company) and not is_capitalised(company):
        return None
    return company


def company_in_lead(text: str) -> str | None:
    """Return the company with which a sentence begins, with a quote of its shares or a ticker behind it, or None."""
    text = half_width(text).strip()
    if quoted := _QUOTE.search(text):
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
    if call and is_generic(_TICKER_AND_DASH.sub("", text[:start])):
        between = clean_company(text[end : call.start()]) if _TELLING.search(call.group()) else None
        dashed = _AFTER_CALL_AND_DASH.match(text, call.start())
        return between or (clean_company(dashed["company"]) if dashed else None) or _after_call(text)
    return _after_call(text)


def _company_without_period(text: str) -> str | None:
    if (noted := _BEHIND_A_NOTE.fullmatch(text)) and (company := clean_company(noted["company"])):
        return company
    if han := _BEFORE_HAN_CALL.match(text):
        return clean_company(han["company"])
    call = _FIRST_CALL_WORD.search(text)
    if call and 0 < call.start() < _LONGEST and _TELLING.search(call.group()):
        return clean_company(text[: call.start()]) or _after_call(text)
    return _after_call(text)


def _after_call(text: str) -> str | None:
    after = _AFTER_CALL.search(text)
    if after is None:
        return None
    company = _BEHIND_A_COMPANY.split(after["company"], maxsplit=1)[0]
    call = _FIRST_CALL_WORD.search(company)
    return clean_company(company[: call.start()] if call else company)


def _ticker_starts(text: str) -> list[int]:
    return [ticker.start for ticker in find_tickers(text) if text[: ticker.start].strip() and ticker.stands_apart]
