"""What a worker does, wherever it runs: texts in, vectors out. It knows nothing of who asks."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import Lock
from typing import TYPE_CHECKING

from indexer.embedding import create_embedder
from indexer.embedding.parallel import take_cores
from indexer.errors import WorkersError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from indexer.embedding.embedder import Embedder


@dataclass(frozen=True, slots=True)
class Job:
    """The embedder by its name and digest, what it runs on, and how many cores each batch has to itself."""

    embedder: str
    digest: str
    device: str
    cores: int


def embed_batch(job: Job, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the vectors of texts, shape (len(texts), dimension). The model is loaded once a process.

    Raises WorkersError when the model here is another, and ModelError when there is none.
    """
    take_cores(job.cores)
    with _LOADING:
        embedder = _embedder(job.embedder, job.device)
    if embedder.digest != job.digest:
        raise WorkersError(
            f"the workers have another version of {job.embedder} than this machine",
            mend="Install the same Yuanhua, and the same model, on all of them.",
        )
    return embedder.embed_passages(texts)


# A worker may have several threads, of which one makes the embedder.
_LOADING = Lock()


@cache
def _embedder(name: str, device: str) -> Embedder:
    return create_embedder(name, device=device)
