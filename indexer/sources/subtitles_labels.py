"""Who speaks, as captions write it before the words: "Name:", "[Name]", "(Name)", ">> NAME:", "- ".

None of these signs proves anything by itself: somebody says "Note: …", and "[Music]" is no person. What the file
shows again and again decides.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_CHANGE = r"(?:[-–—•]\s*|>{2,}\s*)*"
_BRACKETED = r"[\[(（【](?P<inner>[^\[\]()（）【】]{1,60})[\])）】]"
_OPENING = re.compile(
    rf"\s*(?P<change>{_CHANGE})"
    rf"(?P<label>{_BRACKETED}\s*(?P<colon>[:：]?)"
    r"|(?P<name>[^:：\[\]【】(（]{1,60}(?:[（(][^()（）]{1,40}[)）]\s*)?)[:：](?![/\d]))?"
)
_SPEAKER_CODE = re.compile(r"(?:speaker|spk|spkr|participant|发言人|说话人|發言人|說話人)[\s_-]*\w{1,3}", re.IGNORECASE)
_SOUND = re.compile(
    r".*(?:music|applau|laugh|cheer|silence|noise|inaudible|indiscernible|unintelligible|cross\s?talk|foreign|pause"
    r"|sigh|cough|sound|ringing|clears|video|audio|音乐|音樂|掌声|掌聲|笑|鼓掌|听不清|聽不清|背景|噪音|静音|视频|字幕).*",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:note|notes|nb|ps|p\.s|warning|remember|example|for example|so|and|but|first|second|third|finally|one|two|three"
    r"|quote|reminder|update|注|注意|备注|備註|例如|比如|譬如|第[一二三四五六七八九十\d]+点?|首先|其次|最后|另外|总结|结论|问题是)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(r"[。！？!?；;，…“”\"*/\\|=<>#@\d]{1}")
_ABBREVIATION = re.compile(r"(?<![A-Za-z])(?:[A-Za-z]{1,4})\.")
_CLOCK = re.compile(r"\s*[\[(（]\d{1,2}[:：]\d{2}(?:[:：]\d{2})?[)）\]]\s*$")
_MOST_WORDS = 8
_MOST_HAN = 16
_LONGEST_LOOSE = 40
_MOST = 0.6
_FEW = 0.1
_MANY = 0.5
_FEWEST = 3
_SHARE = 0.02
_FULL_NAME_WORDS = 2


@dataclass(frozen=True, slots=True)
class Opening:
    """How a line of a caption opens.

    `change` is the sign that somebody else speaks (">>", "-"), `label` the text that may name the speaker, both
    verbatim, `name` the name in it; `words` is the rest. `bare` tells that only brackets set the name off.
    """

    change: str
    label: str
    name: str
    words: str
    bare: bool = False

    @property
    def key(self) -> str:
        """The name as it is counted."""
        return " ".join(self.name.casefold().split())


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file names its speakers: `names` are the labels that do, counted as keys.

    `dashes` tells that a dash means that somebody else speaks. `each` tells that every cue names its speaker, so
    that one without a name was spoken by nobody knows whom. `voices` tells that tags, or the names of the cues, name
    them instead of labels.
    """

    names: frozenset[str]
    dashes: bool
    each: bool
    voices: bool = False

    @property
    def names_people(self) -> bool:
        """Whether the file names any speaker."""
        return self.voices or bool(self.names)

    def reads(self, line: str) -> Opening:
        """Return how the line opens; a label or a change that this file does not show counts as words."""
        opening = read_opening(line)
        if opening.key not in self.names and self.names:
            opening = read_opening(line, loose=True)
        if opening.key not in self.names:
            rest = line.strip()[len(opening.change) :]
            opening = Opening(opening.change, "", "", rest)
        if opening.change and not opening.label and ">>" not in opening.change and not self.dashes:
            return Opening("", "", "", line.strip())
        return opening


def read_opening(line: str, *, loose: bool = False) -> Opening:
    """Return how a line opens, believing every label that looks like a name, or if `loose` that may be one at all."""
    match = _OPENING.match(line)
    if match is None:
        return Opening("", "", "", line.strip())
    change, label = match["change"], match["label"] or ""
    name = _CLOCK.sub("", match["inner"] or match["name"] or "").strip()
    bare = bool(match["inner"]) and not match["colon"]
    if not label or not (_may_be_name(name) or (loose and _is_short(name))) or (bare and _SOUND.fullmatch(name)):
        return Opening(change.strip(), "", "", line[match.end("change") :].strip())
    return Opening(change.strip(), label.strip(), name, line[match.end() :].strip(), bare)


def find_manner(cues: Sequence[Sequence[str]]) -> Manner:
    """Measure how the cues, each its lines of words, name their speakers."""
    heads = [_head(cue) for cue in cues if cue]
    changed = [opening for cue in cues for line in cue[1:] if (opening := read_opening(line)).change]
    named = [opening for opening in (*heads, *changed) if opening.label]
    counts = Counter(opening.key for opening in named if not opening.bare)
    names = _names(counts, named, heads) | _bracketed(named, heads)
    if sum(opening.key in names for opening in heads) > _MOST * len(heads):
        others = Counter(read_opening(cue[0], loose=True).key for cue in cues if cue)
        names |= {key for key, count in others.items() if key and count > 1 and not _ASIDE.fullmatch(key)}
    keys = [_key(cue[0], names) for cue in cues if cue]
    again = sum(above == below != "" for above, below in pairwise(keys))
    dashed = [cue for cue in cues if sum(line.lstrip()[:1] in {"-", "–", "—"} for line in cue) > 1]
    unnamed = keys.count("")
    each = bool(names) and (again > unnamed or unnamed < _FEW * len(keys))
    return Manner(frozenset(names), bool(dashed), each)


def _key(line: str, names: set[str]) -> str:
    found = (read_opening(line, loose=loose).key for loose in (False, True))
    return next((key for key in found if key in names), "")


def _head(cue: Sequence[str]) -> Opening:
    """Return how a cue opens; below a name on a line of its own its words are the next line."""
    opening = read_opening(cue[0])
    return opening if opening.words or len(cue) == 1 else replace(opening, words=cue[1])


def _names(counts: Counter[str], named: Sequence[Opening], heads: Sequence[Opening]) -> set[str]:
    """Return the labels before a colon that name speakers."""
    opened = sum(bool(head.label) and not head.bare for head in heads)
    if opened >= _MANY * len(heads) and (opened >= _FEWEST or 1 < opened == len(heads)):
        return {key for key in counts if not _ASIDE.fullmatch(key)}
    full = {opening.key for opening in named if not opening.bare and _is_full(opening)}
    full = {key for key in full if not _ASIDE.fullmatch(key)}
    often = {key for key, count in counts.items() if count >= max(_FEWEST, _SHARE * len(heads))}
    often = {key for key in often if not _ASIDE.fullmatch(key)}
    begins = bool(heads) and heads[0].key in often
    accepted = often if begins or len(often) > 1 or often & full else set()
    if sum(counts[key] for key in full | accepted) >= _FEWEST:
        accepted |= full
    return accepted


def _bracketed(named: Sequence[Opening], heads: Sequence[Opening]) -> set[str]:
    """Return the labels in brackets without a colon that name speakers: words follow them, and they come again."""
    counts = Counter(opening.key for opening in named if opening.bare)
    spoken = Counter(opening.key for opening in named if opening.bare and opening.words)
    again = {key for key, count in counts.items() if count > 1 and spoken[key] > _MANY * count}
    begins = bool(heads) and heads[0].bare and heads[0].key in again
    if not (begins or len(again) > 1) or sum(counts[key] for key in again) < _FEWEST:
        return set()
    return {key for key in counts if spoken[key] > _MANY * counts[key]}


def _is_full(opening: Opening) -> bool:
    """Whether a label is a name of two words, one in capitals, a numbered speaker, or stands behind ">>"."""
    words = opening.name.split()
    is_name = len(words) >= _FULL_NAME_WORDS and all(word[0].isupper() for word in words if len(word) > 1)
    is_capitals = opening.name.isupper() and len(opening.name) > _FULL_NAME_WORDS
    return is_name or is_capitals or ">>" in opening.change or _SPEAKER_CODE.fullmatch(opening.name) is not None


def _is_short(label: str) -> bool:
    """Whether a label may be what somebody called himself in a meeting: "iPhone 12", "wang_lei"."""
    return 0 < len(label) <= _LONGEST_LOOSE and not re.search(r"[。！？!?；;，,…]|\.\s", label)


def _may_be_name(label: str) -> bool:
    if _SPEAKER_CODE.fullmatch(label):
        return True
    if not label or not label[0].isalpha() or label[0].islower():
        return False
    plain = re.sub(r"[（(].*", "", label)
    if _NO_NAME.search(plain) or "." in _ABBREVIATION.sub("", plain):
        return False
    if "," in plain and not all(part.strip()[:1].isupper() for part in plain.split(",")):
        return False
    is_cased = any(character.isupper() for character in plain)
    return len(plain.split()) <= _MOST_WORDS and (is_cased or len(plain) <= _MOST_HAN)
