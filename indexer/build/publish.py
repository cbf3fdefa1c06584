"""Publishes the index of a folder in Milvus, for serving machines that have nothing but its address."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from indexer.build.fingerprint import words_digest
from indexer.build.prepare import Preparer
from indexer.errors import IndexLockedError
from indexer.stores.generations import PREPARED, current_name, generation_folder, open_generation
from indexer.stores.opening import not_installed
from indexer.stores.prepared import PreparedStore, unpack_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from indexer.build.report import Progress
    from indexer.stores.generations import Generation
    from indexer.stores.keyword import KeywordDocument
    from indexer.stores.milvus_address import MilvusAddress

_SCRATCH = ".publishing"


def publish_to_milvus(
    folder: Path,
    address: MilvusAddress,
    progress: Progress,
    *,
    readers_need: float | None = None,
    replace_others: bool = False,
) -> bool:
    """Have Milvus hold the published generation of a folder; return whether anything was to be done.

    It may be run again after it was broken off, and takes up what is there. Raises IndexMissingError when there is no
    index in the folder, IndexLockedError when it is being published, IndexMismatchError where the index of other files
    is published there, unless it is to `replace_others`, and what opening Milvus raises.
    """
    try:
        from indexer.stores.milvus_client import Milvus  # noqa: PLC0415 - Milvus is an extra.
        from indexer.stores.milvus_places import published_in  # noqa: PLC0415
        from indexer.stores.milvus_publish import READERS_NEED, is_whole, publish  # noqa: PLC0415
    except ImportError as error:
        raise not_installed() from error
    name = current_name(folder)
    try:
        with FileLock(folder / "PUBLISHING", timeout=0), closing(Milvus(address)) as milvus:
            with closing(open_generation(folder, name)) as generation:
                if published_in(milvus) == name and is_whole(milvus, generation):
                    return False
                publish(
                    milvus,
                    generation,
                    generation_folder(folder, name),
                    lambda: documents_of(generation),
                    scratch=folder / _SCRATCH,
                    progress=progress,
                    readers_need=READERS_NEED if readers_need is None else readers_need,
                    replace_others=replace_others,
                )
            return True
    except Timeout as error:
        mend = "Wait until it has finished, then run the command again"
        raise IndexLockedError("another process is publishing the index", where=str(folder), mend=mend) from error


def documents_of(generation: Generation) -> Iterator[KeywordDocument]:
    """Yield the words of all searchable passages by row, as they were worked out when the generation was written."""
    analyser = generation.analyser()
    place = generation_folder(generation.index, generation.name) / PREPARED
    preparer, first_row = Preparer(analyser), 0
    with closing(PreparedStore(place, f"{analyser.digest}-{words_digest()}")) as known:
        for info in generation.passages.transcripts():
            prepared = known.get(info.id) or preparer.prepare(generation.passages.transcript(info.id))
            yield from unpack_words(prepared.words, first_row=first_row, date=info.date)
            first_row += info.passages
