"""Labels that name a part in the call and no person: Operator, 主持人, 问, Q, 投资者A, 管理层."""

from __future__ import annotations

import re

from indexer.model import Role

_NUMBER = r"(?:\s*(?:\d{1,3}|[A-ZＡ-Ｚ]|[一二三四五六七八九十甲乙丙丁]{1,3}))?"
_OPERATOR = re.compile(
    r"(?:(?:conference|call|teleconference|event)\s+)?(?:call\s+)?(?:operator|moderator|coordinator"
    r"|facilitator)(?:\s*\d)?"
    r"|(?:电话|電話|网络|線上|线上)?(?:会议|會議|会)?(?:接线员|接線員|操作员|操作員|话务员|話務員|接綫員"
    r"|主持人|主持|协调员|協調員|司仪|司儀)",
    re.IGNORECASE,
)
_ANALYST = re.compile(
    r"(?:unidentified|unknown|unnamed)[\s\-]+(?:analyst|shareholder|investor|caller|questioner)|analysts?|investors?|shareholders?|caller|questioner"
    r"|(?:(?:机构|機構|个人|個人|中小|现场|現場|线上|線上|网络|網絡|网友|线下)?(?:投资者|投資者|投资人"
    r"|投資人|股东|股東)|调研机构|参会机构|(?:某)?机构|某.{0,6}(?:投资者|投資者|投资人|投資人|机构|機構|基金|券商|私募)"
    r"|法人|分析师|分析師|(?:行业)?研究员|研究員)(?:代表)?(?:的)?(?:提问|提問|问题|問題|问|問)?|(?:现场|現場|线上"
    r"|線上|网络|網路|观众|觀眾|听众|媒体)?提问者?|提問者?",
    re.IGNORECASE,
)
_MANAGEMENT = re.compile(
    r"(?:unidentified|unknown|unnamed)[\s\-]+(?:company representative|executive|management)|management"
    r"|company(?: representative| secretary)?|(?:the\s+)?(?:chair(?:man|woman|person)?|company secretary|president"
    r"|(?:group\s+)?(?:chief (?:executive|financial|operating)(?: officer)?|finance director|managing director))"
    r"|(?:公司|上市公司|本公司)?(?:管理层|管理層|高管|领导|領導|回复|回覆|答复|答覆|回答|代表)|(?:上市)?公司"
    r"|董事长|董事長|总经理|總經理|总裁|總裁"
    r"|董秘|董事会秘书|财务总监|財務長|执行长|執行長|首席执行官|首席财务官|董事长兼总经理|CEO|CFO|COO|CTO|IRO?",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"(?:unidentified|unknown|unnamed)(?:[\s\-]+(?:speaker|participant|person|attendee|male|female|voice"
    r"|audience member))?"
    r"|(?:corporate|company)[\s\-]+speaker|未署名|未知发言人|未知發言人|不明发言人|身份不明人士|记者|記者"
    r"|(?:行业|行業)?(?:专家|專家)|expert|journalist|reporter|interviewer|interviewee|audience"
    r"|主讲人|主講人|嘉宾|嘉賓|观众|觀眾|听众",
    re.IGNORECASE,
)
INTERPRETER = re.compile(
    r"(?:the\s+)?(?:interpreter|translator)|翻译|翻譯|译员|譯員|口译员|口譯員|口译|口譯", re.IGNORECASE
)
_ORDINAL = r"(?:\s*[-.]?\s*(?:\d{1,3}|[一二三四五六七八九十]{1,3}))?"
_NUMBERING = r"(?:(?:\d{1,3}\s*[、.．)）]|[（(]\d{1,3}[)）])\s*)?"
_QUESTION = re.compile(
    rf"{_NUMBERING}(?P<base>问|問|Q|question|(?:投资者|投資者|机构|分析师|现场)?(?:提问|提問)|问题|問題){_ORDINAL}",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    rf"{_NUMBERING}(?P<base>答|A|answer|(?:公司|管理层|董秘)?(?:回答|回复|回覆|答复|答覆)){_ORDINAL}", re.IGNORECASE
)


_ASKER = {"问题": "提问", "問題": "提問"}


def question_label(label: str) -> str | None:
    """Return what stands for the asker in the label of a question ("Q1", "问题一", "3、问"), or None."""
    match = _QUESTION.fullmatch(label)
    return _ASKER.get(match["base"], match["base"]) if match else None


def answer_label(label: str) -> str | None:
    """Return the label of an answer ("A1", "回答", "答") without its number, or None."""
    match = _ANSWER.fullmatch(label)
    return match["base"] if match else None


def role_of_label(label: str) -> Role | None:
    """Return the role that a label without a name stands for, or None when it is none of these labels."""
    if _OPERATOR.fullmatch(label):
        return Role.OPERATOR
    if question_label(label) or _numbered(_ANALYST, label):
        return Role.ANALYST
    if answer_label(label) or _numbered(_MANAGEMENT, label):
        return Role.MANAGEMENT
    if _OTHER.fullmatch(label) or INTERPRETER.fullmatch(label):
        return Role.OTHER
    return None


def _numbered(pattern: re.Pattern[str], label: str) -> bool:
    match = pattern.match(label)
    return match is not None and re.fullmatch(_NUMBER, label[match.end() :]) is not None
