"""What a build is asked for, how it tells its progress, and what it reports."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

Progress = Callable[[str, int, int], None]
"""Called with the name of a stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class BuildSettings:
    """How an index is to be made.

    None keeps what the index has; a new index gets the defaults of `indexer.settings`. `embedders` are names
    for `create_embedder`; () means no vectors. `rebuild` puts the present index aside unread and makes it
    anew. `overrides` is what `check_overrides` returns: it is stated of every file of the build.
    """

    keyword_engine: str | None = None
    segmenter: str | None = None
    user_words: tuple[str, ...] | None = None
    embedders: tuple[str, ...] | None = None
    rebuild: bool = False
    overrides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileNote:
    """A file and what there is to say of it."""

    path: str
    message: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did.

    `added`, `updated`, `removed` and `unchanged` are transcript ids; a file that failed keeps the transcript
    that was read from it before. `transcripts` and `passages` count what the index holds now, `seconds` is
    the time taken, and `generation` names the published generation: the one before when nothing had changed,
    None when there is none.
    """

    added: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: tuple[FileNote, ...] = ()
    skipped: tuple[FileNote, ...] = ()
    warnings: tuple[FileNote, ...] = ()
    transcripts: int = 0
    passages: int = 0
    seconds: float = 0.0
    generation: str | None = None


def quiet(stage: str, done: int, total: int) -> None:
    """Show no progress."""
