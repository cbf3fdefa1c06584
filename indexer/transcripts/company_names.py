"""What can be the name of a company: the name freed of what titles set around it, or None when in doubt."""

from __future__ import annotations

import re

from indexer.text.language import HAN
from indexer.transcripts.dates import find_dates, half_width

_SPLIT = re.compile(r"[|｜丨]|\s[-–—]{1,2}\s|——|[:：]")
_LEADING = re.compile(
    r"^(?:[【\[][^】\]]{0,30}[】\]]"
    r"|(?:final|edited|full|complete|preliminary|corrected)?\s*(?:earnings\s+call\s+)?transcripts?(?:\s+of)?\s*[:：-]?"
    r"|(?:event(?:\s+description)?|title|subject|公司)\s*[:：]|the\b|today['’]s\b|our\b|[A-Z]{1,6}(?:\.[A-Z]{1,2})?\s+[-–]\s+"
    r"|一图看懂|一圖看懂|图解|圖解|详解|解读|直击|速递|快讯|重磅|独家|聚焦|实录|纪要|关于|本次|由"
    r"|[-–—|:：·•#*\s,，、>\"“”]+)\s*",
    re.IGNORECASE,
)
_TRAILING = re.compile(
    r"(?:['’]s?"
    r"|\s+(?:reports?|announces?|posts?|delivers?|hosts?|presents?|holds?|held|on|for|of|in|and|at|the|its|to)"
    r"|\s+(?:CEO|CFO|COO|Chairman|President|Management|Executives?)\b.*"
    r"|\s+(?:19|20)\d\d|(?:19|20)\d\d年度?"
    r"|(?<=..)(?:截至|截止|关于|公布|发布|發布|披露|召开|召開|举行|舉行|举办|舉辦).*"
    r"|(?<=..)(?:今日|昨日|的|于|於|就|及|暨|了)"
    r"|[\s\-–—|,，、:：·(（\[【_\"“”]+)$",
    re.IGNORECASE,
)
_TRAILING_BRACKETS = re.compile(r"\s*[（(\[][^（()）\[\]]*[）)\]]\s*$")
_NO_COMPANY = re.compile(
    r"^[这那该本此哪][一个次场季年]|召开|^[一二三四五六七八九十]{1,3}、|^(?:截至|截止|这|那|该|此|上个?|下个?|去年|今年)|[。！？!?；;“”\"…=<>@/\\{}]|https?|www"
    r"|\d{4}年|我们|我們|本公司|贵公司|大家|各位|投资者|投資者|分析师|感谢|感謝|欢迎|歡迎|会议|會議|今天"
    r"|访谈|訪談|播客|专访|專訪|对话|研报|点评|行业|板块|电话会|公众号|默认|栏目"
    r"|\b(?:podcast|interview|episode|image source|copyright|welcome|please|we|you|your|I|is|are|was|ended|ending"
    r"|operator|ladies|gentlemen|published|motley fool|seeking alpha|streetevents|factset|callstreet|capital iq"
    r"|market intelligence|press conference|governor|alphastreet|bloomberg transcript)\b",
    re.IGNORECASE,
)
_GENERIC = frozenset(
    word
    for words in (
        "a all an and annual business call calls company companys conference corporate corporation day earning",
        "earnings edited event events final financial first fiscal fourth full fy general group half hour interim",
        "investor investors management meeting of on our part participants post preliminary presentation q quarter",
        "quarterly release report reports result results sales second section session shareholder shareholders slides",
        "teleconference the this third today todays trading transcript transcripts update video webcast webinar year",
        "live analyst analysts executive executives discussion remarks prepared questions answers january february",
        "march april may june july august september october november december consolidated operating unaudited home",
        "inc corp ltd limited plc llc menu login sign subscribe search news contents page source duration description",
        "all-hands allhands weekly monthly daily team product project sync kickoff standup review board staff planning",
        "name type status topic host minutes summary exhibit highlights memo notes corrected raw",
        "公司 集团 集團 本集团 股份 业绩 財報 财报 季度 年度 全年 中期 上半年 线上 网上 投资者关系 证券 有限公司",
        "股份有限公司 上市公司 本季度 最新 管理层 首页 登录 注册 正文 目录 主题 标题 公告 纪要 实录 逐字稿",
    )
    for word in words.split()
)
_WORD = re.compile(rf"[{HAN}]+|[^\W_]+")
_FIGURE = re.compile(r"\d+|f?[qh][1-4]|[1-4][qh]\d*|fy\d*")
_TICKER = re.compile(r"[A-Z0-9]{1,6}\.[A-Z]{1,2}")
_HAS_NAME = re.compile(rf"[A-Z]|[{HAN}]{{2}}")
_LONGEST = 60
_LONGEST_LINE = 200
_MOST_WORDS = 8
_LONGEST_HAN = 30


def clean_company(text: str) -> str | None:
    """Return the name without what titles set around it, or None when it cannot be a company."""
    pieces = [piece for piece in _SPLIT.split(text[-_LONGEST_LINE:]) if piece.strip()]
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


def is_generic(text: str) -> bool:
    """Whether the text has only words that any call may be named with."""
    words = [word.casefold() for word in _WORD.findall(text.replace("'", "").replace("’", ""))]
    return all(word in _GENERIC or _FIGURE.fullmatch(word) for word in words)


def is_capitalised(name: str) -> bool:
    """Whether a name in Latin script is written as one: capitals, but for some small words between them."""
    words = [word for word in re.split(r"[\s-]+", name) if word.isalpha()]
    small = [word for word in words if word.islower()]
    return len(small) <= len(words) / 3 and any(map(str.isupper, name.split(maxsplit=1)[0]))


def same_company(one: str, other: str) -> bool:
    """Whether two names may well be of one company: one abbreviates the other, letter by letter."""
    short, long = sorted((_folded(one), _folded(other)), key=len)
    letters = iter(long)
    return bool(short) and all(letter in letters for letter in short)


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


def _folded(name: str) -> str:
    return "".join(_WORD.findall(half_width(name).casefold()))
