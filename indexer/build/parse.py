"""Reads the files that a plan names, and tells what came of each."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.beside import cores
from indexer.build.files import shown
from indexer.build.fingerprint import parser_digest
from indexer.build.overrides import made_with
from indexer.build.pool import WorkerPool
from indexer.build.prepare import Preparer, ReadFile, Task
from indexer.build.report import FailedFile, FileNote
from indexer.build.worker import Start
from indexer.transcripts.ids import transcript_id as id_of_file

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Self

    from indexer.build.plan import Plan
    from indexer.build.prepare import Outcome
    from indexer.build.report import BuildSettings, Progress
    from indexer.build.tools import Tools

# Fewer and smaller files of text are read before a process has started.
_FEW = 8
_SMALL = 2_000_000
_TEXT = frozenset({".txt", ".md", ".srt", ".vtt"})


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """What came of a file that was to be read, and the mark of all that decides its transcript beside its bytes."""

    path: Path
    transcript_id: str
    made_with: str
    read: Outcome


class Reading:
    """The files that a plan names, read one after the other while somebody writes what came of those before.

    As a context manager; leaving it ends the processes that read. A file that fails is noted and the rest go on. A file
    that is in the index already keeps the id of its transcript, and no other file gets that id. What comes out, and in
    which order, does not hang on how many processes read.
    """

    def __init__(self, plan: Plan, tools: Tools, settings: BuildSettings, scratch: Path, progress: Progress) -> None:
        self._plan = plan
        self._progress = progress
        self._tasks = [Task(str(path), name, plan.overrides[path]) for path, name in assign_ids(plan).items()]
        # Taken before the files are read: what changes meanwhile is read again the next time.
        self._marks = [made_with(parser_digest(), Path(task.path), task.overrides) for task in self._tasks]
        self._parsed: dict[Path, str] = {}
        self._failed: list[FailedFile] = []
        self._warnings: list[FileNote] = []
        self._open = ExitStack()
        self._outcomes = self._open.enter_context(_reading(self._tasks, tools, settings, scratch))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def parsed(self) -> Mapping[Path, str]:
        """The files that could be read so far, by path, with the ids of their transcripts."""
        return self._parsed

    @property
    def failed(self) -> tuple[FailedFile, ...]:
        """The files so far that could not be read."""
        return tuple(self._failed)

    @property
    def warnings(self) -> tuple[FileNote, ...]:
        """What is to be said of those that could."""
        return tuple(self._warnings)

    def outcomes(self) -> Iterator[FileOutcome]:
        """Yield what came of each file, by path; behind the last, end the processes that read."""
        count = len(self._tasks)
        self._progress("reading", 0, count)
        read = zip(self._tasks, self._marks, self._outcomes, strict=True)
        for step, (task, mark, outcome) in enumerate(read, start=1):
            path = Path(task.path)
            if isinstance(outcome, ReadFile):
                self._parsed[path] = task.transcript_id
                self._warnings.extend(FileNote(task.path, warning) for warning in outcome.warnings)
            else:
                kept = ". What was read from it before stays in the index" if self._plan.to_read[path] else ""
                self._failed.append(FailedFile(shown(path), outcome.message + kept, outcome.error))
            self._progress("reading", step, count, path.name)
            yield FileOutcome(path, task.transcript_id, mark, outcome)
        self._open.close()


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


@contextmanager
def _reading(
    tasks: Sequence[Task], tools: Tools, settings: BuildSettings, scratch: Path
) -> Iterator[Iterable[Outcome]]:
    """Lend the outcomes of the tasks, read here when that is soon done and by a pool of processes otherwise."""
    if _are_soon_read([Path(task.path) for task in tasks]):
        yield map(Preparer(tools.analyser).read, tasks)
        return
    start = Start(tools.segmenter, tools.user_words, settings.time_limit)
    with WorkerPool(start, min(settings.workers or cores(), len(tasks)), scratch) as pool:
        yield pool.outcomes(tasks)


def _are_soon_read(files: Sequence[Path]) -> bool:
    """Whether the files are few, small, and of formats that need no library which could end the process."""
    if len(files) > _FEW or not all(file.suffix.lower() in _TEXT for file in files):
        return False
    return sum(file.stat().st_size for file in files if file.exists()) <= _SMALL
