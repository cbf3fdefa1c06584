"""Works confirmed files into the index, and removed ones out of it: all that wait, in one new generation."""

from __future__ import annotations

import time
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build import BuildSettings, index_paths
from indexer.errors import IndexLockedError, IndexMissingError, YuanhuaError
from indexer.stores.generations import current_name, open_generation
from search_web.uploads.model import Progress, Trouble

if TYPE_CHECKING:
    from indexer.build import BuildReport
    from search_web.uploads.model import Upload
    from search_web.uploads.queue import Queue

_SETTINGS = BuildSettings(workers=1)
_TOLD = 0.5
"""So many seconds lie between two notes on the progress."""

_UNKNOWN = Trouble("SourceError", "nothing of it came into the index", "Try again, and see the log of the server")

_GONE = Trouble("OSError", "its file is no longer in the library", "Remove it here, and upload it again")


@dataclass(frozen=True, slots=True)
class _Sources:
    """Which transcript the index has from which file, and from which bytes."""

    by_path: dict[str, str]
    by_digest: dict[str, str]

    def place_of(self, upload: Upload, place: Path) -> Path:
        """Return where the index has an upload from: its `place`, or another one from before the library was moved."""
        if upload.transcript_id is None or str(place) in self.by_path:
            return place
        before = (Path(path) for path, known in self.by_path.items() if known == upload.transcript_id)
        return next(before, place)


def work_jobs(queue: Queue, index: Path) -> bool:
    """Do what waits in the queue; return whether anything could be done.

    Whatever is cut off, be it by a power cut, is done again from the beginning the next time, to the same end: files
    are moved by renaming, and an index is published in one step.
    """
    adding, removing = queue.take_jobs()
    if not adding and not removing:
        return False
    library = queue.uploads.library
    try:
        adding = _present(queue, adding)
        added = {one.id: library.confirmed(one) for one in adding}
        known = _sources(index)
        removing = _removable(queue, removing, known)
        gone = [known.place_of(one, library.set_aside(one)) for one in removing]
        # A path that the index has nothing from, and that is no more, is none that could be indexed.
        paths = [*added.values(), *(place for place in gone if str(place) in known.by_path)]
        report = _built(queue, index, adding, paths)
        sources = _sources(index)
    except IndexLockedError as error:
        trouble = Trouble(type(error).__name__, error.what, "It goes on by itself when that has finished")
        queue.wait((*adding, *removing), trouble)
        return False
    except (YuanhuaError, OSError) as error:
        for one in removing:
            with suppress(OSError):
                library.confirm(one)
        for one in (*adding, *removing):
            queue.failed(one, _trouble(error))
        return True
    for one in removing:
        queue.removed(one)
    for one in adding:
        _note(queue, one, str(added[one.id]), sources, report)
    return True


def _removable(queue: Queue, removing: tuple[Upload, ...], known: _Sources) -> tuple[Upload, ...]:
    """Return what can be taken out of the index: not what it has from another place where a file still is."""
    for one in removing:
        own = queue.uploads.library.confirmed(one)
        place = known.place_of(one, own)
        if place != own and place.exists():
            mend = f"Remove that file, then index its folder again: yuanhua index {place.parent}"
            queue.failed(one, Trouble("UploadStateError", f"the index has this call from {place}", mend))
            removing = tuple(other for other in removing if other.id != one.id)
    return removing


def _present(queue: Queue, adding: tuple[Upload, ...]) -> tuple[Upload, ...]:
    """Move the files among the confirmed ones, and return those whose files are there."""
    missing = {one.id for one in adding if not queue.uploads.library.confirm(one).is_file()}
    for one in adding:
        if one.id in missing:
            queue.failed(one, _GONE)
    return tuple(one for one in adding if one.id not in missing)


def _built(queue: Queue, index: Path, adding: tuple[Upload, ...], paths: list[Path]) -> BuildReport | None:
    told, last = 0.0, ""

    def progress(stage: str, done: int, total: int, _detail: str = "", /) -> None:
        nonlocal told, last
        now = time.monotonic()
        if stage != last or now - told >= _TOLD:
            told, last = now, stage
            queue.tell(adding, Progress(stage, done, total))

    if not paths:
        return None
    return index_paths(index, paths, _SETTINGS, progress, root=queue.uploads.library.folder)


def _note(queue: Queue, upload: Upload, path: str, sources: _Sources, report: BuildReport | None) -> None:
    """Note what became of one file."""
    failed = [note for note in (report.failed if report else ()) if note.path == path]
    skipped = [note for note in (report.skipped if report else ()) if note.path == path]
    if path in sources.by_path and not failed:
        queue.done(upload, sources.by_path[path])
    elif failed:
        what, _, mend = failed[0].message.partition(". ")
        queue.failed(upload, Trouble(failed[0].error, what, mend))
    elif same := sources.by_digest.get(upload.digest):
        what = f"the index has the same file already, as {same}"
        queue.failed(upload, Trouble("DuplicateUploadError", what, "Discard this one"))
    elif skipped:
        queue.failed(upload, Trouble("SourceError", skipped[0].message))
    else:
        queue.failed(upload, _UNKNOWN)


def _sources(index: Path) -> _Sources:
    try:
        with closing(open_generation(index, current_name(index))) as generation:
            infos = generation.passages.transcripts()
    except IndexMissingError:
        infos = ()
    return _Sources(
        {info.source.path: info.id for info in infos},
        {info.source.sha256: info.id for info in infos},
    )


def _trouble(error: YuanhuaError | OSError) -> Trouble:
    if isinstance(error, YuanhuaError):
        return Trouble(type(error).__name__, error.what, error.mend)
    return Trouble("OSError", error.strerror or str(error), "See that the disk of the server has room, then try again")
