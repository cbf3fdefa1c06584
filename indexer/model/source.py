"""What a reader takes out of a file, before anybody asks who speaks: pages of lines.

With the lines goes whatever the format itself, or somebody outside of the file, says of the call and its people.
This is all that `indexer.sources` and `indexer.transcripts` have in common.
"""

from __future__ import annotations

from collections.abc import Mapping  # noqa: TC003 - pydantic reads the annotations.
from dataclasses import dataclass, field

from indexer.model.enums import NonSpeechKind, Origin, Role, Section  # noqa: TC001 - as above.
from indexer.model.spans import TimeSpan  # noqa: TC001 - as above.


@dataclass(frozen=True, slots=True)
class Person:
    """A person as a format with named fields gives one; what it does not say is None.

    An empty name says that from here on somebody speaks whom the format does not name.
    """

    name: str
    other_names: tuple[str, ...] = ()
    title: str | None = None
    affiliation: str | None = None
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a source, verbatim, without its line end. `number` counts the lines of the file from 1.

    The other fields hold what the format itself says; in plain text they keep their defaults.

    `kind` is set on what nobody spoke: cue numbers, running heads, navigation; such a line without a `person` may stand
    amid a paragraph, which goes on below it. `continues` is True on a line that
    goes on the paragraph of the line above and False on one that begins a paragraph. `person` is set on a line
    that names who speaks from here on. `section` is set on the line with which a part of the call begins, `asks`
    on the lines of a turn of which the format says that it is a question (True) or an answer (False).
    `bold` and `heading` tell how the line is set; neither proves anything by itself.
    """

    number: int
    text: str
    kind: NonSpeechKind | None = None
    continues: bool | None = None
    time: TimeSpan | None = None
    person: Person | None = None
    section: Section | None = None
    asks: bool | None = None
    bold: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a source; `number` is None when the format does not say where pages begin."""

    number: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """What a reader takes out of the bytes of a file.

    `fields` has what the format itself states of the call, under the names title, company, ticker, period, fiscal,
    period_end, date and language; `people` its list of participants. `attributed` tells that the format names the
    speaker of every line: then nothing is guessed from words, a line with a `person` introduces a speaker, one with a
    `kind` is dropped under that name, and every other line was spoken. `warnings` tell the user what could not be read.
    """

    pages: tuple[Page, ...]
    fields: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    attributed: bool = False
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stated:
    """What somebody says of a file from outside of it, which stands above all that the file says.

    `fields` has values as `indexer.stated.checked` returns them, `people` the speakers to add or to mend. `lines`
    tells where each field stands in the file `where`, if it stands in one.
    """

    origin: Origin
    where: str
    fields: Mapping[str, str] = field(default_factory=dict)
    people: tuple[Person, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: what `indexer.sources` hands to `indexer.transcripts`.

    `sha256` is the digest of the bytes of the file in hexadecimal. `stated` is what is said of it elsewhere, the
    most telling first.
    """

    path: str
    format: str
    sha256: str
    content: Content
    stated: tuple[Stated, ...] = ()

    @property
    def pages(self) -> tuple[Page, ...]:
        """The pages of the content."""
        return self.content.pages
