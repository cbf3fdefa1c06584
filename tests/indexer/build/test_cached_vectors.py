"""What was embedded once is not embedded again: after a kill, in a build from scratch, in another index."""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import numpy as np
import pytest

from indexer.build import BuildSettings, embed_index, index_paths
from indexer.stores.index import IndexReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BUNDLED = BuildSettings(embedders=("bundled",))
# A build that is killed in this test writes what it has more often, and rests in the midst of its work: it cannot have
# ended before that, however slow whoever kills it is.
BUILD = """
import sys, time
from pathlib import Path
from indexer.build import BuildSettings, index_paths
from indexer.embedding.bundled import BundledEmbedder
from indexer.stores import vector_cache
vector_cache._PENDING = 8
embed, done = BundledEmbedder.embed_passages, 0

def embed_some(embedder, texts):
    global done
    if done > 60:
        time.sleep(3600)
    done += len(texts)
    return embed(embedder, texts)

BundledEmbedder.embed_passages = embed_some
index_paths(Path(sys.argv[1]), [Path(sys.argv[2])], BuildSettings(embedders=("bundled",)))
"""


@pytest.fixture
def long_call(write_paragraphs: Callable[[int], Path]) -> Path:
    """Return a folder with a call of 100 paragraphs, no two alike."""
    return write_paragraphs(100)


def all_vectors(index: Path) -> list[np.ndarray]:
    with closing(IndexReader(index)) as reader:
        space = reader.current().spaces["bundled"]
        sentences = space.sentences()
        assert sentences is not None
        return [np.array(space.vectors()), np.array(sentences.vectors), np.array(sentences.spans)]


def kept(cache: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{cache}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM vectors").fetchone()[0])
    except sqlite3.Error:
        return 0


def test_a_build_that_was_killed_goes_on_where_it_was(
    tmp_path: Path, long_call: Path, cache: Path, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    with subprocess.Popen([sys.executable, "-c", BUILD, str(index), str(long_call)]) as process:
        deadline = time.monotonic() + 400
        while kept(cache) < 30 and process.poll() is None and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL, "it was killed before it had ended"
    before = kept(cache)
    assert before >= 30

    index_paths(index, [long_call], BUNDLED)
    assert len(embedded) == len(set(embedded))
    rest = len(embedded)
    with monkeypatch.context() as without:
        without.setenv("YUANHUA_VECTOR_CACHE", "0")
        embedded.clear()
        index_paths(tmp_path / "fresh", [long_call], BUNDLED)
    assert rest == len(set(embedded)) - before
    for resumed, fresh in zip(all_vectors(index), all_vectors(tmp_path / "fresh"), strict=True):
        np.testing.assert_array_equal(resumed, fresh)


def test_a_build_from_scratch_another_index_and_a_model_that_comes_back_embed_nothing(
    tmp_path: Path, calls: Path, cache: Path, embedded: list[str]
) -> None:
    index = tmp_path / "index"
    index_paths(index, [calls], BUNDLED)
    assert embedded
    embedded.clear()
    index_paths(index, [calls], BuildSettings(embedders=("bundled",), rebuild=True))
    index_paths(tmp_path / "another", [calls], BUNDLED)
    index_paths(index, [calls], BuildSettings(embedders=(), rebuild=True))
    embed_index(index, "bundled")
    assert embedded == []
    assert cache.is_file()
    index_paths(tmp_path / "third", [calls], BuildSettings(embedders=("bundled",), vector_cache=0))
    assert embedded


def test_a_disk_that_is_nearly_full_keeps_no_vectors_and_the_report_says_so(
    tmp_path: Path, calls: Path, cache: Path, embedded: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        full.setattr("indexer.stores.vector_cache._LEFT", 1 << 60)
        report = index_paths(tmp_path / "index", [calls], BUNDLED)
    assert kept(cache) == 0
    assert report.generation is not None
    (warning,) = report.warnings
    assert warning.path == str(cache)
    assert warning.message.startswith(f"{len(set(embedded))} vectors were not kept")
    assert "--vector-cache" in warning.message
    assert not index_paths(tmp_path / "another", [calls], BUNDLED).warnings
    assert kept(cache) == len(set(embedded))
