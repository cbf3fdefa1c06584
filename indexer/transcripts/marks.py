"""Marks beside the words: whose words they are, and where the record ends."""

from __future__ import annotations

import re

from indexer.model import Delivery

_OPEN, _CLOSE = r"[（(\[【]\s*", r"\s*[）)\]】]"
_TRANSLATED = (
    r"(?:英文|中文|英语|中文|普通话|日语)?(?:翻译|翻譯|口译|口譯|同传|同声传译|同傳|译文|譯文|译)"
    r"|(?:live\s+)?interpret(?:ed|ation|er)"
    r"|(?:simultaneous\s+)?translat(?:ed|ion|or)|(?:through|via) (?:an )?(?:interpreter|translator)"
)
_ORIGINAL = (
    r"(?:英文|中文|英语|普通话|日语)?(?:原话|原話|原文|原声|原聲)"
    r"|original(?: language)?|in (?:chinese|mandarin|english)"
)
_DELIVERY = re.compile(rf"{_OPEN}(?:(?P<translated>{_TRANSLATED})|(?P<original>{_ORIGINAL})){_CLOSE}", re.IGNORECASE)
_END = re.compile(
    r"[【\[（(<—–\-*\s]*(?:(?:以上|本次|会议)?(?:记录稿?|紀錄|实录|纪要|全文|文稿|会议|會議)?(?:结束"
    r"|結束|完毕|完畢|完)|全文完"
    r"|end of (?:the )?(?:transcript|call|document|recording|notes)|the end|end)[。.]?[】\]）)>—–\-*\s]*",
    re.IGNORECASE,
)
_END_IN_TEXT = re.compile(r"[（(【\[]\s*(?:全文)?(?:完|完毕|结束|end)\s*[）)】\]]$", re.IGNORECASE)
_CLOSES_A_MARK = frozenset("）)】]\n")


def delivery_mark(text: str) -> Delivery | None:
    """Return what a line says of the words below it, when it is a mark such as （翻译） and no more."""
    match = _DELIVERY.fullmatch(text.strip())
    return _delivery(match) if match else None


def leading_mark(text: str) -> tuple[Delivery, int] | None:
    """Return the delivery mark at the start of the text, and where the words begin."""
    match = _DELIVERY.match(text)
    return (_delivery(match), match.end()) if match else None


def trailing_mark(text: str) -> tuple[Delivery, int] | None:
    """Return the delivery mark at the end of the text, and where it begins."""
    for match in _DELIVERY.finditer(text):
        if not text[match.end() :].strip():
            return _delivery(match), match.start()
    return None


def is_end_mark(text: str) -> bool:
    """Whether the line says that the record ends, in brackets or between rules, and nothing else."""
    text = text.strip()
    return bool(_END.fullmatch(text)) and (not text[0].isalnum() or text.lower().startswith("end of"))


def end_mark_in(text: str) -> int:
    """Return where a closing mark such as （完） begins at the end of a paragraph.

    Its length when there is none.
    """
    match = _END_IN_TEXT.search(text) if text[-1:] in _CLOSES_A_MARK else None
    return match.start() if match else len(text)


def _delivery(match: re.Match[str]) -> Delivery:
    return Delivery.TRANSLATED if match["translated"] else Delivery.ORIGINAL
