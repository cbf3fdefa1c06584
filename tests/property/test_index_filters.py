"""Filters keep exactly the rows that a look at every passage keeps."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.model import Delivery, LineSpan, Passage, Role, Section, SourceFile, Speaker, Transcript
from indexer.stores.facets import RunCollector, mark_runs
from indexer.stores.filters import Filters, facet_term, facet_terms, names_of_firm
from indexer.stores.passages import PassageStore, PassageWriter

NAMES = ("Daniel Zhang", "张勇", "戴珊", "Ronald Keung", "RONALD")
COMPANIES = ("阿里巴巴", "Fenwick", "BABA")
DATES = ("2023-08-10", "2024-01-31", "2024-10-30")

speakers = st.builds(
    Speaker,
    id=st.sampled_from(("s1", "s2", "s3")),
    name=st.sampled_from(NAMES),
    other_names=st.lists(st.sampled_from(NAMES), max_size=2).map(tuple),
    role=st.sampled_from(Role),
)
passages = st.builds(
    Passage,
    id=st.just(""),
    text=st.text(st.characters(codec="utf-8"), max_size=5),
    speaker=speakers,
    section=st.sampled_from(Section),
    heading=st.none(),
    delivery=st.sampled_from(Delivery),
    language=st.sampled_from(("zh", "en")),
    page=st.none(),
    lines=st.just(LineSpan(1, 1)),
    position=st.just(0),
    turn=st.just(0),
)


@st.composite
def collections(draw: st.DrawFn) -> list[Transcript]:
    """Draw up to four transcripts of up to six passages."""
    drawn = []
    for number in range(draw(st.integers(0, 4))):
        said = draw(st.lists(passages, max_size=6))
        drawn.append(
            Transcript(
                id=f"t{number}",
                title="",
                company=draw(st.none() | st.sampled_from(COMPANIES)),
                ticker=draw(st.none() | st.sampled_from(COMPANIES)),
                period=None,
                date=draw(st.none() | st.sampled_from(DATES)),
                language="zh",
                source=SourceFile(f"/{number}", "txt", ""),
                speakers=(),
                turns=(),
                passages=tuple(replace(passage, id=f"t{number}.{i}") for i, passage in enumerate(said)),
                exchanges=(),
                non_speech=(),
            )
        )
    return drawn


def some(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw up to two of the values."""
    return st.lists(st.sampled_from(values), max_size=2).map(tuple)


filter_sets = st.builds(
    Filters,
    speaker=some((*NAMES, "daniel", "keung", "張勇", "Nobody")),
    role=some(tuple(Role)),
    company=some((*COMPANIES, "fenwick")),
    section=some(tuple(Section)),
    language=some(("zh", "en")),
    delivery=some(tuple(Delivery)),
    transcript=some(("t0", "t1", "T2")),
    date_from=st.none() | st.sampled_from((*DATES, "2023-09-01")),
    date_to=st.none() | st.sampled_from((*DATES, "2024-09-01")),
)


def keeps(filters: Filters, transcript: Transcript, passage: Passage) -> bool:
    """Decide for one passage, the slow way."""
    terms = set(facet_terms(transcript, passage))
    if not all(terms.intersection(group) for group in filters.wanted()):
        return False
    date = transcript.date
    if filters.date_from and (date is None or date < filters.date_from):
        return False
    return not (filters.date_to and (date is None or date > filters.date_to))


@settings(deadline=None, max_examples=60)
@given(collections(), st.lists(filter_sets, min_size=1, max_size=5))
def test_filters_agree_with_a_look_at_every_passage(transcripts: list[Transcript], many_filters: list[Filters]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.sqlite"
        with PassageWriter(path) as writer:
            for transcript in transcripts:
                writer.add(transcript, parser="")
            writer.finish()
        store = PassageStore(path)
        pairs = [(transcript, passage) for transcript in transcripts for passage in transcript.passages]
        for filters in many_filters:
            rows = store.rows(filters)
            if rows is None:
                assert not filters
            else:
                assert rows.dtype == np.int64
                assert rows.tolist() == [row for row, pair in enumerate(pairs) if keeps(filters, *pair)]
        assert [item.passage for item in store.get(range(len(pairs)))] == [passage for _, passage in pairs]
        assert [store.transcript(transcript.id) for transcript in transcripts] == transcripts
        store.close()


@given(st.lists(st.booleans(), max_size=60), st.lists(st.booleans(), max_size=60))
def test_runs_mark_the_rows_that_were_added(left: list[bool], right: list[bool]) -> None:
    count = max(len(left), len(right))
    expected = np.zeros(count, dtype=np.bool_)
    mask = np.zeros(count, dtype=np.bool_)
    for members in (left, right):
        collector = RunCollector()
        for row, member in enumerate(members):
            collector.add(row, [facet_term("role", "x")] if member else [])
        expected[: len(members)] |= np.array(members, dtype=np.bool_)
        for _, packed in collector.packed():
            mark_runs(mask, [packed])
    assert mask.tolist() == expected.tolist()


def test_a_value_of_thousands_of_words_has_few_names() -> None:
    value = " ".join(f"word{number}" for number in range(5000))
    names = names_of_firm(value)
    assert value in names
    assert len(names) < 50
