"""A vector space in Milvus answers as the same space in files does."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING

import numpy as np
import pytest
from milvus_at_hand import VECTOR_PLACES, need_milvus, shared_milvus

from indexer.errors import IndexDamagedError, IndexMismatchError, IndexStoreError
from indexer.stores.filters import Filters
from indexer.stores.keyword import Field, KeywordDocument
from indexer.stores.manifest import SpaceInfo
from indexer.stores.space_files import SentenceVectors
from indexer.stores.space_writer import write_space
from indexer.stores.vector_space import VectorSpace

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.stores.milvus_client import Milvus
    from indexer.stores.milvus_space import MilvusSpace
    from indexer.stores.milvus_space_writer import SpaceCollections

DIMENSION, PASSAGES = 8, 700
SPEAKERS = (
    'say "hi"',
    "a\\b",
    "徐宏",
    "x] or row >= 0 or [1",
    "o'neill\\",
    "two\nlines\t{all} %_ \\u0041",
    "\U0001f600 \u2028\x7f",
)
"""Names that would end an expression, or turn it into another, if they were not quoted."""


def _unit(count: int, seed: int) -> NDArray[np.float32]:
    values = np.random.default_rng(seed).standard_normal((count, DIMENSION))
    vectors: NDArray[np.float32] = (values / np.linalg.norm(values, axis=1, keepdims=True)).astype(np.float32)
    return vectors


def _info(sentences: int) -> SpaceInfo:
    return SpaceInfo("bundled", "bundled", "digest", DIMENSION, PASSAGES, sentences)


def _documents(rows: NDArray[np.int64]) -> Iterator[KeywordDocument]:
    for row in rows.tolist():
        ((facet, *_),) = Filters(speaker=(SPEAKERS[row % len(SPEAKERS)],)).wanted()
        yield KeywordDocument(row, {}, (), (facet,), f"2024-01-{row % 28 + 1:02d}" if row % 3 else None)


Spaces = tuple[VectorSpace, "MilvusSpace", "NDArray[np.int64]", "SpaceCollections"]


@pytest.fixture(scope="module", params=VECTOR_PLACES)
def milvus(request: pytest.FixtureRequest) -> Milvus:
    """Return each Milvus that there is for vectors."""
    need_milvus()
    return shared_milvus(request.param)


@pytest.fixture(scope="module")
def spaces(tmp_path_factory: pytest.TempPathFactory, milvus: Milvus) -> Iterator[Spaces]:
    """Return the same space in files and in Milvus, and the rows that may be found: every ninth may not."""
    from indexer.stores.milvus_space import MilvusSpace
    from indexer.stores.milvus_space_writer import SpaceCollections, write_milvus_space

    counts = np.random.default_rng(1).integers(0, 5, PASSAGES)
    counts[::9] = 0
    rows = np.repeat(np.arange(PASSAGES), counts)
    starts = np.concatenate([10 * np.arange(count) for count in counts]).astype(np.int32)
    sentences = SentenceVectors(_unit(len(rows), 2), rows, np.column_stack([starts, starts + 7]).astype(np.int32))
    folder = tmp_path_factory.mktemp("space")
    write_space(folder, _unit(PASSAGES, 3), sentences)
    files = VectorSpace.open(folder, _info(len(rows)))
    searchable = np.flatnonzero(np.arange(PASSAGES) % 9)
    name = f"test_{uuid.uuid4().hex[:12]}"
    places = SpaceCollections(milvus.collection(f"{name}_v"), milvus.collection(f"{name}_s", "number"))
    write_milvus_space(places, files, _documents(searchable), len(searchable))
    yield files, MilvusSpace(files.info, places, searchable), searchable, places
    places.passages.drop()
    places.sentences.drop()
    files.close()


@pytest.mark.parametrize("kept", ["all", "a run", "every third", "none", "random"])
@pytest.mark.parametrize("seed", [11, 12])
def test_both_find_the_same(spaces: Spaces, kept: str, seed: int) -> None:
    files, milvus, searchable, _ = spaces
    rows = {
        "all": searchable,
        "a run": searchable[100:350],
        "every third": searchable[::3],
        "none": searchable[:0],
        "random": np.unique(np.random.default_rng(seed).choice(searchable, 333)),
    }[kept]
    query = _unit(1, seed)[0]
    for limit in (1, 40, 1000):
        for one, other in (
            (files.search(query, limit, rows), milvus.search(query, limit, rows)),
            (files.search_sentences(query, limit, rows), milvus.search_sentences(query, limit, rows)),
        ):
            assert other[0].tolist() == one[0].tolist()
            assert other[1] == pytest.approx(one[1], abs=1e-5)


def test_both_score_rows_alike_and_show_the_same_sentence(spaces: Spaces) -> None:
    files, milvus, searchable, _ = spaces
    query, rows = _unit(1, 21)[0], searchable[[5, 3, 300, 3]]
    assert milvus.scores(query, rows) == pytest.approx(files.scores(query, rows), abs=1e-5)
    for one, other in zip(files.sentence_scores(query, rows), milvus.sentence_scores(query, rows), strict=True):
        assert other == pytest.approx(one, abs=1e-5)
    for row in (0, int(rows[0])):
        for one, other in zip(files.sentences_of(row), milvus.sentences_of(row), strict=True):
            assert other.shape == one.shape
            assert other == pytest.approx(one)
    assert milvus.vectors_of(rows) == pytest.approx(files.vectors_of(rows))
    sample, same = milvus.sentence_sample(50), files.sentence_sample(50)
    assert sample is not None
    assert sample == pytest.approx(same)


@pytest.mark.parametrize(
    "filters",
    [
        *(Filters(speaker=(name,)) for name in SPEAKERS),
        Filters(speaker=SPEAKERS[:2], date_from="2024-01-10", date_to="2024-01-20"),
        Filters(date_from="2024-01-27"),
    ],
)
def test_filters_are_escaped_and_keep_just_their_rows(
    spaces: Spaces, filters: Filters, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where many scattered rows are kept, Milvus gets the filters and not the rows."""
    files, milvus, searchable, _ = spaces
    monkeypatch.setattr("indexer.stores.milvus_space._MOST_RANGES", 0)
    monkeypatch.setattr("indexer.stores.milvus_space._ROWS_AT_ONCE", 1)
    terms = {term for group in filters.wanted() for term in group}
    rows = np.array(
        [
            one.row
            for one in _documents(searchable)
            if (not terms or terms.intersection(one.facets))
            and (filters.date_from or "") <= (one.date or "")
            and (filters.date_to is None or (one.date or "9") <= filters.date_to)
        ]
    )
    query = _unit(1, 31)[0]
    expected, _ = files.search(query, 50, rows)
    found, _ = milvus.search(query, 50, rows, filters=filters)
    assert len(found)
    assert found.tolist() == expected.tolist()


if "dense server" in VECTOR_PLACES:

    def test_a_server_that_cannot_hold_the_words_is_refused() -> None:
        from indexer.stores.milvus_client import Milvus

        with pytest.raises(IndexMismatchError, match=r"Milvus v2\.[34].*2\.5 or newer"):
            Milvus(shared_milvus("dense server").address)


def test_a_query_of_another_length_is_named(spaces: Spaces) -> None:
    _, milvus, searchable, _ = spaces
    with pytest.raises(IndexMismatchError, match=r"another length.*--rebuild"):
        milvus.search(np.ones(DIMENSION + 1, dtype=np.float32), 10, searchable)


def test_a_space_that_was_broken_off_is_taken_up_and_not_opened_before(spaces: Spaces, milvus: Milvus) -> None:
    from indexer.stores.milvus_space import MilvusSpace
    from indexer.stores.milvus_space_writer import SpaceCollections, write_milvus_space

    files, _, searchable, _ = spaces
    name = f"test_{uuid.uuid4().hex[:12]}"
    places = SpaceCollections(milvus.collection(f"{name}_v"), milvus.collection(f"{name}_s", "number"))

    def broken_off() -> Iterator[KeywordDocument]:
        # More than one batch comes through before the end.
        for copy in range(2):
            yield from (one for one in _documents(searchable) if one.row < PASSAGES - 100 * (1 - copy))
        raise OSError("the machine stopped")

    with pytest.raises(OSError, match="stopped"):
        write_milvus_space(places, files, broken_off(), len(searchable))
    with pytest.raises(IndexDamagedError, match="yuanhua index FOLDER --store milvus"):
        MilvusSpace(files.info, places, searchable)
    write_milvus_space(places, files, _documents(searchable), len(searchable))
    query = _unit(1, 41)[0]
    again = MilvusSpace(files.info, places, searchable)
    assert again.search(query, 30, searchable)[0].tolist() == files.search(query, 30, searchable)[0].tolist()
    places.passages.drop()
    places.sentences.drop()


def test_a_passage_of_more_words_than_milvus_takes_is_named(tmp_path: Path) -> None:
    """Nothing of it is left out unsaid."""
    need_milvus()
    from indexer.stores.milvus_words import MilvusEngine

    words = [f"word{number}" for number in range(5000)]
    writer = MilvusEngine(shared_milvus(), f"test_{uuid.uuid4().hex[:12]}").create(tmp_path)
    writer.add(KeywordDocument(7, {Field.TEXT: words}, words, (), None))
    with pytest.raises(IndexStoreError, match=r"row 7 has 5000 words.*without --store milvus"):
        writer.finish()
