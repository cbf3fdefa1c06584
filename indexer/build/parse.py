"""Reads the files that a plan names, one by one, and sets their transcripts aside until they are written."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from indexer.build.files import shown
from indexer.build.overrides import with_stated
from indexer.build.report import FileNote
from indexer.codec import transcript_from_json, transcript_to_json
from indexer.errors import SourceError, YuanhuaError
from indexer.sources import read_source
from indexer.transcripts import parse_transcript

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from indexer.build.plan import Plan
    from indexer.build.report import Progress
    from indexer.model import Transcript
    from indexer.stores.passages import TranscriptInfo


@dataclass(frozen=True, slots=True)
class ParsedFile:
    """A file that was read: the id of its transcript, and the file in which the transcript is set aside."""

    path: Path
    transcript_id: str
    aside: Path

    def load(self) -> Transcript:
        """Return the transcript."""
        return transcript_from_json(self.aside.read_bytes())


@dataclass(frozen=True, slots=True)
class ParsedFiles:
    """What came of reading files."""

    parsed: tuple[ParsedFile, ...]
    failed: tuple[FileNote, ...]
    warnings: tuple[FileNote, ...]


def parse_files(plan: Plan, scratch: Path, progress: Progress) -> ParsedFiles:
    """Parse each file that is to be read and set its transcript aside in `scratch`.

    A file that fails is noted and the rest go on. A file that is in the index already keeps the id of its
    transcript, and no other file gets that id.
    """
    to_read = plan.to_read
    before = [info for info in (*plan.unchanged, *plan.elsewhere, *to_read.values()) if info]
    ids = {info.id for info in before}
    parsed: list[ParsedFile] = []
    failed: list[FileNote] = []
    warnings: list[FileNote] = []
    for step, (path, known) in enumerate(to_read.items()):
        progress("reading", step, len(to_read))
        aside = scratch / f"{step:06d}.json"
        try:
            transcript = read_transcript(path, known.id if known else None, ids, plan.overrides[path])
            aside.write_bytes(transcript_to_json(transcript))
        except YuanhuaError as error:
            failed.append(_failure(path, f"{error.what}. {error.mend}" if error.mend else error.what, known))
        except Exception as error:  # noqa: BLE001 - one file that breaks the parser must not stop the others.
            what = f"the parser broke on it ({type(error).__name__}: {error}). Please report this"
            failed.append(_failure(path, what, known))
        else:
            ids.add(transcript.id)
            parsed.append(ParsedFile(path, transcript.id, aside))
            warnings.extend(FileNote(str(path), warning) for warning in transcript.warnings)
    progress("reading", len(to_read), len(to_read))
    return ParsedFiles(tuple(parsed), tuple(failed), tuple(warnings))


def read_transcript(
    path: Path,
    transcript_id: str | None = None,
    taken: AbstractSet[str] = frozenset(),
    overrides: Mapping[str, str] = MappingProxyType({}),
) -> Transcript:
    """Return the transcript of a file, under the id given or else the one the parser gives it.

    When that one is taken by another file, the beginning of the file's digest is added. `overrides` stand above
    the sidecar of the file, and that above all that the file says.
    """
    source = with_stated(read_source(path), path, overrides)
    transcript = parse_transcript(source, transcript_id=transcript_id)
    if transcript_id is None and transcript.id in taken:
        lengths = (8, 16, 64)
        names = (f"{transcript.id}-{source.sha256[:length]}" for length in lengths)
        free = next(name for name in names if name not in taken)
        transcript = parse_transcript(source, transcript_id=free)
    if not transcript.passages:
        raise SourceError("no speech was found in it", where=str(path))
    return transcript


def _failure(path: Path, what: str, known: TranscriptInfo | None) -> FileNote:
    kept = ". What was read from it before stays in the index" if known else ""
    return FileNote(shown(path), what.removesuffix(".") + kept)
