"""The model that comes along: Universal Sentence Encoder multilingual v3, int8 ONNX. Owns onnxruntime.

Sixteen languages, Chinese and English among them, 512 dimensions (Yang et al., "Multilingual Universal
Sentence Encoder for Semantic Retrieval", ACL 2020). The weights and the tokeniser are one ONNX graph inside
the package nanoranker, so nothing is fetched from a model hub.

Texts go in one at a time: the graph quantises its activations over a whole batch, so that in a batch the
vector of a text depends on its neighbours (cosine as low as .996). One text a run on each core was also as
fast as batches of passages.
"""

from __future__ import annotations

from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from indexer.embedding.parallel import embed_each
from indexer.embedding.plain import plain
from indexer.embedding.weights import package_file, verify_weights
from indexer.errors import ModelUnavailableError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    import onnxruntime
    from numpy.typing import NDArray

PACKAGE = "nanoranker"
FILE = "resources/universal-sentence-encoder-multilingual.onnx"
SHA256 = "b8b05b01f0861094f0475cb288ad1b303ae8aee2ebe96e650d210805d5ca70f7"
DIMENSION = 512

# Counts up whenever a text is prepared differently, so that older vectors are known as such.
RECIPE = 1

_SESSIONS: WeakValueDictionary[tuple[Path, str], onnxruntime.InferenceSession] = WeakValueDictionary()
"""The model as embedders in use have loaded it: to read and check its 72 MB takes a third of a second."""
_LOADING = Lock()


class BundledEmbedder:
    """Embeds passages, sentences and queries alike. One serves many threads."""

    name = "bundled"
    dimension = DIMENSION
    digest = f"{SHA256}.{RECIPE}"
    embeds_sentences = True

    def __init__(self) -> None:
        self._file = package_file(PACKAGE, FILE)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of passages or of their sentences, shape (len(texts), 512)."""
        return embed_each(self._embed, texts, DIMENSION)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return the vectors of queries, shape (len(texts), 512)."""
        return self.embed_passages(texts)

    def _embed(self, text: str) -> NDArray[np.float32]:
        vector: NDArray[np.float32] = self._session.run(["outputs"], {"inputs": [plain(text)]})[0][0]
        return vector

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        with _LOADING:
            key = (self._file, SHA256)
            session = _SESSIONS.get(key)
            if session is None:
                session = _SESSIONS[key] = self._load()
            return session

    def _load(self) -> onnxruntime.InferenceSession:
        verify_weights(self._file, SHA256)
        try:
            import onnxruntime  # noqa: PLC0415 (a third of a second, which a search by words need not wait)
            from onnxruntime_extensions import get_library_path  # noqa: PLC0415
        except ImportError as error:
            raise ModelUnavailableError(
                f"the library that runs the bundled model cannot be loaded ({error})",
                mend="Install it: pip install onnxruntime onnxruntime-extensions",
            ) from error
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        options.inter_op_num_threads = 1
        options.register_custom_ops_library(get_library_path())
        return onnxruntime.InferenceSession(str(self._file), options, providers=["CPUExecutionProvider"])
