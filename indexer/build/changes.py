"""Sees which files have changed and whether they are still being written. This module owns watchfiles."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import watchfiles

from indexer.build.files import absolute, find_files, is_below
from indexer.sources.sidecar import sidecar_of

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

# Size, time of writing and number of a file, and of its sidecar.
_Signature = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pace:
    """How files are followed, in seconds.

    A file is read when it has not changed for `quiet`; the others wait up to `patience` for those that do change.
    `look` is how often files are looked at when the system tells of no change, and `retry` how often something is
    tried again that stands in the way.
    """

    quiet: float = 1.0
    patience: float = 10.0
    look: float = 30.0
    retry: float = 1.0


class Changes:
    """Which files under some paths are not as they were when they were last taken note of."""

    def __init__(self, index: Path, paths: Sequence[Path], pace: Pace) -> None:
        self._index = index
        self._paths = [absolute(path) for path in paths]
        self._pace = pace
        self._noted: dict[Path, _Signature] = {}
        self._now: dict[Path, _Signature] = {}
        # When the last look began, by the clock that never jumps, and by that of the day in nanoseconds.
        self._looked, self._looked_at = 0.0, 0
        # Of each file that has changed, how it looks now, None when it is gone, and since when it has looked so.
        self._changed: dict[Path, tuple[_Signature | None, float]] = {}

    def look(self) -> None:
        """See how the files are now."""
        # A look may take seconds. A file has surely been as it is from the end of the look that first saw it so to the
        # beginning of the last one.
        self._looked, self._looked_at = time.monotonic(), time.time_ns()
        self._now = self._signatures()
        moment = time.monotonic()
        before = self._changed
        self._changed = {}
        for path in {*self._now, *self._noted}:
            signature = self._now.get(path)
            if signature != self._noted.get(path):
                known = before.get(path)
                same = known is not None and known[0] == signature
                self._changed[path] = known if known is not None and same else (signature, moment)

    @property
    def any(self) -> bool:
        """Whether a file has changed, settled or not."""
        return bool(self._changed)

    @property
    def due(self) -> bool:
        """Whether it is time to index: everything has settled, or what has waited long enough for the rest."""
        unsettled = self.unsettled()
        settled = [since for path, (_, since) in self._changed.items() if path not in unsettled]
        return bool(settled) and (not unsettled or time.monotonic() - min(settled) >= self._pace.patience)

    def unsettled(self) -> frozenset[Path]:
        """Return the files that had changed so lately, when they were looked at, that they may still be written."""
        quiet = {path: max(0.0, self._looked - since) for path, (_, since) in self._changed.items()}
        return frozenset(path for path, seconds in quiet.items() if seconds < self._pace.quiet)

    @property
    def are_fresh(self) -> bool:
        """Whether a file was written just before it was looked at, by the clock of its disk."""
        earliest, latest = self._looked_at - int(self._pace.quiet * 1e9), time.time_ns()
        return any(earliest < written <= latest for _, written, *_ in self._now.values())

    def note(self, held: frozenset[Path]) -> None:
        """Take note of the files as they were seen last, but for those that are held back."""
        kept = {path: signature for path, signature in self._noted.items() if path in held}
        self._noted = {path: signature for path, signature in self._now.items() if path not in held} | kept

    def paths_in_use(self) -> list[Path]:
        """Return the paths that exist, and those that had files when they were last taken note of."""
        return [path for path in self._paths if path.exists() or any(is_below(file, (path,)) for file in self._noted)]

    def _signatures(self) -> dict[Path, _Signature]:
        signatures = {}
        for path in find_files(self._paths, index=self._index).files:
            sidecar = sidecar_of(path)
            try:
                found = [file.stat() for file in (path, sidecar) if file is not None]
            except OSError:
                continue
            signatures[path] = tuple(
                number for status in found for number in (status.st_size, status.st_mtime_ns, status.st_ino)
            )
        return signatures


class Alarm:
    """Wakes up when the system tells of a change under some paths outside the index."""

    def __init__(self, index: Path, paths: Sequence[Path], pace: Pace) -> None:
        self._index = absolute(index)
        self._paths = paths
        self._pace = pace
        self._watched: list[tuple[Path, int, int]] = []
        self._events: Generator[set[tuple[watchfiles.Change, str]], None, None] | None = None

    def wait(self, seconds: float) -> None:
        """Return after that many seconds, or earlier when something may have changed."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            # A folder that is removed and made again is another one to the system.
            if self._identities() != self._watched:
                self._begin()
                return
            if self._hears_something(left):
                return

    def close(self) -> None:
        """Watch no more."""
        if self._events is not None:
            self._events.close()
            self._events = None

    def _begin(self) -> None:
        self.close()
        self._watched = self._identities()
        if self._watched:
            self._events = watchfiles.watch(
                *(path for path, _, _ in self._watched),
                watch_filter=self._is_outside,
                debounce=200,
                rust_timeout=int(self._pace.retry * 1000),
                yield_on_timeout=True,
                ignore_permission_denied=True,
            )

    def _hears_something(self, left: float) -> bool:
        if self._events is not None:
            try:
                return bool(next(self._events))
            except (OSError, RuntimeError, StopIteration):
                # The system watches no more files for this user: they are only looked at.
                self.close()
        time.sleep(min(left, self._pace.retry))
        return False

    def _is_outside(self, change: watchfiles.Change, path: str) -> bool:
        return change in watchfiles.Change and not Path(path).is_relative_to(self._index)

    def _identities(self) -> list[tuple[Path, int, int]]:
        found = []
        for path in self._paths:
            try:
                status = path.stat()
            except OSError:
                continue
            found.append((path, status.st_dev, status.st_ino))
        return found
