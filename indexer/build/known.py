"""What an index knows already of a call that is about to come in: the same bytes, and the same call in other words."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np

from indexer.build.duplicates import Call, call_of, find_duplicates
from indexer.build.fingerprint import words_digest
from indexer.build.sketch import digests_in
from indexer.model.alike import Alike
from indexer.stores.generations import current_name, open_generation
from indexer.stores.prepared import PreparedStore

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.model import Transcript
    from indexer.stores.index import Generation
    from indexer.stores.passages import TranscriptInfo

_NEAREST = 20
"""So many transcripts that share the most with a new one are compared with it."""


class KnownCalls:
    """The calls of one published generation, to compare new ones with. It holds no file open."""

    def __init__(self, index: Path) -> None:
        """Raise IndexStoreError when the index cannot be read."""
        self.generation = current_name(index)
        with closing(open_generation(index, self.generation)) as generation:
            infos = generation.passages.transcripts()
            self._calls = _calls(generation, infos)
        self._titles = {info.id: info.title for info in infos}
        self._digests = {info.source.sha256: info.id for info in infos}
        parts = [digests_in(call.sketch) for call in self._calls]
        digests: NDArray[np.uint64] = np.concatenate([np.empty(0, np.uint64), *parts])
        owners = np.repeat(np.arange(len(parts)), [len(part) for part in parts])
        order = np.argsort(digests, kind="stable")
        self._sorted, self._owners = digests[order], owners[order]

    def same_bytes(self, digest: str) -> str | None:
        """Return the id of the transcript that was read from bytes of this SHA-256."""
        return self._digests.get(digest)

    def alike(self, transcript: Transcript, sketch: bytes) -> tuple[Alike, ...]:
        """Return the transcripts that give the same call as a new one, by the rule of `find_duplicates`."""
        new = call_of(transcript, sketch)
        # The id of a new transcript may be that of one in the index.
        new = Call("", new.path, new.title, new.names, new.period, new.date, new.sketch)
        found = find_duplicates([*(self._calls[place] for place in self._nearest(sketch)), new])
        return tuple(
            Alike(
                id=(other := pair.duplicate_of or pair.id),
                title=self._titles[other],
                share=pair.share,
                fuller=not pair.duplicate_of,
            )
            for pair in found
            if not (pair.id and pair.duplicate_of)
        )

    def _nearest(self, sketch: bytes) -> list[int]:
        digests = digests_in(sketch)
        first, last = (np.searchsorted(self._sorted, digests, side) for side in ("left", "right"))
        spans = [self._owners[start:end] for start, end in zip(first, last, strict=True)]
        owners = np.concatenate([np.empty(0, np.int64), *spans])
        counts = np.bincount(owners, minlength=len(self._calls))
        nearest = np.argsort(-counts, kind="stable")[:_NEAREST]
        return [int(place) for place in nearest if counts[place]]


def _calls(generation: Generation, infos: tuple[TranscriptInfo, ...]) -> list[Call]:
    made_by = f"{generation.manifest.analyser_digest}-{words_digest()}"
    with closing(PreparedStore(generation.prepared_file(), made_by)) as prepared:
        return [_call(info, prepared) for info in infos]


def _call(info: TranscriptInfo, prepared: PreparedStore) -> Call:
    known = prepared.get(info.id)
    return call_of(info, known.sketch if known else b"")
