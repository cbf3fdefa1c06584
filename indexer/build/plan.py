"""What has to be done so that an index holds what the files hold now."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build.files import is_below
from indexer.build.fingerprint import parser_digest
from indexer.build.overrides import has_overrides, kept_overrides, made_with, merged
from indexer.build.report import FailedFile, FileNote

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from indexer.stores.passages import PassageStore, TranscriptInfo


@dataclass(frozen=True, slots=True)
class Plan:
    """Which transcripts of the index stay, and which files are to be read.

    `unchanged` come from the given files, `elsewhere` from others; `gone` come from files that are no more.
    `to_read` has, by file, the transcript that the index has from it so far, or from the place where the same
    bytes stood before: then the file has moved. `digests` has the SHA-256 of all files, and `overrides` what a
    command states or has stated of those that are read.
    """

    unchanged: tuple[TranscriptInfo, ...]
    elsewhere: tuple[TranscriptInfo, ...]
    gone: tuple[TranscriptInfo, ...]
    to_read: Mapping[Path, TranscriptInfo | None]
    duplicates: tuple[FileNote, ...]
    digests: Mapping[Path, str]
    overrides: Mapping[Path, Mapping[str, str]]

    def has_moved(self, path: Path) -> bool:
        """Whether a file that is to be read stood at another place when it was read last."""
        known = self.to_read[path]
        return known is not None and Path(known.source.path) != path


def make_plan(
    roots: Sequence[Path],
    digests: Mapping[Path, str],
    unread: Sequence[Path],
    passages: PassageStore | None,
    given: Mapping[str, str],
) -> Plan:
    """Compare the files under the roots, of which `digests` has the SHA-256, with what the index holds.

    A file is read again when its bytes have changed, its sidecar, the parser, or by what is `given` now what a
    command states of it. What was read before from below an `unread` file or folder, which cannot be opened now,
    stays. A file whose bytes are those of another one is left out, unless it is the one that is already in the
    index. Where bytes that the index knows have left their place and stand at another one, the file has moved.
    """
    known = {Path(info.source.path): info for info in (passages.transcripts() if passages else ())}
    parsers = passages.parsers() if passages else {}
    same = {path for path, digest in digests.items() if path in known and known[path].source.sha256 == digest}

    def overrides(info: TranscriptInfo | None) -> dict[str, str]:
        """Return what a command states of a file, now or when it was read last."""
        if info is None or passages is None or not has_overrides(parsers[info.id]):
            return merged({}, given)
        return merged(kept_overrides(passages.transcript(info.id)), given)

    unchanged = {
        path: known[path]
        for path in same
        if parsers[known[path].id] == made_with(parser_digest(), path, overrides(known[path]))
    }
    elsewhere = {
        path: info
        for path, info in known.items()
        if not is_below(path, roots) or (is_below(path, unread) and path not in digests)
    }
    homeless = _homeless(known, {*same, *(path for path in elsewhere if is_below(path, unread))}, digests)
    first = {info.source.sha256: path for path, info in elsewhere.items() if info.source.sha256 not in homeless}
    first.update((digests[path], path) for path in same)
    to_read: dict[Path, TranscriptInfo | None] = {path: known[path] for path in same if path not in unchanged}
    duplicates = []
    for path, digest in sorted(digests.items()):
        if path in same:
            continue
        if digest in first:
            duplicates.append(FileNote(str(path), f"it has the same bytes as {first[digest]}"))
        else:
            first[digest] = path
            to_read[path] = homeless.get(digest)
    moved = {info.id for info in to_read.values() if info is not None}
    for path, before in to_read.items():
        if before is None and path in known and known[path].id not in moved:
            to_read[path] = known[path]
    settled = {info.id for info in (*unchanged.values(), *to_read.values()) if info is not None}
    staying = {path: info for path, info in elsewhere.items() if info.id not in settled}
    gone = (info for path, info in known.items() if info.id not in settled and path not in staying)
    return Plan(
        unchanged=tuple(unchanged[path] for path in sorted(unchanged)),
        elsewhere=tuple(staying.values()),
        gone=tuple(gone),
        to_read=dict(sorted(to_read.items())),
        duplicates=tuple(duplicates),
        digests=digests,
        overrides={path: overrides(info) for path, info in to_read.items()},
    )


def digests_of(files: Sequence[Path]) -> tuple[dict[Path, str], tuple[FailedFile, ...]]:
    """Return the SHA-256 of each file, and a note on each that cannot be opened."""
    digests, failed = {}, []
    for path in files:
        try:
            with path.open("rb") as file:
                digests[path] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            failed.append(FailedFile(str(path), f"the file cannot be opened ({error.strerror})", OSError.__name__))
    return digests, tuple(failed)


def _homeless(
    known: Mapping[Path, TranscriptInfo], staying: Container[Path], digests: Mapping[Path, str]
) -> dict[str, TranscriptInfo]:
    """Return, by digest, what the index knows of bytes that no longer stand where they were read."""
    wanted = set(digests.values())
    return {
        info.source.sha256: info
        for path, info in known.items()
        if info.source.sha256 in wanted and path not in staying and (path in digests or not os.path.lexists(path))
    }
