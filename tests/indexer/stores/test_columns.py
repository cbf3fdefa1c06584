"""The columns say of every row what its passage, its speaker and its transcript say, with or without their file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.errors import IndexDamagedError
from indexer.model import Kind
from indexer.stores.column_reading import read_columns, rows_from_tables
from indexer.stores.columns import NOTHING
from indexer.stores.filters import Filters
from indexer.stores.passages import PassageStore, PassageWriter
from indexer.stores.published_database import PublishedDatabase
from indexer.stores.row_columns import COLUMNS, read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from indexer.model import Transcript
    from indexer.stores.columns import Column, Columns


def columns(folder: Path, transcripts: Sequence[Transcript], block: int | None, duplicates: dict[str, str]) -> Columns:
    """Return the columns of transcripts, read from the tables in blocks of so many rows, or else from their file."""
    path = folder / "passages.sqlite"
    with PassageWriter(path) as writer:
        for transcript in transcripts:
            writer.add(transcript, parser="p1")
        writer.mark_duplicates(duplicates)
        writer.finish()
    database = PublishedDatabase(path, mend="Make it anew")
    written = read_rows(folder, writer.passages, mend="Make it anew")
    assert written is not None
    return read_columns(database, rows_from_tables(database, block) if block else written)


def values(column: Column) -> list[str | None]:
    """Return the value of each row."""
    return [None if code == NOTHING else column.values[code] for code in column.codes.tolist()]


@pytest.mark.parametrize("block", [1, 3, 1000, None])
def test_each_row_has_the_values_of_its_passage(
    tmp_path: Path, make_transcript: Callable[..., Transcript], block: int
) -> None:
    calls = [
        make_transcript("alibaba"),
        make_transcript("again", company="ALIBABA", date="2024-02-01"),
        make_transcript("minutes", ("物流", "周例会"), company=None, date=None),
        replace(make_transcript("paper"), kind=Kind.DOCUMENT, fiscal=True, company="alibaba"),
    ]
    made = columns(tmp_path, calls, block, {"again": "alibaba"})
    rows = [(call, passage) for call in calls for passage in call.passages]
    spoken = [call.kind is not Kind.DOCUMENT for call, _ in rows]
    assert values(made.transcript) == [call.id for call, _ in rows]
    assert values(made.period) == [call.period for call, _ in rows]
    assert values(made.section) == [passage.section for _, passage in rows]
    assert values(made.language) == [passage.language for _, passage in rows]
    assert values(made.delivery) == [passage.delivery for _, passage in rows]
    assert values(made.role) == [passage.speaker.role for _, passage in rows]
    assert values(made.company) == [
        {"ALIBABA": "ALIBABA", "alibaba": "ALIBABA"}.get(call.company or "", call.company) for call, _ in rows
    ], "names that differ in case are one, as the first is written"
    assert values(made.speaker) == [
        passage.speaker.name if said else None for said, (_, passage) in zip(spoken, rows, strict=True)
    ]
    assert values(made.firm) == [
        passage.speaker.affiliation if said else None for said, (_, passage) in zip(spoken, rows, strict=True)
    ]
    told = [f"{call.id} {passage.exchange_id}" if passage.exchange_id else None for call, passage in rows]
    known = [one for one in dict.fromkeys(told) if one]
    assert made.exchange.codes.tolist() == [known.index(one) if one else NOTHING for one in told]
    assert made.day.tolist() == [int((call.date or "0").replace("-", "")) for call, _ in rows]
    assert made.fiscal.tolist() == [call.fiscal for call, _ in rows]
    assert made.repeated.tolist() == [call.id == "again" for call, _ in rows]
    assert made.fuller.tolist() == [0 if call.id == "again" else NOTHING for call, _ in rows]


@pytest.mark.parametrize("block", [10, None])
def test_an_index_without_passages_has_columns_without_rows(tmp_path: Path, block: int | None) -> None:
    made = columns(tmp_path, [], block, {})
    assert (made.company.values, made.day.tolist(), made.exchange.codes.tolist()) == ((), [], [])


@pytest.fixture
def calls(make_transcript: Callable[..., Transcript]) -> tuple[Transcript, ...]:
    """Return calls of which one has a passage that is not searched and another is a document."""
    call = make_transcript("alibaba")
    hidden = (replace(call.passages[0], searchable=False), *call.passages[1:])
    return (
        replace(call, passages=hidden),
        replace(make_transcript("paper"), kind=Kind.DOCUMENT),
        make_transcript("last"),
    )


def test_an_index_of_an_earlier_version_says_the_same_without_the_file(
    tmp_path: Path, calls: Sequence[Transcript]
) -> None:
    columns(tmp_path, calls, None, {"last": "alibaba"})
    new = PassageStore(tmp_path / "passages.sqlite")
    said = everything(new)
    (tmp_path / COLUMNS).unlink()
    assert everything(PassageStore(tmp_path / "passages.sqlite")) == said
    assert new.rows(Filters()).tolist() == [row for row in range(12) if row]  # type: ignore[union-attr]
    assert [
        (one.transcript, one.name, one.passages, one.asks, one.answers, one.first_row)
        for one in new.speakers.appearances
    ] == [
        (0, "Daniel Zhang", 2, 0, 1, 1),
        (0, "Ronald Keung", 1, 1, 0, 2),
        (2, "Daniel Zhang", 3, 0, 1, 8),
        (2, "Ronald Keung", 1, 1, 0, 10),
    ]


def test_the_same_passages_make_the_same_file(tmp_path: Path, calls: Sequence[Transcript]) -> None:
    made = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        columns(tmp_path / name, calls, None, {})
        made.append((tmp_path / name / COLUMNS).read_bytes())
    assert made[0] == made[1]


def test_a_file_that_is_not_what_was_written_is_damage_or_says_the_same(
    tmp_path: Path, calls: Sequence[Transcript]
) -> None:
    columns(tmp_path, calls, None, {})
    said, written = everything(PassageStore(tmp_path / "passages.sqlite")), (tmp_path / COLUMNS).read_bytes()

    @settings(deadline=None, max_examples=100)
    @given(st.integers(0, len(written) - 1), st.integers(0, 7), st.booleans())
    def change(place: int, bit: int, cut: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis.
        rest = b"" if cut else bytes([written[place] ^ 1 << bit]) + written[place + 1 :]
        (tmp_path / COLUMNS).write_bytes(written[:place] + rest)
        try:
            assert everything(PassageStore(tmp_path / "passages.sqlite", mend="Make it anew")) == said
        except IndexDamagedError as error:
            named.add((error.where, error.mend))

    named: set[tuple[str, str]] = set()
    change()
    assert named == {(str(tmp_path / COLUMNS), "Make it anew")}


def everything(store: PassageStore) -> str:
    """Return all that is read of the file."""
    made = store.columns
    arrays = (made.exchange.codes, made.section, made.language, made.delivery, made.speaker, made.day)
    rows = store.rows(Filters())
    shown = [one.tolist() if isinstance(one, np.ndarray) else (one.codes.tolist(), one.values) for one in arrays]
    return repr((shown, store.speakers.appearances, None if rows is None else rows.tolist()))
