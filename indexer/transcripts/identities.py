"""Which names are those of one person: by what the text says, never because names look alike.

Evidence is a speaker line or a list entry that gives two names, a bracket in the text ("徐宏（Toby Xu）"), a hand-over
right before somebody speaks, and for a short name ("Mr. Okafor", "张总", "Ana") a list of participants with one
person whom it fits.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from indexer.text.language import HAN
from indexer.transcripts.names import LATIN_ADDRESS, family_of_address, is_full_latin_name, is_han_name, is_latin_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from indexer.transcripts.cue import Cue
    from indexer.transcripts.turns import CuedTurn

_PREFIX = re.compile(r"(?:mr|ms|mrs|miss|dr|prof|professor|sir|dame)\s+(?=\S)")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "cfa", "cpa", "phd", "md", "esq", "mba"})
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "`": "'", "•": "·", "・": "·", "‧": "·", "∙": "·", "．": "·"})
_FEWEST_LETTERS_OF_A_VARIANT = 6
_ENDING = 160


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """Return a name without what varies between its spellings: case, accents, full stops, a Mr. before a full name."""
    plain = unicodedata.normalize("NFKD", name.translate(_APOSTROPHES)).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)).replace(".", " ")
    plain = " ".join(plain.split())
    bare = _PREFIX.sub("", plain)
    return bare if " " in bare else plain


def identities(
    turns: Sequence[CuedTurn], people: Sequence[Cue], ties: Iterable[tuple[str, str]]
) -> tuple[dict[str, str], list[tuple[str, str]]]:
    """Map each folded name of a speaker or a listed person to the first folded name of the same person.

    `ties` are pairs of names that the words of the call tie together. Returned with the map are the pairs that
    hand-overs add: a short name, folded, and the full name that the turn before says.
    """
    same: dict[str, str] = {}
    cues = [turn.cue for turn in turns if turn.cue]
    for cue in (*cues, *people):
        _join(same, (cue.name, *cue.other_names))
    for pair in ties:
        if any(fold(name) in same for name in pair):
            _join(same, pair)
    listed = {same[fold(person.name)] for person in people}
    full_names = _full_names(same)
    for cue in sorted(dict.fromkeys(cues), key=lambda cue: not _is_full(cue.name)):
        key = fold(cue.name)
        if same[key] in listed or (cue.asks is not None and cue.unnamed):
            continue
        found = _listed_post(cue, people, same) if cue.nameless else _fitting(key, full_names)
        if len(found) == 1 and found <= listed:
            _join(same, (cue.name, next(iter(found))))
            listed = {same[fold(person.name)] for person in people}
            full_names = _full_names(same)
    for pair in _same_at_one_firm(cues):
        _join(same, pair)
        full_names = _full_names(same)
    handed = _handed_over(turns, full_names)
    for pair in handed:
        _join(same, pair)
    return same, handed


def fits(short: str, name: str) -> bool:
    """Whether a folded short name may be that of the bearer of a folded full name.

    "mr okafor" and "okafor" fit "paul okafor", "paul" does, "张总" and "张勇总" fit "张勇", "paul okafor" fits
    "paul j okafor". Whether it is, others must say.
    """
    if short == name:
        return False
    if address := family_of_address(short):
        return is_han_name(name) and not family_of_address(name) and name.startswith("".join(address))
    words, full = _words(_PREFIX.sub("", short)), _words(name)
    if len(full) < 2 or not words or not words[0].isascii():  # noqa: PLR2004 - a given name and a family name
        return False
    if len(words) == 1:
        return words[0] == full[-1] or (words[0] == full[0] and not _PREFIX.match(short))
    if words == full:
        return _initials_agree(short, name)
    return False


def _full_names(same: Mapping[str, str]) -> dict[str, set[str]]:
    """Return the full names of each person, by the root of the person."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, root in same.items():
        if " " in name or (is_han_name(name) and not family_of_address(name)):
            found[root].add(name)
    return found


def _fitting(key: str, full_names: Mapping[str, set[str]]) -> set[str]:
    """Return the persons whom a name that no list has may mean: those whom it fits, else those one letter off."""
    fitting = {
        root for root, names in full_names.items() if key not in names and any(fits(key, name) for name in names)
    }
    if fitting:
        return fitting
    return {
        root for root, names in full_names.items() if key not in names and any(_one_off(key, name) for name in names)
    }


def _same_at_one_firm(cues: Sequence[Cue]) -> list[tuple[str, str]]:
    """Return pairs of names of which one has a middle name more, where the labels give both the same firm."""
    firms: defaultdict[str, set[str]] = defaultdict(set)
    for cue in cues:
        if cue.affiliation and is_full_latin_name(cue.name):
            firms[cue.affiliation.casefold()].add(fold(cue.name))
    return [
        (short, name)
        for names in firms.values()
        for short in names
        for name in names
        if len(words := name.split()) > len(short.split()) and short.split() == [words[0], words[-1]]
    ]


def _listed_post(cue: Cue, people: Sequence[Cue], same: Mapping[str, str]) -> set[str]:
    """Return the listed persons who hold the post that a label names instead of a person ("CEO", "董事长")."""
    post = re.compile(rf"(?<![a-z]){re.escape(cue.name.casefold())}(?![a-z])")
    return {same[fold(each.name)] for each in people if each.title and post.search(each.title.casefold())}


def _handed_over(turns: Sequence[CuedTurn], full_names: Mapping[str, set[str]]) -> list[tuple[str, str]]:
    """Return short labels with the full name that the end of the turn before theirs gives, if it always gives one."""
    names = {name for group in full_names.values() for name in group}
    found: defaultdict[str, set[str]] = defaultdict(set)
    spelled: dict[str, str] = {}
    for before, after in pairwise(turns):
        if after.cue is None or after.cue.nameless or _is_full(after.cue.name):
            continue
        ending, key = before.text[-_ENDING:], fold(after.cue.name)
        folded = fold(ending)
        said = {name for name in names if name in folded and fits(key, name)} or _names_in(ending, after.cue.name)
        found[key] |= {fold(name) for name in said}
        spelled.update((fold(name), name) for name in said)
    return [(key, spelled[next(iter(group))]) for key, group in found.items() if len(group) == 1]


def _names_in(text: str, short: str) -> set[str]:
    """Return the full names in a hand-over that a short name fits: 沈总 after "有请首席执行官沈望川先生发言"."""
    if family := family_of_address(short):
        name = rf"(?:官|裁|长|理|事|席|管|监|人|书|秘|代|请|由|给)(?P<name>{''.join(family)}[{HAN}]{{1,2}})"
        return {
            match["name"]
            for match in re.finditer(name + r"(?=先生|女士|发言|致辞|讲话|来|为|给|做|作|介绍|[，。！])", text)
        }
    word = re.escape(LATIN_ADDRESS.sub("", short))
    if not is_latin_name(short) or " " in word:
        return set()
    before = rf"[A-Z][\w'’\-]+ (?:[A-Z]\. )?{word}\b"
    behind = rf"\b{word} (?:[A-Z]\. )?[A-Z][\w'’\-]+"
    pattern = before if LATIN_ADDRESS.match(short) else behind
    return {match.group() for match in re.finditer(pattern, text) if is_full_latin_name(match.group())}


def _join(same: dict[str, str], names: Sequence[str]) -> None:
    folded = [fold(name) for name in names]
    roots = [same[key] for key in folded if key in same]
    root = min(roots, key=list(same).index) if roots else folded[0]
    for key in folded:
        same.setdefault(key, root)
    for key, other in same.items():
        if other in roots:
            same[key] = root


def _is_full(name: str) -> bool:
    if is_han_name(name):
        return not family_of_address(name)
    return is_full_latin_name(LATIN_ADDRESS.sub("", name))


@lru_cache(maxsize=4096)
def _words(name: str) -> tuple[str, ...]:
    """Return the words of a folded name that carry it: no initials, no degrees."""
    words = tuple(word for word in re.split(r"[\s,]+", name) if word not in _SUFFIXES)
    carried = tuple(word for word in words if len(word) > 1)
    return carried or words


def _initials_agree(one: str, other: str) -> bool:
    first, second = ([word for word in name.split() if len(word) == 1] for name in (one, other))
    return not first or not second or first == second


def _one_off(one: str, other: str) -> bool:
    """Whether two Latin names differ in one letter: one that is changed, missing or too many."""
    if not is_latin_name(one.title()) or abs(len(one) - len(other)) > 1 or one.count(" ") != other.count(" "):
        return False
    if min(len(one), len(other)) < _FEWEST_LETTERS_OF_A_VARIANT:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return (
        one[start + 1 :] == other[start + 1 :] or one[start + 1 :] == other[start:] or one[start:] == other[start + 1 :]
    )
