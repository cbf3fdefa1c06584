"""Labels to people: what stands before a colon, or alone on a speaker line, names somebody with title and firm.

Each reader is a pure function from text to a Cue or None. To read names written in a new way, add one,
here or in label_readers.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from indexer.model import Role
from indexer.transcripts.clock import leading_clock, trailing_clock
from indexer.transcripts.cue import Cue, with_title
from indexer.transcripts.label_acts import named_act
from indexer.transcripts.label_readers import beside, comma, plain, title_beside, two_scripts
from indexer.transcripts.label_signs import unbracketed, undecorated, without_turn_number
from indexer.transcripts.marks import trailing_mark
from indexer.transcripts.names import is_full_latin_name, is_han_name, is_latin_name, is_name
from indexer.transcripts.offices import is_broker, is_house, is_title
from indexer.transcripts.role_labels import answer_label, question_label, role_of_label

LONGEST_LABEL = 120
_BRACKETS = re.compile(r"\s*[（(\[]([^（()）\[\]]+)[）)\]]\s*$")
_BRACKETS_BEFORE = re.compile(r"[（(\[]([^（()）\[\]]{2,40})[）)\]]\s*(?=\S)")
_FIGURES = re.compile(r"[（(][-+\d.,%\s]+[）)]")
_NUMERAL = re.compile(r"[一二三四五六七八九十\d]{1,3}")
_TWO_SCRIPTS = re.compile(r"(?P<latin>[A-Za-z][A-Za-z ]*?)\s*[/／|]?\s*(?P<han>[\u4e00-\u9fff]{2,6})")
_TWO_SCRIPTS_TURNED = re.compile(r"(?P<han>[\u4e00-\u9fff]{2,6})\s*[/／|]?\s*(?P<latin>[A-Za-z][A-Za-z ]*\d{0,2})")
_NOBODY = re.compile(
    r"匿名|未具名|anonymous|(?:线上|線上|现场|現場|网络|網絡|远程)(?:提问|提問)?|online", re.IGNORECASE
)
_DASH = re.compile(r"\s+(?:--|[-–—―])\s+|\s*——\s*|\s+--|--\s+|(?<=[\w.)])(?:--|[–—])(?=[^\W\d])")
_EVENT = re.compile(
    r"\b(?:earnings|results|transcript|webcast|(?:conference|analyst|investor) (?:call|meeting|day)|Q[1-4]|[1-4]Q)\b",
    re.IGNORECASE,
)
_PIECES = re.compile(r"\s*[，,、;；/／|｜]\s*")
_ANALYST_OF = re.compile(
    r"(?P<firm>\S.{0,30}?)?\s*(?:首席|资深|高级)?(?:行业)?(?:分析师|分析師|研究员|研究員)\s*[/／\-]?\s*(?P<name>\S.*)"
)
_MARKED = re.compile(r"(?P<mark>[QAqa问問答])(?:\s*\d{0,3}\s*[-–—:：]\s*|\s?\d{1,3}\s+)(?P<rest>\S.+)")
_DEPARTMENT = re.compile(
    r"(?:部|组|組|处|處|科|室|办|中心|事业群|团队|小组)$|^(?:线上|線上|现场|远程|remote|he/|she/|they/|via )",
    re.IGNORECASE,
)


@lru_cache(maxsize=8192)
def read_label(label: str) -> Cue | None:
    """Read what stands before a colon, or alone on a speaker line, as a person.

    Knows roles ("Operator", "主持人"), "Name (Firm)", "Name (Title)", "Name -- Title", "Name, Title",
    "Name / Title", "Title Name", "Firm分析师Name", a firm beside a name, a name in two scripts, and bare names;
    a clock time or a delivery mark beside it is read too.
    """
    label = without_turn_number(label)
    label = without_clock(unbracketed(undecorated(label).replace("*", "")))
    label = _FIGURES.sub("", label).strip()
    if not label or len(label) > LONGEST_LABEL:
        return None
    if marked := trailing_mark(label):
        cue = read_label(label[: marked[1]])
        return replace(cue, delivery=marked[0]) if cue else None
    for reader in (
        part_in_call,
        _marked,
        _firm,
        _bracketed,
        _bracketed_before,
        named_act,
        _dashed,
        _analyst_of,
        two_scripts,
        comma,
        beside,
        title_beside,
        plain,
    ):
        if cue := reader(label):
            return cue
    return None


def without_clock(label: str) -> str:
    """Return a label without the clock time before or behind it."""
    if clock := leading_clock(label):
        label = label[clock[1] :].lstrip(" -–|]】）)·").rstrip(" -–|·")
        label = label if any(sign in label for sign in "[【（(") else label.rstrip("]】）)")
    if tail := trailing_clock(label):
        label = label[: tail[1]].strip(" -–|[【·@（(")
    return label


def part_in_call(label: str) -> Cue | None:
    """Read the label of a part in the call, of a question or of an answer."""
    if base := question_label(label):
        return Cue(base, role=Role.ANALYST, asks=True, strong=False)
    if base := answer_label(label):
        return Cue(base, role=Role.MANAGEMENT, asks=False, strong=False)
    role = role_of_label(label)
    if role is None and (match := _TWO_SCRIPTS.fullmatch(label)) and role_of_label(match["han"]):
        label, role = match["latin"], role_of_label(match["latin"])
    elif role is None and (match := _TWO_SCRIPTS_TURNED.fullmatch(label)) and role_of_label(match["han"]):
        role = role_of_label(match["latin"])
    return Cue(label, role=role, nameless=True) if role else None


def _marked(label: str) -> Cue | None:
    """Read "Q - Paul Okafor" and "A - Ines Ferreira"."""
    match = _MARKED.fullmatch(label)
    cue = read_label(match["rest"]) if match else None
    if match is None or cue is None or cue.asks is not None:
        return None
    role = Role.ANALYST if match["mark"].lower() in {"q", "问", "問"} else Role.MANAGEMENT
    return replace(cue, role=cue.role or role, strong=True)


def _firm(label: str) -> Cue | None:
    """Read the house that asks, where no person is named: "中信证券", "高盛"."""
    if not is_house(label):
        return None
    return Cue(label, affiliation=label, role=Role.ANALYST, nameless=True)


def _bracketed(label: str) -> Cue | None:
    match = _BRACKETS.search(label)
    if not match:
        return None
    inside, cue = match[1].strip(), read_label(label[: match.start()])
    if cue is None or cue.role is Role.OPERATOR:
        return cue
    if cue.asks is not None:
        return _unnamed(cue, inside)
    if cue.nameless and (person := _person_of_post(inside)):
        return replace(person, role=cue.role, strong=True)
    pieces = _PIECES.split(inside)
    if (
        len(pieces) > 1
        and not all(map(is_title, pieces))
        and all(piece and (is_name(piece) or is_title(piece) or is_broker(piece)) for piece in pieces)
    ):
        for piece in pieces:
            cue = _with(cue, piece)
        return cue
    return _with(cue, inside)


def _person_of_post(inside: str) -> Cue | None:
    """Read who has the part that stands before the brackets: "Questioner 1 (Ueda, Matsukaze Securities)"."""
    if is_full_latin_name(inside) or is_han_name(inside):
        return Cue(inside)
    person = read_label(inside)
    if person and not person.nameless and (person.title or person.affiliation):
        return person
    name, comma_sign, firm = inside.partition(", ")
    return Cue(name, affiliation=firm) if comma_sign and plain(name) and is_latin_name(firm) else None


def _bracketed_before(label: str) -> Cue | None:
    """Read "（财务总监）丁蕾" and "[CFO] Sato": what stands in brackets before a name is a title or a house."""
    match = _BRACKETS_BEFORE.match(label)
    if not match or not (is_title(match[1]) or is_broker(match[1])):
        return None
    cue = plain(label[match.end() :]) or two_scripts(label[match.end() :])
    return _with(cue, match[1].strip()) if cue else None


def _unnamed(cue: Cue, inside: str) -> Cue:
    """Read who asks or answers in brackets behind the sign: "答（张勇，总裁）", "Q (Jane Roe, UBS)"."""
    person = read_label(inside)
    named = person and not person.nameless and person.asks is None
    whole = (is_full_latin_name(inside) or is_han_name(inside)) and not is_broker(inside)
    if person and named and (person.title or person.affiliation or whole):
        return replace(person, role=person.role or cue.role, strong=True, asks=cue.asks)
    told = is_title(inside) or (person is not None and person.affiliation)
    if _NUMERAL.fullmatch(inside) or _NOBODY.fullmatch(inside) or (person and person.nameless and not told):
        return cue
    return _with(cue, inside)


def _with(cue: Cue, said: str) -> Cue:
    """Return the cue with what stands in brackets behind the name: a title, a second name or a firm."""
    if is_title(said):
        return replace(with_title(cue, said), strong=True)
    turned = (is_han_name(said) and is_latin_name(cue.name)) or (is_latin_name(said) and is_han_name(cue.name))
    if turned and not is_broker(said):
        return replace(cue, other_names=(*cue.other_names, said), strong=True)
    if (said.isascii() and said.islower()) or (cue.nameless and _NOBODY.fullmatch(said)):
        return cue
    if _DEPARTMENT.search(said):
        return replace(cue, affiliation=cue.affiliation or said, strong=True)
    return replace(cue, affiliation=cue.affiliation or said, role=cue.role or Role.ANALYST, strong=True)


def _dashed(label: str) -> Cue | None:
    match = _DASH.search(label)
    if not match:
        return None
    before, title = label[: match.start()].strip(), label[match.end() :].strip()
    cue = plain(before) or two_scripts(before) or _bracketed(before)
    if not title or _EVENT.search(title):
        return None
    if cue is None:
        named = plain(title) if is_broker(before) else None
        return replace(named, affiliation=before, role=Role.ANALYST, strong=True) if named else None
    if is_title(title):
        return replace(with_title(cue, title), strong=True)
    role = cue.role or (Role.ANALYST if is_broker(title) else None)
    return replace(cue, affiliation=title, role=role, strong=len(match[0].strip()) > 1)


def _analyst_of(label: str) -> Cue | None:
    match = _ANALYST_OF.fullmatch(label)
    if not match or not (
        name := plain(match["name"].strip()) or two_scripts(match["name"]) or _bracketed(match["name"])
    ):
        return None
    firm = match["firm"].strip(" /／-—") if match["firm"] else None
    title = label[: match.start("name")].strip(" /／-")
    return replace(name, title=title, affiliation=firm or None, role=Role.ANALYST, strong=True)
