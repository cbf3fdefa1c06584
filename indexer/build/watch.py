"""Follows files and folders: waits for changes and indexes them.

What the system tells of changes only wakes this module up; what has changed it sees for itself, so that nothing is
lost when a folder is removed and made again, or lies on a disk that tells of nothing.
"""

from __future__ import annotations

import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

from indexer.build.changes import Alarm, Changes, Pace
from indexer.build.report import quiet
from indexer.build.run import index_paths
from indexer.errors import IndexLockedError, YuanhuaError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Sequence
    from pathlib import Path

    from indexer.build.report import BuildReport, BuildSettings, Progress

_PACE = Pace()

# While files are being written they are looked at so many times in the span that they must be quiet.
_LOOKS = 4


def follow(
    folder: Path,
    paths: Sequence[Path],
    settings: BuildSettings,
    progress: Progress = quiet,
    *,
    say: Callable[[str], None],
    pace: Pace = _PACE,
) -> Generator[BuildReport, None, None]:
    """Index the paths as `index_paths` does, then again whenever something changes below them, without end.

    Yields the report of the first pass, and of every later one that changed something or failed in something new.
    `say` is called with what the user should know meanwhile: that another process writes, or that something went
    wrong which may pass. What goes wrong in the first pass, other than a lock, is raised: see `index_paths`.
    """
    changes = Changes(folder, paths, pace)
    with closing(Alarm(folder, paths, pace)) as alarm:
        changes.look()
        if changes.are_fresh:
            time.sleep(pace.quiet)
            changes.look()
            held = changes.unsettled()
        else:
            held = frozenset()
        report = _patiently(lambda: index_paths(folder, paths, settings, progress, held=held), say, pace)
        yield report
        changes.note(held)
        # The index is not to be made anew with each change.
        settings, failed = replace(settings, rebuild=False), report.failed
        while True:
            alarm.wait(pace.quiet / _LOOKS if changes.any else pace.look)
            changes.look()
            if not changes.due:
                continue
            held, present = changes.unsettled(), changes.paths_in_use()
            try:
                report = _patiently(
                    lambda: index_paths(folder, present, settings, progress, held=held),  # noqa: B023 - called at once.
                    say,
                    pace,
                )
            except (YuanhuaError, OSError) as error:
                say(f"{error}. Trying again")
                time.sleep(pace.retry * _LOOKS)
                continue
            changes.note(held)
            told, failed = failed, report.failed
            if report.changed or set(failed) - set(told):
                yield report


def _patiently(build: Callable[[], BuildReport], say: Callable[[str], None], pace: Pace) -> BuildReport:
    """Build as soon as no other process writes the index."""
    waiting = False
    while True:
        try:
            return build()
        except IndexLockedError as error:
            if not waiting:
                say(f"{error.what}; waiting until it has finished")
            waiting = True
            time.sleep(pace.retry)
