"""Verifies a published index from end to end."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.errors import IndexMissingError, IndexStoreError
from indexer.stores.digests import wrong_files
from indexer.stores.generations import (
    KEYWORD,
    PASSAGES,
    VECTORS,
    current_name,
    generation_folder,
    open_generation,
)
from indexer.stores.manifest import MANIFEST, load_manifest, rebuild_command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.stores.generations import Generation


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with an index: the file or part, what is wrong with it, and what mends it."""

    where: str
    what: str
    mend: str


def check_index(index: Path) -> tuple[Problem, ...]:
    """Return everything that is wrong with the published generation; nothing when it is sound.

    Reads all of it: the digest of every file, SQLite's own check, each transcript against the passages in its
    rows, the counts of all stores against each other, and whether text is still analysed as it was. Whether
    the models are still the same is for those to ask who have them (`Generation.check_embedder`).

    Raises IndexMissingError when there is no index.
    """
    try:
        name = current_name(index)
        folder = generation_folder(index, name)
        manifest = load_manifest(folder / MANIFEST, index=index)
    except IndexMissingError:
        raise
    except IndexStoreError as error:
        return (Problem(error.where, error.what, error.mend),)
    mend = rebuild_command(index, manifest)
    problems = [Problem(where, what, mend) for where, what in wrong_files(folder, manifest.files)]
    try:
        generation = open_generation(index, name)
    except IndexStoreError as error:
        # The files have been named already, unless they are what was written and still cannot be opened.
        if not problems:
            problems.append(Problem(error.where, error.what, error.mend))
        return tuple(problems)
    with closing(generation):
        problems.extend(Problem(where, what, mend) for where, what in _wrong_counts(generation, folder))
        try:
            generation.passages.verify()
            problems.extend(Problem(where, what, mend) for where, what in _wrong_rows(generation, folder))
            generation.analyser()
        except IndexStoreError as error:
            problems.append(Problem(error.where, error.what, error.mend))
    return tuple(problems)


def _wrong_counts(generation: Generation, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield where a store does not hold as many passages or transcripts as the manifest says."""
    manifest = generation.manifest
    counts = [
        (PASSAGES, "transcripts", generation.passages.transcript_count, manifest.transcripts),
        (PASSAGES, "passages", generation.passages.count, manifest.passages),
        (KEYWORD, "searchable passages", generation.keyword.count, generation.passages.searchable_count),
    ]
    for info in manifest.spaces:
        vectors = generation.spaces[info.embedder].vectors()
        counts.append((f"{VECTORS}/{info.name}", "passages", len(vectors), manifest.passages))
    for part, what, found, expected in counts:
        if found != expected:
            yield str(folder / part), f"it holds {found} {what} instead of {expected}"


def _wrong_rows(generation: Generation, folder: Path) -> Iterator[tuple[str, str]]:
    """Yield the transcripts whose passages are not those in the rows where they should stand."""
    passages, first = generation.passages, 0
    for info in passages.transcripts():
        rows = range(first, min(first + info.passages, passages.count))
        stored = tuple(item.passage for item in passages.get(rows))
        if passages.transcript(info.id).passages != stored:
            yield str(folder / PASSAGES), f"the rows of the transcript {info.id} are not its passages"
        first += info.passages
