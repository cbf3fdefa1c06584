"""Speaker lines: what the line that introduces a speaker says, and how sure that is.

Each recogniser is a pure function from text to a Cue or None. `read_label` reads what stands before a colon
or alone on a line; the others find the label in a layout of their own. To add a layout, add a recogniser.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.model import Delivery, Person, Role
from indexer.transcripts.marks import leading_mark, leading_time, trailing_mark, trailing_time
from indexer.transcripts.names import (
    ANALYST_TITLE,
    firm_of_title,
    is_full_latin_name,
    is_han_name,
    is_latin_name,
    is_name,
    is_numbered,
    is_title,
)

_LONGEST_LABEL = 120
_OPERATOR = re.compile(
    r"(?:(?:conference|call|teleconference)\s+)?(?:operator|moderator|coordinator)|电话会议?(?:主持人"
    r"|接线员|操作员)|接线员|接線員|操作员|话务员|會議主持人|会议主持人|主持人|主持",
    re.IGNORECASE,
)
_NAMELESS = re.compile(
    r"(?:unidentified|unknown|unnamed)\s+(?:speaker|participant|company representative|executive|person"
    r"|attendee|男|女)?"
    r"|(?P<analyst>(?:unidentified|unknown)\s+analyst|提问者?|提問|问|問|Q|question|投资者提问|投资者"
    r"|分析师|分析師)"
    r"|(?P<management>(?:unidentified|unknown)\s+(?:company representative|executive)|答|A|answer"
    r"|管理层|管理層|公司管理层|高管)"
    r"|(?P<interpreter>interpreter|translator|翻译|翻譯|译员|口译员)|未署名|未知发言人",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*[（(\[]([^（()）\[\]]+)[）)\]]\s*$")
_FIGURES = re.compile(r"[（(][-+\d.,%\s]+[）)]")
_DASH = re.compile(r"\s+(?:--|[-–—])\s+|\s*——\s*|\s+--|--\s+")
_COLON = re.compile(r"[:：]")
_DECORATION = re.compile(r"^(?:#{1,6}\s+|[*_]{2,3}|[-*•]\s+)|[*_]{2,3}$")
_ANALYST_OF = re.compile(r"(?P<firm>\S.{0,30}?)?\s*(?:分析师|分析師|研究员)\s*[/／]?\s*(?P<name>\S.*)")
_TWO_SCRIPTS = re.compile(r"(?P<latin>[A-Z][A-Za-z.'’\-]*(?:\s+[A-Z][A-Za-z.'’\-]*)*)\s*(?P<han>[\u4e00-\u9fff·]{2,8})")
_TWO_SCRIPTS_TURNED = re.compile(
    r"(?P<han>[\u4e00-\u9fff·]{2,8})\s*(?P<latin>[A-Z][A-Za-z.'’\-]*(?:\s+[A-Z][A-Za-z.'’\-]*)*)"
)


@dataclass(frozen=True, slots=True)
class Cue:
    """What a speaker line says.

    `strong` tells that its form alone proves it to be one; a weak cue ("Name: text" with an unusual name)
    needs the file to agree, by a second one or by a list of participants. `delivery` is set when the line
    holds a mark.
    """

    name: str
    other_names: tuple[str, ...] = ()
    title: str | None = None
    affiliation: str | None = None
    role: Role | None = None
    delivery: Delivery | None = None
    strong: bool = True


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
    while text != previous:
        previous, text = text, _DECORATION.sub("", text).strip()
    return text


def read_label(label: str) -> Cue | None:
    """Read what stands before a colon, or alone on a speaker line, as a person.

    Knows roles ("Operator", "主持人"), "Name (Firm)", "Name (Title)", "Name -- Title", "Name, Title",
    "Firm分析师Name", a name in two scripts, and bare names; a clock time or a delivery mark beside it is
    read too.
    """
    label = undecorated(label).strip("[]【】 \t\u3000")
    label = _FIGURES.sub("", label)
    label = label[leading_time(label) :].strip(" -–|]】）)") if leading_time(label) else label
    label = label[: trailing_time(label)].strip(" -–|[【")
    if not label or len(label) > _LONGEST_LABEL:
        return None
    if marked := trailing_mark(label):
        cue = read_label(label[: marked[1]])
        return replace(cue, delivery=marked[0]) if cue else None
    for reader in (_role, _bracketed, _dashed, _analyst_of, _two_scripts, _comma, _title_beside, _plain):
        if cue := reader(label):
            return cue
    return None


def label_cue(text: str) -> tuple[Cue, int] | None:
    """Read "Label: words" or "Label:"; return the cue and where the words begin."""
    start = leading_time(text)
    colon = _COLON.search(text, start)
    while (
        colon
        and re.match(r"\d", text[colon.end() : colon.end() + 1])
        and text[colon.start() - 1 : colon.start()].isdigit()
    ):
        colon = _COLON.search(text, colon.end())
    if not colon or colon.start() > _LONGEST_LABEL:
        return None
    cue = read_label(text[: colon.start()])
    if cue is None:
        return None
    end = colon.end()
    while text[end : end + 1] in {"*", "_"}:
        end += 1
    if marked := leading_mark(text[end:].lstrip()):
        return replace(cue, delivery=marked[0]), len(text) - len(text[end:].lstrip()) + marked[1]
    return cue, end


def line_cue(text: str) -> Cue | None:
    """Read a line without a colon that can only be a speaker line.

    Those are a role, a numbered label, "Name -- Title", and a name with a clock time.
    """
    bare = undecorated(text)
    if _role(bare):
        return _role(bare)
    if bare[-1:] in ".。！？!?,，;；":
        return None
    timed = leading_time(bare) > 0 or trailing_time(bare) < len(bare)
    cue = read_label(bare)
    if cue is None or not (is_han_name(cue.name) or is_latin_name(cue.name) or is_numbered(cue.name)):
        return None
    dashed = _DASH.search(bare) is not None and cue.title is not None
    return cue if timed or dashed or is_numbered(bare) else None


def with_title(cue: Cue, title: str) -> Cue:
    """Return the cue with the title of the person, and the firm and role that the title tells."""
    role = Role.ANALYST if ANALYST_TITLE.search(title) else Role.MANAGEMENT if is_title(title) else cue.role
    return replace(cue, title=title, affiliation=cue.affiliation or firm_of_title(title), role=cue.role or role)


def _role(label: str) -> Cue | None:
    if _OPERATOR.fullmatch(label):
        return Cue(label, role=Role.OPERATOR)
    match = _NAMELESS.fullmatch(label)
    if not match:
        return None
    role = Role.ANALYST if match["analyst"] else Role.MANAGEMENT if match["management"] else Role.OTHER
    return Cue(label, role=role, strong=len(label) > 1)


def _bracketed(label: str) -> Cue | None:
    match = _BRACKETS.search(label)
    if not match:
        return None
    inside, cue = match[1].strip(), read_label(label[: match.start()])
    if cue is None or cue.role is Role.OPERATOR:
        return cue
    if is_title(inside):
        return with_title(cue, inside)
    if is_han_name(inside) and is_latin_name(cue.name):
        return replace(cue, other_names=(*cue.other_names, inside))
    return replace(cue, affiliation=inside, role=cue.role or Role.ANALYST, strong=True)


def _dashed(label: str) -> Cue | None:
    match = _DASH.search(label)
    if not match:
        return None
    cue, title = (
        _plain(label[: match.start()]) or _two_scripts(label[: match.start()]),
        label[match.end() :].strip(),
    )
    if cue is None or not title:
        return None
    if is_title(title):
        return replace(with_title(cue, title), strong=True)
    return replace(cue, title=title, affiliation=title, strong=len(match[0].strip()) > 1)


def _analyst_of(label: str) -> Cue | None:
    match = _ANALYST_OF.fullmatch(label)
    if not match or not (name := _plain(match["name"])):
        return None
    firm = match["firm"].strip(" /／") if match["firm"] else None
    title = label[: match.start("name")].strip(" /／")
    return replace(name, title=title, affiliation=firm or None, role=Role.ANALYST, strong=True)


def _two_scripts(label: str) -> Cue | None:
    match = _TWO_SCRIPTS.fullmatch(label) or _TWO_SCRIPTS_TURNED.fullmatch(label)
    if not match or not is_han_name(match["han"]) or not is_latin_name(match["latin"]):
        return None
    first, second = sorted(("latin", "han"), key=match.start)
    return Cue(match[first], other_names=(match[second],))


def _comma(label: str) -> Cue | None:
    name, comma, title = label.partition(", ") if ", " in label else label.partition("，")
    cue = _plain(name) if comma and is_title(title) else None
    return replace(with_title(cue, title.strip()), strong=True) if cue else None


def _title_beside(label: str) -> Cue | None:
    """Read "徐宏 首席财务官", "首席财务官 徐宏" and "首席财务官徐宏"."""
    pieces = label.split(maxsplit=1)
    if len(pieces) == 2 and is_han_name(pieces[0]) and is_title(pieces[1]):  # noqa: PLR2004 - name and title
        return with_title(Cue(pieces[0]), pieces[1])
    for length in (3, 2, 4):
        title, name = label[:-length].strip(), label[-length:]
        if re.search(r"(?:官|裁|长|長|理|事|席|管|监|監|人|书)$", title) and is_title(title) and is_han_name(name):
            return with_title(Cue(name), title)
    return None


def _plain(label: str) -> Cue | None:
    label = label.strip()
    if not is_name(label):
        return None
    return Cue(label, strong=is_full_latin_name(label) or is_numbered(label) or "·" in label)
