"""One loaded model of sentence-transformers as many copies as run at once. They share its weights.

The library runs one batch after another and spreads each over the cores, where the threads wait for each other: on two
busy cores that took two and a half times the processor time of one thread. A thread for each core, each with whole
batches of its own, takes no more than one thread alone. The tokenisers of the library change their own settings
during a call, hence the copies.
"""

from __future__ import annotations

import copy
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from itertools import chain
from queue import LifoQueue
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from indexer.embedding.devices import CPU
from indexer.embedding.parallel import batches_by_length, usable_cores

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

# How many texts, and characters with what pads them, go through a model at once: on a CPU what pads larger batches
# costs more than they save. A GPU wants more; the characters keep the attention over very long texts within its memory.
_CPU_BATCH = (8, 16_000)
_GPU_BATCH = (128, 64_000)

# Up to so many texts are one batch; more are shared out to all copies, however small the batches are: of twelve
# passages each took 46 ms of processor time in this way, and 174 ms in one batch, on a busy machine of two cores.
_FEW = 4

# One piece of work has all cores at a time, and the number of torch's threads with them.
_BULK = Lock()


class Encoders:
    """Copies of one model: on the CPU up to one a core, made when a large piece of work comes, else one a device."""

    def __init__(self, model: Any, devices: Sequence[str], *, sharing: bool) -> None:  # noqa: ANN401 (it has no types)
        """Take a model on the first of the devices. Models of other libraries than torch have one copy."""
        self._idle: LifoQueue[Any] = LifoQueue()
        self._idle.put(model)
        self._made = 1
        self._growing = Lock()
        self._devices = tuple(devices)
        self._sharing = sharing
        self._most, self._characters = _CPU_BATCH if self._devices == (CPU,) else _GPU_BATCH

    def encode(self, method: str, prompt: str | None, texts: Sequence[str], dimension: int) -> NDArray[np.float32]:
        """Return the unit vectors of texts, shape (len(texts), dimension), by a method of the model."""
        vectors = np.empty((len(texts), dimension), dtype=np.float32)

        def encode(places: list[int]) -> None:
            with self._one() as model:
                made = getattr(model, method)(
                    [texts[place] for place in places],
                    prompt=prompt,
                    batch_size=len(places),
                    convert_to_numpy=True,
                    show_progress_bar=False,
                )
            vectors[places] = _unit(np.asarray(made, dtype=np.float32))

        limit = self._limit()
        share = -(-len(texts) // limit) if len(texts) > _FEW else self._most
        batches = batches_by_length(texts, most=min(self._most, share), characters=self._characters)
        if len(batches) <= 1:
            # A query, or little more: torch may use its threads.
            for places in batches:
                encode(places)
            return vectors
        threads = min(len(batches), limit)
        self._grow(threads)
        with _BULK, _one_thread_each(), ThreadPoolExecutor(threads) as pool:
            list(pool.map(encode, batches))
        return vectors

    def _limit(self) -> int:
        if not self._sharing:
            return 1
        return usable_cores() if self._devices == (CPU,) else len(self._devices)

    def _grow(self, count: int) -> None:
        """Have as many copies as that."""
        with self._growing:
            while self._made < count:
                with self._one() as model:
                    if self._devices == (CPU,):
                        shared = {id(tensor): tensor for tensor in chain(model.parameters(), model.buffers())}
                        made = copy.deepcopy(model, shared)
                    else:
                        made = copy.deepcopy(model).to(self._devices[self._made])
                self._made += 1
                self._idle.put(made)

    @contextmanager
    def _one(self) -> Iterator[Any]:
        """Lend a copy that nobody else has."""
        model = self._idle.get()
        try:
            yield model
        finally:
            self._idle.put(model)


def _unit(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return vectors of length 1, in full precision whatever the model calculates in."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    out: NDArray[np.float32] = vectors / np.maximum(lengths, np.finfo(np.float32).tiny)
    return out


@contextmanager
def _one_thread_each() -> Iterator[None]:
    """Let torch use one thread in each call, for it is called in as many threads as there are cores."""
    torch = import_module("torch")
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(before)
