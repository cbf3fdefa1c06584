"""What has to be done so that an index holds what the files hold now."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files as package_files
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.build.files import is_below
from indexer.build.overrides import has_overrides, kept_overrides, made_with, merged
from indexer.build.report import FileNote

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from indexer.stores.passages import PassageStore, TranscriptInfo


@dataclass(frozen=True, slots=True)
class Plan:
    """Which transcripts of the index stay, and which files are to be read.

    `unchanged` come from the given files, `elsewhere` from others; `gone` come from files that are no more.
    `to_read` has, by file, the transcript that the index has from it so far, and `overrides` what a command states
    or has stated of it.
    """

    unchanged: tuple[TranscriptInfo, ...]
    elsewhere: tuple[TranscriptInfo, ...]
    gone: tuple[TranscriptInfo, ...]
    to_read: Mapping[Path, TranscriptInfo | None]
    duplicates: tuple[FileNote, ...]
    overrides: Mapping[Path, Mapping[str, str]]


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
    index.
    """
    known = {Path(info.source.path): info for info in (passages.transcripts() if passages else ())}
    parsers = passages.parsers() if passages else {}
    elsewhere = {
        path: info
        for path, info in known.items()
        if not is_below(path, roots) or (is_below(path, unread) and path not in digests)
    }
    overrides = {path: _overrides(known.get(path), parsers, passages, given) for path in digests}
    unchanged = {
        path: known[path]
        for path, digest in digests.items()
        if path in known
        and known[path].source.sha256 == digest
        and parsers[known[path].id] == made_with(parser_digest(), path, overrides[path])
    }
    first = {info.source.sha256: path for path, info in {**elsewhere, **unchanged}.items()}
    to_read: dict[Path, TranscriptInfo | None] = {}
    duplicates = []
    for path, digest in sorted(digests.items()):
        if path in unchanged:
            continue
        if digest in first:
            duplicates.append(FileNote(str(path), f"it has the same bytes as {first[digest]}"))
        else:
            first[digest] = path
            to_read[path] = known.get(path)
    staying = {*elsewhere, *unchanged, *to_read}
    gone = tuple(info for path, info in known.items() if path not in staying)
    return Plan(tuple(unchanged.values()), tuple(elsewhere.values()), gone, to_read, tuple(duplicates), overrides)


def _overrides(
    info: TranscriptInfo | None, parsers: Mapping[str, str], passages: PassageStore | None, given: Mapping[str, str]
) -> dict[str, str]:
    """Return what a command states of a file, now or when it was read last."""
    if info is None or passages is None or not has_overrides(parsers[info.id]):
        return merged({}, given)
    return merged(kept_overrides(passages.transcript(info.id)), given)


def digests_of(files: Sequence[Path]) -> tuple[dict[Path, str], tuple[FileNote, ...]]:
    """Return the SHA-256 of each file, and a note on each that cannot be opened."""
    digests, failed = {}, []
    for path in files:
        try:
            with path.open("rb") as file:
                digests[path] = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            failed.append(FileNote(str(path), f"the file cannot be opened ({error.strerror})"))
    return digests, tuple(failed)


@cache
def parser_digest() -> str:
    """Return a digest of the code that makes transcripts: when it changes, files are parsed anew."""
    digest = hashlib.sha256()
    for package in ("indexer.sources", "indexer.transcripts", "indexer.text"):
        for file in sorted(package_files(package).iterdir(), key=lambda file: file.name):
            if file.is_file():
                digest.update(f"{package}/{file.name}\n".encode() + file.read_bytes())
    return digest.hexdigest()[:16]
