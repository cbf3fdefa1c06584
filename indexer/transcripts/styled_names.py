"""Names that are set off by their type or place, with title or firm beside or below: vendors' transcripts, IR pages.

Type proves nothing by itself; the line must read like a person as well, or be in a list of participants. What
stands below a name is its title or firm when a list says so, when it stands below the same name again and again, or
when it has the words of one. Anything else was said.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.model import Role
from indexer.transcripts.cues import Cue, label_cue, read_label, undecorated, with_title
from indexer.transcripts.front_and_back import is_notice
from indexer.transcripts.names import is_full_latin_name, is_han_name, is_latin_name
from indexer.transcripts.offices import ANALYST_TITLE, is_broker, is_title
from indexer.transcripts.script import ends_in_firm, ends_sentence, width
from indexer.transcripts.sections import section_of_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.transcripts.evidence import Evidence
    from indexer.transcripts.layout import Paragraph

_WIDEST_NAME = 72
_MOST_WORDS = 12
_LONGEST_DESCRIPTION = 160
_LONGEST_FIRM = 40
_FEWEST_REPEATS, _FEWEST_DESCRIBED = 2, 3
_MOSTLY = 0.6
_NEARLY_ALWAYS = 0.75
_FREE_NAME = re.compile(r"[^\W\d_][\w·.'’\-]*(?:,? [\w·.'’\-]+)*")
_COURTESY = re.compile(
    r"(?:yes|yeah|no|okay|ok|sure|thanks?|great|good|right|correct|exactly|absolutely|hello|hi|well|so|and|but)\b"
    r"|谢谢|謝謝|好的|是的|对|對",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\b(?:slide|page|item|note|section)\s+\d|\d[.:,]?\d", re.IGNORECASE)
_NAME_AND_FIRM = re.compile(r"(?P<name>[^,(（]+?)(?:\s*[(（](?P<firm>[^()（）]+)[)）]|,\s+(?P<title>[A-Z].*))")
_SUFFIX = re.compile(r"(?:\b(?:Jr|Sr|Ph\.?D|M\.?D|Esq)|\b[A-Z])\.$")
_FIRM = re.compile(
    r"\b(?:LLC|L\.L\.C|LLP|L\.?P|Inc|Incorporated|Corp|Corporation|Company|Ltd|Limited|PLC|AG|S\.?A|N\.?V|GmbH|Co|Group|Capital"
    r"|Securities|Bank|Research|Partners|Advis[eo]rs|Associates|Equit(?:y|ies)|Investments?|Investors|Asset|Markets"
    r"|Holdings|Brokers?|Trust|Fund|Wealth)\b|证券|證券|银行|銀行|基金|资本|資本|资管|保险|投资|投資|公司|集团|集團",
)
_ANALYST_OF = re.compile(
    r"(?P<title>[^,]*\bAnalyst[^,]*),\s*(?P<firm>\S.*)|(?P<firm2>\S.*?)\s+[-–—]+\s+(?P<title2>.*\bAnalyst\b.*)"
)


@dataclass(frozen=True, slots=True)
class StyledNames:
    """What stands below lines that are set off by bold or larger type, or stand in the margin.

    `pairs` counts each such line with the line below it, `names` the lines by themselves. `introduce` tells that lines
    of this kind introduce speakers: most of those above plain text read as persons, and some do so again and again.
    """

    pairs: Mapping[tuple[str, str], int]
    names: Mapping[str, int]
    introduce: bool

    def always(self, name: str, below: str) -> bool:
        """Whether a line in the manner of a title stands below the name nearly every time, and more than once."""
        times = self.pairs[name, below]
        capitals = [word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", below)]
        return times >= _FEWEST_REPEATS and times >= _NEARLY_ALWAYS * self.names[name] and all(capitals)


def gather_styles(paragraphs: Sequence[Paragraph]) -> StyledNames:
    """Count the lines that are set off, and what stands below them."""
    off = [(name, below) for name, below in pairwise(paragraphs) if _is_set_off(name) and not below.bold]
    pairs = Counter((undecorated(name.text), below.text) for name, below in off)
    above_speech = [undecorated(name.text) for name, below in off if not below.heading and name.short]
    persons = Counter(text for text in above_speech if _speaker(text) is not None)
    again = sum(times >= _FEWEST_REPEATS for times in persons.values())
    described = sum(_with_firm(text) is not None for text in persons)
    enough = again >= _FEWEST_REPEATS or described >= _FEWEST_DESCRIBED
    introduce = enough and sum(persons.values()) >= _MOSTLY * len(above_speech)
    return StyledNames(pairs, Counter(name for name, _ in pairs.elements()), introduce)


def styled_block(
    paragraphs: Sequence[Paragraph], index: int, evidence: Evidence, styles: StyledNames
) -> tuple[Cue, int] | None:
    """Read the name that stands set off at `index`, and the title or firm below it; return the cue and its length."""
    line = paragraphs[index]
    name = undecorated(line.text)
    if not _is_set_off(line) or not _may_be_name(name) or index + 1 >= len(paragraphs):
        return None
    below = paragraphs[index + 1]
    cue = evidence.people.get(name) or _person(name)
    if cue is not None and cue.role is Role.OPERATOR:
        return None  # It has no title; what stands below it was said.
    described = not below.bold and index + 2 < len(paragraphs) and _describes(below, cue, name, styles)
    if described and (cue is not None or (styles.always(name, below.text) and _FREE_NAME.fullmatch(name))):
        return _described(cue or Cue(name), below.text), 2
    if _is_set_off(below):
        return None
    if name in evidence.people:
        return replace(evidence.people[name], strong=True), 1
    speaker = _speaker(name) if styles.introduce and line.short else None
    return (replace(speaker, strong=True), 1) if speaker else None


def _is_set_off(paragraph: Paragraph) -> bool:
    return paragraph.bold or paragraph.heading


def _speaker(text: str) -> Cue | None:
    """Read a line that names a speaker and may name the title or the firm as well."""
    if not _may_be_name(text):
        return None
    if with_firm := _with_firm(text):
        return with_firm
    cue = _person(text)
    return cue if cue and (cue.role is Role.OPERATOR or is_full_latin_name(cue.name) or is_han_name(cue.name)) else None


def _with_firm(text: str) -> Cue | None:
    """Read "Name, Firm", "Name (Firm)" and "Name, Title"."""
    match = _NAME_AND_FIRM.fullmatch(text)
    if not match or not is_latin_name(match["name"]) or len(match["name"].split()) == 1:
        return None
    return _described(Cue(match["name"]), match["firm"] or match["title"])


def listed_person(paragraphs: Sequence[Paragraph], at: int, role: Role | None) -> tuple[Cue | None, int]:
    """Read an entry of a list of participants that takes several lines: a name, and title or firm below it.

    In a list that sets names in bold type whatever is below a name describes it; in others it must have the words of
    a title or of a firm. Returns no person when the entry is none of this kind.
    """
    line = paragraphs[at]
    name = undecorated(line.text)
    if not _may_be_name(name):
        return None, 0
    cue = _person(name) or (Cue(name) if line.bold and _FREE_NAME.fullmatch(name) else None)
    if cue is None or cue.title or cue.affiliation or cue.role:
        return None, 0
    below = paragraphs[at + 1] if at + 1 < len(paragraphs) else None
    if below is None or below.bold or len(below.text) > _LONGEST_DESCRIPTION or section_of_heading(below.text):
        return (cue, 1) if line.bold else (None, 0)
    if not line.bold and not _has_words_of_one(below.text):
        return None, 0
    if line.bold and _is_sentence(below.text):
        return cue, 1
    return _described(replace(cue, role=role), below.text), 2


def _may_be_name(text: str) -> bool:
    if width(text) > _WIDEST_NAME or len(text.split()) > _MOST_WORDS or section_of_heading(text) or is_notice(text):
        return False
    return not ends_sentence(text) or _SUFFIX.search(text) is not None


def _person(name: str) -> Cue | None:
    cue = read_label(name)
    return cue if cue is not None or not _SUFFIX.search(name) else read_label(name.rstrip("."))


def _describes(below: Paragraph, cue: Cue | None, name: str, styles: StyledNames) -> bool:
    """Whether the line below a name is its title or firm."""
    text = below.text
    if len(text) > _LONGEST_DESCRIPTION or _COURTESY.match(text) or _NUMBERED.search(text):
        return False
    if cue is not None and (cue.title or cue.affiliation):
        told = _described(Cue(name, role=cue.role), text)
        if text in {cue.title, cue.affiliation} or (told.title, told.affiliation) == (cue.title, cue.affiliation):
            return True
    if label_cue(text) or _is_sentence(text):
        return False
    return styles.always(name, text) or _has_words_of_one(text)


def _is_sentence(text: str) -> bool:
    return ends_sentence(text) and not ends_in_firm(text)


def _has_words_of_one(text: str) -> bool:
    return is_title(text.rstrip(".")) or bool(_FIRM.search(text)) or (len(text) <= _LONGEST_FIRM and is_broker(text))


def _described(cue: Cue, text: str) -> Cue:
    """Return the cue with what the line below the name says: a title, a firm, or "Analyst, Firm"."""
    if match := _ANALYST_OF.fullmatch(text):
        title, firm = match["title"] or match["title2"], match["firm"] or match["firm2"]
        return replace(cue, title=title, affiliation=firm, role=Role.ANALYST)
    known_as_analyst = cue.role is Role.ANALYST
    if is_title(text.rstrip(".")) and not (known_as_analyst and _FIRM.search(text) and not ANALYST_TITLE.search(text)):
        return replace(with_title(cue, text.rstrip(".")), title=text)
    if cue.role is Role.MANAGEMENT:
        return replace(cue, title=cue.title or text)
    return replace(cue, affiliation=cue.affiliation or text, role=cue.role or Role.ANALYST)
