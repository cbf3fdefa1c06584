"""The cache of vectors gives back what was kept, or nothing: never another vector, and never an error."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.stores.vector_cache import VectorCache

DIMENSION = 64
LIMIT = 1 << 20


def vectors_of(texts: list[str]) -> np.ndarray:
    """Return vectors that tell the texts apart."""
    seeds = [hash(text) % (1 << 32) for text in texts]
    return np.array([np.random.default_rng(seed).random(DIMENSION) for seed in seeds], dtype=np.float32)


def numbered(first: int, last: int) -> list[str]:
    return [f"text {number}" for number in range(first, last)]


def hits(path: Path, texts: list[str], limit: int = LIMIT) -> int:
    """Return of how many texts the right vector is there; a wrong one fails."""
    with VectorCache(path, limit=limit) as cache:
        found = cache.find("m", texts, DIMENSION)
    for vector, expected in zip(found, vectors_of(texts), strict=True):
        assert vector is None or vector.tolist() == expected.tolist()
    return sum(vector is not None for vector in found)


@settings(max_examples=25)
@given(st.lists(st.text(st.characters(codec=None)), unique=True, max_size=8))
def test_any_texts_are_found_by_model_text_and_dimension(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder, "vectors.sqlite")
        with VectorCache(path, limit=LIMIT) as cache:
            cache.keep("m", texts, vectors_of(texts))
            assert all(vector is not None for vector in cache.find("m", texts, DIMENSION)), "before they are written"
        assert hits(path, texts) == len(texts)
        with VectorCache(path, limit=LIMIT) as cache:
            assert cache.find("another", texts, DIMENSION) == [None] * len(texts)
            assert cache.find("m", texts, DIMENSION + 1) == [None] * len(texts)
            found = cache.find("m", [text + "." for text in texts], DIMENSION)
            assert [vector is not None for vector in found] == [text + "." in texts for text in texts]


def test_when_it_is_full_what_no_build_has_used_for_longest_goes(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"

    def build(kept: list[str], used: list[str]) -> None:
        with VectorCache(path, limit=LIMIT) as cache:
            cache.find("m", used, DIMENSION)
            for start in range(0, len(kept), 100):
                cache.keep("m", kept[start : start + 100], vectors_of(kept[start : start + 100]))
                cache._write()  # noqa: SLF001 - As time would.

    build(numbered(0, 5000), [])
    first = hits(path, numbered(0, 5000))
    assert 1000 < first < 5000
    assert hits(path, numbered(0, first)) == first, "what comes too late is not kept"
    assert path.stat().st_size < 1.1 * LIMIT
    build(numbered(5000, 5400), numbered(0, 500))
    assert hits(path, numbered(5000, 5400)) == 400
    assert hits(path, numbered(0, 500)) == 500
    assert hits(path, numbered(500, first)) < first - 500
    assert path.stat().st_size < 1.1 * LIMIT


def test_a_damaged_file_loses_vectors_and_gives_no_wrong_one(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    texts = numbered(0, 300)
    with VectorCache(path, limit=LIMIT) as cache:
        cache.keep("m", texts, vectors_of(texts))
    whole = path.read_bytes()
    random = np.random.default_rng(7)
    for _ in range(15):
        content = bytearray(whole)
        for place in random.integers(0, len(content), 20):
            content[place] ^= 1 << int(random.integers(0, 8))
        path.write_bytes(content[: int(random.integers(len(content) // 2, len(content) + 1))])
        hits(path, texts)
        with VectorCache(path, limit=LIMIT) as cache:
            cache.keep("m", texts, vectors_of(texts))
        for name in ("", "-wal", "-shm"):
            path.with_name(path.name + name).unlink(missing_ok=True)
    path.write_bytes(b"This is no database of anybody." * 400)
    assert hits(path, texts) == 0
    with VectorCache(path, limit=LIMIT) as cache:
        cache.keep("m", texts, vectors_of(texts))
    assert hits(path, texts) == len(texts), "it was made anew"


def test_one_of_another_version_is_made_anew(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript("PRAGMA user_version = 99; CREATE TABLE vectors (other)")
    connection.close()
    with VectorCache(path, limit=LIMIT) as cache:
        cache.keep("m", ["a"], vectors_of(["a"]))
    assert hits(path, ["a"]) == 1


@pytest.mark.parametrize("place", ["file/vectors.sqlite", "folder"])
def test_where_there_can_be_no_file_nothing_is_kept_and_nothing_fails(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("no folder")
    (tmp_path / "folder").mkdir()
    with VectorCache(tmp_path / place, limit=LIMIT) as cache:
        cache.keep("m", ["a"], vectors_of(["a"]))
        assert cache.find("m", ["a"], DIMENSION) == [None]


def test_two_builds_write_at_once(tmp_path: Path) -> None:
    path = tmp_path / "vectors.sqlite"
    with VectorCache(path, limit=LIMIT) as one, VectorCache(path, limit=LIMIT) as other:
        for start in range(0, 400, 20):
            for cache, name in ((one, "one"), (other, "other"), (other, "both"), (one, "both")):
                texts = [f"{name} {number}" for number in range(start, start + 20)]
                cache.keep("m", texts, vectors_of(texts))
                cache._write()  # noqa: SLF001 - As time would.
    assert hits(path, [f"{name} {number}" for name in ("one", "other", "both") for number in range(400)]) == 1200


def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    with VectorCache(tmp_path / "vectors.sqlite", limit=LIMIT):
        assert (tmp_path / "vectors.sqlite").stat().st_mode & 0o077 == 0
