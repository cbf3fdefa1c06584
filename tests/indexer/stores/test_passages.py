"""The passage store gives back what was written, by row, id, neighbourhood, exchange and filter."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict
from typing import TYPE_CHECKING

import pytest

from indexer.errors import IndexDamagedError, IndexStoreError, UnknownPassageError, UnknownTranscriptError
from indexer.model import Role, Section
from indexer.stores.filters import Filters
from indexer.stores.passages import PassageStore, PassageWriter, text_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from indexer.model import Transcript

    Write = Callable[[Sequence[Transcript]], PassageStore]


@pytest.fixture
def write(tmp_path: Path) -> Iterator[Write]:
    """Return a function that writes transcripts and opens the store."""
    opened: list[PassageStore] = []

    def writing(transcripts: Sequence[Transcript]) -> PassageStore:
        path = tmp_path / f"passages ?#{len(opened)}.sqlite"
        with PassageWriter(path) as writer:
            for transcript in transcripts:
                writer.add(transcript, parser="p1")
            writer.finish()
        opened.append(PassageStore(path, mend="Make it anew"))
        return opened[-1]

    yield writing
    for store in opened:
        store.close()


@pytest.fixture
def transcripts(make_transcript: Callable[..., Transcript]) -> tuple[Transcript, ...]:
    """Return three transcripts; the last has neither company nor date, and two passages."""
    return (
        make_transcript("alibaba"),
        make_transcript("yuanting", company="远汀集团", date="2024-02-01"),
        make_transcript("minutes", ("物流与 AI", "周例会"), company=None, date=None),
    )


def test_rows_count_on_from_transcript_to_transcript(tmp_path: Path, transcripts: Sequence[Transcript]) -> None:
    with PassageWriter(tmp_path / "p.sqlite") as writer:
        first_rows = [writer.add(transcript, parser="p1") for transcript in transcripts]
        assert (writer.transcripts, writer.passages) == (3, 10)
    assert first_rows == [0, 4, 8]


def test_passages_come_back_whole_and_in_the_order_asked_for(write: Write, transcripts: Sequence[Transcript]) -> None:
    store = write(transcripts)
    everything = [passage for transcript in transcripts for passage in transcript.passages]
    assert store.count == len(everything)
    found = store.get([9, 0, 5, 0])
    assert [item.row for item in found] == [9, 0, 5, 0]
    assert [item.passage for item in found] == [everything[row] for row in (9, 0, 5, 0)]
    assert found[2].transcript.id == "yuanting"
    assert found[2].transcript.source == transcripts[1].source
    assert store.get([]) == ()


def test_a_row_that_does_not_exist_means_damage(write: Write, transcripts: Sequence[Transcript]) -> None:
    with pytest.raises(IndexDamagedError, match=r"no passage in row 10.*Make it anew"):
        write(transcripts).get([3, 10])


def test_transcripts_are_listed_and_come_back_equal(write: Write, transcripts: Sequence[Transcript]) -> None:
    store = write(transcripts)
    infos = store.transcripts()
    assert [info.id for info in infos] == ["alibaba", "yuanting", "minutes"]
    assert [(info.passages, info.speakers, info.exchanges) for info in infos] == [
        (4, 2, 1),
        (4, 2, 1),
        (2, 2, 0),
    ]
    assert store.transcript_count == 3
    assert tuple(store.transcript(info.id) for info in infos) == tuple(transcripts)
    assert store.parsers() == dict.fromkeys(("alibaba", "yuanting", "minutes"), "p1")


def test_rows_are_found_by_id(write: Write, transcripts: Sequence[Transcript]) -> None:
    store = write(transcripts)
    assert store.row_of("yuanting.2") == 6


@pytest.mark.parametrize("unknown", ["", "yuanting", "yuanting.9", "'; --", "\ud800", "a\0b"])
def test_unknown_ids_are_named_errors(write: Write, transcripts: Sequence[Transcript], unknown: str) -> None:
    store = write(transcripts)
    with pytest.raises(UnknownPassageError):
        store.row_of(unknown)
    with pytest.raises(UnknownTranscriptError):
        store.transcript(f"{unknown}?")


def test_neighbours_never_cross_into_another_transcript(write: Write, transcripts: Sequence[Transcript]) -> None:
    store = write(transcripts)
    around = store.neighbours([5, 0, 3, 9], 2)
    rows = [([item.row for item in before], [item.row for item in after]) for before, after in around]
    assert rows == [([4], [6, 7]), ([], [1, 2]), ([1, 2], []), ([8], [])]
    assert store.neighbours([5], 0) == (((), ()),)
    assert store.neighbours([], 2) == ()
    assert store.neighbours([1, 1], 1)[0] == store.neighbours([1], 1)[0]


@pytest.mark.parametrize("distance", [0, 1, 3])
def test_a_page_has_each_passage_with_its_neighbours_and_its_question(
    write: Write, transcripts: Sequence[Transcript], distance: int
) -> None:
    store = write(transcripts)
    rows = [7, 0, 9, 5, 4, 0, 2]
    page = store.page(rows, distance)
    for one, whole in zip(page, store.get(rows), strict=True):
        assert (one.row, one.asks) == (whole.row, whole.asks)
        kept, shown = asdict(whole.passage), asdict(one)
        assert {name: kept[name] for name in kept.keys() & shown.keys()}.items() <= shown.items()
        assert {"text", "speaker", "section", "delivery", "page", "position", "time", "exchange_id"} <= shown.keys()
        assert asdict(one.transcript).items() <= asdict(whole.transcript).items()
    for one, (before, after) in zip(page, store.neighbours(rows, distance), strict=True):
        assert [(each.id, each.speaker, each.text) for each in (*one.before, *one.after)] == [
            (each.passage.id, each.passage.speaker, each.passage.text) for each in (*before, *after)
        ]
    questions = store.questions([("yuanting", "q1"), ("alibaba", "q1")])
    asked = [questions.get((one.transcript.id, one.exchange_id or "")) for one in page]
    assert [one.question.id if one.question else None for one in page] == [
        one.passage.id if one else None for one in asked
    ]
    assert {one.question.id for one in page if one.question} == {"yuanting.2", "alibaba.2"}
    assert store.page([], distance) == ()


def test_a_page_of_a_row_that_does_not_exist_means_damage(write: Write, transcripts: Sequence[Transcript]) -> None:
    with pytest.raises(IndexDamagedError, match=r"no passage in row 10.*Make it anew"):
        write(transcripts).page([3, 10], 1)


def test_ids_are_found_by_row(write: Write, transcripts: Sequence[Transcript]) -> None:
    assert write(transcripts).ids_of([6, 0, 99]) == {6: "yuanting.2", 0: "alibaba.0"}


def test_the_question_of_an_exchange_is_its_opening_passage(write: Write, transcripts: Sequence[Transcript]) -> None:
    store = write(transcripts)
    keys = [("yuanting", "q1"), ("alibaba", "q1"), ("minutes", "q1"), ("alibaba", "q7")]
    questions = store.questions(keys)
    assert {key: item.passage.id for key, item in questions.items()} == {
        ("yuanting", "q1"): "yuanting.2",
        ("alibaba", "q1"): "alibaba.2",
    }
    assert store.questions([]) == {}


@pytest.mark.parametrize(
    ("filters", "rows"),
    [
        (Filters(), None),
        (Filters(role=(Role.ANALYST,)), [2, 6]),
        (Filters(speaker=("张勇",), section=(Section.QA,)), [3, 7]),
        (Filters(speaker=("daniel",)), [0, 1, 3, 4, 5, 7, 8, 9]),
        (Filters(speaker=("Keung", "張勇"), company=("远汀集团",)), [4, 5, 6, 7]),
        (Filters(company=("baba",), delivery=("original",)), [1, 3, 5, 7]),
        (Filters(transcript=("minutes", "alibaba"), language=("zh",)), [0, 1, 2, 3, 8, 9]),
        (Filters(date_from="2023-08-10", date_to="2023-12-31"), [0, 1, 2, 3]),
        (Filters(date_from="2023-08-11"), [4, 5, 6, 7]),
        (Filters(date_to="2023-08-10"), [0, 1, 2, 3]),
        (Filters(role=("nobody",)), []),
        (Filters(speaker=("\ud800",)), []),
        (Filters(speaker=("%",)), []),
    ],
)
def test_filters_keep_the_right_rows(
    write: Write, transcripts: Sequence[Transcript], filters: Filters, rows: list[int] | None
) -> None:
    found = write(transcripts).rows(filters)
    assert found is None if rows is None else found is not None and found.tolist() == rows


def test_texts_stream_by_row_and_digests_find_rows(write: Write, transcripts: Sequence[Transcript]) -> None:
    store = write(transcripts)
    texts = [passage.text for transcript in transcripts for passage in transcript.passages]
    assert list(store.texts()) == texts
    wanted = [text_digest("周例会"), text_digest("各位好。"), text_digest("没有说过")]
    assert store.rows_of_digests(wanted) == {wanted[0]: 9, wanted[1]: 0}


def test_odd_characters_survive(write: Write, make_transcript: Callable[..., Transcript]) -> None:
    odd = ("a\0b", "\ufeff", "𠮷野家", "line\u2028break\r\n", "'\"; DROP TABLE passages; --")
    transcript = make_transcript("odd", odd)
    store = write([transcript])
    assert tuple(store.texts()) == odd
    assert store.transcript("odd") == transcript


def test_an_id_given_twice_is_a_named_error(tmp_path: Path, make_transcript: Callable[..., Transcript]) -> None:
    with PassageWriter(tmp_path / "p.sqlite") as writer:
        writer.add(make_transcript("a"), parser="p1")
        with pytest.raises(IndexStoreError, match=r"a: an id is given to two"):
            writer.add(make_transcript("a"), parser="p1")


def test_an_empty_store_answers(write: Write) -> None:
    store = write([])
    assert (store.count, store.transcript_count, store.transcripts(), list(store.texts())) == (0, 0, (), [])
    rows = store.rows(Filters(role=("analyst",)))
    assert rows is not None
    assert rows.tolist() == []
    store.verify()


def test_many_threads_read_at_once(write: Write, transcripts: Sequence[Transcript]) -> None:
    store = write(transcripts)
    expected = store.get(range(10))

    def read(start: int) -> bool:
        rows = [(start + step) % 10 for step in range(10)]
        return store.get(rows) == tuple(expected[row] for row in rows)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(read, range(200)))


def test_an_unfinished_iteration_does_not_disturb_others(write: Write, transcripts: Sequence[Transcript]) -> None:
    store = write(transcripts)
    texts = store.texts()
    assert next(texts) == "各位好。"
    assert store.get([9])[0].passage.text == "周例会"
    assert next(texts) == "菜鸟 EBITA 为 8.77 亿元。"
    store.close()
    texts.close()  # type: ignore[attr-defined]  # It is a generator.


@pytest.mark.parametrize("content", [b"", b"no database at all, but some bytes", b"SQLite format 3\0" + bytes(4096)])
def test_a_file_that_is_no_store_is_damage(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.sqlite"
    path.write_bytes(content)
    with pytest.raises(IndexDamagedError, match=r"p\.sqlite.*Make it anew"):
        PassageStore(path, mend="Make it anew")


def test_a_missing_file_is_damage(tmp_path: Path) -> None:
    with pytest.raises(IndexDamagedError, match=r"none\.sqlite"):
        PassageStore(tmp_path / "none.sqlite")


def test_records_that_make_no_value_are_damage(tmp_path: Path, write: Write, transcripts: Sequence[Transcript]) -> None:
    store = write(transcripts)
    path = next(tmp_path.glob("*.sqlite"))
    store.close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE speakers SET role = 'king'")
        connection.execute("UPDATE transcripts SET document = x'00'")
    connection.close()
    broken = PassageStore(path)
    with pytest.raises(IndexDamagedError, match="king"):
        broken.get([0])
    with pytest.raises(IndexDamagedError):
        broken.transcript("alibaba")
    broken.close()


def test_verify_finds_a_broken_page(tmp_path: Path, write: Write, transcripts: Sequence[Transcript]) -> None:
    store = write(transcripts)
    store.verify()
    path = next(tmp_path.glob("*.sqlite"))
    store.close()
    content = bytearray(path.read_bytes())
    content[4096 * 2 : 4096 * 2 + 64] = bytes(64)
    path.write_bytes(content)
    broken = PassageStore(path)
    with pytest.raises(IndexDamagedError):
        broken.verify()
    broken.close()
