"""Vector spaces: what is written is found again, exactly as counting it out by hand finds it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import IndexDamagedError
from indexer.stores.compact import CompactFile, read_compact
from indexer.stores.manifest import SpaceInfo
from indexer.stores.space_files import (
    CODES,
    COMPACT_PASSAGES,
    COMPACT_SENTENCES,
    PASSAGES,
    SENTENCE_FIRSTS,
    SENTENCE_PLACES,
    SENTENCE_SPANS,
    SENTENCES,
    SentenceVectors,
)
from indexer.stores.space_writer import SpaceWriter, write_space
from indexer.stores.vector_space import VectorSpace

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIMENSION = 8


def _unit(values: NDArray[np.float32]) -> NDArray[np.float32]:
    vectors: NDArray[np.float32] = values / np.linalg.norm(values, axis=1, keepdims=True)
    return vectors.astype(np.float32)


def _vectors(count: int, *, kinds: int, seed: int) -> NDArray[np.float32]:
    """Return unit vectors of at most `kinds` different values, so that ties abound."""
    generator = np.random.default_rng(seed)
    different = _unit(generator.standard_normal((kinds, DIMENSION)).astype(np.float32))
    return different[generator.integers(0, kinds, count)]


def _sentences(counts: list[int], *, kinds: int, seed: int) -> SentenceVectors:
    """Return counts[row] sentences for each row; the n-th of a row spans (10 n, 10 n + 7)."""
    rows = np.repeat(np.arange(len(counts), dtype=np.int64), counts)
    starts = np.concatenate([10 * np.arange(count) for count in counts]).astype(np.int32)
    return SentenceVectors(
        _vectors(len(rows), kinds=kinds, seed=seed),
        rows,
        np.column_stack([starts, starts + 7]).astype(np.int32),
    )


def _info(passages: int, sentences: int) -> SpaceInfo:
    return SpaceInfo("bundled", "bundled", "digest", DIMENSION, passages, sentences)


def _ranked(scores: dict[int, float], limit: int) -> list[int]:
    return sorted(scores, key=lambda row: (-scores[row], row))[:limit]


@st.composite
def _spaces(draw: st.DrawFn) -> tuple[NDArray[np.float32], SentenceVectors, list[int] | None, int, int]:
    counts = draw(st.lists(st.integers(0, 5), min_size=1, max_size=60))
    kinds = draw(st.integers(1, 40))
    seed = draw(st.integers(0, 2**32 - 1))
    rows = draw(st.none() | st.lists(st.integers(0, len(counts) - 1), unique=True).map(sorted))
    limit = draw(st.integers(1, 70))
    vectors = _vectors(len(counts), kinds=kinds, seed=seed)
    return vectors, _sentences(counts, kinds=kinds, seed=seed + 1), rows, limit, seed


@given(_spaces())
@settings(deadline=None)
def test_both_searches_find_what_counting_out_finds(
    space: tuple[NDArray[np.float32], SentenceVectors, list[int] | None, int, int],
) -> None:
    vectors, sentences, allowed, limit, seed = space
    query = _vectors(1, kinds=1, seed=seed + 2)[0]
    among = range(len(vectors)) if allowed is None else allowed
    # Rounded, so that equal vectors tie here too, whatever the order in which this oracle adds.
    by_passage = {row: round(float(vectors[row] @ query), 5) for row in among}
    cosines = [round(float(vector @ query), 5) for vector in sentences.vectors[:]]
    by_sentence: dict[int, float] = {}
    for row, cosine in zip(sentences.rows.tolist(), cosines, strict=True):
        if row in by_passage:
            by_sentence[row] = max(cosine, by_sentence.get(row, -1.0))
    rows = None if allowed is None else np.array(allowed, dtype=np.int64)

    with TemporaryDirectory() as folder:
        write_space(Path(folder), vectors, sentences)
        opened = VectorSpace.open(Path(folder), _info(len(vectors), len(sentences.rows)))
        found, scores = opened.search(query, limit, rows)
        assert found.tolist() == _ranked(by_passage, limit)
        assert scores.tolist() == pytest.approx([by_passage[row] for row in found.tolist()], abs=2e-5)
        assert scores.tolist() == opened.scores(query, found).tolist()

        found, scores = opened.search_sentences(query, limit, rows)
        assert found.tolist() == _ranked(by_sentence, limit)
        again, spans = opened.sentence_scores(query, found)
        assert again.tolist() == scores.tolist()
        for row, score, (start, end) in zip(found.tolist(), scores.tolist(), spans.tolist(), strict=True):
            own = [cosine for at, cosine in zip(sentences.rows.tolist(), cosines, strict=True) if at == row]
            assert score == pytest.approx(max(own), abs=2e-5)
            assert (start, end) == (10 * own.index(max(own)), 10 * own.index(max(own)) + 7)
        opened.close()


def test_a_talkative_passage_does_not_crowd_out_the_others(tmp_path: Path) -> None:
    sentences = _sentences([500, *[1] * 9], kinds=40, seed=1)
    query = sentences.vectors[0]
    vectors = np.concatenate([np.repeat(query[np.newaxis], 500, axis=0), sentences.vectors[500:]])
    sentences = replace(sentences, vectors=vectors)
    write_space(tmp_path, _vectors(10, kinds=10, seed=2), sentences)
    opened = VectorSpace.open(tmp_path, _info(10, 509))
    rows, scores = opened.search_sentences(query, 10, None)
    assert rows[0] == 0
    assert sorted(rows.tolist()) == list(range(10))
    assert scores.tolist() == sorted(scores.tolist(), reverse=True)


def test_many_equal_vectors_are_coded_by_row(tmp_path: Path) -> None:
    vectors = np.repeat(_vectors(1, kinds=1, seed=3), 300, axis=0)
    write_space(tmp_path, vectors, None)
    rows, scores = VectorSpace.open(tmp_path, _info(300, 0)).search(vectors[0], 10, None)
    assert rows.tolist() == list(range(10))
    assert len(set(scores.tolist())) == 1


def test_rows_without_a_sentence_score_least(tmp_path: Path) -> None:
    sentences = _sentences([1, 0, 2], kinds=3, seed=4)
    write_space(tmp_path, _vectors(3, kinds=3, seed=4), sentences)
    opened = VectorSpace.open(tmp_path, _info(3, 3))
    scores, spans = opened.sentence_scores(sentences.vectors[0], np.array([1, 0, 1], dtype=np.int64))
    assert scores.tolist() == [-1.0, pytest.approx(1.0, abs=1e-6), -1.0]
    assert spans.tolist() == [[0, 0], [0, 7], [0, 0]]
    scores, spans = opened.sentence_scores(sentences.vectors[0], np.array([1], dtype=np.int64))
    assert (scores.tolist(), spans.tolist()) == ([-1.0], [[0, 0]])


def test_a_space_without_sentences_finds_none(tmp_path: Path) -> None:
    vectors = _vectors(3, kinds=3, seed=5)
    write_space(tmp_path, vectors, None)
    opened = VectorSpace.open(tmp_path, _info(3, 0))
    assert opened.sentences() is None
    rows, scores = opened.search_sentences(vectors[0], 5, None)
    assert (len(rows), len(scores)) == (0, 0)
    assert opened.sentence_scores(vectors[0], np.arange(3))[0].tolist() == [-1.0, -1.0, -1.0]


def test_an_empty_space_finds_nothing(tmp_path: Path) -> None:
    write_space(tmp_path, np.empty((0, DIMENSION), np.float32), None)
    opened = VectorSpace.open(tmp_path, _info(0, 0))
    assert opened.vectors().shape == (0, DIMENSION)
    rows, _ = opened.search(_vectors(1, kinds=1, seed=6)[0], 5, None)
    assert len(rows) == 0


def test_all_vectors_come_back_as_they_were_written(tmp_path: Path) -> None:
    vectors, sentences = _vectors(20, kinds=20, seed=7), _sentences([3] * 20, kinds=60, seed=8)
    write_space(tmp_path / "new", vectors, sentences)
    opened = VectorSpace.open(tmp_path / "new", _info(20, 60))
    back = opened.sentences()
    assert back is not None
    assert np.array_equal(opened.vectors()[:], vectors)
    assert np.array_equal(back.vectors[:], sentences.vectors[:])
    assert np.array_equal(back.rows, sentences.rows)
    assert np.array_equal(back.spans, sentences.spans)
    # What was read can be written again: so are vectors carried over to a new generation.
    write_space(tmp_path / "newer", opened.vectors(), back)
    for name in (PASSAGES, SENTENCES, SENTENCE_PLACES):
        assert (tmp_path / "newer" / name).read_bytes() == (tmp_path / "new" / name).read_bytes()


def test_many_threads_find_what_one_finds(tmp_path: Path) -> None:
    vectors = _vectors(2000, kinds=500, seed=9)
    write_space(tmp_path, vectors, None)
    opened = VectorSpace.open(tmp_path, _info(2000, 0))
    some = np.arange(0, 2000, 3, dtype=np.int64)

    def search(row: int) -> list[int]:
        found: list[int] = opened.search(vectors[row], 20, some)[0].tolist()
        return found

    alone = [search(row) for row in range(40)]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(search, range(40))) == alone


@pytest.mark.parametrize("name", [PASSAGES, SENTENCES, SENTENCE_PLACES])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut", "other"])
def test_a_damaged_file_is_named(tmp_path: Path, name: str, damage: str) -> None:
    write_space(tmp_path, _vectors(20, kinds=20, seed=7), _sentences([3] * 20, kinds=60, seed=8))
    path = tmp_path / name
    content = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes({"empty": b"", "cut": content[:-40], "other": b"no index at all" * 20}[damage])
    with pytest.raises(IndexDamagedError, match=rf"{name}: .*yuanhua index FOLDER --rebuild"):
        VectorSpace.open(tmp_path, _info(20, 60))


@pytest.mark.parametrize("change", [{"passages": 21}, {"sentences": 59}, {"dimension": 9}, {"passages": 19}])
def test_other_counts_than_the_manifest_has_are_damage(tmp_path: Path, change: dict[str, int]) -> None:
    write_space(tmp_path, _vectors(20, kinds=20, seed=7), _sentences([3] * 20, kinds=60, seed=8))
    with pytest.raises(IndexDamagedError, match="expected"):
        VectorSpace.open(tmp_path, replace(_info(20, 60), **change))  # type: ignore[arg-type]


@pytest.mark.parametrize("rows", [[0, 2, 1], [-1, 0, 1], [0, 1, 3]])
def test_places_that_do_not_fit_the_passages_are_damage(tmp_path: Path, rows: list[int]) -> None:
    sentences = replace(_sentences([1, 1, 1], kinds=3, seed=4), rows=np.array(rows, dtype=np.int64))
    write_space(tmp_path, _vectors(3, kinds=3, seed=4), sentences)
    with pytest.raises(IndexDamagedError, match="do not fit"):
        VectorSpace.open(tmp_path, _info(3, 3))
    np.save(tmp_path / SENTENCE_PLACES, np.zeros((3, 2)))
    with pytest.raises(IndexDamagedError, match="not 3 places"):
        VectorSpace.open(tmp_path, _info(3, 3))


def _clustered(count: int, seed: int) -> NDArray[np.float32]:
    """Return unit vectors in forty clusters, as those of texts lie in topics."""
    generator = np.random.default_rng(seed)
    centres = np.random.default_rng(0).standard_normal((40, 32))[generator.integers(0, 40, count)]
    return _unit((centres + 0.6 * generator.standard_normal((count, 32))).astype(np.float32))


@pytest.fixture(scope="module", params=[3001, 3000], ids=["codes", "shorter codes"])
def coded(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, SpaceInfo, NDArray[np.float32]]:
    """Return a space that is large enough for codes, and its vectors; of as many as `many` the codes are shorter."""
    folder, vectors = tmp_path_factory.mktemp("coded"), _clustered(3000, 1)
    comparing = write_space(folder, vectors, None, large=3000, many=request.param)
    info = SpaceInfo("bundled", "bundled", "digest", 32, 3000, 0, comparing.compared, comparing.recall, 8)
    return folder, info, vectors


def test_a_large_space_compares_some_vectors_and_finds_what_its_manifest_promises(
    coded: tuple[Path, SpaceInfo, NDArray[np.float32]],
) -> None:
    folder, info, vectors = coded
    space = VectorSpace.open(folder, info)
    queries = _clustered(200, 2)
    shares = []
    for query in queries:
        rows, scores = space.search(query, 10, None)
        np.testing.assert_allclose(scores, vectors[rows] @ query, atol=0.004)
        shares.append(np.isin(np.argsort(-(vectors @ query))[:10], rows).mean())
    assert info.recall is not None
    assert info.recall >= 0.95
    assert float(np.mean(shares)) >= info.recall - 0.02
    assert 0 < info.compared < 3000


def test_more_vectors_are_compared_where_more_recall_is_asked_for(tmp_path: Path) -> None:
    vectors = _unit(np.random.default_rng(1).standard_normal((12_000, 32)).astype(np.float32))
    less, more = (write_space(tmp_path / str(share), vectors, None, large=12_000, recall=share) for share in (0.5, 1.0))
    assert less.compared < more.compared <= 12_000
    assert less.recall is not None
    assert more.recall is not None
    assert less.recall < more.recall


def test_the_codes_of_many_are_shorter_and_the_same_for_the_same_vectors(tmp_path: Path) -> None:
    vectors = _clustered(3000, 1)
    for folder, many in (("codes", 3001), ("shorter", 3000), ("again", 3000)):
        write_space(tmp_path / folder, vectors, None, large=3000, many=many)
    shorter = (tmp_path / "shorter" / CODES).read_bytes()
    assert len(shorter) < len((tmp_path / "codes" / CODES).read_bytes())
    assert shorter == (tmp_path / "again" / CODES).read_bytes()


def test_few_allowed_rows_of_a_large_space_are_all_compared(
    coded: tuple[Path, SpaceInfo, NDArray[np.float32]],
) -> None:
    folder, info, _ = coded
    space = VectorSpace.open(folder, info)
    allowed = np.arange(5, 3000, 3)
    stored = space.vectors()[allowed]
    for query in _clustered(20, 3):
        rows, _ = space.search(query, 25, allowed)
        assert np.sort(space.vectors_of(rows) @ query)[0] >= np.sort(stored @ query)[-25] - 1e-5


@pytest.mark.parametrize("kept", [False, True], ids=["rows of a filter", "rows that are kept for all searches"])
def test_most_rows_of_a_large_space_keep_to_those_allowed(
    coded: tuple[Path, SpaceInfo, NDArray[np.float32]], *, kept: bool
) -> None:
    folder, info, _ = coded
    space = VectorSpace.open(folder, info)
    for left_out in (0, 3, 3):
        allowed = np.flatnonzero(np.arange(3000) % 10 != left_out)
        allowed.setflags(write=not kept)
        for query in _clustered(3, 4):
            rows, _ = space.search(query, 200, allowed)
            assert len(rows) == 200
            assert (rows % 10 != left_out).all()


@pytest.fixture(scope="module", params=[20_001, 20_000], ids=["codes", "shorter codes"])
def larger(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> VectorSpace:
    """Return a space so large that filters keep many of its rows and leave many out."""
    folder, count = tmp_path_factory.mktemp("larger"), 20_000
    comparing = write_space(folder, _clustered(count, 1), None, large=count, many=request.param)
    info = SpaceInfo("bundled", "bundled", "digest", 32, count, 0, comparing.compared, comparing.recall, 8)
    return VectorSpace.open(folder, info)


_KEPT = {
    "a thousandth": (lambda order, generator: generator.choice(order, 20, replace=False), 1.0),
    "a hundredth": (lambda order, generator: generator.choice(order, 200, replace=False), 1.0),
    "a tenth": (lambda order, generator: generator.choice(order, 2_000, replace=False), 1.0),
    "half": (lambda order, generator: generator.choice(order, 10_000, replace=False), 0.97),
    "all but the nearest": (lambda order, _: order[20:], 0.97),
    "all but the nearest hundredth": (lambda order, _: order[200:], 0.97),
    "the nearest half": (lambda order, _: order[:10_000], 0.97),
    "the farthest half": (lambda order, _: order[10_000:], 0.97),
    "the farthest quarter": (lambda order, _: order[15_000:], 0.97),
    "one of three, farther than the nearest tenth": (lambda order, _: order[2_000::3], 0.97),
}


@pytest.mark.parametrize("kind", _KEPT)
def test_a_filter_finds_what_comparing_all_that_it_keeps_finds(larger: VectorSpace, kind: str) -> None:
    """However many rows it keeps, and however these lie to the query; few are all compared."""
    choose, least = _KEPT[kind]
    stored = larger.vectors()[:]
    shares = []
    for number, query in enumerate(_clustered(20, 2)):
        order = np.argsort(-(stored @ query))
        allowed = np.sort(choose(order, np.random.default_rng(number)))
        rows, scores = larger.search(query, 20, allowed)
        assert len(set(rows.tolist())) == 20
        assert np.isin(rows, allowed).all()
        tenth = np.sort(stored[allowed] @ query)[-10]
        shares.append((scores[:10] >= tenth - 1e-5).mean())
    assert np.mean(shares) >= least


def test_damaged_codes_are_a_named_error(coded: tuple[Path, SpaceInfo, NDArray[np.float32]], tmp_path: Path) -> None:
    folder, info, vectors = coded
    write_space(tmp_path, vectors, None, large=3000)
    data = (folder / CODES).read_bytes()
    for wrong in (data[:100], data[:3000], b"", b"x" * len(data)):
        (tmp_path / CODES).write_bytes(wrong)
        with pytest.raises(IndexDamagedError):
            VectorSpace.open(tmp_path, info)


@pytest.fixture(scope="module")
def compact(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SpaceInfo, SentenceVectors]:
    """Return a large space with sentences: a third of its passages have none, and a tenth of its rows no vector."""
    folder, generator = tmp_path_factory.mktemp("compact"), np.random.default_rng(11)
    rows = np.flatnonzero(np.arange(600) % 10 != 3)
    counts = np.zeros(600, dtype=np.int64)
    counts[rows] = generator.integers(0, 3, len(rows))
    sentences = _sentences(counts.tolist(), kinds=300, seed=12)
    writer = SpaceWriter(folder, 600, DIMENSION, _vectors(5, kinds=5, seed=13), large=600)
    for some in np.array_split(rows, 7):
        writer.add(some, _vectors(len(some), kinds=400, seed=int(some[0])))
        here = np.isin(sentences.rows, some)
        writer.add_sentences(sentences.rows[here], sentences.vectors[:][here], sentences.spans[here])
    written = writer.finish()
    info = replace(_info(600, written.sentences), compared=written.compared, recall=written.recall, bits=written.bits)
    return folder, info, sentences


def test_a_large_space_answers_for_its_sentences_as_counting_out_does(
    compact: tuple[Path, SpaceInfo, SentenceVectors],
) -> None:
    folder, info, sentences = compact
    space = VectorSpace.open(folder, info)
    back = space.sentences()
    assert back is not None
    assert np.array_equal(back.rows, sentences.rows)
    assert np.array_equal(back.spans, sentences.spans)
    np.testing.assert_allclose(back.vectors[:], sentences.vectors[:], atol=0.005)
    vectors = back.vectors[:]
    query = _vectors(1, kinds=1, seed=14)[0]
    scores, spans = space.sentence_scores(query, np.arange(600))
    for row in range(600):
        own = [(round(float(vectors[at] @ query), 5), -at) for at in np.flatnonzero(sentences.rows == row)]
        if not own:
            assert (scores[row], *spans[row]) == (-1, 0, 0)
            continue
        cosine, at = max(own)
        assert scores[row] == pytest.approx(cosine, abs=2e-5)
        assert spans[row].tolist() == sentences.spans[-at].tolist()
    found, best = space.search_sentences(query, 40, None)
    order = np.lexsort((np.arange(600), -scores))[:40]
    assert found.tolist() == order.tolist()
    assert best.tolist() == scores[order].tolist()
    assert not np.isin(np.flatnonzero(np.arange(600) % 10 == 3), found).any()
    assert not space.vectors_of(np.array([3, 13])).any()


def test_compact_vectors_stay_the_same_from_generation_to_generation(
    compact: tuple[Path, SpaceInfo, SentenceVectors], tmp_path: Path
) -> None:
    folder, info, _ = compact
    space = VectorSpace.open(folder, info)
    write_space(tmp_path, space.vectors(), space.sentences(), large=600)
    for name in (COMPACT_PASSAGES, COMPACT_SENTENCES, SENTENCE_FIRSTS, SENTENCE_SPANS, CODES):
        assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()


@given(st.integers(0, 2**32 - 1), st.integers(1, 40), st.floats(1e-4, 1e4))
@settings(deadline=None)
def test_what_was_made_compact_once_loses_no_more(seed: int, dimension: int, length: float) -> None:
    values = (np.random.default_rng(seed).standard_normal((30, dimension)) * length).astype(np.float32)
    values[7] = 0
    with TemporaryDirectory() as folder:
        read = [values]
        for number in range(3):
            file = CompactFile(Path(folder, str(number)), dimension)
            file.append(read[-1])
            file.finish()
            read.append(read_compact(Path(folder, str(number)), 30, dimension)[:])
        steps = np.abs(values).max(axis=1, keepdims=True) / 127
        assert (np.abs(read[1] - values) <= 0.51 * steps).all()
        assert np.array_equal(read[2], read[1])
        assert np.array_equal(read[3], read[1])


def test_equal_compact_vectors_have_equal_products_wherever_they_stand(tmp_path: Path) -> None:
    file = CompactFile(tmp_path / "vectors", 24)
    one = _unit(np.random.default_rng(5).standard_normal((1, 24)).astype(np.float32))
    file.append(np.repeat(one, 3000, axis=0))
    file.finish()
    vectors = read_compact(tmp_path / "vectors", 3000, 24)
    products = vectors.inner_products(one[0], np.arange(3000))
    assert len(set(products.tolist())) == 1
    assert products[0] == pytest.approx(1, abs=0.01)
    for wrong in ([0, 3000], [-1]):
        with pytest.raises(IndexError):
            vectors.inner_products(one[0], np.array(wrong))


@pytest.mark.parametrize("name", [COMPACT_PASSAGES, COMPACT_SENTENCES, SENTENCE_FIRSTS, SENTENCE_SPANS])
@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_a_damaged_file_of_a_large_space_is_named(
    compact: tuple[Path, SpaceInfo, SentenceVectors], tmp_path: Path, name: str, damage: str
) -> None:
    folder, info, _ = compact
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    content = (tmp_path / name).read_bytes()
    (tmp_path / name).unlink()
    if damage != "missing":
        (tmp_path / name).write_bytes(b"" if damage == "empty" else content[:-7])
    with pytest.raises(IndexDamagedError, match=rf"{name}: .*yuanhua index FOLDER --rebuild"):
        VectorSpace.open(tmp_path, info)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux tells which pages a process has at hand")
def test_a_large_space_that_reads_ahead_has_its_files_at_hand(tmp_path: Path) -> None:
    count = 60_000
    vectors = _unit(np.random.default_rng(1).standard_normal((count, 4)).astype(np.float32))
    write_space(tmp_path, vectors, None, large=count)
    space = VectorSpace.open(tmp_path, SpaceInfo("bundled", "bundled", "digest", 4, count, 0, 1000, 0.99, 8))
    thread = space.read_ahead()
    assert thread is not None
    thread.join(60)
    size = (tmp_path / COMPACT_PASSAGES).stat().st_size
    assert _resident(tmp_path / COMPACT_PASSAGES) >= size
    space.close()


def _resident(path: Path) -> int:
    """Return how many bytes of a mapped file this process has at hand."""
    _, _, rest = Path("/proc/self/smaps").read_text(encoding="utf-8").partition(f"{path}\n")
    return 1024 * int(rest.partition("Rss:")[2].split()[0])
