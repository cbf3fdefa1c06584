"""What a generation of an index says of itself: versions, settings, counts, and the digest of every file."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from indexer.errors import IndexDamagedError, IndexMismatchError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

# Counts up whenever a program that knows only the older format would misread the files.
FORMAT = 4

MANIFEST = "manifest.json"

_SEAL = "seal"


@dataclass(frozen=True, slots=True)
class SpaceInfo:
    """What there is in a vector space.

    `name` is its folder, `embedder` the name of its Embedder, `digest` that embedder's. `dimension` is the
    length of a vector; `passages` and `sentences` count the vectors. A large space has short codes, and of the vectors
    that come nearest by these a search compares `compared`; `recall` is the share of the true ten nearest passages
    found so, as it was measured when the space was written. `bits` is how many each dimension takes: 32 as it was
    embedded, 8 in a large space. `sentence_vectors` is whether sentences were to have vectors, `wanted` the share
    of the true ten nearest that was to be among those compared.
    """

    name: str
    embedder: str
    digest: str
    dimension: int
    passages: int
    sentences: int
    compared: int = 0
    recall: float | None = None
    bits: int = 32
    sentence_vectors: bool = True
    wanted: float = 0.99


@dataclass(frozen=True, slots=True)
class FileRecord:
    """A file of a generation: path within it (POSIX), size in bytes, SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a generation was made and what it holds.

    `created` is UTC in ISO 8601. `analyser_digest` stands for the segmenter, its dictionary, the user words
    and the rules of analysis together; a query must be analysed alike. `roots` are the files and folders that
    were indexed. `transcripts` and `passages` are counts. `files` has every file but the manifest itself.
    """

    program: str
    created: str
    keyword_engine: str
    keyword_version: str
    segmenter: str
    user_words: tuple[str, ...]
    analyser_digest: str
    spaces: tuple[SpaceInfo, ...]
    roots: tuple[str, ...]
    transcripts: int
    passages: int
    files: tuple[FileRecord, ...] = ()
    format: int = FORMAT

    @property
    def sentence_vectors(self) -> bool:
        """Whether sentences were to have vectors of their own."""
        return all(space.sentence_vectors for space in self.spaces)

    @property
    def wanted_recall(self) -> float | None:
        """Which share of the nearest passages was to be among those compared; None where there are no vectors."""
        return max((space.wanted for space in self.spaces), default=None)

    @property
    def digest(self) -> str:
        """A digest of the content: the same for the same files."""
        return hashlib.sha256(json.dumps([asdict(record) for record in self.files]).encode()).hexdigest()


def dump_manifest(manifest: Manifest) -> bytes:
    """Return the manifest as it is stored, with a seal by which it is seen whether it is what was written."""
    fields = asdict(manifest)
    return json.dumps({**fields, _SEAL: _seal(fields)}, ensure_ascii=False, indent=1).encode()


def load_manifest(path: Path, *, index: Path) -> Manifest:
    """Read a manifest.

    Raises IndexMismatchError when it has another format, IndexDamagedError when it is no manifest.
    """
    mend = rebuild_command(index)
    try:
        fields = json.loads(path.read_bytes())
        written = fields["format"]
        if written != FORMAT:
            what = f"the index has format {written}, this version of Yuanhua reads format {FORMAT}"
            raise IndexMismatchError(what, where=str(index), mend=mend)
        # What earlier versions wrote has none.
        if fields.pop(_SEAL, None) not in {None, _seal(fields)}:
            raise IndexDamagedError("the file is not what was written", where=str(path), mend=mend)
        fields["user_words"] = tuple(fields["user_words"])
        fields["roots"] = tuple(fields["roots"])
        fields["spaces"] = tuple(SpaceInfo(**space) for space in fields["spaces"])
        fields["files"] = tuple(FileRecord(**record) for record in fields["files"])
        return Manifest(**fields)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexDamagedError(f"the manifest cannot be read ({error})", where=str(path), mend=mend) from error


def _seal(fields: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(fields, sort_keys=True).encode()).hexdigest()


def rebuild_command(index: Path, manifest: Manifest | None = None) -> str:
    """Return the advice that mends a damaged index: the command that makes it anew from its sources."""
    roots = shlex.join(manifest.roots) if manifest and manifest.roots else "FOLDER"
    if manifest and manifest.keyword_engine == "milvus":
        return f"Publish it anew with: yuanhua index {roots} --rebuild --store milvus"
    return f"Make it anew with: yuanhua index {roots} --rebuild --index {shlex.quote(str(index))}"
