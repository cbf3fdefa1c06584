"""What an index is made with: the settings, or what the index has, or the defaults."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer import settings as defaults
from indexer.build.fingerprint import words_digest
from indexer.embedding import create_embedder
from indexer.text.analyser import shared_analyser

if TYPE_CHECKING:
    from indexer.build.report import BuildSettings
    from indexer.embedding.embedder import Embedder
    from indexer.stores.manifest import Manifest
    from indexer.text.analyser import Analyser


@dataclass(frozen=True, slots=True)
class Tools:
    """What a generation is made with. `embedders` is None while that hangs on the number of passages."""

    keyword_engine: str
    segmenter: str
    user_words: tuple[str, ...]
    analyser: Analyser
    embedders: tuple[Embedder, ...] | None
    sentence_vectors: bool = True
    recall: float = float(defaults.RECALL.default)

    @property
    def words_digest(self) -> str:
        """What two tools share when they prepare the same words of a transcript."""
        return f"{self.analyser.digest}-{words_digest()}"

    def made(self, manifest: Manifest) -> bool:
        """Whether a generation was made with these very tools."""
        here = (
            self.keyword_engine,
            self.segmenter,
            self.user_words,
            self.analyser.digest,
            {(embedder.name, embedder.digest, self.sentence_vectors, self.recall) for embedder in self.embedders or ()},
        )
        there = (
            manifest.keyword_engine,
            manifest.segmenter,
            manifest.user_words,
            manifest.analyser_digest,
            {(space.embedder, space.digest, space.sentence_vectors, space.wanted) for space in manifest.spaces},
        )
        return here == there


def choose_tools(settings: BuildSettings, manifest: Manifest | None) -> Tools:
    """Take what the settings name, else what the index has, else the defaults."""
    engine = settings.keyword_engine or (manifest.keyword_engine if manifest else defaults.KEYWORD_ENGINE.default)
    segmenter = settings.segmenter or (manifest.segmenter if manifest else defaults.SEGMENTER.default)
    words = settings.user_words
    if words is None:
        words = manifest.user_words if manifest else ()
    names = settings.embedders
    if names is None and manifest:
        names = tuple(space.embedder for space in manifest.spaces)
    embedders = (
        None if names is None else tuple(create_embedder(name, device=settings.device) for name in dict.fromkeys(names))
    )
    sentences = settings.sentence_vectors
    if sentences is None:
        sentences = manifest is None or manifest.sentence_vectors
    known = manifest.wanted_recall if manifest else None
    recall = settings.recall or known or float(defaults.RECALL.default)
    analyser = shared_analyser(segmenter, words)
    _ = analyser.digest  # A segmenter that cannot be had is told here, once, and not of every file that is read.
    return Tools(engine, segmenter, words, analyser, embedders, sentences, recall)
