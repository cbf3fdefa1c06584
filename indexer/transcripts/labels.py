"""Labels to people: what stands before a colon, or alone on a speaker line, names somebody with title and firm.

Each reader is a pure function from text to a Cue or None. To read names written in a new way, add a reader.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from indexer.model import Delivery, Person, Role
from indexer.transcripts.clock import leading_clock, trailing_clock
from indexer.transcripts.marks import trailing_mark
from indexer.transcripts.names import is_full_latin_name, is_han_name, is_latin_name, is_name, is_numbered
from indexer.transcripts.role_labels import answer_label, question_label, role_of_label
from indexer.transcripts.offices import ANALYST_TITLE, firm_of_title, is_broker, is_house, is_title

LONGEST_LABEL = 120
_BRACKETS = re.compile(r"\s*[（(\[]([^（()）\[\]]+)[）)\]]\s*$")
_FIGURES = re.compile(r"[（(][-+\d.,%\s]+[）)]")
_DASH = re.compile(r"\s+(?:--|[-–—―])\s+|\s*——\s*|\s+--|--\s+|(?<=\w)[–—](?=[^\W\d])")
_BESIDE = re.compile(r"\s*[/／|｜\t]\s*|\s{2,}|(?<=[\u4e00-\u9fff])\s?[-–—]\s?(?=[\u4e00-\u9fff])")
_PIECES = re.compile(r"\s*[，,、;；/／|｜]\s*")
_DECORATION = re.compile(r"^(?:#{1,6}\s+|>\s+|[*_]{2,3}|[-*•·●▪◦]\s+)|[*_]{2,3}$")
_SIGNS = frozenset("#>*_-•·●▪◦")
_ANALYST_OF = re.compile(
    r"(?P<firm>\S.{0,30}?)?\s*(?:首席|资深|高级)?(?:行业)?(?:分析师|分析師|研究员|研究員)\s*[/／\-]?\s*(?P<name>\S.*)"
)
_MARKED = re.compile(r"(?P<mark>[QAqa问問答])\s*[-–—:：]\s*(?P<rest>\S.+)")
_HAN_BESIDE = r"[\u4e00-\u9fff·]{2,8}"
_LATIN_BESIDE = r"[A-Z][A-Za-z.'’\-]*(?:\s+[A-Z][A-Za-z.'’\-]*)*"
_TWO_SCRIPTS = re.compile(rf"(?P<latin>{_LATIN_BESIDE})\s*(?P<han>{_HAN_BESIDE})")
_TWO_SCRIPTS_TURNED = re.compile(rf"(?P<han>{_HAN_BESIDE})\s*(?P<latin>{_LATIN_BESIDE})")
_COMMA = re.compile(r",\s+(?!(?:Jr|Sr|II|III|IV|CFA|CPA|MBA|Ph\.?D|M\.?D|Esq)\b)|，")
_TITLE_BEFORE_DOT = re.compile(r"[^·]*(?:官|裁|长|長|理|事|席|管|监|監|人|书|書|秘|代|O)(?=[^·]+·)")
_HOST = re.compile(r"主持人?|\b(?:host|moderator)\b|嘉宾|嘉賓", re.IGNORECASE)
_DEPARTMENT = re.compile(
    r"(?:部|组|組|处|處|科|室|办|中心|事业群|团队|小组)$|^(?:线上|線上|现场|远程|remote|he/|she/|they/|via )",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """What a speaker line says.

    `strong` tells that the label has more than a bare name: a title, a firm, a second name, a role, a number;
    a bare name needs the file to agree, by a second label or by a list of participants. `delivery` is set when
    the line holds a mark. `nameless` tells that the label is that of a part in the call ("Operator"), `asks` that it
    stands for a question (True) or an answer (False) of somebody unnamed.
    """

    name: str
    other_names: tuple[str, ...] = ()
    title: str | None = None
    affiliation: str | None = None
    role: Role | None = None
    delivery: Delivery | None = None
    strong: bool = True
    nameless: bool = False
    asks: bool | None = None


def cue_of(person: Person) -> Cue:
    """Return the cue of a speaker whom the format itself names.

    A role or a title that it does not give is read off the name and the title, where these tell.
    """
    cue = replace(_role(person.name) or _titled(person.name) or Cue(person.name), other_names=person.other_names)
    if person.title:
        cue = with_title(cue, person.title)
    return replace(cue, affiliation=person.affiliation or cue.affiliation, role=person.role or cue.role, strong=True)


def _titled(name: str) -> Cue | None:
    """Read a name with the title beside it, as some formats have it in one field: "Name -- Title"."""
    cue = read_label(name)
    return cue if cue and cue.title and not cue.delivery else None


def undecorated(text: str) -> str:
    """Return the text without the signs of Markdown around it: heading marks, list marks, emphasis."""
    previous = None
    text = text.strip()
    if text[:1] not in _SIGNS and text[-1:] not in _SIGNS:
        return text
    while text != previous:
        previous, text = text, _DECORATION.sub("", text).strip()
    return text


@lru_cache(maxsize=8192)
def read_label(label: str) -> Cue | None:
    """Read what stands before a colon, or alone on a speaker line, as a person.

    Knows roles ("Operator", "主持人"), "Name (Firm)", "Name (Title)", "Name -- Title", "Name, Title",
    "Name / Title", "Title Name", "Firm分析师Name", a firm beside a name, a name in two scripts, and bare names;
    a clock time or a delivery mark beside it is read too.
    """
    label = without_clock(undecorated(label).replace("*", "").strip("[]【】 \t\u3000"))
    label = _FIGURES.sub("", label).strip()
    if not label or len(label) > LONGEST_LABEL:
        return None
    if marked := trailing_mark(label):
        cue = read_label(label[: marked[1]])
        return replace(cue, delivery=marked[0]) if cue else None
    for reader in (
        _role,
        _marked,
        _firm,
        _bracketed,
        _dashed,
        _analyst_of,
        _two_scripts,
        _comma,
        _beside,
        _title_beside,
        _plain,
    ):
        if cue := reader(label):
            return cue
    return None


def without_clock(label: str) -> str:
    """Return a label without the clock time before or behind it."""
    if clock := leading_clock(label):
        label = label[clock[1] :].strip(" -–|]】）)·")
    if tail := trailing_clock(label):
        label = label[: tail[1]].strip(" -–|[【·@（(")
    return label


def with_title(cue: Cue, title: str) -> Cue:
    """Return the cue with the title of the person, and the firm and role that the title tells.

    What is the name of a bank or broker and of no office is the firm alone.
    """
    if not is_title(title) and is_broker(title):
        return replace(cue, affiliation=cue.affiliation or title, role=cue.role or Role.ANALYST)
    role = Role.ANALYST if ANALYST_TITLE.search(title) else cue.role
    if role is None and is_title(title) and not _HOST.search(title):
        role = Role.MANAGEMENT
    return replace(cue, title=title, affiliation=cue.affiliation or firm_of_title(title), role=cue.role or role)


def _role(label: str) -> Cue | None:
    if base := question_label(label):
        return Cue(base, role=Role.ANALYST, asks=True, strong=False)
    if base := answer_label(label):
        return Cue(base, role=Role.MANAGEMENT, asks=False, strong=False)
    role = role_of_label(label)
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


def _with(cue: Cue, said: str) -> Cue:
    """Return the cue with what stands in brackets behind the name: a title, a second name or a firm."""
    if is_title(said):
        return replace(with_title(cue, said), strong=True)
    if (is_han_name(said) and is_latin_name(cue.name)) or (is_latin_name(said) and is_han_name(cue.name)):
        if not is_broker(said):
            return replace(cue, other_names=(*cue.other_names, said), strong=True)
    if _DEPARTMENT.search(said):
        return replace(cue, affiliation=cue.affiliation or said, strong=True)
    return replace(cue, affiliation=cue.affiliation or said, role=cue.role or Role.ANALYST, strong=True)


def _dashed(label: str) -> Cue | None:
    match = _DASH.search(label)
    if not match:
        return None
    before, title = label[: match.start()].strip(), label[match.end() :].strip()
    cue = _plain(before) or _two_scripts(before) or _bracketed(before)
    if not title:
        return None
    if cue is None:
        named = _plain(title) if is_broker(before) else None
        return replace(named, affiliation=before, role=Role.ANALYST, strong=True) if named else None
    if is_title(title):
        return replace(with_title(cue, title), strong=True)
    role = cue.role or (Role.ANALYST if is_broker(title) else None)
    return replace(cue, affiliation=title, role=role, strong=len(match[0].strip()) > 1)


def _analyst_of(label: str) -> Cue | None:
    match = _ANALYST_OF.fullmatch(label)
    if not match or not (
        name := _plain(match["name"].strip()) or _two_scripts(match["name"]) or _bracketed(match["name"])
    ):
        return None
    firm = match["firm"].strip(" /／-—") if match["firm"] else None
    title = label[: match.start("name")].strip(" /／-")
    return replace(name, title=title, affiliation=firm or None, role=Role.ANALYST, strong=True)


def _two_scripts(label: str) -> Cue | None:
    match = _TWO_SCRIPTS.fullmatch(label) or _TWO_SCRIPTS_TURNED.fullmatch(label)
    if not match or not is_han_name(match["han"]) or not is_latin_name(match["latin"]):
        return None
    first, second = sorted(("latin", "han"), key=match.start)
    return Cue(match[first], other_names=(match[second],))


def _comma(label: str) -> Cue | None:
    comma = _COMMA.search(label)
    if not comma:
        return None
    cue, title = _plain(label[: comma.start()]) or _two_scripts(label[: comma.start()]), label[comma.end() :].strip()
    if cue is None or not title:
        return None
    if is_title(title):
        return replace(with_title(cue, title), strong=True)
    if is_broker(title):
        return replace(cue, affiliation=title, role=Role.ANALYST, strong=True)
    return None


def _beside(label: str) -> Cue | None:
    """Read "Name / Title", "Firm | Name" and the like, in whichever order."""
    parts = [part for part in _BESIDE.split(label) if part]
    if not 1 < len(parts) <= 4:  # noqa: PLR2004 - name, title, firm and one more
        return None
    at = next((i for i, part in enumerate(parts) if _plain(part) or _two_scripts(part)), None)
    if at is None:
        return None
    cue = _plain(parts[at]) or _two_scripts(parts[at])
    rest = [part for i, part in enumerate(parts) if i != at]
    if cue is None or not any(is_title(part) or is_broker(part) for part in rest):
        return None
    firm = next((part for part in rest if not is_title(part)), None)
    for title in [part for part in rest if is_title(part)][:1]:
        cue = with_title(cue, title)
    role = cue.role or (Role.ANALYST if firm and is_broker(firm) else None)
    return replace(cue, affiliation=firm or cue.affiliation, role=role, strong=True)


def _title_beside(label: str) -> Cue | None:
    """Read "徐宏 首席财务官", "首席财务官 徐宏", "首席财务官徐宏", "中金公司 张三" and "CFO Tom Blake"."""
    pieces = label.split(maxsplit=1)
    if len(pieces) == 2 and is_han_name(pieces[0]) and is_title(pieces[1]):  # noqa: PLR2004 - name and title
        return with_title(Cue(pieces[0]), pieces[1])
    words = label.split()
    for taken in (2, 3, 1):
        before, name = " ".join(words[:-taken]), " ".join(words[-taken:])
        if not before or not (is_full_latin_name(name) or (taken == 1 and is_han_name(name))):
            continue
        if is_title(before):
            return with_title(Cue(name), before)
        if is_broker(before) and taken == 1:
            return Cue(name, affiliation=before, role=Role.ANALYST)
    if "·" in label and (head := _TITLE_BEFORE_DOT.match(label)) and is_han_name(label[head.end() :]):
        return with_title(Cue(label[head.end() :]), head.group()) if is_title(head.group()) else None
    for length in (2, 3, 4):
        title, name = label[:-length].strip(), label[-length:]
        if not is_han_name(name) or not title:
            continue
        if re.search(r"(?:官|裁|长|長|理|事|席|管|监|監|人|书|書|秘|代)$", title) and is_title(title):
            return with_title(Cue(name), title)
        if re.search(r"(?:证券|證券|基金|资本|資本|银行|銀行|资管|公司|研究)$", title) and is_broker(title):
            return Cue(name, affiliation=title, role=Role.ANALYST)
    return None


def _plain(label: str) -> Cue | None:
    label = label.strip()
    if not is_name(label):
        return None
    return Cue(label, strong=is_numbered(label))
