"""Reads drafts for people to look at, in a process of its own that a hostile file may crash."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from indexer.build import BuildSettings
from indexer.build.known import KnownCalls
from indexer.build.pool import WorkerPool
from indexer.build.prepare import ReadFile, Task
from indexer.build.worker import Start
from indexer.codec import transcript_from_json
from indexer.errors import IndexStoreError
from indexer.settings import SEGMENTER
from indexer.stores.generations import current_name, generation_folder
from indexer.stores.manifest import MANIFEST, load_manifest
from indexer.transcripts.ids import transcript_id
from search_web.uploads.model import Trouble
from search_web.uploads.reading import reading_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Self

    from search_web.uploads.model import Upload
    from search_web.uploads.queue import Queue


class DraftReader:
    """Reads the drafts of a queue, as a context manager; leaving it ends the process that reads."""

    def __init__(self, queue: Queue, index: Path) -> None:
        self._queue = queue
        self._index = index
        self._pool = WorkerPool(_start(index), 1)
        self._known: KnownCalls | None = None

    def __enter__(self) -> Self:
        self._pool.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        self._pool.__exit__(*error)

    def read_next(self) -> bool:
        """Read the next draft; return whether there was one."""
        upload = self._queue.next_to_read()
        if upload is None:
            return False
        try:
            self._read(upload)
        except OSError as error:
            trouble = Trouble("OSError", f"the file cannot be read ({error.strerror})", "See the log, then try again")
            self._queue.was_not_read(upload, trouble)
        return True

    def _read(self, upload: Upload) -> None:
        library = self._queue.uploads.library
        library.state(upload)
        place = library.draft(upload)
        (outcome,) = self._pool.outcomes([Task(str(place), transcript_id(str(place)))])
        if not isinstance(outcome, ReadFile):
            # The message may name the place where the draft lies for now, which says nothing to anybody.
            message = outcome.message.replace(f"{place.parent}/", "")
            what, _, mend = message.partition(". ")
            self._queue.was_not_read(upload, Trouble(outcome.error, what, mend))
            return
        transcript = transcript_from_json(zlib.decompress(outcome.document))
        known = self._known_calls()
        same_as = known.same_bytes(upload.digest) if known else None
        alike = known.alike(transcript, outcome.prepared.sketch) if known and not same_as else ()
        self._queue.was_read(upload, *reading_of(transcript, alike, same_as))

    def _known_calls(self) -> KnownCalls | None:
        """Return what the published generation knows; None while it cannot be read, which its own pages say."""
        try:
            if self._known is None or self._known.generation != current_name(self._index):
                self._known = KnownCalls(self._index)
        except IndexStoreError:
            return None
        return self._known


def _start(index: Path) -> Start:
    """Return what files are read with: what the index was made with, as far as it says."""
    segmenter, words = SEGMENTER.default, tuple[str, ...]()
    try:
        manifest = load_manifest(generation_folder(index, current_name(index)) / MANIFEST, index=index)
        segmenter, words = manifest.segmenter, manifest.user_words
    except IndexStoreError:
        pass
    return Start(segmenter, words, BuildSettings().time_limit)
