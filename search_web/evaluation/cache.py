"""Indexes of judged corpora, kept in the user's cache so that only the first evaluation builds them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from indexer.build import BuildSettings, embed_index, index_transcripts
from indexer.embedding import create_embedder
from indexer.errors import IndexStoreError
from indexer.settings import KEYWORD_ENGINE, SEGMENTER, cache_folder
from indexer.stores.index import IndexReader
from indexer.stores.manifest import FORMAT
from indexer.text.analyser import shared_analyser
from search_web.evaluation.corpus import VERSION, corpus_digest, read_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer.build import Progress


def corpus_index(
    corpus: Path, embedders: Sequence[str], settings: BuildSettings, cache: Path | None, progress: Progress
) -> Path:
    """Return the folder, below `cache`, of an index of this corpus that has the vectors of these embedders.

    The folder is named after the corpus and all that words depend on, so that one index serves every mode
    and every choice of embedders; vectors are added when they are first asked for.

    Raises JudgementsError when the corpus is malformed, IndexStoreError or ModelError when an index or a
    model cannot be used.
    """
    engine = settings.keyword_engine or KEYWORD_ENGINE.default
    analyser = shared_analyser(settings.segmenter or SEGMENTER.default, settings.user_words or ())
    key = "\n".join((corpus_digest(corpus), str(VERSION), str(FORMAT), engine, analyser.digest))
    folder = (cache or cache_folder()) / "evaluation" / hashlib.sha256(key.encode()).hexdigest()[:32]
    known = _known_embedders(folder)
    if known is None:
        build = BuildSettings(
            settings.keyword_engine, settings.segmenter, settings.user_words, tuple(embedders), rebuild=True
        )
        index_transcripts(folder, read_corpus(corpus), build, progress)
        return folder
    for name in embedders:
        if known.get(name) != create_embedder(name).digest:
            embed_index(folder, name, progress)
    return folder


def _known_embedders(folder: Path) -> dict[str, str] | None:
    """Return the digest of each embedder that an index has vectors of; None when there is no sound index."""
    reader = IndexReader(folder)
    try:
        return {space.embedder: space.digest for space in reader.current().manifest.spaces}
    except IndexStoreError:
        return None
    finally:
        reader.close()
