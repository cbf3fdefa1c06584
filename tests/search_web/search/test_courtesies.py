"""Courtesies stand in the record and beside others, and are no hits: not by word, not by meaning, not in totals."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.build import BuildSettings, index_paths, index_transcripts
from indexer.build.report import quiet
from indexer.build.vectors import build_space
from indexer.embedding.bundled import BundledEmbedder
from indexer.model import Content, Line, NonSpeechKind, Page, Person, Source, TimeSpan
from indexer.stores.filters import Filters
from indexer.stores.index import IndexReader, check_index
from indexer.transcripts import parse_transcript
from search_web.search.json_view import hit_json
from search_web.search.request import Mode, SearchRequest
from search_web.search.searcher import Searcher
from search_web.web.app import create_app

CALL = """Prepared Remarks:

Operator
Good day, and welcome to the Fenlock Pumps call for the second quarter of 2024.

Dana Reed -- Investor Relations
Good afternoon, everyone.
With me are our chief executive and our finance chief.

Ines Ferreira -- Chief Executive Officer
Sales of pumps rose by a tenth.

Questions and Answers:

Operator
The first question comes from Paul Okafor with Harbor Securities.

Paul Okafor -- Harbor Securities -- Analyst
Will you raise the dividend?

Ines Ferreira -- Chief Executive Officer
Yes.

Paul Okafor -- Harbor Securities -- Analyst
谢谢您的回答。

Paul Okafor -- Harbor Securities -- Analyst
Thank you.

Ines Ferreira -- Chief Executive Officer
Thank you, Paul.

Operator
That concludes the call.
"""
THANKS = {"谢谢您的回答。", "Thank you.", "Thank you, Paul."}
COURTESIES = {"Good afternoon, everyone.", *THANKS}


class CountingEmbedder(BundledEmbedder):
    """The bundled model, which notes what it was given."""

    seen: list[str]

    def embed_passages(self, texts):
        self.seen = [*getattr(self, "seen", []), *texts]
        return super().embed_passages(texts)


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def index(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == "whoosh":
        pytest.importorskip("whoosh")
    folder = tmp_path_factory.mktemp("courtesies")
    (folder / "call.txt").write_text(CALL, encoding="utf-8")
    settings = BuildSettings(keyword_engine=request.param, embedders=("bundled",))
    index_paths(folder / "index", [folder / "call.txt"], settings)
    return folder / "index"


@pytest.fixture(scope="module")
def searcher(index: Path) -> Searcher:
    return Searcher(IndexReader(index))


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize("query", ["thank you", "谢谢", "谢谢您的回答", "Thank you, Paul."])
def test_no_search_offers_a_courtesy(searcher: Searcher, mode: Mode, query: str) -> None:
    for filters in (Filters(), Filters(role=("analyst",)), Filters(speaker=("Ines Ferreira",))):
        response = searcher.search(SearchRequest(query, mode=mode, filters=filters, limit=100))
        found = {hit.text for hit in response.hits}
        assert not found & COURTESIES
        assert response.total == len(response.hits)


def test_totals_count_what_can_be_found(searcher: Searcher) -> None:
    passages = searcher.reader.current().passages
    assert passages.count - passages.searchable_count == len(COURTESIES)
    response = searcher.search(SearchRequest("anything at all", mode=Mode.VECTOR, limit=100))
    assert response.total == passages.searchable_count
    analyst = searcher.search(
        SearchRequest("anything", mode=Mode.VECTOR, filters=Filters(role=("analyst",)), limit=100)
    )
    assert [hit.text for hit in analyst.hits] == ["Will you raise the dividend?"]


def test_a_short_answer_is_a_hit_and_courtesies_stand_beside_it(searcher: Searcher) -> None:
    response = searcher.search(SearchRequest("yes", mode=Mode.KEYWORD, context=3))
    (hit,) = response.hits
    assert hit.text == "Yes."
    assert hit.answered is not None
    assert hit.answered.text == "Will you raise the dividend?"
    assert {neighbour.text for neighbour in hit.context.after} == THANKS
    passages = searcher.reader.current().passages
    row = passages.row_of(hit.context.after[-1].id)
    assert not passages.get([row])[0].passage.searchable
    assert searcher.passage(hit.context.after[-1].id).text in COURTESIES


def test_nothing_is_paid_for_embedding_a_courtesy(index: Path, tmp_path: Path) -> None:
    embedder = CountingEmbedder()
    generation = IndexReader(index).current()
    build_space(tmp_path, generation.passages, embedder, None, quiet)
    assert not COURTESIES & set(embedder.seen)
    assert len(embedder.seen) >= generation.passages.searchable_count
    vectors = generation.spaces["bundled"].vectors()
    silent = np.flatnonzero(~vectors.any(axis=1))
    assert {item.passage.text for item in generation.passages.get(silent)} == COURTESIES


def test_rows_hold_when_the_index_is_written_again(index: Path) -> None:
    call = index.parent / "call.txt"
    (index.parent / "also.txt").write_text(CALL.replace("pumps", "valves"), encoding="utf-8")
    index_paths(index, [call, index.parent / "also.txt"])
    generation = IndexReader(index).current()
    searcher = Searcher(IndexReader(index))
    for query, text in (
        ("pumps tenth", "Sales of pumps rose by a tenth."),
        ("valves", "Sales of valves rose by a tenth."),
    ):
        for mode in (Mode.KEYWORD, Mode.HYBRID):
            assert searcher.search(SearchRequest(query, mode=mode)).hits[0].text == text
    assert generation.passages.searchable_count == generation.keyword.count
    assert check_index(index) == ()


def test_a_hit_tells_when_it_was_said_where_the_source_does(tmp_path: Path) -> None:
    lines = [
        Line(1, "Ada Byron", kind=NonSpeechKind.SPEAKER_LINE, person=Person("Ada Byron")),
        Line(2, "We build pumps in the north.", continues=False, time=TimeSpan(3725.5, 3730.0)),
        Line(3, "And valves in the south.", continues=False),
    ]
    content = Content((Page(None, tuple(lines)),), attributed=True)
    talk = parse_transcript(Source("talk.vtt", "vtt", "0" * 64, content))
    index_transcripts(tmp_path / "index", [talk], BuildSettings(embedders=()))
    searcher = Searcher(IndexReader(tmp_path / "index"))
    (pumps,) = searcher.search(SearchRequest("pumps")).hits
    (valves,) = searcher.search(SearchRequest("valves")).hits
    assert hit_json(pumps)["time"] == {"start": 3725.5, "end": 3730.0}
    assert hit_json(valves)["time"] is None
    assert pumps.time is not None
    assert pumps.time.clock == "1:02:05"
    client = create_app(tmp_path / "index").test_client()
    assert "1:02:05" in client.get("/?q=pumps").text
    assert "1:02:05" in client.get(f"/transcripts/{talk.id}").text
