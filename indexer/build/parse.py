"""Reads the files that a plan names and sets what is read aside until it is written."""

from __future__ import annotations

import pickle
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build.files import shown
from indexer.build.fingerprint import parser_digest
from indexer.build.overrides import made_with
from indexer.build.pool import WorkerPool, cores
from indexer.build.prepare import Preparer, ReadFile, Task
from indexer.build.report import FailedFile, FileNote
from indexer.build.worker import Start
from indexer.transcripts.ids import transcript_id as id_of_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from indexer.build.plan import Plan
    from indexer.build.prepare import Outcome
    from indexer.build.report import BuildSettings, Progress
    from indexer.build.tools import Tools

# Fewer and smaller files of text are read before a process has started.
_FEW = 8
_SMALL = 2_000_000
_TEXT = frozenset({".txt", ".md", ".srt", ".vtt"})


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file that was read: the id of its transcript, and the file in which what was read is set aside.

    `made_with` is the mark of all that decides the transcript beside the bytes of the file.
    """

    path: Path
    transcript_id: str
    aside: Path
    made_with: str

    def load(self) -> ReadFile:
        """Return what was read."""
        read: ReadFile = pickle.loads(self.aside.read_bytes())  # noqa: S301 - this process wrote it.
        return read


@dataclass(frozen=True, slots=True)
class ParsedFiles:
    """What came of reading files."""

    parsed: tuple[ParsedFile, ...]
    failed: tuple[FailedFile, ...]
    warnings: tuple[FileNote, ...]


def parse_files(plan: Plan, tools: Tools, settings: BuildSettings, scratch: Path, progress: Progress) -> ParsedFiles:
    """Read each file that is to be read and set what came of it aside in `scratch`.

    A file that fails is noted and the rest go on. A file that is in the index already keeps the id of its
    transcript, and no other file gets that id. What comes out, and in which order, does not hang on how many
    processes read.
    """
    tasks = [Task(str(path), name, plan.overrides[path]) for path, name in assign_ids(plan).items()]
    # Taken before the files are read: what changes meanwhile is read again the next time.
    marks = [made_with(parser_digest(), Path(task.path), task.overrides) for task in tasks]
    parsed: list[ParsedFile] = []
    failed: list[FailedFile] = []
    warnings: list[FileNote] = []
    progress("reading", 0, len(tasks))
    with _reading(tasks, tools, settings) as outcomes:
        for step, (task, outcome) in enumerate(zip(tasks, outcomes, strict=True)):
            path = Path(task.path)
            if isinstance(outcome, ReadFile):
                parsed.append(
                    _set_aside(ParsedFile(path, task.transcript_id, scratch / f"{step:06d}", marks[step]), outcome)
                )
                warnings.extend(FileNote(task.path, warning) for warning in outcome.warnings)
            else:
                kept = ". What was read from it before stays in the index" if plan.to_read[path] else ""
                failed.append(FailedFile(shown(path), outcome.message + kept, outcome.error))
            progress("reading", step + 1, len(tasks), path.name)
    return ParsedFiles(tuple(parsed), tuple(failed), tuple(warnings))


def assign_ids(plan: Plan) -> dict[Path, str]:
    """Return the id of the transcript of each file that is to be read: the one it has, or else one of its own.

    When the one that its name gives it is taken by another file, the beginning of a digest of the file is added.
    """
    known = (*plan.unchanged, *plan.elsewhere, *plan.to_read.values())
    taken = {info.id for info in known if info is not None}
    ids = {}
    for path, info in plan.to_read.items():
        ids[path] = info.id if info is not None else _free_id(path, plan.digests[path], taken)
        taken.add(ids[path])
    return ids


def _free_id(path: Path, digest: str, taken: set[str]) -> str:
    name = id_of_file(str(path))
    names = (name, *(f"{name}-{digest[:length]}" for length in (8, 16, 64)))
    return next(free for free in names if free not in taken)


def _set_aside(file: ParsedFile, read: ReadFile) -> ParsedFile:
    file.aside.write_bytes(pickle.dumps(read))
    return file


@contextmanager
def _reading(tasks: Sequence[Task], tools: Tools, settings: BuildSettings) -> Iterator[Iterable[Outcome]]:
    """Lend the outcomes of the tasks, read here when that is soon done and by a pool of processes otherwise."""
    if _are_soon_read([Path(task.path) for task in tasks]):
        yield map(Preparer(tools.analyser).read, tasks)
        return
    start = Start(tools.segmenter, tools.user_words, settings.time_limit)
    with WorkerPool(start, min(settings.workers or cores(), len(tasks))) as pool:
        yield pool.outcomes(tasks)


def _are_soon_read(files: Sequence[Path]) -> bool:
    """Whether the files are few, small, and of formats that need no library which could end the process."""
    if len(files) > _FEW or not all(file.suffix.lower() in _TEXT for file in files):
        return False
    return sum(file.stat().st_size for file in files if file.exists()) <= _SMALL
