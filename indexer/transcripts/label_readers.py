"""Readers of labels that name one person beside a title or a firm, without brackets and marks.

Each is a pure function from text to a Cue or None, in the order in which labels.py tries them.
"""

from __future__ import annotations

import re
from dataclasses import replace

from indexer.model import Role
from indexer.transcripts.cue import Cue, with_title
from indexer.transcripts.names import (
    LATIN_ADDRESS,
    is_full_latin_name,
    is_han_name,
    is_latin_name,
    is_name,
    is_numbered,
)
from indexer.transcripts.offices import is_broker, is_house, is_title

_BESIDE = re.compile(r"\s*[/／|｜\t]\s*|\s{2,}|(?<=[\u4e00-\u9fff])\s?[-–—]\s?(?=[\u4e00-\u9fff])")
_HAN_BESIDE = r"[\u4e00-\u9fff·]{2,8}"
_LATIN_BESIDE = r"[A-Z][A-Za-z.'’\-]*(?:\s+[A-Z][A-Za-z.'’\-]*)*"
_TWO_SCRIPTS = re.compile(rf"(?P<latin>{_LATIN_BESIDE})\s*(?P<han>{_HAN_BESIDE})")
_TWO_SCRIPTS_TURNED = re.compile(rf"(?P<han>{_HAN_BESIDE})\s*(?P<latin>{_LATIN_BESIDE})")
_ADDRESS_AT_END = re.compile(r"\s+(?:Mr|Ms|Mrs|Miss|Dr|Prof)\.?$")
_HAN_BEHIND_LATIN = re.compile(r"[A-Za-z.] ?[\u4e00-\u9fff]{2,4}$")
_COMMA = re.compile(r",\s+(?!(?:Jr|Sr|II|III|IV|CFA|CPA|MBA|Ph\.?D|M\.?D|Esq)\b)|，")
_FIRM_IN_WORDS = re.compile(r"[A-Z][\w&.'’\-]*(?:\s+(?:[A-Z&][\w&.'’\-]*|of|and|de)){0,4}")
_ENDS_TITLE = re.compile(r"(?:官|裁|长|長|理|事|席|管|监|監|人|书|書|秘|代)$")
_OPENS_TITLE = frozenset("总總副董财財首执執监監主常独獨")
_OFFICE_BEHIND = re.compile(
    r"(?:董事|总裁|總裁|总经理|總經理|副总|副總|首席|财务|財務|执行|執行|技术|技術|营运|營運|运营|投资|投資|发言人|發言人"
    r"|独立|獨立|主席|联席|聯席|资深|資深|高级|高級|C[A-Z]O$)"
)
_ENDS_HOUSE = re.compile(r"(?:证券|證券|基金|资本|資本|银行|銀行|资管|投顾|投顧|投信|公司|研究)$")
_NO_OFFICE = re.compile(r"[()（）]|\b(?:by|with|from|and|interview\w*)$|^(?:an? |the )?interview\b", re.IGNORECASE)
_TITLE_BEFORE_DOT = re.compile(r"[^·]*(?:官|裁|长|長|理|事|席|管|监|監|人|书|書|秘|代|O)(?=[^·]+·)")


def two_scripts(label: str) -> Cue | None:
    """Read "Rob Lin 林建达" and "林建达 Rob Lin"."""
    match = _TWO_SCRIPTS.fullmatch(label) or _TWO_SCRIPTS_TURNED.fullmatch(label)
    if not match or not is_han_name(match["han"]) or is_house(match["han"]) or not is_latin_name(match["latin"]):
        return None
    first, second = sorted(("latin", "han"), key=match.start)
    return Cue(match[first], other_names=(match[second],))


def comma(label: str) -> Cue | None:
    """Read "Name, Title" and "Name, Firm"."""
    sign = _COMMA.search(label)
    if not sign:
        return None
    cue = plain(label[: sign.start()]) or two_scripts(label[: sign.start()])
    title = label[sign.end() :].strip(" \t'‘’")
    if cue is None or not title:
        return None
    if is_title(title):
        return replace(with_title(cue, title), strong=True)
    if is_broker(title) or (label.isupper() and is_broker(title.title())):
        return replace(cue, affiliation=title, role=Role.ANALYST, strong=True)
    if is_full_latin_name(cue.name) and _FIRM_IN_WORDS.fullmatch(title):
        return replace(cue, affiliation=title, role=Role.ANALYST)
    return None


def beside(label: str) -> Cue | None:
    """Read "Name / Title", "Firm | Name" and the like, in whichever order."""
    parts = [part for part in _BESIDE.split(label) if part]
    if not 1 < len(parts) <= 4:  # noqa: PLR2004 - name, title, firm and one more
        return None
    at = next((i for i, part in enumerate(parts) if plain(part) or two_scripts(part)), None)
    if at is None:
        return None
    cue = plain(parts[at]) or two_scripts(parts[at])
    rest = [part for i, part in enumerate(parts) if i != at]
    if cue is None or not any(is_title(part) or is_broker(part) for part in rest):
        return None
    firm = next((part for part in rest if not is_title(part)), None)
    for title in [part for part in rest if is_title(part)][:1]:
        cue = with_title(cue, title)
    role = cue.role or (Role.ANALYST if firm and is_broker(firm) else None)
    return replace(cue, affiliation=firm or cue.affiliation, role=role, strong=True)


def title_beside(label: str) -> Cue | None:
    """Read "徐宏 首席财务官", "首席财务官 徐宏", "首席财务官徐宏", "中金公司 张三" and "CFO Tom Blake"."""
    pieces = label.split(maxsplit=1)
    if len(pieces) == 2 and is_han_name(pieces[0]) and is_title(pieces[1]):  # noqa: PLR2004 - name and title
        return with_title(Cue(pieces[0]), pieces[1])
    return _title_before_words(label) or _title_before_name(label) or _title_behind_name(label)


def _title_before_words(label: str) -> Cue | None:
    """Read a title or a broker before a name of one to three words."""
    words = label.split()
    for taken in (4, 3, 2, 1) if _HAN_BEHIND_LATIN.search(label) else (2, 3, 1):
        before, name = " ".join(words[:-taken]).rstrip(" -–—―,，:："), " ".join(words[-taken:])
        before = _ADDRESS_AT_END.sub("", before)
        if not before or _NO_OFFICE.search(before):
            continue
        if is_title(before) and (both := two_scripts(LATIN_ADDRESS.sub("", name))):
            return with_title(both, before)
        if not (is_full_latin_name(name) or (taken == 1 and is_han_name(name))):
            continue
        if is_title(before):
            return with_title(Cue(name), before)
        if is_broker(before) and (taken == 1 or not before.isascii()):
            return Cue(name, affiliation=before, role=Role.ANALYST)
    return None


def _title_before_name(label: str) -> Cue | None:
    """Read a title or a house right before a Chinese name, which nothing parts from it."""
    if "·" in label and (head := _TITLE_BEFORE_DOT.match(label)) and is_han_name(label[head.end() :]):
        return with_title(Cue(label[head.end() :]), head.group()) if is_title(head.group()) else None
    for length in (2, 3, 4):
        title, name = label[:-length].strip(), label[-length:]
        if not is_han_name(name) or not title:
            continue
        if _ENDS_TITLE.search(title) and is_title(title):
            return with_title(Cue(name), title)
        if _ENDS_HOUSE.search(title) and is_broker(title):
            return Cue(name, affiliation=title, role=Role.ANALYST)
    return None


def _title_behind_name(label: str) -> Cue | None:
    """Read a title right behind a Chinese name: "林志明總經理"."""
    for length in (3, 2, 4):
        name, title = label[:length], label[length:]
        if is_han_name(name) and name[-1] not in _OPENS_TITLE and _OFFICE_BEHIND.match(title) and is_title(title):
            return with_title(Cue(name), title)
    return None


def plain(label: str) -> Cue | None:
    """Read a bare name."""
    label = label.strip()
    if not is_name(label):
        return None
    return Cue(label, strong=is_numbered(label))
