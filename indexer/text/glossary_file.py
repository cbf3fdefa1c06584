"""Read glossary files: one concept a line, as docs/glossary.md describes them for users."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from indexer.errors import GlossaryError
from indexer.text.inflection import forms
from indexer.text.language import HAN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path


class Direction(StrEnum):
    """Which side of a concept calls up the other."""

    BOTH = "="
    TO_ENGLISH = "=>"
    TO_CHINESE = "<="


class GlossaryTerm(NamedTuple):
    """One term of a concept.

    `text` is its display form, `writings` all that is looked for, the display form first. A `produced` term is
    added to queries; a `recognised` one is looked for in them. With `cased` it is recognised only when written
    with just these capitals.
    """

    text: str
    language: str
    writings: tuple[str, ...]
    recognised: bool = True
    produced: bool = True
    cased: bool = False


class Concept(NamedTuple):
    """One line of a glossary: terms that mean the same.

    `domain` is the heading that it stands under, `file` the name of its file and `line` its line there, from 1.
    """

    chinese: tuple[GlossaryTerm, ...]
    english: tuple[GlossaryTerm, ...]
    direction: Direction
    domain: str
    file: str
    line: int

    @property
    def terms(self) -> tuple[GlossaryTerm, ...]:
        """All terms, the Chinese ones first."""
        return self.chinese + self.english

    @property
    def name(self) -> str:
        """The first term of each language: what the concept is called where it is shown."""
        return f" {self.direction} ".join(side[0].text for side in (self.chinese, self.english) if side)


@dataclass(frozen=True, slots=True)
class GlossaryFile:
    """What a file says: concepts to add and terms to take out of the files before it."""

    concepts: tuple[Concept, ...]
    removed: tuple[str, ...]


_ARROW = re.compile("(?:^|\\s)(=>|<=|=)(?=\\s|$)")
_DIRECTIONS = {direction.value: direction for direction in Direction}
_WORD = re.compile("\\w")
_HEADING = re.compile("\\[([^\\[\\]]+)\\]")
_COMMA = re.compile("[,，]")
_HAS_HAN = re.compile(f"[{HAN}]")
_QUOTES = '"“”'
_QUOTED = re.compile(f"[{_QUOTES}](.*)[{_QUOTES}]")
_FORMAT = "Write a line such as: 变现, 商业化 = monetization, to monetize (see docs/glossary.md)"
_PAIR = 2


@cache
def built_in_glossary() -> GlossaryFile:
    """Return the glossary that comes with the package, all its files as one."""
    folder = files("indexer.text").joinpath("glossary_data")
    names = sorted(entry.name for entry in folder.iterdir() if entry.name.endswith(".txt"))
    return GlossaryFile(tuple(c for name in names for c in _read(folder.joinpath(name), name).concepts), ())


def read_glossary_file(path: Path) -> GlossaryFile:
    """Read a glossary that a user wrote.

    Raises GlossaryError, which names the file and line and says what to do.
    """
    return _read(path, str(path))


def parse_glossary(text: str, file: str) -> GlossaryFile:
    """Parse the text of a glossary; `file` names it in messages.

    Raises GlossaryError, which names the file and line and says what to do.
    """
    concepts, removed = [], []
    domain = ""
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), 1):
        line = raw.partition("#")[0].strip()
        if not line:
            continue
        if line.startswith("-"):
            removed.append(line.removeprefix("-").strip())
        elif heading := _HEADING.fullmatch(line):
            domain = heading[1].strip()
        else:
            concepts.append(_concept(line, domain, file, number))
    return GlossaryFile(tuple(concepts), tuple(filter(None, removed)))


def _read(path: Path | Traversable, name: str) -> GlossaryFile:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise GlossaryError(
            f"the glossary cannot be read ({error.strerror})", where=name, mend="Give the path of a text file"
        ) from error
    except UnicodeDecodeError as error:
        raise GlossaryError("the glossary is not UTF-8", where=name, mend="Save the file as UTF-8") from error
    return parse_glossary(text, name)


def _concept(line: str, domain: str, file: str, number: int) -> Concept:
    def refuse(what: str, mend: str = _FORMAT) -> NoReturn:
        raise GlossaryError(what, where=f"{file}, line {number}", mend=mend)

    left, *rest = _ARROW.split(line)
    if len(rest) != _PAIR:
        refuse("there is no = between Chinese and English" if not rest else "there is more than one =")
    chinese = tuple(_terms(left, "zh"))
    english = tuple(_terms(rest[1], "en"))
    for term in (*chinese, *english):
        if not term.text[:1].isalnum() and not _WORD.search(term.text):
            refuse(f"{term.text!r} is no word")
        if (term.language == "zh") != bool(_HAS_HAN.search(term.text)):
            refuse(f"{term.text!r} stands on the wrong side", "Chinese terms stand left of the =, English ones right")
    direction = _DIRECTIONS[rest[0]]
    if direction is not Direction.BOTH and not (chinese and english):
        refuse(f"one side of {direction} is empty")
    if len(chinese) + len(english) < _PAIR:
        refuse("a concept of one term says nothing")
    return Concept(chinese, english, direction, domain, file, number)


def _terms(side: str, language: str) -> Iterator[GlossaryTerm]:
    for written in _COMMA.split(side):
        text = written.strip()
        if not text:
            continue
        if text[0] in _QUOTES and (quoted := _QUOTED.fullmatch(text)):
            yield GlossaryTerm(quoted[1], language, (quoted[1],), produced=False, cased=True)
            continue
        recognised = not text.startswith("~")
        text = text if recognised else text[1:].lstrip()
        writings = forms(text) if language == "en" else (text,)
        yield GlossaryTerm(writings[0], language, writings, recognised)
