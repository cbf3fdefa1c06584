"""Names that are set off by their type, with title or firm on the lines below: data vendors' transcripts, IR pages.

Bold type proves nothing by itself; the line must read like a person as well, or be in a list of participants. What
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
from indexer.transcripts.names import ANALYST_TITLE, is_title
from indexer.transcripts.script import ends_sentence, width
from indexer.transcripts.sections import section_of_heading

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.transcripts.evidence import Evidence
    from indexer.transcripts.layout import Paragraph

_WIDEST_NAME = 48
_MOST_WORDS = 6
_LONGEST_DESCRIPTION = 160
_FEWEST_REPEATS = 2
_NEARLY_ALWAYS = 0.75
_FREE_NAME = re.compile(r"[^\W\d_][\w·.'’\-]*(?:,? [\w·.'’\-]+)*")
_COURTESY = re.compile(
    r"(?:yes|yeah|no|okay|ok|sure|thanks?|great|good|right|correct|exactly|absolutely|hello|hi|well|so|and|but)\b"
    r"|谢谢|謝謝|好的|是的|对|對",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b(?:Inc|Co|Corp|Ltd|Jr|Sr|L\.P|S\.A|N\.V|B\.V|Bros|Cos)\.$")
_SUFFIX = re.compile(r"(?:\b(?:Jr|Sr|Ph\.?D|M\.?D|Esq)|\b[A-Z])\.$")
_FIRM = re.compile(
    r"\b(?:LLC|L\.L\.C|LLP|L\.?P|Inc|Incorporated|Corp|Corporation|Company|Ltd|Limited|PLC|AG|S\.?A|N\.?V|GmbH|Co|Group|Capital"
    r"|Securities|Bank|Research|Partners|Advis[eo]rs|Associates|Equit(?:y|ies)|Investments?|Investors|Asset|Markets"
    r"|Holdings|Brokers?|Trust|Fund|Wealth)\b|证券|證券|银行|銀行|基金|资本|資本|资管|保险|投资|投資|公司|集团|集團",
)
_ANALYST_OF = re.compile(
    r"(?P<title>[^,]*\bAnalyst[^,]*),\s+(?P<firm>\S.*)|(?P<firm2>\S.*?)\s+[-–—]+\s+(?P<title2>.*\bAnalyst\b.*)"
)


@dataclass(frozen=True, slots=True)
class StyledNames:
    """How often a line in bold type stands above each line that is not: {(name, line below): times}, {name: times}."""

    pairs: Mapping[tuple[str, str], int]
    names: Mapping[str, int]

    def always(self, name: str, below: str) -> bool:
        """Whether a line in the manner of a title stands below the name nearly every time, and more than once."""
        times = self.pairs[name, below]
        capitals = [word[0].isupper() for word in re.findall(r"[^\W\d_]{4,}", below)]
        return times >= _FEWEST_REPEATS and times >= _NEARLY_ALWAYS * self.names[name] and all(capitals)


def gather_styles(paragraphs: Sequence[Paragraph]) -> StyledNames:
    """Count what stands below lines in bold type."""
    pairs = Counter(
        (undecorated(name.text), below.text) for name, below in pairwise(paragraphs) if name.bold and not below.bold
    )
    return StyledNames(pairs, Counter(name for name, _ in pairs.elements()))


def styled_block(
    paragraphs: Sequence[Paragraph], index: int, evidence: Evidence, styles: StyledNames
) -> tuple[Cue, int] | None:
    """Read the bold name that stands at `index`, and the title or firm below it; return the cue and its length."""
    line = paragraphs[index]
    name = undecorated(line.text)
    if not line.bold or not _may_be_name(name) or index + 1 >= len(paragraphs):
        return None
    below = paragraphs[index + 1]
    cue = evidence.people.get(name) or _person(name)
    if cue is not None and cue.role is Role.OPERATOR:
        return None  # It has no title; what stands below it was said.
    described = not below.bold and index + 2 < len(paragraphs) and _describes(below, cue, name, styles)
    if cue is None:
        proven = described and styles.always(name, below.text)
        cue = Cue(name) if proven and _FREE_NAME.fullmatch(name) else None
    if cue is None:
        return None
    if described:
        return _described(cue, below.text), 2
    return (replace(cue, strong=True), 1) if not below.bold and name in evidence.people else None


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
    if width(text) > _WIDEST_NAME or len(text.split()) > _MOST_WORDS or section_of_heading(text):
        return False
    return not ends_sentence(text) or _SUFFIX.search(text) is not None


def _person(name: str) -> Cue | None:
    cue = read_label(name)
    return cue if cue is not None or not _SUFFIX.search(name) else read_label(name.rstrip("."))


def _describes(below: Paragraph, cue: Cue | None, name: str, styles: StyledNames) -> bool:
    """Whether the line below a name is its title or firm."""
    text = below.text
    if len(text) > _LONGEST_DESCRIPTION or _COURTESY.match(text):
        return False
    if cue is not None and (cue.title or cue.affiliation):
        told = _described(Cue(name, role=cue.role), text)
        if text in {cue.title, cue.affiliation} or (told.title, told.affiliation) == (cue.title, cue.affiliation):
            return True
    if label_cue(text) or _is_sentence(text):
        return False
    return styles.always(name, text) or _has_words_of_one(text)


def _is_sentence(text: str) -> bool:
    return ends_sentence(text) and not _ABBREVIATED.search(text)


def _has_words_of_one(text: str) -> bool:
    return is_title(text) or bool(_FIRM.search(text))


def _described(cue: Cue, text: str) -> Cue:
    """Return the cue with what the line below the name says: a title, a firm, or "Analyst, Firm"."""
    if match := _ANALYST_OF.fullmatch(text):
        title, firm = match["title"] or match["title2"], match["firm"] or match["firm2"]
        return replace(cue, title=title, affiliation=firm, role=Role.ANALYST)
    known_as_analyst = cue.role is Role.ANALYST
    if is_title(text) and not (known_as_analyst and _FIRM.search(text) and not ANALYST_TITLE.search(text)):
        return with_title(cue, text)
    if cue.role is Role.MANAGEMENT:
        return replace(cue, title=cue.title or text)
    return replace(cue, affiliation=cue.affiliation or text, role=cue.role or Role.ANALYST)
