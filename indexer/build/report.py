"""What a build is asked for, how it tells its progress, and what it reports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from indexer import settings

if TYPE_CHECKING:
    from collections.abc import Mapping


class Progress(Protocol):
    """Hears how far a build has come."""

    def __call__(self, stage: str, done: int, total: int, detail: str = "", /) -> None:
        """Take the name of a stage, how much of it is done, how much there is, and what was done last."""
        ...


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """How an index is to be made.

    None keeps what the index has; a new index gets the defaults of `indexer.settings`. `embedders` are names
    for `create_embedder`; () means no vectors. `rebuild` puts the present index aside unread and makes it
    anew. `workers` is how many processes read files, None for one a core; `time_limit` is how many seconds one
    file may take. `overrides` is what `check_overrides` returns: it is stated of every file of the build.
    `vector_cache` is how many megabytes of vectors may be kept between builds, None for what the environment says;
    `device` what models of sentence-transformers run on, likewise where it is empty. `sentence_vectors` is whether
    sentences have vectors of their own, and `recall` what share of the nearest passages a search must have among those
    that it compares, None for what the present index has.
    """

    keyword_engine: str | None = None
    segmenter: str | None = None
    user_words: tuple[str, ...] | None = None
    embedders: tuple[str, ...] | None = None
    rebuild: bool = False
    workers: int | None = None
    time_limit: float = float(settings.TIME_LIMIT.default)
    overrides: Mapping[str, str] = field(default_factory=dict)
    vector_cache: int | None = None
    device: str = ""
    sentence_vectors: bool | None = None
    recall: float | None = None


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file and what there is to say of it."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class FailedFile:
    """A file that could not be read, why, and the name of the error in `indexer.errors`.

    The error is "OSError" when the file or folder cannot be opened.
    """

    path: str
    message: str
    error: str


@dataclass(frozen=True, slots=True)
class MovedFile:
    """A file that has another path than it had; its transcript keeps its id."""

    id: str
    path: str
    before: str


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file that gives a call which another file gives too; both stay in the index.

    `share` is how much of the text stands in the other one, between 0 and 1.
    """

    id: str
    path: str
    duplicate_of: str
    other_path: str
    share: float


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    `added`, `updated`, `removed` and `unchanged` are transcript ids; a file that failed keeps the transcript
    that was read from it before. `duplicates` are those in which a file has a part that was added, updated or
    moved now. `transcripts` and `passages` count what the index holds now, `seconds` is the time taken, and
    `generation` names the published generation: the one before when nothing had changed, None when there is
    none.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[MovedFile, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[FailedFile, ...] = ()
    skipped: tuple[FileNote, ...] = ()
    warnings: tuple[FileNote, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    transcripts: int = 0
    passages: int = 0
    seconds: float = 0.0
    generation: str | None = None

    @property
    def changed(self) -> bool:
        """Whether the transcripts of the index are others than before."""
        return bool(self.added or self.updated or self.removed or self.moved)


def quiet(stage: str, done: int, total: int, detail: str = "", /) -> None:
    """Show no progress."""
