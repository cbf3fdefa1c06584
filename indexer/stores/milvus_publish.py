"""Copies a generation to Milvus and lets readers move over to it."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from indexer.errors import IndexDamagedError, IndexMismatchError
from indexer.stores.generations import KEYWORD, PREPARED
from indexer.stores.manifest import MANIFEST, dump_manifest, load_manifest
from indexer.stores.milvus_places import Places, drop_all_but, move_alias, published_in
from indexer.stores.milvus_space_writer import write_milvus_space
from indexer.stores.milvus_terms import TERMS
from indexer.stores.milvus_words import MilvusEngine

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from indexer.stores.generations import Generation
    from indexer.stores.keyword import KeywordDocument
    from indexer.stores.milvus_client import Milvus

READERS_NEED = 10.0
"""How many seconds after that the generation before it is removed: searches that began with it have ended."""


def is_whole(milvus: Milvus, generation: Generation) -> bool:
    """Tell whether Milvus holds all records of a generation, which `publish` has been through with."""
    places, searchable = Places(milvus, generation.name), generation.passages.searchable_count
    expected = [(milvus.collection(places.words), searchable)]
    for number, info in enumerate(generation.manifest.spaces):
        of_space = places.space(number)
        expected += [(of_space.passages, searchable), (of_space.sentences, info.sentences)]
    try:
        for one in (places.files.collection, *(one for one, count in expected if count)):
            one.load()
        places.files.read_bytes(MANIFEST)
        return all(one.count(strong=True) == count for one, count in expected if count)
    except IndexDamagedError:
        return False


def publish(
    milvus: Milvus,
    generation: Generation,
    folder: Path,
    documents: Callable[[], Iterable[KeywordDocument]],
    *,
    scratch: Path,
    progress: Callable[[str, int, int], None],
    readers_need: float = READERS_NEED,
    replace_others: bool = False,
) -> None:
    """Copy a generation, whose files are in `folder`, to Milvus and let readers move over to it.

    `documents` gives the words of all searchable passages by rising row, as often as asked. What a run that was broken
    off has left of this generation is taken up; what one has left of another is removed. Raises IndexMismatchError
    where the index of other files is published there, unless it is to `replace_others`.
    """
    before, places = published_in(milvus), Places(milvus, generation.name)
    scratch.mkdir(parents=True, exist_ok=True)
    if before is not None and not replace_others:
        _refuse_others(Places(milvus, before), generation.manifest.roots, scratch)
    drop_all_but(milvus, {generation.name, before})
    steps = 2 + len(generation.spaces)
    progress("to Milvus", 0, steps)
    writer = MilvusEngine(milvus, places.words).create(scratch)
    for document in documents():
        writer.add(document)
    writer.finish()
    progress("to Milvus", 1, steps)
    for number, info in enumerate(generation.manifest.spaces):
        space = generation.spaces[info.embedder]
        write_milvus_space(places.space(number), space, documents(), generation.passages.searchable_count)
        progress("to Milvus", 2 + number, steps)
    files = places.files
    files.create()
    small = [record.path for record in generation.manifest.files if "/" not in record.path and record.path != PREPARED]
    records = (
        *(files.write(folder / path, path) for path in small),
        files.write(scratch / TERMS, f"{KEYWORD}/{TERMS}"),
    )
    manifest = replace(generation.manifest, keyword_engine="milvus", keyword_version=version("pymilvus"), files=records)
    files.write_bytes(dump_manifest(manifest), MANIFEST)
    files.collection.finish()
    move_alias(milvus, generation.name)
    progress("to Milvus", steps, steps)
    if before not in {None, generation.name}:
        time.sleep(readers_need)
    drop_all_but(milvus, {generation.name})
    shutil.rmtree(scratch, ignore_errors=True)


def _refuse_others(published: Places, roots: Sequence[str], scratch: Path) -> None:
    """Raise IndexMismatchError where what is published was made of other folders alone than these `roots`."""
    try:
        published.files.collection.load()
        (scratch / MANIFEST).write_bytes(published.files.read_bytes(MANIFEST))
        theirs = load_manifest(scratch / MANIFEST, index=scratch).roots
    except (IndexDamagedError, IndexMismatchError):
        return  # Nobody can read it: there is nothing to lose.
    ours, others = [Path(root) for root in roots], [Path(root) for root in theirs]
    if roots and others and not any(a.is_relative_to(b) or b.is_relative_to(a) for a in ours for b in others):
        raise IndexMismatchError(
            f"the index of other files is published there, of {', '.join(theirs)}",
            where=published.milvus.address.shown,
            mend="Give each index a database of its own, or replace that one: yuanhua index FOLDER --rebuild --store"
            " milvus",
        )
