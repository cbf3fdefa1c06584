"""One file, or one transcript, to all that is written of it: this is the work that processes share."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from indexer.build.overrides import with_stated
from indexer.build.sketch import sketch_of
from indexer.build.words import DocumentMaker
from indexer.errors import BrokenReaderError, SourceError, YuanhuaError
from indexer.sources import read_source
from indexer.stores.passage_writer import packed_document
from indexer.stores.prepared import Prepared, pack_words
from indexer.stores.transcript_records import records_of
from indexer.text.normalise import letter_by_letter
from indexer.text.shingles import packed, signatures
from indexer.transcripts import parse_transcript
from indexer.transcripts.ids import transcript_id as id_of_file

if TYPE_CHECKING:
    from collections.abc import Mapping

    from indexer.model import Transcript
    from indexer.stores.transcript_records import TranscriptRecords
    from indexer.text.analyser import Analyser


@dataclass(frozen=True, slots=True)
class Task:
    """A file to read, the id that its transcript gets, and what a command states of it."""

    path: str
    transcript_id: str
    overrides: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """What was read from a file, ready to be written.

    That is the records of its transcript, the whole of it as compressed JSON, its warnings, and what is prepared of it.
    """

    records: TranscriptRecords
    document: bytes
    warnings: tuple[str, ...]
    prepared: Prepared


@dataclass(frozen=True, slots=True)
class UnreadFile:
    """Why nothing was read from a file: a message, and the name of the error in `indexer.errors`."""

    message: str
    error: str


Outcome = ReadFile | UnreadFile


class Preparer:
    """Reads files and prepares transcripts with one analyser."""

    def __init__(self, analyser: Analyser) -> None:
        self._maker = DocumentMaker(analyser)

    def read(self, task: Task) -> Outcome:
        """Read a file. Whatever its bytes are, this gives an outcome and raises nothing."""
        try:
            transcript = read_transcript(Path(task.path), task.transcript_id, task.overrides)
            document = packed_document(transcript)
            return ReadFile(records_of(transcript), document, transcript.warnings, self.prepare(transcript))
        except YuanhuaError as error:
            return unread(error)
        except MemoryError:
            return unread(BrokenReaderError("reading it took more memory than a file may take"))
        except Exception as error:  # noqa: BLE001 - one file that breaks the parser must not stop the others.
            what = f"the parser broke on it ({type(error).__name__}: {error})"
            return unread(BrokenReaderError(what, mend="Please report this"))

    def prepare(self, transcript: Transcript) -> Prepared:
        """Work out what is written of a transcript beside its passages."""
        texts = [passage.text for passage in transcript.passages]
        foldings = [letter_by_letter(text) for text in texts]
        words = pack_words(self._maker.documents(transcript, foldings))
        return Prepared(words, sketch_of(folded for folded, _ in foldings), packed(signatures(texts)))


def read_transcript(
    path: Path, transcript_id: str | None = None, overrides: Mapping[str, str] = MappingProxyType({})
) -> Transcript:
    """Return the transcript of a file, under the id given or else the one that its name gives it.

    `overrides` stand above the sidecar of the file, and that above all that the file says. Raises SourceError when
    the file cannot be read or nobody speaks in it.
    """
    source = with_stated(read_source(path), path, overrides)
    transcript = parse_transcript(source, transcript_id=transcript_id or id_of_file(str(path)))
    if not transcript.passages:
        raise SourceError("no speech was found in it", where=str(path))
    return transcript


def unread(error: YuanhuaError) -> UnreadFile:
    """Return the outcome that an error means."""
    message = f"{error.what}. {error.mend}" if error.mend else error.what
    return UnreadFile(message.removesuffix("."), type(error).__name__)
